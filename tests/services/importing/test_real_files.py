"""Published files of many kinds come in whole: what each says, how often it needs a word, and once more nothing."""

import csv
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import at

from tracker.entities import Issue, Measurement, Metric, Pilot, Programme, Risk, Service
from tracker.errors import TrackerError
from tracker.rules.importing.layout import grid_of
from tracker.rules.importing.mapping import Layout
from tracker.services.importing.files.opening import read_source, sheets_of
from tracker.services.importing.mappings import mapping_called
from tracker.services.importing.outcome import ImportResult, Status, totals
from tracker.services.importing.running import Wanted, table_of, take_in, try_out
from tracker.services.reading import on_day
from tracker.services.records.writing import add, change
from tracker.storage.queries import records
from tracker.storage.store import Acting, Store

HERE = Path(__file__).parent / "mappings"
ROOTS = [up / "shared" / "realdata" for up in Path(__file__).parents]
ROOT = next((root for root in ROOTS if root.exists()), Path("none"))
LONGEST_MAPPING = 20  # lines
pytestmark = pytest.mark.skipif(not ROOT.exists(), reason="shared/realdata is not here")


class Expected(NamedTuple):
    """What a file gives: by register and status, and how many remarks of each kind.

    ``lacking`` are records that lack something, ``refused`` and ``skipped`` records and rows.
    """

    file: str
    mapping: str
    created: Mapping[str, int]
    traps: Mapping[str, int] = {}


PMO = "pmo_synthetic/Risk-Quality-Issue-Tracker"
FILES = (
    Expected("gc_service_inventory/2017-2018_services.csv", "gc-services", {"service": 332}, {"refused": 4}),
    Expected(
        "gc_service_inventory/2017-2018_standards.csv",
        "gc-standards",
        {"service": 218, "metric": 486, "measurement": 486},
        {"long": 102, "lacking": 3, "refused": 11},
    ),
    Expected(
        "performance_platform/services-test.csv",
        "services-by-quarter",
        {"service": 8, "metric": 8, "measurement": 11},
        {},
    ),
    Expected(
        "performance_platform/backdrop_transaction-data.json",
        "satisfaction",
        {"service": 22, "metric": 22, "measurement": 4},
        {"skipped": 22},
    ),
    Expected(f"{PMO}/risk_register.csv", "pmo-risks", {"risk": 2}, {"lacking": 2}),
    Expected(f"{PMO}/incident_data.csv", "pmo-incidents", {"issue": 50}, {"lacking": 50}),
    Expected("issue_exports/pmdt_jira_simple_project.json", "", {"action": 3}, {"lacking": 3}),
    Expected("issue_exports/pmdt_asana_simple_project.json", "asana", {"action": 3}, {"nobody": 3, "lacking": 1}),
    Expected("issue_exports/pmdt_monday_simple_board.json", "monday", {"action": 3}, {"nobody": 3, "lacking": 1}),
    Expected(
        "issue_exports/pmdt_smartsheet_simple_sheet.json", "smartsheet", {"action": 3}, {"nobody": 3, "skipped": 2}
    ),
    Expected("issue_exports/pmdt_mspdi_simple_project.xml", "", {"action": 2, "milestone": 1}, {"nobody": 2}),
    Expected(
        "issue_exports/pmdt_mspdi_complex_project.xml",
        "",
        {"action": 3, "milestone": 1},
        {"nobody": 3, "skipped": 2},
    ),
    Expected("issue_exports/pmdt_p6_simple_project.xer", "p6", {"action": 3}, {"lacking": 3}),
    Expected("issue_exports/pmdt_gmpp_projects.csv", "projects", {"pilot": 5, "confidence": 5}, {"nobody": 5}),
    Expected("sprint_goals/history/19_2023-08-16_b3db38e9.md", "sprint-goals", {"iteration": 40}, {"lacking": 40}),
    Expected("api_catalogue/catalogue.csv", "api-catalogue", {"standard": 200}, {}),
    Expected("api_catalogue/apic-csvtemplate.csv", "", {"service": 2}, {}),
    Expected("api_catalogue/organisation.csv", "", {"service": 26}, {}),
    Expected("training/amy_upgrade_instructor_profiles1.csv", "trainers", {"person": 1}, {}),
    Expected("training/amy_upgrade_instructor_profiles3.csv", "trainers", {"person": 1}, {}),
    Expected("training/amy_upgrade_instructor_profiles4.csv", "trainers", {"person": 1}, {"skipped": 1}),
    Expected("training/amy_upgrade_instructor_profiles2.csv", "trainers", {}, {}),
    Expected("training/amy_upload-person-3.csv", "learners", {"person": 3}, {}),
    Expected("training/amy_upload-empty-middle.csv", "learners", {"person": 3}, {}),
    Expected("training/amy_upload-person-3-dupname.csv", "learners", {"person": 3}, {}),
    Expected("training/amy_upload-person-task-3.csv", "learner-sessions", {"person": 3, "session": 1}, {}),
    Expected("training/amy_upload-malformed-file-with-header.csv", "learner-sessions", {}, {"refused": 1}),
    Expected("ocds/ocds-213czf-000-00001.json", "", {"contract": 1}, {"skipped": 1}),
    Expected("ocds/ocds-213czf-000-00001-05-contract.xlsx", "", {"contract": 1}, {}),
    Expected("gmpp/uk_2015.csv", "", {"pilot": 188, "confidence": 188}, {"withheld": 16, "nothing": 11, "lacking": 1}),
    Expected("gmpp/uk_2019.csv", "", {"pilot": 133, "confidence": 133}, {"withheld": 25, "nothing": 1}),
)


def taken(store: Store, by: Acting, file: str, mapping: str = "", as_at: date | None = None) -> ImportResult:
    """Take a file in by a mapping of the tests, or the one that is proposed; a trial says the same of every row."""
    chosen = mapping_called(str(HERE / f"{mapping}.toml")) if mapping else None
    table = table_of(read_source(ROOT / file), Wanted(chosen))
    trial = try_out(store, table, lambda _: by, as_at)
    result = take_in(store, table, by, as_at, without_refused=True)
    assert trial == result._replace(tx=0)
    return result


def traps(result: ImportResult) -> dict[str, int]:
    """Return how often something had to be said, by kind."""
    counts = Counter(remark.kind for outcome in result.outcomes for remark in outcome.remarks)
    counts["lacking"] = sum(bool(outcome.lacks) for outcome in result.outcomes)
    counts["refused"] = len(result.refused)
    counts["skipped"] = sum(outcome.status == "skipped" for outcome in result.outcomes)
    return {kind: count for kind, count in counts.items() if count}


def statuses(result: ImportResult, status: Status) -> dict[str, int]:
    """Return how many records of each register have a status."""
    return {kind: number for kind, counts in totals(result.outcomes).items() if (number := counts.get(status, 0))}


def cells(file: str) -> list[dict[str, str]]:
    """Return the rows of a file as csv alone reads them."""
    content = (ROOT / file).read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252")
    return list(csv.DictReader(text.splitlines(keepends=True)))


@pytest.mark.parametrize("expected", FILES, ids=lambda expected: expected.file.rpartition("/")[2])
def test_a_published_file_comes_in_and_once_more_changes_nothing(store: Store, ana: Acting, expected: Expected) -> None:
    rate(store, ana, "rag5")
    add(store, "pilot", {"name": "Notify"}, ana)
    result = taken(store, ana, expected.file, expected.mapping)
    assert (statuses(result, "created"), traps(result)) == (expected.created, expected.traps)
    assert all(outcome.why for outcome in result.refused)
    again = taken(store, at(ana, date(2026, 10, 2)), expected.file, expected.mapping)
    assert statuses(again, "created") == statuses(again, "changed") == {}
    assert again.tx == 0


@pytest.mark.parametrize("lacking", ["email", "family", "personal-email"])
def test_a_file_without_a_column_of_its_mapping_is_one_sentence(store: Store, ana: Acting, lacking: str) -> None:
    with pytest.raises(TrackerError, match=r"^There is no column “(email|family|personal)”\.$"):
        taken(store, ana, f"training/amy_upload-missing-{lacking}.csv", "learners")


def rate(store: Store, by: Acting, scale: str) -> None:
    """Let the programme rate on a scale."""
    (programme,) = records(store, Programme)
    change(store, "programme", programme.uid, {"rating_scale": scale}, by, reason="As the source rates")


def figures(texts: Sequence[str]) -> Iterator[float]:
    """Yield the figures among some texts."""
    for text in texts:
        bare = text.replace(",", "").replace("£", "").strip().removesuffix("m")
        if bare.replace(".", "", 1).replace("-", "", 1).isdigit():
            yield float(bare)


def test_totals_of_services_are_those_of_the_file(store: Store, ana: Acting) -> None:
    taken(store, ana, "performance_platform/services-test.csv", "services-by-quarter")
    rows = cells("performance_platform/services-test.csv")
    for figure, total in (
        ("Digital vol.", sum(measurement.numerator or 0 for measurement in records(store, Measurement))),
        ("Vol.", sum(measurement.denominator or 0 for measurement in records(store, Measurement))),
    ):
        quarters = [name.removesuffix("Vol.") for name in rows[0] if name.endswith(" Vol.")]
        texts = [row[f"{quarter}{figure}"] for row in rows for quarter in quarters if row[f"{quarter}Digital vol."]]
        assert total == sum(figures(texts)) > 0


def test_totals_of_service_standards_are_those_of_the_file(store: Store, ana: Acting) -> None:
    taken(store, ana, "gc_service_inventory/2017-2018_standards.csv", "gc-standards")
    rows = cells("gc_service_inventory/2017-2018_standards.csv")
    times = Counter((row["service_id"], row["service_std_id"]) for row in rows)
    once = [row for row in rows if times[row["service_id"], row["service_std_id"]] == 1]
    assert len(list(records(store, Metric))) == len(once)
    assert len(list(records(store, Service))) == len({row["service_id"] for row in once})
    assert sum(measurement.denominator or 0 for measurement in records(store, Measurement)) == sum(
        int(row["total_volume"]) for row in once
    )


def test_totals_of_satisfaction_are_those_of_the_file(store: Store, ana: Acting) -> None:
    file = "performance_platform/backdrop_transaction-data.json"
    taken(store, ana, file, "satisfaction")
    entries = json.loads((ROOT / file).read_text(encoding="utf-8"))["data"]
    texts = [str(entry["user_satisfaction_score"]) for entry in entries if entry.get("user_satisfaction_score")]
    scores = list(map(Decimal, texts))
    values = [Decimal(str(measurement.value)) for measurement in records(store, Measurement)]
    assert (len(values), sum(values)) == (len(scores), sum(scores))


def test_totals_of_risks_are_those_of_the_file(store: Store, ana: Acting) -> None:
    taken(store, ana, f"{PMO}/risk_register.csv", "pmo-risks")
    words = {"High": 4, "Very High": 5, "Moderate": 3, "Severe": 5}
    rows = cells(f"{PMO}/risk_register.csv")
    expected = sum(words[row["Likelihood"]] * words[row["Impact"]] for row in rows)
    assert sum((risk.likelihood or 0) * (risk.impact or 0) for risk in records(store, Risk)) == expected > 0


def test_totals_of_incidents_are_those_of_the_file(store: Store, ana: Acting) -> None:
    taken(store, ana, f"{PMO}/incident_data.csv", "pmo-incidents")
    meant = {"Low": "minor", "Medium": "minor", "High": "major", "Critical": "critical"}
    expected = Counter(meant[row["severity"]] for row in cells(f"{PMO}/incident_data.csv"))
    assert Counter(issue.severity for issue in records(store, Issue)) == expected


def test_totals_of_projects_are_those_of_the_file(store: Store, ana: Acting) -> None:
    rate(store, ana, "rag5")
    taken(store, ana, "issue_exports/pmdt_gmpp_projects.csv", "projects")
    rows = cells("issue_exports/pmdt_gmpp_projects.csv")
    pilots = list(records(store, Pilot))
    assert sum(pilot.budget or 0 for pilot in pilots) == sum(figures([row["Whole Life Cost"] for row in rows])) * 10**8
    years = sum(int(row["End Date"][-4:]) for row in rows)
    assert sum(pilot.forecast_end.year for pilot in pilots if pilot.forecast_end) == years


def test_totals_of_service_inventories_are_those_of_the_file(store: Store, ana: Acting) -> None:
    result = taken(store, ana, "gc_service_inventory/2017-2018_services.csv", "gc-services")
    rows = cells("gc_service_inventory/2017-2018_services.csv")
    times = Counter(row["service_id"] for row in rows)
    once = [row for row in rows if times[row["service_id"]] == 1]
    services = list(records(store, Service))
    assert (len(services), len(result.refused)) == (len(once), len(rows) - len(once))
    expected = Counter(" ".join(row["department_name_en"].split()) for row in once)
    assert Counter(service.department for service in services) == expected


@pytest.mark.parametrize(
    ("files", "scale", "columns"),
    [
        (
            {2015: ["gmpp/uk_2015.csv"], 2019: ["gmpp/uk_2019.csv"]},
            "rag5",
            ("Total budgeted whole life costs", "wlc_baseline_incl_NCG"),
        ),
        (
            {
                2022: ["gmpp/kp365_BEIS_Government_Major_Projects_Portfolio_Data_March_2022.csv"],
                2024: [
                    "gmpp/kp365_CO_Government_Major_Projects_Portofolio_AR_Data_March_2024.csv",
                    "gmpp/kp365_DESNZ_Government_Major_Projects_Portofolio_AR_Data_March_2024.csv",
                ],
            },
            "rag3",
            ("TOTAL Baseline Whole Life Costs",),
        ),
    ],
    ids=["five steps", "three steps"],
)
def test_yearly_files_give_positions_that_can_be_compared(
    store: Store, ana: Acting, files: Mapping[int, Sequence[str]], scale: str, columns: Sequence[str]
) -> None:
    rate(store, ana, scale)
    for year, names in files.items():
        for name in names:
            assert not taken(store, ana, name, as_at=date(year, 9, 30)).refused
            again = taken(store, at(ana, date(2026, 10, 2)), name, as_at=date(year, 9, 30))
            assert not statuses(again, "created") and not statuses(again, "changed")
    for year, names in files.items():
        expected = costs(names, columns)
        with on_day(store, date(year, 9, 30), known=True) as then:
            pilots = {" ".join(pilot.name.split()): pilot for pilot in records(then, Pilot)}
        assert len(pilots) >= len(expected)
        budgets = {name: pilots[name].budget for name in expected}
        assert budgets == expected


def costs(names: Sequence[str], columns: Sequence[str]) -> dict[str, int | None]:
    """Return the whole life costs in pence by project, as csv alone reads them; nothing where no figure stands."""
    amounts: dict[str, int | None] = {}
    for name in names:
        turned = "uk_2015" in name
        rows = list(
            csv.reader((ROOT / name).read_bytes().decode("cp1252" if "uk_" in name else "utf-8-sig").splitlines(True))
        )
        heads, *projects = zip(*rows, strict=False) if turned else rows
        cost = next(place for place, head in enumerate(heads) if head.startswith(tuple(columns)))
        called = next(place for place, head in enumerate(heads) if head.lower().replace("_", " ") == "project name")
        for project in projects:
            amount = next(figures([project[cost]]), None)
            amounts[" ".join(project[called].split())] = None if amount is None else round(amount * 100_000_000)
    return amounts


NASTY = sorted(path for path in (ROOT / "csv_nasty").rglob("*") if path.is_file())


@pytest.mark.parametrize("path", NASTY, ids=lambda path: path.name)
def test_a_file_that_is_not_as_it_should_be_is_read_or_refused_in_a_sentence(path: Path) -> None:
    try:
        sheets = sheets_of(read_source(path), Layout())
        table_of(read_source(path), Wanted(register="issue"))
    except TrackerError as error:
        assert str(error).endswith(".")
        assert "\n" not in str(error)
        return
    filled = [sheet for sheet in sheets if sheet.rows]
    assert all(grid_of(sheet, Layout()).columns for sheet in filled)


def test_hardly_any_of_them_is_refused() -> None:
    refused = {}
    for path in NASTY:
        try:
            sheets_of(read_source(path), Layout())
        except TrackerError as error:
            refused[path.name] = error.code
    assert refused == {
        "empty.csv": "import.empty",
        "implicit-gz.csv": "import.kind",
        "implicit-zip.csv": "import.kind",
        "sqlite.db": "import.kind",
    }


def test_no_mapping_is_longer_than_twenty_lines() -> None:
    for path in HERE.glob("*.toml"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MAPPING, path.name
