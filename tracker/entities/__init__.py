"""The things a programme tracks; each is defined in one file here and nowhere else."""

from importlib import import_module

from tracker.entities.base import Entity

# In the order people meet them. A new register is one file and its name here (and a migration).
ENTITIES: tuple[str, ...] = (
    "programme",
    "person",
    "service",
    "journey",
    "step",
    "pilot",
    "confidence",
    "iteration",
    "metric",
    "measurement",
    "gate",
    "criterion",
    "condition",
    "compliance",
    "need",
    "session",
    "attendance",
    "evaluation",
    "risk",
    "assessment",
    "issue",
    "win",
    "feedback",
    "board",
    "snapshot",
    "decision",
    "item",
    "attendee",
    "correction",
    "acceptance",
    "action",
    "standard",
    "integration",
    "setting",
)

__all__ = ["ENTITIES", "Entity", "all_entities", "entity", "owners", "registers"]

_loaded: dict[str, type[Entity]] = {}


def entity(kind: str) -> type[Entity]:
    """Return the class of a kind, e.g. ``risk``; it is imported when first asked for. Raises KeyError."""
    if kind not in _loaded:
        if kind not in ENTITIES:
            raise KeyError(kind)
        module = import_module(f"tracker.entities.{kind}")
        (_loaded[kind],) = (
            defined
            for defined in vars(module).values()
            if isinstance(defined, type) and issubclass(defined, Entity) and defined.__module__ == module.__name__
        )
    return _loaded[kind]


def all_entities() -> list[type[Entity]]:
    """Return every entity, in the order people meet them."""
    return [entity(kind) for kind in ENTITIES]


def registers() -> list[type[Entity]]:
    """Return every entity but the hidden ones: what people see, and what papers are made from."""
    return [register for register in all_entities() if not register.hidden]


def owners(register: type[Entity]) -> list[type[Entity]]:
    """Return the registers that a record belongs to, the nearest first: a measurement to a metric, that to a pilot."""
    owners = []
    while register.belongs_to:
        register = entity(register.fields()[register.belongs_to].target)
        owners.append(register)
    return owners
