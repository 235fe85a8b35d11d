"""What the page template is given of a paper: plain dicts, lists, texts and numbers, everything laid out and named."""

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from typing import Any
from unicodedata import bidirectional

from tracker.reports.model import (
    Block,
    Bullets,
    Callout,
    Chart,
    Facts,
    Figures,
    Heading,
    Missing,
    PageBreak,
    Paragraph,
    Quote,
    Report,
    Section,
    Signal,
    Table,
)
from tracker.reports.paged import Narrow, beside, stepped
from tracker.reports.render.heading import header_facts, header_line
from tracker.reports.render.pdf.tables import Sheet, breakable, laid_out, too_wide
from tracker.reports.typography.raster import drawing

BODY = 12.0
SMALL = 12  # rows of a chart's figures that are printed below it
CHART = 560  # units that a drawing is asked to be wide; nearly a point each, so that its text is not small
HALF_CHART = 280  # and one of two side by side
BETWEEN = 14.0
HIGHEST = 520.0  # points that a drawing may be high on its page
MOST_ACROSS = 4
MOST_WHOLE = 1_200  # characters of facts that are not parted at the end of a page
LEAD = 240  # characters
BARS = ("green", "amber", "red")
LONGEST = 60  # characters of a fact on top or at the foot of each page
UNTITLED = "Untitled"
NOTHING = Section("nothing", "Nothing recorded", (Missing(),))


class Room:
    """Lays out the blocks of one section."""

    def __init__(self, sheet: Sheet, *, turned: bool, figures: str = "") -> None:
        self.sheet = sheet
        self.turned = turned
        self.figures = figures
        self.width = sheet.turned if turned else sheet.upright

    def text(self, text: str, size: float = BODY, less: float = 0.0) -> str:
        """Return a text that fits; ``less`` points of the width are taken."""
        return breakable(text, self.width - less, size, self.sheet)

    def table(self, table: Table) -> dict[str, Any]:
        """Return a table laid out for this page."""
        if not table.columns:
            return {"kind": "missing", "text": self.text(table.caption)}
        laid = laid_out(table, self.sheet, turned=self.turned)
        return {**laid, "caption": self.text(table.caption), "note": self.text(table.note)}


def payload(
    report: Report, organisation: str, foot: list[str], digest: str, sheet: Sheet, *, long: bool
) -> dict[str, Any]:
    """Return a paper as the template takes it, but for its sections.

    ``foot`` is for the foot of each page, ``digest`` the whole hash; a ``long`` paper is set more closely.
    """
    header = report.header
    title = ": ".join(part for part in (header.programme, header.title) if part.strip()) or UNTITLED
    room = Room(sheet, turned=False)
    lang, region = _language(header.language)
    made = f" Made by {header.generator}." if header.generator else ""
    right = (header.classification, "Draft" if header.draft else "")
    return {
        "title": room.text(title, 23.0),
        "author": organisation or header.board or header.programme or UNTITLED,
        "description": f"{foot[1]}. Data (SHA-256): {digest}.{made}",
        "keywords": [part for part in (header.pack, header.classification, header.audience) if part],
        "lang": lang,
        "region": region,
        "draft": header.draft,
        "head": {"left": _line((organisation, title)), "right": _line(right)},
        "foot": _line(foot),
        "line": room.text(header_line(header)) if report.one_page else "",
        "facts": [(label, room.text(value, 11.0, sheet.upright / 2)) for label, value in header_facts(header)],
        "long": long,
        "organisation": room.text(organisation),
    }


def _line(facts: Iterable[str]) -> str:
    """Return facts as the line on top or at the foot of each page, where there is room for only so much of each."""
    return " · ".join(fact if len(fact) <= LONGEST else fact[: LONGEST - 1] + "…" for fact in facts if fact.strip())


def _language(tag: str) -> tuple[str, str]:
    """Return language and region of a tag such as en-GB; English for what is none."""
    found = re.fullmatch(r"([A-Za-z]{2,3})(?:[-_][A-Za-z]{4})?(?:[-_]([A-Za-z]{2}))?(?:[-_].*)?", tag)
    return (found[1].lower(), (found[2] or "").upper()) if found else ("en", "")


def section_of(section: Section, sheet: Sheet, figures: str = "") -> dict[str, Any]:
    """Return a section for the template; ``figures`` names the annex with its charts' figures, if there is one."""
    tables = [block.data if isinstance(block, Chart) and not figures else block for block in section.blocks]
    wide = any(too_wide(table, sheet) for table in tables if isinstance(table, Table))
    room = Room(sheet, turned=wide, figures=figures)
    title = room.text(section.title, 17.0) if section.title.strip() else UNTITLED
    parts = list(section.blocks)
    new_page = section.new_page
    while parts and isinstance(parts[0], PageBreak):
        # Else its title would stand alone on the page before.
        new_page = True
        del parts[0]
    blocks = [
        made
        for block in beside(stepped(parts))
        if (made := _pair(block, room) if isinstance(block, tuple) else block_of(block, room))
    ]
    for n, (block, after) in enumerate(pairwise(blocks)):
        # A line or two that lead to a table or a picture stay with it; so does the first line below a title.
        leads = n == 0 or after["kind"] in ("table", "chart", "pair")
        block["lead"] = leads and len(block.get("text", "")) <= LEAD
    return {"title": title, "new_page": new_page, "wide": wide, "blocks": blocks}


def block_of(block: Block, room: Room) -> dict[str, Any]:
    """Return a block of ``stepped`` for the template; nothing for one that would show nothing."""
    match block:
        case Heading():
            return {"kind": "heading", "level": block.level, "text": room.text(block.text.strip() or UNTITLED)}
        case Paragraph():
            return _words(block.kind, block.text, room) if block.text.strip() else {}
        case Missing():
            return {"kind": "missing", "text": room.text(block.text)}
        case Quote():
            said = {**_words(block.kind, block.text, room, 20.0), "source": room.text(block.source, BODY, 40.0)}
            return said if block.text.strip() else {}
        case Facts():
            return _facts(block, room)
        case Bullets():
            items = [room.text(item, BODY, 30.0) for item in block.items if item.strip()]
            return {"kind": "bullets", "ordered": block.ordered, "items": items} if items else {}
        case Signal():
            level = block.level if block.level in BARS else "grey"
            return {"kind": "signal", "level": level, **_labelled(block.label, ". ", block.sentence, room)}
        case Callout():
            return {"kind": "callout", **_labelled(block.label, ": ", block.text, room)}
        case Figures():
            return _figures(block, room)
        case Table():
            return room.table(block)
        case Chart():
            return _chart(block, room)
        case PageBreak():
            return {"kind": "page_break"}
    raise TypeError(f"no page for a {block.kind}")


def _labelled(label: str, after: str, text: str, room: Room) -> dict[str, Any]:
    named = label + after if label.strip() else ""
    return {"label": room.text(named, BODY, 30.0), "text": room.text(text, BODY, 30.0)}


def _words(kind: str, text: str, room: Room, less: float = 0.0) -> dict[str, Any]:
    strong = next((way for sign in text if (way := bidirectional(sign)) in ("L", "R", "AL")), "L")
    return {"kind": kind, "text": room.text(text, BODY, less), "rtl": strong != "L"}


def _facts(facts: Facts, room: Room) -> dict[str, Any]:
    wide = max((room.sheet.points(label, BODY) * 1.08 + 2 for label, _ in facts.items), default=0.0)
    wide = min(wide, room.width * 0.36)
    items = [
        (breakable(label, wide, BODY, room.sheet), room.text(value, BODY, wide + 12)) for label, value in facts.items
    ]
    whole = sum(len(value) for _, value in items) <= MOST_WHOLE
    return {"kind": "facts", "label": wide, "items": items, "whole": whole} if items else {}


def _figures(figures: Figures, room: Room) -> dict[str, Any]:
    count = len(figures.items)
    if not count:
        return {}
    # Five or six stand better in two rows of three than in four and a rest.
    across = count if count <= MOST_ACROSS else 3 if count in (5, 6, 9) else MOST_ACROSS
    wide = room.width / across - 26
    items = []
    for value, label, note in figures.items:
        size = max(12.0, min(22.0, 22.0 * wide / max(room.sheet.points(value, 22.0) * 1.1, 1.0)))
        shown = [breakable(text, wide, at, room.sheet) for text, at in ((value, size), (label, 11.0), (note, 10.0))]
        items.append({"size": size, "value": shown[0], "label": shown[1], "note": shown[2]})
    return {"kind": "figures", "across": across, "items": items}


def _chart(chart: Chart, room: Room) -> dict[str, Any]:
    """Return a chart's drawing, and its figures as a table when they are few; else where they are to be found."""
    drawn = _drawn(chart, room, room.width, CHART)
    if room.figures:
        return {**drawn, "table": None, "said": ""}
    rows = len(chart.data.rows)
    data = chart.data
    if data.caption == chart.title:
        data = replace(data, caption=f"{chart.title.strip() or UNTITLED}: the figures")
    said = f"The {rows} rows of figures behind this chart are in the data files, as “{chart.data.id}”."
    few = rows <= SMALL
    return {**drawn, "table": room.table(data) if few else None, "said": "" if few else said}


def _drawn(chart: Chart, room: Room, wide: float, units: int) -> dict[str, Any]:
    """Return a chart's drawing ``units`` wide, to be set ``wide`` points wide, with its title and alternative text."""
    from tracker.reports.charts import svg

    picture = drawing(svg(chart, width=units))
    title = chart.title if chart.title.strip() else UNTITLED
    return {
        "kind": "chart",
        "title": breakable(title, wide, BODY, room.sheet),
        "figures": room.figures if wide < room.width else f"figures: {room.figures}" if room.figures else "",
        "alt": chart.alt.strip() or f"{title}. No description given.",
        "drawing": picture._asdict(),
        "wide": round(min(wide, HIGHEST * picture.width / picture.height), 2),
    }


def _pair(pair: Narrow, room: Room) -> dict[str, Any]:
    """Return narrow charts side by side, at half the width; when their figures stand below them, as other charts."""
    if not room.figures:
        return {"kind": "group", "blocks": [_chart(chart, room) for chart in pair]}
    wide = (room.width - BETWEEN) / 2
    return {"kind": "pair", "charts": [_drawn(chart, room, wide, HALF_CHART) for chart in pair]}
