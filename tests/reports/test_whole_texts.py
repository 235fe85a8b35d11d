"""Papers say what records say: no text is cut, a risk has one name, dates show their slip, and words are explained."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from paper_said import blocks, line, said
from papers import DAY, PREV, at, begin

from tracker.fields import Nothing
from tracker.reports.model import Bullets, Paragraph, Report, Table
from tracker.reports.texts import texts_of
from tracker.services.papers.building import pack, summary
from tracker.services.programme_file import open_programme
from tracker.services.records.writing import add, change
from tracker.storage.store import Acting, Store

LONG = "Reception staff, housing offices and libraries of all three towns and their partners"
OPPOSITE = (
    "Completion is up from 69% to 83%, and in the forty weeks since spring renewing has come to take about eleven "
    "minutes less. We ask the board."
)


@pytest.fixture
def made(path: Path) -> Iterator[tuple[Store, Acting]]:
    store, by = begin(path, {"name": "Simpler Services"})
    with store:
        yield store, by


@pytest.fixture(scope="module")
def demo_pack(demo_file: bytes, tmp_path_factory: pytest.TempPathFactory) -> Report:
    path = tmp_path_factory.mktemp("whole") / "demo.db"
    path.write_bytes(demo_file)
    with open_programme(path, read_only=True) as store:
        return pack(store, day=DAY, since=PREV)


def table(report: Report, name: str) -> Table:
    blocks_of_all = [block for section in report.sections for block in section.blocks]
    (named,) = (block for block in blocks_of_all if isinstance(block, Table) and block.id == name)
    return named


def test_nothing_in_the_demo_is_cut(demo_pack: Report) -> None:
    assert [text for text in texts_of(demo_pack.sections) if "…" in text] == []


def test_a_sentence_is_never_cut_into_its_opposite(made: tuple[Store, Acting]) -> None:
    store, by = made
    pilot = add(store, "pilot", {"name": "Badges", "status_note": OPPOSITE}, at(by, DAY)).uid
    add(store, "confidence", {"pilot": pilot, "rating": "green", "narrative": OPPOSITE}, at(by, DAY))
    add(store, "confidence", {"rating": "green", "narrative": OPPOSITE * 5}, at(by, DAY))
    add(store, "win", {"title": LONG, "pilot": pilot, "event_date": DAY}, at(by, DAY))
    paper = summary(store, day=DAY)
    assert "eleven minutes less" in said(paper, "headline")
    (pilots,) = blocks(paper, "pilots")
    assert isinstance(pilots, Table)
    assert all("minutes less." in cell for cell in pilots.rows[0][-2:])
    assert LONG in line(paper, "Small wins")


def test_a_risk_has_its_title_everywhere_and_its_register_in_full(made: tuple[Store, Acting]) -> None:
    store, by = made
    values = {"title": LONG[:80], "cause": "x", "event": "they leave", "consequence": "y", "controls": "A rota"}
    grave = {"likelihood": 5, "impact": 5, "target_likelihood": 1, "target_impact": 4, "category": "legal"}
    risk = add(store, "risk", values | grave, at(by, DAY)).uid
    owner = add(store, "person", {"display_name": "Data lead"}, at(by, DAY)).uid
    add(store, "action", {"text": "Ask counsel", "risk": risk, "owner": owner, "due": date(2026, 12, 1)}, at(by, DAY))
    assert f"R-001 {LONG[:80]}: very high 25" in said(summary(store, day=DAY), "risks")
    ((name, may_happen, in_hand, aim),) = table(pack(store, day=DAY), "risk-register").rows
    assert name == f"R-001 {LONG[:80]}"
    assert may_happen == "Cause: x. Event: they leave. Consequence: y."
    assert in_hand == "Controls: A rota. Response: none recorded. Open actions: A-001 Ask counsel, due 1 Dec 2026."
    assert aim == "Category: legal. Appetite: minimal, up to 6. Now: 25 (very high). Target: 4 (low)."


def test_dates_of_a_pilot_show_what_was_agreed_what_stands_and_the_slip(made: tuple[Store, Acting]) -> None:
    store, by = made
    days = {"start": date(2026, 4, 6), "baseline_end": date(2026, 12, 1), "forecast_end": date(2026, 12, 1)}
    pilot = add(store, "pilot", {"name": "Badges", **days}, at(by, PREV)).uid
    change(store, "pilot", pilot, {"forecast_end": date(2027, 1, 1)}, at(by, DAY), reason="Later")
    assert table(pack(store, day=DAY), "p-01-dates").rows == (
        ("Start", "–", "6 Apr 2026", "–"),
        ("End", "1 Dec 2026", "1 Jan 2027", "31 days later"),
    )


@pytest.mark.parametrize(
    ("recommendation", "marked"),
    [
        ("Stop. Nobody owns the policy.", [1]),
        ("Do not stop.", []),
        ("Scale in January: it works.", [2]),
        ("Go to the minister", []),
        (None, []),
    ],
)
def test_the_recommended_option_is_marked_where_it_is_certain(
    made: tuple[Store, Acting], recommendation: str | None, marked: list[int]
) -> None:
    store, by = made
    options = "Do nothing: it stands still\nStop, and publish what was learned\nScale to Eastgate in January, then wait"
    values = {
        "title": "Go on",
        "status": "sought",
        "question": "Shall we?",
        "options": options,
        "recommendation": recommendation,
    }
    add(store, "decision", values, at(by, DAY))
    (listed,) = (block for block in blocks(pack(store, day=DAY), "decision-d-001") if isinstance(block, Bullets))
    assert [n for n, text in enumerate(listed.items) if text.startswith("Recommended: ")] == marked


def test_a_recommendation_keeps_what_it_depends_on(made: tuple[Store, Acting]) -> None:
    store, by = made
    for text in ("Scale: only if the audit is passed.", "Pause: it takes three weeks."):
        values = {"title": "Go on", "status": "sought", "question": "Shall we?", "options": "Do nothing\nGo on"}
        add(store, "decision", values | {"recommendation": text}, at(by, DAY))
    items = said(summary(store, day=DAY), "decisions")
    assert "Scale: only if the audit is passed." in items and "Pause." in items and "three weeks" not in items


def test_marks_and_abbreviations_are_explained_once(demo_pack: Report) -> None:
    places = (("● green, ▲ amber, ■ red", "summary"), ("DPIA: data protection impact assessment", "all-changes"))
    for opening, place in places:
        explained = [
            section.id
            for section in demo_pack.sections
            for block in section.blocks
            if isinstance(block, Paragraph) and opening in block.text
        ]
        assert explained == [place], opening


def test_a_note_in_the_background_says_how_old_it_may_be(demo_pack: Report) -> None:
    notes = [
        text for text in texts_of(demo_pack.sections) if text.startswith("Status note, last update of the pilot on")
    ]
    assert len(notes) == 3 and any("23 Sep 2026" in note or "22 Sep 2026" in note for note in notes)


def test_a_day_that_is_withheld_is_not_no_date(made: tuple[Store, Acting]) -> None:
    store, by = made
    pilot = add(store, "pilot", {"name": "Badges"}, at(by, DAY)).uid
    need = {"pilot": pilot, "role_group": "Advisers", "headcount": 20}
    add(store, "need", need | {"needed_by": Nothing("withheld")}, at(by, DAY))
    add(store, "need", need | {"role_group": "Officers"}, at(by, DAY))
    days = [row[3] for row in table(pack(store, day=DAY), "p-01-training").rows]
    assert sorted(days) == ["No date", "Withheld"]


def test_an_unstated_phase_is_said_where_the_dpia_is_asked_for(made: tuple[Store, Acting]) -> None:
    store, by = made
    add(store, "pilot", {"name": "Badges", "personal_data": "yes"}, at(by, DAY))
    rows = table(pack(store, day=DAY), "p-01-evidence").rows
    assert any("no phase of the pilot is stated" in cell for row in rows for cell in row)
