"""What is kept from an open paper and why; in the paper of the members, what of it is restricted."""

from collections.abc import Sequence

from tracker.reports.model import Block, Paragraph, Section
from tracker.reports.papers.data import Exempt, SummaryData, table
from tracker.rules.wording import counted

RESOLUTION = (
    "Members have these in a pack of their own. Where the public may attend, a resolution is needed before they are "
    "taken: that the public be excluded from these items, for the reasons given."
)
KEPT = "exempt"  # the id of the section
RESTRICTED = (
    "This paper is for members only. It holds the restricted matter below, which the open pack of the same position "
    "leaves out: do not copy it, and do not read from it in public."
)


def exempt(data: SummaryData) -> list[Section]:
    """Return the list of what is kept back with the reason of each, or what is restricted; no section without any."""
    if not data.exempt:
        return []
    if data.members:
        rows = ((record.name, record.noun, record.reason) for record in data.exempt)
        titles = ("Record", "What it is", "Why+")
        listed = table("restricted", "Restricted matter in this paper", titles, rows)
        return [Section("restricted", "Members only", (Paragraph(RESTRICTED), listed))]
    return [kept_back(data.exempt, data.now.hidden.belonging)]


def kept_back(records: Sequence[Exempt], belonging: int) -> Section:
    """Return the list of what is kept from an open paper; ``belonging`` is how many records go with these."""
    numbered = ((str(number), record.noun, record.reason) for number, record in enumerate(records, 1))
    blocks: list[Block] = [
        table("exempt", "What is kept from this paper, and why", ("Item", "What it is", "Why+"), numbered),
        Paragraph(RESOLUTION),
    ]
    if belonging:
        belongs = counted(belonging, "record that belongs", "records that belong")
        blocks.insert(1, Paragraph(f"With them {belongs} to them."))
    return Section(KEPT, "Kept from this paper", tuple(blocks))
