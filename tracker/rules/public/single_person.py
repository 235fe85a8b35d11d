"""Sentences that tell the health, the family or the debts of a single person: asked about, and no proof of anything."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tracker.rules.public.personal_data import Hit

PERSON = "person"  # the list of words for a single person, beside those of matters
OF_SOMEBODY = r"\b(?:he|she|him|her|his|hers|himself|herself)\b"
# A colon and a semicolon part nothing: “A tenant: rent arrears”.
_SENTENCE = re.compile(r"[^.!?\n]+")


class Words(NamedTuple):
    """What is looked for: a single person, and the words of each matter by what the matter is called."""

    person: re.Pattern[str]
    matters: Mapping[str, re.Pattern[str]]


def words_from(lists: Mapping[str, str]) -> Words:
    """Return the words of some lists, each by its name: a phrase on a line, ``*`` for any ending, ``#`` a comment."""
    people = _pattern(lists[PERSON])
    single = rf"\b(?:a|an|one|this|that|the same)\s+(?:[\w'’-]+\s+){{0,2}}?(?:{people})\b|{OF_SOMEBODY}"
    matters = {name: rf"\b(?:{_pattern(text)})\b" for name, text in lists.items() if name != PERSON}
    return Words(_compiled(single), {name: _compiled(pattern) for name, pattern in matters.items()})


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _pattern(text: str) -> str:
    lines = (line.strip() for line in text.splitlines())
    return "|".join(_phrase(line) for line in lines if line and not line.startswith("#"))


def _phrase(line: str) -> str:
    """Return the pattern of a phrase: ``*`` alone is one word, and at the end of a word any ending."""
    words = (r"[\w'’-]+" if word == "*" else re.escape(word).replace(r"\*", r"[\w'’-]*") for word in line.split())
    return r"\s+".join(words)


def about_somebody(text: str, words: Words) -> Iterator[Hit]:
    """Yield where a sentence tells such a matter of a single person, from the one word to the other."""
    for sentence in _SENTENCE.findall(text):
        person = words.person.search(sentence)
        for matter, pattern in words.matters.items() if person else ():
            match = pattern.search(sentence)
            if person and match:
                part = sentence[min(person.start(), match.start()) : max(person.end(), match.end())]
                yield Hit(f"single person's {matter}", part)
