"""The signals of a programme file, for every front."""

from datetime import date

from tracker.entities import Pilot
from tracker.errors import TrackerError
from tracker.rules.signals.pilot.overall import PilotEvidence
from tracker.rules.signals.programme import (
    PilotSignals,
    ProgrammeSignals,
    judged,
    pilot_signals,
    programme_signals,
)
from tracker.services.evidence import gather
from tracker.storage import Store


def signals(store: Store, day: date, since: date | None = None) -> ProgrammeSignals:
    """Return every signal at the end of a day; ``since``: an earlier day to compare risks with."""
    before = gather(store, since) if since is not None else None
    return programme_signals(gather(store, day), before)


def levels(store: Store, day: date) -> dict[str, PilotEvidence]:
    """Return the evidence signal of each pilot that runs or is live at the end of a day, by uid."""
    evidence = gather(store, day)
    return {pilot.uid: judged(evidence, pilot) for pilot in evidence.in_use}


def signals_of(store: Store, pilot: str, day: date) -> PilotSignals:
    """Return the signals of one pilot (a uid) at the end of a day. Raises TrackerError when it was not there yet."""
    evidence = gather(store, day)
    record = evidence.get(Pilot, pilot)
    if record is None:
        raise TrackerError("This pilot did not exist on that day, or had been removed.")
    return pilot_signals(evidence, record)
