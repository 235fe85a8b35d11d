"""What a signal says: a level, the rules behind it, and what is missing."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from tracker.entities import Entity

GREEN, AMBER, RED, GREY = "green", "amber", "red", "grey"
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
