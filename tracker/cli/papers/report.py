"""The papers for a board: printed, or written in many formats."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracker.cli.papers.files import check_place, deliver, destination, format_option, hand_over
from tracker.cli.papers.public import public
from tracker.cli.registers.field_options import Reference
from tracker.cli.shell import OVERWRITE, OVERWRITE_ONE, Session, Suggesting, command, example, misused
from tracker.cli.shell.paths import BRAND, TO_FILE
from tracker.reports.formats import CALENDAR, FORMATS

if TYPE_CHECKING:
    from tracker.services.reading import Store

LAST = "last"
NONE = "none"


@click.group(cls=Suggesting, epilog=example("tracker report summary --since last --format pdf -o summary.pdf"))
def report() -> None:
    """Print the papers for a board, or write them in many formats."""


PAPER_OPTIONS = (
    click.option("--as-of", "as_of", metavar="DATE", help="The position at the end of that day; else today's."),
    click.option("--true-on", metavar="DATE", help="Instead: what is now known of that day; cannot be frozen."),
    click.option(
        "--since",
        metavar="DATE|last|none",
        help="Tell what changed since the end of that day; else since the last board that was shown papers.",
    ),
    click.option("--board", type=Reference("board"), metavar="REF", help="The meeting it is for: B-03."),
    click.option("--members", is_flag=True, help="A draft for members alone, with what is restricted."),
    format_option(FORMATS, " By itself from the name of the file, or txt."),
    click.option(
        "-o",
        "--output",
        type=click.Path(),
        metavar="FILE|FOLDER/",
        help="Write to a file, or many to a folder; a folder alone gets every format.",
    ),
    BRAND,
    OVERWRITE,
)


def paper_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that every paper takes."""
    for option in reversed(PAPER_OPTIONS):
        command = option(command)
    return command


@command("tracker report summary --as-of 2026-11-12 --since last --format all -o board/", group=report)
@paper_options
def summary(session: Session, **options: Any) -> int:
    """Print the status summary: one page for a governance board."""
    from tracker.services.papers import building

    return _paper(session, "summary", building.summary, **options)


@command("tracker report pack --board B-03 --since last --format pdf --format docx -o board/", group=report)
@paper_options
def pack(session: Session, **options: Any) -> int:
    """Print the full pack: the summary and everything behind it."""
    from tracker.services.papers import building

    return _paper(session, "pack", building.pack, **options)


def _paper(
    session: Session,
    paper: str,
    build: Callable[..., Any],
    *,
    as_of: str | None,
    true_on: str | None,
    since: str | None,
    board: str | None,
    members: bool,
    formats: tuple[str, ...],
    output: str | None,
    brand: str | None,
    force: bool,
) -> int:
    from tracker.services.papers.calendar import calendar
    from tracker.services.papers.files import day_of_board, find_house, named_board, stem

    if as_of and true_on:
        from tracker.cli.registers.actions import BOTH_TIMES

        raise misused(BOTH_TIMES)
    if members and true_on:
        raise misused("--members is of what had been recorded by a day: leave --true-on out.")
    goal = destination(formats, output)
    house = find_house(session.chosen().path, brand)
    with session.store(read_only=True) as store:
        day = session.past_day(true_on, "--true-on") or session.past_day(as_of, "--as-of")
        uid = None
        if board:
            meeting = named_board(store, board)
            day, uid = day or day_of_board(meeting, session.today()), meeting.uid
        day = day or session.today()
        before = _since(session, store, since, day, uid)
        name = stem("members-" * members + paper, day)
        check_place(goal, name, force=force)
        content = build(store, day=day, since=before, board=uid, known=bool(true_on), members=members)
        events = calendar(store, day=day) if CALENDAR in goal.kinds else None
    return deliver(goal, name, content, house, events, force=force)


def _since(session: Session, store: "Store", since: str | None, day: date, but: str | None) -> date | None:
    from tracker.services.board.cycle import last_board_day, last_shown_day

    word = (since or "").strip().lower()
    if word == NONE:
        return None
    if not word:  # a board asks what is new, so the paper says it without being asked to
        return last_shown_day(store, day, but=but)
    if word != LAST:
        return session.past_day(since, "--since")
    return last_board_day(store, day, but=but)


@command("tracker report calendar -o board.ics", group=report)
@click.option("--as-of", "as_of", metavar="DATE", help="From that day on, as it stood then; today by itself.")
@TO_FILE
@OVERWRITE_ONE
def calendar(session: Session, as_of: str | None, output: str | None, force: bool) -> None:
    """Print board dates, decisions due and training sessions as a calendar (iCalendar)."""
    from tracker.reports.render.ics import render
    from tracker.services.papers.calendar import calendar as read_calendar

    with session.store(read_only=True) as store:
        rendered = render(read_calendar(store, day=session.state_day(as_of) or session.today()))
    hand_over(rendered.data, Path(output) if output else None, force=force)


report.add_command(public)
