"""What makes a template dangerous to open or to send on: each reason as a sentence, and what to do about it."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from tracker.reports.branding.pictures import problem
from tracker.reports.branding.trees import tree
from tracker.text import clean

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MOST_BYTES = 20_000_000
MOST_UNPACKED = 100_000_000
MOST_PARTS = 2_000
MOST_RATIO = 100  # XML of real templates packs to a twentieth
_RATIO_FROM = 1_000_000
# What reading a damaged zip file raises.
_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    OverflowError,
)
_OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_XML = (".xml", ".rels", ".vml")
_MACROS = re.compile(r"(^|/)(vba[^/]*\.(bin|xml)|customui[^/]*/.*)$|^(Basic|Scripts)/.", re.IGNORECASE)
_EMBEDDED = re.compile(r"^word/(embeddings|activex|afchunk[^/]*)\b|^Object[^/]*/.|^ObjectReplacements/.", re.IGNORECASE)
_FIELD = re.compile(r"\b(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT|DATABASE|MACROBUTTON|RD)\b", re.IGNORECASE)
_OUTSIDE = re.compile(r"[a-z][a-z0-9+.\-]*:|//|\\\\|\.\./", re.IGNORECASE)
_WEB = re.compile(r"(https?://[^\\]|mailto:)", re.IGNORECASE)
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_HREF = "{http://www.w3.org/1999/xlink}href"
# Elements of either format that bring something along, fetch something or run something; links of text may be clicked.
_BRINGING = {
    "altChunk": "another document",
    "OLEObject": "an embedded object",
    "control": "an ActiveX control",
    "subDoc": "another document",
    "object": "an embedded object",
    "plugin": "a plug-in",
    "applet": "an applet",
    "floating-frame": "a page from elsewhere",
    "section-source": "another document",
    "dde-source": "a link to another program",
    "dde-connection-decl": "a link to another program",
    "event-listener": "a script",
    "script": "a script",
}


def unsafe(data: bytes) -> list[str]:
    """Return why a template must not be used, a sentence each; nothing when it is safe. Never fails."""
    if len(data) > MOST_BYTES:
        return [f"It is larger than {MOST_BYTES // 1_000_000} MB. Make its pictures smaller."]
    if data.startswith(_OLD_WORD):
        return ["It is an old .doc, or protected by a password. Save it as .docx without a password."]
    try:
        with zipfile.ZipFile(BytesIO(data)) as file:
            return _bomb(file) or _parts(file)
    except _BROKEN:
        return ["It cannot be read: it is no .docx or .odt file, or it is damaged. Save it again."]


def _bomb(file: zipfile.ZipFile) -> list[str]:
    """Say whether unpacking a file would fill the memory, or write where it should not; nothing is unpacked for it."""
    parts = file.infolist()
    names = [part.filename for part in parts]
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        return ["Unpacked it is larger than any template: a “zip bomb” looks like this."]
    for part in parts:
        if part.file_size > _RATIO_FROM and part.file_size > MOST_RATIO * max(part.compress_size, 1):
            return [f"Its part {_cleaned(part.filename)} is packed more than {MOST_RATIO} times: a “zip bomb”."]
        if part.flag_bits & 1:
            return ["It is protected by a password. Save it without one."]
    if len(set(names)) < len(names):
        return ["It holds two parts of the same name: which one counts cannot be known. Save it again."]
    if any(name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) for name in names):
        return ["It holds a part whose name points out of the file. Save it again."]
    return []


def _parts(file: zipfile.ZipFile) -> list[str]:
    reasons: list[str] = []
    for name in file.namelist():
        if _MACROS.search(name):
            reasons.append(f"It holds macros ({_cleaned(name)}). Save it as .docx or .odt without macros.")
        elif _EMBEDDED.search(name) and not name.endswith("/"):
            reasons.append(f"It holds an embedded object ({_cleaned(name)}). Put a picture in its place.")
        elif name.endswith(_XML) or name == "[Content_Types].xml":
            reasons += _xml(name, file.read(name))
        elif not name.endswith("/"):
            reason = problem(file.read(name))
            if reason:
                reasons.append(f"{_cleaned(name)}: {reason}")
    return list(dict.fromkeys(reasons))


def _xml(name: str, data: bytes) -> list[str]:
    try:
        root = tree(data)
    except ValueError as error:
        return [f"Its part {_cleaned(name)} cannot be read: {_cleaned(str(error))}. Save it again."]
    if name == "[Content_Types].xml":
        if any("macroenabled" in str(kind).lower() for kind in root.xpath("//@ContentType")):
            return ["It is a kind of document that runs macros (.docm, .dotm). Save it as .docx."]
        return []
    if name.endswith(".rels"):
        return [reason for relation in root.iter(_RELATION) for reason in _relation(relation)]
    return list(_elements(root))


def _relation(relation: "Element") -> list[str]:
    if relation.get("TargetMode") != "External":
        return []
    target = relation.get("Target", "")
    kind = relation.get("Type", "").rsplit("/", 1)[-1]
    if kind == "hyperlink" and _WEB.match(target):
        return []
    if kind == "attachedTemplate":
        return [
            f"It is attached to another template ({_cleaned(target)}), which Word would fetch. In Word: File, Options, "
            "Add-ins, Manage: Templates, and empty “Document template”."
        ]
    return [
        f"It would fetch something from elsewhere ({_cleaned(kind)}: {_cleaned(target)}). Put it into the file itself."
    ]


def _elements(root: "Element") -> Iterator[str]:
    """Yield what the elements of a part bring along, fetch or run; a field's code may be split over many elements."""
    fields: list[str] = []
    for element in root.iter("*"):
        tag = element.tag.rsplit("}", 1)[-1]
        if tag in _BRINGING and not (tag == "object" and "wordprocessingml" in element.tag):
            yield f"It holds {_BRINGING[tag]} (“{tag}”). Take it out."
        elif tag in ("instrText", "delInstrText"):
            fields.append(element.text or "")
        elif tag == "fldSimple":
            fields += [" ", *(value for key, value in element.items() if key.endswith("}instr")), " "]
        elif tag == "fldChar":
            fields.append(" " if element.values()[:1] == ["begin"] else "")
        href = element.get(_HREF, "") or element.get("src", "")
        if href and tag != "a" and _OUTSIDE.match(href):
            yield f"It would fetch something from elsewhere ({_cleaned(href)}). Put it into the file itself."
        elif href and tag == "a" and not href.startswith("#") and not _WEB.match(href):
            yield f"It has a link to something that is no web page ({_cleaned(href)}). Take it out."
    if code := _FIELD.search("".join(fields)):
        yield f"It holds a field that fetches or runs something ({code[0].upper()}). Take it out."


def _cleaned(text: str) -> str:
    """Return a text that comes from a template, safe and short enough for a sentence."""
    text = clean(text).text
    if len(text) > 80:
        return f"{text[:79]}…"
    return text
