"""Whether a snapshot is what was frozen, and whether a file is what the program makes of one."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from tracker.errors import TrackerError
from tracker.reports.brand import NO_HOUSE, House
from tracker.reports.canonical import digest
from tracker.reports.formats import FORMATS, Format, format_of, make
from tracker.reports.manifest import MANIFEST, read_manifest
from tracker.reports.model import Report
from tracker.reports.rendering import NotRendered
from tracker.rules.when import show_date
from tracker.services.boards_freezing import app_version
from tracker.services.snapshots import PAPERS, content, paper
from tracker.storage.history import of_record
from tracker.storage.queries import Query, record, records
from tracker.storage.store import Store

HASH_SHOWN = 12


class Verdict(NamedTuple):
    """Whether it holds (None: that cannot be told here), and the sentences that say what matches and what does not."""

    holds: bool | None
    sentences: tuple[str, ...]


def verify_snapshot(store: Store, uid: str) -> Verdict:
    """Return whether the stored data is that of the record, and the record that of the journal."""
    snapshot: Any = record(store, "snapshot", uid)
    board: Any = record(store, "board", snapshot.board)
    named = f"{snapshot.ref} of {board.ref} ({show_date(board.meets_on)})"
    try:
        found = content(store, uid)
    except TrackerError as error:
        return Verdict(False, (f"{named}. {error}",))
    told = [f"{named}, {found.size:,} bytes, SHA-256 {found.sha256}.", *_journal(store, snapshot)]
    holds = not any(sentence.startswith("The journal has another") for sentence in told)
    told += [f"The {name} has data {digest(paper(found, name))[:HASH_SHOWN]}." for name in PAPERS]
    if found.data["app_version"] != app_version():
        told.append(
            f"It was frozen by version {found.data['app_version']} of the program; this is {app_version()}: "
            "files that are made now may differ from those made then."
        )
    return Verdict(holds, tuple(told))


def _journal(store: Store, snapshot: Any) -> list[str]:
    added = next((one for one in of_record(store, snapshot.uid) if one.field == "*"), None)
    if added is None or added.tx == 0:
        return ["The journal has another account: no command of it made this snapshot."]
    day = show_date(added.day) if added.day else "an unknown day"
    if not added.known:
        return [f"Change {added.tx} of {day} made it; a person was erased from it since, so only its hash is left."]
    if not isinstance(added.new, dict) or added.new.get("sha256") != snapshot.sha256:
        return ["The journal has another hash for it: the record was changed outside the program."]
    return [
        f"The journal has the same hash: change {added.tx} of {day}, by {added.who}. “tracker check” proves the rest."
    ]


def verify_file(store: Store, path: Path, house: House = NO_HOUSE) -> Verdict:
    """Return whether a file is, byte for byte, what this program makes of one of the snapshots.

    Raises TrackerError when the file cannot be read, or is of no format that papers are made in.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise TrackerError(f"{path} cannot be read: {error.strerror or error}.") from error
    kind = format_of(path.name)
    if kind is None or kind.calendar:
        names = ", ".join(one.name for one in FORMATS.values() if not one.calendar)
        raise TrackerError(f"{path.name} is of no format that papers are made in ({names}).")
    entry, told = _listed(path, data)
    for snapshot, name, made in _papers(store, path.name):
        if entry is not None and entry.get("data_sha256") not in (None, digest(made)):
            continue
        if _same(made, kind, data, house):
            return Verdict(True, (f"{path.name} is the {name} of {_of(snapshot)}, byte for byte.", *told))
    return _unmatched(store, path, data, entry, told)


def _of(snapshot: Any) -> str:
    return f"{snapshot.ref}, frozen at {snapshot.frozen_at} with the position of {show_date(snapshot.as_of)}"


def _papers(store: Store, file_name: str) -> Iterator[tuple[Any, str, Report]]:
    """Yield the papers of every snapshot that can be read: the newest first, and those that the name speaks of."""
    some: list[Any] = list(records(store, Query("snapshot")))
    pairs = [(one, name) for one in reversed(some) for name in PAPERS]
    pairs.sort(key=lambda pair: (pair[1] not in file_name, pair[0].as_of.isoformat() not in file_name))
    for snapshot, name in pairs:
        try:
            yield snapshot, name, paper(content(store, snapshot.uid), name)
        except TrackerError:
            continue


def _same(report: Report, kind: Format, data: bytes, house: House) -> bool:
    for style in dict.fromkeys((house, NO_HOUSE)):
        try:
            if make(style.applied(report), kind.name, style.brand).data == data:
                return True
        except NotRendered:
            continue
    return False


def _listed(path: Path, data: bytes) -> tuple[dict[str, Any] | None, list[str]]:
    """Return what the manifest beside a file says of it (None: nothing), and that as a sentence."""
    try:
        papers = read_manifest((path.parent / MANIFEST).read_bytes())
    except (OSError, TrackerError):
        return None, []
    for entry in papers.values():
        one = entry["files"].get(path.name)
        if one is None:
            continue
        if one["sha256"] == sha256(data).hexdigest():
            return entry, [f"{MANIFEST} beside it has the same hash: it is as it was exported."]
        return None, [f"{MANIFEST} beside it has another hash: the file was changed after it was exported."]
    return None, []


def _unmatched(store: Store, path: Path, data: bytes, entry: dict[str, Any] | None, told: list[str]) -> Verdict:
    """Return what can still be said of a file that no paper gives today."""
    for snapshot, name, made in _papers(store, path.name):
        mark = digest(made)
        if entry is not None and entry.get("data_sha256") == mark:
            then, now = entry.get("versions", {}).get("transformation-tracker", "unknown"), app_version()
            if then != now:
                differs = f"it was made by version {then} of the program and this is {now}"
            else:
                differs = "another house style or other libraries made it, so its bytes cannot be compared here"
            return Verdict(
                None, (f"{path.name} is made of the data of the {name} of {_of(snapshot)}; {differs}.", *told)
            )
        if mark[:HASH_SHOWN].encode() in data:
            said = f"{path.name} says that it is the {name} of {_of(snapshot)}, but its bytes differ"
            then = made.header.generator
            if then and not then.endswith(f" {app_version()}"):
                return Verdict(None, (f"{said}: that was made by {then}, and this is version {app_version()}.", *told))
            return Verdict(False, (f"{said}: it was changed, or made in another house style.", *told))
    return Verdict(False, (f"{path.name} is not what this program makes of any snapshot in this file.", *told))
