"""The frozen papers of a board in a shell: made as files, verified, and compared."""

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli.papers.files import check_place, deliver, destination, frozen_formats
from tracker.cli.registers.field_options import Reference, Words
from tracker.cli.shell import AS_JSON, OVERWRITE, Session, as_json, command, data, read_word
from tracker.cli.shell import words as say
from tracker.cli.shell.paths import BRAND
from tracker.errors import TrackerError
from tracker.reports.formats import PAPERS as FORMATS

if TYPE_CHECKING:
    from tracker.services.board.verifying import Verdict

MARKS = {True: "● Holds", False: "■ Does not hold", None: "▲ Cannot be told"}


@command("tracker board pack B-02 --format pdf --format docx -o board/")
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
@click.option("--members", is_flag=True, help="The papers for members alone, with what is restricted.")
@BRAND
@OVERWRITE
def pack(
    session: Session,
    ref: str,
    paper: str | None,
    formats: tuple[str, ...],
    output: str | None,
    members: bool,
    brand: str | None,
    force: bool,
) -> int:
    """Make the papers of a meeting as they were frozen, whatever was saved since.

    Where something in them was restricted since, they are for members alone (--members), or are issued again with that
    blacked out (“tracker board reissue”).
    """
    from tracker.services.board.reissuing import for_everybody, for_members
    from tracker.services.board.snapshots import PAPERS, content, papers_of, resolve_snapshot, stem
    from tracker.services.board.snapshots import paper as read_paper
    from tracker.services.papers.files import find_house

    frozen_formats(formats)
    goal = destination(formats, output)
    goal = goal._replace(kinds=tuple(kind for kind in goal.kinds if kind in FORMATS))
    chosen = [read_word("Paper", paper, PAPERS)] if paper else []
    house = find_house(session.chosen().path, brand)
    with session.store(read_only=True) as store:
        frozen = (for_members if members else for_everybody)(store, content(store, resolve_snapshot(store, ref)))
        papers = tuple(name for name in papers_of(frozen) if not chosen or name.endswith(chosen[0]))
        if not goal.folder:
            papers = papers[-1:]
        reports = {stem(store, frozen, name): read_paper(frozen, name) for name in papers}
    for name in reports:
        check_place(goal, name, force=force)
    return max(deliver(goal, name, report, house, None, force=force) for name, report in reports.items())


@command("tracker board reissue B-02 --reason 'A matter was restricted'")
@click.argument("ref", metavar="BOARD", type=Reference("board"))
@click.option("--reason", metavar="TEXT", required=True, help="Why it is issued again.")
@click.option("--black-out", "words", multiple=True, metavar="WORDS", help="Passages with these words too; repeatable.")
@AS_JSON
def reissue(session: Session, ref: str, reason: str, words: tuple[str, ...], json_: bool) -> None:
    """Issue frozen papers again, with what was restricted since blacked out.

    The first issue stays as it is, with its hash; the new one has a hash of its own beside it, and is what “tracker
    board pack” makes from then on. What was published is issued again too.
    """
    from tracker.services.board.cycle import resolve_meeting
    from tracker.services.board.reissuing import reissue as record_it

    with session.store() as store:
        issues = record_it(store, resolve_meeting(store, ref), session.acting(store), reason, words)
    if json_:
        as_json([issue._asdict() for issue in issues])
        return
    for issue in issues:
        data(issue.ref)
        say(f"{issue.ref} takes the place of {issue.of}, with passages blacked out. SHA-256 {issue.sha256}.")


@command("tracker board verify board/b-02-pack-2026-11-12.pdf")
@click.argument("what", metavar="FILE|SNAPSHOT|BOARD|CODE")
@click.option("--brand", type=click.Path(), metavar="FILE", help="The house style of the file (or $TRACKER_BRAND).")
@AS_JSON
def verify(session: Session, what: str, brand: str | None, json_: bool) -> int:
    """Prove that a snapshot is what was frozen, that a file is what is made of it, or that an archive is whole.

    A code at the foot of a printed page (“Data 3e758847f285”) names the paper that it is a page of.

    The exit code is 1 when it is not, or when it cannot be told.
    """
    from tracker.cli.shell.mending import in_shell
    from tracker.services.board.snapshots import resolve_snapshot
    from tracker.services.board.verifying import verify_code, verify_file, verify_snapshot
    from tracker.services.papers.files import find_house

    path = Path(what)
    verdict = None
    if path.is_file() and path.suffix.lower() == ".zip":
        verdict = _archive(session, path, brand)
    if verdict is None:
        with session.store(read_only=True) as store:
            if path.is_file():
                verdict = verify_file(store, path, find_house(session.chosen().path, brand))
            else:
                _no_file(path)
                verdict = verify_code(store, what) or verify_snapshot(store, resolve_snapshot(store, what))
    if json_:
        as_json({"holds": verdict.holds, "sentences": [in_shell(sentence) for sentence in verdict.sentences]})
    else:
        first, *others = map(in_shell, verdict.sentences)
        data(f"{MARKS[verdict.holds]}: {first}")
        for sentence in others:
            data(f"  {sentence}")
    return int(not verdict.holds)


def _archive(session: Session, path: Path, brand: str | None) -> "Verdict | None":
    """Return the verdict on an archive, with a programme file or without any; None for another zip file."""
    from tracker.services.board.archive_verifying import verify_archive
    from tracker.services.papers.files import find_house

    house = find_house(session.chosen().path, brand)
    with session.store(read_only=True) if session.chosen().path.is_file() else nullcontext() as store:
        return verify_archive(store, path, house)


def _no_file(path: Path) -> None:
    """Raise TrackerError when what is named looks like a file that is not there."""

    if path.suffix or path.parent != Path():
        raise TrackerError(f"There is no file {path}. Name a file, a snapshot (SN-001) or a board (B-02).")


@command("tracker board diff SN-001 SN-002")
@click.argument("old", metavar="SNAPSHOT", type=Reference("snapshot"))
@click.argument("new", metavar="SNAPSHOT", type=Reference("snapshot"))
@click.option("--paper", type=Words(("pack", "summary")), metavar="WORD", default="pack", help="pack or summary.")
@AS_JSON
def diff(session: Session, old: str, new: str, paper: str, json_: bool) -> None:
    """Say what changed from the papers of one snapshot to those of another, section by section."""
    from tracker.cli.board.data import compared_data
    from tracker.cli.shell.drawing import print_page
    from tracker.services.board.comparing import compare
    from tracker.services.board.snapshots import PAPERS, resolve_snapshot
    from tracker.services.pages.meeting import compared_page

    with session.store(read_only=True) as store:
        compared = compare(
            store, resolve_snapshot(store, old), resolve_snapshot(store, new), read_word("Paper", paper, PAPERS)
        )
    if json_:
        as_json(compared_data(compared))
    else:
        print_page(compared_page(compared))
