"""The cycle of a board in a shell: what is next, collecting, checking, accepting, freezing, holding."""

from typing import Any

import click

from tracker.cli.registers.field_options import Reference
from tracker.cli.shell.options import Command, everywhere, example
from tracker.cli.shell.session import Session

AS_JSON = click.option("--json", "json_", is_flag=True, help="Print JSON.")
MEETING = click.argument("ref", metavar="[BOARD]", type=Reference("board"), default="")


@click.command("next", cls=Command, epilog=example("tracker board next"))
@AS_JSON
@everywhere
@click.pass_obj
def next_(session: Session, json_: bool) -> None:
    """Say what is to be done for each meeting that is not done with, and by when."""
    from tracker.cli.board.pages import desk_lines, desk_object, print_lines
    from tracker.cli.shell.output import as_json, words
    from tracker.services.board.cycle import desks

    with session.store(read_only=True) as store:
        found = desks(store)
    if json_:
        as_json([desk_object(one, session.today()) for one in found])
        return
    print_lines(line for one in found for line in desk_lines(one, session.today()))
    if not found:
        words('No board meeting is ahead. “tracker board add "November board" --meets-on DATE” puts one down.')


@click.command("collect", cls=Command, epilog=example("tracker board collect B-02"))
@MEETING
@AS_JSON
@everywhere
@click.pass_obj
def collect(session: Session, ref: str, json_: bool) -> None:
    """Say who has not reported since the last board, and what is stale or missing, by owner.

    Without a board it is the next one. A meeting that was only planned goes on to collecting.
    """
    from tracker.cli.board.pages import collected_lines, collected_object, print_lines
    from tracker.cli.shell.output import as_json, words
    from tracker.rules.boards.cycle import OPEN_TO_FREEZE
    from tracker.services.board.collecting import collect as begin
    from tracker.services.board.cycle import meant

    with session.store() as store:
        found = begin(store, meant(store, ref, among=OPEN_TO_FREEZE), session.acting(store))
    if json_:
        as_json(collected_object(found))
    else:
        print_lines(collected_lines(found))
    if found.begun:
        words(f"{found.meeting.ref} is collecting now. “tracker undo” takes it back.")


@click.command("check", cls=Command, epilog=example("tracker board check B-02"))
@MEETING
@AS_JSON
@everywhere
@click.pass_context
def check(ctx: click.Context, /, ref: str, json_: bool) -> None:
    """List what is to be mended, or accepted with a reason, before the papers are frozen.

    The exit code is 1 while something is open.
    """
    from tracker.cli.board.pages import checked_lines, checked_object, print_lines
    from tracker.cli.shell.output import as_json, words
    from tracker.rules.boards.cycle import OPEN_TO_FREEZE
    from tracker.rules.when import show_date
    from tracker.services.board.checking import checked
    from tracker.services.board.cycle import meant, meeting, position_day

    session: Session = ctx.obj
    with session.store(read_only=True) as store:
        uid = meant(store, ref, among=OPEN_TO_FREEZE)
        board = meeting(store, uid)
        found = checked(store, uid, session.today())
        day = position_day(board, session.today())
    if json_:
        as_json(checked_object(board, found))
    else:
        print_lines(checked_lines(board, found))
    if found.open and day < session.today():
        words(
            f"The papers show the position of {show_date(day)}: what is mended later does not count. Accept it, or "
            f"move the day: “tracker board set {board.ref} --as-of today”."
        )
    elif found.open:
        words(f"Mend each, or accept it: “tracker board accept {board.ref} ID --because …”.")
    ctx.exit(0 if found.clear else 1)


@click.command(
    "accept",
    cls=Command,
    epilog=example('tracker board accept B-02 rating.missing.P-08 --because "Discovery began last week"'),
)
@click.argument("ref", metavar="BOARD", type=Reference("board"))
@click.argument("warning", metavar="ID")
@click.option("--because", required=True, metavar="TEXT", help="Why the papers may go out all the same.")
@everywhere
@click.pass_obj
def accept(session: Session, ref: str, warning: str, because: str) -> None:
    """Accept a warning of “tracker board check”, with the reason."""
    from tracker.cli.shell.output import data, words
    from tracker.services.board.checking import accept as keep
    from tracker.services.board.cycle import meant

    with session.store() as store:
        saved = keep(store, meant(store, ref), warning, because, session.acting(store))
    data(saved.ref)
    words("Accepted. “tracker undo” takes it back.")


@click.command("freeze", cls=Command, epilog=example("tracker board freeze B-02"))
@click.argument("ref", metavar="BOARD", type=Reference("board"))
@click.option("--reason", metavar="TEXT", help="Why it is frozen again; needed from the second time on.")
@AS_JSON
@everywhere
@click.pass_obj
def freeze(session: Session, ref: str, reason: str | None, json_: bool) -> None:
    """Freeze the papers of a meeting: their complete data is kept and never changes.

    Every warning of “tracker board check” must be mended or accepted. What is saved later belongs to the next
    period. Until the meeting is held it can be frozen again, with a reason; the first snapshot is kept.
    """
    from tracker.cli.shell.output import as_json, data, words
    from tracker.rules.when import show_date
    from tracker.services.board.cycle import meant
    from tracker.services.board.freezing import freeze as keep

    with session.store() as store:
        made = keep(store, meant(store, ref), session.acting(store), reason=reason)
    if json_:
        as_json({name: value for name, value in made._asdict().items() if name != "uid"})
    else:
        data(made.ref)
    instead = f", instead of {made.supersedes}" if made.supersedes else ""
    words(f"Frozen: the position of {show_date(made.as_of)}, version {made.version}{instead}.")
    words(f"SHA-256 {made.sha256}, {made.size:,} bytes. “tracker board pack {made.board} -o FOLDER/” makes the papers.")


@click.command("hold", cls=Command, epilog=example("tracker board hold B-02"))
@click.argument("ref", metavar="BOARD", type=Reference("board"))
@everywhere
@click.pass_obj
def hold(session: Session, ref: str) -> None:
    """Record that a meeting was held; its papers cannot be frozen again after that."""
    from tracker.services.board.cycle import hold as record_it

    step(session, ref, record_it)


def step(session: Session, ref: str, take: Any) -> None:
    """Take a meeting a step forward and print its ref; ``take`` is what does it, given store, uid and who acts."""
    from tracker.cli.shell.output import data, words
    from tracker.services.board.cycle import meant

    with session.store() as store:
        saved = take(store, meant(store, ref), session.acting(store))
    for note in saved.notes:
        words(note)
    data(saved.ref)
    words("Recorded. “tracker undo” takes it back.")
