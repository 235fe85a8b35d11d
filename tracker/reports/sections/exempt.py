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
    "This paper is for members only. It holds the restricted matter below, which the open {paper} "
    "{leaves} out: do not copy it, and do not read from it in public."
)


def exempt(data: SummaryData) -> list[Section]:
    """Return the list of what is kept back with the reason of each, or what is restricted; no section without any."""
    if not data.exempt:
        return []
    if data.members:
        return [restricted(data.exempt, "pack of the same position")]
    return [kept_back(data.exempt, data.now.hidden.belonging)]


def restricted(records: Sequence[Exempt], paper: str, leaves: str = "leaves") -> Section:
    """Return the list of what is restricted in a paper for members; ``paper`` is the open one that leaves it out."""
    blocks: list[Block] = [Paragraph(RESTRICTED.format(paper=paper, leaves=leaves))]
    if records:
        rows = ((record.name, record.noun, record.reason) for record in records)
        titles = ("Record", "What it is", "Why+")
        blocks.append(table("restricted", "Restricted matter in this paper", titles, rows))
    return Section("restricted", "Members only", tuple(blocks))


def kept_back(
    records: Sequence[Exempt], belonging: int = 0, *, paper: str = "this paper", closing: str = RESOLUTION
) -> Section:
    """Return the list of what is kept from an open paper; ``belonging`` is how many records go with these."""
    listed = (record for record in records if record.itself)
    numbered = ((str(number), record.noun, record.reason) for number, record in enumerate(listed, 1))
    blocks: list[Block] = [
        table("exempt", f"What is kept from {paper}, and why", ("Item", "What it is", "Why+"), numbered),
        Paragraph(closing),
    ]
    if belonging:
        belongs = counted(belonging, "record that belongs", "records that belong")
        blocks.insert(1, Paragraph(f"With them {belongs} to them."))
    return Section(KEPT, f"Kept from {paper}", tuple(blocks))
