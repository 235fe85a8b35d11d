"""Which services exchange data, at which level, and what they use in common."""

from datetime import date, timedelta
from typing import Any

import pytest
from rules.evidence_cases import DAY, evidence, make

from tracker.rules.signals.interop import Interop, interop

BEFORE = DAY - timedelta(35)
STANDARD = make("standard", "ST-01", name="Shared address", standard_kind="data_standard")


def service(ref: str, department: str | None = None, **facts: Any) -> Any:
    return make("service", ref, name=f"Service {ref}", department=department, **facts)


def integration(ref: str = "IN-001", **facts: Any) -> Any:
    live = {"status": "in_production", "live_on": DAY - timedelta(90), "monitored": True}
    return make("integration", ref, name=ref, **{**live, **facts})


def found(*records: Any, day: date = DAY) -> Interop:
    return interop(evidence(*records, day=day))


def level(*records: Any, ref: str = "S-01") -> int:
    return found(service("S-01", "Housing"), STANDARD, *records).figures.levels[ref]


def test_nothing_is_level_nought() -> None:
    assert level() == 0
    assert level(integration(provider="S-01", status="planned", other_party="Bank", standard="ST-01")) == 0


def test_a_documented_interface_is_level_one() -> None:
    assert found(service("S-01", interface_documented=True)).figures.levels == {"S-01": 1}
    tested: dict[str, Any] = {"provider": "S-01", "status": "in_test", "live_on": None}
    assert level(integration(**tested, standard="ST-01", other_party="Bank")) == 1
    assert level(integration(**tested, other_party="Bank")) == 0
    assert level(integration(consumer="S-01", provider="S-02", standard="ST-01"), service("S-02", "housing ")) == 1


def test_another_organisation_or_department_in_production_is_level_two() -> None:
    assert level(integration(provider="S-01", other_party="Bank", monitored=False, standard="ST-01")) == 2
    assert level(integration(consumer="S-01", other_party="Bank")) == 2
    other = service("S-02", "Benefits")
    assert level(integration(provider="S-01", consumer="S-02"), other) == 2
    assert level(integration(provider="S-01", consumer="S-02"), other, ref="S-02") == 2
    assert level(integration(provider="S-01", consumer="S-02"), service("S-02", " HOUSING")) == 0
    assert level(integration(provider="S-01")) == 0


def test_a_catalogued_standard_that_is_monitored_is_level_three() -> None:
    assert level(integration(provider="S-01", other_party="Bank", standard="ST-01")) == 3
    assert level(integration(provider="S-01", other_party="Bank", standard="ST-99")) == 2  # not in the catalogue
    apart = [
        integration("IN-001", provider="S-01", other_party="Bank", standard="ST-01", monitored=False),
        integration("IN-002", provider="S-01", other_party="Police"),
    ]
    assert level(*apart) == 2  # the one is monitored, the other follows a standard
    inside = integration("IN-003", provider="S-01", consumer="S-02", standard="ST-01")
    assert level(*apart, inside, service("S-02", "Housing")) == 2


def test_unknown_departments_are_not_counted_as_two() -> None:
    records = (service("S-01"), service("S-02"), service("S-03", "Tax"), integration(provider="S-01", consumer="S-02"))
    one = found(*records, integration("IN-002", provider="S-01", consumer="S-03"))
    assert one.figures.interoperable == ()
    assert one.signal.missing == (
        "The department of S-01 and S-02 is not recorded, so IN-001 and IN-002 cannot count as a connection "
        "with another department.",
    )


@pytest.mark.parametrize(
    ("facts", "counts"),
    [
        ({"live_on": DAY}, True),
        ({"live_on": DAY + timedelta(1)}, False),
        ({"live_on": None}, False),
        ({"retired_on": DAY + timedelta(1), "status": "retired"}, True),
        ({"retired_on": DAY, "status": "retired"}, False),
        ({"retired_on": None, "status": "retired"}, False),
        ({"status": "planned"}, False),
        ({"status": "in_test"}, False),
    ],
)
def test_only_what_is_in_production_on_the_day(facts: dict[str, Any], counts: bool) -> None:
    one = found(service("S-01"), integration(provider="S-01", other_party="Bank", once_only_items=4, **facts))
    assert bool(one.figures.interoperable) is counts
    assert (one.figures.once_only, one.figures.connections) == ((4, 1) if counts else (0, 0))


def test_the_same_connection_is_counted_once() -> None:
    same: dict[str, Any] = {"provider": "S-01", "standard": "ST-01"}
    one = found(
        *(service("S-01"), service("S-02"), STANDARD),
        integration("IN-001", **same, other_party="Bank of Northmere", once_only_items=2),
        integration("IN-002", **same, other_party="bank  of northmere", once_only_items=1),
        integration("IN-003", **same, consumer="S-02"),
        integration("IN-004", provider="S-01", consumer="S-02"),
    )
    assert (one.figures.connections, len(one.figures.live), one.figures.once_only) == (3, 4, 3)


def test_shared_components_have_two_consumers() -> None:
    payments = make("standard", "ST-02", name="Payments", standard_kind="shared_platform")
    pattern = make("standard", "ST-03", name="Address pattern", standard_kind="design_pattern")
    records = [service(ref) for ref in ("S-01", "S-02", "S-03")] + [STANDARD, payments, pattern]
    records += [integration(f"IN-{n:03}", consumer=ref, standard="ST-02") for n, ref in enumerate(("S-01", "S-02"), 1)]
    records += [integration(f"IN-{n:03}", consumer="S-01", standard="ST-03") for n in (11, 12)]
    records += [integration("IN-021", consumer="S-02", standard="ST-03", status="in_test")]
    records += [integration(f"IN-03{n}", consumer=f"S-0{n}", standard="ST-01") for n in (1, 2, 3)]
    one = found(*records)
    assert one.figures.shared == {"ST-02": ("S-01", "S-02")}
    (finding,) = [finding for finding in one.signal.findings if finding.id == "reuse"]
    assert finding.sentence == (
        "1 of 2 shared components used by two services or more: Payments (ST-02) by S-01 and S-02."
    )


def demo() -> list[Any]:
    """Nine services; two of them exchange data on 8 October 2026, three on 12 November, eleven questions saved."""
    departments = {"S-05": "Customer", "S-03": "Finance", "S-01": "Transport"}
    return [
        STANDARD,
        *(service(f"S-{n:02}", departments.get(f"S-{n:02}", "Housing")) for n in range(1, 10)),
        service("S-10", "Tax", lifecycle="retired"),
        integration("IN-001", provider="S-05", consumer="S-03", standard="ST-01", once_only_items=5),
        integration("IN-002", provider="S-05", other_party="Land registry", standard="ST-01", once_only_items=2),
        integration("IN-003", provider="S-05", consumer="S-01", live_on=DAY - timedelta(10), once_only_items=4),
        integration("IN-004", provider="S-05", consumer="S-04", status="planned", live_on=None, once_only_items=7),
    ]


def test_the_counts_of_two_boards() -> None:
    before, now = found(*demo(), day=BEFORE), found(*demo())
    assert (len(before.figures.interoperable), before.figures.scope, before.figures.once_only) == (2, 9, 7)
    assert (now.figures.interoperable, now.figures.once_only) == (("S-01", "S-03", "S-05"), 11)
    assert now.signal.headline == (
        "3 of 9 services in scope exchange data in production with another organisation or department: "
        "S-01, S-03 and S-05."
    )
    assert now.signal.headline == now.signal.findings[0].sentence
    assert [(finding.id, finding.value) for finding in now.signal.findings] == [
        ("interoperable", "3 of 9"),
        ("levels", "0 none 6; 1 documented interface 0; 2 interoperable 1; 3 governed 2"),
        ("connections", "3"),
        ("once only", "11"),
        ("monitored", "0 of 3"),
    ]
    assert now.signal.findings[3].records == ("IN-001", "IN-002", "IN-003")
    assert (now.signal.name, now.signal.level, now.signal.missing) == ("interop", "green", ())
    assert now.figures.scope == 9


def test_what_nobody_watches_and_what_is_deprecated_is_amber() -> None:
    old = make("standard", "ST-09", name="Old API", standard_kind="api_standard", status="deprecated")
    one = found(service("S-01"), old, integration(provider="S-01", other_party="X", standard="ST-09", monitored=False))
    told = {finding.id: finding for finding in one.signal.findings}
    assert told["monitored"].sentence == (
        "1 of 1 live integration is not monitored, so nobody is told when one fails: IN-001."
    )
    assert told["deprecated ST-09"].records == ("ST-09", "IN-001")
    assert (one.signal.level, told["monitored"].level, told["deprecated ST-09"].level) == ("amber", "amber", "amber")


def test_no_data_is_grey_and_nought_is_not() -> None:
    assert found().signal.level == "grey" and found().signal.headline == "No service is in scope."
    silent = found(service("S-01")).signal
    assert (silent.level, {finding.level for finding in silent.findings}) == ("grey", {"grey"})
    assert silent.missing == ("No integration is recorded.",)
    planned = found(service("S-01"), integration(provider="S-01", other_party="X", status="planned")).signal
    assert (planned.level, planned.findings[0].value) == ("amber", "0 of 1")
    assert planned.missing == ()


def test_an_integration_that_names_no_service_is_told() -> None:
    lost = found(service("S-01"), integration(other_party="X")).signal
    assert "IN-001 names no service of the programme." in lost.missing
