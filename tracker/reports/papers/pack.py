"""The papers of a board: the summary, one page that a member understands in a minute, and the pack behind it."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

from tracker.reports.model import CODE, Facts, Header, Heading, Paragraph, Report, Section
from tracker.reports.papers.abbreviations import MARKS, explained
from tracker.reports.papers.data import SummaryData, draft_header, for_members, when
from tracker.reports.sections.annexes import behind, corrections, definitions, quality
from tracker.reports.sections.assurance import assurance, journeys
from tracker.reports.sections.changes import changed, changes_report
from tracker.reports.sections.decided import decision_pages, decisions
from tracker.reports.sections.delivery import every_budget, finance, money
from tracker.reports.sections.exempt import exempt
from tracker.reports.sections.interop import interop, interop_report
from tracker.reports.sections.late import late, late_report
from tracker.reports.sections.meeting import agenda, earlier_actions, minutes
from tracker.reports.sections.outcomes import outcomes, outcomes_report
from tracker.reports.sections.people import people_report, trained, wins, wins_report
from tracker.reports.sections.pilot_page import every_pilot, pilot_pages
from tracker.reports.sections.pilots import fresh, headline, pilots
from tracker.reports.sections.registers import forward, open_records, register_tables
from tracker.reports.sections.risks import risk_report, risks
from tracker.reports.texts import texts_of
from tracker.rules.wording import counted, verb

SUMMARY_TITLE = "status summary"
SECTIONS = (decisions, headline, pilots, outcomes, risks)
LINES = (late, changed, trained, wins, open_records, money, interop, fresh)
READING = "Reported: judged. Evidence: from records. Missing is neither good nor zero."


def build(data: SummaryData) -> Report:
    """Return the summary of a position; what is missing is said, and nothing missing counts as good."""
    return Report(header(data, SUMMARY_TITLE), parts(data))


def parts(data: SummaryData) -> tuple[Section, ...]:
    """Return the sections of the summary, which share a page."""
    first = tuple(section(data) for section in SECTIONS)
    sections = (*first, also(data, " ".join(texts_of(first))))
    return tuple(replace(section, one_page=True) for section in sections)


def whole(data: SummaryData) -> Section:
    """Return the summary as one section of a larger paper, its parts under headings."""
    blocks = [block for part in parts(data) for block in (Heading(part.title), *part.blocks)]
    return Section("summary", "One-page summary", tuple(blocks), new_page=True, one_page=True)


def header(data: SummaryData, title: str) -> Header:
    """Return the top of a paper; ``frozen`` and ``pack`` are filled in by whoever freezes it."""
    header = replace(
        draft_header(data.now, title, data.meeting), since=data.since, head=data.head[:CODE], known=data.known
    )
    if data.meeting is not None:
        board = data.meeting.board
        header = replace(header, audience="Board", meeting=f"{when(board)}, {board.title}")
    return for_members(header) if data.members else header


def also(data: SummaryData, text: str) -> Section:
    """Return what else a board asks for, a line each; then how the figures are meant and what the paper leaves out.

    ``text`` is all that stands before it, whose marks and words are explained.
    """
    lines = [line for part in LINES for line in part(data)]
    lines += [("Settings", problem) for problem in data.now.settings.problems]
    if withheld := _withheld(data):
        lines.append(("Not shown", withheld))
    if data.erased:
        texts = counted(data.erased, "record is", "records are")
        lines.append(("Erased since", f"{texts} not shown as on that day: names were taken out."))
    return Section("also", "Also on this date", (Facts(tuple(lines)), Paragraph(_reading(text))))


def _reading(text: str) -> str:
    """Return how what stands in a text is meant."""
    if any(mark in text for mark in "●▲■"):
        return f"{MARKS} {READING}"
    return READING


def _withheld(data: SummaryData) -> str:
    now = data.now
    if not now.hidden.restricted:
        return ""
    sentence = counted(now.hidden.restricted, "restricted record is not shown", "restricted records are not shown")
    restricted = verb(now.hidden.restricted, "it", "them")
    if now.hidden.belonging:
        sentence += (
            f", nor {counted(now.hidden.belonging, 'record that belongs', 'records that belong')} to {restricted}"
        )
    return f"{sentence}; figures leave out what is not shown, ratings by the evidence do not."


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
    ("12", wins_report),
    ("13", finance),
    ("14", forward),
    ("14.1", late_report),
)
ANNEXES = (quality, definitions, behind, corrections)


def build_pack(data: SummaryData) -> Report:
    """Return the pack of a position, its sections in the order in which a board goes through them."""
    sections = [
        *agenda(data),
        *exempt(data),
        _numbered("1", whole(data)),
        *(_numbered(number, section(data)) for number, section in BEFORE),
        *(page for number, pages in PAGES for page in _pages(number, pages(data))),
        *(_numbered(number, section(data)) for number, section in AFTER),
        *(_numbered("15", section) for section in register_tables(data)),
        *(section(data) for section in ANNEXES),
        *every_pilot(data),
        *every_budget(data),
    ]
    return Report(header(data, TITLE), tuple(explained(sections)))


def _numbered(number: str, section: Section) -> Section:
    return replace(section, title=f"{number} {section.title}")


def _pages(number: str, pages: list[Section]) -> Iterator[Section]:
    """Yield pages with a number each; a section that says that there is none has the number of them all."""
    places = count(1)
    for page in pages:
        yield _numbered(f"{number}.{next(places)}" if page.new_page else number, page)
