"""Taking in what people already have: a trial run first, and then one command."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from tracker.cli.shell import AS_JSON, Session, as_json, command, data, words
from tracker.errors import USER_CAN_MEND, TrackerError
from tracker.rules.wording import counted, listed, optional, short, verb, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tracker.services.importing.outcome import CellRemark, ImportResult, Outcome
    from tracker.services.importing.running import Table, Wanted

SHOWN = 10  # rows of each kind that are listed without --all
KINDS = {
    "withheld": "withheld in the source",
    "nothing": "without a value, as the source says",
    "long": "longer than the field; whole in a note",
    "unread": "could not be read; kept in a note",
    "unmapped": "words that the field does not have; kept in a note",
    "rounded": "rounded",
    "assumed": "read by their number; the word beside it is kept in a note",
    "error": "errors of formulas",
    "kept": "stay as they were changed here",
    "clash": "changed on both sides; ours stays",
    "presumed": "in which nothing stands",
    "same": "of another key than before",
    "near": "beside one that was here and may be the same; if so, say first: tracker id add REF SOURCE CODE",
    "nobody": "names that nobody in the file has",
}
OF_RECORDS = ("same", "near")  # kinds of what is said of a whole record
EXAMPLE = "tracker import portfolio.csv --mapping portfolio.toml --as-at 2025-03-31 --write"


class Choices(NamedTuple):
    """What somebody says of the file on the command line."""

    mapping: str | None
    register: str | None
    source: str | None
    sheet: str | None
    header: tuple[int, ...]
    keep_people: bool
    keep_rest: bool
    source_wins: bool
    sha256: str | None


@command(EXAMPLE, "import")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--mapping", "-m", metavar="FILE", help="How its columns become fields: a TOML file, or a shipped one.")
@click.option("--register", "-r", metavar="NAME", help="Of which register its rows are, such as risk.")
@click.option(
    "--source", metavar="NAME", help="What the source is called, by which its keys are known; else the file's name."
)
@click.option("--sheet", metavar="NAME", help="The sheet of a workbook; the first with anything in it.")
@click.option("--header", metavar="ROW", type=int, multiple=True, help="The row of the header; may be repeated.")
@click.option("--as-at", metavar="DATE", help="The day of which it is true.")
@click.option("--keep-people", is_flag=True, help="Add people whom nobody here is called like; else they are left out.")
@click.option(
    "--keep-rest", is_flag=True, help="Keep the texts of columns that no field takes in notes of the records."
)
@click.option("--source-wins", is_flag=True, help="Where both sides changed a value, take the source's.")
@click.option(
    "--save-mapping", metavar="FILE", type=click.Path(path_type=Path), help="Write the mapping, to correct it."
)
@click.option("--write", is_flag=True, help="Write it, as one change that “tracker undo” takes back.")
@click.option("--sha256", metavar="HASH", help="Take it in only if this is its hash: the file of a trial run.")
@click.option("--without-refused", is_flag=True, help="With --write: write the rest where rows are refused.")
@click.option(
    "--refused", metavar="FILE", type=click.Path(path_type=Path), help="Write the refused rows as XLSX, to mend them."
)
@click.option("--all", "every_row", is_flag=True, help="List every row, not the first of each kind.")
@AS_JSON
def import_(
    session: Session,
    path: Path,
    as_at: str | None,
    save_mapping: Path | None,
    write: bool,
    without_refused: bool,
    refused: Path | None,
    every_row: bool,
    json_: bool,
    **said: Any,
) -> int:
    """Take in a table that you already have: CSV, XLSX, XLS, ODS, JSON, Markdown, Jira, Microsoft Project, Primavera.

    Without --write it is a trial run: it says of each row what would become of it, and writes nothing. The end is 1
    where a row is refused.
    """
    from tracker.cli.shell.progress import Progress
    from tracker.services.importing.running import take_in, try_out

    table = _table(path, Choices(**said))
    if save_mapping:
        _save(save_mapping, table)
    with session.store(read_only=not write) as store:
        day = session.day(as_at, "--as-at")
        with Progress("Writing" if write else "Trying", "rows") as step:
            if write:
                result = take_in(store, table, session.acting(store), day, step, without_refused=without_refused)
            else:
                result = try_out(store, table, session.acting_on_trial, day, step)
    if json_:
        as_json(_object(result))
    else:
        for line in _report(result, table, everything=every_row):
            data(line)
    if refused:
        _save_refused(refused, table, result)
    _closing(session, result, write=write)
    return USER_CAN_MEND * bool((result.refused or not result.outcomes) and not result.tx)


def _table(path: Path, choices: Choices) -> "Table":
    from tracker.rules.importing.proposing import with_rest
    from tracker.services.importing.files.opening import hold_hash, read_source
    from tracker.services.importing.running import table_of

    source = read_source(path)
    if choices.sha256 is not None:
        hold_hash(source, choices.sha256)
    table = table_of(source, _wanted(choices))
    if choices.keep_people:
        table = table._replace(mapping=replace(table.mapping, other_people="keep"))
    if choices.keep_rest:
        table = table._replace(mapping=with_rest(table.mapping, table.aside), aside=())
    if choices.source_wins:
        table = table._replace(mapping=replace(table.mapping, source_wins=True))
    return table


def _wanted(choices: Choices) -> "Wanted":
    from tracker.entities import all_entities
    from tracker.rules.importing.mapping import Layout
    from tracker.rules.reading import suggestion
    from tracker.services.importing.mappings import mapping_called
    from tracker.services.importing.running import Wanted

    register = choices.register or ""
    names = [kind.kind for kind in all_entities() if not kind.hidden]
    if register and register not in names:
        raise TrackerError(f"There is no register “{short(register, 40)}”.{suggestion(register, names)}")
    mapping = mapping_called(choices.mapping) if choices.mapping else None
    layout = Layout(sheet=choices.sheet or "", header=choices.header)
    return Wanted(mapping, layout, register, choices.source or "")


def _save(path: Path, table: "Table") -> None:
    from tracker.services.importing.mappings import keep_mapping

    keep_mapping(table.mapping, path, table.aside)
    words(f"The mapping is in {path}.")


def _save_refused(path: Path, table: "Table", result: "ImportResult") -> None:
    from tracker.reports.files.write import write_report
    from tracker.services.importing.refused import refused_workbook

    if not result.refused:
        words(f"No row is refused, so {path} was not written.")
        return
    write_report(refused_workbook(table, result), path)
    words(f"The refused rows are in {path}, each with why. Mend them there, and import it with the same mapping.")
    words(f"The source is called “{table.mapping.source}”: without a mapping say so with --source.")


def _closing(session: Session, result: "ImportResult", *, write: bool) -> None:
    writes = any(outcome.status in ("created", "changed") for outcome in result.outcomes)
    if result.tx:
        words(f"Written in {session.chosen().name}. “tracker undo” takes all of it back.")
    elif write and result.refused:
        words("Nothing was written, since rows are refused. Mend them, or add --without-refused.")
    elif not result.outcomes:
        words("Nothing to write: no row stands below the header.")
    elif not writes:
        is_here = all(outcome.status == "unchanged" for outcome in result.outcomes)
        words(f"Nothing to write: {'all of it is here already' if is_here else 'no row creates or changes a record'}.")
    else:
        skipped = sum(outcome.status == "skipped" for outcome in result.outcomes)
        if skipped:
            words(f"{counted(skipped, 'row becomes', 'rows become')} no record: see “Skipped”.")
        words("A trial run: nothing was written. --write writes it; --save-mapping FILE lets you correct the mapping.")
        words(f"To write this file and no other: --write --sha256 {result.sha256[:12]}")


def _report(result: "ImportResult", table: "Table", *, everything: bool) -> "Iterator[str]":
    from tracker.services.importing.outcome import STATUSES, totals

    sheet = optional(", sheet “", result.sheet, "”")
    size = f"{counted(len(table.grid.rows), 'row')} in {counted(len(result.columns), 'column')}"
    yield f"{table.source.name}{sheet}: {size}"
    yield from (f"  {remark}" for remark in result.remarks)
    yield from (f"  {line}" for line in result.skipped)
    yield ""
    yield from _mapping_lines(table)
    yield ""
    for register, counts in totals(result.outcomes).items():
        parts = [f"{counts[status]:,} {status}" for status in STATUSES if counts.get(status)]
        yield f"{register:<12} {', '.join(parts)}"
    for label, outcomes in (("incomplete", result.incomplete), ("with something withheld", result.withheld)):
        if outcomes:
            yield f"             {len(outcomes):,} {label}"
    yield from _listed(result, everything=everything)


def _mapping_lines(table: "Table") -> "Iterator[str]":
    from tracker.entities import entity
    from tracker.rules.importing.proposing import presumed_fields
    from tracker.rules.reading import show

    for rule in table.mapping.record:
        fields = entity(rule.kind).fields()
        key = ", ".join(map(str, rule.key)) or "its name"
        yield f"Each row is {with_article(entity(rule.kind).noun)}; “{table.mapping.source}” knows it by {key}."
        for name, origin in rule.fields.items():
            source = ", ".join(map(str, origin.columns)) or origin.value or f"the {origin.record} of the row"
            unit = optional(" × ", origin.factor) + optional(", ", origin.days)
            yield f"  {fields[name].label:<22} {short(source, 60)}{unit}"
            meanings = ", ".join(f"{word} = {meaning or 'nothing'}" for word, meaning in origin.values.items())
            if meanings:
                yield f"  {'':<22} {short(meanings, 160)}"
        unsaid = [field for field in presumed_fields(entity(rule.kind)) if field.name not in rule.fields]
        if unsaid:
            choices = listed(f"{field.label} {show(field, field.default)}" for field in unsaid)
            yield f"  No column says more, so that each new one has: {choices}."
    if table.aside:
        yield f"Left aside: {', '.join(short(column, 40) for column in table.aside)}."
        yield 'Their texts are kept in a note of the record with --keep-rest, or note = "*" in the mapping.'


def _listed(result: "ImportResult", *, everything: bool) -> "Iterator[str]":
    from tracker.services.importing.outcome import remarks_by_kind

    limit = len(result.outcomes) if everything else SHOWN
    yield from _reasons("Refused", result.refused, limit)
    yield from _reasons("Skipped", [outcome for outcome in result.outcomes if outcome.status == "skipped"], limit)
    lacking = [(o, " ".join(o.lacks)) for o in result.outcomes if o.lacks]
    yield from _rows("Incomplete", lacking, limit)
    changes = [
        (
            o,
            "; ".join(
                f"{c.label}: {short(c.before or 'nothing', 60)} → {short(c.after or 'nothing', 60)}" for c in o.changes
            ),
        )
        for o in result.outcomes
        if o.status == "changed"
    ]
    yield from _rows("Changed", changes, limit)
    for (kind, column), remarks in remarks_by_kind(result.outcomes).items():
        yield ""
        number = counted(len(remarks), "record" if kind in OF_RECORDS else "cell")
        yield f"{short(column, 60)}: {number} {KINDS.get(kind, kind)}"
        lines = _by_text(remarks)
        yield from lines[:limit]
        yield from _more(len(lines), limit)
    for label, names in (
        ("Nobody here is called so; give them in [people] of the mapping, or --keep-people", _counts(result)),
        ("No more in the source; they stay as they are", result.absent),
    ):
        if names:
            yield ""
            yield f"{label}:"
            yield from (f"  {name}" for name in names[:limit])
            yield from _more(len(names), limit)


def _reasons(label: str, outcomes: "Sequence[Outcome]", limit: int) -> "Iterator[str]":
    """Yield why rows are refused or skipped, each reason with its rows."""
    reasons: dict[str, list[int]] = {}
    for outcome in outcomes:
        reasons.setdefault(f"{outcome.register}: {'; '.join(outcome.why)}", []).append(outcome.row)
    if reasons:
        yield ""
        yield f"{label}:"
        yield from [f"  {_row_numbers(rows)}: {why}" for why, rows in reasons.items()][:limit]
        yield from _more(len(reasons), limit)


def _by_text(remarks: "Sequence[tuple[int, CellRemark]]") -> list[str]:
    """Return a line for each text that cells hold, with its rows; the most frequent goes first."""
    rows_of: dict[CellRemark, list[int]] = {}
    for row, remark in remarks:
        rows_of.setdefault(remark, []).append(row)
    ordered = sorted(rows_of.items(), key=lambda entry: -len(entry[1]))
    return [f"  {_row_numbers(rows)}: {short(remark.words, 200)}" for remark, rows in ordered]


def _row_numbers(rows: "Sequence[int]") -> str:
    named = ", ".join(map(str, rows[:5]))
    return f"{verb(len(rows), 'row', 'rows')} {named}" + optional(" and ", max(len(rows) - 5, 0), " more")


def _counts(result: "ImportResult") -> "Sequence[str]":
    return [f"{name} ({times})" for name, times in result.people.items()]


def _rows(label: str, rows: "Sequence[tuple[Outcome, str]]", limit: int) -> "Iterator[str]":
    if not rows:
        return
    yield ""
    yield f"{label}:"
    for outcome, why in rows[:limit]:
        yield f"  row {outcome.row}: {outcome.register} {short(outcome.title, 60)}: {why}"
    yield from _more(len(rows), limit)


def _more(number: int, limit: int) -> "Iterator[str]":
    if number > limit:
        yield f"  and {number - limit:,} more (--all)"


def _object(result: "ImportResult") -> dict[str, object]:
    from tracker.cli.shell import json_object
    from tracker.services.importing.outcome import totals

    rows = [
        {
            **outcome._asdict(),
            "changes": [json_object(change) for change in outcome.changes],
            "remarks": [json_object(remark) for remark in outcome.remarks],
        }
        for outcome in result.outcomes
    ]
    return {**result._asdict(), "outcomes": rows, "totals": {k: dict(v) for k, v in totals(result.outcomes).items()}}
