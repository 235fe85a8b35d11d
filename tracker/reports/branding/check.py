"""Whether an organisation's .docx or .odt can be used as a template for papers: what fits, what is missing, why not."""

import zipfile
from io import BytesIO
from typing import NamedTuple

from tracker.reports.branding.odt_layout import OdtLayout, odt_layout
from tracker.reports.branding.package import STRICT, main_part, related
from tracker.reports.branding.placeholders import NAMES, REPORT, is_code, other_braces, places
from tracker.reports.branding.remarks import content_remarks, layout_remarks, too_many_columns
from tracker.reports.branding.safety import unsafe
from tracker.reports.branding.text import Line, lines
from tracker.reports.branding.trees import tree
from tracker.reports.branding.word_layout import WordLayout, word_file_layout
from tracker.rules.reading import nearest
from tracker.rules.wording import listed, optional
from tracker.text import clean

KINDS = ("docx", "odt")
# Files that people may take for a template of this kind, and what to do with them.
OTHERS = ("docm", "dotm", "dotx", "doc", "dot", "ott", "fodt", "rtf")
STYLES = ("Title", "Heading 1", "Heading 2", "Heading 3", "Caption", "List Bullet", "List Number", "Quote")
_STYLES = {"docx": STYLES, "odt": ("Title", "Heading 1", "Heading 2", "Heading 3", "Caption", "Text body")}
_SHOWN = 60


class Checked(NamedTuple):
    """What a check found, as sentences: why the file cannot be used, what is missing or will differ, and what fits."""

    refused: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    fits: tuple[str, ...] = ()


def kind_of(name: str) -> str:
    """Return which kind of text document a file's name stands for, such as ``docx`` or ``dotm``; empty for others."""
    end = name.lower().rpartition(".")[2]
    if end in (*KINDS, *OTHERS):
        return end
    return ""


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
        meeting = _meeting(data, kind)
    except (ValueError, KeyError, zipfile.BadZipFile, OSError) as error:
        return Checked((f"It cannot be read ({clean(str(error)).text[:_SHOWN]}). Save it again.",))
    unknown = tuple(_unknown(paragraphs))
    if refused := (*_code(paragraphs), *_anchor(paragraphs), *too_many_columns(meeting)):
        return Checked(refused, unknown)
    remarks = (*layout_remarks(meeting), *content_remarks(paragraphs), *_leftovers(data, kind))
    return Checked((), (*unknown, *_missing_styles(styles, kind), *remarks), tuple(_fits(paragraphs, styles)))


def _meeting(data: bytes, kind: str) -> WordLayout | OdtLayout:
    """Return what the paper meets in a template."""
    if kind == "odt":
        return odt_layout(data)
    return word_file_layout(data)


def _kind_problem(data: bytes, kind: str) -> str:
    """Return why a file is no text document of its kind; empty when it is one."""
    with zipfile.ZipFile(BytesIO(data)) as file:
        names = file.namelist()
        if kind == "docx":
            return _word_problem(file)
        media = file.read("mimetype") if "mimetype" in names else b""
    if "content.xml" not in names:
        return "It is no .odt text document: it has no content.xml. Save it as .odt."
    if media[:60].strip() != b"application/vnd.oasis.opendocument.text":
        return "It does not say that it is an OpenDocument text. Save it as .odt, not as .ott."
    return ""


def _word_problem(file: zipfile.ZipFile) -> str:
    main = main_part(file)
    if not main:
        return "It is no .docx text document: it names no part as its text. Save it as .docx."
    types = file.read("[Content_Types].xml")
    if b"wordprocessingml.template" in types:
        return "It is a Word template (.dotx), whatever its name is. Save it as a Word document (.docx)."
    if b"wordprocessingml.document.main" not in types:
        return "It does not say that it is a Word document. Save it again as .docx."
    if tree(file.read(main)).tag.startswith(f"{{{STRICT}}}"):
        return (
            "It is a “Strict Open XML Document”, which few programs can fill. In Word: File, Save As, and choose "
            "“Word Document (*.docx)”, without “Strict”."
        )
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
        return [f"{{{{ report }}}} stands in {anchors[0].place}: move it to a paragraph of the text."]
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
        main = main_part(file) if kind == "docx" else "content.xml"
        text = file.read(main)
        kinds = [part.kind for part in related(file, main)] if kind == "docx" else []
    notes = []
    if "comments" in kinds or b"<office:annotation" in text:
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
    with zipfile.ZipFile(BytesIO(data)) as file:
        path = "styles.xml"
        if kind == "docx":
            path = next((part.path for part in related(file, main_part(file)) if part.kind == "styles"), "")
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
