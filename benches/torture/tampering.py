"""Whether what somebody altered by SQL is noticed, by what, and what has to be replaced for nobody to notice."""

import os
import shutil
import sqlite3
import tempfile
import time
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import NamedTuple

from benches.torture.list_of_ways import WAYS
from benches.torture.sound import Sound, by_on, make_sound
from benches.torture.table import Row, Wanted, print_table
from benches.torture.ways import Way
from tracker.errors import FileTrouble
from tracker.services.board.verifying import verify_snapshot
from tracker.services.programme_file import find_code, open_programme
from tracker.services.records.writing import add
from tracker.storage.journal.history import head
from tracker.storage.journal.verify import verify
from tracker.storage.search_schema import rebuild_search
from tracker.storage.store import Store

TELL = bool(os.environ.get("TORTURE_TELL"))  # what the first sentence was by which each was noticed
SCHEMAS = Path(__file__).parents[2] / "tests" / "schemas"
OUTSIDE = {"anchor.paper": "check: code on a frozen paper", "anchor.backup": "check: a backup"}


class Noticed(NamedTuple):
    """By what an altered file was noticed: from itself, from what is beside it or on paper; and the first sentence."""

    inside: tuple[str, ...]
    outside: tuple[str, ...]
    sentence: str


def bases(folder: Path) -> dict[str, Sound]:
    """Make the files that are altered, each in a folder of its own."""
    places = {name: folder / name for name in ("sound", "schema-3")}
    for place in places.values():
        place.mkdir(parents=True)
    old = places["schema-3"] / "programme.db"
    shutil.copyfile(SCHEMAS / "schema-3.db", old)
    with open_programme(old) as store:
        who = store.read("SELECT login FROM person WHERE login IS NOT NULL LIMIT 1")[0][0]
        add(store, "win", {"title": "A win of the new version"}, by_on(store, date(2026, 12, 1), who))
        return {"sound": make_sound(places["sound"]), "schema-3": Sound(old, head(store)[:16])}


def altered(base: Sound, way: Way, folder: Path) -> Sound:
    """Return a copy of a file, with its backups, that was altered in a way."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(base.path.parent, folder)
    path = folder / base.path.name
    if way.what.startswith("older copy"):
        backup = min((folder / f"{path.name}.backups").glob("*-before-migration*.db"), default=None)
        shutil.copyfile(backup or base.path, path)
        return Sound(path, base.code)
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        for pragma in ("ignore_check_constraints=ON", "synchronous=OFF", "journal_mode=MEMORY"):
            file.execute(f"PRAGMA {pragma}").fetchall()
        triggers = file.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers if way.triggers != "left on" else ():
            file.execute(f'DROP TRIGGER "{name}"')
        way.do(file)
        if way.triggers == "put back" and not way.of_search:
            rebuild_search(file)
        for _, statement in triggers if way.triggers == "put back" else ():
            file.execute(statement)
    return Sound(path, base.code)


def noticed(file: Sound) -> Noticed:
    """Return what notices that a file was altered."""
    try:
        with Store.open(file.path) as store:
            problems = verify(store)
            inside = ["check"] if any(getattr(p, "code", "") not in OUTSIDE for p in problems) else []
            outside = list(dict.fromkeys(OUTSIDE[p.code] for p in problems if getattr(p, "code", "") in OUTSIDE))
            anchored = find_code(store, file.code)
            if anchored is None:
                outside.append("check --head")
            elif anchored.since:
                outside.append(f"check --head says {anchored.since} more")
            for (uid,) in store.read("SELECT uid FROM snapshot"):
                if not verify_snapshot(store, uid).holds:
                    outside.append("board verify")
            return Noticed(tuple(inside), tuple(dict.fromkeys(outside)), str(problems[0]) if problems else "")
    except (FileTrouble, sqlite3.Error) as error:
        return Noticed(("refused at opening",), (), str(error))


def row_of(way: Way, result: Noticed) -> Row:
    """Return the line of a way; it breaks the promise where nothing notices it, or only a copy that it may not need."""
    if result.inside:
        now = ", ".join((*result.inside, *(part for part in result.outside if part == "board verify")))
        return Row(way.what, way.before, now)
    if result.outside:
        return Row(way.what, way.before, f"needs all replaced: {', '.join(result.outside)}", not way.copies)
    return Row(way.what, way.before, "NOT noticed", broken=True)


def run(wanted: Wanted, ways: tuple[Way, ...] = WAYS) -> int:
    """Try every way once; the rounds do not matter."""
    until = time.monotonic() + wanted.minutes * 60
    rows = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = bases(folder / "bases")
        for file in files.values():
            untouched = noticed(file)
            rows.append(Row(f"({file.path.parent.name}: nothing altered)", "", untouched.sentence or "holds"))
            rows[-1] = rows[-1]._replace(broken=any(untouched[:2]))
        for way in ways:
            if time.monotonic() > until:
                rows.append(Row("stopped: the time is over", "", f"{len(ways) - len(rows) + 2} ways not tried"))
                break
            try:
                file = altered(files[way.base], way, folder / "copy")
            except sqlite3.Error as error:
                rows.append(Row(way.what, way.before, f"not possible: {error}", broken=True))
                continue
            result = noticed(file)
            rows.append(row_of(way, result))
            if TELL:
                print(f"{way.what}: {result.sentence}")
            print(".", end="", flush=True)
    known = sum(bool(way.before) for way in ways)
    return print_table(f"Tampering by SQL: {len(ways)} ways, {known} of them those of version 0.1", rows)
