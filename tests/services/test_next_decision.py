"""The overview and the papers name the same next decision of a pilot."""

from datetime import date, timedelta

from tracker.reports.model import Table
from tracker.rules.wording import show_date
from tracker.services.overview import overview
from tracker.services.papers.building import summary
from tracker.services.records.writing import add
from tracker.storage.store import Acting, Store

TODAY = date(2026, 10, 1)
DAY = timedelta(1)


def test_the_overview_shows_the_gate_or_the_question_that_comes_first(store: Store, ana: Acting) -> None:
    own = TODAY + 30 * DAY
    uid = add(store, "pilot", {"name": "Parking", "decision_due": own}, ana).uid

    def shown(day: date = TODAY) -> tuple[object, bool]:
        (line,) = overview(store, day).pilots
        tables = (block for section in summary(store, day=day).sections for block in section.blocks)
        (table,) = (block for block in tables if isinstance(block, Table) and block.id == "pilots")
        words = table.rows[0][[column.title for column in table.columns].index("Next decision")]
        assert (show_date(line.decision_due) if isinstance(line.decision_due, date) else "") in words
        assert line.decision_late is ("late" in words or "not held" in words)
        return line.decision_due, line.decision_late

    assert shown() == (own, False)
    add(store, "gate", {"name": "Alpha", "pilot": uid, "planned_on": TODAY + 9 * DAY}, ana)
    assert shown() == (TODAY + 9 * DAY, False)
    question = {"title": "Go on", "question": "Go on?", "pilot": uid, "needed_by": TODAY + 8 * DAY, "status": "sought"}
    add(store, "decision", {**question, "options": "Yes\nNo"}, ana)
    assert shown() == (TODAY + 8 * DAY, False)
    assert shown(TODAY + 10 * DAY) == (TODAY + 8 * DAY, True)
