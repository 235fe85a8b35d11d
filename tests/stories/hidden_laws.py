"""What must hold of papers when any one record is restricted, beside the papers before."""

import re
from collections.abc import Iterator

from tracker.entities import Entity, registers
from tracker.reports.model import Report, Section, Table
from tracker.reports.texts import texts_of
from tracker.services.papers.building import Papers
from tracker.storage import Store, records

SKIPPED = ("programme", "person", "snapshot")
SIGNS = re.compile(r"\b(?:None|No|Nothing|Nobody|Removed|Improved|improved|0)\b")
QUALIFIED = re.compile(r"ot shown|what is shown")


def words(*papers: Report) -> str:
    """Return every text of some papers, one in a line."""
    return "\n".join(" ".join(text.split()) for paper in papers for text in texts_of(paper))


def section(paper: Report, name: str) -> Section:
    return next(part for part in paper.sections if part.id == name)


def doubtful(text: str) -> set[str]:
    """Return the sentences of a paper that tell of nothing, of what is gone, or of what is better."""
    return {part for part in re.split(r"(?<=[.;])\s|\n", text) if SIGNS.search(part)}


def levels(paper: Report) -> dict[str, str]:
    """Return what the evidence says of each pilot in a summary."""
    tables = section(paper, "pilots").of(Table)
    return {row[0]: row[table.titles.index("Evidence")] for table in tables for row in table.rows}


def counts(paper: Report) -> dict[str, int]:
    """Return how many records of each register a pack counts: those that it shows, and those that it does not."""
    table = next(block for block in section(paper, "records").of(Table))
    hidden = {row[0]: re.search(r"(\d+) more, not shown", row[2]) for row in table.rows}
    return {row[0]: int(row[1].replace(",", "")) + int(hit[1] if (hit := hidden[row[0]]) else 0) for row in table.rows}


def candidates(store: Store) -> list[Entity]:
    """Return the records that somebody may restrict and that papers print."""
    return [
        record
        for register in registers()
        if register.kind not in SKIPPED and not register.append_only and register.printed
        for record in records(store, register)
    ]


def broken_by_hiding(before: Papers, after: Papers, record: Entity) -> Iterator[str]:
    """Yield what the papers say that they must not, once a record is restricted."""
    name = getattr(record, record.name_field)
    for old, new in zip(before, after, strict=True):
        text = words(new)
        if re.search(rf"(?<![\w-]){record.ref}(?![\w-])", text):
            yield f"{record.ref} is named"
        if isinstance(name, str) and " " in name and re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text):
            yield f"{name} is told"
        if "\ue000" in text:
            yield "a mask is left"
        qualified = "\n".join(line for line in text.splitlines() if QUALIFIED.search(line))
        for part in doubtful(text) - doubtful(words(old)):
            if part not in qualified and "Improved" not in part:
                yield f"said of {record.ref}: {part}"
    was, now = levels(before.summary), levels(after.summary)
    yield from (f"{pilot} is {now[pilot]}, was {was[pilot]}" for pilot in now if was.get(pilot) != now[pilot])
    told, truth = counts(after.pack), counts(before.pack)
    yield from (f"{name}: {told.get(name)} of {truth[name]}" for name in told if told[name] != truth[name])
    if improved(after.pack) > improved(before.pack):
        yield "more improved"


def improved(paper: Report) -> int:
    """Return how many changes to the better a pack tells of."""
    hit = re.search(r"(\d+) improved", words(paper))
    return int(hit[1]) if hit else 0
