"""The ways in which a person's name is written, as patterns for folded texts, each with how sure it is."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from tracker.rules.erasing.folding import letters, same_name
from tracker.rules.erasing.ordinary import ORDINARY, PARTICLES, TITLES

Sureness = Literal["certain", "likely", "open"]
LEAST = 4  # shorter words stand for too much else
LEAST_JOINED = 8  # the letters of a name that is known without a gap between its words
LEAST_ENDED = 6  # the letters of a word that may have an ending of another language
CAPITAL = "capital"
_GAP = r"(?:[^\w;:!?]|_){1,6}"  # between the words of a name
_NO_GAP = r"(?:[^\w;:!?]|_){0,6}"
_BEFORE = r"(?<![^\W\d_])"
_AFTER = r"(?![^\W\d_])"
_PLURAL = "(?:e?s)?"


class Known(NamedTuple):
    """All by which a person is and was known."""

    names: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    logins: tuple[str, ...] = ()


class Surroundings(NamedTuple):
    """What else a word may mean in a programme: other people's names and logins, and names of things and roles."""

    people: tuple[str, ...] = ()
    things: tuple[str, ...] = ()


class Form(NamedTuple):
    """A way of writing a name: its pattern, how sure it is, and a part that has to stand in a folded text.

    ``written`` is what the letters must be like: as they are given here or all in capitals, ``capital`` (the first is
    one), or any.
    """

    sureness: Sureness
    pattern: re.Pattern[str]
    stem: str
    written: str = ""


class _Word(NamedTuple):
    """A word of a name: folded, as a pattern that takes other spellings of its vowels, and its longest plain part."""

    text: str
    pattern: str
    stem: str


class _Meaning:
    """What words may mean beside the name that is looked for."""

    def __init__(self, around: Surroundings) -> None:
        self.whole = frozenset(map(same_name, around.people))
        self.people = frozenset(word for name in around.people for word in _parts(name))
        self.things = ORDINARY | {word for name in around.things for word in _parts(name)}
        self.initialled = frozenset(words[0][0] + words[-1] for words in map(_parts, around.people) if len(words) > 1)

    def is_common(self, word: str) -> bool:
        """Whether a word is short, or ordinary."""
        return len(word) < LEAST or word in self.things

    def of_word(self, word: str) -> Sureness:
        """Return how sure a word alone is."""
        return _sure("likely", doubted=self.is_common(word) or word in self.people)


def _parts(name: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", letters(name))


def forms(person: Known, around: Surroundings) -> list[Form]:
    """Return the ways in which a person is written, those first that take most of a text."""
    meaning = _Meaning(around)
    ways = list(_exact(person, meaning))
    names = [name for name in (*person.names, *person.logins) if len(_words(name)) > 1]
    for name in names:
        words = _words(name)
        common = _is_role(name) or all(meaning.is_common(word.text) for word in words)
        ways += _whole(name, words, common, meaning)
    for name in names:
        role = _is_role(name)
        ways += _with_initials(_words(name), role, meaning)
        ways += _alone(name, role, meaning)
    return list(dict.fromkeys(ways))


def _exact(person: Known, meaning: _Meaning) -> Iterator[Form]:
    """Yield addresses, what stands before their @, logins, and names of one word."""
    for address in sorted(person.addresses, key=len, reverse=True):
        yield _form("certain", rf"(?<![\w.+-]){re.escape(letters(address))}(?![\w-]|\.\w)", letters(address))
    logins = {*person.logins, *(address.partition("@")[0] for address in person.addresses)}
    for login in sorted(logins, key=len, reverse=True):
        text = letters(login)
        if not text or (len(_words(login)) > 1 and " " in login):
            continue
        doubtful = meaning.is_common(text) or same_name(login) in meaning.whole or text in meaning.people
        pattern = rf"(?<![^\W_]){re.escape(text)}(?![^\W_])"
        yield _form(_sure("certain", doubted=doubtful), pattern, text, login * meaning.is_common(text))
    for name in person.names:
        words = _words(name)
        if len(words) > 1:
            continue
        text = same_name(name)
        common = meaning.is_common(text)
        sure = _sure("certain", doubted=common or text in meaning.people | meaning.whole)
        pattern = _spaced(text)
        stem = ""
        if words and words[0].text == text:
            pattern = words[0].pattern + _PLURAL
            stem = words[0].stem
        yield _form(sure, pattern, stem, CAPITAL * common)


def _whole(name: str, words: list[_Word], common: bool, meaning: _Meaning) -> Iterator[Form]:
    """Yield the whole name: as it is recorded, then with other gaps, without middle names, and turned round."""
    sure = _sure("certain", doubted=same_name(name) in meaning.whole)
    stem = max((word.stem for word in words), key=len)
    yield _form(sure, _spaced(same_name(name)), stem, name * (common and not _is_role(name)))
    gap = _NO_GAP if sum(len(word.text) for word in words) >= LEAST_JOINED else _GAP
    last = _surname(words)
    if sum(len(word.text) for word in (words[0], words[-1])) <= LEAST:
        return
    turned = [[*last, *words[: -len(last)]], [words[-1], *words[:-1]], [*last, words[0]], [words[-1], words[0]]]
    for order in (words, *turned[:2], [words[0], *last], turned[2], [words[0], words[-1]], turned[3]):
        pattern = gap.join(word.pattern for word in order) + _PLURAL
        stem = max((word.stem for word in (words[0], words[-1])), key=len)
        yield _form(_sure(sure, doubted=common), pattern, stem, CAPITAL * common)


def _surname(words: list[_Word]) -> list[_Word]:
    """Return the last word of a name with the particles before it: ``van der berg``."""
    first = len(words) - 1
    while first > 1 and words[first - 1].text in PARTICLES:
        first -= 1
    return words[first:]


def _with_initials(words: list[_Word], role: bool, meaning: _Meaning) -> Iterator[Form]:
    """Yield the surname with initials: ``A. Smithersby``, ``A.B. Smithersby``, ``asmithersby``, ``Smithersby, A.``."""
    last = words[-1]
    surname = _GAP.join(word.pattern for word in _surname(words))
    initial = re.escape(words[0].text[0])
    shared = words[0].text[0] + last.text in meaning.initialled
    if len(last.text) < 2:
        return
    sure = _sure("likely", doubted=role or shared or meaning.is_common(last.text))
    after = r"(?:\.[\W_]{0,3}|[\W_]{1,3})"
    initials = rf"(?:[^\W\d_]{after}){{0,2}}"
    yield _form(sure, f"{initial}{after}{initials}{surname}{_PLURAL}", last.stem, CAPITAL)
    yield _form(sure, rf"{surname}{_GAP}{initial}\.(?:[\W_]?[^\W\d_]\.)*", last.stem, CAPITAL)
    if len(last.text) >= LEAST:
        yield _form(sure, rf"{initial}[._-]?{surname}|{surname}[._-]?{initial}", last.stem)


def _alone(name: str, role: bool, meaning: _Meaning) -> Iterator[Form]:
    """Yield each word of a name alone, in the plural too; and with endings that other languages give it."""
    words = [word for word in _words(name) if word.text not in PARTICLES and len(word.text) > 1]
    pieces = {piece for word in _tokens(name) if "-" in word for piece in word.split("-") if len(piece) > 1}
    for word in sorted([*words, *map(_word, pieces)], key=lambda word: -len(word.text)):
        common = role or meaning.is_common(word.text)
        sure = _sure(meaning.of_word(word.text), doubted=common)
        yield _form(sure, word.pattern + _PLURAL, word.stem, CAPITAL * common)
        if len(word.text) >= LEAST_ENDED and not common:
            yield _form("open", word.pattern + r"[^\W\d_]{1,3}", word.stem)


def _is_role(name: str) -> bool:
    """Whether a name is that of a role, such as “Delivery lead”: only its first word has a capital."""
    first, *following = [word for word in _tokens(name) if letters(word) not in PARTICLES] or [""]
    return first[:1].isupper() and any(word[:1].islower() for word in following)


def _tokens(name: str) -> list[str]:
    """Return the words of a name, first names first: “Smithersby, Adelheid” is turned round; titles are left out."""
    before, comma, after = name.partition(",")
    words = re.findall(r"[^\W\d_]+(?:['\u2019\u02bc-][^\W\d_]+)*", f"{after} {before}" if comma else name)
    return [word for word in words if letters(word) not in TITLES]


def _words(name: str) -> list[_Word]:
    return [_word(word) for word in _tokens(name)]


def _word(text: str) -> _Word:
    """Return a word whose vowels may be written as Germans and Scandinavians spell them: Müller and Mueller."""
    folded = ""
    pieces = ""
    stems = [""]
    at = 0
    while at < len(text):
        sign = text[at].lower()
        letter = letters(sign)
        follows = text[at + 1 : at + 2].lower()
        folded += letter
        if sign in "äöüø" or (sign in "aou" and follows == "e"):
            pieces += f"{letter}e?"
            stems += [""]
            at += sign in "aou"
            folded += "e" * (sign in "aou")
        elif sign == "å" or (sign == "a" and follows == "a"):
            pieces += "aa?"
            stems += [""]
            at += sign == "a"
        elif letter in ("-", "'"):
            pieces += _NO_GAP if letter == "-" else "'? ?"
            stems += [""]
        else:
            pieces += re.escape(letter)
            stems[-1] += letter
        at += 1
    return _Word(folded, pieces, max(stems, key=len))


def _spaced(name: str) -> str:
    """Return the pattern of a name as it is recorded, whatever the spaces between its words."""
    return r"\s+".join(map(re.escape, name.split()))


def _form(sureness: Sureness, pattern: str, stem: str, written: str = "") -> Form:
    if not pattern.startswith("(?<"):  # it says by itself what may stand around it
        pattern = f"{_BEFORE}(?:{pattern}){_AFTER}"
    return Form(sureness, re.compile(pattern), stem, written)


def _sure(sureness: Sureness, *, doubted: bool) -> Sureness:
    return "open" if doubted else sureness
