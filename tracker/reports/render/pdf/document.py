"""A paper as a tagged PDF for reading and for archives: it declares PDF/UA-1 and PDF/A-2a.

The pages are set by our own template; all text goes to it as JSON, so nothing that anybody typed is ever code.
"""

import json
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import NamedTuple, TypedDict

from tracker.content import content
from tracker.reports.files.canonical import digest
from tracker.reports.model import (
    PLAIN,
    USUAL_TEXT,
    Brand,
    Heading,
    NotRendered,
    Plain,
    Rendered,
    Report,
    Section,
    Table,
    text_sizes,
)
from tracker.reports.paged import Paged, is_long, paged, stepped
from tracker.reports.printed import FEW_ROWS, cut, may_be_cut, most_rows
from tracker.reports.render.heading import UNTITLED, footer_facts
from tracker.reports.render.pdf.blocks import NOTHING, Room, block_of, payload, section_of
from tracker.reports.render.pdf.row_headers import with_row_headers
from tracker.reports.render.pdf.tables import SHEETS, LaidRow, LaidTable, Sheet
from tracker.reports.typography.fonts import face_ruler, read_face
from tracker.reports.typography.glyphs import lacking, showable, squared
from tracker.reports.typography.raster import framed
from tracker.reports.typography.typesetting import Typesetter, Unprintable, let_go, set_pdf, set_png, typesetter

MARGINS = (15.0, 16.0, 14.0)  # millimetres at the sides, above and below; what stands on top of each page is in them
PAGE_SIZES = {"a4": (595.28, 841.89), "letter": (612.0, 792.0)}  # points
MM = 72 / 25.4
LEAST_TABLE = 10.0
LINE, HEADING = 1.16, 2.6  # of the size of text: from line to line, and what a heading takes
AIR = (1.0, 0.5, 0.2, 0.0)  # between the lines of a page that is shared: before the letters are large, they stand apart
KEPT = 22  # characters of a cell that stays on one line: a rating that is stale, a date that is today
SAFE = 2.0  # points of the height that are left, since a measure is not the page


class Part(TypedDict):
    """One of the sections that share a page, as the page template takes it."""

    title: str
    blocks: list[Mapping[str, object]]


def page_room(page: str) -> tuple[float, float]:
    """Return width and height of the text on a single page, in points."""
    wide, tall = PAGE_SIZES.get(page, PAGE_SIZES["a4"])
    return wide - 2 * MARGINS[0] * MM, tall - (MARGINS[1] + MARGINS[2]) * MM - SAFE


def pages(paper: Paged, sheet: Sheet, page: str, sizes: tuple[float, ...]) -> list[Plain]:
    """Return the sections of a paper as the template takes them; those that share a page are one part of it."""
    parts: list[Plain] = []
    entries = zip(paper.sections or (NOTHING,), paper.listed or (True,), strict=True)
    for shared, run in groupby(entries, key=lambda entry: entry[0].one_page):
        if shared:
            sections = [section for section, _ in run]
            parts.append({**_shared(sections, sheet._replace(dense=False), page, sizes), "listed": True})
        else:
            parts += [{**section_of(section, sheet, paper.figures), "listed": listed} for section, listed in run]
    return parts


def _shared(sections: list[Section], sheet: Sheet, page: str, sizes: tuple[float, ...]) -> Plain:
    """Return the sections for each size of text and air that the template may try, and for the case that none fits."""
    wide, tall = page_room(page)
    settings: list[Plain] = []
    for size in dict.fromkeys((USUAL_TEXT, *sizes)):
        smaller = tuple(dict.fromkeys(max(LEAST_TABLE, size - less) for less in (1, 2)))
        tight = sheet._replace(upright=wide, sizes=smaller, kept=KEPT)
        parts = [_part(section, tight) for section in sections]
        setting = {"size": size, "share": size / USUAL_TEXT, "wide": wide, "tall": tall, "parts": parts, "fits": True}
        if size == USUAL_TEXT:
            otherwise = {**setting, "air": AIR[0], "fits": False, "parts": [_breakable(part) for part in parts]}
        # The template measures what it tries, which takes time: what cannot fit is not tried.
        if size in sizes and sum(_least_height(part, size, tight) for part in parts) <= tall:
            settings.append(setting)
    aired = [{**setting, "air": air} for air in AIR for setting in settings]
    return {"settings": aired, "otherwise": otherwise, "wide": False}


def _breakable(part: Part) -> Part:
    """Return a part whose table may be parted between two rows, since it goes over several pages."""
    return {**part, "blocks": [{**block, "whole": False} if "rows" in block else block for block in part["blocks"]]}


def _part(section: Section, sheet: Sheet) -> Part:
    room = Room(sheet)
    blocks: list[Mapping[str, object]] = []
    for block in stepped(section.blocks):
        if isinstance(block, Table) and block.columns:
            table = block.needed
            blocks.append(_named_once(section, table, room.table(table)))
        else:
            blocks.append(block_of(block, room))
    return {"title": room.text(section.title) or UNTITLED, "blocks": [block for block in blocks if block]}


def _named_once(section: Section, table: Table, laid: LaidTable) -> LaidTable:
    """Return a table that is not called as a title above it is, and says once what the sentences below its rows are."""
    titles = {section.title, *(heading.text for heading in section.of(Heading))}
    if table.caption in titles:
        laid = {**laid, "caption": ""}
    longs = [column.title for column in table.columns[1:] if column.long]
    rows = laid["rows"]
    if len(longs) != 1 or not any(row["below"] for row in rows):
        return laid
    plain: list[LaidRow] = [{**row, "below": row["below"].removeprefix(f"{longs[0]}: ")} for row in rows]
    caption = ". ".join(part for part in (laid["caption"], f"Below each row: {longs[0].lower()}") if part)
    return {**laid, "rows": plain, "caption": caption}


def _least_height(part: Part, size: float, sheet: Sheet) -> float:
    """Return the points that a part takes at least on its page."""
    height = HEADING * size
    for block in part["blocks"]:
        room = sheet.upright
        texts: list[object] = []
        match block:
            case {"rows": list(rows), "widths": list(widths), "size": float(points)}:
                height += sum(_row_height(row, widths, points, sheet) for row in rows)
            case {"items": list(items), "label": float(label)}:  # facts
                room -= label * size / USUAL_TEXT
                texts = [value for _, value in items]
            case {"items": list(items)}:
                texts = items
            case {"text": text}:
                texts = [text]
        height += sum(_lines(text, room, size, sheet) for text in texts if isinstance(text, str)) * LINE * size
    return height


def _row_height(row: LaidRow, widths: list[float], size: float, sheet: Sheet) -> float:
    name, *cells = (_lines(text, width, size, sheet) for (text, _), width in zip(row["cells"], widths, strict=True))
    below = 0
    if row["below"]:
        below = _lines(row["below"], sum(widths[1:]), size, sheet)
    return max(name, max(cells, default=0) + below) * LINE * size


def _lines(text: str, room: float, size: float, sheet: Sheet) -> int:
    return sum(1 + int(sheet.points(line, size) / room) for line in text.split("\n"))


PAPERS = {"a4": "a4", "letter": "us-letter"}
MOST_TRIES = 5
TRIED_AT_ONCE = 6  # numbers of rows that are measured together


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
    sheet = Sheet(*SHEETS.get(brand.page, SHEETS["a4"]), face_ruler(brand.fonts), accent=brand.accent)
    brand = brand._replace(
        organisation=squared(brand.organisation, lost), logo_alt=squared(brand.logo_alt, lost).strip()
    )
    foot = [squared(fact, lost) for fact in footer_facts(original)]
    if is_long(report):
        sheet = sheet.closer()
    paper = payload(report, brand.organisation, foot, digest(original), sheet, long=is_long(report))
    look = _written(_look(brand, setter))
    measure = Measure(paper, look, setter)
    parts = _settled(report, sheet, brand, measure)
    if may_be_cut(report, brand) and not all(fits(part) for part in parts):
        report = cut(report, _most_that_fit(report, sheet, brand, measure))
        parts = _settled(report, sheet, brand, measure)
        let_go(setter)
    inputs = {"paper": _written({**paper, "sections": parts}), "brand": look}
    named = [table["row_header"] is True for table in _tables(parts)]
    return with_row_headers(set_pdf(setter, _source("drawing", "board", "pages"), inputs, original.header.as_of), named)


def _tables(drawn: object) -> Iterator[Mapping[str, object]]:
    """Yield the tables of what the template takes, in the order in which it draws them."""
    if isinstance(drawn, Mapping) and "row_header" in drawn:
        if drawn["rows"]:
            yield drawn
    elif isinstance(drawn, Mapping | list):
        for part in drawn.values() if isinstance(drawn, Mapping) else drawn:
            yield from _tables(part)


def _settled(report: Report, sheet: Sheet, brand: Brand, measure: "Measure") -> list[Plain]:
    """Return the sections of a paper as the template takes them; those that share a page in the setting that fits."""
    parts = pages(paged(report), sheet, brand.page, text_sizes(brand))
    for part in parts:
        settings = part.pop("settings", None)
        if isinstance(settings, list):
            place = measure.first(settings)
            otherwise = part.pop("otherwise")
            part["setting"] = otherwise if place is None else settings[place]
    return parts


def fits(part: Plain) -> bool:
    """Return whether a part of a paper fits its page, if it has to."""
    setting = part.get("setting")
    return not isinstance(setting, dict) or bool(setting["fits"])


def _most_that_fit(report: Report, sheet: Sheet, brand: Brand, measure: "Measure") -> int:
    """Return the most rows that fit the page that sections share, in the smallest letters and set most closely."""
    smallest = text_sizes(brand)[-1:]

    def tightest(rows: int) -> Plain | None:
        shared = [section for section in cut(report, rows).sections if section.one_page]
        settings = _shared(shared, sheet._replace(dense=False), brand.page, smallest)["settings"]
        return settings[-1] if isinstance(settings, list) and settings else None

    # A rough measure says how many are surely too many; the page itself is measured for a few at a time below that.
    most = bisect_left(range(most_rows(report) + 1), True, key=lambda rows: tightest(rows) is None)
    for end in range(most, 0, -TRIED_AT_ONCE):
        numbers = range(end - 1, max(end - TRIED_AT_ONCE, 0) - 1, -1)
        candidates = [(rows, setting) for rows in numbers if (setting := tightest(rows)) is not None]
        place = measure.first([setting for _, setting in candidates])
        if place is not None:
            return candidates[place][0]
    return FEW_ROWS  # what else there is to say takes more than a page


class Measure(NamedTuple):
    """What measures the page that sections share: the rest of the paper, the look of the brand, and the typesetter."""

    paper: Plain
    look: str
    setter: Typesetter

    def first(self, settings: list[Plain]) -> int | None:
        """Return the place of the first of some settings that fits its page; None when none does."""
        if not settings:
            return None
        inputs = {"paper": _written(self.paper), "brand": self.look, "settings": _written(settings)}
        picture = set_png(self.setter, _source("drawing", "board", "probe"), inputs)
        number = int.from_bytes(picture[16:20], "big") // 10
        return number - 1 if number else None


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
