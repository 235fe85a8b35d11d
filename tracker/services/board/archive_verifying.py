"""Whether the archive of a meeting is whole, and whether its papers are what this program makes of its data."""

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from tracker.errors import TrackerError
from tracker.reports.branding.brand import NO_HOUSE, House
from tracker.reports.files.archive import Opened, open_zip
from tracker.reports.files.canonical import NotAPaper, digest, read_report
from tracker.reports.formats import FORMATS
from tracker.reports.model import Report
from tracker.reports.rendering import NotRendered
from tracker.rules.wording import counted, listed
from tracker.services.board.verifying import ANOTHER, Verdict, called, journalled, rendered_same
from tracker.services.papers.files import installed
from tracker.storage.queries import record
from tracker.storage.store import Store
from tracker.text import plain

MOST_TOLD = 10


class _Drawn(NamedTuple):
    """The files that are what the program makes of the data, those that are not, and why some cannot be made here."""

    same: list[str]
    other: list[str]
    lacking: dict[str, str]


def verify_archive(store: Store | None, path: Path, house: House = NO_HOUSE) -> Verdict | None:
    """Return whether an archive holds: each hash in it, and each paper made again from its data.

    ``store`` is the programme file whose journal is asked for the same hash; None when there is none here. None for a
    zip file that is no archive. Raises TrackerError when the file cannot be read.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise TrackerError(f"{path} cannot be read: {error.strerror or error}.") from error
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
        told = "its lists agree with its files, but it is not in the form in which this program writes archives"
        return Verdict(False, (f"{path.name} proves nothing: {told}.",))


def _few(problems: tuple[str, ...]) -> tuple[str, ...]:
    more = len(problems) - MOST_TOLD
    return (*problems[:MOST_TOLD], *((f"And {more} more.",) if more > 0 else ()))


def _of_whole(store: Store | None, name: str, opened: Opened, house: House, mark: str) -> Verdict:
    """Return the verdict on an archive whose files are those of its lists."""
    told, board = opened.told, opened.told["board"]
    wrong = [*_frozen(opened)]
    made, anchored = _drawn(opened, house), _anchored(store, told)
    wrong += [sentence for sentence in anchored if sentence.startswith("■")]
    sentences = [
        f"{counted(len(opened.files), 'file')} have the hashes that its lists give. SHA-256 of the zip {mark}.",
        *([_again(told, made.same)] if made.same else []),
        *anchored,
    ]
    named = f"{name} is the archive of {plain(board['ref'])} ({plain(board['title'])})"
    excuse = _excuse(told) if made.other else ""
    if made.other and not excuse:
        wrong.append(f"Not what the program makes of the data beside it: {listed(made.other, 5)}.")
    if wrong:
        rest = [sentence for sentence in sentences if sentence not in wrong]
        return Verdict(False, (f"{named}, but it was made or changed outside the program.", *wrong, *rest))
    doubts = [f"Not compared: {listed(made.other, 5)}; {excuse}."] if made.other else []
    doubts += [f"Not compared: {file}. {why}" for file, why in made.lacking.items()]
    if doubts:
        return Verdict(None, (f"{named} and whole, but not all of it can be made again here.", *doubts, *sentences))
    return Verdict(True, (f"{named}, whole and unchanged.", *sentences))


def _frozen(opened: Opened) -> Iterator[str]:
    """Say which data is not what its own record gives as its hash, or is of another snapshot."""
    shown, public = opened.told["snapshot"], opened.told.get("public")
    for one in (shown, public) if public else (shown,):
        if sha256(opened.files[one["file"]]).hexdigest() != one["sha256"]:
            yield f"{plain(one['file'])} does not have the hash of {plain(one['ref'])}."
    if public and json.loads(opened.files[public["file"]])["of"]["sha256"] != shown["sha256"]:
        yield f"{plain(public['ref'])} is the public version of something else than {plain(shown['ref'])}."


def _reports(opened: Opened) -> Iterator[tuple[str, dict[str, Any], Report]]:
    """Yield each paper with what the manifest says of it. Raises NotAPaper (a ValueError)."""
    for name, entry in opened.told["papers"].items():
        data = json.loads(opened.files[entry["data"]])
        yield name, entry, read_report(data["documents"][name] if "documents" in data else data)


def _drawn(opened: Opened, house: House) -> _Drawn:
    found = _Drawn([], [], {})
    try:
        for _, entry, report in _reports(opened):
            right = digest(report) == entry["data_sha256"]
            for file, one in entry["files"].items():
                try:
                    same = right and rendered_same(report, FORMATS[one["format"]], opened.files[file], house)
                    (found.same if same else found.other).append(file)
                except NotRendered as error:
                    found.lacking[file] = str(error)
    except NotAPaper:  # of another layout than this version of the program reads
        files = [file for entry in opened.told["papers"].values() for file in entry["files"]]
        return _Drawn([], files, {})
    return found


def _again(told: dict[str, Any], files: list[str]) -> str:
    names = [called(name) for name, entry in told["papers"].items() if set(entry["files"]) <= set(files)]
    return f"Made again from its data, byte for byte: {listed(names)} ({counted(len(files), 'file')})."


def _excuse(told: dict[str, Any]) -> str:
    """Return why papers that are what was archived may come out otherwise here; empty when nothing explains it."""
    then = {name: mark for entry in told["papers"].values() for name, mark in entry["versions"].items()}
    moved = [f"{name} {then[name]} (here: {now})" for name, now in installed(sorted(then)).items() if now != then[name]]
    if moved:
        return f"they were made with {listed(moved)}"
    if told.get("house_style"):
        return "they were made in a house style, which --brand FILE must name"
    return ""


def _anchored(store: Store | None, told: dict[str, Any]) -> list[str]:
    """Return what the programme file here says of the snapshots; ``■`` begins what contradicts the archive."""
    found: list[str] = []
    for of in (told["snapshot"], told.get("public")):
        if of is None:
            continue
        known: Any = record(store, "snapshot", of["uid"]) if store is not None else None
        if known is None and found:  # the snapshot is known, its publication is not
            found.append(f"▲ The programme file here does not know {plain(of['ref'])}: its publication was taken back.")
            continue
        if store is None or known is None:
            return [
                "▲ No programme file here knows this snapshot, so the archive was compared with itself alone. With "
                "the file that it was made from, the journal is compared too."
            ]
        if known.sha256 != of["sha256"]:
            found.append(f"■ {known.ref} of the programme file here has another hash: {known.sha256}.")
        else:
            said = journalled(store, known)
            found += [f"{'■ ' if one.startswith(ANOTHER) else ''}{known.ref}: {one}" for one in said]
    return found
