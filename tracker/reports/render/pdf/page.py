"""The sections that share one page, laid out for each size of text that the page template may choose."""

from itertools import groupby
from typing import Any

from tracker.reports.model import Heading, Section, Table
from tracker.reports.paged import Paged, stepped
from tracker.reports.render.pdf.blocks import NOTHING, UNTITLED, Room, block_of, section_of
from tracker.reports.render.pdf.tables import Sheet
from tracker.reports.rendering import USUAL_TEXT

MARGINS = (15.0, 16.0, 14.0)  # millimetres at the sides, above and below; what stands on top of each page is in them
SHEETS = {"a4": (595.28, 841.89), "letter": (612.0, 792.0)}  # points
MM = 72 / 25.4
LEAST_TABLE = 10.0
LINE, HEADING = 1.16, 2.6  # of the size of text: from line to line, and what a heading takes
KEPT = 22  # characters of a cell that stays on one line: a rating that is stale, a date that is today
SAFE = 2.0  # points of the height that are left, since a measure is not the page


def page_room(page: str) -> tuple[float, float]:
    """Return width and height of the text on a single page, in points."""
    wide, tall = SHEETS.get(page, SHEETS["a4"])
    return wide - 2 * MARGINS[0] * MM, tall - (MARGINS[1] + MARGINS[2]) * MM - SAFE


def pages(paper: Paged, sheet: Sheet, page: str, sizes: tuple[float, ...]) -> list[dict[str, Any]]:
    """Return the sections of a paper as the template takes them; those that share a page are one part of it."""
    found: list[dict[str, Any]] = []
    both = zip(paper.sections or (NOTHING,), paper.listed or (True,), strict=True)
    for shared, some in groupby(both, key=lambda one: one[0].one_page):
        if shared:
            sections = [section for section, _ in some]
            found.append({**_shared(sections, sheet._replace(dense=False), page, sizes), "listed": True})
        else:
            found += [{**section_of(one, sheet, paper.figures), "listed": named} for one, named in some]
    return found


def _shared(sections: list[Section], sheet: Sheet, page: str, sizes: tuple[float, ...]) -> dict[str, Any]:
    """Return the sections once for each size of text that the template may try, and for the case that none fits."""
    wide, tall = page_room(page)
    settings: list[dict[str, Any]] = []
    for size in dict.fromkeys((USUAL_TEXT, *sizes)):
        smaller = tuple(dict.fromkeys(max(LEAST_TABLE, size - less) for less in (1, 2)))
        tight = sheet._replace(upright=wide, sizes=smaller, kept=KEPT)
        parts = [_part(one, tight) for one in sections]
        one = {"size": size, "share": size / USUAL_TEXT, "wide": wide, "tall": tall, "parts": parts, "fits": True}
        if not settings:
            otherwise = {**one, "fits": False, "parts": [_breakable(part) for part in parts]}
        # The template measures what it tries, which takes time: what cannot fit is not tried.
        if size in sizes and sum(_least_height(part, size, tight) for part in parts) <= tall:
            settings.append(one)
    return {"settings": settings, "otherwise": otherwise, "wide": False}


def _breakable(part: dict[str, Any]) -> dict[str, Any]:
    """Return a part whose table may be parted between two rows, since it goes over several pages."""
    return {**part, "blocks": [{**block, "whole": False} if "rows" in block else block for block in part["blocks"]]}


def _part(section: Section, sheet: Sheet) -> dict[str, Any]:
    room = Room(sheet, turned=False)
    blocks = [
        _named_once(section, block, room.table(block)) if isinstance(block, Table) else block_of(block, room)
        for block in stepped(section.blocks)
    ]
    return {"title": room.text(section.title) or UNTITLED, "blocks": [one for one in blocks if one]}


def _named_once(section: Section, table: Table, laid: dict[str, Any]) -> dict[str, Any]:
    """Return a table that is not called as a title above it is, and says once what the sentences below its rows are."""
    titles = {section.title, *(block.text for block in section.blocks if isinstance(block, Heading))}
    laid = {**laid, "caption": "" if table.caption in titles else laid["caption"]}
    longs = [column.title for column in table.columns[1:] if column.long]
    rows = laid.get("rows", [])
    if len(longs) != 1 or not any(row["below"] for row in rows):
        return laid
    named = f"{laid['caption']}. " if laid["caption"] else ""
    plain = [{**row, "below": row["below"].removeprefix(f"{longs[0]}: ")} for row in rows]
    return {**laid, "rows": plain, "caption": f"{named}Below each row: {longs[0].lower()}"}


def _least_height(part: dict[str, Any], size: float, sheet: Sheet) -> float:
    """Return the points that a part takes at least on its page."""
    found = HEADING * size
    for block in part["blocks"]:
        if "rows" in block:
            found += sum(_row_height(row, block["widths"], block["size"], sheet) for row in block["rows"])
            continue
        label = block["label"] * size / USUAL_TEXT if block["kind"] == "facts" else 0.0
        texts = [item[1] for item in block["items"]] if label else block.get("items", [block.get("text", "")])
        found += sum(_lines(text, sheet.upright - label, size, sheet) for text in texts if isinstance(text, str)) * (
            LINE * size
        )
    return found


def _row_height(row: dict[str, Any], widths: list[float], size: float, sheet: Sheet) -> float:
    first, *others = (_lines(cell[0], wide, size, sheet) for cell, wide in zip(row["cells"], widths, strict=True))
    below = _lines(row["below"], sum(widths[1:]), size, sheet) if row["below"] else 0
    return max(first, max(others, default=0) + below) * LINE * size


def _lines(text: str, room: float, size: float, sheet: Sheet) -> int:
    return sum(1 + int(sheet.points(line, size) / room) for line in text.split("\n"))
