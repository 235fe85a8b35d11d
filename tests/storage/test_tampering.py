"""What somebody alters by SQL is noticed, or every copy and paper has to be replaced too: samples of the benches."""

import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from benches.torture import tampering
from benches.torture.erasure import WAYS as SPELLINGS
from benches.torture.erasure import left
from benches.torture.list_of_ways import WAYS
from benches.torture.power import left_open
from benches.torture.sound import Sound
from tracker.errors import FileTrouble
from tracker.services.programme_file import find_code
from tracker.storage.store import Store

pytestmark = pytest.mark.thorough

BY_NAME = {way.what: way for way in WAYS}
INSIDE = [  # of each kind one: what the links cover, what they do not, what stands beside them
    "value changed, its entry made to look erased",
    "the same, with an erasure's list added to",
    "recorded day of an old command",
    "the same, re-chained",
    "an entry of an old command set aside",
    "a command of another copy put in the middle",
    "an entry moved behind a later one",
    "two records swapped in their order",
    "content put into an erased entry",
    "an erasure that says other values, re-chained",
    "formula put back, re-chained",
    "schema number put back",
    "kind of a search text",
    "old erasure's file: an entry emptied, listed for it",
]
OUTSIDE = {
    "last 5 entries and their rows taken away": "check --head",
    "older copy of the file put in its place": "check: a backup",
    "old value changed, everything re-chained": "check: code on a frozen paper",
    "forged entry at the end, in another's name": "check --head says 1 more",
}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Sound]:
    """The files that are altered."""
    return tampering.bases(tmp_path_factory.mktemp("bases") / "of")


def test_what_nobody_altered_holds(files: dict[str, Sound]) -> None:
    assert [tampering.noticed(file) for file in files.values()] == [tampering.Noticed((), (), "")] * 2


@pytest.mark.parametrize("what", INSIDE)
def test_an_altered_file_is_noticed_by_itself(files: dict[str, Sound], what: str, tmp_path: Path) -> None:
    way = BY_NAME[what]
    assert tampering.noticed(tampering.altered(files[way.base], way, tmp_path / "copy")).inside != ()


@pytest.mark.parametrize("what", OUTSIDE)
def test_a_new_chain_is_noticed_by_copies_and_papers(files: dict[str, Sound], what: str, tmp_path: Path) -> None:
    way = BY_NAME[what]
    result = tampering.noticed(tampering.altered(files[way.base], way, tmp_path / "copy"))
    assert result.inside == ()
    assert OUTSIDE[what] in result.outside


def test_an_older_program_refuses_a_newer_file_and_leaves_it(files: dict[str, Sound], tmp_path: Path) -> None:
    path = tmp_path / "programme.db"
    path.write_bytes(files["sound"].path.read_bytes())
    with closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA user_version=99")
    before = path.read_bytes()
    with pytest.raises(FileTrouble, match=r"written by a newer version of the tracker \(schema 99, this one knows"):
        Store.open(path)
    assert path.read_bytes() == before


def test_a_code_says_how_many_changes_came_since(files: dict[str, Sound]) -> None:
    with Store.open(files["sound"].path, read_only=True) as store:
        first = store.read("SELECT lower(substr(hex(hash), 1, 16)) FROM tx WHERE id = 20")[0][0]
        anchored = find_code(store, first)
    assert anchored is not None
    assert (anchored.change, anchored.since) == (20, 4)


@pytest.mark.parametrize("way", ["as it was recorded", "in capitals", "the address"])
def test_an_erased_name_is_not_in_the_bytes_of_the_file(way: str, tmp_path: Path) -> None:
    assert left(SPELLINGS[way][0], tmp_path) == 0


def test_what_a_power_cut_takes_is_read_from_the_system_calls() -> None:
    folder = os.sep + "f"
    written = [
        f'1 openat(AT_FDCWD, "{folder}/a.part", O_RDWR|O_CREAT, 0600) = 3<{folder}/a.part>',
        f'1 pwrite64(3<{folder}/a.part>, ""..., 10, 0) = 10',
        f"1 fdatasync(3<{folder}/a.part>) = 0",
        f'1 rename("{folder}/a.part", "{folder}/a.db") = 0',
    ]
    assert left_open("\n".join(written), set()) == {f"{folder}/a.part", f"{folder}/a.db"}
    assert left_open("\n".join([*written, f"1 fsync(4<{folder}>) = 0"]), set()) == set()
    assert left_open("\n".join([*written[:2], *written[3:], f"1 fsync(4<{folder}>) = 0"]), set()) == {f"{folder}/a.db"}
