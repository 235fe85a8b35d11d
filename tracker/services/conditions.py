"""What people type to narrow a list: ``status=open|closed``, ``owner=me``, ``score>=12``, and words."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from itertools import takewhile
from typing import NamedTuple

from tracker.entities import Entity, entity
from tracker.entities.base import STAMPS
from tracker.errors import Invalid, Problem, TrackerError
from tracker.fields import MARKS, Field, Nothing, Value, earliest, latest, precision_of
from tracker.ratings import SCALES, Rated, as_typed, words_of, words_of_all_scales
from tracker.rules.incomplete import TooLong, read_nothing
from tracker.rules.reading import NotRead, read
from tracker.rules.wording import short, upper_first, with_article
from tracker.services.records.finding import resolve_ref
from tracker.services.typed.conventions import needed_for
from tracker.storage import AnyOf, Condition, Store, stored_value

OPERATOR = "!=|<=|>=|==|=|<|>|~"
ONLY_EQUAL = {"choice": ("=", "!=", "~"), "yes_no": ("=", "!="), "reference": ("=", "!="), "list": ("=", "~")}
NO_COMPARISON = "condition.none"
NO_FIELD = "condition.no_field"  # the code of a name that is no field's
WRONG = "condition.wrong"  # the code of what cannot be a condition, however its value is read
FIELD_LIKE = re.compile(r"[^\W\d][\w-]*")
WORDS_OF_A_DAY = 6  # behind its first: “tue 1st of dec 2026 |…”
TOKEN = re.compile(r'[^\s"]*"[^"]*"\S*|\S+')

Conditions = tuple[Condition | AnyOf, ...]
Clock = Callable[[], date]  # gives today's date


def field_named(register: type[Entity], text: str) -> str:
    """Return the name of the field a text means: its name, option or label. Raises TrackerError."""
    name = text.strip().lower().replace("-", "_").replace(" ", "_")
    names = [*register.fields(), *STAMPS, "ref", "uid"]
    aliases = {field.label.lower().replace(" ", "_"): field.name for field in register.fields().values()}
    if register.date_field:
        aliases["date"] = register.date_field
    if f"{register.kind}_kind" in names:
        aliases.setdefault("kind", f"{register.kind}_kind")
    if name in names:
        return name
    if name in aliases:
        return aliases[name]
    raise TrackerError(
        f"{upper_first(with_article(register.noun))} has no field “{short(text.strip(), 80)}”. "
        f"{_nearest_of(name, names)}",
        NO_FIELD,
        kind=register.kind,
    )


def _nearest_of(name: str, names: Sequence[str]) -> str:
    """Return a sentence with the names that may be meant; without any, with some that are asked for often."""
    from difflib import get_close_matches

    near = get_close_matches(name, names, 1, 0.8) or get_close_matches(name, names, 3, 0.6)
    if near:
        return f"Did you mean {' or '.join(f'“{guess}”' for guess in near)}?"
    return f"It has {len(names)} fields, such as {', '.join(names[:3])}."


def split_words(clock: Clock, store: Store, register: type[Entity], text: str) -> tuple[Conditions, str]:
    """Return the conditions in what was typed, and the words beside them.

    A part is a condition where a comparison follows the name of a field. A day takes the words behind it as far as
    they belong to it; another value with spaces, or a word that holds a sign of comparison, stands in double quotes.
    Nothing behind ``=`` asks for what is missing. Raises TrackerError, also where there is no such field.
    """
    conditions: list[Condition | AnyOf] = []
    words: list[str] = []
    tokens = TOKEN.findall(text)
    while tokens:
        token = tokens.pop(0)
        match = re.search(OPERATOR, token)
        if match is None or not FIELD_LIKE.fullmatch(token[: match.start()]):
            words.append(token)
        elif token[match.end() :]:
            behind = _behind_a_day(register, token[: match.start()], tokens)
            number, asked = _longest(clock, store, register, token, behind)
            conditions += asked
            del tokens[:number]
        elif _asks_for_missing(register, token[: match.start()], match[0]):
            conditions += conditions_in(clock, store, register, token)
    return tuple(conditions), " ".join(words)


def _asks_for_missing(register: type[Entity], text: str, operator: str) -> bool:
    """Return whether nothing behind a sign asks for what is missing; else the value is not begun yet."""
    field = register.fields().get(field_named(register, text))
    return field is not None and field.optional and operator in ("=", "==", "!=")


def _behind_a_day(register: type[Entity], text: str, tokens: Sequence[str]) -> list[str]:
    """Return the words behind a comparison that may belong to its day; none of another field."""
    field = register.fields().get(field_named(register, text))
    if field is None or field.kind != "date":
        return []
    return list(takewhile(lambda token: not re.search(f'{OPERATOR}|"', token), tokens[:WORDS_OF_A_DAY]))


def _longest(
    clock: Clock, store: Store, register: type[Entity], token: str, behind: Sequence[str]
) -> tuple[int, Conditions]:
    """Return the conditions that a comparison asks for with as many words behind it as can be read, and their number.

    Raises TrackerError for what cannot be read: of “due<4 nov” what is wrong with both words.
    """
    texts = [" ".join([token.replace('"', ""), *behind[:number]]) for number in range(len(behind) + 1)]
    for number in range(len(behind), -1, -1):
        with suppress(TrackerError):
            return number, conditions_in(clock, store, register, texts[number])
    number = min(len(behind), int(token[-1].isdigit()))
    return number, conditions_in(clock, store, register, texts[number])


def conditions_in(clock: Clock, store: Store, register: type[Entity], text: str) -> Conditions:
    """Return the conditions that a comparison asks for; values with ``|`` between them are alternatives.

    With != none of them is to be. ``\\\\|`` is the sign itself; ``me`` is whoever asks. Raises TrackerError.
    """
    match = re.search(OPERATOR, text)
    if match is None or not text[: match.start()].strip():
        raise TrackerError(f"“{text}” has no comparison. Write it like status=open or score>=12.", NO_COMPARISON)
    name = field_named(register, text[: match.start()])
    operator = match[0].replace("==", "=")
    values = [value.replace("\\|", "|").strip() for value in re.split(r"(?<!\\)\|", text[match.end() :])]
    alternatives = [tuple(_Reader(clock, store, register, text).read(name, operator, value)) for value in values]
    if len(alternatives) == 1 or operator == "!=":
        return tuple(condition for conditions in alternatives for condition in conditions)
    return (AnyOf(tuple(alternatives)),)


class _Reader(NamedTuple):
    """Reads one comparison; ``text`` is all of it, for errors."""

    clock: Clock
    store: Store
    register: type[Entity]
    text: str

    def read(self, name: str, operator: str, value: str) -> Iterator[Condition | AnyOf]:
        """Yield the conditions that one value asks for; all of them are to hold. Raises TrackerError."""
        field = self.register.fields().get(name)
        if field is None:
            yield self._of_stamp(name, operator, value)
            return
        allowed = ONLY_EQUAL.get(field.kind, ())
        if allowed and operator not in allowed:
            expected = f"{field.label} is compared with {' or '.join(allowed)}, not with {operator}"
            raise TrackerError(f"{expected}: “{self.text}”.", WRONG)
        if operator == "~" and field.scale:
            yield from _rated(field, "=", [word for word in words_of_all_scales() if as_typed(value) in word])
            return
        if operator == "~" and field.kind != "list":
            yield Condition(name, "~", value.lower().replace(" ", "_") if field.kind == "choice" else value)
            return
        if field.show.unset and value.lower() in ("missing", "not stated", field.show.unset.lower()):
            value = ""
        typed = self._typed(field, value)
        if isinstance(typed, Nothing):
            yield Condition(name, "unsaid" if operator == "!=" else "said", typed.kind)
        elif isinstance(typed, Rated):
            yield from _rated(field, operator, [typed.typed])
        elif isinstance(typed, date) and precision_of(typed):
            yield from _within(name, operator, typed)
        elif typed is None and _speaks(field) and operator in ("=", "!="):
            yield from _missing(name, operator)
        elif isinstance(typed, tuple) and typed:
            yield from (Condition(name, operator.replace("=", "has"), item) for item in typed)
        else:
            uid = self._record(field.target, str(typed)) if field.target and typed else typed
            yield Condition(name, operator, stored_value(uid))

    def _typed(self, field: Field, value: str) -> Value:
        """Return what a value stands for; None where it asks for what is missing. Raises Invalid."""
        try:
            if field.carried and _speaks(field):
                nothing = read_nothing(value)
                if nothing is not None:
                    return None if nothing.kind == "missing" else nothing
            conventions = needed_for(self.store, self.register, {field.name: value})
            typed: Value = read(field, value, self.clock(), conventions)
            if typed == Nothing("missing", value):  # a word such as “unknown”, and not a kind with its words
                return None
        except (NotRead, TooLong) as error:
            raise Invalid([Problem(field.name, "not_read", str(error))]) from None
        return typed

    def _of_stamp(self, name: str, operator: str, value: str) -> Condition:
        """Return the condition on a stamp, a ref or a uid."""
        if name.endswith("_by") and value:
            value = self._record("person", value)
        if name == "ref" and operator in ("=", "!="):
            value = self._ref(value)
        return Condition(name, operator, value or None)

    def _record(self, kind: str, value: str) -> str:
        """Return the uid of the record that a value names, removed or not."""
        return resolve_ref(self.store, kind, value, deleted=True).uid

    def _ref(self, value: str) -> str:
        """Return the ref of the record that a text names; the text itself where it names none."""
        try:
            return resolve_ref(self.store, self.register.kind, value, deleted=True).ref
        except TrackerError:
            return value


def _speaks(field: Field) -> bool:
    """Return whether a kind of nothing may stand in a field, or in that which it is carried from."""
    if field.carried is None:
        return field.stateful
    return entity(field.carried.kind).fields()[field.carried.source].stateful


def _rated(field: Field, operator: str, words: Sequence[str]) -> Iterator[AnyOf]:
    """Yield the conditions on a rating that is one of some words, as typed, on a scale that has the word; or on no."""
    pairs = [
        (Condition(field.name, operator, str(rating)), Condition(field.scale, operator, scale))
        for scale in SCALES
        for word, rating in words_of(scale).items()
        if word in words
    ]
    if operator == "=":
        yield AnyOf(tuple(pairs))
        return
    yield from (AnyOf(((rating,), (scale,))) for rating, scale in pairs)


def _missing(name: str, operator: str) -> list[Condition]:
    """Return what finds records in which a field holds nothing and nobody says why, or the others."""
    if operator == "!=":
        return [Condition(name, "answered", None)]
    nobody_says_why = [Condition(name, "unsaid", kind) for kind in MARKS if kind != "missing"]
    return [Condition(name, "=", None), *nobody_says_why]


def _within(name: str, operator: str, day: date) -> list[Condition]:
    """Return the conditions on a month, quarter or year: in it, before it, behind it."""
    first = stored_value(earliest(day))
    last = stored_value(latest(day))
    match operator:
        case "=":
            return [Condition(name, ">=", first), Condition(name, "<=", last)]
        case "<" | ">=":
            return [Condition(name, operator, first)]
        case ">" | "<=":
            return [Condition(name, operator, last)]
    raise TrackerError(f"“{operator}” does not go with a month, quarter or year: use = < <= > or >=.", WRONG)
