"""What the papers are made from: two positions, the evidence behind the signals, and what only the journal knows."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import NamedTuple, TypeVar

from tracker.entities import AgendaItem, BoardMeeting, Body, Entity, Pilot, Risk, Win
from tracker.reports.model import Align, Block, Column, Facts, Header, Missing, Paragraph, Section, Table
from tracker.rules import reading
from tracker.rules.apart import apart_words
from tracker.rules.boards.met import Met
from tracker.rules.boards.preflight import Accepted, Warned
from tracker.rules.changes.since import CLASSES, Change, changes, threshold_changes
from tracker.rules.changes.since import Facts as JournalFacts
from tracker.rules.day import Day
from tracker.rules.freshness import Freshness, freshness
from tracker.rules.impact.before_after import Comparison, compare_all
from tracker.rules.late import Lateness, deadlines, is_late, lateness
from tracker.rules.signals.pilot.overall import PilotEvidence
from tracker.rules.signals.programme import PilotSignals, ProgrammeSignals
from tracker.rules.totals import brief
from tracker.rules.wording import date_or, optional, show_date

E = TypeVar("E", bound=Entity)
MEMBERS_ONLY = "MEMBERS ONLY, contains restricted matter"
ALIGNED: Mapping[str, Align] = {">": "right"}  # by the sign at the end of a title


class Meeting(NamedTuple):
    """The meeting that a paper is for: its body (None: not recorded), agenda in order, and how many are expected.

    ``last`` is the last one before it that the body held (None: there is none), ``minutes`` its items in order.
    ``accepted`` are the warnings that the papers go out with, and why.
    """

    board: BoardMeeting
    body: Body | None = None
    agenda: tuple[AgendaItem, ...] = ()
    expected: int = 0
    last: BoardMeeting | None = None
    minutes: tuple[AgendaItem, ...] = ()
    accepted: tuple[tuple[Warned, Accepted], ...] = ()


class Exempt(NamedTuple):
    """A restricted record: what it is (never what it says), why it is restricted, and how members find it.

    ``itself``: it is restricted itself; else these are records that belong to such a record.
    """

    noun: str
    reason: str
    name: str
    itself: bool = True


@dataclass(eq=False)
class SummaryData:
    """The position to report, the earlier one (None: not compared), and facts of the journal.

    ``since`` is the earlier day that was asked for. ``updated`` is the day of the last update by pilot uid;
    ``head`` the journal's hash in hexadecimal; ``signals`` what the records say; ``boards`` are those that
    met so far, the newest last; ``known``: it is what is now known of the day. Nothing is changed after it was made,
    so what is looked up once is kept. ``erased`` is of how many records something was erased since the day.
    ``masked`` is the same of everything, with masks in place of what is hidden (None: nothing is); ``telling`` are the
    words that would give it away. ``exempt`` is what is restricted and why; ``members``: the paper is for those who may
    read it, so that nothing is hidden.
    """

    now: Day
    before: Day | None
    since: date | None
    facts: JournalFacts
    updated: Mapping[str, date]
    head: str
    signals: ProgrammeSignals
    meeting: Meeting | None = None
    boards: tuple[Met, ...] = ()
    known: bool = False
    erased: int = 0
    masked: "SummaryData | None" = None
    telling: frozenset[str] = frozenset()
    exempt: tuple[Exempt, ...] = ()
    members: bool = False

    @property
    def pilots(self) -> list[Pilot]:
        """The pilots, in the order they were given."""
        return self.now.all(Pilot)

    def pilot_ref(self, uid: str | None) -> str:
        """Return the ref of a pilot; a dash for none."""
        return self.now.ref(Pilot, uid) or "–"

    def owner(self, record: Entity) -> str:
        """Return the name of whoever owns a record, or that nobody does, or which kind of nothing is said of it."""
        field = record.owner_field or "owner"
        return self.now.answering(getattr(record, field)) or brief(self.now, record, field, "No owner")

    def day_cell(self, record: Entity, field: str, missing: str = "Not given") -> str:
        """Return a day of a record, or which kind of nothing it holds; ``missing`` where nobody said."""
        return date_or(getattr(record, field)) or brief(self.now, record, field, missing)

    def money_cell(self, record: Entity, field: str) -> str:
        """Return an amount of a record without its currency, or which kind of nothing it holds."""
        value: int | None = getattr(record, field)
        if value is None:
            return brief(self.now, record, field)
        return reading.amount(value)

    @property
    def running(self) -> list[Pilot]:
        """The pilots that have not ended."""
        return self.now.running

    def rating_before(self, uid: str) -> str | None:
        """Return a pilot's rating last time: on the earlier day, or else by the report before the newest."""
        if self.before is not None:
            pilot = self.before.get(Pilot, uid)
            return pilot.rating if pilot is not None else None
        *_, previous, _ = None, None, *self.now.reports(uid)
        return previous.rating if previous is not None else None

    def earlier(self, register: type[E], uid: str) -> E | None:
        """Return a record as it was on the earlier day; None when it was not there, or nothing is compared."""
        return self.before.get(register, uid) if self.before is not None else None

    @cached_property
    def freshness(self) -> Freshness:
        """Which running pilots were updated within the days that the programme allows, and which are stale."""
        return freshness(self.pilots, self.updated, self.now.about.staleness_days, self.now.date)

    @cached_property
    def stale(self) -> Mapping[str, int | None]:
        """The stale pilots by uid with the days since their last update."""
        return dict(self.freshness.stale)

    @cached_property
    def lateness(self) -> Lateness:
        """What is late on the day, and what is counted apart."""
        return lateness(deadlines(self.now), self.now.date, 0)

    def review_is_late(self, risk: Risk) -> bool:
        """Return whether the review of a risk is late, and not counted apart."""
        return risk.uid in self._late_reviews

    @cached_property
    def _late_reviews(self) -> frozenset[str]:
        return frozenset(deadline.uid for deadline in self.lateness.late if deadline.kind == Risk.kind)

    @cached_property
    def _signals(self) -> dict[str, PilotSignals]:
        return {signals.evidence.uid: signals for signals in self.signals.pilots}

    def signals_of(self, uid: str) -> PilotSignals | None:
        """Return everything that was worked out about a pilot; None for one that has ended."""
        return self._signals.get(uid)

    def evidence(self, uid: str) -> PilotEvidence | None:
        """Return what the evidence says of a pilot; None for one that has ended."""
        signals = self._signals.get(uid)
        return signals.evidence if signals is not None else None

    @cached_property
    def comparisons(self) -> list[Comparison]:
        """What became of every metric, those of services and of ended pilots too."""
        return compare_all(self.now)

    @cached_property
    def changes(self) -> list[Change]:
        """What changed since the earlier day; empty when nothing is compared."""
        if self.before is None:
            return []
        news = [*changes(self.before, self.now, self.facts), *threshold_changes(self.before, self.now)]
        return sorted(news, key=lambda change: CLASSES.index(change.group))

    @cached_property
    def _changed(self) -> dict[str, str]:
        return {change.uid: change.text for change in self.changes if change.group == "changed"}

    def changed(self, uid: str) -> Iterator[str]:
        """Yield what else was changed of a record since the earlier day: its name, its money, who answers for it."""
        yield from filter(None, [self._changed.get(uid)])


def was_hidden(data: SummaryData, uid: str) -> bool:
    """Return whether a record was hidden on the earlier day: it is not new then, and nobody can compare it."""
    return data.before is not None and uid in data.before.hidden.uids


def since_words(data: SummaryData) -> str:
    """Return `` since 8 Oct 2026``, or nothing when no earlier day is compared."""
    return optional(" since ", date_or(data.since))


def source(data: SummaryData, origin: str) -> Paragraph:
    """Return the line that says what a section of the pack is made from, and of which day it is."""
    return Paragraph(f"Source: {origin}, as of {show_date(data.now.date)}.")


def none_recorded(subject: str = "") -> Missing:
    """Return that somebody looked and that there is nothing."""
    return Missing(f"None recorded – checked{optional(': ', subject)}.")


def sourced(
    data: SummaryData, name: str, title: str, origin: str, blocks: Iterable[Block], *, new_page: bool = False
) -> Section:
    """Return a section of the pack that begins with what it is made from."""
    return Section(name, title, (source(data, origin), *blocks), new_page)


def table(name: str, caption: str, titles: Iterable[str], rows: Iterable[tuple[str, ...]], *, note: str = "") -> Table:
    """Return a table with the titles of ``columns``."""
    return Table(name, caption, columns(*titles), tuple(rows), note=note)


def apart_block(data: SummaryData, register: type[Entity]) -> list[Paragraph]:
    """Return the sentence on what of a register is open on something that is gone; nothing where nothing is."""
    words = apart_words(data.now, register)
    return [Paragraph(words)] if words else []


def table_or_none(
    name: str,
    caption: str,
    titles: Iterable[str],
    rows: Iterable[tuple[str, ...]],
    subject: str,
    *,
    note: str = "",
) -> Table | Missing:
    """Return a table; without a row, that somebody looked and there is nothing: ``subject``, such as ``no risk``."""
    filled = table(name, caption, titles, rows, note=note)
    return filled if filled.rows else none_recorded(subject)


def facts_or_missing(facts: Iterable[tuple[str, str]]) -> Facts:
    """Return labels and their values; an empty value is not recorded."""
    return Facts(tuple((label, value or "Not recorded") for label, value in facts))


def text_or_missing(text: str | None, missing: str) -> Paragraph | Missing:
    """Return a paragraph; without a text, the sentence that there is none."""
    return Paragraph(text) if text else Missing(missing)


def money_text(data: SummaryData, minor: int | None) -> str:
    """Return an amount in minor units in the programme's currency: ``£1,250``; empty for None."""
    if minor is None:
        return ""
    return reading.money_text(minor, data.now.about.currency)


def newest_note(limit: int, total: int) -> str:
    """Return below a table of the newest that there are more; empty when there are not."""
    return f"The newest {limit} of {total}." if total > limit else ""


def due_cell(data: SummaryData, record: Entity) -> str:
    """Return when a record is due, and that it is overdue."""
    return with_overdue(data.day_cell(record, record.due_field), late=is_late(data.now, record))


def with_overdue(text: str, *, late: bool) -> str:
    """Return a text, and that what it tells of is overdue."""
    return f"{text} (overdue)" if late else text


def verified_cell(win: Win) -> str:
    """Return whether somebody has verified a small win, as mark and word."""
    return "● Verified" if win.verified_by else "○ Not verified"


def when(board: BoardMeeting) -> str:
    """Return the day of a meeting, with its time where that is recorded: ``12 Nov 2026, 14:30``."""
    return show_date(board.meets_on) + optional(", ", board.start_time)


def draft_header(day: Day, title: str, meeting: Meeting | None = None) -> Header:
    """Return the top of a draft for those who run the programme, with what the programme says of itself.

    Of a paper for a ``meeting``, the board is the body that meets; it is not named where it is not shown, since the
    programme's own would be another.
    """
    header = Header(title, "Programme not recorded", "", day.date, None, "Internal", "", "Draft", "")
    programme = day.programme
    if programme is None:
        return header
    classification = programme.classification_label or ""
    board = programme.board_name
    if meeting is not None and meeting.board.body:
        board = meeting.body.name if meeting.body is not None else ""
    return replace(header, programme=programme.name, board=board, classification=classification)


def for_members(header: Header) -> Header:
    """Return the top of a paper that holds restricted matter: every page carries its marking."""
    marking = " · ".join(filter(None, (header.classification, MEMBERS_ONLY)))
    return replace(header, audience="Board members", classification=marking)


def columns(*titles: str) -> tuple[Column, ...]:
    """Return columns of texts; one that ends in ``>`` is of figures, in ``+`` of sentences, in ``~`` of spare ones."""
    return tuple(
        Column(title.rstrip(">+~"), ALIGNED.get(title[-1:], "left"), title[-1:] in ("+", "~"), title.endswith("~"))
        for title in titles
    )
