"""What boards were shown, read back from the file: the frozen data, its papers, and the record that names its hash."""

import json
import zlib
from collections.abc import Iterator, Mapping
from datetime import UTC, date
from hashlib import sha256
from typing import NamedTuple, TypedDict

from tracker.entities import BoardMeeting, Snapshot
from tracker.errors import TrackerError
from tracker.fields import Value
from tracker.reports.files.canonical import NotAPaper, canonical, read_report
from tracker.reports.files.write import slug
from tracker.reports.model import SCHEMA, Report
from tracker.rules.erasing.finding import Finder
from tracker.rules.wording import optional, show_date
from tracker.services.records.checking import gone
from tracker.services.records.finding import kind_of, resolve_ref
from tracker.services.records.writing import Edit, Identity
from tracker.storage import Acting, Store, record, records
from tracker.storage.snapshots import get, put

LAYOUT = 1
PAPERS = ("summary", "pack")
PUBLIC = "public"
MINUTES = "minutes"  # among the documents of a new issue: with passages blacked out, as the papers
MEMBERS = ("members-summary", "members-pack")  # the papers of the members' part


class Suspected(TypedDict):
    """A suspected part of a public text that was let through, and why."""

    part: str
    because: str


class Policy(TypedDict):
    """By which figures of the programme a public version was made, why before its day, and what was let through."""

    suppression_threshold: int
    publish_ratings: str
    publication_delay_days: int
    early: str | None
    accepted: list[Suspected]


class OwnSettings(TypedDict):
    """The settings on the day of a snapshot, and the names of those that the programme set itself."""

    values: dict[str, float | str]
    own: list[str]


class Part(TypedDict):
    """The members' part of a snapshot, which is stored under a hash of its own: that hash, and its size in bytes."""

    sha256: str
    size: int


class Withdrawn(TypedDict):
    """Which public edition was withdrawn: its snapshot, the hash of that, and the day."""

    snapshot: str
    sha256: str
    on: str


class Page(TypedDict):
    """A page of a public version."""

    name: str
    document: dict[str, object]


class Data(TypedDict, total=False):
    """What a snapshot holds; ``of``, ``published_on``, ``policy`` and ``pages`` only that of a public version.

    ``members`` is there where something was restricted, ``reissue_of`` where passages were blacked out since,
    ``withdraws`` where it stands in the place of a public edition that was withdrawn.
    """

    layout: int
    app_version: str
    board: dict[str, str]
    as_of: str
    frozen_at: str
    settings: OwnSettings
    warnings_accepted: list[dict[str, str]]
    records: dict[str, int]
    documents: dict[str, dict[str, object]]
    of: dict[str, str]
    published_on: str
    policy: Policy
    pages: list[Page]
    members: Part
    reissue_of: dict[str, str]
    withdraws: Withdrawn


class Withdrawal(NamedTuple):
    """A public edition that was withdrawn: its ref and that of the notice in its place, what that says, what may be."""

    edition: str
    notice: str
    sentence: str
    accepted: Mapping[str, str]


class Content(NamedTuple):
    """A snapshot's record, its data, and the SHA-256 of the bytes that are stored for it."""

    snapshot: Snapshot
    data: Data
    sha256: str
    size: int


def app_version() -> str:
    """Return the version of this program."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("transformation-tracker")
    except PackageNotFoundError:
        return "unknown"


def keep(
    edit: Edit, identity: Identity, board: BoardMeeting, as_of: date, data: Mapping[str, object], **fields: Value
) -> tuple[str, int]:
    """Store data with what every snapshot tells, and the record of it; return its SHA-256 and its size in bytes.

    ``fields`` are those of the record that differ from snapshot to snapshot.
    """
    part = keep_part(edit, identity, board, as_of, data)
    proof = {"frozen_at": frozen_at(edit.by), "sha256": part["sha256"], "layout": LAYOUT, "app_version": app_version()}
    edit.add(Snapshot, {"board": board.uid, "as_of": as_of, **proof, **fields}, identity=identity)
    return part["sha256"], part["size"]


def keep_part(edit: Edit, identity: Identity, board: BoardMeeting, as_of: date, data: Mapping[str, object]) -> Part:
    """Store data with what every snapshot tells under its hash, and return that; whatever names the hash proves it."""
    raw = canonical(
        {
            "layout": LAYOUT,
            "schema": SCHEMA,
            "app_version": app_version(),
            "snapshot": identity.ref,
            "board": {"ref": board.ref, "title": board.title, "meets_on": board.meets_on.isoformat()},
            "as_of": as_of.isoformat(),
            "frozen_at": frozen_at(edit.by),
            **data,
        }
    )
    digest = sha256(raw).hexdigest()
    put(edit.store, digest, zlib.compress(raw, 9))
    return {"sha256": digest, "size": len(raw)}


def frozen_at(by: Acting) -> str:
    """Return when somebody freezes something, as snapshots tell it."""
    return by.now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def raw_bytes(store: Store, snapshot: Snapshot, hashed: str = "") -> bytes:
    """Return the bytes that are stored for a snapshot, or for a part of it with a hash of its own.

    Raises TrackerError when there are none, or no whole ones.
    """
    digest = hashed or snapshot.sha256
    packed = get(store, digest)
    if packed is None:
        raise TrackerError(f"{snapshot.ref}: nothing is stored under its hash {digest[:12]}….")
    try:
        return zlib.decompress(packed)
    except zlib.error as error:
        raise TrackerError(
            f"{snapshot.ref}: what is stored for it is damaged ({error}). Compare with a backup."
        ) from error


def content(store: Store, uid: str) -> Content:
    """Return what is frozen in a snapshot. Raises TrackerError when it is not what was frozen, or cannot be read."""
    snapshot = record(store, Snapshot, uid)
    if snapshot is None:
        raise TrackerError("This snapshot does not exist any more: freezing was undone.")
    return _content(store, snapshot, snapshot.sha256)


def members_part(store: Store, frozen: Content) -> Content | None:
    """Return what was frozen for members alone; None where nothing was restricted.

    The data of the open part holds its hash, and so proves it. Raises TrackerError like ``content``.
    """
    part = frozen.data.get("members")
    return _content(store, frozen.snapshot, part["sha256"]) if part else None


def _content(store: Store, snapshot: Snapshot, hashed: str) -> Content:
    raw = raw_bytes(store, snapshot, hashed)
    digest = sha256(raw).hexdigest()
    if digest != hashed:
        raise TrackerError(f"{snapshot.ref}: what is stored is not what was frozen (its hash is {digest[:12]}…).")
    data: Data = json.loads(raw)
    if data.get("layout") != LAYOUT:
        frozen = f"{snapshot.ref} was frozen in layout {data.get('layout')}"
        raise TrackerError(f"{frozen}; this version of the program reads {LAYOUT}.")
    return Content(snapshot, data, digest, len(raw))


def papers_of(content: Content) -> tuple[str, ...]:
    """Return the names of the papers in a snapshot: of what a board was shown both, of what was published one."""
    return tuple(name for name in (*PAPERS, *MEMBERS, PUBLIC) if name in content.data["documents"])


def paper(content: Content, name: str) -> Report:
    """Return a paper (``summary``, ``pack``, ``public``) as it was frozen. Raises TrackerError when there is none."""
    try:
        return read_report(content.data["documents"][name])
    except KeyError:
        raise TrackerError(f"{content.snapshot.ref} holds no {name}.") from None
    except NotAPaper as error:
        raise TrackerError(f"{content.snapshot.ref}: its {name} cannot be read by this version. {error}") from error


def resolve_snapshot(store: Store, text: str) -> str:
    """Return the uid of the snapshot that a text names: SN-01, or the newest one of a meeting such as B-02.

    Raises TrackerError when there is none.
    """
    try:
        kind = kind_of(text)
    except TrackerError:
        kind = "board"
    if kind == "snapshot":
        return resolve_ref(store, "snapshot", text).uid
    board = record(store, BoardMeeting, resolve_ref(store, "board", text).uid)
    if board is None:
        raise gone(BoardMeeting)
    if board.snapshot is None:
        raise TrackerError(f"Nothing is frozen for {board.ref} yet.", "board.not_frozen", board=board.ref)
    return newest_issue(store, board.snapshot)


def newest_issue(store: Store, uid: str) -> str:
    """Return the uid of the newest issue of a snapshot: itself, or that in which passages were blacked out since."""
    for later in records(store, Snapshot, supersedes=uid):
        if "reissue_of" in content(store, later.uid).data:
            return newest_issue(store, later.uid)
    return uid


def stem(store: Store, content: Content, name: str) -> str:
    """Return how the names of a frozen paper's files begin: ``b-02-pack-2026-11-12``, and ``-v2`` for a second one.

    Those of a public version tell no ref. The number is that of the version which the paper says it is.
    """
    snapshot = content.snapshot
    words = [name, snapshot.as_of.isoformat()]
    uids = [version.uid for version in snapshots_of_meeting(store, snapshot.board, snapshot.audience)]
    number = 1 + uids.index(snapshot.uid)
    if number > 1:
        words.append(f"v{number}")
    if name == PUBLIC:
        return slug(" ".join(words))
    return slug(" ".join([content.data["board"]["ref"], *words]))


def snapshots_of_meeting(store: Store, board: str, audience: str = "board") -> list[Snapshot]:
    """Return the snapshots of what a meeting was shown, or of what was published (``public``), the oldest first."""
    return records(store, Snapshot, board=board, audience=audience)


def withdrawals(store: Store) -> list[Withdrawal]:
    """Return which public editions were withdrawn, when and why, in the order in which they were.

    Raises TrackerError when what was kept of one cannot be read.
    """
    notices = [
        content(store, snapshot.uid) for snapshot in records(store, Snapshot, audience=PUBLIC) if snapshot.supersedes
    ]
    return [
        Withdrawal(
            notice.data["withdraws"]["snapshot"],
            notice.snapshot.ref,
            withdrawal_words(notice.data, notice.data["withdraws"]["on"], notice.snapshot.reason),
            {part["part"]: part["because"] for part in notice.data["policy"]["accepted"]},
        )
        for notice in notices
        if "withdraws" in notice.data
    ]


def withdrawal_words(data: Data, on: str, reason: str | None) -> str:
    """Return that a public edition was withdrawn, when (``on``, ISO 8601) and why."""
    edition, published, withdrawn = (
        show_date(date.fromisoformat(day)) for day in (data["as_of"], data["published_on"], on)
    )
    why = (reason or "").rstrip(".")
    body = read_report(data["documents"][PUBLIC]).header.board
    edition += optional(" for the meeting of ", body)
    return f"The edition of {edition}, published on {published}, was withdrawn on {withdrawn}{optional(': ', why)}."


def holding(store: Store, finder: Finder) -> list[str]:
    """Return the refs of the snapshots in whose frozen data a person stands, for certain or likely."""
    refs = []
    for snapshot in records(store, Snapshot):
        try:
            data = json.loads(raw_bytes(store, snapshot))
            if "members" in data:
                data = [data, json.loads(raw_bytes(store, snapshot, data["members"]["sha256"]))]
        except (TrackerError, ValueError):
            continue
        if any(hit.sureness != "open" for text in _texts(data) for hit in finder.hits(text)):
            refs.append(snapshot.ref)
    return refs


def _texts(data: object) -> Iterator[str]:
    """Yield every text in frozen data."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping):
        yield from (text for value in data.values() for text in _texts(value))
    elif isinstance(data, list):
        yield from (text for value in data for text in _texts(value))
