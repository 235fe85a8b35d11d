"""Whether a package (DOCX, XLSX, PPTX, ODT, ODS, CSV) has the parts that another one has, though it was packed anew.

Shares and office suites pack a file anew, save its properties again and add some of their own. None of that touches a
part that anybody reads as the paper; whatever could is a difference.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO
from xml.etree import ElementTree

from tracker.reports.files.canonical import MOST_UNPACKED

# Parts that hold properties and nothing that is shown, and those that say which parts there are.
_PROPERTIES = re.compile(r"docProps/[^/]+\.xml|customXml/(?:_rels/)?[^/]+|meta\.xml")
_TYPES = "[Content_Types].xml"
_PACKAGE = "_rels/.rels"
_ODF_LIST = "META-INF/manifest.xml"
_LISTS = (_TYPES, _PACKAGE, _ODF_LIST)
# What shows a property on a page: there, another property is another paper.
_SHOWN = re.compile(
    rb"dataBinding|DOCPROPERTY|>\s*(?:TITLE|SUBJECT|AUTHOR|COMMENTS|KEYWORDS)\b"
    rb"|<text:(?:title|subject|creator|initial-creator|description|keywords|user-defined)\b"
)
_NAMED = re.compile(r"<(?:\w+:)?property\b[^>]*?\bname=\"([^\"]*)\"")
_DAMAGED = (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, ElementTree.ParseError)


def properties_beside(ours: bytes, file: bytes) -> tuple[str, ...] | None:
    """Return which properties a package has that ours has not, or has otherwise; empty for none.

    None when it is no package, or another part of it is missing, new or changed.
    """
    try:
        expected = _parts(ours)
        present = _parts(file)
        if expected is None or present is None:
            return None
        differing = [name for name in {**expected, **present} if expected.get(name) != present.get(name)]
        if not all(_PROPERTIES.fullmatch(name) or _lists_the_same(name, expected, present) for name in differing):
            return None
        if any(map(_PROPERTIES.fullmatch, differing)) and any(map(_SHOWN.search, expected.values())):
            return None
        names = (named for name in differing for named in _named(name, expected, present))
        return tuple(dict.fromkeys(names))
    except _DAMAGED:
        return None


def _parts(data: bytes) -> dict[str, bytes] | None:
    """Return the parts of a package by name; None for one with two parts of one name, or more than any paper has."""
    if not zipfile.is_zipfile(BytesIO(data)):
        return None
    with zipfile.ZipFile(BytesIO(data)) as package:
        entries = [entry for entry in package.infolist() if not entry.is_dir()]
        names = {entry.filename.casefold() for entry in entries}
        if len(names) < len(entries) or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
            return None
        return {entry.filename: package.read(entry) for entry in entries}


def _lists_the_same(name: str, expected: Mapping[str, bytes], present: Mapping[str, bytes]) -> bool:
    """Return whether a part that lists parts says of all but the properties what the other one says."""
    if name not in _LISTS or name not in expected or name not in present:
        return False
    return set(_entries(expected[name])) == set(_entries(present[name]))


def _entries(xml: bytes) -> Iterator[tuple[tuple[str, str], ...]]:
    """Yield what a list says of each part that is no property, in any order; how relations are numbered is no matter.

    Raises ParseError; what declares entities of its own is no list of ours.
    """
    if b"<!" in xml.replace(b"<!--", b""):
        raise ElementTree.ParseError("a declaration")
    for element in ElementTree.fromstring(xml):
        of = {key.rpartition("}")[2]: value for key, value in element.attrib.items()}
        place = of.get("PartName") or of.get("Target") or of.get("full-path") or ""
        external = of.get("TargetMode") == "External"
        if not external and _PROPERTIES.fullmatch(place.removeprefix("/")):
            continue
        of.pop("Id", None)
        yield tuple(sorted(of.items()))


def _named(name: str, expected: Mapping[str, bytes], present: Mapping[str, bytes]) -> Iterator[str]:
    """Yield the names of the properties in which a part differs; the part's own where it has none by name."""
    if name in _LISTS:
        return
    names = _NAMED.findall(present.get(name, b"").decode("utf-8", "replace"))
    if names:
        yield from names
        return
    before = dict(_values(expected.get(name)))
    after = dict(_values(present.get(name)))
    yield from [key for key in {**before, **after} if before.get(key) != after.get(key)] or [name]


def _values(xml: bytes | None) -> Iterator[tuple[str, str]]:
    """Yield the name and text of each property of an office file that is an element of its own."""
    if xml is None or b"<!" in xml:
        return
    for element in ElementTree.fromstring(xml).iter():
        if not len(element):
            yield element.tag.rpartition("}")[2], element.text or ""
