"""The figures a programme may set for itself: thresholds, appetites, and how much a paper shows."""

from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

from tracker.entities.risk import Risk
from tracker.errors import Note
from tracker.rules.reading import NotRead, nearest, read_choice
from tracker.rules.signal_settings import SIGNAL_SETTINGS, SettingSpec
from tracker.text import clean

BANDS = ("low", "medium", "high", "very_high")
APPETITES = ("averse", "minimal", "cautious", "open", "eager")
UNCATEGORISED = "uncategorised"
CATEGORIES = Risk.fields()["category"].choices
_CUTS = {"medium": 6, "high": 13, "very_high": 20}
_REVIEW = {"low": 90, "medium": 60, "high": 30, "very_high": 14}
_APPETITE = {"operations": "minimal", "legal": "minimal", "security": "minimal", "technology": "open"}
_TOLERANCE = {"averse": 4, "minimal": 6, "cautious": 9, "open": 12, "eager": 16}


def _specs() -> list[SettingSpec]:
    specs = [
        SettingSpec(
            f"band_{band}", f"{_word(band)} risk from", f"The lowest score called {_word(band).lower()}", n, 2, 25
        )
        for band, n in _CUTS.items()
    ]
    specs += [
        SettingSpec(f"review_days_{band}", f"Review of {_word(band).lower()} risks", "Days between reviews", n, 1, 730)
        for band, n in _REVIEW.items()
    ]
    specs += [
        SettingSpec(
            f"appetite_{category}",
            f"Appetite: {category}",
            "How much risk the board accepts in this category",
            _APPETITE.get(category, "cautious"),
            choices=APPETITES,
        )
        for category in (*CATEGORIES, UNCATEGORISED)
    ]
    specs += [
        SettingSpec(f"tolerance_{name}", f"Tolerance: {name}", "The highest score within this appetite", n, 1, 25)
        for name, n in _TOLERANCE.items()
    ]
    specs += [
        SettingSpec("late_entry_days", "Late entry after", "Days after the event", 14, 0, 365),
        SettingSpec("long_iteration_days", "Long iteration", "Days from which an iteration is called long", 42, 1, 365),
        SettingSpec("training_required", "Training required", "Percent of each group, at go-live", 90, 1, 100),
        SettingSpec("training_floor", "Training floor", "Percent below which coverage is red", 80, 0, 100),
        SettingSpec("top_risks_shown", "Risks shown", "How many risks the summary names", 3, 1, 20),
        SettingSpec("wins_shown", "Wins shown", "How many wins the summary names", 3, 0, 20),
        SettingSpec("soon_days", "Soon", "Days ahead in which a decision is called soon", 28, 1, 365),
        *SIGNAL_SETTINGS,
    ]
    return specs


def _word(band: str) -> str:
    return band.replace("_", " ").capitalize()


CATALOGUE: Mapping[str, SettingSpec] = {spec.name: spec for spec in _specs()}
# What decides when papers go out and not what stands in them: two papers compare whatever it was.
SHAPES_NO_PAPER = ("publication_delay_days",)
# Each group rises from the first to the last: a paper that breaks this would contradict itself.
_RISING = (
    tuple(f"band_{band}" for band in _CUTS),
    tuple(f"tolerance_{name}" for name in APPETITES),
    ("training_floor", "training_required"),
    ("training_early_percent", "training_soon_percent", "training_required"),
    ("training_soon_days", "training_early_days"),
    ("slip_amber_days", "slip_red_days"),
    ("slip_amber_percent", "slip_red_percent"),
    ("cost_amber_percent", "cost_red_percent"),
    ("benefit_amber_gap", "benefit_red_gap"),
    ("rhythm_slipping", "rhythm_stalled"),
    ("follow_up_from", "follow_up_to"),
)


class Settings(NamedTuple):
    """The settings of a programme: defaults, and over them what it has set; ``problems`` says what was not used."""

    values: Mapping[str, float | str]
    own: frozenset[str] = frozenset()
    problems: tuple[Note, ...] = ()

    def number(self, name: str) -> int:
        """Return a setting that is a whole number. Raises KeyError."""
        return int(self.values[name])

    def decimal(self, name: str) -> float:
        """Return a setting that is a number, with decimals or without. Raises KeyError."""
        return float(self.values[name])

    def band_cuts(self) -> tuple[int, int, int]:
        """Return the lowest scores called medium, high and very high."""
        return self.number("band_medium"), self.number("band_high"), self.number("band_very_high")

    def review_days(self, band: str) -> int:
        """Return the days between two reviews of a risk in a band."""
        return self.number(f"review_days_{band}")

    def appetite(self, category: str | None) -> str:
        """Return the appetite for a category of risk; None is uncategorised."""
        return str(self.values[f"appetite_{category or UNCATEGORISED}"])

    def tolerance(self, category: str | None) -> int:
        """Return the highest score that the appetite for a category accepts."""
        return self.number(f"tolerance_{self.appetite(category)}")


def read_setting(name: str, text: str) -> float | str:
    """Return the value a text stands for. Raises NotRead with a sentence that says what to write."""
    spec = CATALOGUE.get(name)
    if spec is None:
        guess = nearest(name, list(CATALOGUE))
        hint = f" Did you mean “{guess}”?" if guess else ""
        raise NotRead(f"There is no setting “{clean(name).text[:80]}”.{hint}")
    text = clean(text).text
    if spec.choices:
        return read_choice(spec.label, text, spec.choices)
    percent = name.startswith("training_") or name.endswith("_percent")
    digits = text.removesuffix("%").strip() if percent else text
    if isinstance(spec.default, float):
        return _decimal(spec, digits)
    if not (digits.isascii() and digits.isdigit() and len(digits) < 10):
        raise NotRead(f"{spec.label} is a whole number from {spec.least} to {spec.most}; “{text[:40]}” is not one.")
    if not spec.least <= int(digits) <= spec.most:
        raise NotRead(f"{spec.label} must be from {spec.least} to {spec.most}; you gave {int(digits)}.")
    return int(digits)


def _decimal(spec: SettingSpec, text: str) -> float:
    whole, _, part = text.partition(".")
    if not ((whole + part).isascii() and (whole + part).isdigit() and len(text) < 10):
        raise NotRead(f"{spec.label} is a number from {spec.least} to {spec.most}; “{text[:40]}” is not one.")
    if not spec.least <= float(text) <= spec.most:
        raise NotRead(f"{spec.label} must be from {spec.least} to {spec.most}; you gave {text}.")
    return float(text)


def settings_from(rows: Mapping[str, str]) -> Settings:
    """Return the settings that stored texts give over the defaults; what cannot be used is told in ``problems``."""
    values: dict[str, float | str] = {name: spec.default for name, spec in CATALOGUE.items()}
    own: set[str] = set()
    problems: list[Note] = []
    for name, text in rows.items():
        try:
            values[name] = read_setting(name, text)
            own.add(name)
        except NotRead as problem:
            used = " The default is used." if name in CATALOGUE else ""
            problems.append(Note("setting.not_read", f"{problem}{used}"))
    for group in _RISING:
        told = not_rising(values, group)
        if told:
            problems.append(Note("setting.order", f"{told} The defaults are used.", contradiction=told))
            values.update({name: CATALOGUE[name].default for name in group})
            own.difference_update(group)
    return Settings(values, frozenset(own), tuple(problems))


def not_rising(values: Mapping[str, float | str], group: tuple[str, ...]) -> str:
    """Return a sentence about the first two of a group that are not in order; empty when all are."""
    for first, second in pairwise(group):
        low, high = float(values[first]), float(values[second])
        apart = first.startswith("band_")  # two cuts on one score would leave a band that no score can have
        if low > high or (apart and low == high):
            words = "must be above" if apart else "must not be below"
            lower = f"{CATALOGUE[first].label.lower()} ({values[first]})"
            return f"{CATALOGUE[second].label} ({values[second]}) {words} {lower}."
    return ""


DEFAULTS = settings_from({})
