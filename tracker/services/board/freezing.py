"""Freezing a board's papers: the complete data of both papers, kept under its hash, in one command of the journal."""

from dataclasses import replace
from datetime import UTC, date
from typing import Any, NamedTuple

from tracker.entities import ENTITIES, entity
from tracker.errors import TrackerError
from tracker.fields import humanise
from tracker.reports.model import SCHEMA, Header, Report
from tracker.rules.boards.cycle import OPEN_TO_FREEZE
from tracker.rules.boards.preflight import Preflight
from tracker.rules.when import show_date
from tracker.rules.wording import counted, listed
from tracker.services.board.checking import checked
from tracker.services.board.cycle import last_shown, meeting, position_day
from tracker.services.board.snapshots import LAYOUT, app_version, keep, of_meeting
from tracker.services.evidence import position
from tracker.services.papers import building as reporting
from tracker.services.records.writing import LEAST_REASON
from tracker.services.settings import read_settings
from tracker.storage.identity import uuid7
from tracker.storage.queries import Query, count
from tracker.storage.rows import insert_row, update_row
from tracker.storage.store import Acting, Store, Tx

TRIES = 3
LONGEST_WARNINGS, LONGEST_REASON = 4000, 300


class Frozen(NamedTuple):
    """What freezing made: the snapshot, its hash and size in bytes, which version of the papers it is, and its day."""

    uid: str
    ref: str
    board: str
    sha256: str
    size: int
    version: int
    as_of: date
    tx: int
    supersedes: str = ""


class _Draft(NamedTuple):
    """The papers and what stands beside them, before they have a ref."""

    board: Any
    day: date
    papers: dict[str, Report]
    settings: dict[str, Any]
    counts: dict[str, int]
    accepted: list[dict[str, str]]
    earlier: list[Any]


class _Meanwhile(Exception):
    """Somebody saved something while the papers were made."""


def freeze(store: Store, uid: str, by: Acting, *, reason: str | None = None) -> Frozen:
    """Freeze the papers of a meeting as they stand, and return the snapshot; later edits belong to the next period.

    A second time makes a snapshot that supersedes the first, and needs a reason. Raises TrackerError that names the
    warnings which are neither mended nor accepted, or says why nothing can be frozen any more.
    """
    for _ in range(TRIES):
        seen = store.data_version()
        draft = _drafted(store, uid, by, reason)
        try:
            with store.command(by, "board.freeze", reason=reason) as tx:
                if store.data_version() != seen:
                    raise _Meanwhile
                return _kept(store, draft, by, tx, reason)
        except _Meanwhile:
            continue
    raise TrackerError("Others were saving while the papers were made. Nothing was frozen: try again.")


def _drafted(store: Store, uid: str, by: Acting, reason: str | None) -> _Draft:
    board = meeting(store, uid)
    if board.status not in OPEN_TO_FREEZE:
        told = f"{board.ref} is {humanise(board.status).lower()}: what it was shown stays as it is."
        raise TrackerError(f"{told} “tracker correction add” says what was wrong in it.")
    earlier = of_meeting(store, uid)
    if earlier and len((reason or "").strip()) < LEAST_REASON:
        told = f"{earlier[-1].ref} is frozen for {board.ref} already."
        raise TrackerError(f"{told} Say why it is frozen again (--reason “…”, at least {LEAST_REASON} characters).")
    found = checked(store, uid, by.today)
    if not found.clear:
        raise TrackerError(_open_words(board.ref, found))
    day = position_day(board, by.today)
    papers = reporting.papers(store, day=day, since=last_shown(store, board, day), board=uid)
    with position(store, day) as then:
        settings = read_settings(then)
        counts = {kind: number for kind in ENTITIES if (number := count(then, Query(kind)))}
    accepted = [
        {"id": one.id, "sentence": one.sentence, "because": why.because, "record": why.by}
        for one, why in found.accepted
    ]
    own = {"values": dict(settings.values), "own": sorted(settings.own)}
    return _Draft(board, day, {"summary": papers.summary, "pack": papers.pack}, own, counts, accepted, earlier)


def _open_words(ref: str, found: Preflight) -> str:
    ids = listed((one.id for one in found.open), 5)
    verb = "is" if len(found.open) == 1 else "are"
    return (
        f"{counted(len(found.open), 'warning')} {verb} neither mended nor accepted: {ids}. "
        f"“tracker board check {ref}” lists them; “tracker board accept {ref} ID --because …” accepts one."
    )


def _kept(store: Store, draft: _Draft, by: Acting, tx: Tx, reason: str | None) -> Frozen:
    """Write data, snapshot and meeting inside the command."""
    version = len(draft.earlier) + 1
    last = draft.earlier[-1] if draft.earlier else None
    uid, ref = uuid7(tx.at_ms), entity("snapshot").new_ref(store.next_numbers(["snapshot"])["snapshot"], tx.site)
    at = by.now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    app = app_version()
    said = f"Version {version}" + (f", instead of {last.ref}" if last is not None else "")
    papers = {name: _stamped(paper, draft.board, ref, at, said, app) for name, paper in draft.papers.items()}
    data = {
        "layout": LAYOUT,
        "schema": SCHEMA,
        "app_version": app,
        "snapshot": ref,
        "board": {"ref": draft.board.ref, "title": draft.board.title, "meets_on": draft.board.meets_on.isoformat()},
        "as_of": draft.day.isoformat(),
        "frozen_at": at,
        "settings": draft.settings,
        "records": draft.counts,
        "warnings_accepted": draft.accepted,
        "documents": {name: paper.to_dict() for name, paper in papers.items()},
    }
    mark, size = keep(store, data)
    row = {
        "board": draft.board.uid,
        "as_of": draft.day.isoformat(),
        "frozen_at": at,
        "audience": "board",
        "sha256": mark,
        "layout": LAYOUT,
        "app_version": app,
        "supersedes": last.uid if last is not None else None,
        "reason": (reason or "").strip()[:LONGEST_REASON] or None,
        "warnings": _warnings(draft.accepted) or None,
    }
    insert_row(store, "snapshot", {"uid": uid, "ref": ref, **{k: v for k, v in row.items() if v is not None}})
    update_row(store, "board", draft.board.uid, {"status": "frozen", "snapshot": uid})
    supersedes = last.ref if last is not None else ""
    return Frozen(uid, ref, draft.board.ref, mark, size, version, draft.day, tx.id, supersedes)


def _stamped(paper: Report, board: Any, ref: str, at: str, version: str, app: str) -> Report:
    header: Header = replace(
        paper.header,
        meeting=paper.header.meeting or f"{show_date(board.meets_on)}, {board.title}",
        frozen=at,
        pack=ref,
        version=version,
        generator=f"Transformation Tracker {app}",
    )
    return replace(paper, header=header)


def _warnings(accepted: list[dict[str, str]]) -> str:
    """Return the accepted warnings a line each; those that find no room are counted."""
    lines: list[str] = []
    room = LONGEST_WARNINGS - 30
    for number, one in enumerate(accepted):
        line = f"{one['id']}: {one['because']}"
        if len(line) + 1 > room:
            return "\n".join([*lines, f"and {len(accepted) - number} more"])
        lines.append(line)
        room -= len(line) + 1
    return "\n".join(lines)
