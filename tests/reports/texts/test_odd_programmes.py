"""Programmes that lack nearly everything, and meetings at odd hours: right papers in every format, or a sentence."""

from collections.abc import Callable
from pathlib import Path

import pytest
from paper_said import PAPERS, joined, words_of
from papers import DAY, PREV, at, begin

from tracker.reports.formats import make
from tracker.reports.model import Report
from tracker.services.board.cycle import hold
from tracker.services.board.minutes import minutes
from tracker.services.papers.building import pack, summary
from tracker.services.papers.public import published
from tracker.services.records.writing import add
from tracker.storage.store import Acting, Store

NAMES = {"pilot": {"name": "Parking"}, "body": {"name": "Steering group"}}
MEETING = {"title": "Night", "meets_on": DAY}


def empty(store: Store, by: Acting) -> str:
    return add(store, "board", MEETING, by).uid


def one_pilot(store: Store, by: Acting) -> str:
    add(store, "pilot", NAMES["pilot"], by)
    return empty(store, by)


def no_members(store: Store, by: Acting) -> str:
    return add(store, "board", {**MEETING, "body": add(store, "body", NAMES["body"], by).uid}, by).uid


def midnight(store: Store, by: Acting) -> str:
    return add(store, "board", {**MEETING, "start_time": "00:00", "duration_minutes": 90}, by).uid


CASES: dict[Callable[[Store, Acting], str], dict[str, tuple[str, ...]]] = {
    empty: {
        "summary": ("None recorded.", "No pilot is running.", "No metric is recorded.", "No training need recorded."),
        "pack": ("No agenda item is recorded.", "None recorded – checked: no risk", "No earlier meeting"),
        "minutes": ("Attendance is not recorded.",),
        "public": ("No pilot has been published.",),
    },
    one_pilot: {
        "summary": (
            "P-01 Parking",
            "1 running pilot: 1 ○ No rating as reported",
            "Not enough",
            "STALE: no update for 35 days",
        ),
        "pack": ("P-01 Parking", "The pilot was never rated.", "Not stated"),
        "public": ("No pilot has been published.",),
    },
    no_members: {
        "pack": ("Steering group", "Members expected", "Not recorded"),
        "minutes": ("Attendance is not recorded.",),
    },
    midnight: {"pack": ("12 Nov 2026, 00:00", "90 minutes"), "minutes": ("12 Nov 2026, 00:00",)},
}


@pytest.fixture(scope="module", params=CASES)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[Report, tuple[str, ...]]:
    """Give the papers of a case, each with the sentences that are looked for in it."""
    store, by = begin(tmp_path_factory.mktemp("odd") / "programme.db", {"name": "Odd"})
    with store:
        board = request.param(store, at(by, PREV))
        papers = {
            "summary": summary(store, day=DAY, board=board),
            "pack": pack(store, day=DAY, board=board),
            "public": published(store, DAY).report,
        }
        hold(store, board, at(by, DAY))
        papers["minutes"] = minutes(store, board)
    return {papers[name]: sentences for name, sentences in CASES[request.param].items()}


@pytest.mark.parametrize("kind", PAPERS)
def test_what_is_missing_is_said_in_every_format(
    made: dict[Report, tuple[str, ...]], tmp_path: Path, kind: str
) -> None:
    for paper, sentences in made.items():
        text = words_of(kind, make(paper, kind).data, tmp_path)
        if kind == "pptx" and paper.header.title == "board pack":  # its last slide says that the meeting has none
            sentences = ("The meeting",)
        assert [sentence for sentence in sentences if joined(sentence) not in text] == []
        assert "●Green" not in text
