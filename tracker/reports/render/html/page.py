"""A paper as one web page that needs nothing else: no script, no request, readable by anybody and on any screen.

The words stand in templates that are shipped; whatever people typed is escaped by them and is never markup.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from tracker.content import content
from tracker.reports.charts.palette import DARK, RATINGS, lighter
from tracker.reports.files.canonical import digest
from tracker.reports.model import ACCENT, PLAIN, Brand, Header, Plain, Rendered, Report, text_sizes
from tracker.reports.paged import is_long
from tracker.reports.printed import cut, most_rows
from tracker.reports.render.heading import (
    UNTITLED,
    draft_mark,
    draft_sentence,
    footer,
    full_title,
    header_facts,
    header_line,
    position_text,
)
from tracker.reports.render.html.blocks import Page
from tracker.reports.render.office_look import page_size
from tracker.reports.render.one_page import fitting, in_brief, rows_in_full, table_points
from tracker.rules.wording import show_date

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

Links = Sequence[tuple[str, str]]  # names and addresses

TEMPLATES = ("paper.jinja", "blocks.jinja", "style.jinja")
PAGES = {"a4": "A4", "letter": "letter"}
PRINT_MARGIN, PRINT_FOOT = 1.4, 1.2  # of a printed page that has to hold all; what stands at the foot of the paper
LOGOS = {"png": "image/png", "svg": "image/svg+xml"}
BODY_CONTRAST = 7.0  # of the accent on a dark ground


def render(report: Report, brand: Brand = PLAIN, links: Mapping[str, Links] | None = None) -> Rendered:
    """Return the paper as UTF-8 HTML in one file. Raises ImportError when Jinja2 is not installed.

    ``links`` are names and addresses of what lies beside it, under the heading for each kind; addresses and headings
    are ours, never what people typed.
    """
    environment = _environment()
    page = environment.get_template("paper.jinja").render(p=_paper(report, brand, environment), links=links or {})
    return Rendered((page.strip() + "\n").encode())


@lru_cache(maxsize=1)
def _environment() -> "Environment":
    from jinja2 import DictLoader, Environment, StrictUndefined

    from tracker.reports.render.html.words import linked, way, words

    sources = {name: content("reports", "html", name).read_text("utf-8") for name in TEMPLATES}
    environment = Environment(
        loader=DictLoader(sources), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"words": words, "linked": linked, "way": way}
    return environment


def _paper(report: Report, brand: Brand, environment: "Environment") -> Plain:
    """Return what the template is given."""
    report = in_brief(report, brand, _room(brand))
    header = report.header
    page = Page(_accent(brand))
    points = fitting(report, text_sizes(brand), *_room(brand))
    in_full = rows_in_full(report, brand, _room(brand))
    if in_full is not None:
        # On a screen the sentences stand; in print those of the last rows go, so that the page is one.
        points = fitting(cut(report, most_rows(report), in_full), text_sizes(brand), *_room(brand))
    return {
        "lang": header.language if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", header.language) else "en",
        "title": full_title(header, UNTITLED),
        "as_of": position_text(header) if header.known else show_date(header.as_of),
        "draft": draft_sentence(header),
        "generator": header.generator,
        "classification": header.classification,
        "organisation": brand.organisation,
        "logo": _logo(brand),
        "logo_alt": brand.logo_alt or brand.organisation or "Logo",
        "facts": header_facts(header),
        "line": header_line(header),
        "one_page": report.one_page,
        "whole": bool(points) and report.one_page,
        "long": is_long(report),
        "sections": [page.section(section) for section in report.sections],
        "foot": footer(report),
        "digest": digest(report),
        "style": _style(header, brand, environment, points, in_full),
    }


def _room(brand: Brand) -> tuple[float, float]:
    """Return width and height of the text on a printed page, in centimetres."""
    width, height = page_size(brand)
    return width - 2 * PRINT_MARGIN, height - 2 * PRINT_MARGIN - PRINT_FOOT


def _accent(brand: Brand) -> str:
    """Return the brand's colour, or ours where that is none."""
    if re.fullmatch(r"#[0-9a-fA-F]{6}", brand.accent):
        return brand.accent
    return ACCENT


def _css_words(text: str) -> str:
    """Return a text for a string of a style sheet: only letters, figures and a few signs, so that nothing ends it."""
    return " ".join(re.sub(r"[^\w .,:;–·/()&-]", " ", text).split())


def _style(header: Header, brand: Brand, environment: "Environment", points: float, in_full: int | None) -> "Markup":
    """Return the style sheet; of what people typed it has only letters and figures, and a colour is a colour.

    ``points`` is the size in which what shares a page is printed; 0 when nothing does. In print only the first
    ``in_full`` rows of its table of pilots have sentences (None: all), and those of which they say worse than the row.
    """
    from markupsafe import Markup

    accent = _accent(brand)
    style = environment.get_template("style.jinja").render(
        accent=accent,
        accent_dark=lighter(accent, DARK, BODY_CONTRAST),
        dark=DARK,
        page=PAGES.get(brand.page, "A4"),
        points=points,
        in_full=in_full,
        marking=_css_words(
            " · ".join(filter(None, (header.classification, position_text(header), draft_mark(header))))
        ),
        cells=table_points(points),
        margin=PRINT_MARGIN,
        ratings=[(level, rule, fill) for level, (rule, fill) in RATINGS.items()],
    )
    return Markup(style.strip())  # our own template, filled with colours and plain words


def _logo(brand: Brand) -> str:
    """Return a logo as a data address; empty without one."""
    if not brand.logo:
        return ""
    from base64 import b64encode

    kind = "png" if brand.logo.startswith(b"\x89PNG") else brand.logo_type
    return f"data:{LOGOS.get(kind, LOGOS['svg'])};base64,{b64encode(brand.logo).decode()}"
