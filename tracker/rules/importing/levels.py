"""Levels as other people write them: a number with its word, in either order, and ratings by their first letters."""

import re
from collections.abc import Mapping
from typing import NamedTuple

_NUMBER = r"(?P<number>\d)(?:\.0+)?"
_WORD = r"(?P<word>[^\W\d][^\d()]*?)"
_SIGN = r"[-–—:=(]"  # divides a number from a word that nobody knows
_SHAPES = (
    rf"{_NUMBER}\s*(?:[-–—:=.,)]\s*)?\(?{_WORD}\)?",  # 3 - Possible, 4 (Major)
    rf"{_WORD}\s*(?:[-–—:=,]\s*)?\(?{_NUMBER}\)?",  # Likely (4), High – 3
    rf"{_NUMBER}(?:\s*(?:/|of|out of)\s*5)?",  # 3/5, 3 of 5, 3.0
)
_LETTERS = {"r": "red", "a": "amber", "g": "green", "ar": "amber_red", "ra": "amber_red"}
_RATINGS = {**_LETTERS, "ag": "amber_green", "ga": "amber_green"}


class Level(NamedTuple):
    """A level of 1 to 5 as a cell says it, with the word beside it; ``meant`` is the level of that word, 0: unknown."""

    number: int
    word: str
    meant: int


def level_of(text: str, scales: Mapping[str, str]) -> Level | None:
    """Return the level that a text names by its number; None where it has none, or another. ``scales`` are words."""
    for shape in _SHAPES:
        match = re.fullmatch(shape, " ".join(text.split()))
        if match and 1 <= int(match["number"]) <= 5:
            word = (match.groupdict().get("word") or "").strip()
            points = int(scales.get(word.casefold(), 0))
            if word and not points and not re.search(_SIGN, text):  # such as: less than 3
                return None
            return Level(int(match["number"]), word, points)
    return None


def rating_of(text: str) -> str:
    """Return the rating that letters stand for, such as A/R; else the text, with one sign between two colours."""
    joined = re.sub(r"\s*[-–/]\s*", "/", text.strip())
    return _RATINGS.get(joined.replace("/", "").casefold(), joined)
