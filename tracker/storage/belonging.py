"""Which records belong to a pilot: its own, and those of what is its own."""

from tracker.entities import Entity
from tracker.storage.queries import whole_records
from tracker.storage.store import Store

# The field by which a record belongs to a pilot, or to a record that does, named like the kind it points at;
# owners come before what they own.
BELONGS = {
    "confidence": "pilot",
    "iteration": "pilot",
    "metric": "pilot",
    "measurement": "metric",
    "gate": "pilot",
    "criterion": "gate",
    "condition": "gate",
    "compliance": "pilot",
    "need": "pilot",
    "session": "pilot",
    "attendance": "session",
    "evaluation": "session",
    "risk": "pilot",
    "assessment": "risk",
    "issue": "pilot",
    "action": "pilot",
    "decision": "pilot",
}


def of_pilot(store: Store, kind: str, pilot: str) -> list[Entity]:
    """Return the live records of a kind that belong to a pilot, in one statement."""
    where, values = _within(kind, pilot)
    return whole_records(store, kind, f"t.deleted_at IS NULL AND {where} ORDER BY t.id", values)


def _within(kind: str, pilot: str) -> tuple[str, list[str]]:
    owner = BELONGS[kind]
    if owner == "pilot":
        return "t.pilot = ?", [pilot]
    inner, values = _within(owner, pilot)
    return f't."{owner}" IN (SELECT t.uid FROM "{owner}" t WHERE {inner})', values
