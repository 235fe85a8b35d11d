"""What is kept from an open paper and why; in the paper of the members, what of it is restricted."""

from tracker.reports.model import Block, Paragraph, Section
from tracker.reports.papers.data import SummaryData, table
from tracker.rules.wording import counted

RESOLUTION = (
    "Members have these in a pack of their own. Where the public may attend, a resolution is needed before they are "
    "taken: that the public be excluded from these items, for the reasons given."
)
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
    numbered = ((str(number), record.noun, record.reason) for number, record in enumerate(data.exempt, 1))
    blocks: list[Block] = [
        table("exempt", "What is kept from this paper, and why", ("Item", "What it is", "Why+"), numbered),
        Paragraph(RESOLUTION),
    ]
    belonging = data.now.hidden.belonging
    if belonging:
        belongs = counted(belonging, "record that belongs", "records that belong")
        blocks.insert(1, Paragraph(f"With them {belongs} to them."))
    return [Section("exempt", "Kept from this paper", tuple(blocks))]
