"""Registers without a section of their own, listed and counted as their classes say; and all that is dated ahead."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import groupby

from tracker.entities import (
    Benefit,
    BenefitFigure,
    BoardMeeting,
    Entity,
    Gate,
    Pilot,
    TrainingSession,
    entity,
    registers,
)
from tracker.entities.states import open_columns
from tracker.fields import Field, humanise
from tracker.reports.model import Block, Bullets, Heading, Missing, Pairs, Paragraph, Section, Table
from tracker.reports.papers.data import (
    SummaryData,
    apart_block,
    none_recorded,
    sourced,
    table,
    table_or_none,
    with_overdue,
)
from tracker.rules.apart import apart_words, standing
from tracker.rules.changes.since import subject
from tracker.rules.day import is_shown
from tracker.rules.late import is_late
from tracker.rules.outstanding import worked_out
from tracker.rules.reading import amount, show
from tracker.rules.signals.result import level_text
from tracker.rules.totals import brief, total
from tracker.rules.wording import counted, listed, optional, show_date
from tracker.text import natural_order


def own_tables(data: SummaryData) -> list[type[Entity]]:
    """Return the registers that have a table of their own in the pack, and a line in the summary."""
    return [register for register in registers() if register.own_table and is_shown(data.now, register)]


def open_records(data: SummaryData) -> Pairs:
    """Return how many records are open and late, a line for each register that always has a table of its own."""
    always = (register for register in own_tables(data) if not register.on_request)
    return [(register.plural.capitalize(), _counts(data, register)) for register in always]


def _counts(data: SummaryData, register: type[Entity]) -> str:
    records = standing(data.now, data.now.all(register))
    if not records:
        return apart_words(data.now, register) or "None recorded."
    if not register.open_states:
        return f"{counted(len(records), register.noun, register.plural)}."
    late = sum(is_late(data.now, record) for record in records)
    sentence = f"{sum(record.is_open for record in records)} of {len(records):,} {register.open_word}"
    overdue = optional(", ", late, " overdue")
    return f"{sentence}{overdue}.{optional(' ', apart_words(data.now, register))}"


def register_tables(data: SummaryData) -> list[Section]:
    """Return one section with the open records of these registers, the first to fall due first; none without one."""
    blocks: list[Block] = []
    signal = data.signals.registers
    if signal.findings:
        items = (f"{level_text(finding.level)}: {finding.sentence}" for finding in signal.findings)
        blocks += [Paragraph("What these registers show:"), Bullets(tuple(items))]
    for register in own_tables(data):
        blocks += [Heading(register.plural.capitalize()), _table(data, register), *apart_block(data, register)]
        if register is BenefitFigure:
            blocks += benefits_by_year(data)
    if not blocks:
        return []
    names = listed(register.plural for register in own_tables(data))
    return [sourced(data, "registers", "Other registers", f"the registers of {names}", blocks)]


def _table(data: SummaryData, register: type[Entity]) -> Block:
    standing_records = standing(data.now, data.now.all(register))
    records = [record for record in standing_records if record.is_open or not register.open_states]
    records.sort(key=lambda record: (_due(record) is None, _due(record) or data.now.date, natural_order(record.ref)))
    fields = open_columns(register)
    rows = [(record.ref, *(_cell(data, record, field) for field in fields)) for record in records]
    titles = ("Ref", *(field.label + "+" * (field.show.lines > 1) for field in fields))
    caption = counted(len(records), register.noun, register.plural).capitalize()
    if register.open_states:
        caption += f" {register.open_word}"
    if register.due_field:
        caption += ", the first to fall due first"
    if any(field.kind == "money" for field in fields):
        caption += f", in {data.now.about.currency}"
    none = f"no {register.noun} is {register.open_word}"
    if not rows and data.now.all(register):
        return Missing(f"None {register.open_word} – checked.")
    return table_or_none(f"open-{register.kind}", caption, titles, rows, none)


def _due(record: Entity) -> date | None:
    due: date | None = getattr(record, record.due_field, None)
    return due


def _cell(data: SummaryData, record: Entity, field: Field) -> str:
    value = getattr(record, field.name)
    if value is None:
        return brief(data.now, record, field.name, field.show.unset or "–")
    if field.target == "person":
        return data.now.answering(value)
    if field.target:
        return data.now.ref(entity(field.target), value) or "–"
    if field.kind == "money":
        return data.money_cell(record, field.name)
    if field.kind != "date":
        return show(field, value)
    late = field.name == record.due_field and is_late(data.now, record)
    return with_overdue(show_date(value), late=late)


FIGURES = ("target", "forecast", "realised")


def benefits_by_year(data: SummaryData) -> list[Table]:
    """Return a table of the figures of benefits that were not dropped, by year and kind; none without a figure."""
    groups: defaultdict[tuple[date, str], list[BenefitFigure]] = defaultdict(list)
    for figure in standing(data.now, data.now.all(BenefitFigure)):
        benefit = data.now.get(Benefit, figure.benefit)
        if benefit is not None and benefit.status != "dropped":
            groups[figure.year, _kind(benefit)].append(figure)
    if not groups:
        return []
    rows = ((show_date(year), kind, *_cells(data, year, groups[year, kind])) for year, kind in sorted(groups))
    caption = f"Benefits by year, in {data.now.about.currency}; what was dropped is left out"
    return [table("benefits-by-year", caption, ("Year", "Kind", *map(str.capitalize, FIGURES)), rows)]


def _kind(benefit: Benefit) -> str:
    return "Dis-benefit" if benefit.dis_benefit else humanise(benefit.benefit_kind)


def _cells(data: SummaryData, year: date, figures: list[BenefitFigure]) -> Iterator[str]:
    """Yield the totals, each with of how many it is where some state none; nothing is realised before its year."""
    for part in FIGURES:
        sums = total(data.now, figures, part)
        words = amount(sums.amount) if sums.given else "–"
        if part == "realised" and not sums.given and year > data.now.date:
            yield "Not yet"
        else:
            yield words if sums.given == sums.of else f"{words} ({sums.scope()})"


DAYS = 90
MOST_DATES = 60

Event = tuple[date, str, str, str]


def forward(data: SummaryData) -> Section:
    """Return what is due in the next ninety days, the nearest first."""
    last = data.now.date + timedelta(DAYS)
    within = (event for event in events(data) if data.now.date <= event[0] <= last)
    coming = sorted(within, key=lambda event: (event[0], *map(natural_order, event[1:])))
    blocks: list[Block] = []
    for first, events_of_month in groupby(coming[:MOST_DATES], key=lambda event: event[0].replace(day=1)):
        rows = ((show_date(day), kind, name, person) for day, kind, name, person in events_of_month)
        caption = show_date(first).split(" ", 1)[1]
        month_table = table(f"forward-{first:%Y-%m}", caption, ("Date", "What", "Of which", "Who"), rows)
        blocks.append(replace(month_table, row_header=False))
    later = len(coming) - MOST_DATES
    if later > 0:
        blocks.append(Paragraph(f"{counted(later, 'later date is', 'later dates are')} left out here."))
    if not coming:
        blocks.append(none_recorded(f"nothing in these registers is dated in the next {DAYS} days"))
    dated = (register for register in registers() if register.dues and is_shown(data.now, register))
    names = listed(register.plural for register in dated if register is not BoardMeeting)
    origin = f"the registers of {names}, and board meetings"
    return sourced(data, "forward", f"Forward look: the next {DAYS} days", origin, blocks)


def events(data: SummaryData) -> Iterator[Event]:
    """Yield every coming date: the day, what it is, the record, and whose it is."""
    person = data.now.answering
    for board in data.now.all(BoardMeeting):
        yield board.meets_on, "Board", f"{board.ref} {board.title}", ""
    for gate in standing(data.now, data.now.all(Gate)):
        if gate.planned_on and gate.is_open:
            pilot_ref = data.now.ref(Pilot, gate.pilot)
            yield gate.planned_on, "Gate", f"{gate.ref} {gate.name} ({pilot_ref})", person(gate.chair)
    for pilot in data.running:
        lead = person(pilot.delivery_lead)
        if pilot.decision_due and pilot.outcome == "none":
            yield pilot.decision_due, "Decision on a pilot", f"{pilot.ref} {pilot.name}", lead
        if pilot.forecast_end and not pilot.actual_end:
            yield pilot.forecast_end, "Forecast end", f"{pilot.ref} {pilot.name}", lead
        if pilot.first_real_user_on and pilot.first_real_user_on >= data.now.date:
            yield pilot.first_real_user_on, "Go-live", f"{pilot.ref} {pilot.name}", lead
    for session in standing(data.now, data.now.all(TrainingSession)):
        if session.is_open:
            yield session.starts_on, "Training", f"{session.ref} {session.title}", session.trainer or ""
    for register in registers():
        if register not in (Pilot, Gate, TrainingSession):
            name = subject if register.own_table else partial(_whole_subject, data)
            yield from _of_register(data, register, name)


def _whole_subject(data: SummaryData, record: Entity) -> str:
    lead = record.fields()[record.lead_field]
    if lead.target:
        whose = getattr(record, lead.name)
        return record.ref + optional(" (", whose and data.now.ref(entity(lead.target), whose), ")")
    if lead.kind == "choice":
        return subject(record)
    return f"{record.ref} {getattr(record, record.lead_field)}"


def _of_register(data: SummaryData, register: type[Entity], name: Callable[[Entity], str]) -> Iterator[Event]:
    for record in standing(data.now, data.now.all(register)):
        worked = () if register is BoardMeeting else worked_out(data.now, record)
        for due, day in (*record.outstanding(data.now.date), *worked):
            owner = getattr(record, register.owner_field, None)
            yield day, due.label or register.noun.capitalize(), name(record), data.now.answering(owner)
