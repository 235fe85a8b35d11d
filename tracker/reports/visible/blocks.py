"""Blocks of a paper of what is shown, beside those of one in which what is hidden is masked: what may stand."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from tracker.reports.model import (
    Block,
    Bullets,
    Callout,
    Cells,
    Chart,
    Facts,
    Figures,
    Heading,
    Missing,
    Paragraph,
    Quote,
    Signal,
    Table,
    table_of,
)
from tracker.reports.texts import texts_of
from tracker.reports.visible.texts import (
    NOT_SHOWN,
    fewer,
    is_doubtful,
    more,
    only,
    sayable_cell,
    sayable_text,
)
from tracker.rules.visible.sight import masks_in

COUNTS_TOO = "It rests on records that are not shown."
SOME = "Figures are of what is shown."


def sayable_blocks(visible: Sequence[Block], masked: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks of a section as they may stand."""
    for tag, start, end, first, last in SequenceMatcher(None, visible, masked, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from visible[start:end]
        else:
            yield from _differing(visible[start:end], list(masked[first:last]))


def _differing(visible: Sequence[Block], masked: list[Block]) -> Iterator[Block]:
    """Yield what may stand of a run of blocks that differs: pairs merged, what is not so left out, the rest counted."""
    pairs: list[tuple[Block, Block | None]] = []
    for block in visible:
        twin = next((twin for twin in masked if _same_place(block, twin)), None)
        if twin is not None:
            masked.remove(twin)
        pairs.append((block, twin))
    is_stated = False
    for block, twin in pairs:
        if twin is not None:
            yield _merged(block, twin)
        elif isinstance(block, Missing) and not is_stated:
            is_stated = True
            yield Missing(f"{only(_most_hidden(masked))}.")
        elif not _is_contradicted(block):
            yield block
    yield from _untold(masked, is_stated)


def _untold(masked: Sequence[Block], is_stated: bool) -> Iterator[Block]:
    """Yield what stands for blocks that only everything has: headings, how grave it is, and how many are hidden."""
    for number, block in enumerate(masked):
        if isinstance(block, Signal):
            yield Signal(block.level, block.label, COUNTS_TOO)
            is_stated = True
        elif isinstance(block, Heading) and number + 1 < len(masked) and not masks_in(block.text):
            yield block
    if masked and not is_stated and any(not isinstance(block, Heading) for block in masked):
        hidden = _most_hidden(masked)
        yield Paragraph(f"{more(hidden)}.")


def _same_place(block: Block, twin: Block) -> bool:
    """Return whether a block of one paper stands where one of the other does."""
    if type(block) is not type(twin):
        return False
    if isinstance(block, Table | Chart):
        return block.id == getattr(twin, "id", "")
    if isinstance(block, Heading) and isinstance(twin, Heading):
        return _letters(block.text) == _letters(twin.text)
    if isinstance(block, Paragraph) and isinstance(twin, Paragraph):
        return SequenceMatcher(None, block.text, twin.text).ratio() > 0.4
    return not isinstance(block, Quote)


def _letters(text: str) -> str:
    return "".join(letter for letter in text if not letter.isdigit())


def _is_contradicted(block: Block) -> bool:
    """Return whether a block that everything does not have claims that nothing is there, or that it is well."""
    match block:
        case Missing():
            return True
        case Paragraph(text) | Callout(_, text):
            return is_doubtful(text)
        case Signal(level, _, _):
            return level not in ("red", "amber")
    return False


def _merged(block: Block, twin: Block) -> Block:
    """Return a block as it may stand, beside its twin of everything."""
    if isinstance(block, Table) and isinstance(twin, Table):
        return _table(block, twin)
    if isinstance(block, Chart) and isinstance(twin, Chart):
        return replace(block, alt=_alt(block, twin), data=_table(block.data, twin.data))
    if isinstance(block, Facts) and isinstance(twin, Facts):
        return _facts(block, twin)
    if isinstance(block, Figures) and isinstance(twin, Figures):
        values = {label: value for value, label, _ in twin.items}
        cells = ((sayable_cell(value, values.get(label, value)), label, note) for value, label, note in block.items)
        return Figures(tuple(cells))
    if isinstance(block, Bullets) and isinstance(twin, Bullets):
        return replace(block, items=tuple(_bullets(block, twin)))
    if isinstance(twin, Missing):
        return twin  # where there is nothing at all, it says so better
    if isinstance(block, Signal) and isinstance(twin, Signal):
        return Signal(twin.level, twin.label, sayable_text(block.sentence, twin.sentence))
    if isinstance(block, Paragraph | Callout) and isinstance(twin, Paragraph | Callout):
        return replace(block, text=sayable_text(block.text, twin.text))
    return block


def _alt(block: Chart, twin: Chart) -> str:
    if block.alt == twin.alt:
        return block.alt
    return f"{block.alt.rstrip('.')}. {SOME}"


def _table(block: Table, twin: Table) -> Table:
    """Return a table with its cells as they may stand, and below it how many rows are not shown."""
    if _counts_alone(block) and _counts_alone(twin) and [row[0] for row in block.rows] == [row[0] for row in twin.rows]:
        return _counted(block, twin)
    twins = list(twin.rows)
    rows: list[Cells] = []
    for row in block.rows:
        mate = next((twin_row for twin_row in twins if twin_row == row), None) or next(
            (twin_row for twin_row in twins if twin_row[:1] == row[:1]), None
        )
        if mate is not None:
            twins.remove(mate)
            row = _row(row, mate)
        rows.append(row)
    notes = [block.note]
    if twins:
        notes.append(_left_out(block, twins))
    elif tuple(rows) != twin.rows:
        notes.append(SOME)
    return replace(block, rows=tuple(rows), note=" ".join(filter(None, notes)))


def _counts_alone(table: Table) -> bool:
    """Return whether a table holds nothing but counts, such as of risks by their band."""
    return all(cell.isdigit() for row in table.rows for cell in row[1:])


def _counted(block: Table, twin: Table) -> Table:
    """Return a table of counts of what is shown; which row a hidden record stands in would tell how it was judged."""
    if block.rows == twin.rows:
        return block
    totals, truths = (
        [sum(map(int, column)) for column in [*zip(*table.rows, strict=True)][1:]] for table in (block, twin)
    )
    hidden = max(truth - total for total, truth in zip(totals, truths, strict=True))
    note = f"{more(hidden)}." if hidden > 0 else SOME
    return replace(block, note=" ".join(filter(None, [block.note, note])))


def _row(row: Cells, mate: Cells) -> Cells:
    """Return a row as it may stand: its first cell names it, and a figure that is less says how many are not shown."""
    if row == mate or len(row) != len(mate):
        return row
    gaps = (fewer(cell, truth) for cell, truth in zip(row, mate, strict=True) if cell.isdigit() and truth.isdigit())
    hidden = max(gaps, default=0)
    return (row[0], *(sayable_cell(cell, truth, hidden) for cell, truth in zip(row[1:], mate[1:], strict=True)))


def _left_out(table: Table, rows: Sequence[Cells]) -> str:
    """Return how many rows are not shown; numbered ones are named by their number, a hole in the others."""
    numbers = [row[0] for row in rows]
    if not table.row_header and all(number.isdigit() for number in numbers):
        return f"Not shown: {table.columns[0].title} {', '.join(numbers)}."
    return f"{more(len(rows))}."


def _facts(block: Facts, twin: Facts) -> Facts:
    truths = dict(twin.items)
    items = [
        (label, sayable_cell(value, truths.get(label, value)))
        for label, value in block.items
        if label in truths or not is_doubtful(value)
    ]
    for label, _ in block.items:
        truths.pop(label, None)
    items += [(label, NOT_SHOWN) for label in truths if not masks_in(label)]
    named = sum(bool(masks_in(label)) for label in truths)
    if named:
        items.append((NOT_SHOWN, more(named)))
    return Facts(tuple(items))


def _bullets(block: Bullets, twin: Bullets) -> Iterator[str]:
    truths = list(twin.items)
    for item in block.items:
        if item in truths:
            truths.remove(item)
            yield item
        elif not is_doubtful(item):
            yield item
    hidden = sum(bool(masks_in(item)) for item in truths)
    if hidden:
        yield f"{more(hidden)}."


def _most_hidden(blocks: Sequence[Block]) -> int:
    """Return how many records the blocks tell of that are not shown: as many as the one that tells of most."""
    return max(map(_hidden_in, blocks), default=0)


def _hidden_in(block: Block) -> int:
    table = table_of(block)
    if table is not None:
        return len(table.rows)
    match block:
        case Facts(items):
            return sum(bool(masks_in(label + value)) for label, value in items)
        case Bullets(items, _):
            return sum(bool(masks_in(item)) for item in items)
    return len(masks_in("\n".join(texts_of(block))))
