"""What a status summary is made from: two positions and what only the journal knows."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from tracker.rules.changes import Facts
from tracker.rules.differences import ENDED
from tracker.rules.position import Position, reports_of
from tracker.rules.signals.overall import PilotEvidence
from tracker.rules.signals.programme import ProgrammeSignals
from tracker.rules.when import show_date


class SummaryData(NamedTuple):
    """The position to report, the earlier one (None: not compared), and facts of the journal.

    ``since`` is the earlier day that was asked for. ``updated`` is the day of the last update by pilot uid;
    ``head`` the journal's hash in hexadecimal; ``signals`` what the records say (None: not worked out).
    """

    now: Position
    before: Position | None
    since: date | None
    facts: Facts
    updated: Mapping[str, date]
    head: str
    signals: ProgrammeSignals | None = None

    @property
    def pilots(self) -> list[Any]:
        """The pilots, in the order they were given."""
        return self.now.of("pilot")

    @property
    def running(self) -> list[Any]:
        """The pilots that have not been stopped or retired."""
        return [pilot for pilot in self.pilots if pilot.phase not in ENDED]

    def rating_before(self, uid: str) -> str | None:
        """Return a pilot's rating last time: on the earlier day, or else by the report before the newest."""
        if self.before is not None:
            pilot = self.before.live.get("pilot", {}).get(uid)
            return getattr(pilot, "rating", None)
        reports = reports_of(self.now, uid)
        return reports[-2].rating if len(reports) > 1 else None

    def earlier(self, kind: str, uid: str) -> Any | None:
        """Return a record as it was on the earlier day; None when it was not there, or nothing is compared."""
        return self.before.live.get(kind, {}).get(uid) if self.before is not None else None

    def evidence(self, uid: str) -> PilotEvidence | None:
        """Return what the evidence says of a pilot; None when it was not worked out."""
        some = self.signals.pilots if self.signals is not None else ()
        return next((one.evidence for one in some if one.evidence.uid == uid), None)

    def ref(self, kind: str, uid: str | None) -> str:
        """Return the ref of a record that may be shown; empty otherwise."""
        record = self.now.live.get(kind, {}).get(uid or "")
        return record.ref if record is not None else ""


def since_words(data: SummaryData) -> str:
    """Return `` since 8 Oct 2026``, or nothing when no earlier day is compared."""
    return f" since {show_date(data.since)}" if data.since else ""
