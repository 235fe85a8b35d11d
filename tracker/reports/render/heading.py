"""The facts on top of a paper, in the order every format shows them."""

from tracker.reports.model import Header
from tracker.rules.when import show_date


def header_facts(header: Header) -> list[tuple[str, str]]:
    """Return label and value of each fact that a paper's header has."""
    facts = [
        ("Board", header.board),
        ("Position as of", show_date(header.as_of)),
        ("Changes since", show_date(header.since) if header.since else ""),
        ("Audience", header.audience),
        ("Classification", header.classification),
        ("Version", f"{header.version} (journal {header.head})" if header.head else header.version),
    ]
    return [(label, value) for label, value in facts if value]
