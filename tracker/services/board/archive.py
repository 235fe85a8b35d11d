"""The archive of a meeting: what the board was shown, what it decided and what was published, with what proves it."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from itertools import pairwise
from typing import Any, NamedTuple

from tracker.errors import TrackerError
from tracker.reports.branding.brand import NO_HOUSE, House
from tracker.reports.files.archive import Piece, make_zip
from tracker.reports.files.archive_readme import readme
from tracker.reports.files.canonical import canonical
from tracker.reports.files.manifest import paper_entry
from tracker.reports.files.write import slug
from tracker.reports.formats import FORMATS
from tracker.reports.model import Report
from tracker.reports.render.heading import shown_time
from tracker.rules.boards.cycle import CLOSED, OPEN_TO_FREEZE
from tracker.rules.when import show_date
from tracker.rules.wording import counted
from tracker.services.board.cycle import meeting, of_board
from tracker.services.board.minutes import minutes
from tracker.services.board.publishing import kept
from tracker.services.board.snapshots import PUBLIC, Content, content, of_meeting, paper, papers_of, stem
from tracker.services.papers.files import Step, make_files, versions
from tracker.storage.rows import link
from tracker.storage.store import Store

USUAL = ("pdf", "html", "odt")  # to be read for good, on any screen, and to be worked on
MINUTES = "minutes"
SENTENCES = {
    "pack": "The full pack as the board was shown it",
    "summary": "The one-page summary as the board was shown it",
    MINUTES: "The minutes as approved, with their corrections",
    PUBLIC: "The public version of what the board was shown",
}
FOLDERS = {MINUTES: MINUTES, PUBLIC: PUBLIC}  # of other papers: papers


class Paper(NamedTuple):
    """A paper of an archive: what its files' names begin with, what it says, and the file with its data."""

    stem: str
    report: Report
    data: str


class Archivable(NamedTuple):
    """Everything that goes into the archive of a meeting; ``told`` is what its manifest says first."""

    name: str
    papers: Mapping[str, Paper]
    data: Mapping[str, Piece]
    told: Mapping[str, Any]
    facts: tuple[tuple[str, str], ...]


class Archived(NamedTuple):
    """A finished archive: its name, its bytes with their SHA-256, how many files, and what its maker should know."""

    name: str
    data: bytes
    sha256: str
    files: int
    notes: tuple[str, ...]


def _final(board: Any) -> None:
    """Raise TrackerError unless a meeting was shown frozen papers and its minutes are approved."""
    if not board.snapshot:
        early = board.status in OPEN_TO_FREEZE
        told = f"“tracker board {'freeze' if early else 'minutes'} {board.ref}{'' if early else ' -o FILE'}”"
        does = "does that before it meets" if early else "writes its minutes alone"
        raise TrackerError(f"Nothing was frozen for {board.ref}, so an archive would prove nothing. {told} {does}.")
    if board.status not in CLOSED:
        raise TrackerError(
            f"The minutes of {board.ref} are not approved yet, and an archive holds only what is final. “tracker board "
            f"next” says what comes first; “tracker board pack {board.ref}” makes the papers meanwhile."
        )


def archivable(store: Store, uid: str) -> Archivable:
    """Return what goes into the archive of a meeting.

    Raises TrackerError when its minutes are not approved, or nothing was frozen for it: an archive is of what is final.
    """
    board = meeting(store, uid)
    _final(board)
    shown, public, written = content(store, board.snapshot), kept(store, uid), minutes(store, uid)
    ref = slug(shown.snapshot.ref)
    data = {f"data/{ref}.json": Piece(canonical(shown.data), f"What was frozen as {shown.snapshot.ref}")}
    papers = {name: Paper(stem(store, shown, name), paper(shown, name), *data) for name in reversed(papers_of(shown))}
    of_minutes = f"data/{MINUTES}.json"
    data[of_minutes] = Piece(canonical(written.to_dict()), "The minutes as data")
    papers[MINUTES] = Paper(slug(f"{board.ref} {MINUTES} {board.meets_on.isoformat()}"), written, of_minutes)
    if public is not None:
        file = f"data/{slug(public.snapshot.ref)}.json"
        data[file] = Piece(
            canonical(public.data), f"What was published, kept as {public.snapshot.ref}; not itself public"
        )
        papers[PUBLIC] = Paper(stem(store, public, PUBLIC), paper(public, PUBLIC), file)
    told = _manifest(store, board, shown, public)
    name = stem(store, shown, "archive")
    return Archivable(f"{name}.zip", papers, data, told, _facts(store, board, shown, public))


def _manifest(store: Store, board: Any, shown: Content, public: Content | None) -> dict[str, Any]:
    earlier = of_meeting(store, board.uid)
    superseded = [{**_named(old), "superseded_by": new.ref, "reason": new.reason} for old, new in pairwise(earlier)]
    return {
        "board": {"ref": board.ref, "title": board.title, "meets_on": board.meets_on.isoformat()},
        "snapshot": {**_named(shown.snapshot), "file": f"data/{slug(shown.snapshot.ref)}.json"},
        "superseded": superseded,
        "minutes": {
            "approved_on": board.approved_on.isoformat(),
            "corrections": len(of_board(store, "correction", board.uid)),
            "file": f"data/{MINUTES}.json",
        },
        "published_on": board.published_on.isoformat() if board.published_on else None,
        "public": {**_named(public.snapshot), "file": f"data/{slug(public.snapshot.ref)}.json"} if public else None,
    }


def _named(snapshot: Any) -> dict[str, Any]:
    return {
        "ref": snapshot.ref,
        "uid": snapshot.uid,
        "as_of": snapshot.as_of.isoformat(),
        "frozen_at": snapshot.frozen_at,
        "sha256": snapshot.sha256,
    }


def _facts(store: Store, board: Any, shown: Content, public: Content | None) -> tuple[tuple[str, str], ...]:
    header = paper(shown, "pack").header
    by = link(store, "person", board.approved_by) if board.approved_by else None
    corrections = len(of_board(store, "correction", board.uid))
    more = f"; {counted(corrections, 'correction')} since" if corrections else ""
    frozen = shown_time(shown.snapshot.frozen_at)
    out = "not published when this archive was made"
    if board.published_on:
        out = f"on {show_date(board.published_on)}, " + (
            f"kept as {public.snapshot.ref}" if public else "no paper kept"
        )
    return (
        ("Programme", header.programme),
        ("Meeting", f"{board.ref} {board.title}, {show_date(board.meets_on)}"),
        ("Shown", f"the position of {show_date(shown.snapshot.as_of)}, frozen {frozen} as {shown.snapshot.ref}"),
        ("Minutes", f"approved on {show_date(board.approved_on)}{f' by {by.name}' if by else ''}{more}"),
        ("Published", out),
        *((("Label", header.classification),) if header.classification else ()),
    )


def make_archive(
    parts: Archivable, kinds: Sequence[str] = USUAL, house: House = NO_HOUSE, step: Step | None = None
) -> Archived:
    """Return the archive with every paper in some formats; the same parts give the same bytes.

    ``step`` is told as by ``make_files``. Raises TrackerError when a format cannot be made here: an archive is whole.
    """
    pieces, entries = dict(parts.data), {}
    notes: list[str] = []
    for number, (name, one) in enumerate(parts.papers.items()):

        def begun(done: int, _: int, title: str, number: int = number, name: str = name) -> None:
            if step is not None:
                step(number * len(kinds) + done, len(parts.papers) * len(kinds), f"{name}, {title}")

        made = make_files(one.report, kinds, f"{FOLDERS.get(name, 'papers')}/{one.stem}", house, step=begun)
        if made.failed:
            why = "\n".join(made.failed.values())
            raise TrackerError(f"{why}\nAn archive is written whole or not at all: choose formats with --format.")
        for file, paper_made in made.files.items():
            pieces[file] = Piece(paper_made.data, f"{SENTENCES[name]}: {FORMATS[paper_made.format].title}")
        entry = paper_entry(house.applied(one.report), made.files, {}, house.brand, versions(made))
        entries[name] = {**entry, "data": one.data}
        notes += made.notes
    told = {**parts.told, "house_style": house != NO_HOUSE, "papers": entries}
    said = {file: piece.what for file, piece in sorted(pieces.items())}
    data = make_zip(told, pieces, readme(parts.name, parts.facts, told, said))
    return Archived(parts.name, data, sha256(data).hexdigest(), len(pieces) + 3, tuple(dict.fromkeys(notes)))
