"""Looking back and taking back: search, history, undo and redo."""

from typing import TYPE_CHECKING

import click

from tracker.cli.registers.field_options import Reference
from tracker.cli.shell import AS_CSV, AS_JSON, AS_OF, Count, Session, as_json, command, data, misused, read_word, words
from tracker.cli.shell.tables import listing
from tracker.entities import registers

if TYPE_CHECKING:
    from tracker.services.reading import Store
    from tracker.services.records.undo import TurnedBack


@command('tracker search "address lookups"')
@click.argument("text", nargs=-1, required=True)
@click.option("--limit", type=Count(500), default=20, show_default=True, metavar="N", help="At most so many.")
@AS_OF
@AS_CSV
@AS_JSON
def search(session: Session, text: tuple[str, ...], limit: int, as_of: str | None, csv_: bool, json_: bool) -> None:
    """Find records of every kind that hold all the words, in any order; the last word may be begun.

    Where there are hardly any, words may stand within others, and what was called so before is found too.
    """
    from tracker.services.reading import find_text, gone_by_ref, on_day

    with session.store(read_only=True) as store, on_day(store, session.state_day(as_of)) as past:
        hits = find_text(past, " ".join(text), limit=limit)
        removed = gone_by_ref(past, " ".join(text))
    listing(
        ["Ref", "Kind", "Title", "Where"],
        [[hit.ref, hit.kind, hit.title, hit.snippet] for hit in hits],
        json=json_,
        csv=csv_,
        objects=[hit._asdict() for hit in hits],
        wide=[2, 3],
    )
    if removed is not None:
        from tracker.cli.shell.mending import in_shell

        words(in_shell(removed))
    elif not hits:
        words("Nothing found. Every word must occur in the record; try fewer, or a part of one.")


@command("tracker history --since 2026-10-01 --field budget")
@click.argument("what", metavar="[REF|CHANGE]", required=False, type=Reference())
@click.option("--since", metavar="DATE", help="From that day on.")
@click.option("--until", metavar="DATE", help="Up to that day, and on it.")
@click.option("--who", metavar="PERSON", help="What a person changed; “me” is you.")
@click.option("--field", metavar="FIELD", help="The changes of a field.")
@click.option("--kind", metavar="KIND", help="What was done in a register, such as risk.")
@click.option("--limit", type=Count(), metavar="N", help="The newest N only; 20 by itself without a ref.")
@AS_CSV
@AS_JSON
def history(
    session: Session, what: str | None, limit: int | None, csv_: bool, json_: bool, **options: str | None
) -> None:
    """Show what was changed, by whom and why: of a record, in a change (by its number), or of the whole programme.

    The options go together, with a ref and without.
    """
    from tracker.cli.pages.history import Asked, History

    page = History(session, json=json_, csv=csv_)
    question = Asked(**options)
    if question.kind is not None:
        question = question._replace(
            kind=read_word("Kind", question.kind, tuple(register.kind for register in registers()))
        )
    if what is not None and what.strip().isdecimal():
        if question.anything:
            raise misused("A change, named by its number, is shown whole: leave the other options out.")
        page.of_change(int(what))
    elif what is not None:
        page.of_record(what, limit, question)
    elif question.field is not None:
        page.of_fields(limit or 20, question)
    else:
        page.of_programme(limit or 20, question)


def _report(store: "Store", result: "TurnedBack", json: bool, headline: str) -> None:
    from tracker.services.records.undo_words import undo_lines

    lines = undo_lines(store, result)
    for note in result.notes:
        words(note)
    if json:
        as_json({"change": result.tx, "of": result.of, "command": result.command, "what": lines})
        return
    data(str(result.tx))
    words(headline)
    for line in lines or ["Nothing had to be changed."]:
        words(f"  {line}")


@command("tracker undo 214")
@click.argument("change", metavar="[CHANGE]", type=Count(), required=False)
@AS_JSON
def undo(session: Session, change: int | None, json_: bool) -> None:
    """Take back your last change, or change number CHANGE of anybody (“tracker history” has the numbers)."""
    from tracker.services.records.undo import undo as undo_change

    with session.store() as store:
        result = undo_change(store, session.acting(store), change)
        _report(store, result, json_, f"Undid change {result.of} ({result.command.replace('.', ' ')}):")


@command("tracker redo")
@AS_JSON
def redo(session: Session, json_: bool) -> None:
    """Do again what you undid last."""
    from tracker.services.records.undo import redo as redo_change

    with session.store() as store:
        result = redo_change(store, session.acting(store))
        _report(store, result, json_, f"Did again what change {result.of} had undone:")
