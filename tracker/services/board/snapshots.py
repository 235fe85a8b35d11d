"""What boards were shown, read back from the file: the frozen data, its papers, and the record that names its hash."""

import json
import zlib
from hashlib import sha256
from typing import Any, NamedTuple

from tracker.errors import TrackerError
from tracker.reports.files.canonical import NotAPaper, canonical, read_report
from tracker.reports.files.write import slug
from tracker.reports.model import Report
from tracker.services.records.finding import kind_of, resolve
from tracker.storage.queries import Condition, Query, record, records
from tracker.storage.snapshots import get, put
from tracker.storage.store import Store

LAYOUT = 1
PAPERS = ("summary", "pack")
PUBLIC = "public"


class Content(NamedTuple):
    """A snapshot's record, its data, and the SHA-256 of the bytes that are stored for it."""

    snapshot: Any
    data: dict[str, Any]
    sha256: str
    size: int


def app_version() -> str:
    """Return the version of this program."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("transformation-tracker")
    except PackageNotFoundError:
        return "unknown"


def keep(store: Store, data: dict[str, Any]) -> tuple[str, int]:
    """Store data as canonical JSON, inside a command; return its SHA-256 and its size in bytes."""
    raw = canonical(data)
    mark = sha256(raw).hexdigest()
    put(store, mark, zlib.compress(raw, 9))
    return mark, len(raw)


def raw_bytes(store: Store, snapshot: Any) -> bytes:
    """Return the bytes that are stored for a snapshot. Raises TrackerError when there are none, or no whole ones."""
    packed = get(store, snapshot.sha256)
    if packed is None:
        raise TrackerError(f"{snapshot.ref}: nothing is stored under its hash {snapshot.sha256[:12]}….")
    try:
        return zlib.decompress(packed)
    except zlib.error as error:
        raise TrackerError(
            f"{snapshot.ref}: what is stored for it is damaged ({error}). Compare with a backup."
        ) from error


def content(store: Store, uid: str) -> Content:
    """Return what is frozen in a snapshot. Raises TrackerError when it is not what was frozen, or cannot be read."""
    snapshot: Any = record(store, "snapshot", uid)
    if snapshot is None:
        raise TrackerError("This snapshot does not exist any more: freezing was undone.")
    raw = raw_bytes(store, snapshot)
    mark = sha256(raw).hexdigest()
    if mark != snapshot.sha256:
        raise TrackerError(f"{snapshot.ref}: what is stored is not what was frozen (its hash is {mark[:12]}…).")
    data = json.loads(raw)
    if data.get("layout") != LAYOUT:
        raise TrackerError(
            f"{snapshot.ref} was frozen in layout {data.get('layout')}; this version of the program reads {LAYOUT}."
        )
    return Content(snapshot, data, mark, len(raw))


def papers_of(found: Content) -> tuple[str, ...]:
    """Return the names of the papers in a snapshot: of what a board was shown both, of what was published one."""
    return tuple(name for name in (*PAPERS, PUBLIC) if name in found.data["documents"])


def paper(found: Content, name: str) -> Report:
    """Return a paper (``summary``, ``pack``, ``public``) as it was frozen. Raises TrackerError when there is none."""
    try:
        return read_report(found.data["documents"][name])
    except KeyError:
        raise TrackerError(f"{found.snapshot.ref} holds no {name}.") from None
    except NotAPaper as error:
        raise TrackerError(f"{found.snapshot.ref}: its {name} cannot be read by this version. {error}") from error


def named(store: Store, text: str) -> str:
    """Return the uid of the snapshot that a text names: SN-01, or the newest one of a meeting such as B-02.

    Raises TrackerError when there is none.
    """
    try:
        kind = kind_of(text)
    except TrackerError:
        kind = "board"
    if kind == "snapshot":
        return resolve(store, "snapshot", text).uid
    board: Any = record(store, "board", resolve(store, "board", text).uid)
    if board.snapshot is None:
        raise TrackerError(f"Nothing is frozen for {board.ref} yet. “tracker board freeze {board.ref}” does.")
    return str(board.snapshot)


def stem(store: Store, found: Content, name: str) -> str:
    """Return how the names of a frozen paper's files begin: ``b-02-pack-2026-11-12``, and ``-v2`` for a second one.

    Those of a public version tell no ref.
    """
    day = found.snapshot.as_of.isoformat()
    if name == PUBLIC:
        return slug(f"{name} {day}")
    number = 1 + [one.uid for one in of_meeting(store, found.snapshot.board)].index(found.snapshot.uid)
    return slug(f"{found.data['board']['ref']} {name} {day}{f' v{number}' if number > 1 else ''}")


def of_meeting(store: Store, board: str, audience: str = "board") -> list[Any]:
    """Return the snapshots of what a meeting was shown, or of what was published (``public``), the oldest first."""
    found: list[Any] = list(records(store, Query("snapshot", (Condition("board", "=", board),))))
    return [one for one in found if one.audience == audience]


def holding(store: Store, texts: list[str]) -> list[str]:
    """Return the refs of the snapshots in whose frozen data one of some texts stands."""
    wanted = [json.dumps(text, ensure_ascii=False)[1:-1].casefold() for text in texts]
    found = []
    for one in records(store, Query("snapshot")):
        snapshot: Any = one
        try:
            said = raw_bytes(store, snapshot).decode().casefold()
        except TrackerError:
            continue
        if any(text in said for text in wanted):
            found.append(snapshot.ref)
    return found
