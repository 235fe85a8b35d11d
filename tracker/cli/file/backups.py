"""Backups in a shell: making, listing, and putting one back."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli.shell import AS_CSV, AS_JSON, WITHOUT_ASKING, Session, command, confirm, data, words
from tracker.cli.shell.tables import listing
from tracker.errors import FILE_CANNOT_BE_USED, TrackerError

if TYPE_CHECKING:
    from tracker.services.backups import Backup, Kept

# What a person agrees to by an option, by the code of the problem.
AGREED = {
    "restore.altered": "even_altered",
    "restore.another": "another_programme",
    "restore.unknown": "replace_anything",
}


@command("tracker backup ~/programme-2026-11-12.db")
@click.argument("path", required=False, type=click.Path())
@click.option("--as-it-is", is_flag=True, help="Byte by byte, for a file too damaged for more.")
def backup(session: Session, path: str | None, as_it_is: bool) -> int:
    """Write a copy of the file and verify it: pages, journal and chain. By itself it goes beside the file.

    Exit code 3 when the copy is there, but what the file holds is not in order.
    """
    from tracker.services.backups import back_up, keep_bytes

    target = Path(path) if path else None
    if target is not None and target.is_dir():
        target = target / session.chosen().path.name
    if as_it_is:
        if target is None:
            raise TrackerError("Say where the copy goes: tracker backup --as-it-is PATH.")
        copy = keep_bytes(str(session.chosen().path), target)
    else:
        with session.store(upkeep=False) as store:
            copy = back_up(store, target, session.now())
    return _said(copy)


def _said(copy: "Kept") -> int:
    """Say where a copy is and whether it holds; return the exit code."""
    data(str(copy.path))
    if not copy.problems:
        words("The copy was opened and verified: pages, journal and chain hold.")
        return 0
    words("The copy holds what the file holds, and that is not in order:")
    for problem in copy.problems[:3]:
        words(f"  {problem}")
    return FILE_CANNOT_BE_USED


@command("tracker backups --check", "backups")
@click.option("--check", is_flag=True, help="Verify each of them now.")
@AS_CSV
@AS_JSON
def list_backups(session: Session, check: bool, csv_: bool, json_: bool) -> int:
    """List the backups of the file, the newest first: age, programme, changes, and whether each was verified."""
    return _list(session, check=check, csv=csv_, json=json_)


def _list(session: Session, *, check: bool = False, csv: bool = False, json: bool = False) -> int:
    from tracker.services.backups import listed

    path = session.chosen().path
    copies = list(listed(str(path), again=check))[::-1]
    if not copies and not json:
        words(f"There are no backups beside {path}. “tracker backup” makes one.")
        return 0
    now = session.now()
    listing(
        ["Backup", "Age", "Programme", "Changes", "Verified", "Why"],
        [_row(copy, now) for copy in copies],
        json=json,
        csv=csv,
        objects=[_object(copy) for copy in copies],
        wide=[0],
    )
    if not check:
        return 0
    unsound = [copy for copy in copies if copy.problems]
    for copy in unsound:
        words(f"{copy.path}: {copy.problems[0]}")
    return FILE_CANNOT_BE_USED if unsound else 0


def _row(copy: "Backup", now: datetime) -> list[str]:
    at = copy.at or copy.last
    verified = "yes" if copy.verified else "no"
    if copy.problems:
        verified = "does not hold"
    age = "" if at is None else _age(at, now)
    return [str(copy.path), age, copy.programme, str(copy.changes), verified, copy.reason]


def _age(moment: datetime, now: datetime) -> str:
    from tracker.rules.backups import age

    return age(moment, now)


def _object(copy: "Backup") -> dict[str, object]:
    values = copy._asdict()
    return {**values, "path": str(copy.path), "problems": list(copy.problems)}


@command("tracker restore ~/programme-2026-11-12.db")
@click.argument("source", required=False, type=click.Path())
@WITHOUT_ASKING
@click.option("--even-altered", is_flag=True, help="Even if its journal does not hold.")
@click.option("--another-programme", is_flag=True, help="Even if it is of another programme.")
@click.option("--replace-anything", is_flag=True, help="Even if nothing shows that the file is a programme.")
def restore(session: Session, source: str | None, yes: bool, **agreed: bool) -> int:
    """Put a backup in the place of the file; the present state is kept beside it. Alone, it lists the backups."""
    from tracker.services.backups import plan_restore, planned, put_back

    path = session.chosen().path
    if source is None:
        return _list(session)
    if not Path(source).exists():
        raise TrackerError(f"There is no backup at {source}. “tracker backups” lists those beside the file.")
    plan = plan_restore(Path(source), str(path))
    for refusal in plan.refusals:
        if not agreed[AGREED[refusal.code]]:
            raise TrackerError.of(refusal)
    for line in planned(plan, str(path), session.now()):
        words(line)
    if path.exists():
        confirm(f"Put {source} in the place of {path}?", yes)
    restored = put_back(plan, str(path), session.now())
    data(str(path))
    words(restored)
    return 0
