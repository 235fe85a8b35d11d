"""Rules of the registers on request that their classes cannot say."""

from tracker.entities import Incident
from tracker.rules.reading import minutes_text
from tracker.services.guards.guard import Proposal


def incident(proposal: Proposal) -> None:
    """Hold an incident to the order of its times, and say where the stated duration is not what they say."""
    lasted = Incident.lasted(proposal.values)
    stated = proposal["stated_duration"]
    if lasted is None:
        return
    if lasted < 0:
        proposal.refuse(
            "restored_at", "incident.order", "It was restored before it was detected. Change one of the two times."
        )
    elif stated not in (None, lasted) and proposal.changed("stated_duration", "detected_at", "restored_at"):
        times = minutes_text(lasted)
        proposal.note(
            "incident.duration",
            f"The times say {times}, and {minutes_text(stated)} is stated; both are kept.",
        )
