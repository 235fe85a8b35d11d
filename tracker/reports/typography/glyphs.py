"""Characters that no font here can show: found in a paper, replaced by □, and named to the person who sends it."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, replace
from typing import NamedTuple, TypeVar
from unicodedata import category

from tracker.reports.model import Block, Report
from tracker.reports.typography import fonts
from tracker.reports.typography.typesetting import Typesetter, no_sign_for

B = TypeVar("B", bound=Block)
INSTEAD = "\u25a1"
MOST_NAMED = 8
# They join or vary what stands before them; without it they are nothing.
_JOINERS = "\u200c\u200d\ufe00-\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0100-\U000e01ef"
_NAMES = frozenset({"id", "form", "kind", "level", "align", "language"})


class Shown(NamedTuple):
    """A paper that can be shown, and a note for each part in which characters were replaced."""

    report: Report
    notes: tuple[str, ...]


def lacking(
    report: Report, setter: Typesetter, extra: tuple[bytes, ...] = (), also: tuple[str, ...] = ()
) -> frozenset[str]:
    """Return the characters of a paper, and of the texts ``also``, for which there is no sign.

    ``extra`` are font files that are asked before ours. Joiners and breaks need no sign.
    """
    return lacking_in((*_texts(report), *also), setter, extra)


def lacking_in(texts: Iterable[str], setter: Typesetter, extra: tuple[bytes, ...] = ()) -> frozenset[str]:
    """Return the characters of some texts for which there is no sign."""
    signs: frozenset[str] = frozenset().union(*(text for text in texts if not text.isascii()))
    have = fonts.shown(extra)
    return no_sign_for(setter, frozenset(sign for sign in signs if ord(sign) not in have and not _unseen(sign)))


def showable(report: Report, lost: frozenset[str]) -> Shown:
    """Return the paper with □ for each lost character, joined ones together, and what was replaced where."""
    if not lost:
        return Shown(report, ())
    pattern = _pattern(lost)
    notes: list[str] = []

    def part(block: B, place: str) -> B:
        counts: Counter[str] = Counter()
        replaced = _mapped(block, lambda text: _replaced(text, pattern, lost, counts))
        if counts:
            notes.append(_note(place, counts))
        return replaced

    header = part(report.header, "in the heading")
    sections = tuple(part(section, f"in “{section.title}”") for section in report.sections)
    return Shown(replace(report, header=header, sections=sections), tuple(notes))


def squared(text: str, lost: frozenset[str]) -> str:
    """Return a text with □ for each lost character, joined ones together."""
    return _pattern(lost).sub(INSTEAD, text) if lost else text


def _unseen(sign: str) -> bool:
    return category(sign) in ("Cf", "Cc", "Zs") or "\ufe00" <= sign <= "\ufe0f" or "\U000e0100" <= sign <= "\U000e01ef"


def _pattern(lost: frozenset[str]) -> re.Pattern[str]:
    sign = f"[{''.join(map(re.escape, sorted(lost)))}][{_JOINERS}]*"
    return re.compile(f"{sign}(?:(?<=\u200d){sign})*")


def _replaced(text: str, pattern: re.Pattern[str], lost: frozenset[str], counts: Counter[str]) -> str:
    if text.isascii():
        return text

    def square(match: re.Match[str]) -> str:
        counts.update(sign for sign in match[0] if sign in lost)
        return INSTEAD

    return pattern.sub(square, text)


def _note(place: str, counts: Counter[str]) -> str:
    names = [f"{sign} (U+{ord(sign):04X}) {_times(n)}" for sign, n in sorted(counts.items())]
    if len(names) > MOST_NAMED:
        names[MOST_NAMED:] = [f"{len(names) - MOST_NAMED} others"]
    return (
        f"No font here can show these characters {place}, so □ stands for them: {', '.join(names)}. "
        "A font that has them can be named in the house style."
    )


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


def _texts(value: object, name: str = "") -> Iterator[str]:
    """Yield what people read of a paper or a part of it."""
    if isinstance(value, str):
        if name not in _NAMES:
            yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part, name)
    elif isinstance(value, Block):
        for field in fields(value):  # type: ignore[arg-type]
            yield from _texts(getattr(value, field.name), field.name)


def _mapped(block: B, change: Callable[[str], str]) -> B:
    """Return a part of a paper with every text that people read changed."""
    names = [field.name for field in fields(block)]  # type: ignore[arg-type]
    return type(block)(**{name: _changed(getattr(block, name), change, name) for name in names})


def _changed(value: object, change: Callable[[str], str], name: str) -> object:
    if isinstance(value, str) and name not in _NAMES:
        return change(value)
    if isinstance(value, tuple):
        return tuple(_changed(part, change, name) for part in value)
    if isinstance(value, Block):
        return _mapped(value, change)
    return value
