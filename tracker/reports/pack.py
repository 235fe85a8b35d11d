"""The full pack: the summary, and everything behind it that a board may ask for."""

from tracker.reports.data import SummaryData
from tracker.reports.model import Report, Section
from tracker.reports.sections.annexes import behind, corrections, definitions, not_kept, quality
from tracker.reports.sections.assurance import assurance, journeys
from tracker.reports.sections.changes import changes_report
from tracker.reports.sections.decided import decision_pages
from tracker.reports.sections.delivery import finance
from tracker.reports.sections.forward import forward
from tracker.reports.sections.interop import interop_report
from tracker.reports.sections.meeting import agenda, earlier_actions, minutes
from tracker.reports.sections.outcomes import outcomes_report
from tracker.reports.sections.people_report import people_report, wins_report
from tracker.reports.sections.pilot_page import pilot_pages
from tracker.reports.sections.risk_report import risk_report
from tracker.reports.summary import header, whole

TITLE = "board pack"
BEFORE = (earlier_actions, minutes, changes_report)
AFTER = (outcomes_report, risk_report, people_report, assurance, interop_report, journeys, wins_report, finance)
ANNEXES = (forward, not_kept, quality, definitions, behind, corrections)


def build_pack(data: SummaryData) -> Report:
    """Return the pack of a position, its sections in the order in which a board goes through them."""
    meeting = agenda(data)
    sections: list[Section] = [
        *([meeting] if meeting is not None else []),
        whole(data),
        *(section(data) for section in BEFORE),
        *decision_pages(data),
        *pilot_pages(data),
        *(section(data) for section in (*AFTER, *ANNEXES)),
    ]
    return Report(header(data, TITLE), tuple(sections))
