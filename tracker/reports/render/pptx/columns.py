"""Sections of words on one slide, in one column or two, as large as they fit."""

from tracker.reports.model import Section
from tracker.reports.render.pptx.deck import BOTTOM, LEFT, ROOM, TOP, Deck
from tracker.reports.render.pptx.words import BODY, LEAST, PLACED, Para, blocks_of, heading, heights, notes_of, paras_of

_GAP = 1.2  # centimetres between columns
_ONE = 28.0
_TWO = (ROOM - _GAP) / 2
_HIGH = BOTTOM - TOP
_SIZES = (4, 0, -2, -3)  # points that the words gain or lose
_FULL = 0.75  # of the height: a slide that is no wall of words
_MOST_NAMED = 3


def words_only(section: Section) -> bool:
    """Return whether a section has neither tables nor charts nor key figures."""
    return not any(isinstance(block, PLACED) for block in section.blocks)


def words_of(sections: list[Section], accent: str) -> list[Para]:
    """Return the words of sections; each has its title above it when there are more than one."""
    paras: list[Para] = []
    for section in sections:
        if len(sections) > 1:
            paras.append(heading(section.title, accent, BODY + 2))
        for block in blocks_of(section):
            paras += paras_of(block, accent)
    return paras


def columns_of(paras: list[Para]) -> list[list[Para]] | None:
    """Return paragraphs in the columns in which they fit on a slide, as large as can be; None when they never do."""
    for gain in _SIZES:
        sized = [paragraph._replace(points=max(paragraph.points + gain, LEAST)) for paragraph in paras]
        if gain >= 0 and _tall(sized, _ONE) <= _HIGH * _FULL:
            return [sized]
        high = _HIGH * _FULL if gain > 0 else _HIGH
        if columns := _split(sized, high):
            return columns
    return None


def shared(run: list[Section], accent: str) -> list[list[Section]]:
    """Return sections of words that follow each other on as few slides as hold them, about as much on each."""
    fewest: list[list[Section]] = []
    for section in run:
        if fewest and columns_of(words_of([*fewest[-1], section], accent)) is not None:
            fewest[-1].append(section)
        else:
            fewest.append([section])
    even = _evenly(run, len(fewest), accent)
    fits = all(len(group) == 1 or columns_of(words_of(group, accent)) is not None for group in even)
    return even if fits else fewest


def _evenly(run: list[Section], slides: int, accent: str) -> list[list[Section]]:
    """Return sections in so many parts, in their order, none empty, each about as high as its share."""
    tall = [_tall(words_of([section], accent), _TWO) + 1.0 for section in run]
    groups = []
    at = 0
    for count in range(slides, 0, -1):
        share = sum(tall[at:]) / count
        end = at + 1
        high = tall[at]
        while end < len(run) - count + 1 and (count == 1 or high + tall[end] / 2 <= share):
            high += tall[end]
            end += 1
        groups.append(run[at:end])
        at = end
    return groups


def _tall(paras: list[Para], width: float) -> float:
    return heights(paras, width) + 0.1


def _split(paras: list[Para], high: float) -> list[list[Para]] | None:
    """Return two columns that are about as high, parted before a heading if that can be; None when one is too high."""
    splits = []
    for n in range(1, len(paras)):
        above = _tall(paras[:n], _TWO)
        below = _tall(paras[n:], _TWO)
        if max(above, below) <= high and not paras[n - 1].heads:
            splits.append((not paras[n].heads, abs(above - below), n))
    if not splits:
        return None
    at = min(splits)[2]
    return [paras[:at], paras[at:]]


def column_slide(deck: Deck, sections: list[Section], columns: list[list[Para]]) -> None:
    """Add a slide of words in columns, with the whole sections in its notes."""
    page = deck.slide(title_of(sections), notes_of(sections))
    width = _ONE if len(columns) == 1 else _TWO
    for number, paras in enumerate(columns):
        high = _tall(paras, width)
        first = [paragraph._replace(before=0) for paragraph in paras[:1]]
        page.words([*first, *paras[1:]], (LEFT + number * (_TWO + _GAP), TOP, width, high))


def title_of(sections: list[Section]) -> str:
    """Return the title of a slide of some sections."""
    titles = [section.title for section in sections]
    if len(titles) <= _MOST_NAMED:
        return " · ".join(titles)
    return f"{' · '.join(titles[: _MOST_NAMED - 1])} and {len(titles) - _MOST_NAMED + 1} more"
