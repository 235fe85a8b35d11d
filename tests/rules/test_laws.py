"""What belongs to the end of a record has a place only there: a law for every register."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.entities import Entity, Person, Pilot, TrainingSession, registers
from tracker.entities.base import ended_word, lost_word
from tracker.entities.laws import misplaced
from tracker.fields import Value, Values

DAY = date(2026, 11, 12)
CLOSING = [register for register in registers() if register.closings]


def values_of(register: type[Entity]) -> st.SearchStrategy[dict[str, Value]]:
    """Return values of the fields that closings of a register are about, and of those that decide."""
    fields: dict[str, st.SearchStrategy[Value]] = {}
    for closing in register.closings:
        state = register.fields()[closing.when]
        choices: tuple[Value, ...] = state.choices or (None, True, False)
        fields[closing.when] = st.sampled_from(choices)
    for closing in register.closings:
        fields.setdefault(closing.field, st.sampled_from((closing.nothing, "then", "another")))
    return st.fixed_dictionaries(fields)


@st.composite
def changes(draw: st.DrawFn) -> tuple[type[Entity], Values, Values | None]:
    register = draw(st.sampled_from(CLOSING))
    return register, draw(values_of(register)), draw(st.none() | values_of(register))


@given(changes())
def test_what_is_saved_carries_nothing_that_has_no_place(change: tuple[type[Entity], Values, Values | None]) -> None:
    register, values, before = change
    stale, early = misplaced(register.closings, values, before)
    after = {**values, **{closing.field: closing.nothing for closing in stale}}
    refused = {closing.field for closing in early}
    for closing in register.closings:
        empty = after[closing.field] in (None, closing.nothing)
        if not closing.early and closing.field not in refused:
            assert empty or closing.has_place(after)
        was_ended = before is not None and closing.has_place(before)
        unchanged = before is not None and before[closing.field] == values[closing.field]
        if was_ended and unchanged and not closing.has_place(after):
            assert empty  # whatever closing set goes when that ends, given early or not


@given(changes())
def test_what_has_its_place_is_left_alone(change: tuple[type[Entity], Values, Values | None]) -> None:
    register, values, before = change
    for closings in misplaced(register.closings, values, before):
        for closing in closings:
            assert closing.field in values
            assert values[closing.field] not in (None, closing.nothing)


def test_what_ends_a_record_is_a_field_and_a_value_of_it() -> None:
    for register in registers():
        for ending in register.endings:
            field = register.fields()[ending.field]
            assert field.kind == "date" or set(ending.among) <= {*field.choices, False}
            assert (field.kind == "date") == (not ending.among)
        assert not register.standing_states or register.endings


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"phase": "alpha", "outcome": "none", "actual_end": None}, ""),
        ({"phase": "stopped", "outcome": "none"}, "stopped"),
        ({"phase": "retirement", "outcome": "scaled"}, "retired"),
        ({"phase": "alpha", "outcome": "scaled_with_changes"}, "scaled with changes"),
        ({"phase": "alpha", "outcome": "extended"}, ""),
        ({"phase": "alpha", "outcome": "none", "actual_end": DAY}, "ended"),
        ({"phase": "alpha", "outcome": "none", "actual_end": DAY + timedelta(1)}, ""),
    ],
)
def test_how_a_pilot_has_ended(values: Values, word: str) -> None:
    pilot = Pilot.holding(dict(values))
    assert ended_word(pilot, DAY) == lost_word(pilot, DAY) == word
    live = Pilot.holding({**values, "phase": "live"})
    assert lost_word(live, DAY) == ""  # the service goes on


def test_how_others_have_ended() -> None:
    assert ended_word(Person.holding({"active": True, "left_on": DAY}), DAY) == "gone"
    assert ended_word(Person.holding({"active": True, "left_on": None}), DAY) == ""
    assert ended_word(TrainingSession.holding({"status": "cancelled"}), DAY) == "cancelled"
    assert ended_word(TrainingSession.holding({"status": "held"}), DAY) == ""
