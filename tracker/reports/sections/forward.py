"""The next ninety days: gates, decisions, ends, training and what was promised, by date."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby

from tracker.entities import Entity
from tracker.entities.action import Action
from tracker.entities.board import BoardMeeting
from tracker.entities.condition import Condition
from tracker.entities.decision import Decision
from tracker.entities.gate import Gate
from tracker.entities.pilot import Pilot
from tracker.entities.session import TrainingSession
from tracker.reports.model import Block, Paragraph, Section, Table
from tracker.reports.papers.data import SummaryData, columns, none_recorded, source
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
    paragraph = source(data, "the registers of gates, decisions, pilots, training sessions, actions and conditions")
    title = f"Forward look: the next {DAYS} days"
    if not coming:
        return Section("forward", title, (paragraph, none_recorded("nothing is dated")))
    tables: list[Block] = []
    for (year, month), events_of_month in groupby(coming[:MOST], key=lambda event: (event[0].year, event[0].month)):
        rows = tuple((show_date(day), kind, name, person) for day, kind, name, person in events_of_month)
        caption = show_date(date(year, month, 1)).split(" ", 1)[1]
        name = f"forward-{year}-{month:02}"
        tables.append(Table(name, caption, columns("Date", "What", "Of which", "Who"), rows, row_header=False))
    later = len(coming) - MOST
    note = [Paragraph(f"{counted(later, 'later date is', 'later dates are')} not shown.")] if later > 0 else []
    return Section("forward", title, (paragraph, *tables, *note))


def events(data: SummaryData) -> Iterator[Event]:
    """Yield every coming date: the day, what it is, the record, and whose it is."""
    person = data.now.person
    for board in data.now.all(BoardMeeting):
        yield board.meets_on, "Board", f"{board.ref} {board.title}", ""
    for gate in data.now.all(Gate):
        if gate.planned_on and gate.is_open:
            pilot_ref = data.now.ref(Pilot, gate.pilot)
            yield gate.planned_on, "Gate", f"{gate.ref} {gate.name} ({pilot_ref})", person(gate.chair)
    for decision in data.now.all(Decision):
        if decision.needed_by and decision.is_open:
            yield decision.needed_by, "Decision", f"{decision.ref} {decision.title}", person(decision.requested_by)
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
    yield from _promised(data)


def _promised(data: SummaryData) -> Iterator[Event]:
    for action in data.now.all(Action):
        if action.is_open:
            yield action.due, "Action", f"{action.ref} {action.text}", data.now.person(action.owner)
    for condition in data.now.all(Condition):
        if condition.due and condition.is_open:
            yield condition.due, "Condition", f"{condition.ref} {condition.text}", data.now.person(condition.owner)
    for register in own_tables():
        yield from _of_register(data, register)


def _of_register(data: SummaryData, register: type[Entity]) -> Iterator[Event]:
    for record in data.now.all(register):
        due = getattr(record, register.due_field, None)
        if due and record.is_open:
            owner = getattr(record, register.owner_field, None)
            yield due, register.noun.capitalize(), subject(record), data.now.person(owner)
