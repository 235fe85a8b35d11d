"""The areas of the main screen: the overview, and a register for every kind of record that people see."""

from collections.abc import Collection
from typing import NamedTuple

from tracker.entities import registers

OVERVIEW = "overview"
# The areas that a key opens, in their order: what people open every day on number keys, the others on a capital letter,
# of their name where it was free; parts of other records, which their pages show as well, come last. A register that
# is not here follows without a key: the palette and a click open it. G and S are keys of the lists.
KEYS = {
    OVERVIEW: "1",
    "pilot": "2",
    "iteration": "3",
    "session": "4",
    "risk": "5",
    "win": "6",
    "action": "7",
    "programme": "8",
    "person": "9",
    "service": "0",
    "journey": "J",
    "confidence": "C",
    "metric": "M",
    "gate": "A",
    "compliance": "O",
    "issue": "I",
    "feedback": "F",
    "board": "B",
    "decision": "D",
    "standard": "T",
    "integration": "N",
    "step": "U",
    "measurement": "E",
    "criterion": "R",
    "condition": "H",
    "need": "K",
    "attendance": "L",
    "evaluation": "V",
    "assessment": "P",
    "item": "Q",
    "attendee": "W",
    "snapshot": "X",
    "correction": "Y",
    "acceptance": "Z",
}


class Area(NamedTuple):
    """A part of the main screen: its id (``overview`` or a kind), the name people read, and the key that opens it.

    ``key`` is empty for a register that has none.
    """

    id: str
    label: str
    key: str


def areas(in_use: Collection[str] = ()) -> list[Area]:
    """Return every area: those with a key in the order of KEYS, then the other registers as people meet them.

    Of the registers on request only those that are in use.
    """
    labels = {OVERVIEW: "Overview"}
    for register in registers():
        if not register.on_request or register.kind in in_use:
            labels[register.kind] = register.plural[:1].upper() + register.plural[1:]
    order = [*(kind for kind in KEYS if kind in labels), *(kind for kind in labels if kind not in KEYS)]
    return [Area(kind, labels[kind], KEYS.get(kind, "")) for kind in order]
