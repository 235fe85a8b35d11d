"""Care of the file: checking it, and erasing a person from it."""

import click

from tracker.cli.registers.field_options import Reference
from tracker.cli.shell import AS_JSON, WITHOUT_ASKING, Session, as_json, command, confirm, data, words
from tracker.cli.shell.mending import in_shell
from tracker.errors import FileTrouble


@command("tracker check")
@click.option("--mend", is_flag=True, help="Make the triggers and the search table anew; records stay as they are.")
@click.option("--head", metavar="CODE", help="Find the code at the foot of a paper in the journal, too.")
@AS_JSON
def check(session: Session, mend: bool, head: str | None, json_: bool) -> None:
    """Check the file, the references, the journal and its chain; exit code 3 when something is wrong.

    The code of a paper is that of the newest change when it was made. A journal that has it is the one that the paper
    was made from, up to there.
    """
    from tracker.services import programme_file

    try:
        with session.store(read_only=not mend) as store:
            if mend:
                programme_file.mend(store)
            result = programme_file.check_file(store)
            anchored = programme_file.find_code(store, head) if head else None
    except FileTrouble as error:
        if error.code == "file.damaged":  # what else is said of it would be to run this command
            raise FileTrouble(str(error), "file.checked_damaged") from error
        raise
    problems = list(result.problems)
    if head and anchored is None:
        problems.append(
            f"No change of the journal has the code {head}: the journal was altered since the paper was made, "
            f"or the paper was made from another file."
        )
    if json_:
        as_json(
            {
                "problems": [in_shell(problem) for problem in problems],
                "changes": result.changes,
                "head": result.head,
                "anchored": anchored.change if anchored else None,
                "since": anchored.since if anchored else None,
            }
        )
    else:
        for problem in problems:
            data(in_shell(problem))
        if not problems:
            data(f"Everything holds: {result.changes} changes, code {result.head[:16]}.")
        if anchored:
            since = f"{anchored.since} came since" if anchored.since else "none came since"
            data(f"The code {head} is that of change {anchored.change} of {anchored.day}, by {anchored.who}; {since}.")
    if problems:
        path = session.chosen().path
        raise FileTrouble(f"{path}: {len(problems)} problem(s) found. Keep the file, and compare with a backup.")


@command('tracker erase PER-012 --reason "Left; asked to be erased"')
@click.argument("person", type=Reference("person"))
@click.option("--reason", required=True, metavar="TEXT", help="Why; it stays in the history.")
@WITHOUT_ASKING
def erase(session: Session, person: str, reason: str, yes: bool) -> None:
    """Erase a person's name and addresses from the whole file, history included. It cannot be undone."""
    from tracker.services.backups import backups, folder_for_backups
    from tracker.services.programme_file import erase_person
    from tracker.services.records.finding import resolve_ref

    with session.store(upkeep=False) as store:  # a backup made now would keep the name
        link = resolve_ref(store, "person", person, deleted=True)
        confirm(f"Erase {link} from the whole file? This cannot be undone.", yes)
        erased = erase_person(store, link.uid, session.acting(store), reason=reason)
        copies = backups(store.path, folder_for_backups(store))
    data(link.ref)
    words(f"Erased; the papers say “{erased.name}”. The name was also taken out of {erased.texts} other text(s).")
    if erased.snapshots:
        refs = ", ".join(erased.snapshots)
        words(f"Frozen papers still hold the name, since what a board was shown never changes: {refs}.")
    if copies:
        words(f"{len(copies)} backup(s) in {copies[0].parent} still hold the name: delete them when you may.")
