"""The next ninety days: gates, decisions, ends, training and what was promised, by date."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby

from tracker.entities import Action, BoardMeeting, Condition, Decision, Entity, Gate, Pilot, TrainingSession
from tracker.reports.model import Block, Paragraph, Section
from tracker.reports.papers.data import SummaryData, none_recorded, sourced, table
from tracker.reports.sections.registers import own_tables
from tracker.rules.changes.since import subject
from tracker.rules.wording import counted, show_date

DAYS = 90
MOST = 60

Event = tuple[date, str, str, str]


def forward(data: SummaryData) -> Section:
    """Return what is due in the next ninety days, the nearest first."""
    last = data.now.date + timedelta(DAYS)
    coming = sorted(event for event in events(data) if data.now.date <= event[0] <= last)
    blocks: list[Block] = []
    for (year, month), events_of_month in groupby(coming[:MOST], key=lambda event: (event[0].year, event[0].month)):
        rows = ((show_date(day), kind, name, person) for day, kind, name, person in events_of_month)
        caption = show_date(date(year, month, 1)).split(" ", 1)[1]
        month_table = table(f"forward-{year}-{month:02}", caption, ("Date", "What", "Of which", "Who"), rows)
        blocks.append(replace(month_table, row_header=False))
    later = len(coming) - MOST
    if later > 0:
        blocks.append(Paragraph(f"{counted(later, 'later date is', 'later dates are')} not shown."))
    if not coming:
        blocks.append(none_recorded("nothing is dated"))
    origin = "the registers of gates, decisions, pilots, training sessions, actions and conditions"
    return sourced(data, "forward", f"Forward look: the next {DAYS} days", origin, blocks)


def events(data: SummaryData) -> Iterator[Event]:
    """Yield every coming date: the day, what it is, the record, and whose it is."""
    person = data.now.person
    for board in data.now.all(BoardMeeting):
        yield board.meets_on, "Board", f"{board.ref} {board.title}", ""
    for gate in data.now.all(Gate):
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
    for session in data.now.all(TrainingSession):
        if session.is_open:
            yield session.starts_on, "Training", f"{session.ref} {session.title}", session.trainer or ""
    for register in (Decision, Action, Condition):
        yield from _of_register(data, register, _whole_subject)
    for own_table in own_tables():
        yield from _of_register(data, own_table, subject)


def _whole_subject(record: Entity) -> str:
    return f"{record.ref} {getattr(record, record.lead_field)}"


def _of_register(data: SummaryData, register: type[Entity], name: Callable[[Entity], str]) -> Iterator[Event]:
    for record in data.now.all(register):
        due = getattr(record, register.due_field, None)
        if due and record.is_open:
            owner = getattr(record, register.owner_field, None)
            yield due, register.noun.capitalize(), name(record), data.now.person(owner)
