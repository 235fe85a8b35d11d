"""What is late on the day of a paper, of every register, as the overview and the lists say it."""

from tracker.entities import registers
from tracker.reports.model import Block, Pairs, Paragraph, Section
from tracker.reports.papers.data import SummaryData, sourced, table
from tracker.reports.sections.pilots import every_page
from tracker.rules.boards.cycle import days_words
from tracker.rules.day import is_shown
from tracker.rules.late import Deadline, owner_name, summed
from tracker.rules.signals.result import AMBER
from tracker.rules.wording import counted, listed

MOST_LATE = 200  # in print and data; of many pilots all are data, and the first ones are printed
KINDS_NAMED = 2  # in the line of the summary
TITLES = ("What", "Of which", "Who", "Due", "How late")


def late(data: SummaryData) -> Pairs:
    """Return how much is late, of what, what is counted apart, and how much the registers on request ask about."""
    concerns = sum(finding.level == AMBER for finding in data.signals.registers.findings)
    more = f" Other registers: {counted(concerns, 'concern')}, in the pack." if concerns else ""
    return [("Late", summed(data.lateness, KINDS_NAMED) + more)]


def late_report(data: SummaryData) -> Section:
    """Return everything that is late, the longest first, and what was looked at."""
    everything = data.lateness.late
    blocks: list[Block] = [Paragraph(summed(data.lateness))]
    if everything:
        listed_here = everything
        note = ""
        if len(everything) > MOST_LATE and every_page(data):
            listed_here = everything[:MOST_LATE]
            note = f"The first {MOST_LATE} of {len(everything):,}."
        rows = (_row(data, deadline) for deadline in listed_here)
        blocks.append(table("late", "Late, the longest first", TITLES, rows, note=note))
    names = listed(register.plural for register in registers() if register.dues and is_shown(data.now, register))
    return sourced(data, "late", "Late on this day", f"the days in the registers of {names}", blocks)


def _row(data: SummaryData, deadline: Deadline) -> tuple[str, ...]:
    name = f"{deadline.ref} {deadline.title}"
    who = owner_name(data.now, deadline) or "No owner"
    return deadline.what, name, who, deadline.day_text, days_words(deadline.day, data.now.date)
