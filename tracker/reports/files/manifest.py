"""What stands beside exported papers: manifest.json (what they are made of) and SHA256SUMS (their hashes).

A file cannot hold its own hash. With these two, anybody can see that a file is the one that was exported, and which
data, program and template made it.
"""

import json
from collections.abc import Collection, Mapping
from hashlib import sha256
from typing import NamedTuple, NotRequired, TypedDict

from tracker.errors import TrackerError
from tracker.reports.files.canonical import digest
from tracker.reports.formats import FORMATS
from tracker.reports.model import Brand, Report

LAYOUT = 1
MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"
OWN = (MANIFEST, SUMS)


class FileEntry(TypedDict):
    """What a manifest says of a file."""

    format: str
    media_type: str
    bytes: int
    sha256: str
    notes: list[str]


class PaperEntry(TypedDict):
    """What a manifest says of a paper; ``journal`` is where the journal's hash begins, ``pack`` a snapshot's ref.

    ``version`` is which one it says it is; manifests that were written before there was such a word lack it.
    """

    title: str
    programme: str
    as_of: str
    since: str | None
    audience: str
    version: NotRequired[str]
    frozen: str | None
    pack: str | None
    journal: str | None
    data_sha256: str
    versions: dict[str, str]
    template_sha256: dict[str, str]
    files: dict[str, FileEntry]
    not_made: dict[str, str]


Papers = Mapping[str, PaperEntry]


class Made(NamedTuple):
    """A finished file of a paper: its format, its bytes, and what its reader should know."""

    format: str
    data: bytes
    notes: tuple[str, ...] = ()


def paper_entry(
    report: Report, files: Mapping[str, Made], failed: Mapping[str, str], brand: Brand, versions: Mapping[str, str]
) -> PaperEntry:
    """Return what a manifest says of one paper.

    ``failed`` are formats that could not be made, with the reason; ``versions`` are those of the program and of the
    libraries by name.
    """
    header = report.header
    templates = {"docx": brand.docx, "odt": brand.odt}
    return {
        "title": header.title,
        "programme": header.programme,
        "as_of": header.as_of.isoformat(),
        "since": header.since.isoformat() if header.since else None,
        "audience": header.audience,
        "version": header.version,
        "frozen": header.frozen or None,
        "pack": header.pack or None,
        "journal": header.head or None,
        "data_sha256": digest(report),
        "versions": dict(versions),
        "template_sha256": {name: sha256(data).hexdigest() for name, data in templates.items() if data},
        "files": {
            name: {
                "format": file.format,
                "media_type": FORMATS[file.format].media_type,
                "bytes": len(file.data),
                "sha256": sha256(file.data).hexdigest(),
                "notes": list(file.notes),
            }
            for name, file in files.items()
        },
        "not_made": dict(failed),
    }


def read_manifest(data: bytes) -> dict[str, PaperEntry]:
    """Return the papers of a manifest by name. Raises TrackerError when it is none of ours."""
    try:
        contents = json.loads(data)
    except (ValueError, RecursionError):
        contents = None
    papers: dict[str, PaperEntry] | None = None
    if isinstance(contents, dict) and contents.get("manifest") == LAYOUT:
        papers = contents.get("papers")
    if not isinstance(papers, dict) or not all(map(_is_whole, papers.values())):
        raise TrackerError(
            f"The folder has a {MANIFEST} that this program did not write; it was left as it is. Choose another folder."
        )
    return papers


def _is_whole(paper: object) -> bool:
    """Return whether an entry that was read from a file has files with their hashes."""
    if not isinstance(paper, dict) or not isinstance(paper.get("files"), dict):
        return False
    return all(isinstance(file, dict) and isinstance(file.get("sha256"), str) for file in paper["files"].values())


def only_files(paper: PaperEntry, names: Collection[str]) -> PaperEntry | None:
    """Return what a manifest says of a paper, of some of its files only; None when none is left."""
    files = {name: entry for name, entry in paper["files"].items() if name in names}
    if not files:
        return None
    return {**paper, "files": files}


def with_paper(papers: Papers, name: str, entry: PaperEntry) -> dict[str, PaperEntry]:
    """Return the papers with one more: files that it has written anew belong to it and to no other."""
    entries: dict[str, PaperEntry] = {}
    for other, old in papers.items():
        remaining = only_files(old, old["files"].keys() - entry["files"].keys())
        if remaining is None:
            continue
        data = old.get("data_sha256")
        if other == name and data != entry["data_sha256"]:  # files of other data are another paper
            other = f"{name} (data {str(data)[:12]})"
        entries[other] = remaining
    if name in entries:
        entry = {**entry, "files": {**entries[name]["files"], **entry["files"]}}
    return {**entries, name: entry}


def index(papers: Papers) -> dict[str, bytes]:
    """Return manifest.json and SHA256SUMS for papers; the sums are in the form that ``sha256sum -c`` reads."""
    return listed({"papers": papers}, {n: entry["sha256"] for p in papers.values() for n, entry in p["files"].items()})


def listed(contents: Mapping[str, object], sums: Mapping[str, str]) -> dict[str, bytes]:
    """Return manifest.json with what is to be told, and SHA256SUMS of some files (their hashes by name) and itself."""
    data = {"manifest": LAYOUT, **contents}
    manifest = (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
    sums = {**sums, MANIFEST: sha256(manifest).hexdigest()}
    return {MANIFEST: manifest, SUMS: "".join(f"{sums[name]}  {name}\n" for name in sorted(sums)).encode()}
