"""What the page template is given of a paper: plain dicts, lists, texts and numbers, everything laid out and named."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

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
    Plain,
    Quote,
    Report,
    Section,
    Signal,
    Table,
)
from tracker.reports.paged import Narrow, alike, beside, stepped
from tracker.reports.render.heading import (
    UNTITLED,
    draft_sentence,
    full_title,
    header_facts,
    header_line,
    visible_title,
)
from tracker.reports.render.office_look import right_to_left
from tracker.reports.render.pdf.tables import LaidTable, Sheet, breakable, count_lines, laid_out, too_wide
from tracker.reports.typography.raster import drawing

BODY = 12.0
SMALL = 12  # rows of a chart's figures that are printed below it
CHART = 560  # units that a drawing is asked to be wide; nearly a point each, so that its text is not small
HALF_CHART = 280  # and one of two side by side
BETWEEN = 14.0
HIGHEST = 520.0  # points that a drawing may be high on its page
MOST_ACROSS = 4
MOST_WHOLE = 18  # lines of facts or of a box that are not parted at the end of a page
LEAD = 240  # characters
BARS = ("green", "amber", "red")
LONGEST = 260  # characters of a fact on top or at the foot of each page; a name with a title is not so long
NOTHING = Section("nothing", "Nothing recorded", (Missing(),))


class Room(NamedTuple):
    """Lays out the blocks of one section."""

    sheet: Sheet
    turned: bool = False
    figures: str = ""
    alike: Mapping[tuple[str, ...], Table] = MappingProxyType({})  # tables that share their widths

    @property
    def width(self) -> float:
        """How wide the text is, in points."""
        return self.sheet.turned if self.turned else self.sheet.upright

    def text(self, text: str, size: float = BODY, less: float = 0.0) -> str:
        """Return a text that fits; ``less`` points of the width are taken."""
        return breakable(text, self.width - less, size, self.sheet)

    def table(self, table: Table) -> LaidTable:
        """Return a table of at least one column laid out for this page."""
        laid = laid_out(table, self.sheet, turned=self.turned, measured=self.alike.get(table.titles))
        return {**laid, "caption": self.text(table.caption), "note": self.text(table.note)}


def payload(report: Report, organisation: str, foot: list[str], digest: str, sheet: Sheet, *, long: bool) -> Plain:
    """Return a paper as the template takes it, but for its sections.

    ``foot`` is for the foot of each page, ``digest`` the whole hash; a ``long`` paper is set more closely.
    """
    header = report.header
    title = full_title(header, UNTITLED)
    room = Room(sheet)
    lang, region = _language(header.language)
    description = f"{foot[1]}. Data (SHA-256): {digest}."
    if header.generator:
        description += f" Made by {header.generator}."
    right = [header.classification]
    if header.draft:
        right.append("Draft")
    return {
        "title": room.text(title, 23.0),
        "author": organisation or header.board or header.programme or UNTITLED,
        "description": description,
        "keywords": [part for part in (header.pack, header.classification, header.audience) if part],
        "lang": lang,
        "region": region,
        "draft": draft_sentence(header),
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
    parts = re.fullmatch(r"([A-Za-z]{2,3})(?:[-_][A-Za-z]{4})?(?:[-_]([A-Za-z]{2}))?(?:[-_].*)?", tag)
    if parts is None:
        return "en", ""
    return parts[1].lower(), (parts[2] or "").upper()


def section_of(section: Section, sheet: Sheet, figures: str = "") -> Plain:
    """Return a section for the template; ``figures`` names the annex with its charts' figures, if there is one."""
    tables = [block.data if isinstance(block, Chart) and not figures else block for block in section.blocks]
    wide = any(too_wide(table, sheet) for table in tables if isinstance(table, Table))
    room = Room(sheet, wide, figures, alike(section.blocks))
    title = room.text(visible_title(section.title), 17.0)
    parts = list(section.blocks)
    new_page = section.new_page
    while parts and isinstance(parts[0], PageBreak):
        # Else its title would stand alone on the page before.
        new_page = True
        del parts[0]
    laid = (
        _pair(block, room) if isinstance(block, tuple) else block_of(block, room) for block in beside(stepped(parts))
    )
    blocks = [block for block in laid if block]
    for n, (before, after) in enumerate(pairwise(blocks)):
        # A line or two that lead to a table or a picture stay with it; so does the first line below a title.
        leads = n == 0 or after["kind"] in ("table", "chart", "pair")
        before["lead"] = leads and len(str(before.get("text", ""))) <= LEAD
    return {"title": title, "new_page": new_page, "wide": wide, "blocks": blocks}


def block_of(block: Block, room: Room) -> Plain:
    """Return a block of ``stepped`` for the template; nothing for one that would show nothing."""
    match block:
        case Heading():
            return {"kind": "heading", "level": block.level, "text": room.text(block.text.strip() or UNTITLED)}
        case Paragraph() | Quote() if not block.text.strip():
            return {}
        case Paragraph():
            return _words(block.kind, block.text, room)
        case Quote():
            return {**_words(block.kind, block.text, room, 20.0), "source": room.text(block.source, BODY, 40.0)}
        case Missing():
            return {"kind": "missing", "text": room.text(block.text)}
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
        case Table() if block.columns:
            return {**room.table(block)}
        case Table():
            return {"kind": "missing", "text": room.text(block.caption)}
        case Chart():
            return _chart(block, room)
        case PageBreak():
            return {"kind": "page_break"}
    raise TypeError(f"no page for a {block.kind}")


def _labelled(label: str, after: str, text: str, room: Room) -> Plain:
    label = label + after if label.strip() else ""
    whole = count_lines(label + text, room.width - 30.0, BODY, room.sheet) <= MOST_WHOLE
    return {"label": room.text(label, BODY, 30.0), "text": room.text(text, BODY, 30.0), "whole": whole}


def _words(kind: str, text: str, room: Room, less: float = 0.0) -> Plain:
    return {"kind": kind, "text": room.text(text, BODY, less), "rtl": right_to_left(text)}


def _facts(facts: Facts, room: Room) -> Plain:
    if not facts.items:
        return {}
    longest = max(room.sheet.points(label, BODY) * 1.08 + 2 for label, _ in facts.items)
    width = min(longest, room.width * 0.36)
    items = [
        (breakable(label, width, BODY, room.sheet), room.text(value, BODY, width + 12)) for label, value in facts.items
    ]
    # A block that is not parted and higher than a page would run off it.
    lines = sum(max(count_lines(value, room.width - width - 12, BODY, room.sheet), 1) for _, value in items)
    whole = lines <= MOST_WHOLE
    return {"kind": "facts", "label": width, "items": items, "whole": whole}


def _figures(figures: Figures, room: Room) -> Plain:
    count = len(figures.items)
    if not count:
        return {}
    across = min(count, MOST_ACROSS)
    if count in (5, 6, 9):  # they stand better in rows of three than in four and the others
        across = 3
    width = room.width / across - 26
    items = []
    for value, label, note in figures.items:
        size = max(12.0, min(22.0, 22.0 * width / max(room.sheet.points(value, 22.0) * 1.1, 1.0)))
        texts = {"value": (value, size), "label": (label, 11.0), "note": (note, 10.0)}
        fitting = {name: breakable(text, width, points, room.sheet) for name, (text, points) in texts.items()}
        lines = sum(count_lines(text, width, points, room.sheet) for text, points in texts.values())
        items.append({"size": size, "whole": lines <= MOST_WHOLE, **fitting})
    return {"kind": "figures", "across": across, "items": items}


def _chart(chart: Chart, room: Room) -> Plain:
    """Return a chart's drawing, and its figures as a table when they are few; else where they are to be found."""
    picture = _picture(chart, room, room.width, CHART)
    if room.figures:
        return {**picture, "table": None, "said": ""}
    data = chart.data
    if len(data.rows) > SMALL:
        where = f"The {len(data.rows)} rows of figures behind this chart are in the data files, as “{data.id}”."
        return {**picture, "table": None, "said": where}
    if data.caption == chart.title:
        data = replace(data, caption=f"{visible_title(chart.title.strip())}: the figures")
    return {**picture, "table": room.table(data), "said": ""}


def _picture(chart: Chart, room: Room, width: float, units: int) -> Plain:
    """Return a chart's drawing ``units`` wide, to be set ``width`` points wide, with its title and alternative text."""
    from tracker.reports.charts import svg

    picture = drawing(svg(chart, width=units, accent=room.sheet.accent))
    title = visible_title(chart.title)
    figures = room.figures
    if figures and width >= room.width:
        figures = f"figures: {figures}"
    return {
        "kind": "chart",
        "title": breakable(title, width, BODY, room.sheet),
        "figures": figures,
        "alt": chart.alt.strip() or f"{title}. No description given.",
        "drawing": picture._asdict(),
        "wide": round(min(width, HIGHEST * picture.width / picture.height), 2),
    }


def _pair(pair: Narrow, room: Room) -> Plain:
    """Return narrow charts side by side, at half the width; when their figures stand below them, as other charts."""
    if not room.figures:
        return {"kind": "group", "blocks": [_chart(chart, room) for chart in pair]}
    width = (room.width - BETWEEN) / 2
    return {"kind": "pair", "charts": [_picture(chart, room, width, HALF_CHART) for chart in pair]}
