"""How the programme of a file writes money and years: what typed texts are read by."""

import re
from collections.abc import Mapping

from tracker.entities import Entity
from tracker.rules.typed.conventions import USUAL, Conventions
from tracker.storage import Query, Store
from tracker.storage.queries import rows

READ_BY_THEM = ("date", "money")  # kinds of fields
EXACT = r"\s*(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|-?[0-9]+(?:\.[0-9]{2})?)?\s*"  # which mean the same in each programme


def conventions_of(store: Store) -> Conventions:
    """Return the currency and the financial year of the programme; what is usual while a file holds none."""
    for _, _, currency, year_start in rows(store, Query("programme", limit=1), ["currency", "financial_year_start"]):
        return Conventions(str(currency), str(year_start))
    return USUAL


def needed_for(store: Store, register: type[Entity], texts: Mapping[str, str]) -> Conventions:
    """Return the conventions by which the texts of some fields are read; looked up only where one asks for any."""
    fields = register.fields()
    asks = any(fields[name].kind in READ_BY_THEM and not re.fullmatch(EXACT, text) for name, text in texts.items())
    if asks:
        return conventions_of(store)
    return USUAL
