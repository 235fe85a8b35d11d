"""The cycle of a board in a shell: what is next, collecting, checking, accepting, freezing, holding."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from tracker.cli.registers.field_options import BOARD, Reference
from tracker.cli.shell.mending import mend_warning, take_step
from tracker.cli.shell.options import AS_JSON, command
from tracker.cli.shell.output import RECORDED, as_json, confirm_saved, data, words
from tracker.cli.shell.session import Session

if TYPE_CHECKING:
    from tracker.reports.model import Block
    from tracker.services.reading import Acting, Store
    from tracker.services.records.writing import Saved

    TakeStep = Callable[[Store, str, Acting], Saved]

MEETING = click.argument("ref", metavar="[BOARD]", type=Reference("board"), default="")


@command("tracker board next", "next")
@AS_JSON
def next_(session: Session, json_: bool) -> None:
    """Say what is to be done for each meeting that is not done with, and by when."""
    from tracker.cli.board.data import desk_data
    from tracker.cli.shell.drawing import print_page
    from tracker.services.board.cycle import desks
    from tracker.services.pages.meeting import desk_page

    today = session.today()
    with session.store(read_only=True) as store:
        meetings = desks(store)
    if json_:
        as_json([desk_data(desk, today) for desk in meetings])
        return
    blocks: list[Block] = []
    for desk in meetings:
        commands = {step.leads_to: f"“{take_step(step, desk.meeting.ref)}”" for step in desk.steps}
        blocks += desk_page(desk, today, commands)
    print_page(blocks)
    if not meetings:
        words('No board meeting is ahead. “tracker board add "November board" --meets-on DATE” puts one down.')


@command("tracker board collect B-02")
@MEETING
@AS_JSON
def collect(session: Session, ref: str, json_: bool) -> None:
    """Say who has not reported since the last board, and what is stale or missing, by owner.

    Without a board it is the next one. A meeting that was only planned goes on to collecting.
    """
    from tracker.cli.board.data import collected_data
    from tracker.cli.shell.drawing import print_page
    from tracker.rules.boards.cycle import OPEN_TO_FREEZE
    from tracker.services.board.collecting import collect as begin
    from tracker.services.board.cycle import resolve_meeting
    from tracker.services.pages.meeting import collected_page

    with session.store() as store:
        collected = begin(store, resolve_meeting(store, ref, among=OPEN_TO_FREEZE), session.acting(store))
    if json_:
        as_json(collected_data(collected))
    else:
        print_page(collected_page(collected))
    if collected.begun:
        words(f"{collected.meeting.ref} is collecting now. “tracker undo” takes it back.")


@command("tracker board check B-02")
@MEETING
@AS_JSON
def check(session: Session, ref: str, json_: bool) -> int:
    """List what is to be mended, or accepted with a reason, before the papers are frozen.

    The exit code is 1 while something is open.
    """
    from tracker.cli.board.data import preflight_data
    from tracker.cli.shell.drawing import print_page
    from tracker.rules.boards.cycle import OPEN_TO_FREEZE
    from tracker.rules.boards.preflight import NOT_BEGUN
    from tracker.rules.wording import show_date
    from tracker.services.board.checking import checked
    from tracker.services.board.cycle import meeting, position_day, resolve_meeting
    from tracker.services.pages.meeting import preflight_page

    with session.store(read_only=True) as store:
        uid = resolve_meeting(store, ref, among=OPEN_TO_FREEZE)
        board = meeting(store, uid)
        preflight = checked(store, uid, session.today())
        day = position_day(board, session.today())
    if json_:
        as_json(preflight_data(board, preflight))
    else:
        print_page(
            preflight_page(board.ref, preflight, {warning.id: mend_warning(warning) for warning in preflight.open})
        )
    if any(warning.code == NOT_BEGUN for warning in preflight.open):
        words(f"Nobody can accept that: move the day with “tracker board set {board.ref} --as-of DATE”.")
    elif preflight.open and day < session.today():
        words(
            f"The papers show the position of {show_date(day)}: what is mended later does not count, unless it is "
            f"restricted. Accept it, or move the day: “tracker board set {board.ref} --as-of today”."
        )
    elif preflight.open:
        words(f"Mend each, or accept it: “tracker board accept {board.ref} ID --because …”.")
    return int(not preflight.clear)


@command('tracker board accept B-02 rating.missing.P-08 --because "Discovery began last week"')
@BOARD
@click.argument("warnings", metavar="ID...", nargs=-1, required=True)
@click.option("--because", required=True, metavar="TEXT", help="Why the papers may go out all the same.")
def accept(session: Session, ref: str, warnings: tuple[str, ...], because: str) -> None:
    """Accept warnings of “tracker board check”, with one reason: by their ids, or many by 'action.overdue.*'."""
    from tracker.services.board.checking import accept as record_it
    from tracker.services.board.cycle import resolve_meeting

    with session.store() as store:
        accepted = record_it(store, resolve_meeting(store, ref), warnings, because, session.acting(store))
    for saved in accepted:
        data(saved.ref)
    words("Accepted. “tracker undo” takes it back.")


@command("tracker board freeze B-02")
@BOARD
@click.option("--reason", metavar="TEXT", help="Why it is frozen again; needed from the second time on.")
@AS_JSON
def freeze(session: Session, ref: str, reason: str | None, json_: bool) -> None:
    """Freeze the papers of a meeting: their complete data is kept and never changes.

    Every warning of “tracker board check” must be mended or accepted. What is saved later belongs to the next
    period. Until the meeting is held it can be frozen again, with a reason; the first snapshot is kept.
    """
    from tracker.rules.wording import show_date
    from tracker.services.board.cycle import resolve_meeting
    from tracker.services.board.freezing import freeze as record_it

    with session.store() as store:
        frozen = record_it(store, resolve_meeting(store, ref), session.acting(store), reason=reason)
    if json_:
        as_json({name: value for name, value in frozen._asdict().items() if name not in ("uid", "notes")})
    else:
        data(frozen.ref)
    version = f"version {frozen.version}"
    if frozen.supersedes:
        version += f", instead of {frozen.supersedes}"
    for note in frozen.notes:
        words(note)
    words(f"Frozen: the position of {show_date(frozen.as_of)}, {version}.")
    codes = ", ".join(f"Data {code} ({paper})" for paper, code in frozen.codes.items())
    words(f"At the foot of its pages: {codes}. “tracker board verify CODE” finds the paper of a printed page.")
    papers = f"“tracker board pack {frozen.board} -o FOLDER/” makes the papers."
    words(f"SHA-256 {frozen.sha256}, {frozen.size:,} bytes. {papers}")
    if frozen.members_sha256:
        words(f"For members, with what is restricted: SHA-256 {frozen.members_sha256} (--members).")


@command("tracker board hold B-02")
@BOARD
def hold(session: Session, ref: str) -> None:
    """Record that a meeting was held; its papers cannot be frozen again after that."""
    from tracker.services.board.cycle import hold as record_it

    step(session, ref, record_it)


def step(session: Session, ref: str, take: "TakeStep") -> None:
    """Take a meeting a step forward and print its ref; ``take`` is what does it, given store, uid and who acts."""
    from tracker.services.board.cycle import resolve_meeting

    with session.store() as store:
        saved = take(store, resolve_meeting(store, ref), session.acting(store))
    confirm_saved(saved, RECORDED, session)
