"""Bank holidays of a published calendar, taken into the file: there they are seen, corrected, part of its history.

A paper of last year then keeps its deadlines whatever a later release of the calendar says.
"""

from collections.abc import Mapping
from datetime import date

from holidays import country_holidays, list_supported_countries

from tracker.entities import Holiday
from tracker.errors import Note, TrackerError
from tracker.rules.boards.working_days import SATURDAY
from tracker.rules.wording import counted, listed
from tracker.services.records.writing import Saved, editing
from tracker.storage import Acting, Store, records

MOST_YEARS = 20


def take_in(store: Store, calendar: str, first: int, last: int, by: Acting) -> list[Saved]:
    """Add the holidays of a country or its part (``GB-ENG``) that fall on Monday to Friday, from one year to another.

    Days that the file has already stay as they are; a note says so where a country alone has fewer than its parts. All
    are one command. Raises TrackerError for a calendar that is not known, for years that cannot be, and when there is
    nothing to add.
    """
    if not first <= last < first + MOST_YEARS:
        years = counted(MOST_YEARS, "year")
        raise TrackerError(f"The first year comes before the last, and there are at most {years}: 2026 to 2028, say.")
    code = calendar.strip().upper()
    have = {holiday.falls_on for holiday in records(store, Holiday)}
    days = {day: name for day, name in _published(code, first, last).items() if day not in have}
    if not days:
        raise TrackerError(f"The file has all holidays of {code} for these years.", "holiday.none_new")
    with editing(store, by, "holiday.take") as edit:
        taken = [
            edit.add(Holiday, {"name": name, "falls_on": day, "calendar": code}) for day, name in sorted(days.items())
        ]
    parts = list_supported_countries(include_aliases=False)[code] if "-" not in code else []
    if parts:
        named = listed(f"{code}-{part}" for part in parts)
        note = Note("holiday.parts", f"These are the days that all of {code} has; its parts have more: {named}.")
        taken[0] = taken[0]._replace(notes=(*taken[0].notes, note))
    return taken


def _published(code: str, first: int, last: int) -> Mapping[date, str]:
    """Return the holidays of some years that are no Saturday or Sunday, by day, with their English names."""
    country, _, part = code.partition("-")
    supported = list_supported_countries(include_aliases=False)
    if country not in supported:
        raise TrackerError(
            f"There is no calendar “{code}”. Write a country as its two letters, with its part where it has some: "
            f"GB-ENG, GB-SCT, IE."
        )
    if part and part not in supported[country]:
        parts = ", ".join(f"{country}-{name}" for name in supported[country])
        raise TrackerError(f"There is no calendar “{code}”. {country} has: {parts or 'no parts'}.")
    published = country_holidays(country, subdiv=part or None, years=range(first, last + 1))
    return {day: name for day, name in published.items() if day.weekday() < SATURDAY}
