"""How the programme of a file writes money, years and ratings: what typed texts are read by."""

import re
from collections.abc import Mapping

from tracker.entities import Entity
from tracker.rules.typed.conventions import USUAL, Conventions
from tracker.storage import Query, Store
from tracker.storage.queries import rows

READ_BY_THEM = ("date", "money")  # kinds of fields
EXACT = r"\s*(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|-?[0-9]+(?:\.[0-9]{2})?)?\s*"  # which mean the same in each programme


def conventions_of(store: Store) -> Conventions:
    """Return the currency, the financial year and the scale of the programme; what is usual while a file holds none."""
    names = ["currency", "financial_year_start", "rating_scale"]
    for _, _, *texts in rows(store, Query("programme", limit=1), names):
        return Conventions(*map(str, texts))
    return USUAL


def needed_for(store: Store, register: type[Entity], texts: Mapping[str, str]) -> Conventions:
    """Return the conventions by which the texts of some fields are read; looked up only where one asks for any."""
    for name, text in texts.items():
        field = register.fields()[name]
        if (field.scale or field.kind in READ_BY_THEM) and not re.fullmatch(EXACT, text):
            return conventions_of(store)
    return USUAL
