"""Whatever field of whatever register changes, papers tell it, or it is marked as one of which they do not."""

from datetime import date
from typing import Any

import pytest
from rules.changes_cases import NOW, PREV

from tracker.entities import Entity, registers
from tracker.fields import MISSING, Field, Nothing
from tracker.rules.changes.since import Facts, changes
from tracker.rules.changes.told_fields import Slips, told_fields
from tracker.rules.day import Move, date_moves, last_stood, shown_day

DAY, OTHER = date(2027, 3, 1), date(2027, 6, 1)
# A register's own rule says more of these than their values; their cases are in the tests beside.
RULED = {"verified_by", "likelihood", "impact", "escalated_on"}
PAIRS = [
    (register, field)
    for register in registers()
    if register.changes_rank and not register.append_only
    for field in told_fields(register)
    if field.name not in RULED
]
FIELDS = [pytest.param(register, field, id=f"{register.kind}.{field.name}") for register, field in PAIRS]
STATEFUL = [
    pytest.param(register, field, id=f"{register.kind}.{field.name}")
    for register, field in PAIRS
    if field.stateful and field.optional and field.name != register.state_field
]


def values(field: Field) -> tuple[Any, Any]:
    if field.choices:
        return field.choices[0], field.choices[-1]
    if field.kind == "date":
        return DAY, OTHER
    if field.kind == "yes_no":
        return False, True
    return (1, 2) if field.kind in ("number", "decimal", "money") else ("first", "second")


def record(register: type[Entity], **given: Any) -> Entity:
    blank = {name: None if field.optional else values(field)[0] for name, field in register.fields().items()}
    usual = {name: field.default for name, field in register.fields().items() if field.default is not MISSING}
    return register(**{"uid": "u", "ref": f"{register.prefix}-001", **blank, **usual, **given})


Said = dict[tuple[str, str], Nothing]


def told(
    before: Entity, now: Entity, facts: Facts | None = None, said: tuple[Said, Said] = ({}, {})
) -> list[tuple[str, str]]:
    days = shown_day(PREV, [before]).with_journal({}, {}, said[0]), shown_day(NOW, [now]).with_journal({}, {}, said[1])
    news = changes(*days, facts or Facts())
    return [(change.group, change.text) for change in news if change.group != "overdue"]


@pytest.mark.parametrize(("register", "field"), FIELDS)
def test_another_value_is_told(register: type[Entity], field: Field) -> None:
    first, second = values(field)
    assert told(record(register, **{field.name: first}), record(register, **{field.name: second}))
    assert told(record(register, **{field.name: first}), record(register, **{field.name: first})) == []


@pytest.mark.parametrize(("register", "field"), STATEFUL)
def test_a_kind_of_nothing_is_neither_removal_nor_movement(register: type[Entity], field: Field) -> None:
    given, bare = record(register, **{field.name: values(field)[0]}), record(register, **{field.name: None})
    said = {("u", field.name): Nothing("withheld", "commercial")}
    gone = told(given, bare, said=({}, said))
    assert [group for group, _ in gone] == ["not_comparable"]
    assert "withheld (commercial), was " in gone[0][1] and "taken away" not in gone[0][1]
    back = told(bare, given, said=(said, {}))
    assert [group for group, _ in back] == ["not_comparable"] and "withheld" in back[0][1]
    assert told(bare, bare, said=(said, said)) == []
    unknown = {("u", field.name): Nothing("not_yet_known")}
    assert "not yet known, was withheld" in told(bare, bare, said=(said, unknown))[0][1]


def test_of_a_date_the_moves_are_counted_from_one_day_that_stood_to_the_next() -> None:
    steps = [
        Move(date(2026, 1, 1), DAY, None, "Supplier left"),
        Move(date(2026, 2, 1), None, OTHER),
        Move(date(2026, 3, 1), OTHER, None, "Again"),
        Move(date(2026, 4, 1), None, OTHER),
    ]
    assert [(move.old, move.new, move.reason) for move in date_moves(steps)] == [(DAY, OTHER, "Supplier left")]
    assert [last_stood(steps[:number]) for number in range(5)] == [None, DAY, None, OTHER, None]
    assert date_moves([Move(date(2026, 1, 1), None, DAY)]) == []


def test_a_date_given_again_says_what_stood_and_how_often_it_was_moved() -> None:
    (register,) = [register for register in registers() if register.kind == "pilot"]
    cleared, again = record(register), record(register, decision_due=OTHER)
    facts = Facts(slips={("u", "decision_due"): Slips(2, DAY, "Supplier left")})
    sentence = "decision date moved from 1 Mar 2027 to 1 Jun 2027, taken away in between (2nd move): Supplier left"
    assert told(cleared, again, facts) == [("moved", sentence)]
