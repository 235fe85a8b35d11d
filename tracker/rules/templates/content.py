"""Pilot and gate templates: TOML texts read into values that the entities accept, with every problem and its line.

A template says only what belongs to a kind of pilot. Dates, people, results and evidence belong to one pilot, so
the keys below leave them out; a pilot made like another one keeps just the same fields.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from tracker.entities import Gate, GateCriterion, Pilot, entity
from tracker.fields import Value, Values
from tracker.rules.reading import decimal_text
from tracker.rules.templates.lines import Path
from tracker.rules.templates.reader import Table, TemplateReader, Trouble
from tracker.text import clean

__all__ = ["GateTemplate", "PilotTemplate", "Trouble", "read_gate", "read_pilot"]

PILOT_KEYS = ("phase", "team_size", "sites", *Pilot.template_fields())
PARTS_OF_ONE = ("target", "band_from", "band_to", "min_worthwhile_change")
LONGEST_NAME = 60  # what the field “template” of a pilot or gate can hold


class GateTemplate(NamedTuple):
    """A kind of gate: its name (of the file), what it is for, the values of the gate, and of each criterion."""

    name: str
    title: str
    summary: str
    gate: Values
    criteria: tuple[Values, ...]


class PilotTemplate(NamedTuple):
    """A kind of pilot: its name (of the file), what it is for, and the values of all that a new one begins with.

    A training need without ``headcount`` is one whose people must still be counted.
    """

    name: str
    title: str
    summary: str
    pilot: Values
    gates: tuple[GateTemplate, ...] = ()
    metrics: tuple[Values, ...] = ()
    risks: tuple[Values, ...] = ()
    needs: tuple[Values, ...] = ()
    compliance: tuple[Values, ...] = ()


def read_gate(file: str, name: str, text: str) -> tuple[GateTemplate | None, list[Trouble]]:
    """Return the gate template in a text, or None with everything that is wrong with it."""
    reader = TemplateReader(file, text)
    data = reader.load()
    if data is not None and isinstance(data.get("pilot"), dict):
        reader.wrong(("pilot",), "This is a pilot template: put it into the folder “pilots”.")
        data = None
    if data is None:
        return None, reader.troubles
    reader.known_keys(data, ("title", "summary", "gate", "criterion"), ())
    _check_name(reader, name)
    title, summary = reader.heading(data)
    gate = reader.values("gate", reader.table(data, "gate"), ("gate",), Gate.template_fields(), {"pilot": reader.STUB})
    criteria = _criteria(reader, data, ())
    if not criteria and not reader.troubles:
        reader.wrong((), "A gate template needs at least one [[criterion]].")
    gate_template = GateTemplate(name, title, summary, gate, criteria)
    if reader.troubles:
        return None, reader.troubles
    return gate_template, []


def read_pilot(
    file: str, name: str, text: str, gates: Mapping[str, GateTemplate | None]
) -> tuple[PilotTemplate | None, list[Trouble]]:
    """Return the pilot template in a text, or None with everything that is wrong with it.

    ``gates`` are the gate templates by name; None stands for one that cannot be used.
    """
    reader = TemplateReader(file, text)
    data = reader.load()
    if data is not None and "pilot" not in data and (isinstance(data.get("gate"), dict) or "criterion" in data):
        reader.wrong(("gate",), "This is a gate template: put it into the folder “gates”.")
        data = None
    if data is None:
        return None, reader.troubles
    reader.known_keys(data, ("title", "summary", "pilot", "gate", "metric", "risk", "need", "compliance"), ())
    _check_name(reader, name)
    title, summary = reader.heading(data)
    pilot_template = PilotTemplate(
        name,
        title,
        summary,
        reader.values("pilot", reader.table(data, "pilot"), ("pilot",), PILOT_KEYS, {"name": name[:80] or "x"}),
        tuple(_gate(reader, table, n, gates) for n, table in enumerate(reader.tables(data, "gate", ()))),
        _metrics(reader, data),
        _several(reader, data, "risk", "title", {}),
        _several(reader, data, "need", "role_group", {"pilot": reader.STUB, "headcount": 1}),
        _compliance(reader, data),
    )
    _no_twice(reader, ((("gate", n, "name"), gate.gate.get("name", "")) for n, gate in enumerate(pilot_template.gates)))
    if reader.troubles:
        return None, reader.troubles
    return pilot_template, []


def _check_name(reader: TemplateReader, name: str) -> None:
    if not name or len(name) > LONGEST_NAME:
        reader.wrong((), f"The name of the file is that of the template: give it 1 to {LONGEST_NAME} characters.")


def _gate(reader: TemplateReader, table: Table, number: int, gates: Mapping[str, GateTemplate | None]) -> GateTemplate:
    """Return a gate of a pilot template: one of the gate templates, changed and added to, or one of its own."""
    path = ("gate", number)
    name = table.get("template", "")
    base = None
    if name:
        base = gates.get(name) if isinstance(name, str) else None
        if base is None:
            reader.wrong((*path, "template"), _no_gate(reader, name, gates))
            base = GateTemplate("", "", "", {"name": "x"}, ())
    stubs: Values = {"pilot": reader.STUB}
    if base is not None:
        stubs = {**stubs, **base.gate}
    values = reader.values("gate", table, path, Gate.template_fields(), stubs, also=("template", "criterion"))
    criteria = _criteria(reader, table, path)
    if base is None:
        if not criteria:
            reader.wrong(path, "This gate needs a template, or criteria of its own ([[gate.criterion]]).")
        return GateTemplate("", str(values.get("name", "")), "", values, criteria)
    return base._replace(gate={**base.gate, **values}, criteria=(*base.criteria, *criteria))


def _no_gate(reader: TemplateReader, name: object, gates: Mapping[str, GateTemplate | None]) -> str:
    text = clean(str(name)).text
    if isinstance(name, str) and name in gates:
        return f"The gate template “{text}” cannot be used; mend it first."
    return f"There is no gate template “{text}”.{reader.hint(text, list(gates))}"


def _criteria(reader: TemplateReader, data: Table, path: Path) -> tuple[Values, ...]:
    keys = GateCriterion.template_fields()
    criteria = tuple(
        reader.values("criterion", table, (*path, "criterion", n), keys, {"gate": reader.STUB})
        for n, table in enumerate(reader.tables(data, "criterion", path))
    )
    for key in ("text", "code"):
        _no_twice(reader, (((*path, "criterion", n, key), criterion.get(key)) for n, criterion in enumerate(criteria)))
    return criteria


def _metrics(reader: TemplateReader, data: Table) -> tuple[Values, ...]:
    metrics = _several(reader, data, "metric", "name", {})
    for n, metric in enumerate(metrics):
        if metric.get("metric_kind") == "proportion":
            for key in PARTS_OF_ONE:
                _check_part_of_one(reader, ("metric", n, key), metric.get(key, 0))
        if metric.get("better") == "target_band" and not {"band_from", "band_to"} <= metric.keys():
            reader.wrong(("metric", n, "better"), "better: a target band needs band_from and band_to.")
    return metrics


def _check_part_of_one(reader: TemplateReader, path: Path, value: Value) -> None:
    if isinstance(value, int | float) and not 0 <= value <= 1:
        part = f"a proportion is a part of one, such as 0.82; this is {decimal_text(value)}."
        reader.wrong(path, f"{path[-1]}: {part}")


def _several(reader: TemplateReader, data: Table, kind: str, naming: str, stubs: Values) -> tuple[Values, ...]:
    entries = tuple(
        reader.values(kind, table, (kind, n), entity(kind).template_fields(), stubs)
        for n, table in enumerate(reader.tables(data, kind, ()))
    )
    _no_twice(reader, (((kind, n, naming), entry.get(naming)) for n, entry in enumerate(entries)))
    return entries


def _compliance(reader: TemplateReader, data: Table) -> tuple[Values, ...]:
    items = data.get("compliance", [])
    if not isinstance(items, list) or any(isinstance(item, dict) for item in items):
        reader.wrong(("compliance",), 'compliance is a list of items, such as compliance = ["dpia", "security"].')
        return ()
    stubs = {"pilot": reader.STUB}
    entries = tuple(
        reader.values("compliance", {"item_kind": item}, ("compliance", n), ("item_kind",), stubs)
        for n, item in enumerate(items)
    )
    _no_twice(reader, ((("compliance", n), entry.get("item_kind")) for n, entry in enumerate(entries)))
    return entries


def _no_twice(reader: TemplateReader, named: Iterable[tuple[Path, Value]]) -> None:
    values_seen = set()
    for path, name in named:
        folded = str(name or "").casefold()
        if folded and folded in values_seen:
            reader.wrong(path, f"“{name}” stands here twice.")
        values_seen.add(folded)
