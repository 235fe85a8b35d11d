"""What a signal says: a level, the rules behind it, what is missing; and how a measured value makes a finding."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, Union

from tracker.entities import Entity
from tracker.rules.wording import counted, listed, number

if TYPE_CHECKING:
    from fractions import Fraction

Number = Union["Fraction", int]

GREEN = "green"
AMBER = "amber"
RED = "red"
GREY = "grey"
WATCH = "watch"  # is noted, but turns no colour
WORST = (GREY, GREEN, AMBER, RED)  # from nothing known to the worst
MOST_NAMED = 6  # refs that a sentence names; the records of the finding hold all
BORDERLINE = 0.25  # of a threshold: so near that a small change of either would turn the colour

LEVEL_WORDS: Mapping[str, str] = {
    GREEN: "● Green",
    AMBER: "▲ Amber",
    RED: "■ Red",
    GREY: "○ No data",
    "too_early": "○ Too early",
    "not_enough": "○ Not enough evidence",
    "clear": "● Clear",
    WATCH: "▲ Watch",
    "warning": "■ Warning",
}


class Finding(NamedTuple):
    """One rule that was applied: its id, its level, and one sentence that a board can read.

    ``value`` and ``threshold`` are text of the same precision, empty where there is none; ``records`` are the refs
    behind it. ``borderline``: the value is within a quarter of the threshold. ``hard``: enough alone for a warning.
    """

    id: str
    level: str
    sentence: str
    value: str = ""
    threshold: str = ""
    records: tuple[str, ...] = ()
    borderline: bool = False
    hard: bool = False

    def data(self) -> dict[str, object]:
        """Return the finding as plain data for JSON."""
        return {**self._asdict(), "records": list(self.records)}


class Signal(NamedTuple):
    """What was worked out about one thing: its name and label, its level, its findings, and what is missing.

    ``headline`` is a sentence that may stand alone. No data is ``grey``, never green.
    """

    name: str
    label: str
    level: str
    findings: tuple[Finding, ...] = ()
    missing: tuple[str, ...] = ()
    headline: str = ""

    def data(self) -> dict[str, object]:
        """Return the signal as plain data for JSON."""
        return {
            "name": self.name,
            "label": self.label,
            "level": self.level,
            "headline": self.headline,
            "rules": [finding.data() for finding in self.findings],
            "missing": list(self.missing),
        }


def signal_of(name: str, label: str, findings: Iterable[Finding], missing: Iterable[str] = ()) -> Signal:
    """Return the signal that some findings make: the worst of their levels; those to watch turn no colour.

    The headline is the first finding at that level.
    """
    rules = tuple(findings)
    level = worst(finding.level for finding in rules if finding.level in WORST)
    headline = next((finding.sentence for finding in rules if finding.level == level), "")
    return Signal(name, label, level, rules, tuple(dict.fromkeys(missing)), headline)


class Dimension(NamedTuple):
    """A dimension: its name in data, its label, and the letter that heads its column."""

    name: str
    label: str
    letter: str

    def signal(self, findings: Iterable[Finding], missing: Iterable[str] = ()) -> Signal:
        """Return the signal that some findings make: the worst of their levels."""
        return signal_of(self.name, self.label, findings, missing)

    def unknown(self, rule: str, sentence: str, *missing: str) -> Signal:
        """Return a signal without a level, for a reason and with what is missing."""
        return self.signal([Finding(f"{self.name}.{rule}", GREY, sentence)], missing)


def refs_of(records: Iterable[Entity]) -> tuple[str, ...]:
    """Return the refs of some records, in their order."""
    return tuple(record.ref for record in records)


def worst(levels: Iterable[str]) -> str:
    """Return the worst of some levels; grey when there is none, or when all are grey."""
    return max(levels, key=WORST.index, default=GREY)


def level_text(level: str) -> str:
    """Return a level as mark and word, so that colour is never the only sign."""
    return LEVEL_WORDS.get(level, f"○ {level.replace('_', ' ').capitalize()}")


def is_borderline(value: float, *thresholds: float) -> bool:
    """Return whether a value is within a quarter of one of the thresholds; a threshold of zero has no quarter."""
    return any(threshold and abs(value - threshold) <= BORDERLINE * abs(threshold) for threshold in thresholds)


def faults(
    rule: str,
    judged: Sequence[Entity],
    records: Iterable[Entity],
    nouns: tuple[str, str],
    fault: str,
    no_fault: str,
    none: str,
) -> Finding:
    """Return a finding about those of the records ``judged`` that something is wrong with; of ``none``, no colour.

    ``nouns`` and ``fault`` say it of one or of several: (“record has”, “records have”), “no owner”.
    """
    refs = refs_of(records)
    if not judged:
        return Finding(rule, GREY, f"Nothing to judge: {none}.")
    if not refs:
        return Finding(rule, GREEN, no_fault, "0", "0")
    sentence = f"{counted(len(refs), *nouns)} {fault}: {listed(refs, MOST_NAMED)}."
    return Finding(rule, AMBER, sentence, f"{len(refs):,}", "0", refs)


class Check(NamedTuple):
    """The level of a value, with the value and its threshold as texts without their unit."""

    level: str
    value: str
    limit: str
    unit: str = ""
    borderline: bool = False

    def finding(self, rule: str, sentence: str, refs: tuple[str, ...], *, hard: bool = False) -> Finding:
        """Return the finding of a rule that makes this check, with a sentence and the refs behind it."""
        value = self.value + self.unit
        limit = self.limit + self.unit
        return Finding(rule, self.level, sentence, value, limit, refs, self.borderline, hard)


def level_if(failed: bool, level: str = AMBER) -> str:
    """Return a level when something is not as it should be, else green."""
    return level if failed else GREEN


def at_least(value: Number, least: Number, unit: str = "", texts: tuple[str, ...] = (), below: str = AMBER) -> Check:
    """Return the check of a value that should reach a threshold; ``texts`` are the two as they are to be read."""
    return _check(level_if(value < least, below), value, least, unit, texts)


def at_most(value: Number, limit: Number, unit: str = "", texts: tuple[str, ...] = (), above: str = AMBER) -> Check:
    """Return the check of a value that should not exceed a threshold; ``texts`` are the two as they are to be read."""
    return _check(level_if(value > limit, above), value, limit, unit, texts)


def _check(level: str, value: Number, limit: Number, unit: str, texts: tuple[str, ...]) -> Check:
    value_text, limit_text = texts or (str(value), str(limit))
    return Check(level, value_text, limit_text, unit, is_borderline(float(value), float(limit)))


def at_most_two(value: Number, amber: Number, red: Number, unit: str, texts: tuple[str, ...]) -> Check:
    """Return the check of a value that is amber above a threshold and red above another; ``texts`` are the three."""
    value_text, amber_text, red_text = texts
    borderline = is_borderline(float(value), float(amber), float(red))
    if value > red:
        return Check(RED, value_text, red_text, unit, borderline)
    return Check(level_if(value > amber), value_text, amber_text, unit, borderline)


def figure_texts(value: Number, *limits: Number, digits: int = 0, sign: bool = False) -> tuple[str, ...]:
    """Return a value and its thresholds as texts of the same precision, the value with its sign when asked.

    Decimals are added until a value that is not its threshold does not read like it.
    """
    for places in range(digits, digits + 9):
        text, *limit_texts = (number(figure, places) for figure in (value, *limits))
        if all(text != limit_text or value == limit for limit_text, limit in zip(limit_texts, limits, strict=True)):
            break
    if sign and value > 0:
        text = f"+{text}"
    return (text, *limit_texts)
