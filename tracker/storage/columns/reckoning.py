"""What a rule works out of a record's columns, as a function of SQL: so lists filter and sort by what people read."""

from datetime import date
from functools import partial

from tracker.entities import Risk
from tracker.rules.risk import ReviewFacts, review_day
from tracker.rules.setting_texts import settings_from
from tracker.rules.settings import Settings
from tracker.storage.store import Raw, Store


def teach(store: Store) -> None:
    """Give a store the functions that reckon (``Reckoned.rule``), with the settings that it shows."""
    texts = store.read("SELECT name, value FROM setting WHERE deleted_at IS NULL ORDER BY id")
    settings = settings_from(dict(texts))
    store.connection.create_function("review_day", 6, partial(_review_day, settings), deterministic=True)


def _review_day(settings: Settings, status: str, *columns: Raw) -> str | None:
    """Return the day of a risk's next review in ISO 8601; None when it is closed, or a column cannot be read."""
    if status not in Risk.open_states:
        return None
    *days, likelihood, impact = columns
    score = None
    if isinstance(likelihood, int) and isinstance(impact, int):
        score = likelihood * impact
    try:
        by_hand, assessed, raised = map(_day, days)
        if raised is None:
            return None
        return review_day(ReviewFacts(by_hand, assessed, raised, score), settings).isoformat()
    except (ValueError, OverflowError):
        return None


def _day(column: Raw) -> date | None:
    """Return the day that a column holds, if there is one. Raises ValueError."""
    return None if column is None else date.fromisoformat(str(column))
