"""The facts on top of a paper and the line at its foot, in the order every format shows them."""

import re
from dataclasses import replace

from tracker.reports.model import Block, Header, Report, Table
from tracker.rules.when import show_date

DIGEST_SHOWN = 12


def header_facts(header: Header) -> list[tuple[str, str]]:
    """Return label and value of each fact that a paper's header has."""
    frozen = f" (frozen {shown_time(header.frozen)})" if header.frozen else ""
    # What a board was shown and what was published of it are matched by the hash of the snapshot.
    of = "snapshot" if header.frozen and header.audience == "Public" else "journal"
    facts = [
        ("Board", header.board),
        ("Meeting", header.meeting),
        ("Position as of", show_date(header.as_of) + frozen),
        ("Changes since", show_date(header.since) if header.since else ""),
        ("Audience", header.audience),
        ("Classification", header.classification),
        ("Pack", header.pack),
        ("Version", f"{header.version} ({of} {header.head})" if header.head else header.version),
        ("Withheld", header.withheld),
    ]
    return [(label, value) for label, value in facts if value]


def header_line(header: Header) -> str:
    """Return the facts of a header as one run of words, for a paper that has to fit a page."""
    bare = ("Board", "Meeting", "Classification", "Version")
    labelled = {"Audience": "Audience: ", "Withheld": "Withheld: "}
    facts = [
        value if label in bare else f"{labelled.get(label, f'{label} ')}{value}"
        for label, value in header_facts(header)
    ]
    return " · ".join(facts)


def unnamed(block: Block, title: str) -> Block:
    """Return a block below a title; a table that is called as the title says is not called so again."""
    return replace(block, caption="") if isinstance(block, Table) and block.caption == title else block


def footer_facts(report: Report) -> list[str]:
    """Return what the foot of a page says: programme, position, pack, the hash of the data, and whether it is a draft.

    The hash is that of the canonical JSON, so that any file can be matched with the data that it shows.
    """
    from tracker.reports.files.canonical import digest  # hashes are loaded only where there is a foot

    header = report.header
    return [
        header.programme,
        f"Position as of {show_date(header.as_of)}",
        *([header.pack] if header.pack else []),
        f"Data {digest(report)[:DIGEST_SHOWN]}",
        *(["Draft"] if header.draft else []),
    ]


def footer(report: Report) -> str:
    """Return the foot of a page as one line."""
    return " · ".join(footer_facts(report))


def shown_time(frozen: str) -> str:
    """Return a time such as ``2026-11-12T17:00:00Z`` as people read it; other words stay as they are."""
    found = re.fullmatch(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d)?Z", frozen)
    if found is None:
        return frozen
    from datetime import date

    try:
        return f"{show_date(date.fromisoformat(found[1]))} {found[2]} UTC"
    except ValueError:
        return frozen
