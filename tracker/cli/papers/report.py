"""The papers for a board: printed, or written in many formats."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracker.cli.papers.files import check_place, deliver, hand_over, wanted
from tracker.cli.papers.public import public
from tracker.cli.registers.field_options import Reference
from tracker.cli.shell.options import OneOf, Suggesting, everywhere, example
from tracker.cli.shell.session import Session

if TYPE_CHECKING:
    from tracker.storage.store import Store

# As tracker.reports.formats has them, which “--help” need not load; a test compares the two.
FORMATS = ("pdf", "html", "docx", "odt", "pptx", "xlsx", "ods", "md", "txt", "csv", "json", "ics")
LAST, NONE = "last", "none"


@click.group(cls=Suggesting, epilog=example("tracker report summary --since last --format pdf -o summary.pdf"))
@everywhere
def report() -> None:
    """Print the papers for a board, or write them in many formats."""


def paper_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that every paper takes."""
    for option in reversed(
        [
            click.option("--as-of", "as_of", metavar="DATE", help="The position at the end of that day; else today's."),
            click.option(
                "--since",
                metavar="DATE|last|none",
                help="Tell what changed since the end of that day; else since the last board that was shown papers.",
            ),
            click.option("--board", type=Reference("board"), metavar="REF", help="The meeting it is for: B-03."),
            click.option(
                "--format",
                "formats",
                multiple=True,
                type=OneOf(*FORMATS, "all"),
                metavar="FORMAT",
                help=f"{', '.join(FORMATS)}, or all; may be repeated. By itself from the name of the file, or txt.",
            ),
            click.option(
                "-o",
                "--output",
                type=click.Path(),
                metavar="FILE|FOLDER/",
                help="Write to a file, or many to a folder; a folder alone gets every format.",
            ),
            click.option("--brand", type=click.Path(), metavar="FILE", help="The house style (or $TRACKER_BRAND)."),
            click.option("--force", is_flag=True, help="Write over existing files."),
        ]
    ):
        command = option(command)
    return command


@report.command(epilog=example("tracker report summary --as-of 2026-11-12 --since last --format all -o board/"))
@paper_options
@everywhere
@click.pass_context
def summary(ctx: click.Context, /, **options: Any) -> None:
    """Print the status summary: one page for a governance board."""
    from tracker.services.papers import building as reporting

    ctx.exit(_paper(ctx.obj, "summary", reporting.summary, **options))


@report.command(epilog=example("tracker report pack --board B-03 --since last --format pdf --format docx -o board/"))
@paper_options
@everywhere
@click.pass_context
def pack(ctx: click.Context, /, **options: Any) -> None:
    """Print the full pack: the summary and everything behind it."""
    from tracker.services.papers import building as reporting

    ctx.exit(_paper(ctx.obj, "pack", reporting.pack, **options))


def _paper(
    session: Session,
    paper: str,
    build: Callable[..., Any],
    *,
    as_of: str | None,
    since: str | None,
    board: str | None,
    formats: tuple[str, ...],
    output: str | None,
    brand: str | None,
    force: bool,
) -> int:
    from tracker.services.papers.files import calendar, day_of_board, find_house, named_board, stem

    goal = wanted(formats, output)
    house = find_house(session.chosen().path, brand)
    with session.store(read_only=True) as store:
        meeting = named_board(store, board) if board else None
        today = session.today()
        day = session.day(as_of) or (day_of_board(meeting, today) if meeting is not None else today)
        uid: str | None = meeting.uid if meeting is not None else None
        before = _since(session, store, since, day, uid)
        name = stem(paper, day)
        check_place(goal, name, force=force)
        made = build(store, day=day, since=before, board=uid)
        events = calendar(store, day=day) if "ics" in goal.kinds else None
    return deliver(goal, name, made, house, events, force=force)


def _since(session: Session, store: "Store", since: str | None, day: date, but: str | None) -> date | None:
    from tracker.services.board.cycle import last_board_day, last_shown_day

    word = (since or "").strip().lower()
    if word == NONE:
        return None
    if not word:  # a board asks what is new, so the paper says it without being told to
        return last_shown_day(store, day, but=but)
    if word != LAST:
        return session.day(since)
    return last_board_day(store, day, but=but)


@report.command(epilog=example("tracker report calendar -o board.ics"))
@click.option("--as-of", "as_of", metavar="DATE", help="From that day on, as it stood then; today by itself.")
@click.option("-o", "--output", type=click.Path(), metavar="FILE", help="Write to a file, not to the terminal.")
@click.option("--force", is_flag=True, help="Write over an existing file.")
@everywhere
@click.pass_obj
def calendar(session: Session, as_of: str | None, output: str | None, force: bool) -> None:
    """Print board dates, decisions due and training sessions as a calendar (iCalendar)."""
    from tracker.reports.render.ics import render
    from tracker.services.papers.files import calendar as gather

    with session.store(read_only=True) as store:
        made = render(gather(store, day=session.day(as_of) or session.today()))
    hand_over(made.data, Path(output) if output else None, force=force)


report.add_command(public)
