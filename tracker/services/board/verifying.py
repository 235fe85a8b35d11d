"""Whether a snapshot is what was frozen, and whether a file is what the program makes of one."""

from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from tracker.errors import TrackerError
from tracker.reports.branding.brand import NO_HOUSE, House
from tracker.reports.files.canonical import digest
from tracker.reports.files.manifest import MANIFEST, OWN, read_manifest
from tracker.reports.formats import FORMATS, Format, format_of, make
from tracker.reports.model import Report
from tracker.reports.rendering import NotRendered
from tracker.rules.when import show_date
from tracker.services.board.snapshots import PAPERS, PUBLIC, Content, app_version, content, of_meeting, paper, papers_of
from tracker.services.papers.public import published_of_board
from tracker.storage.journal.history import of_record
from tracker.storage.queries import Condition, Query, record, records
from tracker.storage.rows import link
from tracker.storage.store import Store

HASH_SHOWN = 12
ANOTHER = "The journal has another"


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
    told = [f"{named}, {found.size:,} bytes, SHA-256 {found.sha256}.", *journalled(store, snapshot)]
    holds = not any(sentence.startswith(ANOTHER) for sentence in told)
    told += _superseded(store, snapshot)
    told += [f"The {called(name)} has data {digest(paper(found, name))[:HASH_SHOWN]}." for name in papers_of(found)]
    if "of" in found.data:
        shown: Any = record(store, "snapshot", board.snapshot) if board.snapshot else None
        same = shown is not None and shown.sha256 == found.data["of"]["sha256"]
        holds = holds and same
        which = f"It is the public version of {found.data['of']['snapshot']}, published on {_published(found.data)}"
        told.append(f"{which}." if same else f"{which}; but the board was shown something else.")
    if found.data["app_version"] != app_version():
        told.append(
            f"It was frozen by version {found.data['app_version']} of the program; this is {app_version()}: "
            "files that are made now may differ from those made then."
        )
    return Verdict(holds, tuple(told))


def journalled(store: Store, snapshot: Any) -> list[str]:
    """Return what the journal says of a snapshot's hash, as a sentence; ANOTHER begins one that contradicts it."""
    added = next((one for one in of_record(store, snapshot.uid) if one.field == "*"), None)
    if added is None or added.tx == 0:
        return [f"{ANOTHER} account: no command of it made this snapshot."]
    day = show_date(added.day) if added.day else "an unknown day"
    if not added.known:
        return [f"Change {added.tx} of {day} made it; a person was erased from it since, so only its hash is left."]
    if not isinstance(added.new, dict) or added.new.get("sha256") != snapshot.sha256:
        return [f"{ANOTHER} hash for it: the record was changed outside the program."]
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
    if path.name in OWN:
        raise TrackerError(f"{path.name} tells about papers and is none itself. Name one of the papers beside it.")
    if kind is None or kind.calendar:
        names = ", ".join(one.name for one in FORMATS.values() if not one.calendar)
        raise TrackerError(f"{path.name} is of no format that papers are made in ({names}).")
    entry, told = _listed(path, data)
    try:
        for found, name, made in _papers(store, path.name):
            if entry is not None and entry.get("data_sha256") not in (None, digest(made)):
                continue
            if rendered_same(made, kind, data, house):
                said = f"{path.name} is the {_of(found, name)}, byte for byte."
                return Verdict(True, (said, *_superseded(store, found.snapshot), *told))
        return _unmatched(store, path, data, entry, told, house)
    except NotRendered as error:
        return Verdict(None, (f"{path.name} cannot be compared: {error}", *told))


def called(name: str) -> str:
    """Return what a paper is called in a sentence: ``pack``, ``summary``, ``public version``."""
    return "public version" if name == PUBLIC else name


def _of(found: Content, name: str) -> str:
    one, data = found.snapshot, found.data
    shown = f"with the position of {show_date(one.as_of)}"
    if "of" in data:
        of = f"{data['of']['snapshot']} of {data['board']['ref']}"
        return f"{called(name)} of {of} {shown}, published on {_published(data)} and kept as {one.ref}"
    return f"{called(name)} of {one.ref}, frozen at {one.frozen_at} {shown}"


def _superseded(store: Store, snapshot: Any) -> list[str]:
    """Return what was frozen in a snapshot's place, as a sentence: the board was shown that."""
    later: Any = next(iter(records(store, Query("snapshot", (Condition("supersedes", "=", snapshot.uid),)))), None)
    if later is None:
        return []
    why = f": {later.reason.rstrip('.')}" if later.reason else ""
    return [f"▲ {later.ref} was frozen in its place on {show_date(date.fromisoformat(later.frozen_at[:10]))}{why}."]


def _published(data: dict[str, Any]) -> str:
    return show_date(date.fromisoformat(data["published_on"]))


def _papers(store: Store, file_name: str) -> Iterator[tuple[Content, str, Report]]:
    """Yield the papers of every snapshot that can be read: the newest first, and those that the name speaks of."""
    some: list[Any] = list(records(store, Query("snapshot")))
    pairs = [(one, name) for one in reversed(some) for name in ((PUBLIC,) if one.audience == PUBLIC else PAPERS)]
    pairs.sort(key=lambda pair: (pair[1] not in file_name, pair[0].as_of.isoformat() not in file_name))
    for snapshot, name in pairs:
        try:
            found = content(store, snapshot.uid)
            yield found, name, paper(found, name)
        except TrackerError:
            continue


def rendered_same(report: Report, kind: Format, data: bytes, house: House) -> bool:
    """Return whether a paper gives these very bytes in a format, in a house style or in none.

    Raises NotRendered when the format cannot be made here, so that nothing can be said.
    """
    trouble = None
    for style in dict.fromkeys((house, NO_HOUSE)):
        try:
            if make(style.applied(report), kind.name, style.brand).data == data:
                return True
        except NotRendered as error:
            trouble = error
    if trouble is not None:
        raise trouble
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


def _unmatched(
    store: Store, path: Path, data: bytes, entry: dict[str, Any] | None, told: list[str], house: House
) -> Verdict:
    """Return what can still be said of a file that no paper gives today."""
    for found, name, made in _papers(store, path.name):
        mark = digest(made)
        if entry is not None and entry.get("data_sha256") == mark:
            then, now = entry.get("versions", {}).get("transformation-tracker", "unknown"), app_version()
            if then != now:
                differs = f"it was made by version {then} of the program and this is {now}"
            else:
                by = "another house style, other libraries or an earlier state of the program"
                differs = f"{by} made it, so its bytes cannot be compared here"
            return Verdict(None, (f"{path.name} is made of the data of the {_of(found, name)}; {differs}.", *told))
        if mark[:HASH_SHOWN].encode() in data:
            said = f"{path.name} says that it is the {_of(found, name)}, but its bytes differ"
            then = made.header.generator
            if then and not then.endswith(f" {app_version()}"):
                return Verdict(None, (f"{said}: that was made by {then}, and this is version {app_version()}.", *told))
            why = "it was changed, or made in another house style or by an earlier state of the program"
            return Verdict(False, (f"{said}: {why}.", *told))
    return _unpublished(store, path.name, data, house) or Verdict(
        False, (f"{path.name} is not what this program makes of any snapshot in this file.", *told)
    )


def _unpublished(store: Store, file_name: str, data: bytes, house: House) -> Verdict | None:
    """Return what is to be said of a public version that nobody has recorded as published; None when it is none."""
    kind = format_of(file_name)
    for one in records(store, Query("board")):
        board: Any = one
        if kind is None or not board.snapshot or of_meeting(store, board.uid, PUBLIC):
            continue
        try:
            made = published_of_board(store, board.uid).report
        except TrackerError:
            continue
        if rendered_same(made, kind, data, house):
            ref = link(store, "snapshot", board.snapshot)
            said = f"{file_name} is the public version of {ref.ref if ref else board.ref} of {board.ref}, byte for byte"
            told = f"It is not recorded as published: “tracker board publish {board.ref}” keeps it."
            return Verdict(True, (f"{said}.", told))
    return None
