"""Today in the tests of dates, and how a text is refused."""

from datetime import date

import pytest
from hypothesis import settings
from hypothesis import strategies as st

from tracker.rules.when import DateError, read_date

TODAY = date(2026, 11, 1)  # a Sunday
steady = settings(derandomize=True, max_examples=200, deadline=None)
days = st.dates(date(1900, 1, 1), date(2200, 12, 31))
todays = st.dates(date(1990, 1, 1), date(2100, 12, 31))


def refusal(text: str, today: date = TODAY) -> str:
    with pytest.raises(DateError) as caught:
        read_date(text, today)
    return str(caught.value)
