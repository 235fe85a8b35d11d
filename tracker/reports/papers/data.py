"""What the papers are made from: two positions, the evidence behind the signals, and what only the journal knows."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import NamedTuple, TypeVar

from tracker.entities import Entity
from tracker.entities.board import BoardMeeting
from tracker.entities.item import AgendaItem
from tracker.entities.pilot import Pilot
from tracker.reports.model import Column, Missing, Paragraph
from tracker.rules.changes.since import CLASSES, Change, Facts, changes, threshold_changes
from tracker.rules.day import Day
from tracker.rules.impact.before_after import Comparison, compare_all
from tracker.rules.signals.pilot.overall import PilotEvidence
from tracker.rules.signals.programme import PilotSignals, ProgrammeSignals
from tracker.rules.wording import date_or, optional, show_date

E = TypeVar("E", bound=Entity)


class Meeting(NamedTuple):
    """The board that a paper is for: its record, its agenda in order, and how many of its members are expected.

    ``last`` is the board before it (None: the first), ``minutes`` the items of that one, in order.
    """

    board: BoardMeeting
    agenda: tuple[AgendaItem, ...] = ()
    expected: int = 0
    last: BoardMeeting | None = None
    minutes: tuple[AgendaItem, ...] = ()


class SummaryData:
    """The position to report, the earlier one (None: not compared), and facts of the journal.

    ``since`` is the earlier day that was asked for. ``updated`` is the day of the last update by pilot uid;
    ``head`` the journal's hash in hexadecimal; ``signals`` what the records say; ``boards`` the days of the boards so
    far, the newest last. Nothing is changed after it was made, so what is looked up once is kept.
    """

    def __init__(
        self,
        now: Day,
        before: Day | None,
        since: date | None,
        facts: Facts,
        updated: Mapping[str, date],
        head: str,
        signals: ProgrammeSignals,
        meeting: Meeting | None = None,
        boards: tuple[date, ...] = (),
    ) -> None:
        self.now = now
        self.before = before
        self.since = since
        self.facts = facts
        self.updated = updated
        self.head = head
        self.signals = signals
        self.meeting = meeting
        self.boards = boards

    @property
    def pilots(self) -> list[Pilot]:
        """The pilots, in the order they were given."""
        return self.now.all(Pilot)

    @property
    def running(self) -> list[Pilot]:
        """The pilots that have not been stopped or retired."""
        return self.now.running

    def rating_before(self, uid: str) -> str | None:
        """Return a pilot's rating last time: on the earlier day, or else by the report before the newest."""
        if self.before is not None:
            pilot = self.before.get(Pilot, uid)
            return pilot.rating if pilot is not None else None
        reports = self.now.reports(uid)
        return reports[-2].rating if len(reports) > 1 else None

    def earlier(self, register: type[E], uid: str) -> E | None:
        """Return a record as it was on the earlier day; None when it was not there, or nothing is compared."""
        return self.before.get(register, uid) if self.before is not None else None

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


def since_words(data: SummaryData) -> str:
    """Return `` since 8 Oct 2026``, or nothing when no earlier day is compared."""
    return optional(" since ", date_or(data.since))


def source(data: SummaryData, origin: str) -> Paragraph:
    """Return the line that says what a section of the pack is made from, and of which day it is."""
    return Paragraph(f"Source: {origin}, as of {show_date(data.now.date)}.")


def none_recorded(subject: str = "") -> Missing:
    """Return that somebody looked and that there is nothing."""
    return Missing(f"None recorded – checked{f': {subject}' if subject else ''}.")


def columns(*titles: str) -> tuple[Column, ...]:
    """Return columns of texts; a title that ends in ``>`` is of figures, one that ends in ``+`` of sentences."""
    return tuple(
        Column(title.rstrip(">+"), "right" if title.endswith(">") else "left", title.endswith("+")) for title in titles
    )
