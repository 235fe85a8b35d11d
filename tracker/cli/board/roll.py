"""The roll call of a meeting in a shell: everybody in one command."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from tracker.cli.registers.field_options import BOARD, Words
from tracker.cli.shell import read_word
from tracker.cli.shell.options import command, misused
from tracker.cli.shell.output import data, words
from tracker.cli.shell.session import Session
from tracker.cli.shell.tables import table

if TYPE_CHECKING:
    from tracker.services.board.roll import Roll

CAME = ("present", "apologies", "absent")
EXAMPLE = (
    'tracker board roll B-02 --apologies "Finance" --interest "Chair=AG-007: her brother sells it" --others present'
)


@command(EXAMPLE)
@BOARD
@click.option("--present", multiple=True, metavar="WHO", help="Was there: a ref, name or role of the roll; repeatable.")
@click.option("--apologies", multiple=True, metavar="WHO", help="Sent apologies; repeatable.")
@click.option("--absent", multiple=True, metavar="WHO", help="Did not come; repeatable.")
@click.option("--deputy", multiple=True, metavar="WHO=ROLE", help="Sent a deputy, whose role it is; repeatable.")
@click.option(
    "--interest",
    multiple=True,
    metavar="WHO=TEXT",
    help="Declares an interest; in an item named by its ref (AG-007) they take no part, nor count; repeatable.",
)
@click.option("--others", type=Words(CAME), metavar="WORD", help="How everybody else came: present, apologies, absent.")
def roll(
    session: Session,
    ref: str,
    present: tuple[str, ...],
    apologies: tuple[str, ...],
    absent: tuple[str, ...],
    deputy: tuple[str, ...],
    interest: tuple[str, ...],
    others: str | None,
) -> None:
    """Call the roll of a meeting in one command; without an option, print it."""
    from tracker.services.board.cycle import resolve_meeting
    from tracker.services.board.roll import Answers, call
    from tracker.services.board.roll import roll as read_roll

    named = zip(CAME, (present, apologies, absent), strict=True)
    attendance = {who: state for state, people in named for who in people}
    answers = Answers(attendance, _parts(deputy, "--deputy"), _parts(interest, "--interest"))
    if others is not None:
        answers = answers._replace(others=read_word("How the others came", others, CAME))
    changes = any(answers)
    with session.store(read_only=not changes) as store:
        uid = resolve_meeting(store, ref)
        if changes:
            for saved in call(store, uid, answers, session.acting(store)):
                for note in saved.notes:
                    words(note)
        current = read_roll(store, uid)
    _show(current)
    words(f"{current.quorum}.{' “tracker undo” takes it back.' * changes}")


def _show(current: "Roll") -> None:
    """Print the roll, one attendee a line."""
    from tracker.fields import humanise

    rows = [
        (
            person.attendee.ref,
            person.name,
            person.attendee.role,
            humanise(person.attendee.attendance),
            person.attendee.deputy or "",
            person.attendee.interest or "",
        )
        for person in current.called
    ]
    if rows:
        table(("Ref", "Who", "Role", "Came", "Deputy", "Interest"), rows, (5, 1))
    else:
        data("Nobody is put down for this meeting yet.")
        words("“tracker board invite” puts the members of its body down.")


def _parts(texts: Sequence[str], option: str) -> Mapping[str, str]:
    """Return who and what of each text. Raises UsageError for one that lacks either."""
    parts = {}
    for text in texts:
        who, sign, content = text.partition("=")
        if not sign or not who.strip() or not content.strip():
            raise misused(f"{option} “{text}” needs who it is, “=”, and a text.")
        parts[who.strip()] = content.strip()
    return parts
