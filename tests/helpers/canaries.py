"""A programme whose every text field holds a word that names it, so that one can see where it gets to."""

import re
from typing import Any

from factories import values_of

from tracker.entities import all_entities
from tracker.services.records.writing import add
from tracker.storage.store import Acting, Store

SKIPPED = ("programme", "setting", "snapshot")
MORE: dict[str, dict[str, Any]] = {
    "win": {"publishable": True},
    "measurement": {"numerator": 30, "denominator": 80},
}


def plant(store: Store, by: Acting) -> None:
    """Add a public record of each register; each text field says which register and field it is."""
    for which in all_entities():
        if which.kind in SKIPPED:
            continue
        values = values_of(store, which.kind, by)
        for field in which.settable():
            if field.kind == "text" and not field.glob and field.longest >= 40 and field.name != "channel_mix":
                values[field.name] = f"canary-{which.kind}-{field.name}-".ljust(field.shortest, "x")
        add(store, which.kind, {**values, "visibility": "public", **MORE.get(which.kind, {})}, by)


def canaries(text: str) -> set[tuple[str, str]]:
    """Return the registers and fields that are told in a text."""
    return set(re.findall(r"canary-([a-z]+)-([a-z_]+)-", text))
