"""The first screen: pilots, what is due, the gravest risks and the newest wins, each row a way to its record."""

from array import array
from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from screens.lists.cells import RATING_TONES, one_line
from screens.lists.columns import Column, Row
from screens.lists.record_table import RecordTable
from screens.tasks import in_thread
from screens.work import Programme
from tracker.fields import humanise, rating_text
from tracker.services.overview import DAYS_AHEAD, Due, Overview, PilotLine, RiskLine, WinLine, overview

if TYPE_CHECKING:
    from tracker.rules.signals.pilot.overall import PilotEvidence

WIDE = 400
PILOTS = (
    Column("ref", "Ref", 4, 8, keep=True),
    Column("name", "Pilot", 26, WIDE, share=3, keep=True),
    Column("rating", "Reported", 11, 11, keep=True),
    Column("evidence", "Evidence", 12, 12, keep=True),
    Column("phase", "Phase", 12, 12),
    Column("decision_due", "Decision", 10, 10),
    Column("since", "Since", 10, 10),
    Column("lead", "Delivery lead", 14, 26, share=1),
)
DUE = (
    Column("day", "When", 12, 12, keep=True),
    Column("label", "Kind", 8, 8, keep=True),
    Column("ref", "Ref", 5, 8),
    Column("what", "What", 26, WIDE, share=3, keep=True),
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


def distance(day: date, today: date) -> str:
    """Return how far a day is from today, in at most twelve characters: ``6 days late``, ``today``, ``in 5 days``."""
    days = (day - today).days
    if days == 0:
        return "today"
    amount = f"{abs(days)} day{'' if abs(days) == 1 else 's'}"
    if days > 0:
        return "tomorrow" if days == 1 else f"in {amount}"
    return f"{amount} late" if days > -1000 else f"{-days // 365} years late"


def _row(kind: str, uid: str, cells: Sequence[str], tones: Sequence[str]) -> Row:
    return Row(kind, uid, tuple(map(one_line, cells)), tuple(tones))


def pilot_row(line: PilotLine, today: date, told: "PilotEvidence | None" = None) -> Row:
    """Return a pilot as a row: what is reported beside the evidence, with a ≠ where it is reported better.

    A decision that is late says so in colour here and in words under what is due.
    """
    tone = RATING_TONES.get(line.rating or "not_rated", "muted")
    evidence, shade = ("…", "muted") if told is None else (evidence_text(told), RATING_TONES.get(told.level, "muted"))
    late = "red" if line.decision_due and line.decision_due < today else ""
    since, due = (str(day) if day else "" for day in (line.since, line.decision_due))
    cells = (line.ref, line.name, rating_text(line.rating), evidence, humanise(line.phase), due, since, line.lead)
    return _row("pilot", line.uid, cells, ("muted", "", tone, shade, "", late, "muted", ""))


def evidence_text(told: "PilotEvidence") -> str:
    """Return what the evidence says in at most twelve columns."""
    if told.level == "not_enough":
        return "○ Stale" if told.stale_days else "○ Not enough"
    return rating_text(told.level) + (" ≠" if told.divergence >= 1 else "")


def due_row(line: Due, today: date) -> Row:
    """Return something due as a row."""
    tone = "red" if line.day < today else "amber" if (line.day - today).days <= 7 else ""
    cells = (distance(line.day, today), line.label, line.ref, line.what, line.who)
    return _row(line.kind, line.uid, cells, (tone, "", "muted", "", ""))


def risk_row(line: RiskLine) -> Row:
    """Return a risk as a row: score and band."""
    score = line.band if line.score is None else f"{line.score:>2} {line.band}"
    return _row("risk", line.uid, (score, line.title, line.ref), (BAND_TONES.get(line.band, ""), "", "muted"))


def win_row(line: WinLine) -> Row:
    """Return a win as a row."""
    return _row("win", line.uid, (str(line.day), line.title, line.ref), ("muted", "", "muted"))


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

    def show(self, rows: Iterable[Row], words: str) -> None:
        """Show these rows, the cursor on the record it was on."""
        held = self.table.row
        listed = list(rows)
        at = next((n for n, row in enumerate(listed) if held and row.uid == held.uid), self.table.cursor)
        self.table.show(array("q", range(len(listed))), dict(enumerate(listed)), at)
        self.table.styles.height = len(listed) + 1 if listed else 2
        self._line.update(Content.assemble(self._heading, Content(f"  {words}").stylize("not bold")))


class OverviewArea(VerticalScroll, can_focus=False):
    """The overview of the programme; reads it in a thread and shows what comes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("colon", "app.command_palette", "Commands", key_display=":", id="palette.overview"),
    ]

    class Loaded(Message):
        """The overview was read."""

        def __init__(self, overview: Overview) -> None:
            self.overview = overview
            super().__init__()

    class Judged(Message):
        """The evidence of the pilots was worked out, by uid."""

        def __init__(self, levels: "dict[str, PilotEvidence]") -> None:
            self.levels = levels
            super().__init__()

    def __init__(self, programme: Programme, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._programme = programme
        self.stale = False
        self._found: Overview | None = None
        self._levels: dict[str, PilotEvidence] = {}
        self._sections = {
            "pilots": Section("pilots", "Pilots", PILOTS, "No pilots yet: press 2, then a to add the first."),
            "due": Section("due", "Due", DUE, f"Nothing is late or due in the next {DAYS_AHEAD} days."),
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
        in_thread(self, partial(_load, self._programme), "overview")

    def focus_list(self) -> None:
        """Give the keys to the first list at once: the next one may have been pressed already."""
        self.screen.set_focus(self._sections["pilots"].table, scroll_visible=False)

    def on_overview_area_loaded(self, message: Loaded) -> None:
        """Show what was read."""
        found = self._found = message.overview
        today = found.today
        self._show_pilots()
        # The evidence takes longer than all the rest: the screen does not wait for it.
        in_thread(self, partial(_judge, self._programme), "evidence")
        soon = f"{found.late:,} late · {found.soon:,} in the next {DAYS_AHEAD} days"
        self._sections["due"].show((due_row(line, today) for line in found.due), soon)
        self._sections["risks"].show(map(risk_row, found.risks), f"{len(found.risks)} of {found.live_risks:,}")
        self._sections["wins"].show(map(win_row, found.wins), "")

    def on_overview_area_judged(self, message: Judged) -> None:
        """Show what the evidence says beside what is reported."""
        self._levels = message.levels
        self._show_pilots()

    def _show_pilots(self) -> None:
        if self._found is not None:
            lines, today = self._found.pilots, self._found.today
            rows = (pilot_row(line, today, self._levels.get(line.uid)) for line in lines)
            self._sections["pilots"].show(rows, str(len(lines)))

    def on_record_table_edge(self, message: RecordTable.Edge) -> None:
        """Go on to the next list, or back to the one before."""
        tables = [section.table for section in self._sections.values()]
        at = tables.index(message.table) + message.step
        if 0 <= at < len(tables):
            tables[at].action_edge(int(message.step < 0))
            tables[at].focus(scroll_visible=False)
            list(self._sections.values())[at].scroll_visible(animate=False)


def _load(programme: Programme) -> OverviewArea.Loaded:
    return OverviewArea.Loaded(overview(programme.store(), programme.today()))


def _judge(programme: Programme) -> OverviewArea.Judged:
    from tracker.services.signals import levels

    return OverviewArea.Judged(levels(programme.store(), programme.today()))
