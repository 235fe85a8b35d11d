"""Rules of metrics: parts of one, bands, units, and a kind that stays once it was measured."""

import pytest
from factories import refused
from measured import AFTER, BEFORE, FIGURES, GO_LIVE, a_metric, noted

from tracker.cli.shell.mending import in_shell
from tracker.errors import Invalid
from tracker.services.records.writing import add, change, remove
from tracker.storage.queries import record
from tracker.storage.store import Acting, Store


@pytest.fixture
def pilot(store: Store, ana: Acting) -> str:
    return add(store, "pilot", {"name": "Parking", "first_real_user_on": GO_LIVE}, ana).uid


@pytest.mark.parametrize("field", ["target", "min_worthwhile_change", "band_from", "band_to"])
def test_parts_of_a_proportion_are_from_nought_to_one(store: Store, ana: Acting, pilot: str, field: str) -> None:
    base = {"name": "M", "metric_kind": "proportion", "definition": "x", "pilot": pilot}
    told = refused(store, ana, "metric", {**base, field: 80.0})
    assert set(told) == {field}
    assert told[field].endswith("of a proportion is a part of one, write 80% or 0.8; you gave 80.")
    assert told.keys() == refused(store, ana, "metric", {**base, field: 800.0}).keys()
    for value in (0.0, 0.8, 1.0):
        add(store, "metric", {**base, field: value}, ana)
    add(store, "metric", {**base, "metric_kind": "mean", "unit": "minutes", field: 80.0}, ana)


def test_a_target_band_has_both_ends(store: Store, ana: Acting, pilot: str) -> None:
    base = {
        "name": "M",
        "metric_kind": "mean",
        "unit": "min",
        "definition": "x",
        "pilot": pilot,
        "better": "target_band",
    }
    assert refused(store, ana, "metric", base).keys() == {"band_from", "band_to"}
    assert refused(store, ana, "metric", {**base, "band_from": 3.0}).keys() == {"band_to"}
    assert refused(store, ana, "metric", {**base, "band_from": 3.0, "band_to": 2.0}).keys() == {"band_to"}
    add(store, "metric", {**base, "band_from": 2.0, "band_to": 2.0}, ana)


def test_a_metric_that_no_signal_can_use_or_that_lacks_its_unit_is_remarked_on(store: Store, ana: Acting) -> None:
    (note,) = noted(a_metric(store, ana))
    assert note.startswith("It is tied to no pilot and no service")
    service = add(store, "service", {"name": "Permits"}, ana).uid
    (note,) = noted(a_metric(store, ana, "mean", service=service, unit="%"))
    assert note == "Its unit is %: say what a mean is measured in, such as minutes."
    assert in_shell(note) == "Its unit is %: say what a mean is measured in, such as --unit minutes."
    metric = a_metric(store, ana, "index", service=service, unit="%").uid
    (note,) = noted(add(store, "measurement", {"metric": metric, **BEFORE, "value": 0.69}, ana))
    assert note == "The unit of M-03 is %, so 0.69 is 0.69%; write 69 if 69% is meant."


def test_a_metric_that_was_measured_keeps_its_kind(store: Store, ana: Acting, pilot: str) -> None:
    metric = a_metric(store, ana, pilot=pilot, unit="%").uid
    change(store, "metric", metric, {"metric_kind": "count"}, ana)
    change(store, "metric", metric, {"metric_kind": "proportion"}, ana)
    first = add(store, "measurement", {"metric": metric, **BEFORE, **FIGURES["proportion"]}, ana)
    with pytest.raises(Invalid, match=r"Kind stays a proportion: there is a measurement of it already \(ME-001\)"):
        change(store, "metric", metric, {"metric_kind": "count"}, ana)
    assert record(store, "metric", metric).metric_kind == "proportion"  # type: ignore[union-attr]
    assert change(store, "metric", metric, {"name": "Completion"}, ana).notes == ()
    (note,) = change(store, "metric", metric, {"definition": "Ended of begun"}, ana).notes
    assert note.startswith("A measurement made earlier keeps the variant (none), as new ones will")
    second = add(store, "measurement", {"metric": metric, **AFTER, **FIGURES["proportion"]}, ana)
    changed = {"definition": "Done of begun", "definition_variant": "v2", "unit": "per cent"}
    assert list(change(store, "metric", metric, changed, ana).notes) == [
        "2 measurements made earlier keep definition variant “(none)” and will not be compared with new ones.",
        "2 measurements made earlier keep unit “%” and will not be compared with new ones.",
    ]
    with pytest.raises(Invalid, match="there are 2 measurements of it"):
        change(store, "metric", metric, {"metric_kind": "count"}, ana)
    for uid in (first.uid, second.uid):
        remove(store, "measurement", uid, ana, reason="of another metric")
    change(store, "metric", metric, {"metric_kind": "count"}, ana)
