"""Freezing a board's papers: the complete data of both papers, kept under its hash, in one command of the journal."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from tracker.entities import ENTITIES, BoardMeeting, Snapshot
from tracker.errors import Note, TrackerError
from tracker.fields import humanise
from tracker.reports.files.canonical import digest as paper_digest
from tracker.reports.model import Header, Report
from tracker.reports.render.heading import DIGEST_SHOWN
from tracker.rules.boards.cycle import OPEN_TO_FREEZE
from tracker.rules.boards.preflight import Preflight
from tracker.rules.wording import counted, listed, show_date
from tracker.services.board.checking import checked
from tracker.services.board.cycle import last_shown, meeting, position_day
from tracker.services.board.snapshots import (
    MEMBERS,
    Part,
    app_version,
    frozen_at,
    keep,
    keep_part,
    snapshots_of_meeting,
)
from tracker.services.evidence import position
from tracker.services.guards.boards import NOT_BY_HAND
from tracker.services.papers import building as reporting
from tracker.services.reading import require_begun
from tracker.services.records.checking import LEAST_REASON
from tracker.services.records.writing import Edit, Identity, editing
from tracker.services.settings import read_settings
from tracker.storage import Acting, Query, Store, count

TRIES = 3
LONGEST_WARNINGS = 4000
LONGEST_REASON = 300


class Frozen(NamedTuple):
    """What freezing made: the snapshot, its hash and size in bytes, which version of the papers it is, and its day.

    ``members_sha256`` is the hash of what members alone are shown (empty: nothing is restricted). ``codes`` are those
    that stand behind “Data” at the foot of the pages of each paper.
    """

    uid: str
    ref: str
    board: str
    sha256: str
    size: int
    version: int
    as_of: date
    tx: int
    supersedes: str = ""
    members_sha256: str = ""
    notes: tuple[Note, ...] = ()
    codes: Mapping[str, str] = {}


class _Draft(NamedTuple):
    """The papers and what stands beside them, before they have a ref."""

    board: BoardMeeting
    day: date
    papers: dict[str, Report]
    settings: Mapping[str, object]
    counts: dict[str, int]
    accepted: list[dict[str, str]]
    earlier: list[Snapshot]
    members: dict[str, Report]


class _Meanwhile(Exception):
    """Somebody saved something while the papers were made."""


def freeze(store: Store, uid: str, by: Acting, *, reason: str | None = None) -> Frozen:
    """Freeze the papers of a meeting as they stand, and return the snapshot; later edits belong to the next period.

    A second time makes a snapshot that supersedes the first, and needs a reason. Raises TrackerError that names the
    warnings which are neither mended nor accepted, or says why nothing can be frozen any more.
    """
    for _ in range(TRIES):
        version = store.data_version()
        draft = _drafted(store, uid, by, reason)
        try:
            with editing(store, by, "board.freeze", reason=reason) as edit:
                if store.data_version() != version:
                    raise _Meanwhile
                return _kept(edit, draft)
        except _Meanwhile:
            continue
    raise TrackerError("Others were saving while the papers were made. Nothing was frozen: try again.")


def _drafted(store: Store, uid: str, by: Acting, reason: str | None) -> _Draft:
    board = meeting(store, uid)
    if board.status not in OPEN_TO_FREEZE:
        raise TrackerError(
            f"{board.ref} is {humanise(board.status).lower()}: what it was shown stays as it is.", "board.too_late"
        )
    earlier = snapshots_of_meeting(store, uid)
    if earlier and len((reason or "").strip()) < LEAST_REASON:
        frozen = f"{earlier[-1].ref} is frozen for {board.ref} already."
        raise TrackerError(
            f"{frozen} Say why it is frozen again, in {LEAST_REASON} characters or more.",
            "reason.again",
            frozen=frozen,
            least=LEAST_REASON,
        )
    day = position_day(board, by.today)
    require_begun(store, day)
    preflight = checked(store, uid, by.today, anew=True)
    if not preflight.clear:
        raise _open_error(board.ref, preflight)
    since = last_shown(store, board, day)
    papers = reporting.papers(store, day=day, since=since, board=uid)
    for_members = reporting.members_papers(store, day=day, since=since, board=uid)
    with position(store, day) as past:
        settings = read_settings(past)
        counts = {kind: number for kind in ENTITIES if (number := count(past, Query(kind)))}
    accepted = [
        {"id": warned.id, "sentence": warned.sentence, "because": acceptance.because, "record": acceptance.by}
        for warned, acceptance in preflight.accepted
    ]
    members = {}
    if for_members is not None:
        members = dict(zip(MEMBERS, for_members, strict=True))
    own_settings = {"values": dict(settings.values), "own": sorted(settings.own)}
    drafts = {"summary": papers.summary, "pack": papers.pack}
    return _Draft(board, day, drafts, own_settings, counts, accepted, earlier, members)


def _open_error(ref: str, preflight: Preflight) -> TrackerError:
    ids = listed((warned.id for warned in preflight.open), 5)
    verb = "is" if len(preflight.open) == 1 else "are"
    return TrackerError(
        f"{counted(len(preflight.open), 'warning')} {verb} neither mended nor accepted: {ids}.",
        "board.warnings",
        board=ref,
    )


def _kept(edit: Edit, draft: _Draft) -> Frozen:
    """Write data, snapshot and meeting."""
    board = draft.board
    identity = edit.identity(Snapshot)
    number = len(draft.earlier) + 1
    version = f"Version {number}"
    superseded = None
    if draft.earlier:
        superseded = draft.earlier[-1]
        version += f", instead of {superseded.ref}"
    papers = {name: _stamped(paper, board, identity.ref, version, edit.by) for name, paper in draft.papers.items()}
    data: dict[str, object] = {
        "settings": draft.settings,
        "records": draft.counts,
        "warnings_accepted": draft.accepted,
        "documents": {name: paper.to_dict() for name, paper in papers.items()},
    }
    members_hash = ""
    if draft.members:
        part = _members(edit, identity, draft, version)
        data["members"] = part
        members_hash = part["sha256"]
    digest, size = keep(
        edit,
        identity,
        board,
        draft.day,
        data,
        supersedes=superseded.uid if superseded else None,
        reason=(edit.reason or "").strip()[:LONGEST_REASON] or None,
        warnings=_warnings(draft.accepted) or None,
    )
    change = {"status": "frozen", "snapshot": identity.uid}
    edit.change(BoardMeeting, board.uid, change, waived=(NOT_BY_HAND,))
    codes = {name: paper_digest(paper)[:DIGEST_SHOWN] for name, paper in papers.items()}
    frozen = Frozen(*identity, board.ref, digest, size, number, draft.day, edit.tx.id, notes=edit.tx.notes, codes=codes)
    frozen = frozen._replace(members_sha256=members_hash)
    return frozen._replace(supersedes=superseded.ref) if superseded else frozen


def _members(edit: Edit, identity: Identity, draft: _Draft, version: str) -> Part:
    """Store the papers of the members under their own hash, which the open data holds."""
    ref = f"{identity.ref}, members only"
    papers = {name: _stamped(paper, draft.board, ref, version, edit.by) for name, paper in draft.members.items()}
    documents = {name: paper.to_dict() for name, paper in papers.items()}
    return keep_part(edit, identity, draft.board, draft.day, {"audience": "members", "documents": documents})


def _stamped(paper: Report, board: BoardMeeting, ref: str, version: str, by: Acting) -> Report:
    header: Header = replace(
        paper.header,
        meeting=paper.header.meeting or f"{show_date(board.meets_on)}, {board.title}",
        frozen=frozen_at(by),
        pack=ref,
        version=version,
        generator=f"Transformation Tracker {app_version()}",
    )
    return replace(paper, header=header)


def _warnings(accepted: list[dict[str, str]]) -> str:
    """Return the accepted warnings a line each; those that find no room are counted."""
    lines: list[str] = []
    room = LONGEST_WARNINGS - 30
    for number, warned in enumerate(accepted):
        line = f"{warned['id']}: {warned['because']}"
        if len(line) + 1 > room:
            return "\n".join([*lines, f"and {len(accepted) - number} more"])
        lines.append(line)
        room -= len(line) + 1
    return "\n".join(lines)
