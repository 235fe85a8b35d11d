"""The archive of a board meeting: one zip with its papers, their data and their hashes, and what is wrong with one.

Nothing in it is packed: its bytes are then the same whatever library wrote it, any byte that changed can be found, and
what lies beside a damaged place can still be read.
"""

import json
import zipfile
import zlib
from collections.abc import Mapping
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import NamedTuple, NotRequired, TypedDict

from tracker.errors import TrackerError
from tracker.reports.files.manifest import MANIFEST, SUMS, PaperEntry, listed
from tracker.reports.render.zips import add
from tracker.text import plain

LAYOUT = 1
README = "README.txt"
LISTS = (README, MANIFEST, SUMS)
TABLES = "datapackage.json"  # by which a package of tables is known
MOST_BYTES = 1_000_000_000
# An archive of ours is not packed; one that somebody packed again may still be looked through.
MOST_RATIO = 4
RATIO_FROM = 20_000_000
MOST_FILES = 10_000
# RuntimeError stands for an encryption or a way of packing that is not known, too.
_BROKEN = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError)


class Piece(NamedTuple):
    """A file of an archive: its bytes, and what it is in a sentence."""

    data: bytes
    what: str


class NamedSnapshot(TypedDict):
    """A snapshot in a manifest."""

    ref: str
    uid: str
    as_of: str
    frozen_at: str
    sha256: str


class SnapshotEntry(NamedSnapshot):
    """A snapshot, and the file of the archive that holds it."""

    file: str


class EditionEntry(SnapshotEntry):
    """An edition: what it is (``role``), whether members alone may read it, what took its place, and why.

    ``members_file`` holds what was frozen with it for members alone (None: nothing was).
    """

    role: str
    audience: str
    restricted: bool
    members_file: str | None
    superseded_by: str | None
    reason: str | None


class MinutesEntry(TypedDict):
    """The minutes in a manifest."""

    approved_on: str | None
    corrections: int
    file: str


class ArchivedPaper(PaperEntry):
    """A paper, the file of the archive that holds its data, and its name there; older archives have no other name."""

    data: str
    document: NotRequired[str]


class Contents(TypedDict, total=False):
    """What the manifest of an archive says; whoever reads one from a file cannot rely on any of it."""

    board: dict[str, str]
    snapshot: SnapshotEntry
    editions: list[EditionEntry]
    minutes: MinutesEntry
    published_on: str | None
    public: SnapshotEntry | None
    house_style: bool
    papers: dict[str, ArchivedPaper]
    files: dict[str, dict[str, object]]


class Opened(NamedTuple):
    """An archive that was opened: its files, what its manifest tells, and what is wrong with it, a sentence each."""

    files: dict[str, bytes]
    contents: Contents
    problems: tuple[str, ...]


def make_zip(contents: Mapping[str, object], pieces: Mapping[str, Piece], readme: str) -> bytes:
    """Return the archive of some files with manifest.json, SHA256SUMS and README.txt: the same for the same files."""
    everything = {README: Piece(readme.encode(), "What is in this archive, and how to verify it."), **pieces}
    sums = {name: sha256(piece.data).hexdigest() for name, piece in everything.items()}
    files = {
        name: {"what": piece.what, "bytes": len(piece.data), "sha256": sums[name]} for name, piece in everything.items()
    }
    lists = listed({**contents, "archive": LAYOUT, "files": files}, sums)
    return _zipped({name: piece.data for name, piece in everything.items()} | lists)


def _zipped(files: Mapping[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as out:
        for name in (*LISTS, *sorted(set(files) - set(LISTS))):
            add(out, name, files[name], packed=False, unpacked=True)
    return buffer.getvalue()


def read_file(path: Path) -> bytes:
    """Return what a file holds that is to be verified. Raises TrackerError when it is no file, or larger than any."""
    try:
        if path.exists() and not path.is_file():
            raise TrackerError(f"{path} is no file.")
        if path.stat().st_size > MOST_BYTES:
            raise TrackerError(f"{path} is larger than any paper or archive of a board.")
        return path.read_bytes()
    except OSError as error:
        raise TrackerError(f"{path} cannot be read: {error.strerror or error}.") from error


def open_zip(data: bytes) -> Opened | None:
    """Return what is in an archive and what is wrong with it; None for a whole zip file that is no archive of ours.

    Raises TrackerError when it is no whole zip file, or would fill the memory.
    """
    if not data.startswith(b"PK"):
        raise TrackerError("it is no zip file, though its name says so")
    try:
        with zipfile.ZipFile(BytesIO(data)) as file:
            names = file.namelist()
            if TABLES in names or (names and not set(names) & set(LISTS)):
                return None
            return _looked_through(data, file)
    except _BROKEN:
        raise TrackerError("it is no whole zip file: it was cut short or damaged") from None


def _looked_through(data: bytes, file: zipfile.ZipFile) -> Opened:
    parts = file.infolist()
    names = [part.filename for part in parts]
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_FILES or unpacked > min(MOST_BYTES, RATIO_FROM + MOST_RATIO * len(data)):
        raise TrackerError("unpacked it is larger than any archive of a board")
    files: dict[str, bytes] = {}
    problems = [f"{plain(name)} is in it twice." for name in sorted(set(names)) if names.count(name) > 1]
    for name in names:
        try:
            files[name] = file.read(name)
        except _BROKEN:
            problems.append(f"{plain(name)} was changed or is damaged: it cannot be read.")
    contents = _manifest_of(files.get(MANIFEST))
    problems += _compared(files, contents, {*names})
    if not problems and not set(LISTS) - set(files) and _zipped(files) != data:
        problems.append(_around(data, _zipped(files), parts))
    return Opened(files, contents, tuple(problems))


def _manifest_of(manifest: bytes | None) -> Contents:
    """Return what a manifest tells; nothing when it is no manifest of an archive."""
    try:
        contents = json.loads(manifest or b"")
    except (ValueError, RecursionError):
        return {}
    if not isinstance(contents, dict) or contents.get("archive") != LAYOUT:
        return {}
    read: Contents = contents  # type: ignore[assignment]
    return read if isinstance(contents.get("files"), dict) else {}


def _compared(files: Mapping[str, bytes], contents: Contents, named: set[str]) -> list[str]:
    """Say which files are not what the two lists say, which are missing, and which are in no list."""
    lines = (line.partition("  ") for line in files.get(SUMS, b"").decode("utf-8", "replace").splitlines())
    sums = {name: mark for mark, _, name in lines if name}
    problems = [f"{name} is missing." for name in LISTS if name not in named]
    if MANIFEST in files and not contents:
        problems.append(f"{MANIFEST} is not the one that belongs to an archive of this version of the program.")
    listed_names = {*sums, *contents.get("files", {})} - {SUMS}
    for name in sorted(listed_names | named - {SUMS}):
        if name not in named:
            problems.append(f"{plain(name)} is missing.")
        elif name in files:  # that it cannot be read was said
            problems += _file_problems(name, files, contents, sums)
    return list(dict.fromkeys(problems))


def _file_problems(name: str, files: Mapping[str, bytes], contents: Contents, sums: Mapping[str, str]) -> list[str]:
    mark = sha256(files[name]).hexdigest()
    in_manifest: object = mark
    if name != MANIFEST and contents:
        entry: object = contents["files"].get(name)
        in_manifest = entry.get("sha256") if isinstance(entry, dict) else None
    in_sums: str | None = mark
    if SUMS in files:
        in_sums = sums.get(name)
    if mark == in_manifest == in_sums:
        return []
    if in_manifest is None and in_sums is None:
        return [f"{plain(name)} is in no list: it was put in later."]
    if mark == in_manifest and name != MANIFEST:
        return [f"{SUMS} was changed: its line of {plain(name)} is not the hash of that file."]
    if mark == in_sums:
        return [f"{MANIFEST} was changed: what it says of {plain(name)} is not the hash of that file."]
    return [f"{plain(name)} was changed: its hash is not the one in {SUMS}."]


def _around(data: bytes, right: bytes, parts: list[zipfile.ZipInfo]) -> str:
    """Say where the zip around unchanged files differs from the one that was written."""
    at = next((n for n, (byte, expected) in enumerate(zip(data, right, strict=False)) if byte != expected), len(right))
    before = [part.filename for part in sorted(parts, key=lambda part: part.header_offset) if part.header_offset <= at]
    place = "at its beginning"
    if at >= right.rfind(b"PK\x05\x06") or at >= len(right):
        place = "at its end"
    elif before:
        place = f"at or after {plain(before[-1])}"
    return (
        f"The files in it are unchanged, but the zip around them is not as it was written, from byte {at + 1:,} on "
        f"({place}): it was changed, or packed again by another program."
    )
