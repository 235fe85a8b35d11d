"""Care of the file: checking it."""

from typing import TYPE_CHECKING

import click

from tracker.cli.shell import AS_JSON, Session, as_json, command, data, words
from tracker.cli.shell.mending import in_shell
from tracker.errors import FileTrouble, Note
from tracker.rules.wording import counted

if TYPE_CHECKING:
    from tracker.services.programme_file import Anchored, FileCheck


@command("tracker check")
@click.option("--mend", is_flag=True, help="Make the triggers and the search table anew; records stay as they are.")
@click.option("--head", metavar="CODE", help="Find the code at the foot of a paper in the journal, too.")
@AS_JSON
def check(session: Session, mend: bool, head: str | None, json_: bool) -> None:
    """Check the file, the references, the journal and its chain; exit code 3 when something is wrong.

    The code of a paper is that of the newest change when it was made. A journal that has it is the one that the paper
    was made from, up to there.
    """
    result, anchored = _checked(session, mend, head)
    problems = list(result.problems)
    if head is not None and anchored is None:
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
            data(f"Everything holds: {counted(result.changes, 'change')}, code {result.head[:16]}.")
        if anchored:
            since = f"{anchored.since} came since" if anchored.since else "none came since"
            data(f"The code {head} is that of change {anchored.change} of {anchored.day}, by {anchored.who}; {since}.")
    for note in _of_leavers(session):
        words(note)
    if problems:
        path = session.chosen().path
        raise FileTrouble(
            f"{path}: {counted(len(problems), 'problem')} found. Keep the file, and compare with a backup."
        )


def _of_leavers(session: Session) -> list[Note]:
    """Return what the records say of the work of people who left; nothing where the file does not say it."""
    from tracker.services.records.people import gravest_of_leavers

    try:
        with session.store(read_only=True) as store:
            return gravest_of_leavers(store, session.today())
    except (FileTrouble, ValueError):  # a file that is damaged has said so already
        return []


def _checked(session: Session, mend: bool, head: str | None) -> "tuple[FileCheck, Anchored | None]":
    """Return what a check of the file found, and the command whose code a paper carries."""
    from tracker.services import programme_file

    try:
        with session.store(read_only=not mend) as store:
            if mend:
                programme_file.mend(store)
            anchored = programme_file.find_code(store, head) if head is not None else None
            return programme_file.check_file(store), anchored
    except FileTrouble as error:
        if error.code == "file.damaged":  # what else is said of it would be to run this command
            raise FileTrouble(str(error), "file.checked_damaged") from error
        raise
