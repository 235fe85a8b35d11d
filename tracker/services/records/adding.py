"""Adding a record as a form or a command asks for it: plainly, or with all that its template brings."""

from typing import Any

from tracker.entities import entity
from tracker.services.records import writing as recording
from tracker.services.records.writing import Saved
from tracker.storage.store import Acting, Store


def add(store: Store, kind: str, values: dict[str, Any], by: Acting, *, reason: str | None = None) -> Saved:
    """Add a record and return it; a pilot or gate that names a template is made from it. Raises as recording.add."""
    if entity(kind).has_templates() and values.get("template"):
        from tracker.services.records.making import add_from_template

        return add_from_template(store, kind, values, by, reason=reason)
    return recording.add(store, kind, values, by, reason=reason)
