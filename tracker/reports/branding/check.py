"""Whether an organisation's .docx or .odt can be used as a template for papers: what fits, what is missing, why not."""

import zipfile
from io import BytesIO
from typing import NamedTuple

from tracker.reports.branding.placeholders import NAMES, REPORT, is_code, others, places
from tracker.reports.branding.safety import tree, unsafe
from tracker.reports.branding.text import Line, lines
from tracker.rules.reading import nearest
from tracker.rules.wording import listed
from tracker.text import clean

KINDS = ("docx", "odt")
# Files that people may take for a template of this kind, and what to do with them.
OTHERS = ("docm", "dotm", "dotx", "doc", "dot", "ott", "fodt", "rtf")
STYLES = ("Title", "Heading 1", "Heading 2", "Heading 3", "Caption", "List Bullet", "List Number", "Quote")
_ODT_STYLES = ("Title", "Heading 1", "Heading 2", "Heading 3", "Caption", "Text body")
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
        if wrong := _other_kind(data, kind):
            return Checked((wrong,))
        found = lines(data, kind)
        styles = _styles(data, kind)
    except (ValueError, KeyError, zipfile.BadZipFile, OSError) as error:
        return Checked((f"It cannot be read ({clean(str(error)).text[:_SHOWN]}). Save it again.",))
    refused = [*_code(found), *_anchor(found)]
    if refused:
        return Checked(tuple(refused), tuple(_unknown(found)))
    return Checked((), (*_unknown(found), *_absent(styles, kind), *_leftovers(data, kind)), tuple(_fits(found, styles)))


def problems(data: bytes, kind: str) -> list[str]:
    """Return why a template cannot be used, as sentences; nothing when it can."""
    return list(check(data, kind).refused)


def _other_kind(data: bytes, kind: str) -> str:
    with zipfile.ZipFile(BytesIO(data)) as file:
        names = set(file.namelist())
        if _MAIN[kind] not in names:
            return f"It is no .{kind} text document: it has no {_MAIN[kind]}. Save it as .{kind}."
        types = file.read("[Content_Types].xml") if kind == "docx" and "[Content_Types].xml" in names else b""
        if b"wordprocessingml.template" in types:
            return "It is a Word template (.dotx), whatever its name is. Save it as a Word document (.docx)."
        if kind == "docx" and b"wordprocessingml.document.main" not in types:
            return "It does not say that it is a Word document. Save it again as .docx."
        if kind == "odt" and file.read("mimetype" if "mimetype" in names else _MAIN[kind])[:60].strip() != (
            b"application/vnd.oasis.opendocument.text"
        ):
            return "It does not say that it is an OpenDocument text. Save it as .odt, not as .ott."
    return ""


def _code(found: list[Line]) -> list[str]:
    strange = [braces for line in found for braces in others(line.text) if is_code(braces)]
    return [
        f"It holds code in braces: {_quoted(braces)}. A template may hold fixed placeholders only; take it out."
        for braces in dict.fromkeys(strange)
    ]


def _anchor(found: list[Line]) -> list[str]:
    anchors = [line for line in found for place in places(line.text) if place.name == REPORT]
    if not anchors:
        return ["It has no {{ report }}: write it alone in a paragraph, where the paper shall stand."]
    if len(anchors) > 1:
        return [f"It has {{{{ report }}}} {len(anchors)} times: the paper can stand in one place only."]
    if not anchors[0].body:
        return ["{{ report }} stands in a table, a text box, a header or a footer: move it to a paragraph of the text."]
    return []


def _unknown(found: list[Line]) -> list[str]:
    said = []
    for braces in dict.fromkeys(braces for line in found for braces in others(line.text) if not is_code(braces)):
        guess = nearest(braces.strip("{}% #\u00a0").lower(), [*NAMES, REPORT])
        hint = f" Did you mean {{{{ {guess} }}}}?" if guess else ""
        said.append(f"{_quoted(braces)} is no placeholder: it stays as it is.{hint}")
    return said


def _absent(styles: set[str], kind: str) -> list[str]:
    wanted = STYLES if kind == "docx" else _ODT_STYLES
    lacking = [name for name in wanted if name.lower() not in styles]
    return [f"It does not define the styles {listed(lacking)}: plain ones are used."] if lacking else []


def _leftovers(data: bytes, kind: str) -> list[str]:
    """Say what would be sent on with every paper, and was hardly meant to be."""
    with zipfile.ZipFile(BytesIO(data)) as file:
        text = file.read(_MAIN[kind])
        names = file.namelist()
    comments = "word/comments.xml" in names or b"<office:annotation" in text
    tracked = b"<w:ins " in text or b"<w:del " in text or b"<text:tracked-changes" in text
    said = ["It holds comments: every paper would have them."] if comments else []
    return [*said, *(["It holds tracked changes: accept or reject them."] if tracked else [])]


def _fits(found: list[Line], styles: set[str]) -> list[str]:
    used = {place.name for line in found for place in places(line.text)} - {REPORT}
    known = [name for name in STYLES if name.lower() in styles]
    return [
        "The paper stands in place of {{ report }}.",
        f"Placeholders: {', '.join(name for name in NAMES if name in used)}." if used else "It uses no placeholder.",
        *([f"Its own styles: {', '.join(known)}."] if known else []),
    ]


def _styles(data: bytes, kind: str) -> set[str]:
    """Return the names of the template's styles as people see them, in small letters."""
    path = "word/styles.xml" if kind == "docx" else "styles.xml"
    with zipfile.ZipFile(BytesIO(data)) as file:
        if path not in file.namelist():
            return set()
        root = tree(file.read(path))
    if kind == "docx":
        return {str(name).lower() for name in root.xpath("//*[local-name()='style']/*[local-name()='name']/@*")}
    both = root.xpath("//*[local-name()='style']/@*[local-name()='name' or local-name()='display-name']")
    return {str(name).replace("_20_", " ").lower() for name in both}


def _quoted(braces: str) -> str:
    said = " ".join(clean(braces).text.split())
    return f"“{said if len(said) <= _SHOWN else said[: _SHOWN - 1] + '…'}”"
