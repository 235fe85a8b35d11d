"""The areas of the main screen: the overview, and a register for every kind of record that people see."""

from typing import NamedTuple

from tracker.entities import ENTITIES, all_entities

OVERVIEW = "overview"
FIRST = ("pilot", "iteration", "session", "risk", "win", "action")  # what people open every day, on number keys
# Parts of other records, which their pages show as well: at the end, and the good letters are left to the others.
LAST = (
    *("step", "measurement", "criterion", "condition", "need", "attendance", "evaluation", "assessment"),
    *("item", "attendee", "snapshot", "correction", "acceptance"),
)
NUMBERS = "1234567890"
TAKEN = "GS"  # keys of the lists


class Area(NamedTuple):
    """A part of the main screen: its id (``overview`` or a kind), the name people read, and the key that opens it."""

    id: str
    label: str
    key: str


def areas() -> list[Area]:
    """Return every area, the daily ones first; those after the tenth are opened by a capital letter of their name."""
    entities = {which.kind: which for which in all_entities() if not which.hidden}
    between = [kind for kind in ENTITIES if kind not in FIRST and kind not in LAST]
    order = [*FIRST, *between, *LAST]
    named = [(OVERVIEW, "Overview")]
    named += [(kind, _capital(entities[kind].plural)) for kind in order if kind in entities]
    found: list[Area] = []
    used = set(TAKEN)
    for number, (kind, label) in enumerate(named):
        key = NUMBERS[number] if number < len(NUMBERS) else _letter(label, used)
        used.add(key)
        found.append(Area(kind, label, key))
    return found


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _letter(label: str, used: set[str]) -> str:
    letters = [*label.upper(), *"ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    return next((letter for letter in letters if letter.isalpha() and letter not in used), "")
