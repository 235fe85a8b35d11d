"""The facts on top of a paper and the line at its foot, in the order every format shows them."""

import re
from collections.abc import Iterator
from dataclasses import replace

from tracker.reports.model import DRAFT_MINUTES, Block, Header, Heading, Pairs, Report, Section, Table
from tracker.rules.wording import date_or, show_date

UNTITLED = "Untitled"

DIGEST_SHOWN = 12


def header_facts(header: Header) -> Pairs:
    """Return label and value of each fact that a paper's header has."""
    position = show_date(header.as_of)
    version = header.version
    if header.frozen:
        position += f" (frozen {time_text(header.frozen)})"
    if header.head:
        # What a board was shown and what was published of it are matched by the hash of the snapshot.
        hashed = "snapshot" if header.frozen and header.audience == "Public" else "journal"
        version += f" ({hashed} {header.head})"
    if header.known:
        position += " (some of it was recorded later; no board was shown this)"
    facts = [
        ("Board", header.board),
        ("Meeting", header.meeting),
        (position_label(header), position),
        ("Changes since", date_or(header.since)),
        ("Audience", header.audience),
        ("Classification", header.classification),
        ("Pack", header.pack),
        ("Version", version),
        ("Published on", date_or(header.published)),
        ("Publisher", header.publisher),
        ("Licence", " ".join(filter(None, (header.licence, header.licence_address)))),
        ("Contact", header.contact),
        ("Accessibility", header.accessibility),
        ("Withheld", header.withheld),
    ]
    return [(label, value) for label, value in facts if value]


def position_label(header: Header) -> str:
    """Return what the day of a paper is the day of."""
    if header.known:
        return "As it is known today for"
    return "Position as of"


def position_text(header: Header) -> str:
    """Return of which day a paper is, as every page says it."""
    text = f"{position_label(header)} {show_date(header.as_of)}"
    if header.known:
        return f"{text} (some of it was recorded later)"
    return text


def header_line(header: Header) -> str:
    """Return the facts of a header as one run of words, for a paper that has to fit a page."""
    labels = {
        **dict.fromkeys(("Board", "Meeting", "Classification", "Version"), ""),
        **{label: f"{label}: " for label in ("Audience", "Withheld")},
    }
    return " · ".join(labels.get(label, f"{label} ") + value for label, value in header_facts(header))


def named_once(section: Section) -> Iterator[Block]:
    """Yield the blocks of a section; a table that is called as the title or heading above it is not called so again."""
    above = section.title
    for block in section.blocks:
        if isinstance(block, Heading):
            above = block.text
        if isinstance(block, Table) and block.caption == above:
            block = replace(block, caption="")
        yield block


def footer_facts(report: Report) -> list[str]:
    """Return what the foot of a page says: programme, position, pack, the hash of the data, and whether it is a draft.

    The hash is that of the canonical JSON, so that any file can be matched with the data that it shows.
    """
    from tracker.reports.files.canonical import digest  # hashes are loaded only where there is a foot

    header = report.header
    position = position_text(header)
    data = f"Data {digest(report)[:DIGEST_SHOWN]}"
    return [header.programme, *filter(None, (position, header.pack, data, draft_mark(header)))]


def origin(report: Report) -> str:
    """Return where a paper comes from: position, snapshot, the whole hash of its data, program.

    It is for a property of a file, which holds 255 signs.
    """
    from tracker.reports.files.canonical import digest

    header = report.header
    parts = (position_text(header), header.pack, f"Data SHA-256 {digest(report)}", draft_mark(header), header.generator)
    return ". ".join(filter(None, parts))


def draft_mark(header: Header) -> str:
    """Return “Draft” for a paper that may still change, empty for another."""
    return "Draft" if header.draft else ""


def draft_sentence(header: Header) -> str:
    """Return the sentence on top of a draft, which says until when it may still change; empty for another paper."""
    if not header.draft:
        return ""
    if header.title == DRAFT_MINUTES:
        return "Draft: not approved yet, the wording may still change."
    return "Draft: not frozen yet, figures may still change."


def marking(header: Header) -> str:
    """Return how a paper is marked, as each page, slide and sheet says it: its classification, and “Draft”."""
    return " · ".join(filter(None, (header.classification, draft_mark(header))))


def full_title(header: Header, otherwise: str = "Untitled paper") -> str:
    """Return the name of a paper with its programme, never empty."""
    return ": ".join(part for part in (header.programme, header.title) if part.strip()) or otherwise


def visible_title(text: str) -> str:
    """Return a title; a word for one without a letter."""
    return text if text.strip() else UNTITLED


def footer(report: Report) -> str:
    """Return the foot of a page as one line."""
    return " · ".join(footer_facts(report))


def time_text(frozen: str) -> str:
    """Return a time such as ``2026-11-12T17:00:00Z`` as people read it; other words stay as they are."""
    match = re.fullmatch(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d)?Z", frozen)
    if match is None:
        return frozen
    from datetime import date

    try:
        return f"{show_date(date.fromisoformat(match[1]))} {match[2]} UTC"
    except ValueError:
        return frozen
