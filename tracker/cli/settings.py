"""Thresholds, appetites and other figures of the programme."""

import click

from tracker.cli.options import Suggesting, everywhere
from tracker.cli.output import as_json, data, table, words
from tracker.cli.session import Session


@click.group(cls=Suggesting)
def settings() -> None:
    """Thresholds, appetites and other figures; each has a default, and what you set is kept in the history."""


@settings.command("list", epilog="\b\nExample:\n  tracker settings list")
@click.option("--json", "json_", is_flag=True, help="Print JSON.")
@click.option("--as-of", "as_of", metavar="DATE", help="As they were at the end of that day.")
@everywhere
@click.pass_obj
def list_settings(session: Session, json_: bool, as_of: str | None) -> None:
    """List every setting with its value and its default."""
    from tracker.services.settings import all_settings
    from tracker.storage.asof import as_of as state_of

    day = session.day(as_of)
    with session.store(read_only=True) as now:
        store = state_of(now, day) if day else now
        try:
            found = all_settings(store)
        finally:
            if store is not now:
                store.close()
    if json_:
        as_json([one._asdict() for one in found])
        return
    table(
        ["Setting", "Value", "Default", "What it is"],
        [[one.name, str(one.value), str(one.default), one.label] for one in found],
        [3],
    )


@settings.command("set", epilog="\b\nExample:\n  tracker settings set appetite_legal averse --reason “…”")
@click.argument("name")
@click.argument("value")
@click.option("--reason", metavar="TEXT", help="Why.")
@everywhere
@click.pass_obj
def set_one(session: Session, name: str, value: str, reason: str | None) -> None:
    """Set a figure for this programme; papers of earlier days keep the figure of their day."""
    from tracker.services.settings import set_setting

    with session.store() as store:
        saved = set_setting(store, name, value, session.acting(store), reason=reason)
    data(saved.ref)
    words("Set. “tracker undo” takes it back.")


@settings.command("reset", epilog="\b\nExample:\n  tracker settings reset appetite_legal")
@click.argument("name")
@click.option("--reason", metavar="TEXT", help="Why.")
@everywhere
@click.pass_obj
def reset(session: Session, name: str, reason: str | None) -> None:
    """Go back to the default of a setting."""
    from tracker.services.settings import reset_setting

    with session.store() as store:
        saved = reset_setting(store, name, session.acting(store), reason=reason)
    data(saved.ref)
    words("Back to the default.")
