"""The archive of a meeting: what the board was shown, what it decided and what was published, with what proves it."""

from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256
from itertools import pairwise
from typing import NamedTuple

from tracker.entities import BoardCorrection, BoardMeeting, Snapshot
from tracker.errors import TrackerError
from tracker.reports.branding.brand import NO_BRANDING, Branding
from tracker.reports.files.archive import (
    ArchivedPaper,
    Contents,
    NamedSnapshot,
    Piece,
    SnapshotEntry,
    SupersededEntry,
    make_zip,
)
from tracker.reports.files.archive_readme import readme
from tracker.reports.files.canonical import canonical
from tracker.reports.files.manifest import paper_entry
from tracker.reports.files.write import slug
from tracker.reports.formats import FORMATS
from tracker.reports.model import Report
from tracker.reports.render.heading import time_text
from tracker.rules.boards.cycle import CLOSED, OPEN_TO_FREEZE
from tracker.rules.wording import counted, listed, show_date
from tracker.services.board.cycle import meeting, records_of_board
from tracker.services.board.minutes import minutes
from tracker.services.board.publishing import last_edition
from tracker.services.board.reissuing import restricted_since
from tracker.services.board.snapshots import (
    MEMBERS,
    PUBLIC,
    Content,
    content,
    members_part,
    paper,
    papers_of,
    snapshots_of_meeting,
    stem,
    withdrawals,
)
from tracker.services.papers.files import Step, make_files, versions
from tracker.storage import Store, link

USUAL = ("pdf", "html", "odt")  # to be read for good, on any screen, and to be worked on
MINUTES = "minutes"
SENTENCES = {
    "pack": "The full pack as the board was shown it",
    "summary": "The one-page summary as the board was shown it",
    MINUTES: "The minutes as approved, with their corrections",
    "members-pack": "The full pack as members alone were shown it, with what was restricted",
    "members-summary": "The one-page summary as members alone were shown it, with what was restricted",
    PUBLIC: "The public version of what the board was shown",
}
FOR_MEMBERS = "members"
FOLDERS = {MINUTES: MINUTES, PUBLIC: PUBLIC, **dict.fromkeys(MEMBERS, FOR_MEMBERS)}  # of other papers: papers


class Paper(NamedTuple):
    """A paper of an archive: what its files' names begin with, what it says, and the file with its data."""

    stem: str
    report: Report
    data: str


class Archivable(NamedTuple):
    """Everything that goes into the archive of a meeting; ``manifest`` is what its manifest says first.

    ``cautions`` are what its maker should know before it is sent anywhere.
    """

    name: str
    papers: Mapping[str, Paper]
    data: Mapping[str, Piece]
    manifest: Contents
    facts: tuple[tuple[str, str], ...]
    cautions: tuple[str, ...] = ()


class Archived(NamedTuple):
    """A finished archive: its name, its bytes with their SHA-256, how many files, and what its maker should know."""

    name: str
    data: bytes
    sha256: str
    files: int
    notes: tuple[str, ...]


def _refuse_unfinished(board: BoardMeeting) -> None:
    """Raise TrackerError unless a meeting was shown frozen papers and its minutes are approved."""
    if not board.snapshot:
        code = "archive.not_frozen" if board.status in OPEN_TO_FREEZE else "archive.never_frozen"
        raise TrackerError(
            f"Nothing was frozen for {board.ref}, so an archive would prove nothing.", code, board=board.ref
        )
    if board.status not in CLOSED:
        raise TrackerError(
            f"The minutes of {board.ref} are not approved yet, and an archive holds only what is final.",
            "archive.not_final",
            board=board.ref,
        )


def archivable(store: Store, uid: str) -> Archivable:
    """Return what goes into the archive of a meeting.

    Raises TrackerError when its minutes are not approved, or nothing was frozen for it: an archive is of what is final.
    """
    board = meeting(store, uid)
    _refuse_unfinished(board)
    frozen, public, minutes_paper = (
        content(store, board.snapshot or ""),
        last_edition(store, uid),
        minutes(store, uid),
    )
    ref = slug(frozen.snapshot.ref)
    data = {f"data/{ref}.json": Piece(canonical(frozen.data), f"What was frozen as {frozen.snapshot.ref}")}
    papers = {
        name: Paper(stem(store, frozen, name), paper(frozen, name), f"data/{ref}.json")
        for name in reversed(papers_of(frozen))
    }
    members = members_part(store, frozen)
    if members is not None:
        file = f"data/{ref}-{FOR_MEMBERS}.json"
        data[file] = Piece(canonical(members.data), f"What was frozen as {frozen.snapshot.ref} for members alone")
        papers |= {name: Paper(stem(store, frozen, name), paper(members, name), file) for name in papers_of(members)}
    of_minutes = f"data/{MINUTES}.json"
    data[of_minutes] = Piece(canonical(minutes_paper.to_dict()), "The minutes as data")
    papers[MINUTES] = Paper(slug(f"{board.ref} {MINUTES} {board.meets_on.isoformat()}"), minutes_paper, of_minutes)
    if public is not None:
        file = f"data/{slug(public.snapshot.ref)}.json"
        data[file] = Piece(
            canonical(public.data), f"What was published, kept as {public.snapshot.ref}; not itself public"
        )
        papers[PUBLIC] = Paper(stem(store, public, PUBLIC), paper(public, PUBLIC), file)
    manifest = _manifest(store, board, frozen, public)
    name = stem(store, frozen, "archive")
    refs = restricted_since(store, frozen).refs
    cautions = [f"It holds {frozen.snapshot.ref} as it was frozen, with {listed(refs, 6)}, restricted since."]
    facts = _facts(store, board, frozen, public)
    return Archivable(f"{name}.zip", papers, data, manifest, facts, tuple(cautions) if refs else ())


def _manifest(store: Store, board: BoardMeeting, frozen: Content, public: Content | None) -> Contents:
    earlier = snapshots_of_meeting(store, board.uid)
    superseded: list[SupersededEntry] = [
        {**_named(old), "superseded_by": new.ref, "reason": new.reason} for old, new in pairwise(earlier)
    ]
    file = f"data/{slug(frozen.snapshot.ref)}.json"
    public_entry: SnapshotEntry | None = None
    if public is not None:
        public_entry = {**_named(public.snapshot), "file": f"data/{slug(public.snapshot.ref)}.json"}
    return {
        "board": {"ref": board.ref, "title": board.title, "meets_on": board.meets_on.isoformat()},
        "snapshot": {**_named(frozen.snapshot), "file": file},
        "superseded": superseded,
        "minutes": {
            "approved_on": _iso(board.approved_on),
            "corrections": len(records_of_board(store, BoardCorrection, board.uid)),
            "file": f"data/{MINUTES}.json",
        },
        "published_on": _iso(board.published_on),
        "public": public_entry,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _named(snapshot: Snapshot) -> NamedSnapshot:
    return {
        "ref": snapshot.ref,
        "uid": snapshot.uid,
        "as_of": snapshot.as_of.isoformat(),
        "frozen_at": snapshot.frozen_at,
        "sha256": snapshot.sha256,
    }


def _facts(store: Store, board: BoardMeeting, frozen: Content, public: Content | None) -> tuple[tuple[str, str], ...]:
    header = paper(frozen, "pack").header
    approved = "approved"
    published = "not published when this archive was made"
    if board.approved_on:
        approved += f" on {show_date(board.approved_on)}"
    by = link(store, "person", board.approved_by)
    if by is not None:
        approved += f" by {by.name}"
    corrections = len(records_of_board(store, BoardCorrection, board.uid))
    if corrections:
        approved += f"; {counted(corrections, 'correction')} since"
    if board.published_on:
        paper_kept = f"kept as {public.snapshot.ref}" if public else "no paper kept"
        published = f"on {show_date(board.published_on)}, {paper_kept}"
    withdrawn = [notice.sentence for notice in withdrawals(store) if public and notice.edition == public.snapshot.ref]
    frozen_time = time_text(frozen.snapshot.frozen_at)
    return (
        ("Programme", header.programme),
        ("Meeting", f"{board.ref} {board.title}, {show_date(board.meets_on)}"),
        ("Shown", f"the position of {show_date(frozen.snapshot.as_of)}, frozen {frozen_time} as {frozen.snapshot.ref}"),
        ("Minutes", approved),
        ("Published", published),
        *(("Withdrawn", sentence) for sentence in withdrawn),
        *((("Label", header.classification),) if header.classification else ()),
    )


def make_archive(
    parts: Archivable, kinds: Sequence[str] = USUAL, house: Branding = NO_BRANDING, step: Step | None = None
) -> Archived:
    """Return the archive with every paper in some formats; the same parts give the same bytes.

    ``step`` is told as by ``make_files``. Raises TrackerError when a format cannot be made here: an archive is whole.
    """
    pieces = dict(parts.data)
    entries: dict[str, ArchivedPaper] = {}
    notes: list[str] = [*parts.cautions]
    for number, (name, archived) in enumerate(parts.papers.items()):

        def report_step(finished: int, _: int, title: str, number: int = number, name: str = name) -> None:
            if step is not None:
                step(number * len(kinds) + finished, len(parts.papers) * len(kinds), f"{name}, {title}")

        export = make_files(
            archived.report, kinds, f"{FOLDERS.get(name, 'papers')}/{archived.stem}", house, step=report_step
        )
        if export.failed:
            raise TrackerError(
                "\n".join([*export.failed.values(), "An archive is written whole or not at all."]), "archive.formats"
            )
        for file_name, file in export.files.items():
            pieces[file_name] = Piece(file.data, f"{SENTENCES[name]}: {FORMATS[file.format].title}")
        entry = paper_entry(house.applied(archived.report), export.files, {}, house.brand, versions(export))
        entries[name] = {**entry, "data": archived.data}
        notes += export.notes
    manifest: Contents = {**parts.manifest, "house_style": house != NO_BRANDING, "papers": entries}
    contents = {file: piece.what for file, piece in sorted(pieces.items())}
    data = make_zip(manifest, pieces, readme(parts.name, parts.facts, manifest, contents))
    return Archived(parts.name, data, sha256(data).hexdigest(), len(pieces) + 3, tuple(dict.fromkeys(notes)))
