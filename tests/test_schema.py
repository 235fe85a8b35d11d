"""The schema: what the frozen steps make is what the entities demand, and no released step ever changes."""

import re
import sqlite3
from hashlib import sha256
from pathlib import Path

import pytest

from tracker.entities import Entity, all_entities
from tracker.storage import migrations, schema
from tracker.storage.connection import SCHEMA_VERSION
from tracker.storage.journal.verify import verify
from tracker.storage.search_schema import search_triggers
from tracker.storage.store import Store

STEPS = Path(schema.__file__).parent / "steps"
SCHEMAS = Path(__file__).parent / "schemas"

# A released step is never edited: write a new one. A step that is not released yet may have its sum renewed here.
RELEASED = {
    "001_ground_floor.sql": "798d2ea0b71545845b061dc131b0bd0258736dc6b31e0801efc7c3e63bd8617c",
    "002_evidence.sql": "9f0d60d36725613ba3b817ecf16bd3f07168dc1a40499b165a4b2f476b0966bb",
    "003_board.sql": "6afc5252d4873b13b77e72cbdd8d3e1c8cf104fff490394f47230b11049fc5c5",
    "004_two_times.sql": "712892eebb6ee73f7001903ea0c440be28fc1312927f2881ef704b1a97057b0a",
    "005_figures.sql": "6c983cbf0e95a805433668e5262f2af5693ac7f18c4e3c8d108ee2ae9b078ebe",
    "006_bodies.sql": "f6ed8616c4fd209562f7d577d8f22f3fa8e6c701fa3df2fb821aea5011da2e28",
    "007_leaving.sql": "fd406a292efd3087fd29eb2d447681d58a8b6d056d6e4c03cdc4db4143e88f21",
    "008_registers.sql": "59db9fe1f6e5008cbd192da62ea0f60afc6a085f04acc29b06b50e47ca44a873",
}


def parts(create: str) -> set[str]:
    """Return the column definitions and table rules of a CREATE TABLE statement, white space folded."""
    body = create[create.index("(") + 1 : create.rindex(")")]
    found, depth, quoted, start = [], 0, False, 0
    for place, char in enumerate(body):
        if char == "'":
            quoted = not quoted
        elif not quoted and char in "()":
            depth += 1 if char == "(" else -1
        elif not quoted and char == "," and depth == 0:
            found.append(body[start:place])
            start = place + 1
    return {re.sub(r"\s+", " ", part).strip() for part in [*found, body[start:]]}


@pytest.mark.parametrize("kind", all_entities(), ids=lambda kind: kind.kind)
def test_each_table_is_what_its_entity_demands(store: Store, kind: type[Entity]) -> None:
    (made,) = store.read("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (kind.kind,))[0]
    assert parts(made) == parts(schema.table(kind))
    assert made.rstrip().endswith("STRICT")


def test_the_indexes_are_what_the_entities_demand(store: Store) -> None:
    kinds = [kind.kind for kind in all_entities()]
    marks = ",".join("?" * len(kinds))
    made = store.read(
        f"SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({marks})", kinds
    )
    assert {row[0] for row in made} == set(schema.indexes())


def test_the_sql_of_a_register_is_printed_for_its_migration(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["schema", "win"])
    schema.main()
    printed = capsys.readouterr().out
    made = sqlite3.connect(":memory:")
    made.executescript(printed)
    assert printed.startswith('CREATE TABLE "win" (')
    indexes = [row[0] for row in made.execute("SELECT name FROM sqlite_master WHERE type = 'index' AND sql NOT NULL")]
    assert indexes == ["win_pilot", "win_service", "win_verified_by"]


def test_the_sql_of_a_field_is_printed_for_its_migration() -> None:
    made = sqlite3.connect(":memory:")
    made.executescript('CREATE TABLE "win" ("id" INTEGER PRIMARY KEY) STRICT')
    made.executescript(schema.migration("win", "pilot") + schema.migration("win", "credit"))
    assert [row[1] for row in made.execute('PRAGMA table_info("win")')] == ["id", "pilot", "credit"]
    assert [row[1] for row in made.execute('PRAGMA index_list("win")')] == ["win_pilot"]


@pytest.mark.parametrize("words", [[], ["nothing"], ["win", "nothing"], ["win", "pilot", "more"]])
def test_what_has_no_sql_is_refused_with_the_usage(words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["schema", *words])
    with pytest.raises(SystemExit, match="KIND is one of programme, person"):
        schema.main()


def test_the_triggers_are_what_the_entities_demand(store: Store) -> None:
    made = dict(store.read("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    assert made == {**schema.triggers(), **search_triggers()}
    assert dict(store.read("SELECT name, sql FROM sqlite_master WHERE type = 'view'")) == schema.views()


def test_the_version_is_the_number_of_steps() -> None:
    assert len(migrations.STEPS) == SCHEMA_VERSION
    assert [f"{name}.sql" for name in migrations.STEPS] == sorted(file.name for file in STEPS.glob("*.sql"))


def test_no_released_step_was_edited() -> None:
    sums = {file.name: sha256(file.read_bytes()).hexdigest() for file in STEPS.glob("*.sql")}
    assert {name: sums.get(name) for name in RELEASED} == RELEASED


@pytest.mark.thorough
@pytest.mark.parametrize("released", sorted(SCHEMAS.glob("*.db")), ids=lambda file: file.stem)
def test_a_file_of_every_released_schema_opens_whole(released: Path, tmp_path: Path) -> None:
    file = tmp_path / "programme.db"
    file.write_bytes(released.read_bytes())
    with Store.open(file) as store:
        assert verify(store) == []
        assert store.read("SELECT count(*) FROM risk")[0][0] > 0


def test_an_older_file_keeps_its_phases_and_its_metrics_have_separate_periods(tmp_path: Path) -> None:
    file = tmp_path / "programme.db"
    file.write_bytes((SCHEMAS / "schema-4.db").read_bytes())
    with sqlite3.connect(file) as before:
        phases = before.execute("SELECT uid, phase FROM pilot ORDER BY id").fetchall()
    before.close()
    assert phases
    with Store.open(file) as store:
        assert store.read("SELECT uid, phase FROM pilot ORDER BY id") == phases
        assert {periods for (periods,) in store.read("SELECT periods FROM metric")} <= {"separate"}


def test_there_is_a_file_of_every_released_schema() -> None:
    assert [file.stem for file in sorted(SCHEMAS.glob("*.db"))] == [f"schema-{n + 1}" for n in range(SCHEMA_VERSION)]


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pretend that the program has a further step, which adds a column to the wins."""
    from sqlite_utils import Migrations

    steps = Migrations("tracker")
    for name in migrations.STEPS:
        steps(name=name)(migrations._step(name))

    @steps(name=f"{SCHEMA_VERSION + 1:03}_mood")
    def mood(db: object) -> None:
        db.execute('ALTER TABLE "win" ADD COLUMN "mood" TEXT')  # type: ignore[attr-defined]

    monkeypatch.setattr(migrations, "migrations", steps)
    monkeypatch.setattr(migrations, "SCHEMA_VERSION", SCHEMA_VERSION + 1)
    monkeypatch.setattr("tracker.storage.connection.SCHEMA_VERSION", SCHEMA_VERSION + 1)


@pytest.mark.usefixtures("newer")
def test_an_older_file_is_backed_up_and_brought_to_the_newest_schema(path: Path) -> None:
    path.write_bytes((SCHEMAS / f"schema-{SCHEMA_VERSION}.db").read_bytes())
    with Store.open(path) as store:
        assert "mood" in {row[1] for row in store.read("PRAGMA table_info(win)")}
        assert dict(store.read("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).keys() >= (
            schema.triggers().keys()
        )
        assert verify(store) == []
    (kept,) = (path.parent / "programme.db.backups").glob("*-before-migration.db")
    with sqlite3.connect(kept) as old:
        assert old.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION
    old.close()


def test_a_migration_that_fails_leaves_the_file_as_it_was(
    path: Path, newer: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.write_bytes((SCHEMAS / f"schema-{SCHEMA_VERSION}.db").read_bytes())
    before = path.read_bytes()

    def fail(_: sqlite3.Connection) -> None:
        raise RuntimeError("no power")

    monkeypatch.setattr(migrations, "make_derived", fail)
    with pytest.raises(RuntimeError, match="no power"):
        Store.open(path)
    assert path.read_bytes() == before
