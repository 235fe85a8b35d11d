"""The only door from the command line to the screens."""

import os
import sys
from pathlib import Path

import click

from tracker.cli.shell.options import Command, OneOf, everywhere, example
from tracker.cli.shell.output import words
from tracker.cli.shell.session import Session


@click.command("open", cls=Command, epilog=example("tracker open --file ~/programme.db"))
@everywhere
@click.pass_context
def open_screens(ctx: click.Context) -> None:
    """Open the screens on the programme."""
    ctx.exit(open_or_offer(ctx.obj))


def open_or_offer(session: Session) -> int:
    """Open the programme; when there is none yet, offer to make one or to look at the demo."""
    chosen = session.chosen()
    if os.path.lexists(chosen.name):
        return open_file(session, chosen.path)
    if sys.stdin is None or not (sys.stdin.isatty() and sys.stderr.isatty()):
        words(f"There is no programme at {chosen.name} yet.")
        words('Make one with: tracker init "Name of the programme"   Or look around with: tracker demo')
        return 1
    words(f"There is no programme at {chosen.name} yet.")
    answer = click.prompt(
        "Make a new programme (n), look at the demo (d), or leave (q)?",
        type=OneOf("n", "d", "q"),
        default="d",
        show_choices=False,
        err=True,
    )
    if answer == "q":
        return 0
    from tracker.cli.file.programme import make_programme, show_demo

    if answer == "d":
        return show_demo(session)
    make_programme(session, None)
    return open_file(session, session.chosen().path)


def open_file(session: Session, path: Path, *, remember: bool = True) -> int:
    """Open the screens on a file and return their exit code. Raises FileTrouble when it cannot be used."""
    from tracker.paths import remember_file
    from tracker.storage.store import Store

    Store.open(path).close()  # what is wrong with the file is told before the screens take the terminal
    if remember:
        remember_file(path)
    import gc

    gc.enable()
    from screens.app import run

    return run(str(path), session.user())
