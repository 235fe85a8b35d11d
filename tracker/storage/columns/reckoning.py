"""What a rule works out of a record's columns, as a function of SQL: so lists filter and sort by what people read."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache, partial

from tracker.entities import Risk
from tracker.fields import WorkedOut
from tracker.rules.risk import ReviewFacts, review_day
from tracker.rules.setting_texts import settings_from
from tracker.rules.settings import Settings
from tracker.storage.store import Raw, Store

MOST_KEPT = 10_000  # of many risks several have the same days and score


def teach(store: Store, texts: Mapping[str, str], marked: str, mark: str) -> None:
    """Give a store the functions that reckon (``Reckoned.rule``), with the settings that it shows, as texts by name.

    Each is there twice: with ``marked`` behind its name it puts the mark behind what nobody set.
    """
    settings = settings_from(texts)
    for name, behind in (("review_day", ""), (f"review_day{marked}", mark)):
        reckon = lru_cache(MOST_KEPT)(partial(_review_day, settings, behind))
        store.connection.create_function(name, 7, reckon, deterministic=True)


def _review_day(settings: Settings, mark: str, status: str, *columns: Raw) -> str | None:
    """Return the day of a risk's next review in ISO 8601; None when it is closed, or a column cannot be read.

    A mark follows the day where nobody set it.
    """
    if status not in Risk.open_states:
        return None
    *days, likelihood, impact = columns
    score = None
    if isinstance(likelihood, int) and isinstance(impact, int):
        score = likelihood * impact
    try:
        by_hand, assessed, raised, recorded = map(_day, days)
        since = raised or recorded
        if since is None:
            return None
        day = review_day(ReviewFacts(by_hand, assessed, since, score), settings)
        return day.isoformat() + mark * isinstance(day, WorkedOut)
    except (ValueError, OverflowError):
        return None


def _day(column: Raw) -> date | None:
    """Return the day that a column holds, with a time or without, if there is one. Raises ValueError."""
    return None if column is None else date.fromisoformat(str(column)[:10])
