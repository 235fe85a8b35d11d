"""The figures of the public papers: a small programme, written out here, with one metric withheld for small numbers."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from conftest import NOW
from golden_files import matches

from tracker.reports.formats import make
from tracker.reports.model import Bullets, Paragraph, Report, Table
from tracker.reports.papers.public import build_public
from tracker.reports.papers.public_data import PublicData
from tracker.rules.day import Day
from tracker.rules.public.release import Public
from tracker.services.papers.public import Published, published
from tracker.services.records.people import acting
from tracker.services.records.writing import add, change
from tracker.storage.queries import Query, records
from tracker.storage.store import Store

DAY = NOW.date()
Share = tuple[int, int]  # so many of so many
BEFORE = {"phase": "baseline", "period_start": date(2026, 1, 1), "period_end": date(2026, 3, 31)}
AFTER = {"phase": "after", "period_start": date(2026, 7, 1), "period_end": date(2026, 8, 31)}
# The metric that stays behind: its first period alone could be published, but is not either.
FEW_BEFORE, FEW = (82, 304), (7, 283)
FEW_OF_BOTH = (8, 217), (6, 229)


class Programme:
    """A store that records of a public programme are put into, by “ana” at NOW."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.by = acting(store, "ana", "cli", NOW, NOW.date())

    def add(self, kind: str, **values: Any) -> str:
        """Add a record, public where nothing else is said, and return its uid."""
        return add(self.store, kind, {"visibility": "public", **values}, self.by).uid

    def metric(self, name: str, pilot: str, before: Share, after: Share) -> None:
        """Add a metric that is a share, with its figures of two periods."""
        uid = self.add("metric", name=name, metric_kind="proportion", pilot=pilot, definition=f"{name}, of all")
        for period, (numerator, denominator) in ((BEFORE, before), (AFTER, after)):
            self.add("measurement", metric=uid, numerator=numerator, denominator=denominator, **period)


def fill(programme: Programme) -> None:
    """Put the small programme down."""
    store, by = programme.store, programme.by
    (head,) = records(store, Query("programme"))
    public = {"visibility": "public", "purpose": "Simpler services", "sponsor_body": "City council"}
    change(store, "programme", head.uid, public, by)
    permits, badge = services(programme)
    facts = {"phase": "public_beta", "start": date(2026, 2, 1), "first_real_user_on": date(2026, 6, 15)}
    parking = programme.add("pilot", name="Parking permits", service=permits, problem="Permits take weeks", **facts)
    renewals = programme.add("pilot", name="Badge renewals", service=badge, **facts)
    programme.add("pilot", name="Quiet pilot", visibility="internal", **facts)
    programme.metric("Completion", parking, (412, 598), (531, 640))
    programme.metric("Complaints", parking, FEW_BEFORE, FEW)
    programme.metric("Few of both", renewals, *FEW_OF_BOTH)
    programme.metric("Exactly a hundred", renewals, (30, 100), (60, 100))
    programme.metric("Ninety-nine", renewals, (11, 99), (60, 100))
    programme.metric("The threshold", renewals, (10, 20), (10, 20))
    events(programme, parking, "A permit in a day", "Scale")
    events(programme, renewals, "No more copies", "Pause")
    programme.add("risk", title="Lookups fail", status="draft", visibility="internal")
    training(programme, parking)


def services(programme: Programme) -> tuple[str, str]:
    """Put down two services that are connected, one that is only described, and one that is not; return the two."""
    permits = programme.add("service", name="Permits", department="Streets")
    badge = programme.add("service", name="Blue Badge", department="Social care")
    desk = programme.add("service", name="Help desk", department="Streets", interface_documented=True)
    portal = programme.add("service", name="Portal", department="Streets")
    in_use = {"status": "in_production", "live_on": date(2026, 6, 1), "once_only_items": 3}
    programme.add("integration", name="Proof of address", provider=permits, consumer=badge, **in_use)
    programme.add("integration", name="Same house", provider=desk, consumer=portal, status="planned")
    return permits, badge


def events(programme: Programme, pilot: str, win: str, decision: str) -> None:
    """Put down a win of a pilot and what the board decided of it."""
    checker = programme.add("person", display_name=f"Checker of {win}", visibility="internal")
    checked = {"publishable": True, "verified_by": checker}
    programme.add("win", title=win, pilot=pilot, event_date=date(2026, 9, 1), **checked)
    taken = {"status": "taken", "outcome": "approved", "decided_on": date(2026, 9, 10), "decided_by": "The board"}
    words = {"question": "Go on?", "options": "No\nYes", "rationale": "As it went well"}
    programme.add("decision", title=decision, pilot=pilot, **taken, **words)


def training(programme: Programme, pilot: str) -> None:
    """Put down that nine of eighteen were trained: fewer than the threshold of a new programme, which is ten."""
    internal = {"visibility": "internal"}
    held = {"pilot": pilot, "starts_on": date(2026, 6, 1), "status": "held"}
    session = programme.add("session", title="Permits", **held, **internal)
    programme.add("need", role_group="Counter", pilot=pilot, headcount=18, **internal)
    programme.add("attendance", session=session, role_group="Counter", present=9, **internal)


@pytest.fixture(scope="module")
def paper(new_programme: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    """The public papers of the small programme, made once."""
    path = tmp_path_factory.mktemp("figures") / "programme.db"
    path.write_bytes(new_programme)
    with Store.open(path) as store:
        fill(Programme(store))
        yield published(store, DAY)


def rows(report: Report) -> dict[str, tuple[Any, ...]]:
    """Return the lines of the metrics by the name of each."""
    (table,) = (
        block
        for section in report.sections
        for block in section.blocks
        if isinstance(block, Table) and block.id == "metrics"
    )
    return {str(row[0]): row[1:] for row in table.rows}


def bullets(report: Report, section: str) -> list[str]:
    """Return the lines of a section."""
    (part,) = (part for part in report.sections if part.id == section)
    return [str(item) for block in part.blocks if isinstance(block, Bullets) for item in block.items]


def paragraphs(report: Report, section: str) -> list[str]:
    """Return the paragraphs of a section."""
    (part,) = (part for part in report.sections if part.id == section)
    return [block.text for block in part.blocks if isinstance(block, Paragraph)]


def steady(report: Report, kind: str) -> str:
    """Return a paper without the two hashes, which are others in each file."""
    text = make(report, kind).data.decode().replace(report.header.head, "HASH")
    return re.sub(r"Data [0-9a-f]{12}", "Data HASH", text)


def text_of(report: Report, kind: str) -> str:
    """Return all that can be read in a paper; of a package, in each of its files."""
    if kind != "csv":
        return steady(report, kind)
    with zipfile.ZipFile(io.BytesIO(make(report, kind).data)) as package:
        return "\n".join(package.read(name).decode() for name in package.namelist() if name.endswith(".csv"))


def page(paper: Published, name: str) -> Report:
    """Return the page of a pilot."""
    return dict(paper.pages)[name]


@pytest.mark.parametrize("kind", ["txt", "json"])
def test_the_paper_as_a_person_read_it(paper: Published, kind: str) -> None:
    matches(f"public/programme.{kind}", steady(paper.report, kind))


def test_the_page_of_a_pilot_as_a_person_read_it(paper: Published) -> None:
    matches("public/parking-permits.txt", steady(page(paper, "Parking permits"), "txt"))


def test_a_withheld_metric_stands_there_without_any_figure(paper: Published) -> None:
    withheld = ("—", "—", "—", "○ Withheld: small numbers")
    assert rows(paper.report)["Complaints"] == ("Parking permits", *withheld)
    assert rows(page(paper, "Parking permits"))["Complaints"] == withheld
    assert rows(paper.report)["Few of both"] == ("Badge renewals", *withheld)
    assert paper.report.header.withheld.startswith("5 records withheld: 4 for small numbers")


def test_nothing_gives_the_withheld_figure_away(paper: Published) -> None:
    withheld = (FEW_BEFORE, FEW, *FEW_OF_BOTH)
    secret = {str(number) for few, cases in withheld for number in (few, cases, cases - few)}
    secret |= {f"{100 * few / cases:.{places}f}" for few, cases in withheld for places in (1, 2)}
    secret |= {f"{100 * (7 / 283 - 82 / 304):.1f}".removeprefix("-"), "27%", "2%", "4%"}
    for report in (paper.report, *(report for _, report in paper.pages)):
        for kind in ("txt", "json", "csv", "md"):
            undated = re.sub(r"\d{1,2} [A-Z][a-z]{2} \d{4}|\d{4}-\d\d-\d\d", "", text_of(report, kind))
            # Whole figures only: the hash in the foot holds single digits between its letters.
            printed = set(re.findall(r"(?<![\w.])\d+(?:\.\d+)?(?: %)?(?!\w)", undated))
            assert "14.1" in undated or "Completion" not in undated
            assert printed & secret == set()


def test_the_figures_are_those_of_the_records(paper: Published) -> None:
    figures = rows(paper.report)
    assert figures["Completion"] == ("Parking permits", "69%", "83%", "+14.1 (+9.3 to +18.8)", "● Improved")
    assert round(100 * 412 / 598) == 69 and round(100 * 531 / 640) == 83
    assert round(100 * (531 / 640 - 412 / 598), 1) == 14.1


def test_a_hundred_cases_are_enough_for_an_interval_and_ninety_nine_are_not(paper: Published) -> None:
    figures = rows(paper.report)
    assert figures["Exactly a hundred"][3] == "+30.0 (+16.3 to +42.2)"
    assert figures["Ninety-nine"][3] == "Too few cases for more than whole per cent"


def test_a_count_that_is_exactly_the_threshold_is_published(paper: Published) -> None:
    assert rows(paper.report)["The threshold"][1:3] == ("50%", "50%")


def test_the_page_of_a_pilot_holds_only_what_is_its_own(paper: Published) -> None:
    permits, badge = page(paper, "Parking permits"), page(paper, "Badge renewals")
    assert bullets(permits, "wins") == ["1 Sep 2026: A permit in a day"]
    assert bullets(badge, "wins") == ["1 Sep 2026: No more copies"]
    assert bullets(permits, "decisions") == ["10 Sep 2026: Scale. Approved."]
    assert bullets(badge, "decisions") == ["10 Sep 2026: Pause. Approved."]
    assert set(rows(permits)) == {"Completion", "Complaints"}
    assert [name for name, _ in paper.pages] == ["Parking permits", "Badge renewals"]
    assert len(bullets(paper.report, "wins")) == 2


def test_connected_are_those_that_reach_another_department(paper: Published) -> None:
    (text,) = paragraphs(paper.report, "interoperability")
    assert text.startswith("2 of 4 services exchange data")  # the third is described only, the fourth not even that
    assert "3 questions are no longer asked" in text


def test_staff_are_counted_by_the_threshold(paper: Published) -> None:
    assert "Staff trained: <10 of about 20." in paragraphs(paper.report, "counts")


def test_no_count_of_staff_gives_away_a_small_one() -> None:
    """Whoever read that 20 of 25 are trained would know that 5 are not: no sentence fits one small count only."""
    threshold = 10
    counts: dict[str, list[tuple[int, int]]] = {}
    for affected in range(60):
        for trained in range(affected + 1):
            paragraphs = public_counts((trained, affected), threshold)
            counts.setdefault(paragraphs, []).append((trained, affected - trained))
    assert counts["Staff trained: withheld, small numbers."]
    assert (24, 10) in counts["Staff trained: about 20 of about 30."]
    assert (28, 0) in counts["Staff trained: all of about 30."]
    for pairs in counts.values():
        for numbers in zip(*pairs, strict=True):
            assert not any(0 < number < threshold for number in numbers) or len(set(numbers)) > 1


@pytest.mark.thorough
@pytest.mark.parametrize("threshold", [5, 10, 20])
def test_two_editions_give_no_small_number_away(threshold: int) -> None:
    """Between any two sentences that have figures, these differ by nothing or by the threshold and more."""
    told = {
        tuple(int(figure) for figure in re.findall(r"(?<!<)\b\d+", public_counts((trained, affected), threshold)))
        for affected in range(80)
        for trained in range(affected + 1)
    }
    figures = {figure for sentence in told for figure in sentence}
    differences = {abs(one_edition - another) for one_edition in figures for another in figures}
    assert len(figures) > 3
    assert not any(0 < difference < threshold for difference in differences)


def test_what_is_withheld_of_staff_is_counted_as_withheld(paper: Published) -> None:
    assert paper.report.header.withheld.endswith("1 count of people withheld for small numbers.")


def test_counts_of_two_editions_differ_by_no_small_number(store: Store) -> None:
    programme = Programme(store)
    facts = {"metric_kind": "count", "unit": "people", "definition": "People helped"}
    first, second = (programme.add("metric", name=name, **facts) for name in ("Helped", "Helped since"))
    programme.add("measurement", metric=first, value=121.0, **AFTER)
    programme.add("measurement", metric=second, value=124.0, **{**AFTER, "period_end": date(2026, 9, 30)})
    figures = rows(published(store, DAY).report)
    assert figures["Helped"][2] == figures["Helped since"][2] == "120 people"


def public_counts(trained: tuple[int, int], threshold: int) -> str:
    """Return the sentence of a public paper on staff, so many of so many trained, and nothing else recorded."""
    data = PublicData(Day(DAY, {}), Public({}, ()), threshold, trained=trained)
    (section,) = (section for section in build_public(data).sections if section.id == "counts")
    (block,) = section.blocks
    assert isinstance(block, Paragraph)
    return block.text
