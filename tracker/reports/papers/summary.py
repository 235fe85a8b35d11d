"""The status summary: one page that a board member understands in a minute."""

from dataclasses import replace

from tracker.reports.model import Facts, Header, Heading, Paragraph, Report, Section
from tracker.reports.papers.data import SummaryData, draft_header
from tracker.reports.sections.changes import changed
from tracker.reports.sections.decided import decisions
from tracker.reports.sections.delivery import money
from tracker.reports.sections.interop import interop
from tracker.reports.sections.outcomes import outcomes
from tracker.reports.sections.people import trained, wins
from tracker.reports.sections.pilots import fresh, headline, pilots
from tracker.reports.sections.registers import open_records
from tracker.reports.sections.risks import risks
from tracker.rules.wording import counted, show_date

TITLE = "status summary"
SECTIONS = (decisions, headline, pilots, outcomes, risks)
LINES = (changed, trained, wins, open_records, money, interop, fresh)
READING = "Reported is a judgement; evidence comes from the records. Missing means neither good nor zero."


def build(data: SummaryData) -> Report:
    """Return the summary of a position; what is missing is said, and nothing missing counts as good."""
    return Report(header(data, TITLE), parts(data))


def parts(data: SummaryData) -> tuple[Section, ...]:
    """Return the sections of the summary, which share a page."""
    return tuple(replace(section, one_page=True) for section in (*(section(data) for section in SECTIONS), also(data)))


def whole(data: SummaryData) -> Section:
    """Return the summary as one section of a larger paper, its parts under headings."""
    blocks = [block for part in parts(data) for block in (Heading(part.title), *part.blocks)]
    return Section("summary", "One-page summary", tuple(blocks), new_page=True, one_page=True)


def header(data: SummaryData, title: str) -> Header:
    """Return the top of a paper; ``frozen`` and ``pack`` are filled in by whoever freezes it."""
    header = replace(draft_header(data.now, title), since=data.since, head=data.head[:8], known=data.known)
    if data.meeting is None:
        return header
    board = data.meeting.board
    return replace(header, audience="Board", meeting=f"{show_date(board.meets_on)}, {board.title}")


def also(data: SummaryData) -> Section:
    """Return what else a board asks for, a line each; then how the figures are meant and what the paper leaves out."""
    lines = [line for part in LINES for line in part(data)]
    lines += [("Settings", problem) for problem in data.now.settings.problems]
    withheld = _withheld(data)
    if withheld:
        lines.append(("Not shown", withheld))
    if data.erased:
        texts = counted(data.erased, "record is", "records are")
        lines.append(("Erased since", f"{texts} not shown as on that day: names were taken out."))
    return Section("also", "Also on this date", (Facts(tuple(lines)), Paragraph(READING)))


def _withheld(data: SummaryData) -> str:
    now = data.now
    if not now.hidden.restricted:
        return ""
    sentence = counted(now.hidden.restricted, "restricted record is not shown", "restricted records are not shown")
    if now.hidden.belonging:
        sentence += f", nor {counted(now.hidden.belonging, 'record that belongs', 'records that belong')} to them"
    return f"{sentence}; the figures leave them out."
