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

__all__ = ["ENTITIES", "Entity", "all_entities", "entity"]

_loaded: dict[str, type[Entity]] = {}


def entity(kind: str) -> type[Entity]:
    """Return the class of a kind, e.g. ``risk``; it is imported when first asked for. Raises KeyError."""
    if kind not in _loaded:
        if kind not in ENTITIES:
            raise KeyError(kind)
        module = import_module(f"tracker.entities.{kind}")
        (found,) = (
            thing
            for thing in vars(module).values()
            if isinstance(thing, type) and issubclass(thing, Entity) and thing.__module__ == module.__name__
        )
        _loaded[kind] = found
    return _loaded[kind]


def all_entities() -> list[type[Entity]]:
    """Return every entity, in the order people meet them."""
    return [entity(kind) for kind in ENTITIES]
