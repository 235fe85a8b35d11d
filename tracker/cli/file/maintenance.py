"""Care of the file: check, backup, restore, and erasing a person."""

from pathlib import Path

import click

from tracker.cli.registers.field_options import Reference
from tracker.cli.shell.mending import in_shell
from tracker.cli.shell.options import Command, agreed, everywhere, example
from tracker.cli.shell.output import as_json, data, words
from tracker.cli.shell.session import Session
from tracker.errors import FileTrouble, TrackerError


@click.command(cls=Command, epilog=example("tracker check"))
@click.option("--mend", is_flag=True, help="Make the triggers and the search table anew; records stay as they are.")
@click.option("--json", "json_", is_flag=True, help="Print JSON.")
@everywhere
@click.pass_obj
def check(session: Session, mend: bool, json_: bool) -> None:
    """Check the file, the references, the journal and its chain; exit code 3 when something is wrong."""
    from tracker.storage.journal.history import head, last_tx
    from tracker.storage.journal.verify import mend as mend_store
    from tracker.storage.journal.verify import verify

    with session.store(read_only=not mend) as store:
        if mend:
            mend_store(store)
        found = verify(store)
        count, link = (last_tx(store), head(store)) if not found else (0, "")
    if json_:
        as_json({"problems": [in_shell(problem) for problem in found], "changes": count, "head": link})
    elif not found:
        data(f"Everything holds: {count} changes, chain head {link[:16]}.")
    if found:
        if not json_:
            for sentence in found:
                data(sentence)
        path = session.chosen().path
        raise FileTrouble(f"{path}: {len(found)} problem(s) found. Keep the file, and compare with a backup.")


@click.command(cls=Command, epilog=example("tracker backup ~/programme-2026-11-12.db"))
@click.argument("path", required=False, type=click.Path())
@everywhere
@click.pass_obj
def backup(session: Session, path: str | None) -> None:
    """Write a checked copy of the file, by itself into the folder FILE.backups."""
    from tracker.storage.backup import back_up

    target = Path(path) if path else None
    if target is not None and target.is_dir():
        target = target / session.chosen().path.name
    with session.store() as store:
        data(str(back_up(store.connection, store.path, target)))
    words("The copy was opened and checked.")


@click.command(cls=Command, epilog=example("tracker restore ~/programme-2026-11-12.db"))
@click.argument("source", required=False, type=click.Path())
@click.option("--yes", is_flag=True, help="Do not ask.")
@everywhere
@click.pass_obj
def restore(session: Session, source: str | None, yes: bool) -> None:
    """Put a backup in the place of the file; the present state is kept beside it. Alone, it lists the backups."""
    from tracker.storage.backup import backups, restore_from

    path = session.chosen().path
    if source is None:
        found = backups(str(path))
        for one in found:
            data(str(one))
        if not found:
            words(f"There are no backups beside {path}. “tracker backup” makes one.")
        return
    if not Path(source).exists():
        raise TrackerError(f"There is no backup at {source}. “tracker restore” alone lists those beside the file.")
    if path.exists():
        agreed(f"Put {source} in the place of {path}?", yes)
    kept = restore_from(Path(source), str(path))
    data(str(path))
    words(f"Restored. The state before is kept at {kept}." if kept else "Restored.")


@click.command(cls=Command, epilog=example('tracker erase PER-012 --reason "Left; asked to be erased"'))
@click.argument("person", type=Reference("person"))
@click.option("--reason", required=True, metavar="TEXT", help="Why; it stays in the history.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@everywhere
@click.pass_obj
def erase(session: Session, person: str, reason: str, yes: bool) -> None:
    """Erase a person's name and addresses from the whole file, history included. It cannot be undone."""
    from tracker.services.erasing import erase_person
    from tracker.services.records.finding import resolve
    from tracker.storage.backup import backups

    with session.store() as store:
        link = resolve(store, "person", person, deleted=True)
        agreed(f"Erase {link} from the whole file? This cannot be undone.", yes)
        erased = erase_person(store, link.uid, session.acting(store), reason=reason)
        path = store.path
    data(link.ref)
    words(f"Erased; the papers say “{erased.name}”. The name was also taken out of {erased.texts} other text(s).")
    if erased.snapshots:
        refs = ", ".join(erased.snapshots)
        words(f"Frozen papers still hold the name, since what a board was shown never changes: {refs}.")
    old = backups(path)
    if old:
        words(f"{len(old)} backup(s) in {old[0].parent} still hold the name: delete them when you may.")
