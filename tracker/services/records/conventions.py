"""How the programme of a file writes money and years: what typed texts are read by."""

from collections.abc import Iterable

from tracker.entities import Entity
from tracker.rules.typed import USUAL, Conventions
from tracker.storage import Query, Store
from tracker.storage.queries import rows

READ_BY_THEM = ("date", "money")  # kinds of fields


def conventions_of(store: Store) -> Conventions:
    """Return the currency and the financial year of the programme; what is usual while a file holds none."""
    for _, _, currency, year_start in rows(store, Query("programme", limit=1), ["currency", "financial_year_start"]):
        return Conventions(str(currency), str(year_start))
    return USUAL


def needed_for(store: Store, register: type[Entity], names: Iterable[str]) -> Conventions:
    """Return the conventions by which some fields are read; looked up only where one of them asks for any."""
    fields = register.fields()
    return conventions_of(store) if any(fields[name].kind in READ_BY_THEM for name in names) else USUAL
