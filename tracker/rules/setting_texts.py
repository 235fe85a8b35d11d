"""Settings as texts: what a person types or the file holds, read as the values of the settings."""

from collections.abc import Callable, Mapping
from itertools import pairwise

from tracker.entities import registers
from tracker.errors import Note
from tracker.rules.reading import NotRead, read_choice, suggestion
from tracker.rules.settings import APPETITES, BANDS, CATALOGUE, DEFAULTS, Settings, SettingSpec, SettingValue
from tracker.rules.wording import listed
from tracker.text import clean

# What stands in no paper, such as when it goes out and where backups lie: two papers compare whatever it was.
SHAPES_NO_PAPER = (
    "publication_delay_days",
    "publisher",
    "licence",
    "licence_address",
    "public_contact",
    "accessibility",
    "backup_every",
    "backup_days",
    "backup_weeks",
    "backup_months",
    "backup_folder",
    "registers_shown",
)
# Each group rises from the first to the last: a paper that breaks this would contradict itself.
_RISING = (
    tuple(f"band_{band}" for band in BANDS[1:]),
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


def read_setting(name: str, text: str) -> SettingValue:
    """Return the value a text stands for. Raises NotRead with a sentence that says what to write."""
    spec = CATALOGUE.get(name)
    if spec is None:
        raise NotRead(f"There is no setting “{clean(name).text[:80]}”.{suggestion(name, CATALOGUE)}")
    text = clean(text).text
    if spec.choices:
        return read_choice(spec.label, text, spec.choices)
    if name == "registers_shown":
        return " ".join(_on_request(kinds_in(text)))
    if isinstance(spec.default, str):
        return text
    percent = name.startswith("training_") or name.endswith("_percent")
    return _number(spec, text.removesuffix("%").strip() if percent else text)


def kinds_in(text: str) -> list[str]:
    """Return the registers that a text names, with blanks or commas between them."""
    return text.replace(",", " ").lower().split()


def _on_request(kinds: list[str]) -> list[str]:
    names = [register.kind for register in registers() if register.on_request]
    for kind in kinds:
        if kind not in names:
            raise NotRead(f"“{kind[:40]}” is not shown on request.{suggestion(kind, names)} {listed(names)} are.")
    return kinds


def _number(spec: SettingSpec, text: str) -> float:
    """Return the number that a text stands for, whole where the setting is. Raises NotRead."""
    from tracker.rules.typed.numbers import read_decimal, read_whole  # which most programmes never need

    reader: Callable[[str, str], float]
    kind = "a whole number"
    reader = read_whole
    if isinstance(spec.default, float):
        kind = "a number"
        reader = read_decimal
    try:
        number = reader(spec.label, text)
    except NotRead:
        raise NotRead(f"{spec.label} is {kind} from {spec.least} to {spec.most}; “{text[:40]}” is not one.") from None
    if "%" in text or not spec.least <= number <= spec.most:
        raise NotRead(f"{spec.label} must be from {spec.least} to {spec.most}; you gave {text[:40]}.")
    return number


def settings_from(rows: Mapping[str, str]) -> Settings:
    """Return the settings that stored texts give over the defaults; what cannot be used is told in ``problems``."""
    if not rows:
        return DEFAULTS
    values: dict[str, SettingValue] = {name: spec.default for name, spec in CATALOGUE.items()}
    set_names: set[str] = set()
    problems: list[Note] = []
    for name, text in rows.items():
        try:
            values[name] = read_setting(name, text)
            set_names.add(name)
        except NotRead as problem:
            used = " The default is used." if name in CATALOGUE else ""
            problems.append(Note("setting.not_read", f"{problem}{used}"))
    for group in _RISING:
        sentence = not_rising(values, group)
        if sentence:
            problems.append(Note("setting.order", f"{sentence} The defaults are used.", contradiction=sentence))
            values.update({name: CATALOGUE[name].default for name in group})
            set_names.difference_update(group)
    return Settings(**values, own=frozenset(set_names), problems=tuple(problems))  # type: ignore[arg-type]


def not_rising(values: Mapping[str, SettingValue], group: tuple[str, ...]) -> str:
    """Return a sentence about the first two of a group that are not in order; empty when all are."""
    for first, second in pairwise(group):
        low = float(values[first])
        high = float(values[second])
        apart = first.startswith("band_")  # two cuts on one score would leave a band that no score can have
        if low > high or (apart and low == high):
            words = "must be above" if apart else "must not be below"
            lower = f"{CATALOGUE[first].label.lower()} ({values[first]})"
            return f"{CATALOGUE[second].label} ({values[second]}) {words} {lower}."
    return ""
