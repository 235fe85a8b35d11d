"""The next ninety days: gates, decisions, ends, training and what was promised, by date."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from tracker.reports.model import Block, Paragraph, Section, Table
from tracker.reports.papers.data import SummaryData, columns, none_recorded, source
from tracker.rules.when import show_date
from tracker.rules.wording import counted

DAYS = 90
MOST = 60
OPEN = ("open", "in_progress")

Event = tuple[date, str, str, str]


def forward(data: SummaryData) -> Section:
    """Return what is due in the next ninety days, the nearest first."""
    last = data.now.day + timedelta(DAYS)
    found = sorted(event for event in events(data) if data.now.day <= event[0] <= last)
    told = source(data, "the registers of gates, decisions, pilots, training sessions, actions and conditions")
    title = f"Forward look: the next {DAYS} days"
    if not found:
        return Section("forward", title, (told, none_recorded("nothing is dated")))
    tables: list[Block] = []
    for (year, month), some in groupby(found[:MOST], key=lambda event: (event[0].year, event[0].month)):
        rows = tuple((show_date(day), what, name, who) for day, what, name, who in some)
        caption = show_date(date(year, month, 1)).split(" ", 1)[1]
        name = f"forward-{year}-{month:02}"
        tables.append(Table(name, caption, columns("Date", "What", "Of which", "Who"), rows, row_header=False))
    later = len(found) - MOST
    note = [Paragraph(f"{counted(later, 'later date is', 'later dates are')} not shown.")] if later > 0 else []
    return Section("forward", title, (told, *tables, *note))


def events(data: SummaryData) -> Iterator[Event]:
    """Yield every coming date: the day, what it is, the record, and whose it is."""
    person = data.now.person
    for one in data.now.of("board"):
        yield one.meets_on, "Board", f"{one.ref} {one.title}", ""
    for one in data.now.of("gate"):
        if one.planned_on and one.outcome == "pending":
            yield one.planned_on, "Gate", f"{one.ref} {one.name} ({_pilot(data, one)})", person(one.chair)
    for one in data.now.of("decision"):
        if one.needed_by and one.status == "sought":
            yield one.needed_by, "Decision", f"{one.ref} {one.title}", person(one.requested_by)
    for one in data.running:
        lead = person(one.delivery_lead)
        if one.decision_due and one.outcome == "none":
            yield one.decision_due, "Decision on a pilot", f"{one.ref} {one.name}", lead
        if one.forecast_end and not one.actual_end:
            yield one.forecast_end, "Forecast end", f"{one.ref} {one.name}", lead
        if one.first_real_user_on and one.first_real_user_on >= data.now.day:
            yield one.first_real_user_on, "Go-live", f"{one.ref} {one.name}", lead
    for one in data.now.of("session"):
        if one.status == "planned":
            yield one.starts_on, "Training", f"{one.ref} {one.title}", one.trainer or ""
    yield from _promised(data)


def _promised(data: SummaryData) -> Iterator[Event]:
    for one in data.now.of("action"):
        if one.status in OPEN:
            yield one.due, "Action", f"{one.ref} {one.text}", data.now.person(one.owner)
    for one in data.now.of("condition"):
        if one.due and one.closed_on is None:
            yield one.due, "Condition", f"{one.ref} {one.text}", data.now.person(one.owner)


def _pilot(data: SummaryData, one: Any) -> str:
    return data.ref("pilot", one.pilot)
