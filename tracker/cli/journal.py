"""Looking back and taking back: history, undo, redo; and finding things."""

from typing import TYPE_CHECKING

import click

from tracker.cli.options import everywhere
from tracker.cli.output import as_json, data, table, words
from tracker.cli.session import Session

if TYPE_CHECKING:
    from tracker.services.undoing import TurnedBack
    from tracker.storage.store import Store


@click.command(epilog='\b\nExample:\n  tracker search "address lookups"')
@click.argument("text", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1, 500), default=20, show_default=True, metavar="N")
@click.option("--json", "json_", is_flag=True, help="Print JSON.")
@everywhere
@click.pass_obj
def search(session: Session, text: tuple[str, ...], limit: int, json_: bool) -> None:
    """Find records of every kind that hold all the words; the last word may be begun."""
    from tracker.storage.search import find_text

    with session.store(read_only=True) as store:
        hits = find_text(store, " ".join(text), limit=limit, ranked=True)
    if json_:
        as_json([hit._asdict() for hit in hits])
        return
    table(["Ref", "Kind", "Title", "Where"], [[h.ref, h.kind, h.title, h.snippet] for h in hits], [3, 2])
    if not hits:
        words("Nothing found.")


@click.command(epilog="\b\nExample:\n  tracker history R-014")
@click.argument("ref", required=False)
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, metavar="N")
@click.option("--json", "json_", is_flag=True, help="Print JSON.")
@everywhere
@click.pass_obj
def history(session: Session, ref: str | None, limit: int, json_: bool) -> None:
    """Show the history of a record, or the newest changes of the programme."""
    if ref:
        _history_of(session, ref, json_)
    else:
        _newest(session, limit, json_)


def _history_of(session: Session, ref: str, json_: bool) -> None:
    from tracker.services.looking import resolve_any
    from tracker.services.telling import told_changes

    with session.store(read_only=True) as store:
        kind, link = resolve_any(store, ref)
        told = told_changes(store, kind, link.uid)
    if json_:
        as_json([one._asdict() for one in told])
        return
    table(
        ["Change", "When (UTC)", "Who", "Through", "Field", "From", "To", "Why"],
        [[str(t.tx) if t.tx else "—", t.when, t.who, t.front, t.field, t.old, t.new, t.reason] for t in told],
        [6, 5, 7],
    )


def _newest(session: Session, limit: int, json_: bool) -> None:
    from tracker.storage.history import commands

    with session.store(read_only=True) as store:
        found = commands(store, limit=limit)
    if json_:
        as_json([{**one._asdict(), "touched": [link._asdict() for link in one.touched]} for one in found])
        return
    table(
        ["Change", "When (UTC)", "Who", "Through", "What", "Records", "Why"],
        [
            [
                str(one.tx),
                one.at.strftime("%Y-%m-%d %H:%M"),
                one.who,
                one.front,
                one.command.replace(".", " ")
                + (f" of {one.undoes}" if one.undoes else "")
                + (f" (turned back by {one.undone_by})" if one.undone_by else ""),
                ", ".join(link.ref for link in one.touched[:6]) + (" …" if len(one.touched) > 6 else ""),
                one.reason or "",
            ]
            for one in found
        ],
        [6, 5],
    )


def _told(store: "Store", result: "TurnedBack") -> None:
    from tracker.services.saying import said

    data(str(result.tx))
    words(f"Change {result.of} ({result.command.replace('.', ' ')}) was turned back: {said(store, result)}.")


@click.command(epilog="\b\nExample:\n  tracker undo 214")
@click.argument("change", type=int, required=False)
@everywhere
@click.pass_obj
def undo(session: Session, change: int | None) -> None:
    """Take back your last change, or change number CHANGE of anybody (“tracker history” has the numbers)."""
    from tracker.services.undoing import undo as undo_change

    with session.store() as store:
        _told(store, undo_change(store, session.acting(store), change))


@click.command(epilog="\b\nExample:\n  tracker redo")
@everywhere
@click.pass_obj
def redo(session: Session) -> None:
    """Do again what you undid last."""
    from tracker.services.undoing import redo as redo_change

    with session.store() as store:
        _told(store, redo_change(store, session.acting(store)))
