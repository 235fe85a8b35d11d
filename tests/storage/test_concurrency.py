"""Two people, one file: nothing acknowledged is lost, whoever is killed and whoever comes first."""

import multiprocessing
import sys
from pathlib import Path

import pytest
from conftest import NOW

from tracker.errors import FileTrouble
from tracker.services.programme_file import create_programme
from tracker.services.records.people import acting
from tracker.services.records.writing import add
from tracker.storage.journal.verify import verify
from tracker.storage.store import Acting, Store

sys.path.insert(0, str(Path(__file__).parents[2]))

from benches.torture import services as torture

pytestmark = pytest.mark.thorough

FORK = multiprocessing.get_context("fork")


def test_writers_that_race_lose_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    assert torture.race(4, 25) == 0
    assert "100 acknowledged, 0 lost, 0 refs given twice, 0 writers failed" in capfd.readouterr().out


def test_writers_that_are_killed_lose_nothing_that_was_acknowledged(capfd: pytest.CaptureFixture[str]) -> None:
    assert torture.kill(8, 2, seed=5) == 0
    said = capfd.readouterr().out
    assert "16 kills" in said
    assert " 0 lost, 0 bad rounds" in said
    assert int(said.split(" kills, ")[1].split()[0]) >= 8  # in each round somebody was told of a record


def _make(path: Path, number: int, told: "multiprocessing.Queue[str]") -> None:
    try:
        create_programme(path, {"name": f"Racer {number}"}, f"racer {number}", NOW, NOW.date()).close()
        told.put("made")
    except FileTrouble as error:
        told.put("refused" if "holds a programme already" in str(error) else str(error))


@pytest.mark.parametrize("turn", range(5))
def test_only_one_of_those_who_race_to_make_a_file_makes_it(path: Path, turn: int) -> None:
    told: multiprocessing.Queue[str] = FORK.Queue()
    racers = [FORK.Process(target=_make, args=(path, number, told)) for number in range(4)]
    for racer in racers:
        racer.start()
    said = sorted(told.get(timeout=60) for _ in racers)
    for racer in racers:
        racer.join()
    told.close()
    assert said == ["made", "refused", "refused", "refused"]
    with Store.open(path) as store:
        assert verify(store) == []


def test_a_change_by_somebody_else_is_noticed(path: Path, store: Store, ana: Acting) -> None:
    before = store.data_version()
    add(store, "win", {"title": "my own"}, ana)
    assert store.data_version() == before
    with Store.open(path) as other:
        add(other, "win", {"title": "by somebody else"}, ana)
    assert store.data_version() != before


def test_a_reader_that_has_read_hinders_no_writer(path: Path, store: Store, ana: Acting) -> None:
    with Store.open(path, read_only=True) as reader:
        assert reader.read("SELECT count(*) FROM person") == [(1,)]
        add(store, "win", {"title": "A win"}, ana)
        with pytest.raises(FileTrouble):
            add(reader, "win", {"title": "A win"}, acting(reader, "ana", "cli", NOW, NOW.date()))
