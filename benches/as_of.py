"""What a list of an earlier day costs: processor time over a journal of a million rows and ten years.

    python benches/as_of.py [ROWS] [--rounds 3]

Makes two files by SQL, of few records with many changes and of many records, and prints the processor time of the
storage for `risk list --as-of`, without starting Python: the list's own query, asked of the file as it was when 2, 50
and 98 % of the journal had been written.
"""

import argparse
import resource
import sqlite3
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from tracker.entities import Risk, entity
from tracker.services.programme_file import create_programme
from tracker.storage.journal.asof import as_of, true_on
from tracker.storage.queries import Query, rows
from tracker.storage.store import Store

START = date(2016, 1, 4)
DAYS = 3_650
KINDS = ("risk", "issue", "action", "win", "decision", "feedback")
PER_COMMAND = 10


def texts(kind: str) -> list[str]:
    """Return free texts of a register, of which the bench changes three."""
    return [f.name for f in entity(kind).stored() if f.kind == "text" and not f.glob and not f.choices][:3]


def fill(path: Path, count: int, records: int) -> None:
    """Write a programme whose journal has so many rows of so many records, evenly over ten years."""
    now = datetime(START.year, START.month, START.day, 9, tzinfo=UTC)
    create_programme(path, {"name": "Ten years"}, "bench", now, START).close()
    db = sqlite3.connect(path, isolation_level=None)
    for name, sql in db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall():
        del sql
        db.execute(f'DROP TRIGGER "{name}"')
    db.execute("PRAGMA synchronous=OFF")
    db.execute("BEGIN")
    first_tx = db.execute("SELECT max(id) FROM tx").fetchone()[0]
    first_change = db.execute("SELECT max(id) FROM change").fetchone()[0]
    commands = count // PER_COMMAND
    db.execute("CREATE TEMP TABLE n(i INTEGER PRIMARY KEY)")
    db.execute(
        "INSERT INTO n WITH RECURSIVE c(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM c WHERE i + 1 < ?) SELECT i FROM c",
        (count,),
    )
    db.execute(
        "INSERT INTO tx(id, number, at, day, recorded, actor, site, front, command, salt, hash, formula) "
        "SELECT i + 1 + :tx, i + 1 + :tx, ((:at + i * 60000) << 16), date(:start, (i * :days / :commands) || ' days'), "
        "date(:start, (i * :days / :commands) || ' days'), (SELECT uid FROM person LIMIT 1), 'A', 'cli', 'risk.set', "
        "randomblob(16), randomblob(32), 2 FROM n WHERE i < :commands",
        {
            "tx": first_tx,
            "at": int(now.timestamp() * 1000),
            "start": START.isoformat(),
            "days": DAYS,
            "commands": commands,
        },
    )
    # A record is added at its share of the ten years; all other rows change one of its texts.
    every = count // records
    db.execute("CREATE TEMP TABLE k(place INTEGER PRIMARY KEY, kind TEXT, f1 TEXT, f2 TEXT, f3 TEXT)")
    db.executemany("INSERT INTO k VALUES (?, ?, ?, ?, ?)", [(n, kind, *texts(kind)) for n, kind in enumerate(KINDS)])
    db.execute(
        "INSERT INTO change(id, tx, kind, row, field, old, new, base, salt) SELECT i + 1 + :change, "
        "i / :per + 1 + :tx, k.kind, printf('%08x-0000-7000-8000-%012x', r, r), CASE WHEN a THEN '*' ELSE "
        "CASE i % 3 WHEN 0 THEN k.f1 WHEN 1 THEN k.f2 ELSE k.f3 END END, "
        "CASE WHEN a THEN NULL ELSE 'Said before ' || i END, "
        "CASE WHEN a THEN 'ref=''' || upper(k.kind) || r || '''' || char(10) || k.f1 || '=''As it was added ' || i "
        "|| '''' "
        "|| char(10) ELSE 'As it was changed by ' || i END, NULL, randomblob(16) FROM ("
        "  SELECT i, i % :every = 0 AS a, CASE WHEN i % :every = 0 THEN i / :every "
        "  ELSE abs((i * 7919) % (i / :every + 1)) END AS r FROM n) JOIN k ON k.place = r % :kinds",
        {"change": first_change, "per": PER_COMMAND, "tx": first_tx, "every": every, "kinds": len(KINDS)},
    )
    for place, kind in enumerate(KINDS):
        prefix, (f1, f2, f3) = entity(kind).prefix, texts(kind)
        db.execute(
            f'INSERT INTO "{kind}"(uid, ref, "{f1}", "{f2}", "{f3}") '
            f"SELECT printf('%08x-0000-7000-8000-%012x', i, i), '{prefix}-' || i, "
            f"'Now {f1} ' || i, 'Now {f2} ' || i, 'Now {f3} ' || i FROM n "
            f"WHERE i < ? AND i % {len(KINDS)} = {place}",
            (records,),
        )
    db.execute("COMMIT")
    db.close()


def cost(store: Store, day: date, *, true: bool = False) -> tuple[float, int]:
    """Return the processor time of a list of risks on a day, in seconds, and how many there were."""
    columns = [field.name for field in Risk.columns()]
    before = time.process_time()
    with (true_on if true else as_of)(store, day) as then:
        listed = rows(then, Query("risk"), columns)
    return time.process_time() - before, len(listed)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", type=int, nargs="?", default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for shape, records in (("few records", 600), ("many records", 100_000)):
            path = Path(folder) / f"{records}.db"
            fill(path, asked.rows, min(records, asked.rows // 3))
            print(
                f"{shape}: {records:,} in six registers, {asked.rows:,} journal rows, {path.stat().st_size >> 20} MiB"
            )
            with Store.open(path) as store:
                before = time.process_time()
                now = rows(store, Query("risk"), [field.name for field in Risk.columns()])
                print(f"  the list of today: {time.process_time() - before:.3f} s CPU, {len(now):,} risks")
                for share in (2, 50, 98):
                    day = START + timedelta(DAYS * share // 100)
                    costs: list[tuple[float, int]] = [cost(store, day) for _ in range(asked.rounds)]
                    known = min(cost(store, day, true=True)[0] for _ in range(asked.rounds))
                    print(
                        f"  {share:2} % ({day}): {min(costs)[0]:.3f} s CPU, {costs[0][1]:,} risks; "
                        f"true on: {known:.3f} s"
                    )
            path.unlink()
    print(f"At most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10} MiB.")


if __name__ == "__main__":
    main()
