"""What can be got out of a damaged file comes into a new one, with its old chain or a new one, and a true list."""

import random
from pathlib import Path

import pytest
from conftest import NOW, at

from tracker.errors import FileTrouble, TrackerError
from tracker.services.records.people import acting
from tracker.services.records.writing import add, change, remove
from tracker.storage.copies.recover import Recovered, recover
from tracker.storage.copies.restore import plan_restore
from tracker.storage.journal.history import head, last_tx
from tracker.storage.journal.verify import verify
from tracker.storage.store import Acting, Store

pytestmark = pytest.mark.thorough

PAGE = 4096


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory, new_programme: bytes) -> bytes:
    """A programme with 60 wins: the last ones changed, one of them removed."""
    path = tmp_path_factory.mktemp("stocked") / "programme.db"
    path.write_bytes(new_programme)
    with Store.open(path) as store:
        by = acting(store, "ana", "cli", NOW, NOW.date())
        for number in range(60):
            win = add(store, "win", {"title": f"win {number}", "what_changed": "é" * 290}, by)
            if number > 50:
                change(store, "win", win.uid, {"title": f"changed {number}"}, by)
        remove(store, "win", win.uid, by, reason="recorded twice")
    return path.read_bytes()


@pytest.fixture
def good(path: Path, stocked: bytes) -> bytes:
    """The programme with 60 wins, at the path of the test."""
    path.write_bytes(stocked)
    return stocked


def roots(path: Path) -> dict[str, int]:
    with Store.open(path) as store:
        return dict(store.read("SELECT name, rootpage FROM sqlite_master WHERE rootpage > 0"))


def got_out(path: Path, content: bytes) -> tuple[Recovered, list[str]]:
    """Recover a damaged file; return what is said of it, and the titles in the new one, which can be written."""
    path.write_bytes(content)
    target = path.with_name("new.db")
    target.unlink(missing_ok=True)
    by = Acting("01900000-0000-7000-8000-000000000001", "cli", NOW, NOW.date())
    done = recover(path, target, by, "ana")
    assert path.read_bytes() == content
    assert [file.name for file in path.parent.iterdir() if file.name.startswith(".tracker")] == []
    with Store.open(target) as store:
        assert verify(store) == list(done.problems) == []
        titles = [row[0] for row in store.read("SELECT title FROM win WHERE deleted_at IS NULL ORDER BY id")]
        refs = {row[0] for row in store.read("SELECT ref FROM win")}
        saved = add(store, "win", {"title": "goes on"}, at(acting(store, "ana", "cli", NOW, NOW.date()), NOW.date()))
        assert saved.ref not in refs
    return done, titles


ALL = [f"win {n}" for n in range(51)] + [f"changed {n}" for n in range(51, 59)]


def test_a_sound_file_comes_whole_with_its_chain(path: Path, good: bytes) -> None:
    with Store.open(path) as store:
        newest = head(store), last_tx(store)
    done, titles = got_out(path, good)
    assert (done.chain, done.head, done.commands, done.problems) == ("whole", *newest, ())
    assert not any(came.lost != 0 or came.refused for came in done.tables)
    assert titles == ALL
    assert plan_restore(path.with_name("new.db"), str(path)).refusals == ()


@pytest.mark.parametrize("cut", [100, PAGE], ids=["header", "first page"])
def test_a_lost_first_page_is_made_again(path: Path, good: bytes, cut: int) -> None:
    done, titles = got_out(path, b"spilt coffee"[:12].ljust(cut, b"?") + good[cut:])
    assert (done.chain, titles) == ("whole", ALL)


def test_records_that_are_damaged_are_made_again_from_a_whole_journal(path: Path, good: bytes) -> None:
    root = roots(path)["win"]
    damaged = bytearray(good)
    damaged[(root - 1) * PAGE : root * PAGE] = b"\xff" * PAGE
    done, titles = got_out(path, bytes(damaged))
    assert (done.chain, titles) == ("mended", ALL)
    (wins,) = [came for came in done.tables if came.table == "win"]
    assert (wins.rows, wins.from_journal, wins.lost) == (0, 60, 0)


def test_a_changed_value_is_put_right_by_a_whole_journal(path: Path, good: bytes) -> None:
    with Store.open(path) as store:
        store.connection.execute("DROP TRIGGER j_win_update")
        store.connection.execute("UPDATE win SET title = 'win 7!' WHERE title = 'win 7'")
    done, titles = got_out(path, path.read_bytes())
    assert (done.chain, titles) == ("mended", ALL)


def test_records_get_a_new_chain_that_names_the_old_head_when_the_journal_is_damaged(path: Path, good: bytes) -> None:
    with Store.open(path) as store:
        newest = head(store)
    root = roots(path)["change"]
    damaged = bytearray(good)
    damaged[(root - 1) * PAGE : root * PAGE] = b"\xff" * PAGE
    done, titles = got_out(path, bytes(damaged))
    assert (done.chain, titles, done.head) == ("new", ALL, newest)
    (changes,) = [came for came in done.tables if came.table == "change"]
    assert (changes.rows, changes.lost) == (0, None)
    with Store.open(path.with_name("new.db")) as store:
        ((command, reason, who),) = store.read(
            "SELECT command, reason, (SELECT login FROM person WHERE uid = actor) FROM tx WHERE id = 1"
        )
    assert (command, who) == ("recover", "ana")
    assert f"the last that could be read is {newest}" in reason


def test_a_file_that_was_cut_off_gives_what_is_left(path: Path, good: bytes) -> None:
    done, titles = got_out(path, good[: len(good) * 3 // 4])
    assert set(titles) <= {*ALL, *(f"win {n}" for n in range(60))}
    assert done.chain == "mended" or any(came.lost != 0 for came in done.tables)


@pytest.mark.parametrize("journal", [True, False])
def test_a_lost_table_is_called_lost_unless_the_journal_proves_that_nothing_is(
    path: Path, good: bytes, journal: bool
) -> None:
    root = roots(path)["change"]
    damaged = bytearray(good)
    if not journal:
        damaged[(root - 1) * PAGE : root * PAGE] = b"\xff" * PAGE
    for page in range(1, len(good) // PAGE):  # the page on which the schema tells of risks
        body = good[page * PAGE : (page + 1) * PAGE]
        if body[0] == 0x0D and b"tablerisk" in body.replace(b"\x00", b""):
            damaged[page * PAGE : (page + 1) * PAGE] = b"\xff" * PAGE
    assert damaged != good
    done, titles = got_out(path, bytes(damaged))
    lost = {came.table: came.lost for came in done.tables}
    assert (done.chain == "new", lost["risk"]) == ((False, 0) if journal else (True, None))
    assert set(titles) <= set(ALL)


def test_random_damage_never_gives_more_than_was_there_nor_a_traceback(path: Path, good: bytes) -> None:
    chance = random.Random(7)
    recovered = 0
    for _ in range(6):
        damaged = bytearray(good)
        for _ in range(3):
            page = chance.randrange(1, len(good) // PAGE)
            damaged[page * PAGE : (page + 1) * PAGE] = chance.randbytes(PAGE)
        try:
            _, titles = got_out(path, bytes(damaged))
        except FileTrouble:
            continue
        recovered += 1
        assert set(titles) <= {*ALL, *(f"win {n}" for n in range(60))}
    assert recovered >= 4


@pytest.mark.parametrize("content", [b"", b"x" * 100, b"my shopping list\n" * 900, bytes(20 * PAGE)])
def test_what_holds_nothing_is_refused(path: Path, tmp_path: Path, content: bytes) -> None:
    bad = tmp_path / "bad.db"
    bad.write_bytes(content)
    by = Acting("01900000-0000-7000-8000-000000000001", "cli", NOW, NOW.date())
    with pytest.raises(FileTrouble) as caught:
        recover(bad, tmp_path / "new.db", by, "ana")
    assert caught.value.code == "recover.nothing"
    assert [file.name for file in tmp_path.iterdir()] == ["bad.db"]
    with pytest.raises(TrackerError, match="exists already"):
        recover(bad, bad, by, "ana")
    with pytest.raises(FileTrouble, match="There is no file"):
        recover(tmp_path / "nowhere.db", tmp_path / "new.db", by, "ana")
