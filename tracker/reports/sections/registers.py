"""Registers without a section of their own: how papers list and count them follows from their classes alone."""

from datetime import date

from tracker.entities import Entity, entity, registers
from tracker.fields import Field
from tracker.reports.model import Block, Heading, Section
from tracker.reports.papers.data import SummaryData, sourced, table_or_none, with_overdue
from tracker.rules.reading import show
from tracker.rules.wording import counted, listed, show_date


def own_tables() -> list[type[Entity]]:
    """Return the registers that have a table of their own in the pack, and a line in the summary."""
    return [register for register in registers() if register.own_table]


def open_records(data: SummaryData) -> list[tuple[str, str]]:
    """Return how many records are open and late, a line for each register that has a table of its own."""
    return [(register.plural.capitalize(), _counts(data, register)) for register in own_tables()]


def _counts(data: SummaryData, register: type[Entity]) -> str:
    records = data.now.all(register)
    if not records:
        return "None recorded."
    late = sum(record.is_late(data.now.date) for record in records)
    sentence = f"{sum(record.is_open for record in records)} of {len(records):,} open"
    return f"{sentence}, {late} overdue." if late else f"{sentence}."


def register_tables(data: SummaryData) -> list[Section]:
    """Return one section with the open records of these registers, the first to fall due first; none without one."""
    blocks: list[Block] = []
    for register in own_tables():
        blocks += [Heading(register.plural.capitalize()), _table(data, register)]
    if not blocks:
        return []
    names = listed(register.plural for register in own_tables())
    return [sourced(data, "registers", "Other registers", f"the registers of {names}", blocks)]


def _table(data: SummaryData, register: type[Entity]) -> Block:
    records = [record for record in data.now.all(register) if record.is_open]
    records.sort(key=lambda record: (_due(record) is None, _due(record) or data.now.date, record.ref))
    fields = register.columns()
    rows = ((record.ref, *(_cell(data, record, field) for field in fields)) for record in records)
    titles = ("Ref", *(field.label for field in fields))
    caption = f"{counted(len(records), register.noun, register.plural).capitalize()} open, the first to fall due first"
    return table_or_none(f"open-{register.kind}", caption, titles, rows, f"no {register.noun} is open")


def _due(record: Entity) -> date | None:
    due: date | None = getattr(record, record.due_field, None)
    return due


def _cell(data: SummaryData, record: Entity, field: Field) -> str:
    value = getattr(record, field.name)
    if value is None:
        return "–"
    if field.target == "person":
        return data.now.person(value)
    if field.target:
        return data.now.ref(entity(field.target), value) or "–"
    if field.kind != "date":
        return show(field, value)
    return with_overdue(show_date(value), late=field.name == record.due_field and record.is_late(data.now.date))
