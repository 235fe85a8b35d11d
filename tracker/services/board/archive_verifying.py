"""Whether the archive of a meeting is whole, and whether its papers are what this program makes of its data."""

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from tracker.entities import Snapshot
from tracker.errors import Note, TrackerError
from tracker.reports.branding.brand import NO_BRANDING, Branding
from tracker.reports.files.archive import ArchivedPaper, Contents, Opened, SnapshotEntry, open_zip, read_file
from tracker.reports.files.canonical import NotAPaper, digest, read_report
from tracker.reports.formats import FORMATS
from tracker.reports.model import NotRendered, Report
from tracker.rules.wording import counted, listed, optional
from tracker.services.board.snapshots import Data
from tracker.services.board.verifying import CONTRADICTS, Verdict, called, journalled
from tracker.services.papers.files import installed
from tracker.services.papers.likeness import rendered_same
from tracker.storage import Store, record
from tracker.text import plain

MOST_PROBLEMS = 10


class _Drawn(NamedTuple):
    """The files that are what the program makes of the data, those that are not, and why some cannot be made here."""

    equal: list[str]
    different: list[str]
    failed: dict[str, str]


def verify_archive(store: Store | None, path: Path, house: Branding = NO_BRANDING) -> Verdict | None:
    """Return whether an archive holds: each hash in it, and each paper made again from its data.

    ``store`` is the programme file whose journal is asked for the same hash; None when there is none here. None for a
    zip file that is no archive. Raises TrackerError when the file cannot be read.
    """
    data = read_file(path)
    try:
        opened = open_zip(data)
    except TrackerError as error:
        return Verdict(False, (f"{path.name} proves nothing: {error}.",))
    if opened is None:
        return None
    if opened.problems:
        return Verdict(False, (f"{path.name} is not as it was archived.", *_few(opened.problems)))
    try:
        return _of_whole(store, path.name, opened, house, sha256(data).hexdigest())
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        form = "it is not in the form in which this program writes archives"
        return Verdict(False, (f"{path.name} proves nothing: its lists agree with its files, but {form}.",))


def _few(problems: tuple[str, ...]) -> tuple[str, ...]:
    surplus = len(problems) - MOST_PROBLEMS
    if surplus <= 0:
        return problems
    return (*problems[:MOST_PROBLEMS], f"And {surplus} more.")


def _of_whole(store: Store | None, name: str, opened: Opened, house: Branding, mark: str) -> Verdict:
    """Return the verdict on an archive whose files are those of its lists."""
    manifest = opened.contents
    board = opened.contents["board"]
    redrawn = _drawn(opened, house)
    anchored = _anchored(store, manifest)
    wrong = [*_frozen(opened), *(note for note in anchored if note.code == CONTRADICTS)]
    hashes = f"{counted(len(opened.files), 'file')} have the hashes that its lists give"
    sentences = [f"{hashes}. SHA-256 of the zip {mark}."]
    if redrawn.equal:
        sentences.append(_again(manifest, redrawn.equal))
    sentences += [note for note in anchored if note.code != CONTRADICTS]
    title = f"{name} is the archive of {plain(board['ref'])} ({plain(board['title'])})"
    doubts: list[str] = []
    if redrawn.different:
        different = listed(redrawn.different, 5)
        excuse = _excuse(manifest)
        if excuse:
            doubts.append(Note(excuse.code, f"Not compared: {different}; {excuse}."))
        else:
            wrong.append(f"Not what the program makes of the data beside it: {different}.")
    if wrong:
        return Verdict(False, (f"{title}, but it was made or changed outside the program.", *wrong, *sentences))
    doubts += [f"Not compared: {file}. {reason}" for file, reason in redrawn.failed.items()]
    if doubts:
        return Verdict(None, (f"{title} and whole, but not all of it can be made again here.", *doubts, *sentences))
    return Verdict(True, (f"{title}, whole and unchanged.", *sentences))


def _frozen(opened: Opened) -> Iterator[str]:
    """Say which data is not what its own record gives as its hash, or is of another snapshot."""
    of_board = opened.contents["snapshot"]["sha256"]
    for entry in _editions(opened.contents):
        if sha256(opened.files[entry["file"]]).hexdigest() != entry["sha256"]:
            yield f"{plain(entry['file'])} does not have the hash of {plain(entry['ref'])}."
        data = json.loads(opened.files[entry["file"]])
        yield from _members(opened, entry, data)
        if "of" in data and data["of"]["sha256"] != of_board:
            ref = plain(opened.contents["snapshot"]["ref"])
            yield f"{plain(entry['ref'])} is the public version of something else than {ref}."


def _editions(manifest: Contents) -> list[SnapshotEntry]:
    """Return the editions that an archive holds, what was shown first; older archives name two at most."""
    entries = (*manifest.get("editions", ()), manifest["snapshot"], manifest.get("public"))
    return list({entry["uid"]: entry for entry in entries if entry}.values())


def _members(opened: Opened, entry: SnapshotEntry, data: Data) -> Iterator[str]:
    """Say that the data of the members' part is not what was frozen, whose data names its hash."""
    part = data.get("members")
    if part is None:
        return
    file = str(entry.get("members_file") or entry["file"].replace(".json", "-members.json"))
    if file not in opened.files or sha256(opened.files[file]).hexdigest() != part["sha256"]:
        yield f"{plain(file)} is not what was frozen with {plain(entry['ref'])} for members."


def _reports(opened: Opened) -> Iterator[tuple[ArchivedPaper, Report]]:
    """Yield what the manifest says of each paper, with the paper. Raises NotAPaper (a ValueError)."""
    for name, entry in opened.contents["papers"].items():
        data = json.loads(opened.files[entry["data"]])
        document = entry.get("document", name)
        yield entry, read_report(data["documents"][document] if "documents" in data else data)


def _drawn(opened: Opened, house: Branding) -> _Drawn:
    redrawn = _Drawn([], [], {})
    try:
        for entry, report in _reports(opened):
            right = digest(report) == entry["data_sha256"]
            for file, paper in entry["files"].items():
                try:
                    equal = right and rendered_same(report, FORMATS[paper["format"]], opened.files[file], house)
                except NotRendered as error:
                    redrawn.failed[file] = str(error)
                else:
                    (redrawn.equal if equal else redrawn.different).append(file)
    except NotAPaper:  # of another layout than this version of the program reads
        return _Drawn([], [file for entry in opened.contents["papers"].values() for file in entry["files"]], {})
    return redrawn


def _again(manifest: Contents, files: list[str]) -> str:
    names = sorted(
        _called(name, entry) for name, entry in manifest["papers"].items() if set(entry["files"]) <= set(files)
    )
    return f"Made again from its data, byte for byte: {listed(names)} ({counted(len(files), 'file')})."


def _called(name: str, entry: ArchivedPaper) -> str:
    """Return what a paper is called in a sentence; its version where that is not the first."""
    pack = entry["pack"] or ""
    document = entry.get("document", name)
    return called(document) + optional(" of ", document != name and pack)


def _excuse(manifest: Contents) -> Note:
    """Return why papers that are what was archived may come out otherwise here; empty when nothing explains it."""
    archived = {name: version for entry in manifest["papers"].values() for name, version in entry["versions"].items()}
    now = installed(sorted(archived))
    moved = [f"{name} {archived[name]} (here: {version})" for name, version in now.items() if version != archived[name]]
    if moved:
        return Note("archive.versions", f"they were made with {listed(moved)}")
    if manifest.get("house_style"):
        return Note("archive.house_style", "they were made in a house style")
    return Note("", "")


def _anchored(store: Store | None, manifest: Contents) -> list[Note]:
    """Return what the programme file here says of the snapshots; the code of what speaks against is CONTRADICTS."""
    notes: list[Note] = []
    for archived in _editions(manifest):
        snapshot = record(store, Snapshot, archived["uid"]) if store is not None else None
        if snapshot is None and notes:  # what was shown is known, another edition is not
            unknown = f"▲ The programme file here does not know {plain(archived['ref'])}"
            notes.append(Note("archive.taken_back", f"{unknown}: it was taken back."))
            continue
        if store is None or snapshot is None:
            alone = "▲ No programme file here knows this snapshot, so the archive was compared with itself alone."
            return [Note("archive.alone", f"{alone} With the file that it was made from, the journal is compared too.")]
        if snapshot.sha256 != archived["sha256"]:
            notes.append(
                Note(CONTRADICTS, f"■ {snapshot.ref} of the programme file here has another hash: {snapshot.sha256}.")
            )
            continue
        journal = journalled(store, snapshot)
        mark = "■ " if journal.code == CONTRADICTS else ""
        notes.append(Note(journal.code, f"{mark}{snapshot.ref}: {journal}"))
    return notes
