"""Sections of words on one slide, in one column or two, as large as they fit."""

from tracker.reports.model import Chart, Figures, PageBreak, Section, Table
from tracker.reports.render.pptx.deck import BOTTOM, LEFT, ROOM, TOP, Deck
from tracker.reports.render.pptx.paragraphs import SOURCE, paras_of, section_notes
from tracker.reports.render.pptx.words import BODY, LEAST, Para, heading, height

_GAP = 1.2  # centimetres between columns
_ONE, _TWO = 28.0, (ROOM - _GAP) / 2
_HIGH = BOTTOM - TOP
_SIZES = (4, 0, -2, -3)  # points that the words gain or lose
_FULL = 0.75  # of the height: a slide that is no wall of words
_MOST_NAMED = 3


def words_only(section: Section) -> bool:
    """Return whether a section has neither tables nor charts nor key figures."""
    return not any(isinstance(block, Table | Chart | Figures | PageBreak) for block in section.blocks)


def words_of(sections: list[Section], accent: str) -> list[Para]:
    """Return the words of sections; each has its title above it when there are more than one."""
    found: list[Para] = []
    for section in sections:
        found += [heading(section.title, accent, BODY + 2)] if len(sections) > 1 else []
        shown = [block for block in section.blocks if not str(getattr(block, "text", "")).startswith(SOURCE)]
        found += [one for block in shown for one in paras_of(block, accent)]
    return found


def columns_of(paras: list[Para]) -> list[list[Para]] | None:
    """Return paragraphs in the columns in which they fit on a slide, as large as can be; None when they never do."""
    for more in _SIZES:
        sized = [one._replace(points=max(one.points + more, LEAST)) for one in paras]
        if more >= 0 and _tall(sized, _ONE) <= _HIGH * _FULL:
            return [sized]
        if split := _split(sized, _HIGH * _FULL if more > 0 else _HIGH):
            return split
    return None


def shared(run: list[Section], accent: str) -> list[list[Section]]:
    """Return sections of words that follow each other on as few slides as hold them, about as much on each."""
    least: list[list[Section]] = []
    for section in run:
        if least and columns_of(words_of([*least[-1], section], accent)) is not None:
            least[-1].append(section)
        else:
            least.append([section])
    even = _evenly(run, len(least), accent)
    fits = all(len(some) == 1 or columns_of(words_of(some, accent)) is not None for some in even)
    return even if fits else least


def _evenly(run: list[Section], slides: int, accent: str) -> list[list[Section]]:
    """Return sections in so many parts, in their order, none empty, each about as high as what is left allows."""
    highs = [_tall(words_of([one], accent), _TWO) + 1.0 for one in run]
    found, at = [], 0
    for left in range(slides, 0, -1):
        share, end, high = sum(highs[at:]) / left, at + 1, highs[at]
        while end < len(run) - left + 1 and (left == 1 or high + highs[end] / 2 <= share):
            high += highs[end]
            end += 1
        found.append(run[at:end])
        at = end
    return found


def _tall(paras: list[Para], width: float) -> float:
    return sum(height(one, width) for one in paras) + 0.1


def _split(paras: list[Para], high: float) -> list[list[Para]] | None:
    """Return two columns that are about as high, parted before a heading if that can be; None when one is too high."""
    fits = [n for n in range(1, len(paras)) if max(_tall(paras[:n], _TWO), _tall(paras[n:], _TWO)) <= high]
    fits = [n for n in fits if not paras[n - 1].heads]
    best = [n for n in fits if paras[n].heads] or fits
    if not best:
        return None
    at = min(best, key=lambda n: abs(_tall(paras[:n], _TWO) - _tall(paras[n:], _TWO)))
    return [paras[:at], paras[at:]]


def column_slide(deck: Deck, sections: list[Section], columns: list[list[Para]]) -> None:
    """Add a slide of words in columns, with the whole sections in its notes."""
    page = deck.slide(title_of(sections), "\n\n".join(section_notes(section) for section in sections))
    width = _ONE if len(columns) == 1 else _TWO
    for number, paras in enumerate(columns):
        first = [paras[0]._replace(before=0), *paras[1:]] if paras else []
        page.words(first, (LEFT + number * (_TWO + _GAP), TOP, width, _tall(paras, width)))


def title_of(sections: list[Section]) -> str:
    """Return the title of a slide of some sections."""
    named = [section.title for section in sections]
    if len(named) <= _MOST_NAMED:
        return " · ".join(named)
    return f"{' · '.join(named[: _MOST_NAMED - 1])} and {len(named) - _MOST_NAMED + 1} more"
