"""The status summary: one page that a board member understands in a minute."""

from tracker.reports.data import SummaryData
from tracker.reports.model import Block, Bullets, Header, Report, Section
from tracker.reports.sections.changes import changed
from tracker.reports.sections.delivery import actions, money
from tracker.reports.sections.people import training, wins
from tracker.reports.sections.pilots import decisions, fresh, headline, pilots
from tracker.reports.sections.risks import risks
from tracker.rules.wording import counted

TITLE = "status summary"
SECTIONS = (decisions, headline, pilots, changed, risks, training, wins, actions, money, fresh)


def build(data: SummaryData) -> Report:
    """Return the summary of a position; what is missing is said, and nothing missing counts as good."""
    programme = data.now.programme
    header = Header(
        title=TITLE,
        programme=programme.name if programme is not None else "Programme not recorded",
        board=programme.board_name if programme is not None else "",
        as_of=data.now.day,
        since=data.since,
        audience="Internal",
        classification=(programme.classification_label or "") if programme is not None else "",
        version="Draft",
        head=data.head[:8],
    )
    return Report(header, (*(section(data) for section in SECTIONS), _about(data)))


def _about(data: SummaryData) -> Section:
    items = [
        "Reported is a person's judgement; evidence is worked out from the records and replaces no judgement.",
        "What is missing counts neither as good nor as zero.",
        "Risk score: likelihood × impact, 1 to 25.",
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
