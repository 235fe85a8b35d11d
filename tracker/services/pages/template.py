"""The page of a template: everything that a pilot or a gate made from it begins with."""

from collections.abc import Iterable, Iterator

from tracker.entities import entity
from tracker.fields import Values, humanise
from tracker.reports.model import Block, Bullets, Facts, Heading, Paragraph
from tracker.rules.reading import show
from tracker.rules.templates.content import GateTemplate, PilotTemplate


def template_page(template: PilotTemplate | GateTemplate) -> Iterator[Block]:
    """Yield everything that stands in a template."""
    yield Heading(f"{template.name}: {template.title}")
    yield Paragraph(template.summary)
    if isinstance(template, GateTemplate):
        yield from _gate(template)
        return
    yield from _fields("pilot", template.pilot)
    for gate in template.gates:
        yield Heading("  ".join(filter(None, (f"Gate: {gate.gate['name']}", gate.name and f"({gate.name})"))))
        yield from _gate(gate)
    yield from _list("Metrics", map(_metric, template.metrics))
    yield from _list("Usual risks, made as drafts", map(_risk, template.risks))
    yield from _list("Training needs", map(_need, template.needs))
    yield from _list("Compliance items", (humanise(str(item["item_kind"])) for item in template.compliance))


def _gate(template: GateTemplate) -> Iterator[Block]:
    yield from _fields("gate", {name: value for name, value in template.gate.items() if name != "name"})
    yield Bullets(tuple(map(_criterion, template.criteria)), ordered=True)


def _criterion(values: Values) -> str:
    standard = f"[{values['standard_ref']}]" if values.get("standard_ref") else ""
    return "  ".join(filter(None, (str(values["text"]), standard, _optional(values))))


def _metric(values: Values) -> str:
    kind = humanise(str(values["metric_kind"])).lower()
    head = f"{values['name']}: {kind}, in {values.get('unit', '%')}"
    if values.get("definition_variant"):
        head += f", variant {values['definition_variant']}"
    lines = [head, str(values["definition"])]
    if values.get("limitations"):
        lines.append(f"Limits: {values['limitations']}")
    return "\n".join(lines)


def _risk(values: Values) -> str:
    head = str(values["title"])
    if values.get("category"):
        head += f"  ({humanise(str(values['category']))})"
    lines = [head, " ".join(str(values[part]) for part in ("cause", "event", "consequence") if values.get(part))]
    if values.get("early_warning"):
        lines.append(f"Early warning: {values['early_warning']}")
    return "\n".join(lines)


def _need(values: Values) -> str:
    number = f"{values['headcount']:,} people" if "headcount" in values else "to be counted"
    level = humanise(str(values.get("required_level", "user"))).lower()
    return "  ".join(filter(None, (f"{values['role_group']}: {level} level, {number}", _optional(values))))


def _optional(values: Values) -> str:
    return "" if values.get("mandatory", True) else "(not mandatory)"


def _list(title: str, items: Iterable[str]) -> Iterator[Block]:
    listed = tuple(items)
    if listed:
        yield Heading(f"{title} ({len(listed)})")
        yield Bullets(listed)


def _fields(kind: str, values: Values) -> Iterator[Block]:
    fields = entity(kind).fields()
    facts = ((fields[name].label, show(fields[name], value)) for name, value in values.items())
    yield Facts(tuple((label, text) for label, text in facts if text))
