"""What every test starts from: an empty environment, a fixed clock, files in a folder of its own."""

import gc
import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path

import own_home  # before anything of the program
import pytest
from kept_open import Keeper, keeping
from made_once import copying, made_once

from tracker.cli.shell import session
from tracker.services.programme_file import create_programme
from tracker.services.records.people import acting
from tracker.storage import backup, connection
from tracker.storage.store import Acting, Store

pytest.register_assert_rewrite("golden_files")  # so that it shows how a text differs

NOW = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)
MANY = bool(os.environ.get("MANY"))  # “MANY=1 pytest” draws by chance many times more than finds what is wrong


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Take two to eight processes for the whole suite, and one for named files: it starts sooner, a debugger works."""
    whole = config.args_source is pytest.Config.ArgsSource.TESTPATHS
    return min(max(2, os.cpu_count() or 2), 8) if whole else 0


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the tests be asked for that the plain run leaves out, or for all."""
    words = "which tests marked “thorough” run: the first of each (the plain run), the rest of them, or all"
    parser.addoption("--thorough", choices=("first", "rest", "all"), default="first", help=words)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out of the plain run, of all tests marked thorough, those behind the first of each.

    Files that somebody names run whole: who asks for a file wants to know of all of it.
    """
    wanted = config.getoption("--thorough")
    if wanted == "all" or config.args_source is not pytest.Config.ArgsSource.TESTPATHS:
        return
    firsts = _plain(items)
    plain = [item for item in items if item in firsts]
    others = [item for item in items if item not in firsts]
    if wanted == "rest":
        plain, others = others, plain
    config.hook.pytest_deselected(items=others)
    items[:] = plain


def _plain(items: list[pytest.Item]) -> set[pytest.Item]:
    """Return the tests of the plain run: those that are not thorough, and of each that takes parameters the first."""
    plain: set[pytest.Item] = set()
    begun: set[str] = set()
    for item in items:
        function = item.nodeid.partition("[")[0]
        if item.get_closest_marker("thorough") is None or (function != item.nodeid and function not in begun):
            plain.add(item)
        begun.add(function)
    return plain


def pytest_collection_finish() -> None:
    """Let the garbage collector leave alone what lasts to the end: it took a third of the time of the screens."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def _in_a_hurry() -> Iterator[tuple[str, ...]]:
    """No test in this process waits for the disk: nobody pulls the plug. Gives the settings of the program.

    Nor is a backup made by itself in the tests of other things.
    """
    pragmas = connection.PRAGMAS
    with pytest.MonkeyPatch.context() as patch:
        hurried = tuple("synchronous=OFF" if p.startswith("synchronous") else p for p in pragmas)
        patch.setattr(connection, "PRAGMAS", hurried)
        patch.setattr(backup, "PRAGMAS", hurried)
        patch.setattr(session, "_looked_after", lambda _: True)
        yield pragmas


@pytest.fixture(scope="session", autouse=True)
def _at_home() -> Path:
    """Give the home of the whole run, which fixtures of a session see."""
    assert Path.home().is_relative_to(own_home.FOLDER)
    return own_home.FOLDER


@pytest.fixture(scope="session")
def _surroundings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A place for each test in turn, made by whoever writes there: most tests need no folder at all."""
    folder = tmp_path_factory.mktemp("surroundings")
    return (folder / str(number) for number in count())


@pytest.fixture(autouse=True)
def _own_surroundings(_surroundings: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees the home directory, the user's name, the terminal or another programme."""
    for name in ("TRACKER_FILE", "TRACKER_USER", "TRACKER_TEMPLATES", "TRACKER_SHARED", "NO_COLOR", "COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)
    folder = next(_surroundings)
    for name in ("HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(folder / name.lower()))


@pytest.fixture(scope="session")
def keeper() -> Iterator[Keeper]:
    """Let closed stores keep what SQLite has read of the schema."""
    with keeping() as kept:
        yield kept


@pytest.fixture(autouse=True)
def _kept_open(keeper: Keeper) -> Iterator[None]:
    """Keep no connection longer than its test."""
    with keeper.test():
        yield


@pytest.fixture(autouse=True)
def _copied_when_new(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make new files by copying one."""
    copying(tmp_path_factory, monkeypatch)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the test's programme file lies."""
    return tmp_path / "programme.db"


@pytest.fixture(scope="session")
def new_programme(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The file of a new programme, made by “ana” at NOW: made once, since most tests begin with one."""

    def make(file: Path) -> None:
        create_programme(file, {"name": "Simpler Services"}, "ana", NOW, NOW.date()).close()

    return made_once(tmp_path_factory, "new-programme.db", make)


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The file of the demonstration programme, made once."""
    from tracker.services.demo.story import build_demo

    return made_once(tmp_path_factory, "demo.db", build_demo)


@pytest.fixture
def store(path: Path, new_programme: bytes) -> Iterator[Store]:
    """A new programme, made by “ana” at NOW."""
    path.write_bytes(new_programme)
    with Store.open(path) as found:
        yield found


@pytest.fixture
def ana(store: Store) -> Acting:
    """The person who made the programme, at NOW."""
    return acting(store, "ana", "cli", NOW, NOW.date())


def at(by: Acting, day: date, hour: int = 9) -> Acting:
    """Return the same person acting on another day."""
    return by._replace(now=datetime(day.year, day.month, day.day, hour, tzinfo=UTC), today=day)


def draws(usual: int, many: int) -> int:
    """Return how often to draw by chance: what is drawn first is the same."""
    return many if MANY else usual
