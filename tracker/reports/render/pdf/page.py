"""The sections that share one page, laid out for each size of text that the page template may choose."""

from collections.abc import Mapping
from itertools import groupby
from typing import TypedDict

from tracker.reports.model import USUAL_TEXT, Heading, Plain, Section, Table
from tracker.reports.paged import Paged, stepped
from tracker.reports.render.heading import UNTITLED
from tracker.reports.render.pdf.blocks import NOTHING, Room, block_of, section_of
from tracker.reports.render.pdf.tables import LaidRow, LaidTable, Sheet

MARGINS = (15.0, 16.0, 14.0)  # millimetres at the sides, above and below; what stands on top of each page is in them
SHEETS = {"a4": (595.28, 841.89), "letter": (612.0, 792.0)}  # points
MM = 72 / 25.4
LEAST_TABLE = 10.0
LINE, HEADING = 1.16, 2.6  # of the size of text: from line to line, and what a heading takes
KEPT = 22  # characters of a cell that stays on one line: a rating that is stale, a date that is today
SAFE = 2.0  # points of the height that are left, since a measure is not the page


class Part(TypedDict):
    """One of the sections that share a page, as the page template takes it."""

    title: str
    blocks: list[Mapping[str, object]]


def page_room(page: str) -> tuple[float, float]:
    """Return width and height of the text on a single page, in points."""
    wide, tall = SHEETS.get(page, SHEETS["a4"])
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
    """Return the sections once for each size of text that the template may try, and for the case that none fits."""
    wide, tall = page_room(page)
    settings: list[Plain] = []
    for size in dict.fromkeys((USUAL_TEXT, *sizes)):
        smaller = tuple(dict.fromkeys(max(LEAST_TABLE, size - less) for less in (1, 2)))
        tight = sheet._replace(upright=wide, sizes=smaller, kept=KEPT)
        parts = [_part(section, tight) for section in sections]
        setting = {"size": size, "share": size / USUAL_TEXT, "wide": wide, "tall": tall, "parts": parts, "fits": True}
        if not settings:
            otherwise = {**setting, "fits": False, "parts": [_breakable(part) for part in parts]}
        # The template measures what it tries, which takes time: what cannot fit is not tried.
        if size in sizes and sum(_least_height(part, size, tight) for part in parts) <= tall:
            settings.append(setting)
    return {"settings": settings, "otherwise": otherwise, "wide": False}


def _breakable(part: Part) -> Part:
    """Return a part whose table may be parted between two rows, since it goes over several pages."""
    return {**part, "blocks": [{**block, "whole": False} if "rows" in block else block for block in part["blocks"]]}


def _part(section: Section, sheet: Sheet) -> Part:
    room = Room(sheet, turned=False)
    blocks: list[Mapping[str, object]] = []
    for block in stepped(section.blocks):
        if isinstance(block, Table) and block.columns:
            blocks.append(_named_once(section, block, room.table(block)))
        else:
            blocks.append(block_of(block, room))
    return {"title": room.text(section.title) or UNTITLED, "blocks": [block for block in blocks if block]}


def _named_once(section: Section, table: Table, laid: LaidTable) -> LaidTable:
    """Return a table that is not called as a title above it is, and says once what the sentences below its rows are."""
    titles = {section.title, *(block.text for block in section.blocks if isinstance(block, Heading))}
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
