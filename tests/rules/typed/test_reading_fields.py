"""Fields of every register: on which side of today their days lie, and that what is written is read as the same."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.entities import all_entities, entity
from tracker.fields import (
    CLOCK,
    FIGURES,
    MINUTES,
    MONTH_DAY,
    PAST,
    SHARE,
    SPANS,
    Field,
    Nothing,
    VagueDay,
    earliest,
    latest,
    same,
)
from tracker.rules.reading import NotRead, read, write
from tracker.rules.typed.conventions import Conventions
from tracker.services.importing.mappings import words_for_nothing

TODAY = date(2026, 11, 29)  # a Sunday
DAYS = {
    f"{register.kind}.{field.name}": field
    for register in all_entities()
    for field in register.settable()
    if field.kind == "date"
}
AHEAD = {
    "action.due",
    "assumption.validate_by",
    "board.meets_on",
    "compliance.due",
    "compliance.review_on",
    "condition.due",
    "confidence.review_by",
    "contract.ends_on",
    "contract.extends_to",
    "decision.needed_by",
    "decision.review_on",
    "dependency.needed_by",
    "finding.due",
    "gate.planned_on",
    "issue.due",
    "metric.target_on",
    "milestone.baseline_on",
    "milestone.forecast_on",
    "need.needed_by",
    "pilot.decision_due",
    "pilot.forecast_end",
    "pilot.planned_start",
    "programme.end",
    "risk.next_review_on",
    "service.legal_deadline",
    "session.starts_on",
    "stakeholder.next_contact_on",
    "supplier.check_by",
}
BACK = {
    "measurement.period_start",
    "need.source_date",
    "pilot.actual_end",
    "pilot.phase_started",
    "pilot.spend_as_of",
    "risk.escalated_on",
    "snapshot.as_of",
}
EITHER = {
    "board.as_of",
    "contract.starts_on",
    "figure.year",
    "holiday.falls_on",
    "iteration.end",
    "iteration.release_on",
    "iteration.start",
    "member.serves_from",
    "member.serves_until",
    "person.left_on",
    "pilot.baseline_end",
    "pilot.first_real_user_on",
    "pilot.start",
    "programme.start",
}
steady = settings(derandomize=True, max_examples=100, deadline=None)


def test_every_day_of_every_register_says_on_which_side_it_lies() -> None:
    looks: dict[str, set[str]] = {"ahead": set(), "back": set(), "either": set()}
    for name, field in DAYS.items():
        if PAST not in field.flags:
            looks[field.looks].add(name)
    assert looks == {"ahead": AHEAD, "back": BACK, "either": EITHER}


@pytest.mark.parametrize("name", sorted(DAYS))
def test_a_day_without_its_year_falls_where_its_field_looks(name: str) -> None:
    field = DAYS[name]
    if field.looks == "ahead":
        assert read(field, "15 Jul", TODAY) == date(2027, 7, 15)
        assert read(field, "this friday", TODAY) == date(2026, 12, 4)
    elif field.looks == "back":
        assert read(field, "15 Jul", TODAY) == date(2026, 7, 15)
        assert read(field, "friday", TODAY) == date(2026, 11, 27)
    else:
        for text in ("15 Jul", "friday"):
            with pytest.raises(NotRead) as refusal:
                read(field, text, TODAY)
            assert len(refusal.value.days) == 2


@pytest.mark.parametrize(
    ("text", "start", "first", "last"),
    [
        ("Q4 2026/27", "04-01", date(2027, 1, 1), date(2027, 3, 31)),
        ("2026/27 Q4", "04-01", date(2027, 1, 1), date(2027, 3, 31)),
        ("Q4 26/27", "04-01", date(2027, 1, 1), date(2027, 3, 31)),
        ("Q4 FY27", "04-01", date(2027, 1, 1), date(2027, 3, 31)),
        ("Q4", "04-01", date(2027, 1, 1), date(2027, 3, 31)),
        ("Q3", "04-01", date(2026, 10, 1), date(2026, 12, 31)),
        ("Q1", "04-01", date(2027, 4, 1), date(2027, 6, 30)),
        ("FY27", "04-01", date(2026, 4, 1), date(2027, 3, 31)),
        ("FY2027", "04-01", date(2026, 4, 1), date(2027, 3, 31)),
        ("FY 2026/27", "04-01", date(2026, 4, 1), date(2027, 3, 31)),
        ("FY2026-27", "04-01", date(2026, 4, 1), date(2027, 3, 31)),
        ("FY26/27", "04-01", date(2026, 4, 1), date(2027, 3, 31)),
        ("2026/27", "04-01", date(2026, 4, 1), date(2027, 3, 31)),
        ("2026–2027", "04-01", date(2026, 4, 1), date(2027, 3, 31)),
        ("2026/27", "07-01", date(2026, 7, 1), date(2027, 6, 30)),
        ("Q2 2026/27", "02-01", date(2026, 5, 1), date(2026, 7, 31)),
        ("FY27", "10-01", date(2026, 10, 1), date(2027, 9, 30)),
        ("FY27", "01-01", date(2027, 1, 1), date(2027, 12, 31)),
        ("Q1", "01-01", date(2027, 1, 1), date(2027, 3, 31)),
        ("Q1 2027", "01-01", date(2027, 1, 1), date(2027, 3, 31)),
        ("Jan–Mar 2027", "04-01", date(2027, 1, 1), date(2027, 3, 31)),
        ("oct to december 2026", "04-01", date(2026, 10, 1), date(2026, 12, 31)),
        ("Dec 2026", "04-01", date(2026, 12, 1), date(2026, 12, 31)),
    ],
)
def test_quarters_and_years_follow_the_programmes_year(text: str, start: str, first: date, last: date) -> None:
    conventions = Conventions(year_start=start)
    field = entity("pilot").fields()["forecast_end"]
    day = read(field, text, TODAY, conventions)
    assert (earliest(day), latest(day), day) == (first, last, last)
    assert same(read(field, write(field, day), TODAY, conventions), day)


@pytest.mark.parametrize(
    ("text", "start", "says"),
    [
        ("2026/27", "04-06", "write its first day 2026-04-06 or its last 2027-04-05."),
        ("Q1 2026/27", "04-06", "write its first day 2026-04-06 or its last 2026-07-05."),
        ("2026/27", "01-01", "this programme's financial year is that of the calendar: write 2026 or 2027."),
        ("2026/27", "13-35", "starts on 13-35"),
        ("end of year", "13-35", "starts on 13-35"),
    ],
)
def test_a_year_that_cannot_be_kept_is_refused(text: str, start: str, says: str) -> None:
    with pytest.raises(NotRead) as refusal:
        read(entity("pilot").fields()["forecast_end"], text, TODAY, Conventions(year_start=start))
    assert says in str(refusal.value)


@pytest.mark.parametrize(("text", "kept"), [("1 April", "04-01"), ("6 Apr", "04-06"), ("04-01", "04-01")])
def test_a_financial_year_starts_on_a_day_that_there_is(text: str, kept: str) -> None:
    field = entity("programme").fields()["financial_year_start"]
    assert read(field, text, TODAY) == kept
    for wrong in ("13-35", "04-31", "2026-04-01", "April", "29 Feb"):
        with pytest.raises(NotRead):
            read(field, wrong, TODAY)


def _values(field: Field) -> st.SearchStrategy[Any]:
    """Return values that a field may hold, exact and vague."""
    if field.kind == "date":
        days = st.dates(date(1950, 1, 1), date(2150, 12, 31))
        return st.one_of(days, _vague(field)) if field.spoken_of else days
    least, most = int(field.least or -(10**12)), int(field.most if field.most is not None else 10**12)
    if field.kind != "decimal":
        return st.integers(max(least, 0) if MINUTES in field.flags else least, most)
    return st.decimals(least, most, places=4).map(float)


def _vague(field: Field) -> st.SearchStrategy[VagueDay]:
    """Return months, quarters and years as their first or last days, of a financial year that begins in April."""

    def vague(year: int, precision: str) -> VagueDay:
        quarter = int(precision[-1]) - 1 if precision.startswith("financial_q") else 0
        first = date(year + (quarter == 3), (4 + 3 * quarter - 1) % 12 + 1 if "financial" in precision else 1, 1)
        last = (first + timedelta(SPANS[precision] * 31 - 3)).replace(day=1) - timedelta(1)
        while (last.year - first.year) * 12 + last.month - first.month < SPANS[precision] - 1:
            last = (last + timedelta(40)).replace(day=1) - timedelta(1)
        return VagueDay.of(first if field.looks_back else last, precision)

    return st.builds(vague, st.integers(1950, 2150), st.sampled_from(sorted(SPANS)))


def _figures() -> dict[str, Field]:
    """Return fields of each shape in which figures are written and read, by the name of the first that has it.

    What a field is called, who may read it and what papers tell of it is no part of that; and the values that are drawn
    are the same for all of one shape.
    """
    shapes: dict[str, tuple[str, Field]] = {}
    for register in all_entities():
        for field in register.settable():
            if field.kind in FIGURES:
                shape = {
                    **vars(field),
                    "flags": sorted(field.flags),
                    "name": "",
                    "show": "",
                    "default": "",
                    "moves": "",
                }
                shapes.setdefault(repr(shape), (f"{register.kind}.{field.name}", field))
    return dict(shapes.values())


@pytest.mark.thorough
@pytest.mark.parametrize("field", [pytest.param(field, id=name) for name, field in _figures().items()])
@steady
@given(st.data())
def test_what_is_written_is_read_as_the_same(field: Field, data: st.DataObject) -> None:
    value = data.draw(_values(field))
    again = read(field, write(field, value), TODAY)
    if field.kind == "decimal":
        assert again == pytest.approx(value, rel=1e-12) if SHARE in field.flags else again == value
    else:
        assert same(again, value), write(field, value)


def test_shapes_of_texts_are_marked_where_they_have_one() -> None:
    assert CLOCK in entity("session").fields()["start_time"].flags
    assert MONTH_DAY in entity("programme").fields()["financial_year_start"].flags


@pytest.mark.parametrize(
    ("name", "text", "typed"),
    [
        ("action.due", "unknown", "missing: unknown"),
        ("action.due", "-", "missing: -"),
        ("action.due", "N/A", "not applicable"),
        ("action.due", "tbc", "not yet known"),
    ],
)
def test_words_in_place_of_a_day_are_the_kind_of_nothing_that_an_import_reads(name: str, text: str, typed: str) -> None:
    value = read(DAYS[name], text, TODAY)
    assert isinstance(value, Nothing)
    assert value.typed == typed
    assert words_for_nothing()[text.lower()] == value.kind


@pytest.mark.parametrize("text", ["unknown", "-", "n/a", "tbc"])
def test_a_day_that_always_has_a_value_says_so_of_words_in_its_place(text: str) -> None:
    with pytest.raises(NotRead, match=r"which stands for .*: it always has a value"):
        read(DAYS["win.event_date"], text, TODAY)


@pytest.mark.parametrize("text", ["mid january", "late Jan 2027", "jan '27"])
def test_a_part_of_a_month_is_kept_as_its_month(text: str) -> None:
    assert same(read(DAYS["action.due"], text, TODAY), VagueDay.of(date(2027, 1, 31), "month"))
