"""The status summary: one page that a board member understands in a minute."""

from tracker.reports.data import SummaryData
from tracker.reports.model import Block, Bullets, Header, Report, Section
from tracker.reports.sections.changes import changed
from tracker.reports.sections.decided import decisions
from tracker.reports.sections.delivery import money
from tracker.reports.sections.interop import interop
from tracker.reports.sections.outcomes import outcomes
from tracker.reports.sections.people import training, wins
from tracker.reports.sections.pilots import fresh, headline, pilots
from tracker.reports.sections.risks import risks
from tracker.rules.when import show_date
from tracker.rules.wording import counted

TITLE = "status summary"
SECTIONS = (decisions, headline, pilots, changed, outcomes, risks, training, wins, money, interop, fresh)


def build(data: SummaryData) -> Report:
    """Return the summary of a position; what is missing is said, and nothing missing counts as good."""
    return Report(header(data, TITLE), (*(section(data) for section in SECTIONS), about(data)))


def header(data: SummaryData, title: str) -> Header:
    """Return the top of a paper; ``frozen`` and ``pack`` are filled in by whoever freezes it."""
    programme = data.now.programme
    board = data.meeting.board if data.meeting is not None else None
    return Header(
        title=title,
        programme=programme.name if programme is not None else "Programme not recorded",
        board=programme.board_name if programme is not None else "",
        as_of=data.now.day,
        since=data.since,
        audience="Board" if board is not None else "Internal",
        classification=(programme.classification_label or "") if programme is not None else "",
        version="Draft",
        head=data.head[:8],
        meeting=f"{show_date(board.meets_on)}, {board.title}" if board is not None else "",
    )


def about(data: SummaryData) -> Section:
    """Return how the figures are meant, and what the paper leaves out."""
    items = [
        "Reported is a judgement; evidence is worked out from the records. What is missing is neither good nor zero.",
    ]
    items += list(data.now.settings.problems)
    withheld = _withheld(data)
    blocks: tuple[Block, ...] = (Bullets((*items, withheld) if withheld else tuple(items)),)
    return Section("about", "About this paper", blocks)


def _withheld(data: SummaryData) -> str:
    now = data.now
    if not now.restricted:
        return ""
    said = counted(now.restricted, "restricted record is not shown", "restricted records are not shown")
    if now.belonging:
        said += f", nor {counted(now.belonging, 'record that belongs', 'records that belong')} to them"
    return f"{said}; the figures leave them out."
