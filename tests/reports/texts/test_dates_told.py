"""Each date in a paper was recorded, or says that it was worked out."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from papers import DAY, PREV, at, begin, hostile

from tracker.reports.model import Report
from tracker.reports.texts import texts_of
from tracker.rules.wording import MONTHS, show_date
from tracker.services.papers.building import papers
from tracker.services.papers.public import published
from tracker.services.programme_file import open_programme
from tracker.services.records.writing import add
from tracker.storage.store import Store

_DATE = rf"\d{{1,2}} (?:{'|'.join(month[:3] for month in MONTHS)}) \d{{4}}"
_WORKED_OUT = re.compile(rf"(?:{_DATE} to )?{_DATE} \(worked out\)")


def untold(store: Store, paper: Report, *asked: date) -> set[str]:
    """Return the dates of a paper that no record has, nobody asked for, and that do not say where they are from."""
    tables = [str(row[0]) for row in store.read("SELECT name FROM sqlite_master WHERE type = 'table'")]
    cells = [str(cell) for table in tables for row in store.read(f'SELECT * FROM "{table}"') for cell in row]
    days = {date.fromisoformat(day) for cell in cells for day in re.findall(r"\d{4}-[01]\d-[0-3]\d", cell)}
    typed = {day for cell in cells for day in re.findall(_DATE, cell)}
    known = {show_date(day) for day in (*days, *asked)} | typed
    texts = (_WORKED_OUT.sub("", text) for text in texts_of((*paper.sections,)))
    return {day for text in texts for day in re.findall(_DATE, text)} - known


def of_demo(folder: Path, demo: bytes) -> Path:
    path = folder / "demo.db"
    path.write_bytes(demo)
    return path


def of_long_plans(folder: Path, _: bytes) -> Path:
    """Make a programme where rules work out many days: of reviews, checks, conditions, updates, observation."""
    path = folder / "plans.db"
    store, ana = begin(path, {"name": "Plans"})
    with store:
        by = at(ana, date(2026, 9, 3))
        person = add(store, "person", {"display_name": "Data lead"}, by).uid
        for number, phase in enumerate(("alpha", "private_beta", "public_beta", "live")):
            real = date(2026, 9, 2) if number else None
            pilot = add(store, "pilot", {"name": f"Pilot {number}", "phase": phase, "first_real_user_on": real}, by).uid
            risk = {"title": "Risk", "pilot": pilot, "likelihood": number + 2, "impact": 4, "owner": person}
            add(store, "risk", risk, by)
            gate = add(store, "gate", {"name": "Gate", "pilot": pilot, "planned_on": date(2026, 12, 3)}, by).uid
            add(store, "condition", {"text": "Mend it", "gate": gate, "owner": person}, by)
            add(store, "need", {"role_group": "Staff", "pilot": pilot, "headcount": 12}, by)
            metric = {"name": "Time", "pilot": pilot, "metric_kind": "mean", "unit": "minutes", "definition": "Timed"}
            add(store, "metric", metric, by)
            add(store, "compliance", {"item_kind": "dpia", "pilot": pilot, "status": "in_progress"}, by)
            report = {
                "pilot": pilot,
                "rating": "green",
                "narrative": "All is as it was planned.",
                "divergence_reason": "It is known. " * 3,
            }
            add(store, "confidence", report, by)
    return path


def of_hostile(folder: Path, _: bytes) -> Path:
    path = folder / "hostile.db"
    hostile(path)
    return path


@pytest.fixture(params=[of_demo, of_long_plans, of_hostile])
def store(request: pytest.FixtureRequest, tmp_path: Path, demo_file: bytes) -> Iterator[Store]:
    with open_programme(request.param(tmp_path, demo_file)) as store:
        yield store


def test_every_date_was_recorded_or_says_that_it_was_worked_out(store: Store) -> None:
    for day in (date(2026, 10, 21), DAY, date(2026, 12, 2)):
        of_day = papers(store, day=day, since=PREV)
        for paper in (*of_day, published(store, day).report):
            assert untold(store, paper, day, PREV) == set(), (day, paper.header.title)
