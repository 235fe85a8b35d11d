"""Building the demonstration and the synthetic programmes: the same each time, movable, and clear about mistakes."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from conftest import draws
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tracker.entities import ENTITIES, BenefitFigure, Programme, entity
from tracker.errors import FileTrouble, TrackerError
from tracker.rules.risk import exposure
from tracker.rules.settings import DEFAULTS
from tracker.rules.wording import MONTHS
from tracker.services.demo.dated import HOLIDAYS, SEASONS, as_words
from tracker.services.demo.story import (
    TODAY,
    _shipped,
    build_demo,
    build_large,
    build_tiny,
    day_near,
    read_script,
    replay,
)
from tracker.services.programme_file import check_file, open_programme
from tracker.services.signals import levels
from tracker.storage.columns.sql import Link
from tracker.storage.journal.asof import as_of
from tracker.storage.journal.history import commands
from tracker.storage.queries import Query, count, links, records, rows
from tracker.storage.store import Store

pytestmark = pytest.mark.thorough


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, demo_file: bytes) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    path.write_bytes(demo_file)
    with open_programme(path, read_only=True) as store:
        yield store


def _by_ref(store: Store, kind: str) -> dict[str, Any]:
    return {record.ref: record for record in records(store, Query(kind))}


FROZEN = ("sha256", "frozen_at")  # of a snapshot: made over the journal's random salts, and a time as text


def _lists(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    refs = {uid: ref for kind in ENTITIES for uid, ref in rows(store, Query(kind), [])}

    def plain(value: Any) -> Any:
        if isinstance(value, Link):
            return value.ref if value.ref.startswith("SN-") else value[1:]
        return refs.get(value, value) if isinstance(value, str) else value

    return {
        kind: [
            (ref, *map(plain, values))
            for deleted in (False, True)
            for _, ref, *values in rows(
                store,
                Query(kind, deleted=deleted),
                (*(name for name in entity(kind).fields() if name not in FROZEN), "created_at", "updated_at"),
            )
        ]
        for kind in ENTITIES
    }


def test_two_builds_tell_the_same(demo: Store, tmp_path: Path) -> None:
    build_demo(tmp_path / "again.db")
    with open_programme(tmp_path / "again.db") as again:
        assert _lists(again) == _lists(demo)
        assert not set(links(again, "risk")) & set(links(demo, "risk"))


def _moved(value: object, step: timedelta) -> object:
    """Return a value with its day moved; what a text says of days is left out."""
    if isinstance(value, date):
        return value + step
    if isinstance(value, tuple):
        return tuple(_moved(each, step) for each in value)
    return UNDATED.sub("#", value) if isinstance(value, str) else value


OF_DAYS = (*MONTHS, *(name[:3] for name in MONTHS), *SEASONS, "early", "mid", "late", "Christmas", HOLIDAYS, r"\d+")
UNDATED = re.compile(rf"\b(?:{'|'.join(OF_DAYS)})\b")


@pytest.mark.parametrize(("days", "years"), [(-400, -1), (371, 1)])
def test_a_shift_moves_every_date_and_no_other_word(demo: Store, tmp_path: Path, days: int, years: int) -> None:
    step = timedelta(days)
    build_demo(tmp_path / "moved.db", shift_to=TODAY + step)
    with open_programme(tmp_path / "moved.db") as moved:
        then, now = _lists(demo), _lists(moved)
        for then_in, now_in in zip(records(demo, BenefitFigure), records(moved, BenefitFigure), strict=True):
            assert now_in.year == then_in.year.replace(year=then_in.year.year + years)  # a financial year, not a day
        for kind in set(ENTITIES) - {"figure"}:
            assert [tuple(_moved(value, step) for value in record[:-2]) for record in then[kind]] == [
                tuple(_moved(value, timedelta(0)) for value in record[:-2]) for record in now[kind]
            ]
        figures = [
            exposure(_by_ref(store, "risk").values(), DEFAULTS, day)
            for store, day in ((demo, TODAY), (moved, TODAY + step))
        ]
        assert figures[0] == figures[1]
        assert commands(moved, limit=1)[0].at == commands(demo, limit=1)[0].at + step


@pytest.mark.parametrize("today", [date(2027, 1, 1), date(2028, 2, 29), date(2031, 12, 31)])
def test_on_any_day_the_pilots_are_those_of_the_story(demo: Store, tmp_path: Path, today: date) -> None:
    board = day_near(today)
    assert (board.weekday(), 0 <= (today - board).days < 7) == (TODAY.weekday(), True)
    build_demo(tmp_path / "young.db", shift_to=board)
    told = sorted((pilot.ref, pilot.level) for pilot in levels(demo, TODAY).values())
    with open_programme(tmp_path / "young.db") as young:
        assert sorted((pilot.ref, pilot.level) for pilot in levels(young, today).values()) == told
        assert len(told) == 8
        assert commands(young, limit=1)[0].at.date() <= board
        assert not check_file(young).problems
        assert records(young, Programme)[0].name.startswith(f"Simpler Services {_moved_year(board)}–")


def _moved_year(board: date) -> int:
    return (date(2026, 4, 1) + (board - TODAY)).year


@settings(max_examples=draws(4, 200), deadline=None)
@given(today=st.dates(date(2026, 1, 1), date(2060, 12, 31)))
@example(today=date(2028, 2, 29))
def test_every_day_of_the_story_moves_by_the_same_whole_weeks(today: date) -> None:
    shift = day_near(today) - TODAY
    assert shift.days % 7 == 0
    told, moved = (read_script(_shipped(), step).events for step in (timedelta(0), shift))
    assert all(new.at - old.at == shift for old, new in zip(told, moved, strict=True))
    assert moved[-1].at.date() <= today
    for event in moved:
        assert not [text for text in (event.reason or "", *event.values.values()) if "{" in text or "|" in text]


@pytest.mark.parametrize(
    ("words", "as_told", "a_year_and_a_week_on"),
    [
        ("{2026-12-31|31 December}", "31 December", "6 January"),
        ("{2026-02-23|23 Feb 2026}", "23 Feb 2026", "1 Mar 2027"),
        ("{2026-08-15|August} to {2025-10-28|October 2025}", "August to October 2025", "August to November 2026"),
        ("{2027-01-29|late January}", "late January", "early February"),
        ("before {2026-11-25|autumn}", "before autumn", "before winter"),
        ("until {2026-12-24|Christmas}", "until Christmas", "until the holidays"),
        ("{2026-04-01|2026}–{2028-03-31|28}", "2026–28", "2027–29"),
        ("no day {at all}", "no day {at all}", "no day {at all}"),
    ],
)
def test_days_in_prose_keep_their_form(words: str, as_told: str, a_year_and_a_week_on: str) -> None:
    assert as_words(words, timedelta(0)) == as_told
    assert as_words(words, timedelta(371)) == a_year_and_a_week_on


def test_nothing_is_built_over_a_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.db"
    path.write_text("mine", encoding="utf-8")
    for build in (build_demo, build_large, build_tiny):
        with pytest.raises(FileTrouble, match="exists already"):
            build(path)
    assert path.read_text(encoding="utf-8") == "mine"


BEGIN = """
[aliases]
ana = "Secretary"
[[event]]
at = 2026-04-01T08:00:00Z
who = "ana"
do = "add"
kind = "programme"
values = { name = "Small" }
"""


def _entry(text: str) -> str:
    return f'{BEGIN}\n[[event]]\nat = 2026-04-02T08:00:00Z\nwho = "ana"\n{text}'


WRONG = {
    'do = "add"\nkind = "ghost"': "story.toml, entry 2: there is no kind “ghost”",
    'do = "burn"\nkind = "risk"': "story.toml, entry 2: do is one of",
    'do = "set"\nkind = "risk"': "story.toml, entry 2: it needs ref",
    'do = "add"\nkind = "risk"\nvalues = { colour = "red" }': "story.toml, entry 2: a risk has no colour",
    'do = "add"\nkind = "risk"\nwhen = 1': "story.toml, entry 2: when is not known",
    'do = "add"\nkind = "risk"\nref = "R-003"': "entry 2 \\(add risk R-003\\): Title is needed",
    'do = "add"\nkind = "risk"\nref = "R-x"\nvalues = { title = "T" }': "entry 2 .*: write the ref like R-007",
    'do = "add"\nkind = "pilot"\nvalues = { name = "T", start = "soonish" }': "entry 2 \\(add pilot\\): Start",
    'do = "set"\nkind = "programme"\nref = "PRG-01"\nvalues = { name = "Small" }': "entry 2 .*changes nothing",
    'do = "remove"\nkind = "pilot"\nref = "P-07"\nreason = "gone"': "entry 2 \\(remove pilot P-07\\): There is no",
}


@pytest.mark.parametrize("text", WRONG)
def test_wrong_content_names_file_and_entry(tmp_path: Path, text: str) -> None:
    with pytest.raises(TrackerError, match=WRONG[text]):
        replay(tmp_path / "small.db", read_script({"story.toml": _entry(text)}, timedelta(0)))


def test_wrong_files_are_named() -> None:
    with pytest.raises(TrackerError, match=r"story\.toml"):
        read_script({"story.toml": "at = = 1"}, timedelta(0))
    with pytest.raises(TrackerError, match="a time with its zone"):
        read_script({"story.toml": BEGIN.replace(":00Z", ":00")}, timedelta(0))
    dated = _entry('do = "add"\nkind = "pilot"\nvalues = { name = "T", start = "soonish" }')
    with pytest.raises(TrackerError, match="entry 2: start is a date"):
        read_script({"story.toml": dated}, timedelta(1))


def test_refs_are_those_asked_for_and_records_can_come_back(tmp_path: Path) -> None:
    story = BEGIN
    for minute, rest in enumerate(
        (
            'do = "add"\nkind = "win"\nref = "W-018"\nvalues = { title = "One" }',
            'do = "add"\nkind = "win"\nvalues = { title = "Two", publishable = true }',
            'do = "remove"\nkind = "win"\nref = "W-018"\nreason = "By mistake"',
            'do = "restore"\nkind = "win"\nref = "W-018"',
        )
    ):
        story += f'\n[[event]]\nat = 2026-04-02T08:0{minute}:00Z\nwho = "ana"\n{rest}\n'
    replay(tmp_path / "small.db", read_script({"story.toml": story}, timedelta(0)))
    with open_programme(tmp_path / "small.db") as store:
        wins = _by_ref(store, "win")
        assert {ref: (win.title, win.publishable) for ref, win in wins.items()} == {
            "W-018": ("One", False),
            "W-019": ("Two", True),
        }
        assert commands(store, limit=1)[0].command == "win.restore"
    story += '\n[[event]]\nat = 2026-04-03T08:00:00Z\nwho = "ana"\ndo = "add"\nkind = "win"\nref = "W-004"\n'
    story += 'values = { title = "Three" }\n'
    with pytest.raises(TrackerError, match="W-004 was given already"):
        replay(tmp_path / "other.db", read_script({"story.toml": story}, timedelta(0)))


def test_a_tiny_programme_holds_one_pilot(tmp_path: Path) -> None:
    build_tiny(tmp_path / "tiny.db")
    with open_programme(tmp_path / "tiny.db") as store:
        counts = {kind: count(store, Query(kind)) for kind in ENTITIES}
    assert {kind: number for kind, number in counts.items() if number} == {"programme": 1, "person": 1, "pilot": 1}


def test_a_large_programme_is_as_large_as_asked_and_always_the_same(tmp_path: Path) -> None:
    found = []
    for name in ("one.db", "two.db"):
        build_large(tmp_path / name, pilots=6, risks=60, years=2, seed=3)
        with open_programme(tmp_path / name) as store:
            found.append(_lists(store))
            assert (count(store, Query("pilot")), count(store, Query("risk"))) == (6, 60)
            assert count(store, Query("assessment")) > 100
            with as_of(store, TODAY - timedelta(365)) as then:
                assert 0 < count(then, Query("risk")) < 60
    assert found[0] == found[1]
