"""Lists: conditions, order, and values that are read from newer records."""

from datetime import date
from typing import Any

import pytest
from conftest import at

from tracker.services.records.writing import add, change, remove
from tracker.storage.queries import Condition, Query, count, find, keys, rows, window
from tracker.storage.store import Acting, Store


@pytest.fixture
def risks(store: Store, ana: Acting) -> dict[str, str]:
    data = add(store, "person", {"display_name": "Data lead"}, ana).uid
    legal = add(store, "person", {"display_name": "Adviser, legal"}, ana).uid
    made: dict[str, dict[str, Any]] = {
        "low": {"title": "Low 10% of_all", "likelihood": 1, "impact": 2, "owner": data},
        "high": {
            "title": "High",
            "likelihood": 5,
            "impact": 4,
            "owner": legal,
            "category": "legal",
            "tags": ("a", "b"),
        },
        "none": {"title": "Not scored"},
    }
    return {name: add(store, "risk", values, ana).uid for name, values in made.items()}


def titles(store: Store, **query: Any) -> list[str]:
    return [row[2].split()[0] for row in rows(store, Query("risk", **query), ["title"])]


@pytest.mark.parametrize(
    ("field", "operator", "value", "expected"),
    [
        ("score", ">=", 2, ["Low", "High"]),
        ("score", ">", 2, ["High"]),
        ("score", "=", None, ["Not"]),
        ("score", "!=", None, ["Low", "High"]),
        ("score", "<", 20, ["Low"]),
        ("likelihood", "<=", 1, ["Low"]),
        ("title", "~", "10%", ["Low"]),
        ("title", "~", "f_a", ["Low"]),
        ("title", "~", "1_%", []),
        ("category", "=", "legal", ["High"]),
        ("category", "!=", "legal", ["Low", "Not"]),
        ("tags", "~", "b", ["High"]),
        ("tags", "has", "b", ["High"]),
        ("tags", "has", "ab", []),
        ("ref", "=", "R-002", ["High"]),
    ],
)
def test_conditions(
    store: Store, risks: dict[str, str], field: str, operator: str, value: Any, expected: list[str]
) -> None:
    where = (Condition(field, operator, value),)
    assert titles(store, where=where) == expected
    assert count(store, Query("risk", where)) == len(expected)


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ((("score", True),), ["High", "Low", "Not"]),
        ((("score", False),), ["Low", "High", "Not"]),
        ((("owner", False),), ["High", "Low", "Not"]),
        ((("category", False),), ["High", "Low", "Not"]),
        ((("title", True),), ["Not", "Low", "High"]),
    ],
)
def test_order_puts_what_is_missing_last(
    store: Store, risks: dict[str, str], sort: tuple[tuple[str, bool], ...], expected: list[str]
) -> None:
    assert titles(store, sort=sort) == expected


def test_choices_have_an_order_of_their_own(store: Store, ana: Acting) -> None:
    for phase in ("live", "alpha", "discovery"):
        add(store, "pilot", {"name": phase, "phase": phase}, ana)
    found = rows(store, Query("pilot", sort=(("phase", False),)), ["name"])
    assert [row[2] for row in found] == ["discovery", "alpha", "live"]


def test_words_are_looked_for_in_texts_and_in_names_of_others(store: Store, risks: dict[str, str]) -> None:
    assert titles(store, text="adviser HIGH") == ["High"]
    assert titles(store, text="r-003") == ["Not"]
    assert titles(store, text="%") == ["Low"]


def test_the_newest_assessment_counts_by_its_day(store: Store, ana: Acting, risks: dict[str, str]) -> None:
    later = at(ana, date(2026, 10, 20))
    add(store, "assessment", {"risk": risks["low"], "likelihood": 4, "impact": 4}, later)
    old = {"risk": risks["low"], "likelihood": 3, "impact": 3, "assessed_on": date(2026, 9, 1)}
    add(store, "assessment", old, later)
    wanted = Query("risk", (Condition("uid", "=", risks["low"]),))
    assert rows(store, wanted, ["score", "assessed_on"])[0][2:] == (16, date(2026, 10, 20))
    newest = add(store, "assessment", {"risk": risks["low"], "likelihood": 5, "impact": 5}, later)
    assert rows(store, wanted, ["score"])[0][2] == 25
    remove(store, "assessment", newest.uid, later, reason="of another risk")
    assert rows(store, wanted, ["score"])[0][2] == 16


def test_a_window_holds_the_rows_of_its_keys(store: Store, risks: dict[str, str]) -> None:
    found = keys(store, Query("risk", sort=(("score", True),)))
    held = window(store, "risk", found[:2], ["title", "owner"])
    assert [held[key][1] for key in found[:2]] == ["R-002", "R-001"]
    assert held[found[0]][3].name == "Adviser, legal"


@pytest.mark.parametrize("text", ["R-002", "r2", "R 002", "r-2", "high", "HIGH", "hig"])
def test_a_record_is_found_by_ref_or_name(store: Store, risks: dict[str, str], text: str) -> None:
    assert [link.ref for link, _ in find(store, "risk", text)] == ["R-002"]


def test_a_record_is_found_by_the_beginning_of_its_uid(store: Store, ana: Acting, risks: dict[str, str]) -> None:
    assert [link.ref for link, _ in find(store, "risk", risks["high"][:35])] == ["R-002"]


def test_removed_records_are_listed_apart(store: Store, ana: Acting, risks: dict[str, str]) -> None:
    remove(store, "risk", risks["none"], ana, reason="recorded twice")
    assert titles(store) == ["Low", "High"]
    assert titles(store, deleted=True) == ["Not"]
    assert [deleted for _, deleted in find(store, "risk", "R-003")] == [True]


def test_changed_fields_show_at_once(store: Store, ana: Acting, risks: dict[str, str]) -> None:
    change(store, "risk", risks["none"], {"likelihood": 3, "impact": 3}, ana)
    assert titles(store, where=(Condition("score", "=", 9),)) == ["Not"]
