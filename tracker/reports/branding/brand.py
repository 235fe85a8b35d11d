"""The house style of an organisation, read from one TOML file; every problem is reported with file, line and reason."""

import re
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from tracker.errors import TrackerError
from tracker.reports.branding.pictures import kind_of, problem
from tracker.reports.charts.palette import contrast
from tracker.reports.model import PLAIN, Brand, Plain, Report
from tracker.rules.reading import nearest
from tracker.rules.templates.lines import find_lines, too_nested
from tracker.rules.wording import optional
from tracker.text import clean

PAGES = ("a4", "letter")
LEAST_CONTRAST = 4.5
MOST_BYTES = {"logo": 2_000_000, "font": 20_000_000, "template": 20_000_000, "brand": 50_000}
MOST_FONTS = 40
FONT_BEGINNINGS = (b"\x00\x01\x00\x00", b"OTTO", b"true", b"ttcf")
LONGEST = {"organisation": 120, "logo_alt": 200, "classification": 40}
KEYS = (
    *("organisation", "logo", "logo_alt", "accent", "fonts", "classification", "page", "language", "docx", "odt"),
    "smallest_text",
)
SMALLEST, USUAL = 10, 12  # points
# What an SVG picture of an organisation does not need, and what could run, reach out or grow without end.
_NOT_IN_SVG = re.compile(rb"<\s*script|<!ENTITY|<!DOCTYPE|<\s*foreignObject|\son\w+\s*=|javascript:", re.IGNORECASE)
_OUTSIDE = re.compile(rb"(?:href|src)\s*=\s*[\"']\s*(?!#|data:)|url\(\s*[\"']?\s*(?!#|data:)|@import", re.IGNORECASE)


class Branding(NamedTuple):
    """A house style: what renderers are given, and what a paper's header takes from it where it says nothing itself."""

    brand: Brand = PLAIN
    classification: str = ""
    language: str = ""

    def applied(self, report: Report) -> Report:
        """Return the paper with the house's language and classification; a frozen one stays as it was frozen.

        A classification that the programme gives is never replaced.
        """
        header = report.header
        if header.frozen:
            return report
        named = header.classification or self.classification
        return replace(report, header=replace(header, classification=named, language=self.language or header.language))


NO_BRANDING = Branding()


class _Reader:
    """Reads one brand file; ``problems`` holds what is wrong so far."""

    def __init__(self, path: Path, text: str, data: Plain) -> None:
        self.path = path
        self.data = data
        self.lines = find_lines(text)
        self.problems: list[str] = []

    def wrong(self, key: str, reason: str) -> None:
        """Note what is wrong with a key."""
        self.problems.append(f"{self.path}, line {self.lines.of((key,))}: {reason}")

    def text(self, key: str) -> str:
        """Return the text of a key, cleaned; empty when it is not given or wrong."""
        value = self.data.get(key, "")
        if not isinstance(value, str):
            self.wrong(key, f'{key} is a text in quotes, such as {key} = "…".')
            return ""
        text = clean(value).text
        if len(text) > LONGEST.get(key, 300):
            self.wrong(key, f"{key} may have {LONGEST.get(key, 300)} characters at most; this has {len(text)}.")
        return text

    def file(self, key: str, name: str, kind: str) -> bytes:
        """Return what a file holds, whose name is relative to the folder of the brand file; nothing without a name."""
        if not name:
            return b""
        path = self.path.parent / name
        try:
            if not path.is_file():
                self.wrong(key, f"there is no file {path}.")
                return b""
            if path.stat().st_size > MOST_BYTES[kind]:
                self.wrong(key, f"{path} is larger than {MOST_BYTES[kind] // 1_000_000} MB.")
                return b""
            data = path.read_bytes()
        except (OSError, ValueError) as error:
            self.wrong(key, f"{name} cannot be read: {getattr(error, 'strerror', None) or error}.")
            return b""
        if not data:
            self.wrong(key, f"{path} is empty.")
        return data


def read_brand(path: Path) -> Branding:
    """Return the house style that a TOML file describes.

    Raises TrackerError with a line for each problem: its file, line and reason.
    """
    text = _text(path)
    reason = too_nested(text)
    if reason:
        raise TrackerError(f"{path}: {reason}")
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise TrackerError(f"{path}: this is not TOML: {clean(str(error)).text}.") from None
    reader = _Reader(path, text, data)
    for key in data:
        if key not in KEYS:
            hint = optional("Did you mean “", nearest(key, list(KEYS)), "”?") or f"It may say: {', '.join(KEYS)}."
            reader.wrong(key, f"a brand file has no “{key}”. {hint}")
    branding = _branding(reader)
    if reader.problems:
        raise TrackerError("\n".join(reader.problems))
    return branding


def _text(path: Path) -> str:
    try:
        if path.exists() and not path.is_file():
            raise TrackerError(f"{path} is no file, and so no brand file.")
        if path.is_file() and path.stat().st_size > MOST_BYTES["brand"]:
            raise TrackerError(f"{path} is too large for a brand file.")
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise TrackerError(f"{path} is not text in UTF-8. Save it as UTF-8.") from None
    except FileNotFoundError:
        raise TrackerError(f"There is no brand file {path}.") from None
    except OSError as error:
        raise TrackerError(f"The brand file {path} cannot be read: {error.strerror or error}.") from error


def _branding(reader: _Reader) -> Branding:
    logo, logo_type = _logo(reader, reader.text("logo"))
    logo_alt = reader.text("logo_alt")
    if logo and not logo_alt:
        reader.wrong("logo", 'a logo needs logo_alt = "…", which says what it shows to whoever cannot see it.')
    page = reader.text("page").lower() or PLAIN.page
    if page not in PAGES:
        reader.wrong("page", f"page is {' or '.join(PAGES)}; “{page}” is not.")
    language = reader.text("language")
    if language and not re.fullmatch(r"en(-[A-Za-z0-9]{2,8})*", language, re.IGNORECASE):
        # A language that a paper declares and is not written in is read out in the voice of another.
        sentence = "papers are written in English. Take en, or en with a country such as en-GB."
        reader.wrong("language", f"“{language}” cannot be: {sentence}")
    brand = Brand(
        organisation=reader.text("organisation"),
        logo=logo,
        logo_type=logo_type,
        logo_alt=logo_alt,
        accent=_accent(reader, reader.text("accent")),
        page=page,
        fonts=_fonts(reader, reader.text("fonts")),
        docx=_template(reader, "docx", reader.text("docx")),
        odt=_template(reader, "odt", reader.text("odt")),
        smallest_text=_smallest(reader),
    )
    return Branding(brand, reader.text("classification"), language)


def _smallest(reader: _Reader) -> float:
    smallest = reader.data.get("smallest_text", PLAIN.smallest_text)
    if isinstance(smallest, bool) or not isinstance(smallest, int | float) or not SMALLEST <= smallest <= USUAL:
        reader.wrong(
            "smallest_text",
            f"smallest_text is a number of points from {SMALLEST} to {USUAL}, such as smallest_text = {SMALLEST}; "
            f"{USUAL} means that no page is set smaller to hold all.",
        )
        return PLAIN.smallest_text
    return smallest


def _accent(reader: _Reader, colour: str) -> str:
    if not colour:
        return PLAIN.accent
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        reader.wrong("accent", f"“{colour}” is not a colour such as #12436d.")
        return PLAIN.accent
    against = contrast(colour, "#ffffff")
    if against < LEAST_CONTRAST:
        reader.wrong(
            "accent",
            f"{colour} has a contrast of {against:.1f} with white; {LEAST_CONTRAST} is the least that people with weak "
            "sight can read. Choose a darker colour.",
        )
    return colour.lower()


def _logo(reader: _Reader, name: str) -> tuple[bytes, str]:
    data = reader.file("logo", name, "logo")
    if not data:
        return b"", ""
    kind = kind_of(data)
    if kind not in ("png", "svg"):
        reader.wrong("logo", f"{name} is neither an SVG nor a PNG picture.")
    elif kind == "svg" and (_NOT_IN_SVG.search(data) or _OUTSIDE.search(data)):
        reader.wrong(
            "logo", f"{name} holds a script, a document type or a reference to the outside. Save it as plain SVG."
        )
    elif reason := problem(data):
        reader.wrong("logo", f"{name}: {reason}")
    return data, kind or "svg"


def _fonts(reader: _Reader, name: str) -> tuple[bytes, ...]:
    folder = reader.path.parent / name
    if not name:
        return ()
    if not folder.is_dir():
        reader.wrong("fonts", f"there is no folder {folder}.")
        return ()
    files = sorted(file for file in folder.iterdir() if file.suffix.lower() in (".ttf", ".otf", ".ttc"))
    if not files or len(files) > MOST_FONTS:
        number = optional("", len(files), f" font files, and {MOST_FONTS} are the most")
        reader.wrong("fonts", f"{folder} holds {number or 'no .ttf or .otf file'}.")
        return ()
    fonts = [(file, reader.file("fonts", str(Path(name) / file.name), "font")) for file in files]
    for file, data in fonts:
        if data and not data.startswith(FONT_BEGINNINGS):
            reader.wrong("fonts", f"{file} is not a font.")
    return tuple(data for _, data in fonts)


def _template(reader: _Reader, kind: str, name: str) -> bytes:
    """Return a template of the organisation's that was checked; what does not fit is noted."""
    data = reader.file(kind, name, "template")
    if data:
        from tracker.reports.branding.check import check

        for problem in check(data, kind).refused:
            reader.wrong(kind, f"{name}: {problem}")
    return data
