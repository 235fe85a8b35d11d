"""The first screen: pilots, what is due, the gravest risks and the newest wins, each row a way to its record."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from screens.lists.cells import cell, one_line, rating_cell
from screens.lists.columns import Column, Row
from screens.lists.listing import distance
from screens.lists.record_table import RecordTable
from screens.work import Programme, read
from tracker.entities import Pilot, Risk, Win
from tracker.entities.pilot import phase_text
from tracker.fields import rating_text
from tracker.rules.signals.pilot.given_ratings import disagreements
from tracker.rules.wording import optional
from tracker.services.late import DAYS_AHEAD
from tracker.services.overview import Due, Overview, PilotLine, RiskLine, WinLine, overview, worst_first

if TYPE_CHECKING:
    from tracker.rules.signals.pilot.overall import PilotEvidence

WIDE = 400
PILOTS = (
    Column("ref", "Ref", 4, 8, keep=True),
    Column("name", "Pilot", 26, WIDE, share=3, keep=True),
    Column("rating", "Reported", 11, 15, keep=True),
    Column("evidence", "Evidence", 12, 12, keep=True),
    Column("phase", "Phase", 12, 12),
    Column("decision_due", "Decision", 13, 13),
    Column("assurance", "Assurance", 11, 13),
    Column("since", "Since", 10, 10),
    Column("lead", "Delivery lead", 14, 26, share=1),
)
DUE = (
    Column("day", "When", 12, 12, keep=True),
    Column("label", "Kind", 10, 16, share=1, keep=True),
    Column("ref", "Ref", 5, 8),
    Column("what", "What", 22, WIDE, share=3, keep=True),
    Column("who", "Who", 14, 26, share=1),
)
RISKS = (
    Column("score", "Score", 12, 12, keep=True),
    Column("title", "Risk", 28, WIDE, share=1, keep=True),
    Column("ref", "Ref", 5, 8),
)
WINS = (
    Column("day", "Date", 10, 10, keep=True),
    Column("title", "Win", 28, WIDE, share=1, keep=True),
    Column("ref", "Ref", 5, 8),
)
BAND_TONES = {"Very high": "red", "High": "red", "Medium": "amber", "Not assessed": "muted"}
SOON_DAYS = 7


def _row(kind: str, uid: str, cells: Sequence[str], tones: Sequence[str]) -> Row:
    return Row(kind, uid, tuple(map(one_line, cells)), tuple(tones))


def pilot_row(line: PilotLine, today: date, evidence: "PilotEvidence | None" = None) -> Row:
    """Return a pilot as a row: what is reported beside the evidence, with a ≠ where it is reported better.

    A decision that is late says by how much in the place of its day.
    """
    level = "…"
    level_tone = "muted"
    if evidence is not None:
        level = evidence_text(evidence)
        level_tone = rating_cell(evidence.level)[1]
    due, due_tone = cell(Pilot.fields()["decision_due"], line.decision_due)
    if line.decision_late and isinstance(line.decision_due, date):
        due = distance(line.decision_due, today)
        due_tone = "late"
    rating, rating_tone = rating_cell(line.rating)
    if evidence is not None and any(disagreements(evidence.ratings)):
        rating += " ≠"
    assurance, assurance_tone = rating_cell(line.assurance) if line.assurance else ("", "")
    cells = (
        line.ref,
        line.name,
        rating,
        level,
        phase_text(line.phase),
        due,
        assurance,
        str(line.since or ""),
        line.lead,
    )
    tones = ("muted", "", rating_tone, level_tone, "", due_tone, assurance_tone, "muted", "")
    return _row(Pilot.kind, line.uid, cells, tones)


def evidence_text(evidence: "PilotEvidence") -> str:
    """Return what the evidence says in at most twelve columns."""
    if evidence.level == "not_enough":
        return "○ Stale" if evidence.stale_days else "○ Not enough"
    text = rating_text(evidence.level)
    return f"{text} ≠" if evidence.divergence >= 1 else text


def due_row(line: Due, today: date) -> Row:
    """Return something due as a row."""
    tone = ""
    if line.day < today:
        tone = "late"
    elif (line.day - today).days <= SOON_DAYS:
        tone = "amber"
    cells = (distance(line.day, today), line.label, line.ref, line.what, line.who)
    return _row(line.kind, line.uid, cells, (tone, "", "muted", "", ""))


def due_summary(overview: Overview) -> str:
    """Return how much is late and due, and what is counted apart."""
    parts = [f"{overview.late:,} late", f"{overview.soon:,} in the next {DAYS_AHEAD} days"]
    if len(overview.due) < overview.late + overview.soon:
        parts.append(f"the first {len(overview.due):,} shown")
    if overview.apart:
        parts.append(f"{overview.apart:,} of ended pilots apart")
    return " · ".join(parts)


def risk_row(line: RiskLine) -> Row:
    """Return a risk as a row: score and band."""
    score = line.band
    if line.score is not None:
        score = f"{line.score:>2} {line.band}"
    return _row(Risk.kind, line.uid, (score, line.title, line.ref), (BAND_TONES.get(line.band, ""), "", "muted"))


def win_row(line: WinLine) -> Row:
    """Return a win as a row."""
    return _row(Win.kind, line.uid, (str(line.day), line.title, line.ref), ("muted", "", "muted"))


class Section(Container):
    """A heading with a few words beside it, and a table."""

    def __init__(self, name: str, heading: str, columns: Sequence[Column], empty: str) -> None:
        super().__init__(id=f"section-{name}", classes="section")
        self._heading = heading
        self.table = RecordTable(columns, empty=empty, quiet=True, id=f"overview-{name}")
        self._line = Static(Content(heading), classes="section-heading")

    def compose(self) -> ComposeResult:
        """Give the heading and the table."""
        yield self._line
        yield self.table

    def show(self, rows: Sequence[Row], summary: str) -> None:
        """Show these rows, the cursor on the record it was on."""
        current = self.table.row
        places = [n for n, row in enumerate(rows) if current and row.uid == current.uid]
        self.table.show(array("q", range(len(rows))), dict(enumerate(rows)), next(iter(places), self.table.cursor))
        self.table.styles.height = max(len(rows), 1) + 1
        self._line.update(Content.assemble(self._heading, Content(f"  {summary}").stylize("not bold")))


class OverviewArea(VerticalScroll, can_focus=False):
    """The overview of the programme; reads it in a thread and shows what comes."""

    BINDINGS = [
        Binding("colon", "app.command_palette", "Commands", key_display=":", id="palette.overview"),
    ]

    @dataclass
    class Loaded(Message):
        """The overview was read; ``programme`` is the name of the programme."""

        programme: str

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self.stale = False
        self._overview: Overview | None = None
        self._levels: dict[str, PilotEvidence] = {}
        self._sections = {
            "pilots": Section("pilots", "Pilots", PILOTS, "No pilots yet: press 2, then a to add the first."),
            "due": Section("due", "Due", DUE, f"Nothing that has a day is late, or due in the next {DAYS_AHEAD} days."),
            "risks": Section("risks", "Gravest risks", RISKS, "No open risks recorded: press 5, then a to add one."),
            "wins": Section("wins", "Newest wins", WINS, "No wins recorded yet: press 6, then a to add one."),
        }

    def compose(self) -> ComposeResult:
        """Give the sections: risks and wins side by side where there is room."""
        yield self._sections["pilots"]
        yield self._sections["due"]
        with Container(id="overview-below"):
            yield self._sections["risks"]
            yield self._sections["wins"]

    def on_mount(self) -> None:
        """Read the overview."""
        self.reload()

    def reload(self, show: str = "") -> None:
        """Read the overview again."""
        self.stale = False
        read(self, _load, self._show, "overview")

    def focus_list(self) -> None:
        """Give the keys to the first list at once: the next one may have been pressed already."""
        self.screen.set_focus(self._sections["pilots"].table, scroll_visible=False)

    def _show(self, overview: Overview) -> None:
        self._overview = overview
        self._show_pilots(overview)
        # The evidence takes longer than all the others: the screen does not wait for it.
        read(self, _levels, self._show_levels, "evidence")
        rows = [due_row(line, overview.today) for line in overview.due]
        self._sections["due"].show(rows, due_summary(overview))
        risks = " · ".join(filter(None, (f"{len(overview.risks)} of {overview.live_risks:,}", overview.risks_apart)))
        self._sections["risks"].show(list(map(risk_row, overview.risks)), risks)
        self._sections["wins"].show(list(map(win_row, overview.wins)), "")
        self.post_message(self.Loaded(overview.programme))

    def _show_levels(self, levels: "dict[str, PilotEvidence]") -> None:
        """Show what the evidence says beside what is reported."""
        self._levels = levels
        if self._overview is not None:
            self._show_pilots(self._overview)

    def _show_pilots(self, overview: Overview) -> None:
        lines = worst_first(overview.pilots, {uid: evidence.level for uid, evidence in self._levels.items()})
        rows = [pilot_row(line, overview.today, self._levels.get(line.uid)) for line in lines]
        ended = sum(line.ended for line in overview.pilots)
        order = ", the worst first" * (len(rows) > 1)
        self._sections["pilots"].show(rows, f"{len(rows) - ended:,} running{optional(' · ', ended, ' ended')}{order}")

    def on_record_table_edge(self, message: RecordTable.Edge) -> None:
        """Go on to the next list, or back to the one before."""
        sections = list(self._sections.values())
        place = [section.table for section in sections].index(message.table) + message.step
        if 0 <= place < len(sections):
            sections[place].table.action_edge(int(message.step < 0))
            sections[place].table.focus(scroll_visible=False)
            sections[place].scroll_visible(animate=False)


def _load(programme: Programme) -> Overview:
    return overview(programme.store(), programme.today())


def _levels(programme: Programme) -> "dict[str, PilotEvidence]":
    from tracker.services.signals import levels

    return levels(programme.store(), programme.today())
