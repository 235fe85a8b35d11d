"""Building the demonstration and the synthetic programmes: the same each time, movable, and clear about mistakes."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tracker.entities import ENTITIES, entity
from tracker.errors import FileTrouble, TrackerError
from tracker.rules.risk import exposure
from tracker.rules.settings import DEFAULTS
from tracker.services.demo.story import TODAY, build_demo, build_large, build_tiny, read_script, replay
from tracker.services.programme_file import open_programme
from tracker.storage.columns.sql import Link
from tracker.storage.journal.asof import as_of
from tracker.storage.journal.history import commands
from tracker.storage.queries import Query, count, links, records, rows
from tracker.storage.store import Store


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    build_demo(path)
    with open_programme(path, read_only=True) as store:
        yield store


def _by_ref(store: Store, kind: str) -> dict[str, Any]:
    return {record.ref: record for record in records(store, Query(kind))}


FROZEN = ("sha256", "frozen_at")  # of a snapshot: made over the journal's random salts, and a time as text


def _lists(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    def plain(value: Any) -> Any:
        if isinstance(value, Link):
            return value.ref if value.ref.startswith("SN-") else value[1:]
        return value

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


@pytest.mark.parametrize("days", [-400, 371])
def test_a_shift_moves_every_date_and_no_word(demo: Store, tmp_path: Path, days: int) -> None:
    step = timedelta(days)
    build_demo(tmp_path / "moved.db", shift_to=TODAY + step)
    with open_programme(tmp_path / "moved.db") as moved:
        then, now = _lists(demo), _lists(moved)
        for kind in ENTITIES:
            assert [
                tuple(value + step if isinstance(value, date) else value for value in record[:-2])
                for record in then[kind]
            ] == [record[:-2] for record in now[kind]]
        figures = [
            exposure(_by_ref(store, "risk").values(), DEFAULTS, day)
            for store, day in ((demo, TODAY), (moved, TODAY + step))
        ]
        assert figures[0] == figures[1]
        assert commands(moved, limit=1)[0].at == commands(demo, limit=1)[0].at + step


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
