"""Commands of bodies: who is invited to a meeting, and which days are no working days."""

import click

from tracker.cli.registers.field_options import BOARD
from tracker.cli.shell.options import command
from tracker.cli.shell.output import data, words
from tracker.cli.shell.session import Session


@command("tracker board invite B-03")
@BOARD
def invite(session: Session, ref: str) -> None:
    """Put the members of the body that meets down as expected at a meeting; those who are there already stay."""
    from tracker.services.board.cycle import resolve_meeting
    from tracker.services.board.members import invite as record_it

    with session.store() as store:
        invited = record_it(store, resolve_meeting(store, ref), session.acting(store))
    for saved in invited:
        data(saved.ref)
        for note in saved.notes:
            words(note)
    words("Invited. “tracker undo” takes it back.")


@command("tracker holiday take GB-ENG --from 2026 --to 2028")
@click.argument("calendar", metavar="CALENDAR")
@click.option("--from", "first", type=click.IntRange(1990, 2100), metavar="YEAR", help="The first year; this year.")
@click.option("--to", "last", type=click.IntRange(1990, 2100), metavar="YEAR", help="The last year; the next.")
def take(session: Session, calendar: str, first: int | None, last: int | None) -> None:
    """Take the bank holidays of a country, or of its part, into the file: GB-ENG, GB-WLS, GB-SCT, GB-NIR, IE.

    Deadlines of board papers then count them as days on which nobody works. Look through “tracker holiday list”:
    published calendars can be wrong for your organisation. Remove a day that is worked, add one that is not.
    """
    from tracker.services.board.holidays import take_in

    begin = first or session.today().year
    with session.store() as store:
        taken = take_in(store, calendar, begin, last or begin + 1, session.acting(store))
    for saved in taken:
        data(saved.ref)
    for note in taken[0].notes:
        words(note)
    words(f"{len(taken)} days recorded. “tracker holiday list” shows them; “tracker undo” takes it back.")
