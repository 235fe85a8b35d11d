"""What a pilot made like another one keeps: the fields of a template, and nothing of what happened to the other."""

from typing import Any, NamedTuple

from tracker.entities import entity
from tracker.rules.templates.content import GateTemplate
from tracker.storage.queries import Condition, Query, records
from tracker.storage.store import Store

Values = dict[str, Any]


class Likeness(NamedTuple):
    """What is kept of a pilot, as a template would say it."""

    pilot: Values
    gates: tuple[GateTemplate, ...]
    metrics: tuple[Values, ...]
    needs: tuple[Values, ...]
    compliance: tuple[Values, ...]


def like(store: Store, pilot: Any) -> Likeness:
    """Return what a pilot like this one begins with; removed records are not kept."""
    gates = tuple(
        GateTemplate(
            gate.template or "", gate.name, "", _kept("gate", gate), _all(store, "criterion", "gate", gate.uid)
        )
        for gate in _of(store, "gate", "pilot", pilot.uid)
    )
    return Likeness(
        {**_kept("pilot", pilot), "service": pilot.service, "template": pilot.template},
        gates,
        _all(store, "metric", "pilot", pilot.uid),
        _all(store, "need", "pilot", pilot.uid),
        _all(store, "compliance", "pilot", pilot.uid),
    )


def _of(store: Store, kind: str, link: str, uid: str) -> list[Any]:
    return list(records(store, Query(kind, (Condition(link, "=", uid),))))


def _all(store: Store, kind: str, link: str, uid: str) -> tuple[Values, ...]:
    return tuple(_kept(kind, one) for one in _of(store, kind, link, uid))


def _kept(kind: str, one: Any) -> Values:
    return {name: getattr(one, name) for name in entity(kind).template_fields()}
