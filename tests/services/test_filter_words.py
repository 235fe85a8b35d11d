"""A filter that names no field says so; what is no comparison is a word."""

from datetime import date

import pytest

from tracker.entities import entity
from tracker.errors import TrackerError
from tracker.services.conditions import split_words
from tracker.storage.store import Store


def split(store: Store, text: str) -> tuple[int, str]:
    conditions, words = split_words(lambda: date(2026, 10, 1), store, entity("action"), text)
    return len(conditions), words


def test_a_comparison_with_a_field_that_is_not_there_is_said(store: Store) -> None:
    with pytest.raises(TrackerError, match=r"An action has no field “ownr”\. Did you mean “owner”\?"):
        split(store, "ownr=me")


def test_what_stands_in_quotes_or_compares_nothing_is_looked_for(store: Store) -> None:
    assert split(store, '"ownr=me" forms') == (0, '"ownr=me" forms')
    assert split(store, "status=open forms status=") == (1, "forms")
