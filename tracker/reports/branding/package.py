"""Which part of a Word file is which: by its relations, since editors call the parts as they like."""

from collections.abc import Iterator
from posixpath import dirname, join, normpath, split
from typing import NamedTuple
from zipfile import ZipFile

from tracker.reports.branding.trees import tree

STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_MAIN = "officeDocument"


class Related(NamedTuple):
    """A part that another one names: what it is there for, such as ``header``, and its path in the file."""

    kind: str
    path: str


def related(file: ZipFile, path: str = "") -> Iterator[Related]:
    """Yield the parts of the file that a part names; without a ``path`` those that the file itself names.

    Raises ValueError where the relations cannot be read.
    """
    folder, name = split(path)
    relations = join(folder, "_rels", f"{name}.rels")
    names = set(file.namelist())
    if relations not in names:
        return
    for relation in tree(file.read(relations)):
        if not isinstance(relation.tag, str) or relation.get("TargetMode") == "External":
            continue
        target = normpath(join("/", dirname(path), relation.get("Target", ""))).lstrip("/")
        if target in names:
            yield Related(relation.get("Type", "").rpartition("/")[2], target)


def main_part(file: ZipFile) -> str:
    """Return the path of the part that holds the text; empty when the file names none."""
    return next((part.path for part in related(file) if part.kind == _MAIN), "")
