"""A paper as a tagged PDF for reading and for archives: it declares PDF/UA-1 and PDF/A-2a.

The pages are set by our own template; all text goes to it as JSON, so nothing that anybody typed is ever code.
"""

import json

from tracker.content import content
from tracker.reports.files.canonical import digest
from tracker.reports.model import PLAIN, Brand, NotRendered, Plain, Rendered, Report, text_sizes
from tracker.reports.paged import paged
from tracker.reports.render.heading import footer_facts
from tracker.reports.render.pdf.blocks import payload
from tracker.reports.render.pdf.page import MARGINS, pages
from tracker.reports.render.pdf.tables import SHEETS, Sheet
from tracker.reports.typography.fonts import face_ruler, read_face
from tracker.reports.typography.glyphs import lacking, showable, squared
from tracker.reports.typography.raster import framed
from tracker.reports.typography.typesetting import Typesetter, Unprintable, set_pdf, set_png, typesetter

PAPERS = {"a4": "a4", "letter": "us-letter"}
MOST_TRIES = 5


def render(report: Report, brand: Brand = PLAIN) -> Rendered:
    """Return the paper as PDF; the notes name each character that no font can show, and where it stood.

    Raises NotRendered when the typesetter refuses the paper for another reason.
    """
    readable = tuple(data for data in brand.fonts if read_face(data).family)
    notes: tuple[str, ...] = ()
    if readable != brand.fonts:
        notes = ("A font of the house style cannot be read and was not used.",)
    brand = brand._replace(fonts=readable)
    families = tuple(dict.fromkeys(read_face(data).family for data in readable))
    try:
        with typesetter(readable, families) as setter:
            rendered = _printed(report, brand, setter)
    except OSError as error:
        raise NotRendered(f"The fonts of the house style cannot be used: {error.strerror or error}.") from error
    return Rendered(rendered.data, (*notes, *rendered.notes))


def _printed(report: Report, brand: Brand, setter: Typesetter) -> Rendered:
    """Return the PDF of a paper in which □ stands for every character that has no sign."""
    lost = lacking(report, setter, brand.fonts, (brand.organisation, brand.logo_alt))
    notes: tuple[str, ...] = ()
    reason = "too many characters have no sign in the fonts"
    for _ in range(MOST_TRIES):
        paper = showable(report, lost)
        try:
            return Rendered(_set(report, paper.report, lost, brand, setter), (*notes, *paper.notes))
        except Unprintable as refused:
            # Some signs can be shown alone, but not beside what they join.
            signs = frozenset(sign for sign in "".join(refused.signs) if not sign.isascii()) - lost
            reason = str(refused)
            if signs:
                lost |= signs
            elif brand.logo:
                brand = brand._replace(logo=b"")
                notes = (f"The logo cannot be shown and was left out: {reason}.",)
            else:
                break
    raise NotRendered(f"The PDF cannot be made: {reason}. Choose another format, such as html.")


def _set(original: Report, report: Report, lost: frozenset[str], brand: Brand, setter: Typesetter) -> bytes:
    """Return the PDF of a report; its foot has the hash of the original, before characters were replaced."""
    sheet = Sheet(*SHEETS.get(brand.page, SHEETS["a4"]), face_ruler(brand.fonts))
    brand = brand._replace(
        organisation=squared(brand.organisation, lost), logo_alt=squared(brand.logo_alt, lost).strip()
    )
    foot = [squared(fact, lost) for fact in footer_facts(original)]
    sections = paged(report)
    if sections.long:
        sheet = sheet.closer()
    paper = payload(report, brand.organisation, foot, digest(original), sheet, long=sections.long)
    look = _written(_look(brand, setter))
    parts = pages(sections, sheet, brand.page, text_sizes(brand))
    for part in parts:
        settings = part.pop("settings", None)
        if isinstance(settings, list):
            part["setting"] = _fitting(settings, paper, look, setter) or part["otherwise"]
            del part["otherwise"]
    inputs = {"paper": _written({**paper, "sections": parts}), "brand": look}
    return set_pdf(setter, _source("drawing", "board", "pages"), inputs, original.header.as_of)


def _fitting(settings: list[Plain], paper: Plain, look: str, setter: Typesetter) -> Plain | None:
    """Return the first of some settings of a page that fits it; None when none does."""
    if not settings:
        return None
    inputs = {"paper": _written(paper), "brand": look, "settings": _written(settings)}
    picture = set_png(setter, _source("drawing", "board", "probe"), inputs)
    number = int.from_bytes(picture[16:20], "big") // 10
    return settings[number - 1] if number else None


def _source(*parts: str) -> bytes:
    return b"".join(content("reports", "pdf", f"{part}.typ").read_bytes() for part in parts)


def _written(value: Plain | list[Plain]) -> str:
    return json.dumps(value, ensure_ascii=False)


def _look(brand: Brand, setter: Typesetter) -> Plain:
    return {
        "accent": brand.accent,
        "page": PAPERS.get(brand.page, "a4"),
        "fonts": setter.families,
        "logo": _drawing(brand.logo),
        "margins": MARGINS,
        "logo_alt": brand.logo_alt or brand.organisation or "Logo",
    }


def _drawing(logo: bytes) -> str:
    """Return a logo as SVG text, since only text goes to the template: a PNG picture is put into a drawing."""
    if not logo.startswith(b"\x89PNG") or len(logo) < 24:
        return logo.decode("utf-8", "replace")
    return framed(logo)
