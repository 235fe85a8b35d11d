"""A person's rating against the evidence: kept beside each other, and a better rating needs a reason."""

from datetime import date, timedelta
from typing import Any

from tracker.entities.pilot import Pilot
from tracker.errors import Problem
from tracker.fields import humanise, rating_text
from tracker.rules.signals.pilot.reported import divergence
from tracker.rules.signals.programme import judged
from tracker.services.evidence import gather_pilot
from tracker.storage.store import Store


def keep_evidence(store: Store, values: dict[str, Any], day: date) -> tuple[list[Problem], list[str]]:
    """Write into a reported rating of a pilot what the evidence says now; a better rating without reason is a problem.

    A reason holds until a day: by itself as many days as there are between two boards.
    """
    evidence = gather_pilot(store, values["pilot"], day)
    pilot = evidence.get(Pilot, values["pilot"])
    if pilot is None:
        return [], []
    found = judged(evidence, pilot)
    values["evidence_signal"] = found.level
    if divergence(values["rating"], found.level) < 1:
        return [], []
    told = f"You rate {found.ref} {humanise(values['rating']).lower()}; the evidence says {rating_text(found.level)}"
    if not values.get("divergence_reason"):
        label = "Why better than the evidence"
        return [
            Problem(
                "divergence_reason",
                "keep_evidence.divergence_reason",
                f"{told}. {found.decided.sentence} Your judgement stands if you give the reason in "
                f"“{label}” (--divergence-reason, 20 characters or more); "
                f"“tracker pilot explain {found.ref}” shows the evidence.",
            )
        ], []
    if not values.get("review_by") and evidence.programme is not None:
        values["review_by"] = day + timedelta(evidence.programme.board_interval_days)
    return [], [f"{told}. Both are shown, with your reason."]
