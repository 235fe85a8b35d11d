"""The order of refs and names: numbers by their size, letters as people expect, in Python and SQL alike."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.services.records.writing import add
from tracker.storage.connection import teach_order
from tracker.storage.queries import Query, rows
from tracker.storage.store import Acting, Store
from tracker.text import natural_order

steady = settings(derandomize=True, max_examples=200, deadline=None)
texts = st.text(st.one_of(st.sampled_from("aAäßéøZz09 -.1234567890"), st.characters(exclude_categories=["Cs"])))


@pytest.mark.parametrize(
    "in_order",
    [
        ("P-9", "P-10", "P-100", "P-101"),
        ("P-09", "P-10", "P-99", "P-100"),
        ("R-014", "R-014.B", "R-014.C", "R-015", "R-100", "R-100.B"),
        ("R-014", "R-B014", "R-015"),
        ("Pilot 1", "Pilot 2", "Pilot 10", "Pilot 12"),
        ("pilot 2", "Pilot 2a", "PILOT 10"),
        ("Älter", "apple", "Ärzte", "Ebene", "Élan", "Zebra"),
        ("Łódź", "Luton", "Øresund", "Oslo", "Øst"),
        ("Release 1.9", "Release 1.10"),
        ("2 towns", "10 towns", "Towns"),
        ("", "1", "a"),
    ],
)
def test_refs_and_names_stand_in_the_order_that_people_expect(in_order: tuple[str, ...]) -> None:
    mixed = list(in_order[1:] + in_order[:1])
    assert sorted(mixed, key=natural_order) == list(in_order)


@steady
@given(st.lists(texts, max_size=6))
def test_sqlite_puts_texts_in_the_same_order(several: list[str]) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        teach_order(connection)
        marks = ", ".join(["(?)"] * len(several))
        ordered = connection.execute(
            f"SELECT * FROM (VALUES {marks or '(NULL)'}) ORDER BY natural_order(column1)", several
        )
        keys = [natural_order(text) for (text,) in ordered if text is not None]
    assert keys == sorted(map(natural_order, several))


@steady
@given(st.integers(0, 10**30), st.integers(0, 10**30), st.text("ab ", max_size=3))
def test_numbers_stand_by_their_size(first: int, second: int, word: str) -> None:
    keys = [natural_order(f"{word}{number}") for number in (first, second)]
    assert (keys[0] < keys[1]) == (first < second)


@pytest.fixture
def many_pilots(store: Store, ana: Acting) -> Iterator[Store]:
    for number in range(102, 0, -1):
        add(store, "pilot", {"name": f"Pilot {number}"}, ana)
    yield store


def test_lists_sort_refs_and_names_by_their_numbers(many_pilots: Store) -> None:
    by_ref = rows(many_pilots, Query("pilot", sort=(("ref", False),)), ["name"])
    assert [ref for _, ref, _ in by_ref] == [f"P-{number:02}" for number in range(1, 103)]
    by_name = rows(many_pilots, Query("pilot", sort=(("name", True),)), ["name"])
    assert [name for *_, name in by_name] == [f"Pilot {number}" for number in range(102, 0, -1)]
