"""What is said of a template that can be used: where its layout gives way to the paper's, and what it says itself."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tracker.entities import registers
from tracker.reports.branding.looks import look_remarks
from tracker.reports.branding.odt_layout import OdtLayout
from tracker.reports.branding.placeholders import places
from tracker.reports.branding.text import Line
from tracker.reports.branding.word_layout import WordLayout
from tracker.reports.model import Header
from tracker.rules.public.personal_data import scan
from tracker.rules.wording import listed

_LEAST_PAGE = 900.0  # square centimetres of text: eight pilots take two or three pages of A4, and one or two of A3
_LEAST_ROOM = 12.0  # centimetres in which the widest tables of a paper have no broken words
_MARKING = (
    r"(?:top secret|(?:official[ \-–:]+)?sensitive|secret|confidential|restricted|protect(?:ed)?|official"
    r"|not for publication|exempt(?: information)?)"
)
_SHOUTED = re.compile(rf"(?<!\w){_MARKING.upper()}(?!\w)")
_ALONE = re.compile(rf"\W*{_MARKING}\W*", re.IGNORECASE)
_ON_EACH_PAGE = ("a header", "a footer")


class Telltale(NamedTuple):
    """A part of a template's text that every paper would carry: what it looks like, the words, and where they stand."""

    what: str
    part: str
    place: str


def too_many_columns(layout: WordLayout | OdtLayout) -> list[str]:
    """Say why a paper cannot stand where the text runs in columns; nothing where it does not."""
    if layout.columns < 2:
        return []
    return [
        f"{{{{ report }}}} stands where the text runs in {layout.columns} columns, which have no room for tables. Put "
        "it into a section of its own with one column (in Word: Layout, Breaks, Continuous; then Columns, One)."
    ]


def layout_remarks(layout: WordLayout | OdtLayout) -> Iterator[str]:
    """Yield what of a template's layout a paper does not take over, a sentence each."""
    if layout.shifted:
        yield (
            f"Its usual paragraph is {listed(layout.shifted)}: so are the paper's texts, but not its tables, boxes and "
            "captions, which would be hard to read."
        )
    if layout.numbered:
        yield (
            f"Its headings number themselves ({_headings(layout.numbered)}): those of the paper do not, since papers "
            "have numbers of their own, to which texts refer."
        )
    if layout.breaking:
        yield (
            f"Its headings begin a page ({_headings(layout.breaking)}): those of the paper do too, unless another "
            "heading stands directly above."
        )
    yield from look_remarks(layout.looks)
    if 0 < layout.room < _LEAST_ROOM:
        yield f"Its text is {layout.room:.1f} cm wide: words may be broken in tables with many columns."
    if layout.room > 0:
        takes = "takes" if layout.room * layout.columns * layout.tall < _LEAST_PAGE else "may take"
        yield (
            f"Its pages have {layout.room:.1f} × {layout.tall:.1f} cm for text: the one-page summary {takes} more than "
            f"one page of it. PDF and HTML keep to one page."
        )


def _headings(levels: Iterable[int]) -> str:
    return listed(f"Heading {level}" for level in levels)


def content_remarks(paragraphs: list[Line]) -> Iterator[str]:
    """Yield what a template itself says that every paper would say with it, a sentence each."""
    for telltale in (*personal(paragraphs), *refs(paragraphs)):
        yield (
            f"It holds what looks like {telltale.what}: “{telltale.part}” in {telltale.place}. Every paper would have "
            "it, public ones too."
        )
    for telltale in markings(paragraphs):
        yield (
            f"It says “{telltale.part}” itself, in {telltale.place}, whatever a paper is marked. Write "
            "{{ classification }} in its place."
        )
    placed = [line for line in paragraphs if line.place in _ON_EACH_PAGE]
    if not any(place.name == "classification" for line in placed for place in places(line.text)):
        yield "Its header and footer have no {{ classification }}: the marking stands at the top of a paper only."


def telling_notes(paragraphs: list[Line], header: Header) -> list[str]:
    """Return what a template says that does not agree with the paper that it holds, a sentence each."""
    marked = header.classification or "nothing"
    notes = [
        f"The template says “{mark.part}” in {mark.place}, and the paper is marked {marked}."
        for mark in markings(paragraphs)
        if mark.part.casefold() != header.classification.casefold()
    ]
    if header.audience == "Public":
        notes += [
            f"The template holds what looks like {telltale.what}: “{telltale.part}” in {telltale.place}."
            for telltale in (*personal(paragraphs), *refs(paragraphs))
        ]
    return notes


def personal(paragraphs: Iterable[Line]) -> list[Telltale]:
    """Return what looks as if it told who somebody is, wherever it stands in a template."""
    hits = (Telltale(hit.what, hit.part, _place(line)) for line in paragraphs for hit in scan(line.text))
    return list(dict.fromkeys(hits))


def refs(paragraphs: Iterable[Line]) -> list[Telltale]:
    """Return what looks like the ref of a record, which no public paper shows."""
    prefixes = "|".join(sorted(register.prefix for register in registers()))
    pattern = re.compile(rf"(?<![\w-])(?:{prefixes})-\d{{2,}}(?![\w-])")
    return list(
        dict.fromkeys(
            Telltale("the ref of a record", ref, _place(line))
            for line in paragraphs
            for ref in pattern.findall(line.text)
        )
    )


def markings(paragraphs: Iterable[Line]) -> list[Telltale]:
    """Return the words of a template that mark every paper, such as OFFICIAL-SENSITIVE."""
    marks = []
    for line in paragraphs:
        alone = _ALONE.fullmatch(line.text)
        words = [line.text.strip()] if alone else _SHOUTED.findall(line.text)
        marks += [Telltale("a marking", mark, _place(line)) for mark in words]
    return list(dict.fromkeys(marks))


def _place(line: Line) -> str:
    return line.place or "the text"
