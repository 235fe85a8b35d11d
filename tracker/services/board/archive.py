"""The archive of a meeting: what the board was shown, what it decided and what was published, with what proves it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import NamedTuple

from tracker.entities import BoardCorrection, BoardMeeting
from tracker.errors import TrackerError
from tracker.reports.branding.brand import NO_BRANDING, Branding
from tracker.reports.files.archive import ArchivedPaper, Contents, Piece, make_zip
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
from tracker.services.board.editions import FOR_MEMBERS, Edition, editions, entries, members_file
from tracker.services.board.minutes import as_approved, both_minutes
from tracker.services.board.publishing import is_withdrawn
from tracker.services.board.snapshots import PUBLIC, Content, paper, papers_of, stem, withdrawals
from tracker.services.papers.files import Step, make_files, versions
from tracker.storage import Store, link

USUAL = ("pdf", "html", "odt")  # to be read for good, on any screen, and to be worked on
MINUTES = "minutes"
AS_APPROVED = "minutes as approved"
PAPER_NAMES = {
    "pack": "The full pack",
    "summary": "The one-page summary",
    "members-pack": "The full pack for members alone, with what was restricted,",
    "members-summary": "The one-page summary for members alone, with what was restricted,",
    PUBLIC: "The public version",
}


class Paper(NamedTuple):
    """A paper of an archive: its name, where its files stand without their suffix, and what it is.

    ``data`` is the file that holds what it is made from.
    """

    name: str
    place: str
    report: Report
    data: str
    role: str


class Archivable(NamedTuple):
    """Everything that goes into the archive of a meeting; ``manifest`` is what its manifest says first.

    ``cautions`` are what its maker should know before it is sent anywhere.
    """

    name: str
    papers: Sequence[Paper]
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
    board_editions = editions(store, board)
    frozen = board_editions[0].content
    data: dict[str, Piece] = {}
    papers: list[Paper] = []
    for edition in board_editions:
        folder = edition.folder
        data[edition.file] = Piece(canonical(edition.content.data), _data_words(edition))
        papers += _papers(store, edition.content, edition, folder, edition.file)
        if edition.members is not None:
            file = members_file(edition)
            words = f"What was frozen as {edition.content.snapshot.ref} for members alone"
            data[file] = Piece(canonical(edition.members.data), words)
            papers += _papers(store, edition.members, edition, FOR_MEMBERS, file)
    for of_minutes in minutes_of(store, board):
        data[of_minutes.data] = Piece(canonical(of_minutes.report.to_dict()), f"{of_minutes.role}, as data")
        papers.append(of_minutes)
    manifest = _manifest(store, board, board_editions)
    name = stem(store, frozen, "archive")
    return Archivable(
        f"{name}.zip", papers, data, manifest, _facts(store, board, board_editions), tuple(_cautions(board_editions))
    )


def minutes_of(store: Store, board: BoardMeeting) -> Iterator[Paper]:
    """Yield the minutes of a meeting, and those for members alone where something in them is restricted."""
    file = slug(f"{board.ref} {MINUTES} {board.meets_on.isoformat()}")
    role = "The minutes as approved, with their corrections"
    everybody, members = both_minutes(store, board)
    yield Paper(MINUTES, f"{MINUTES}/{file}", everybody, f"data/{MINUTES}.json", role)
    first = as_approved(store, board)
    if first != everybody:
        file = slug(f"{board.ref} {AS_APPROVED} {board.meets_on.isoformat()}")
        of_first = f"{FOR_MEMBERS}/data/{slug(AS_APPROVED)}.json"
        restricted = "The minutes as approved, with what was restricted since, for members alone"
        yield Paper(AS_APPROVED, f"{FOR_MEMBERS}/{file}", first, of_first, restricted)
    if members is not None:
        file = slug(f"{board.ref} {FOR_MEMBERS} {MINUTES} {board.meets_on.isoformat()}")
        of_members = f"{FOR_MEMBERS}/data/{MINUTES}.json"
        role += ", for members alone, with what was restricted"
        yield Paper(f"{FOR_MEMBERS}-{MINUTES}", f"{FOR_MEMBERS}/{file}", members, of_members, role)


def _papers(store: Store, frozen: Content, edition: Edition, folder: str, file: str) -> Iterator[Paper]:
    """Yield the papers of an edition, or of its part for members alone, the pack first."""
    for name in reversed(papers_of(frozen)):
        role = f"{PAPER_NAMES[name]} {edition.role}"
        if edition.since.refs:
            role += ", with what was restricted since"
        yield Paper(name, f"{folder}/{stem(store, frozen, name)}", paper(frozen, name), file, role)


def _data_words(edition: Edition) -> str:
    ref = edition.content.snapshot.ref
    if edition.public:
        return f"What was published, kept as {ref}; not itself public"
    return f"What was frozen as {ref}"


def _cautions(board_editions: Sequence[Edition]) -> Iterator[str]:
    """Yield of which editions nothing is left that everybody may read, since something was restricted."""
    for edition in board_editions:
        if edition.since.refs and not edition.blacked_later:
            ref = edition.content.snapshot.ref
            restricted = f"{ref} tells of {listed(edition.since.refs, 6)}, restricted since"
            yield f"{restricted}: it lies in {FOR_MEMBERS}/ alone. Issue it again first, for one that others may read."


def _manifest(store: Store, board: BoardMeeting, board_editions: list[Edition]) -> Contents:
    listed_editions = entries(board_editions)
    public = next((entry for entry in reversed(listed_editions) if entry["audience"] == PUBLIC), None)
    return {
        "board": {"ref": board.ref, "title": board.title, "meets_on": board.meets_on.isoformat()},
        "snapshot": listed_editions[0],
        "editions": listed_editions,
        "minutes": {
            "approved_on": _iso(board.approved_on),
            "corrections": len(records_of_board(store, BoardCorrection, board.uid)),
            "file": f"data/{MINUTES}.json",
        },
        "published_on": _iso(board.published_on),
        "public": public,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _facts(store: Store, board: BoardMeeting, board_editions: Sequence[Edition]) -> tuple[tuple[str, str], ...]:
    frozen = board_editions[0].content
    header = paper(frozen, "pack").header
    public = [edition.content for edition in board_editions if edition.public and not is_withdrawn(edition.content)]
    again = [
        f"as {edition.content.snapshot.ref}, {time_text(edition.content.snapshot.frozen_at)}, with passages blacked out"
        for edition in board_editions
        if "reissue_of" in edition.content.data
    ]
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
        paper_kept = f"kept as {public[-1].snapshot.ref}" if public else "no paper kept"
        published = f"on {show_date(board.published_on)}, {paper_kept}"
    editions_out = [edition.snapshot.ref for edition in public]
    withdrawn = [notice.sentence for notice in withdrawals(store) if notice.edition in editions_out]
    frozen_time = time_text(frozen.snapshot.frozen_at)
    return (
        ("Programme", header.programme),
        ("Meeting", f"{board.ref} {board.title}, {show_date(board.meets_on)}"),
        ("Shown", f"the position of {show_date(frozen.snapshot.as_of)}, frozen {frozen_time} as {frozen.snapshot.ref}"),
        *(("Again", words) for words in again),
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
    entries_by_name: dict[str, ArchivedPaper] = {}
    notes: list[str] = [*parts.cautions]
    for number, archived in enumerate(parts.papers):
        name = archived.name

        def report_step(finished: int, _: int, title: str, number: int = number, name: str = name) -> None:
            if step is not None:
                step(number * len(kinds) + finished, len(parts.papers) * len(kinds), f"{name}, {title}")

        export = make_files(archived.report, kinds, archived.place, house, step=report_step)
        if export.failed:
            raise TrackerError(
                "\n".join([*export.failed.values(), "An archive is written whole or not at all."]), "archive.formats"
            )
        for file_name, file in export.files.items():
            pieces[file_name] = Piece(file.data, f"{archived.role}: {FORMATS[file.format].title}")
        entry = paper_entry(house.applied(archived.report), export.files, {}, house.brand, versions(export))
        if name in entries_by_name:  # of another edition
            name = archived.place.rpartition("/")[2]
        entries_by_name[name] = {**entry, "data": archived.data, "document": archived.name}
        notes += export.notes
    manifest: Contents = {**parts.manifest, "house_style": house != NO_BRANDING, "papers": entries_by_name}
    contents = {file: piece.what for file, piece in sorted(pieces.items())}
    data = make_zip(manifest, pieces, readme(parts.name, parts.facts, manifest, contents))
    return Archived(parts.name, data, sha256(data).hexdigest(), len(pieces) + 3, tuple(dict.fromkeys(notes)))
