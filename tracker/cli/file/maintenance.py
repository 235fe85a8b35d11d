"""Care of the file: check, backup, restore, and erasing a person."""

from pathlib import Path

import click

from tracker.cli.registers.field_options import Reference
from tracker.cli.shell import AS_JSON, WITHOUT_ASKING, Session, as_json, command, confirm, data, words
from tracker.cli.shell.mending import in_shell
from tracker.errors import FileTrouble, TrackerError


@command("tracker check")
@click.option("--mend", is_flag=True, help="Make the triggers and the search table anew; records stay as they are.")
@AS_JSON
def check(session: Session, mend: bool, json_: bool) -> None:
    """Check the file, the references, the journal and its chain; exit code 3 when something is wrong."""
    from tracker.services import programme_file

    with session.store(read_only=not mend) as store:
        if mend:
            programme_file.mend(store)
        result = programme_file.check_file(store)
    if json_:
        as_json(
            {
                "problems": [in_shell(problem) for problem in result.problems],
                "changes": result.changes,
                "head": result.head,
            }
        )
    elif result.problems:
        for problem in result.problems:
            data(problem)
    else:
        data(f"Everything holds: {result.changes} changes, chain head {result.head[:16]}.")
    if result.problems:
        path = session.chosen().path
        raise FileTrouble(f"{path}: {len(result.problems)} problem(s) found. Keep the file, and compare with a backup.")


@command("tracker backup ~/programme-2026-11-12.db")
@click.argument("path", required=False, type=click.Path())
def backup(session: Session, path: str | None) -> None:
    """Write a checked copy of the file, by itself into the folder FILE.backups."""
    from tracker.services.programme_file import back_up

    target = Path(path) if path else None
    if target is not None and target.is_dir():
        target = target / session.chosen().path.name
    with session.store() as store:
        data(str(back_up(store, target)))
    words("The copy was opened and checked.")


@command("tracker restore ~/programme-2026-11-12.db")
@click.argument("source", required=False, type=click.Path())
@WITHOUT_ASKING
def restore(session: Session, source: str | None, yes: bool) -> None:
    """Put a backup in the place of the file; the present state is kept beside it. Alone, it lists the backups."""
    from tracker.services.programme_file import backups, restore_from

    path = session.chosen().path
    if source is None:
        copies = backups(str(path))
        for copy in copies:
            data(str(copy))
        if not copies:
            words(f"There are no backups beside {path}. “tracker backup” makes one.")
        return
    if not Path(source).exists():
        raise TrackerError(f"There is no backup at {source}. “tracker restore” alone lists those beside the file.")
    if path.exists():
        confirm(f"Put {source} in the place of {path}?", yes)
    before = restore_from(Path(source), str(path))
    data(str(path))
    words(f"Restored. The state before is kept at {before}." if before else "Restored.")


@command('tracker erase PER-012 --reason "Left; asked to be erased"')
@click.argument("person", type=Reference("person"))
@click.option("--reason", required=True, metavar="TEXT", help="Why; it stays in the history.")
@WITHOUT_ASKING
def erase(session: Session, person: str, reason: str, yes: bool) -> None:
    """Erase a person's name and addresses from the whole file, history included. It cannot be undone."""
    from tracker.services.programme_file import backups, erase_person
    from tracker.services.records.finding import resolve_ref

    with session.store() as store:
        link = resolve_ref(store, "person", person, deleted=True)
        confirm(f"Erase {link} from the whole file? This cannot be undone.", yes)
        erased = erase_person(store, link.uid, session.acting(store), reason=reason)
        copies = backups(store.path)
    data(link.ref)
    if erased.clock:
        words(erased.clock)
    words(f"Erased; the papers say “{erased.name}”. The name was also taken out of {erased.texts} other text(s).")
    if erased.snapshots:
        refs = ", ".join(erased.snapshots)
        words(f"Frozen papers still hold the name, since what a board was shown never changes: {refs}.")
    if copies:
        words(f"{len(copies)} backup(s) in {copies[0].parent} still hold the name: delete them when you may.")
