"""What became of the rows of a table: one outcome for each record that a row gives, and the totals."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from tracker.rules.wording import short

Status = Literal["created", "changed", "unchanged", "refused", "skipped"]
STATUSES: tuple[Status, ...] = ("created", "changed", "unchanged", "refused", "skipped")


class CellRemark(NamedTuple):
    """What has to be said of a cell: its column, which kind of remark it is, the text there, and a sentence."""

    column: str
    kind: str
    text: str
    words: str


class FieldChange(NamedTuple):
    """A field of a record that changes: its label, from what, to what."""

    label: str
    before: str
    after: str


class Outcome(NamedTuple):
    """What became of a row: of the record of a register that it gives.

    ``ref`` is that of the record (as it would be, in a trial run), ``title`` what it is called, ``lacks`` what it lacks
    that its register asks for, ``why`` says why it was refused or skipped.
    """

    row: int
    register: str
    status: Status
    ref: str = ""
    title: str = ""
    changes: tuple[FieldChange, ...] = ()
    remarks: tuple[CellRemark, ...] = ()
    lacks: tuple[str, ...] = ()
    why: tuple[str, ...] = ()


class ImportResult(NamedTuple):
    """What became of a whole table: outcomes in the order of its rows, what was not taken, and what else to say.

    ``sha256`` is the hash of the file, ``sheet`` its sheet, ``columns`` its columns and those ``aside`` that no field
    takes. ``people`` are names that nobody here has, with how often they stand there, ``absent`` the records that the
    source had before and has no more.
    """

    source: str
    sha256: str
    sheet: str
    columns: tuple[str, ...]
    aside: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    skipped: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    people: Mapping[str, int] = {}
    absent: tuple[str, ...] = ()
    tx: int = 0

    @property
    def refused(self) -> list[Outcome]:
        """The outcomes of rows that were refused."""
        return [outcome for outcome in self.outcomes if outcome.status == "refused"]

    @property
    def incomplete(self) -> list[Outcome]:
        """The outcomes of records that lack what their register asks for, or of which a cell could not be read."""
        unheld = ("unread", "unmapped", "error", "nobody")
        return [
            outcome
            for outcome in self.outcomes
            if outcome.status != "refused" and (outcome.lacks or any(r.kind in unheld for r in outcome.remarks))
        ]

    @property
    def withheld(self) -> list[Outcome]:
        """The outcomes of records of which the source withholds something."""
        return [outcome for outcome in self.outcomes if any(remark.kind == "withheld" for remark in outcome.remarks)]


def words_of(outcome: Outcome) -> Iterator[str]:
    """Yield what is to be said of an outcome: why it was refused, what it lacks, what changes, what of its cells."""
    yield from outcome.why
    yield from outcome.lacks
    for change in outcome.changes:
        yield f"{change.label}: {short(change.before or 'nothing', 60)} → {short(change.after or 'nothing', 60)}"
    yield from (f"{short(remark.column, 60)}: {remark.words}" for remark in outcome.remarks)


def totals(outcomes: Iterable[Outcome]) -> Mapping[str, Mapping[Status, int]]:
    """Return how many outcomes there are of each status, by register."""
    counts: dict[str, Counter[Status]] = {}
    for outcome in outcomes:
        counts.setdefault(outcome.register, Counter())[outcome.status] += 1
    return counts


def remarks_by_kind(outcomes: Sequence[Outcome]) -> Mapping[tuple[str, str], Sequence[tuple[int, CellRemark]]]:
    """Return what is said of cells by kind of remark and column, each with its row."""
    grouped: dict[tuple[str, str], list[tuple[int, CellRemark]]] = {}
    for outcome in outcomes:
        for remark in outcome.remarks:
            grouped.setdefault((remark.kind, remark.column), []).append((outcome.row, remark))
    return grouped
