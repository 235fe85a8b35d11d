"""The full pack: the summary, and everything behind it that a board may ask for."""

from collections.abc import Iterator
from dataclasses import replace

from tracker.reports.model import Report, Section
from tracker.reports.papers.data import SummaryData
from tracker.reports.papers.summary import header, whole
from tracker.reports.sections.annexes import behind, corrections, definitions, not_kept, quality
from tracker.reports.sections.assurance import assurance, journeys
from tracker.reports.sections.changes import changes_report
from tracker.reports.sections.decided import decision_pages
from tracker.reports.sections.delivery import finance
from tracker.reports.sections.forward import forward
from tracker.reports.sections.interop import interop_report
from tracker.reports.sections.meeting import agenda, earlier_actions, minutes
from tracker.reports.sections.outcomes import outcomes_report
from tracker.reports.sections.people import people_report, wins_report
from tracker.reports.sections.pilot_page import pilot_pages
from tracker.reports.sections.registers import register_tables
from tracker.reports.sections.risks import risk_report

TITLE = "board pack"
# By these numbers a chair calls the sections up; decisions are 5.1, 5.2 …, pilots 6.1, 6.2 …
BEFORE = (("2", earlier_actions), ("3", minutes), ("4", changes_report))
PAGES = (("5", decision_pages), ("6", pilot_pages))
AFTER = (
    ("7", outcomes_report),
    ("8", risk_report),
    ("9", people_report),
    ("10", assurance),
    ("11", interop_report),
    ("11.1", journeys),
    ("12 and 13", not_kept),
    ("14", wins_report),
    ("15", finance),
    ("16", forward),
)
ANNEXES = (quality, definitions, behind, corrections)


def build_pack(data: SummaryData) -> Report:
    """Return the pack of a position, its sections in the order in which a board goes through them."""
    sections = [
        *agenda(data),
        _numbered("1", whole(data)),
        *(_numbered(number, section(data)) for number, section in BEFORE),
        *(page for number, pages in PAGES for page in _pages(number, pages(data))),
        *(_numbered(number, section(data)) for number, section in AFTER),
        *(_numbered("17", section) for section in register_tables(data)),
        *(section(data) for section in ANNEXES),
    ]
    return Report(header(data, TITLE), tuple(sections))


def _numbered(number: str, section: Section) -> Section:
    return replace(section, title=f"{number} {section.title}")


def _pages(number: str, pages: list[Section]) -> Iterator[Section]:
    """Yield pages with a number each; a section that says that there is none has the number of them all."""
    for n, page in enumerate(pages, 1):
        yield _numbered(f"{number}.{n}" if page.new_page else number, page)
