"""The full pack: its order, what every section says, its charts, meetings, what is hidden, and how long it takes."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from papers import DAY, LOST, PREV, SECRET, at, begin, hostile, many

from tracker.errors import TrackerError
from tracker.reports.model import Block, Chart, Heading, Missing, Paragraph, Report, Section, Table
from tracker.reports.paged import beside, paged
from tracker.services.board.cycle import hold
from tracker.services.papers.building import Papers, pack, papers, render, summary
from tracker.services.programme_file import open_programme
from tracker.services.records.writing import add, change
from tracker.storage.store import Acting, Store


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, demo_file: bytes) -> Path:
    path = tmp_path_factory.mktemp("packs") / "demo.db"
    path.write_bytes(demo_file)
    return path


@pytest.fixture(scope="module")
def both(demo: Path) -> Papers:
    with open_programme(demo, read_only=True) as store:
        return papers(store, day=DAY, since=PREV)


@pytest.fixture
def made(path: Path) -> Iterator[tuple[Store, Acting]]:
    store, by = begin(path, {"name": "Simpler Services"})
    with store:
        yield store, by


def section(report: Report, name: str) -> Section:
    (found,) = [one for one in report.sections if one.id == name]
    return found


def every(report: Report) -> list[Block]:
    return [block for one in report.sections for block in one.blocks]


def text(blocks: tuple[Block, ...] | list[Block]) -> str:
    return "\n".join(str(block) for block in blocks)


def test_the_sections_stand_in_the_order_of_a_board(both: Papers) -> None:
    ids = [one.id for one in both.pack.sections]
    first = both.pack.sections[0]
    assert (first.id, first.new_page, first.one_page) == ("summary", True, True)
    headings = [block.text for block in first.blocks if isinstance(block, Heading)]
    assert headings == [one.title for one in both.summary.sections]
    assert ids[1:4] == ["actions", "minutes", "all-changes"]
    assert ids[4:7] == ["decision-d-011", "decision-d-012", "decision-d-013"]
    assert ids[7:15] == [f"pilot-p-0{n}" for n in range(1, 9)]
    assert ids[15:] == [
        *("benefits", "risk-report", "people-report", "assurance", "interoperability", "journeys"),
        *("all-wins", "finance", "forward", "late", "registers", "quality", "definitions", "records", "corrections"),
    ]
    numbers = [one.title.split()[0] for one in both.pack.sections if one.title[0].isdigit()]
    assert numbers[:7] == ["1", "2", "3", "4", "5.1", "5.2", "5.3"] and numbers[7] == "6.1"
    assert numbers[15:] == ["7", "8", "9", "10", "11", "11.1", "12", "13", "14", "14.1", "15"]
    begin = [one.id for one in both.pack.sections if one.new_page and not one.id.startswith(("decision-", "pilot-"))]
    assert begin == ["summary", "actions", "benefits", "risk-report", "quality"]
    assert len(set(ids)) == len(ids)


def test_every_section_behind_the_summary_says_its_source_and_day(both: Papers) -> None:
    for one in both.pack.sections[12:]:
        first = one.blocks[0]  # at the end it could stand alone on a page
        assert isinstance(first, Paragraph) and first.text.startswith("Source: "), one.id
        assert first.text.endswith("as of 12 Nov 2026."), one.id


def test_tables_and_charts_fit_every_format(both: Papers) -> None:
    tables = [block for block in every(both.pack) if isinstance(block, Table)]
    charts = [block for block in every(both.pack) if isinstance(block, Chart)]
    drawn: list[Table | Chart] = [*tables, *charts, *(chart.data for chart in charts)]
    ids = [block.id for block in drawn]
    assert len(set(ids)) == len(ids)
    assert {chart.form for chart in charts} == {"history", "interval", "rhythm", "bars", "matrix", "before_after"}
    for table in (*tables, *(chart.data for chart in charts)):
        assert 1 < sum(not column.long for column in table.columns) <= 7 and table.caption and table.rows, table.id
    for chart in charts:
        assert len(chart.alt.split()) > 5 and chart.alt != chart.title, chart.id
        assert all(len(series.values) == len(chart.labels) for series in chart.series), chart.id
        assert len(chart.data.rows) == (len(chart.labels) or len(chart.points)), chart.id


def test_what_a_chart_says_is_in_its_figures(both: Papers) -> None:
    charts = {block.id: block for block in every(both.pack) if isinstance(block, Chart)}
    before, after = charts["metric-m-01"].series[0].values
    assert before == pytest.approx(412 / 598 * 100) and after == pytest.approx(531 / 640 * 100)
    assert charts["metric-m-01"].target == pytest.approx(80) and charts["metric-m-01"].unit == "%"
    assert charts["metric-m-01"].alt == (
        "Completion rate (P-01) rose from 69% to 83%; the intervals do not overlap; the target is 80%. "
        "Verdict: improved."
    )
    assert ("R-002", 4, 5, 3, 5) in charts["risk-matrix"].points
    assert ("R-015", 2, 4, 0, 0) in charts["risk-matrix"].points
    assert "R-002 rose from 15 to 20" in charts["risk-matrix"].alt
    assert charts["p-02-confidence"].series[0].values == (3, 3, 3, 3, 3)
    assert charts["p-02-confidence"].series[1].values == (3, 3, 2, 1, 1)
    assert charts["p-06-rhythm"].series[0].values == (14, 21) and charts["p-06-rhythm"].target == 17.5
    assert len(charts["training"].series[0].values) == 8  # of the pilots that run
    assert not {"p-08-confidence", "p-08-rhythm"} & set(charts)  # what was rated once and has one gap is said in words
    assert "Reported ● Green on 6 Nov 2026" in text(section(both.pack, "pilot-p-08").blocks)


def test_pages_have_the_figures_of_every_chart_in_one_annex(both: Papers) -> None:
    pages = paged(both.pack)
    assert pages.figures == "Annex E" and pages.long and not paged(both.summary).long
    tables = [block for block in pages.sections[-1].blocks if isinstance(block, Table)]
    assert [table.id for table in tables] == [
        *("figures-history", "figures-rhythm", "figures-interval", "risk-matrix-data", "training-data"),
        "journey-j-01-minutes-data",
    ]
    across = [column.title for table in tables for column in table.columns]
    held = " ".join([*across, *(cell for table in tables for row in table.rows for cell in row)])
    charts = [block for block in every(both.pack) if isinstance(block, Chart)]
    assert {cell for chart in charts for row in chart.data.rows for cell in row if cell not in held} == set()
    assert [section.title.split()[0] for _, section in pages.contents][:3] == ["1", "2", "3"]
    (pair,) = [block for block in beside(section(both.pack, "pilot-p-02").blocks) if isinstance(block, tuple)]
    assert [chart.id for chart in pair] == ["p-02-confidence", "p-02-rhythm"]


def test_what_a_chart_shows_in_words_names_its_pilot_and_is_said_of_no_other(both: Papers) -> None:
    charts = [block for block in every(both.pack) if isinstance(block, Chart)]
    assert len({chart.alt for chart in charts}) == len({chart.title for chart in charts}) == len(charts)
    of_pilots = [chart for chart in charts if chart.form in ("history", "rhythm")]
    assert len(of_pilots) > 8 and all(chart.alt.startswith(f"{chart.title.split()[0]}: ") for chart in of_pilots)


def test_a_decision_has_a_page_with_all_a_board_needs(both: Papers) -> None:
    page = section(both.pack, "decision-d-013")
    said = text(page.blocks)
    assert page.new_page and page.title == "5.3 Decision D-013: Stop the licensing triage"
    for words in (
        "Should the pilot stop now, or be given people and a new date?",
        "Stop. Nobody owns the policy",
        "The pilot stays without owner and developer.",
        "Name an owner by 20 November",
        "4 dimensions are red",
        "R-009",
    ):
        assert words in said


def test_a_pilot_page_tells_which_rules_fired(both: Papers) -> None:
    tables = {block.id: block for block in section(both.pack, "pilot-p-06").blocks if isinstance(block, Table)}
    fired = tables["p-06-evidence"].rows
    assert fired[0][:2] == ("■ Red", "All together") and "two are enough for red" in fired[0][2]
    assert ("■ Red", "Time") in [row[:2] for row in fired]
    assert (
        fired[-1][:2] == ("○ Not asked", "Ready to scale, by the rules?") and "The rules advise: Pause" in fired[-1][2]
    )
    assert "30 Oct 2026" in text(section(both.pack, "pilot-p-06").blocks)


def test_the_changes_of_the_demo(both: Papers) -> None:
    said = text(section(both.pack, "all-changes").blocks)
    for words in (
        "evidence ▲ Amber → ■ Red: 2 dimensions are red",
        "Held on 16 Oct 2026, outcome ● Green",
        "Figure for May–Jul 2026 corrected from 81.0% (2,106 of 2,600) to 79.0% (2,054 of 2,600)",
        "Verdict ○ not measured → ● improved",
        "Removed (Duplicate of R-007",
        "dated 24 Sep 2026, recorded only on 20 Oct 2026",
        "Submitted → signed off",
    ):
        assert words in said


def test_an_empty_programme_gives_a_whole_pack(made: tuple[Store, Acting]) -> None:
    found = pack(made[0], day=DAY)
    assert not any(isinstance(block, Chart) for block in every(found))
    for name in ("actions", "minutes", "pilot-pages", "benefits", "risk-report", "journeys", "interoperability"):
        blocks = section(found, name).blocks
        assert any(isinstance(b, Missing) and b.text.startswith("None recorded – checked") for b in blocks), name
    for kind in ("md", "txt", "json"):
        shown = render(found, kind).decode()
        assert "● Green" not in shown.replace("Amber is below", "")


def test_a_meeting_gives_header_agenda_and_minutes(made: tuple[Store, Acting]) -> None:
    store, by = made
    first = add(store, "board", {"title": "October board", "meets_on": PREV}, by).uid
    second = add(store, "board", {"title": "November board", "meets_on": DAY, "quorum": 3}, at(by, PREV)).uid
    said = {"minutes": "The chair opened the meeting.", "item_order": 1}
    add(store, "item", {"title": "Opening", "board": first, **said}, at(by, date(2026, 10, 9)))
    add(store, "item", {"title": "Scale it", "board": second, "minutes_planned": 15}, at(by, PREV))
    add(store, "attendee", {"person": by.person, "board": second}, at(by, PREV))
    asked = {"status": "sought", "question": "Shall it?", "options": "Do nothing\nDo it", "needed_by": DAY}
    for title, board in (("Ours", second), ("Nobody's", None), ("Of another board", first)):
        add(store, "decision", {"title": title, "board": board, **asked}, at(by, PREV))
    hold(store, first, at(by, PREV))
    made_papers = papers(store, day=date(2026, 11, 10), since=PREV, board=second)
    assert made_papers.summary.header.meeting == "12 Nov 2026, November board"
    assert made_papers.pack.header.audience == "Board"
    agenda = text(section(made_papers.pack, "agenda").blocks)
    assert "Scale it" in agenda and "3 members" in agenda and "15" in agenda and "8 Oct 2026" in agenda
    minutes = text(section(made_papers.pack, "minutes").blocks)
    assert "The chair opened the meeting." in minutes and "for approval" in minutes
    ids = [one.id for one in made_papers.pack.sections]
    assert [name for name in ids if name.startswith("decision-")] == ["decision-d-001", "decision-d-002"]
    with pytest.raises(TrackerError, match="no such board meeting"):
        pack(store, day=DAY, board="nothing")


def test_a_date_moved_again_and_again_stands_in_the_timeline(made: tuple[Store, Acting]) -> None:
    store, by = made
    pilot = add(store, "pilot", {"name": "Repairs", "forecast_end": date(2026, 11, 1)}, by).uid
    change(store, "pilot", pilot, {"forecast_end": date(2026, 12, 1)}, at(by, PREV), reason="one more month")
    (table,) = [
        block
        for block in section(pack(store, day=DAY), "pilot-p-01").blocks
        if isinstance(block, Table) and block.id == "p-01-moves"
    ]
    assert table.rows == (("8 Oct 2026", "Forecast end from 1 Nov 2026 to 1 Dec 2026", "one more month"),)


def test_nothing_restricted_is_in_a_hostile_pack(path: Path) -> None:
    hostile(path)
    with open_programme(path, read_only=True) as store:
        found = pack(store, day=DAY, since=PREV)
    for kind in ("md", "txt", "json"):
        shown = render(found, kind).decode()
        assert SECRET not in shown and LOST not in shown
    assert "2 restricted records" in text(section(found, "summary").blocks)


def test_both_papers_are_those_that_each_gives_alone(demo: Path, both: Papers) -> None:
    with open_programme(demo, read_only=True) as store:
        assert summary(store, day=DAY, since=PREV) == both.summary
        assert pack(store, day=DAY, since=PREV) == both.pack


def test_sixty_pilots_take_no_more_than_their_share(path: Path) -> None:
    many(path, 60)
    with open_programme(path, read_only=True) as store:
        found = pack(store, day=DAY, since=PREV)
    assert sum(one.id.startswith("pilot-p-") for one in found.sections) == 60
    matrix = next(block for block in every(found) if isinstance(block, Chart) and block.form == "matrix")
    assert len(matrix.points) == 60


def test_later_dates_that_are_not_shown_are_counted(path: Path) -> None:
    store, ana = begin(path, {"name": "A busy programme"})
    with store:
        by = at(ana, date(2026, 11, 2))
        for n in range(62):
            add(store, "action", {"text": f"Do thing {n}", "owner": by.person, "due": date(2026, 12, 1)}, by)
        found = pack(store, day=DAY)
    forward = next(one for one in found.sections if one.id == "forward")
    assert sum(len(block.rows) for block in forward.blocks if isinstance(block, Table)) == 60
    assert forward.blocks[-1] == Paragraph("2 later dates are left out here.")
