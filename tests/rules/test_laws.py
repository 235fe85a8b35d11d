"""What belongs to the end of a record has a place only there: a law for every register."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tracker.entities import Entity, registers
from tracker.entities.base import is_given_up
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


def test_states_of_given_up_records_are_states() -> None:
    for register in registers():
        field = register.fields().get(register.state_field)
        assert field is not None or not register.given_up_states
        assert field is None or set(register.given_up_states) <= set(field.choices) or not field.choices
        assert not is_given_up(register, {"active": True}, DAY) or register.given_up_states
