"""A template as plain lines, for a terminal and for a screen reader alike."""

import textwrap
from typing import Any

from tracker.cli.shell.output import data
from tracker.cli.shell.tables import terminal_width
from tracker.entities import entity
from tracker.fields import humanise
from tracker.rules.reading import show
from tracker.rules.templates.content import GateTemplate, PilotTemplate

Values = dict[str, Any]
AnyTemplate = PilotTemplate | GateTemplate


def as_object(template: AnyTemplate) -> dict[str, Any]:
    """Return a template as plain data for JSON, its parts by the same names as in its file."""
    found: dict[str, Any] = {}
    for name, value in template._asdict().items():
        if name == "gates":
            found[name] = [as_object(gate) for gate in value]
        else:
            found[name] = list(value) if isinstance(value, tuple) else value
    return found


def print_template(template: AnyTemplate) -> None:
    """Print everything that stands in a template."""
    data(f"{template.name}  {template.title}")
    _line("", template.summary)
    if isinstance(template, GateTemplate):
        _gate(template)
        return
    _fields("pilot", template.pilot)
    for gate in template.gates:
        data("")
        data(f"Gate: {gate.gate['name']}" + (f"  ({gate.name})" if gate.name else ""))
        _gate(gate)
    _metrics(template)
    _heading("Usual risks, made as drafts", template.risks)
    for risk in template.risks:
        _line("• ", str(risk["title"]) + (f"  ({humanise(risk['category'])})" if risk.get("category") else ""))
        told = " ".join(str(risk[part]) for part in ("cause", "event", "consequence") if risk.get(part))
        _line("  ", told)
        if risk.get("early_warning"):
            _line("  ", f"Early warning: {risk['early_warning']}")
    _heading("Training needs", template.needs)
    for need in template.needs:
        number = f"{need['headcount']:,} people" if "headcount" in need else "to be counted"
        level = humanise(need.get("required_level", "user")).lower()
        _line("• ", f"{need['role_group']}: {level} level, {number}{_optional(need)}")
    _heading("Compliance items", template.compliance)
    if template.compliance:
        _line("• ", ", ".join(humanise(item["item_kind"]) for item in template.compliance))


def _gate(template: GateTemplate) -> None:
    _fields("gate", {name: value for name, value in template.gate.items() if name != "name"})
    for number, criterion in enumerate(template.criteria, 1):
        serves = f"  [{criterion['standard_ref']}]" if criterion.get("standard_ref") else ""
        _line(f"{number:>3}. ", f"{criterion['text']}{serves}{_optional(criterion)}")


def _metrics(template: PilotTemplate) -> None:
    _heading("Metrics", template.metrics)
    for metric in template.metrics:
        kind = humanise(metric["metric_kind"]).lower()
        variant = f", variant {metric['definition_variant']}" if metric.get("definition_variant") else ""
        _line("• ", f"{metric['name']}: {kind}, in {metric.get('unit', '%')}{variant}")
        _line("  ", str(metric["definition"]))
        if metric.get("limitations"):
            _line("  ", f"Limits: {metric['limitations']}")


def _optional(values: Values) -> str:
    return "" if values.get("mandatory", True) else "  (not mandatory)"


def _heading(words: str, several: tuple[Values, ...]) -> None:
    if several:
        data("")
        data(f"{words} ({len(several)})")


def _fields(kind: str, values: Values) -> None:
    fields = entity(kind).fields()
    for name, value in values.items():
        text = show(fields[name], value)
        if text:
            _line(f"{fields[name].label}: ", text, 2)


def _line(first: str, text: str, indent: int = 0) -> None:
    room = max((terminal_width() or 100) - indent, 40)
    after = " " * (indent or len(first))
    for line in textwrap.wrap(first + text, room, subsequent_indent=after, break_on_hyphens=False) or [first]:
        data(line)
