"""The frozen papers of a board in a shell: made as files, verified, and compared."""

from contextlib import nullcontext
from pathlib import Path
from typing import Any

import click

from tracker.cli.board.cycle import AS_JSON
from tracker.cli.papers.files import CALENDAR, check_place, deliver, known_formats, wanted
from tracker.cli.registers.field_options import Reference, Words
from tracker.cli.shell.options import Command, everywhere, example
from tracker.cli.shell.session import Session


@click.command("pack", cls=Command, epilog=example("tracker board pack B-02 --format pdf --format docx -o board/"))
@click.argument("ref", metavar="BOARD|SNAPSHOT", type=Reference())
@click.option(
    "--paper", type=Words(("pack", "summary")), metavar="WORD", help="pack or summary; both by itself in a folder."
)
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="FORMAT",
    help="As “tracker report pack”, or all; may be repeated. By itself from the name of the file, or txt.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(),
    metavar="FILE|FOLDER/",
    help="Write to a file, or many to a folder; a folder alone gets every format.",
)
@click.option("--brand", type=click.Path(), metavar="FILE", help="The house style (or $TRACKER_BRAND).")
@click.option("--force", is_flag=True, help="Write over existing files.")
@everywhere
@click.pass_context
def pack(
    ctx: click.Context,
    /,
    ref: str,
    paper: str | None,
    formats: tuple[str, ...],
    output: str | None,
    brand: str | None,
    force: bool,
) -> None:
    """Make the papers of a meeting as they were frozen, whatever was saved since."""
    from tracker.services.board.snapshots import PAPERS, content, named, papers_of, stem
    from tracker.services.board.snapshots import paper as read_paper
    from tracker.services.papers.files import find_house

    session: Session = ctx.obj
    known_formats(formats, ctx)
    goal = wanted(tuple(formats), output)
    goal = goal._replace(kinds=tuple(kind for kind in goal.kinds if kind != CALENDAR))
    chosen = _chosen(paper, PAPERS) if paper else ""
    house = find_house(session.chosen().path, brand)
    with session.store(read_only=True) as store:
        found = content(store, named(store, ref))
        papers = (chosen,) if chosen else papers_of(found) if goal.folder else papers_of(found)[-1:]
        made = {stem(store, found, name): read_paper(found, name) for name in papers}
    for name in made:
        check_place(goal, name, force=force)
    ctx.exit(max(deliver(goal, name, report, house, None, force=force) for name, report in made.items()))


def _chosen(text: str, papers: tuple[str, ...]) -> str:
    from tracker.errors import TrackerError
    from tracker.rules.reading import NotRead, read_choice

    try:
        return read_choice("Paper", text, papers)
    except NotRead as error:
        raise TrackerError(str(error)) from None


@click.command("verify", cls=Command, epilog=example("tracker board verify board/b-02-pack-2026-11-12.pdf"))
@click.argument("what", metavar="FILE|SNAPSHOT|BOARD")
@click.option("--brand", type=click.Path(), metavar="FILE", help="The house style of the file (or $TRACKER_BRAND).")
@AS_JSON
@everywhere
@click.pass_context
def verify(ctx: click.Context, /, what: str, brand: str | None, json_: bool) -> None:
    """Prove that a snapshot is what was frozen, that a file is what is made of it, or that an archive is whole.

    The exit code is 1 when it is not, or when it cannot be told.
    """
    from tracker.cli.shell.mending import in_shell
    from tracker.cli.shell.output import as_json, data
    from tracker.services.board.snapshots import named
    from tracker.services.board.verifying import verify_file, verify_snapshot
    from tracker.services.papers.files import find_house

    session: Session = ctx.obj
    path = Path(what)
    found = _archive(session, path, brand) if path.is_file() and path.suffix.lower() == ".zip" else None
    if found is None:
        with session.store(read_only=True) as store:
            if path.is_file():
                found = verify_file(store, path, find_house(session.chosen().path, brand))
            else:
                _no_file(path)
                found = verify_snapshot(store, named(store, what))
    if json_:
        as_json({"holds": found.holds, "sentences": [in_shell(sentence) for sentence in found.sentences]})
    else:
        mark = {True: "● Holds", False: "■ Does not hold", None: "▲ Cannot be told"}[found.holds]
        first, *others = map(in_shell, found.sentences)
        data(f"{mark}: {first}")
        for sentence in others:
            data(f"  {sentence}")
    ctx.exit(0 if found.holds else 1)


def _archive(session: Session, path: Path, brand: str | None) -> Any:
    """Return the verdict on an archive, with a programme file or without any; None for another zip file."""
    from tracker.services.board.archive_verifying import verify_archive
    from tracker.services.papers.files import find_house

    house = find_house(session.chosen().path, brand)
    with session.store(read_only=True) if session.chosen().path.is_file() else nullcontext() as store:
        return verify_archive(store, path, house)


def _no_file(path: Path) -> None:
    """Raise TrackerError when what is named looks like a file that is not there."""
    from tracker.errors import TrackerError

    if path.suffix or path.parent != Path():
        raise TrackerError(f"There is no file {path}. Name a file, a snapshot (SN-001) or a board (B-02).")


@click.command("diff", cls=Command, epilog=example("tracker board diff SN-001 SN-002"))
@click.argument("old", metavar="SNAPSHOT", type=Reference("snapshot"))
@click.argument("new", metavar="SNAPSHOT", type=Reference("snapshot"))
@click.option("--paper", type=Words(("pack", "summary")), metavar="WORD", default="pack", help="pack or summary.")
@AS_JSON
@everywhere
@click.pass_obj
def diff(session: Session, old: str, new: str, paper: str, json_: bool) -> None:
    """Say what changed from the papers of one snapshot to those of another, section by section."""
    from tracker.cli.board.pages import compared_lines, print_lines
    from tracker.cli.shell.output import as_json
    from tracker.services.board.comparing import compare
    from tracker.services.board.snapshots import PAPERS, named

    with session.store(read_only=True) as store:
        found = compare(store, named(store, old), named(store, new), _chosen(paper, PAPERS))
    if json_:
        sections = [{**one._asdict(), "sentences": list(one.sentences)} for one in found.found]
        as_json({"from": found.old.ref, "to": found.new.ref, "cautions": list(found.cautions), "sections": sections})
    else:
        print_lines(compared_lines(found))
