"""What stands beside exported papers: manifest.json (what they are made of) and SHA256SUMS (their hashes).

A file cannot hold its own hash. With these two, anybody can see that a file is the one that was exported, and which
data, program and template made it.
"""

import json
from collections.abc import Collection, Mapping
from hashlib import sha256
from typing import Any, NamedTuple

from tracker.errors import TrackerError
from tracker.reports.files.canonical import digest
from tracker.reports.formats import FORMATS
from tracker.reports.model import Brand, Report

LAYOUT = 1
MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"
OWN = (MANIFEST, SUMS)

Json = Mapping[str, Any]  # an object as it was read from a file


class Made(NamedTuple):
    """A finished file of a paper: its format, its bytes, and what its reader should know."""

    format: str
    data: bytes
    notes: tuple[str, ...] = ()


def paper_entry(
    report: Report, files: Mapping[str, Made], failed: Mapping[str, str], brand: Brand, versions: Mapping[str, str]
) -> dict[str, Any]:
    """Return what a manifest says of one paper.

    ``failed`` are formats that could not be made, with the reason; ``versions`` are those of the program and of the
    libraries by name.
    """
    header = report.header
    return {
        "title": header.title,
        "programme": header.programme,
        "as_of": header.as_of.isoformat(),
        "since": header.since.isoformat() if header.since else None,
        "audience": header.audience,
        "frozen": header.frozen or None,
        "pack": header.pack or None,
        "journal": header.head or None,
        "data_sha256": digest(report),
        "versions": dict(versions),
        "template_sha256": {
            name: sha256(data).hexdigest() for name, data in (("docx", brand.docx), ("odt", brand.odt)) if data
        },
        "files": {name: _file(file) for name, file in files.items()},
        "not_made": dict(failed),
    }


def _file(file: Made) -> dict[str, Any]:
    return {
        "format": file.format,
        "media_type": FORMATS[file.format].media_type,
        "bytes": len(file.data),
        "sha256": sha256(file.data).hexdigest(),
        "notes": list(file.notes),
    }


def read_manifest(data: bytes) -> dict[str, Any]:
    """Return the papers of a manifest by name. Raises TrackerError when it is none of ours."""
    try:
        contents = json.loads(data)
    except (ValueError, RecursionError):
        contents = None
    papers = contents.get("papers") if isinstance(contents, dict) and contents.get("manifest") == LAYOUT else None
    if not isinstance(papers, dict) or not all(_whole(paper) for paper in papers.values()):
        raise TrackerError(
            f"The folder has a {MANIFEST} that this program did not write; it was left as it is. Choose another folder."
        )
    return papers


def _whole(paper: Any) -> bool:
    files = paper.get("files") if isinstance(paper, dict) else None
    return isinstance(files, dict) and all(
        isinstance(file, dict) and isinstance(file.get("sha256"), str) for file in files.values()
    )


def only_files(paper: Mapping[str, Any], names: Collection[str]) -> dict[str, Any]:
    """Return what a manifest says of a paper, of some of its files only; empty when none is left."""
    entries = {name: entry for name, entry in paper["files"].items() if name in names}
    return {**paper, "files": entries} if entries else {}


def with_paper(papers: Mapping[str, Any], name: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return the papers with one more: files that it has written anew belong to it and to no other."""
    papers_after = {}
    for other_name, old in papers.items():
        remaining = {file: file_entry for file, file_entry in old["files"].items() if file not in entry["files"]}
        if remaining and other_name != name:
            papers_after[other_name] = {**old, "files": remaining}
        elif (
            remaining
        ):  # the same paper of the same data in more formats is one; of other data, the old files are told apart
            same_data = old.get("data_sha256") == entry["data_sha256"]
            papers_after[other_name if same_data else f"{other_name} (data {str(old.get('data_sha256'))[:12]})"] = {
                **old,
                "files": remaining,
            }
    if name in papers_after:
        entry = {**entry, "files": {**papers_after[name]["files"], **entry["files"]}}
    return {**papers_after, name: dict(entry)}


def index(papers: Mapping[str, Any]) -> dict[str, bytes]:
    """Return manifest.json and SHA256SUMS for papers; the sums are in the form that ``sha256sum -c`` reads."""
    return listed({"papers": papers}, {n: entry["sha256"] for p in papers.values() for n, entry in p["files"].items()})


def listed(contents: Json, sums: Mapping[str, str]) -> dict[str, bytes]:
    """Return manifest.json with what is to be told, and SHA256SUMS of some files (their hashes by name) and itself."""
    data = {"manifest": LAYOUT, **contents}
    manifest = (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
    sums = {**sums, MANIFEST: sha256(manifest).hexdigest()}
    return {MANIFEST: manifest, SUMS: "".join(f"{sums[name]}  {name}\n" for name in sorted(sums)).encode()}
