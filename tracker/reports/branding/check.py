"""Whether an organisation's .docx or .odt can be used as a template for papers: what fits, what is missing, why not."""

import zipfile
from io import BytesIO
from typing import NamedTuple

from tracker.reports.branding.placeholders import NAMES, REPORT, is_code, other_braces, places
from tracker.reports.branding.safety import unsafe
from tracker.reports.branding.text import Line, lines
from tracker.reports.branding.trees import tree
from tracker.rules.reading import nearest
from tracker.rules.wording import listed, optional
from tracker.text import clean

KINDS = ("docx", "odt")
# Files that people may take for a template of this kind, and what to do with them.
OTHERS = ("docm", "dotm", "dotx", "doc", "dot", "ott", "fodt", "rtf")
STYLES = ("Title", "Heading 1", "Heading 2", "Heading 3", "Caption", "List Bullet", "List Number", "Quote")
_STYLES = {"docx": STYLES, "odt": ("Title", "Heading 1", "Heading 2", "Heading 3", "Caption", "Text body")}
_MAIN = {"docx": "word/document.xml", "odt": "content.xml"}
_SHOWN = 60


class Checked(NamedTuple):
    """What a check found, as sentences: why the file cannot be used, what is missing from it, and what fits."""

    refused: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    fits: tuple[str, ...] = ()


def kind_of(name: str) -> str:
    """Return which kind of text document a file's name stands for, such as ``docx`` or ``dotm``; empty for others."""
    end = name.lower().rpartition(".")[2]
    return end if end in (*KINDS, *OTHERS) else ""


def check(data: bytes, kind: str) -> Checked:
    """Return whether the bytes of a template of a kind (the end of its name) can be used. Never fails."""
    if reasons := unsafe(data):
        return Checked(tuple(reasons))
    if kind not in KINDS:
        return Checked((f"A .{kind} file cannot be used. Save it as .docx or .odt.",))
    try:
        if reason := _kind_problem(data, kind):
            return Checked((reason,))
        paragraphs = lines(data, kind)
        styles = _styles(data, kind)
    except (ValueError, KeyError, zipfile.BadZipFile, OSError) as error:
        return Checked((f"It cannot be read ({clean(str(error)).text[:_SHOWN]}). Save it again.",))
    unknown = tuple(_unknown(paragraphs))
    if refused := (*_code(paragraphs), *_anchor(paragraphs)):
        return Checked(refused, unknown)
    missing = (*unknown, *_missing_styles(styles, kind), *_leftovers(data, kind))
    return Checked((), missing, tuple(_fits(paragraphs, styles)))


def _kind_problem(data: bytes, kind: str) -> str:
    """Return why a file is no text document of its kind; empty when it is one."""
    with zipfile.ZipFile(BytesIO(data)) as file:
        parts = {name: file.read(name) for name in ("mimetype", "[Content_Types].xml") if name in file.namelist()}
        if _MAIN[kind] not in file.namelist():
            return f"It is no .{kind} text document: it has no {_MAIN[kind]}. Save it as .{kind}."
    if kind == "odt":
        if parts.get("mimetype", b"")[:60].strip() != b"application/vnd.oasis.opendocument.text":
            return "It does not say that it is an OpenDocument text. Save it as .odt, not as .ott."
        return ""
    types = parts.get("[Content_Types].xml", b"")
    if b"wordprocessingml.template" in types:
        return "It is a Word template (.dotx), whatever its name is. Save it as a Word document (.docx)."
    if b"wordprocessingml.document.main" not in types:
        return "It does not say that it is a Word document. Save it again as .docx."
    return ""


def _code(paragraphs: list[Line]) -> list[str]:
    strange = [braces for line in paragraphs for braces in other_braces(line.text) if is_code(braces)]
    return [
        f"It holds code in braces: {_quoted(braces)}. A template may hold fixed placeholders only; take it out."
        for braces in dict.fromkeys(strange)
    ]


def _anchor(paragraphs: list[Line]) -> list[str]:
    anchors = [line for line in paragraphs for place in places(line.text) if place.name == REPORT]
    if not anchors:
        return ["It has no {{ report }}: write it alone in a paragraph, where the paper shall stand."]
    if len(anchors) > 1:
        return [f"It has {{{{ report }}}} {len(anchors)} times: the paper can stand in one place only."]
    if not anchors[0].body:
        return ["{{ report }} stands in a table, a text box, a header or a footer: move it to a paragraph of the text."]
    return []


def _unknown(paragraphs: list[Line]) -> list[str]:
    notes = []
    for braces in dict.fromkeys(
        braces for line in paragraphs for braces in other_braces(line.text) if not is_code(braces)
    ):
        guess = nearest(braces.strip("{}% #\u00a0").lower(), [*NAMES, REPORT])
        hint = optional(" Did you mean {{ ", guess, " }}?")
        notes.append(f"{_quoted(braces)} is no placeholder: it stays as it is.{hint}")
    return notes


def _missing_styles(styles: set[str], kind: str) -> list[str]:
    missing = [name for name in _STYLES[kind] if name.lower() not in styles]
    if not missing:
        return []
    return [f"It does not define the styles {listed(missing)}: plain ones are used."]


def _leftovers(data: bytes, kind: str) -> list[str]:
    """Say what would be sent on with every paper, and was hardly meant to be."""
    with zipfile.ZipFile(BytesIO(data)) as file:
        text = file.read(_MAIN[kind])
        names = file.namelist()
    notes = []
    if "word/comments.xml" in names or b"<office:annotation" in text:
        notes.append("It holds comments: every paper would have them.")
    if any(mark in text for mark in (b"<w:ins ", b"<w:del ", b"<text:tracked-changes")):
        notes.append("It holds tracked changes: accept or reject them.")
    return notes


def _fits(paragraphs: list[Line], styles: set[str]) -> list[str]:
    names = {place.name for line in paragraphs for place in places(line.text)}
    placeholders = ", ".join(name for name in NAMES if name in names)
    own_styles = ", ".join(name for name in STYLES if name.lower() in styles)
    notes = (
        "The paper stands in place of {{ report }}.",
        optional("Placeholders: ", placeholders, ".") or "It uses no placeholder.",
        optional("Its own styles: ", own_styles, "."),
    )
    return [note for note in notes if note]


def _styles(data: bytes, kind: str) -> set[str]:
    """Return the names of the template's styles as people see them, in small letters."""
    path = {"docx": "word/styles.xml", "odt": "styles.xml"}[kind]
    with zipfile.ZipFile(BytesIO(data)) as file:
        if path not in file.namelist():
            return set()
        root = tree(file.read(path))
    if kind == "docx":
        return {str(name).lower() for name in root.xpath("//*[local-name()='style']/*[local-name()='name']/@*")}
    names = root.xpath("//*[local-name()='style']/@*[local-name()='name' or local-name()='display-name']")
    return {str(name).replace("_20_", " ").lower() for name in names}


def _quoted(braces: str) -> str:
    text = " ".join(clean(braces).text.split())
    if len(text) > _SHOWN:
        text = f"{text[: _SHOWN - 1]}…"
    return f"“{text}”"
