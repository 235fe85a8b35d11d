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


@pytest.mark.parametrize(
    ("text", "number", "words"),
    [
        ("due<4 dec 2026 forms", 1, "forms"),
        ("forms due>=4 dec 2026 due<=+2w status=open", 3, "forms"),
        ("due=dec 2026", 2, ""),
        ("due<today 4 forms", 1, "4 forms"),
        ('due<"4 dec 2026"', 1, ""),
        ("pilot= forms", 1, "forms"),
        ("due<", 0, ""),
    ],
)
def test_a_day_needs_no_quotes_and_nothing_asks_for_what_is_missing(
    store: Store, text: str, number: int, words: str
) -> None:
    assert split(store, text) == (number, words)


def test_of_a_day_that_cannot_be_read_all_its_words_are_named(store: Store) -> None:
    with pytest.raises(TrackerError, match="“4 sep” may be"):
        split(store, "due<4 sep forms")
    with pytest.raises(TrackerError, match="“yesterdy” is not a date"):
        split(store, "due<yesterdy forms")
