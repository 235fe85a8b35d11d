"""The programme's thresholds: defaults, what is stored over them, and what is refused."""

from datetime import date

import pytest
from conftest import at
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.entities.risk import Risk
from tracker.errors import TrackerError
from tracker.rules.reading import NotRead
from tracker.rules.setting_texts import read_setting, settings_from
from tracker.rules.settings import APPETITES, CATALOGUE, DEFAULTS, UNCATEGORISED
from tracker.services.records.settings import reset_setting, set_setting
from tracker.services.settings import all_settings, read_settings
from tracker.storage.journal.asof import as_of
from tracker.storage.store import Acting, Store

steady = settings(derandomize=True, max_examples=100, deadline=None)


def test_the_defaults() -> None:
    assert DEFAULTS.band_cuts() == (6, 13, 20)
    assert [DEFAULTS.review_days(band) for band in ("low", "medium", "high", "very_high")] == [90, 60, 30, 14]
    assert [DEFAULTS.values[f"tolerance_{name}"] for name in APPETITES] == [4, 6, 9, 12, 16]
    minimal = {category for category in Risk.fields()["category"].choices if DEFAULTS.appetite(category) == "minimal"}
    assert minimal == {"operations", "legal", "security"}
    assert DEFAULTS.appetite("technology") == "open"
    assert DEFAULTS.appetite("people") == DEFAULTS.appetite(None) == "cautious"
    assert (DEFAULTS.tolerance("legal"), DEFAULTS.tolerance("technology"), DEFAULTS.tolerance(None)) == (6, 12, 9)
    assert DEFAULTS.problems == () and DEFAULTS.own == frozenset()


def test_categories_are_those_of_a_risk() -> None:
    categories = {name.removeprefix("appetite_") for name in CATALOGUE if name.startswith("appetite_")}
    assert categories == {*Risk.fields()["category"].choices, UNCATEGORISED}


def test_every_default_is_a_value_that_may_be_set() -> None:
    for name, spec in CATALOGUE.items():
        assert read_setting(name, str(spec.default)) == spec.default
        assert spec.label and spec.help


def test_stored_values_stand_over_the_defaults() -> None:
    found = settings_from({"appetite_legal": "Averse", "training_required": "95%", "band_medium": "8"})
    assert found.tolerance("legal") == 4
    assert found.training_required == 95
    assert found.band_cuts() == (8, 13, 20)
    assert found.own == {"appetite_legal", "training_required", "band_medium"}


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("apetite_legal", "open", "Did you mean “appetite_legal”?"),
        ("appetite_legal", "brave", "Choose one of: averse"),
        ("soon_days", "a month", "whole number from 1 to 365"),
        ("soon_days", "0", "from 1 to 365; you gave 0"),
        ("soon_days", "-3", "from 1 to 365; you gave -3"),
        ("soon_days", "٣", "is not one"),
        ("soon_days", "9" * 4000, "is not one"),
        ("soon_days", "", "is not one"),
    ],
)
def test_what_cannot_be_used_is_told_and_the_default_stays(name: str, text: str, told: str) -> None:
    with pytest.raises(NotRead):
        read_setting(name, text)
    found = settings_from({name: text})
    assert len(found.problems) == 1 and told in found.problems[0]
    assert found.values == DEFAULTS.values


@pytest.mark.parametrize(
    "rows", [{"band_high": "6"}, {"band_medium": "21"}, {"tolerance_averse": "7"}, {"training_floor": "95"}]
)
def test_groups_that_do_not_rise_are_told_and_not_used(rows: dict[str, str]) -> None:
    found = settings_from(rows)
    assert len(found.problems) == 1 and "The defaults are used." in found.problems[0]
    assert found.values == DEFAULTS.values and not found.own


@steady
@given(st.dictionaries(st.sampled_from([*CATALOGUE, "nonsense"]), st.text(max_size=6) | st.integers(-5, 30).map(str)))
def test_whatever_is_stored_gives_usable_settings(rows: dict[str, str]) -> None:
    found = settings_from(rows)
    low, middle, high = found.band_cuts()
    assert 2 <= low < middle < high <= 25
    assert found.values.keys() == CATALOGUE.keys()
    for name, value in found.values.items():
        spec = CATALOGUE[name]
        if spec.choices or isinstance(spec.default, str):
            assert not spec.choices or value in spec.choices
        else:
            assert spec.least <= int(value) <= spec.most
    unused = rows.keys() - found.own
    assert bool(unused) == bool(found.problems)


def test_setting_changing_and_putting_back(store: Store, ana: Acting) -> None:
    set_setting(store, "appetite_legal", "open", at(ana, date(2026, 10, 2)), "agreed by the board")
    set_setting(store, "appetite_legal", "eager", at(ana, date(2026, 10, 5)), "agreed again")
    assert read_settings(store).appetite("legal") == "eager"
    (mine,) = [one for one in all_settings(store) if one.own]
    assert (mine.name, mine.value, mine.default) == ("appetite_legal", "eager", "minimal")
    with as_of(store, date(2026, 10, 3)) as then:
        assert read_settings(then).appetite("legal") == "open"
    with as_of(store, date(2026, 10, 1)) as then:
        assert read_settings(then).own == frozenset()
    reset_setting(store, "appetite_legal", at(ana, date(2026, 10, 6)))
    assert read_settings(store) == DEFAULTS
    set_setting(store, "appetite_legal", "averse", at(ana, date(2026, 10, 7)), "after the audit")
    assert read_settings(store).appetite("legal") == "averse"


@pytest.mark.parametrize(
    ("name", "text", "reason", "told"),
    [
        ("nonsense", "1", "a good reason", "There is no setting"),
        ("soon_days", "many", "a good reason", "whole number"),
        ("soon_days", "30", "", "Say why"),
        ("band_high", "5", "a good reason", "must be above"),
        ("tolerance_averse", "8", "a good reason", "must not be below"),
    ],
)
def test_a_bad_setting_is_refused_whole(
    store: Store, ana: Acting, name: str, text: str, reason: str, told: str
) -> None:
    with pytest.raises(TrackerError, match=told):
        set_setting(store, name, text, ana, reason)
    assert read_settings(store) == DEFAULTS


def test_what_is_at_its_default_is_not_put_back(store: Store, ana: Acting) -> None:
    with pytest.raises(TrackerError, match="already"):
        reset_setting(store, "soon_days", ana)
    with pytest.raises(TrackerError, match="There is no setting"):
        reset_setting(store, "nonsense", ana)
