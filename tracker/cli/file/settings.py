"""Thresholds, appetites and other figures of the programme."""

from typing import Any

import click

from tracker.cli.registers.field_options import Words
from tracker.cli.shell.options import Suggesting, everywhere, example
from tracker.cli.shell.output import data, words
from tracker.cli.shell.session import Session


@click.group(cls=Suggesting, epilog=example("tracker settings list"))
@everywhere
def settings() -> None:
    """Thresholds, appetites and other figures; each has a default, and what you set is kept in the history."""


@settings.command("list", epilog=example("tracker settings list"))
@click.option("--csv", "csv_", is_flag=True, help="Print CSV.")
@click.option("--json", "json_", is_flag=True, help="Print JSON.")
@click.option("--as-of", "as_of", metavar="DATE", help="As they were at the end of that day.")
@everywhere
@click.pass_obj
def list_settings(session: Session, csv_: bool, json_: bool, as_of: str | None) -> None:
    """List every setting with its value and its default."""
    from tracker.cli.registers.actions import state
    from tracker.cli.shell.tables import listing
    from tracker.services.settings import all_settings

    with state(session, as_of) as (_, store):
        found = all_settings(store)
    listing(
        ["Setting", "Value", "Default", "What it is"],
        [[one.name, str(one.value), str(one.default), f"{one.label}: {one.help}"] for one in found],
        form="json" if json_ else "csv" if csv_ else "",
        objects=[one._asdict() for one in found],
        wide=[3],
    )


class SettingName(Words):
    """The name of a setting, completed by the shell."""

    def __init__(self) -> None:
        super().__init__(())

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        """Return the settings that begin as typed."""
        from tracker.rules.settings import CATALOGUE

        self.words = tuple(CATALOGUE)
        return super().shell_complete(ctx, param, incomplete)


@settings.command("set", epilog=example('tracker settings set appetite_legal averse --reason "Agreed by the board"'))
@click.argument("name", type=SettingName())
@click.argument("value")
@click.option("--reason", metavar="TEXT", help="Why.")
@everywhere
@click.pass_obj
def set_one(session: Session, name: str, value: str, reason: str | None) -> None:
    """Set a figure for this programme; papers of earlier days keep the figure of their day."""
    from tracker.services.records.settings import set_setting

    with session.store() as store:
        saved = set_setting(store, name, value, session.acting(store), reason=reason)
    data(saved.ref)
    words("Set. “tracker undo” takes it back.")


@settings.command("reset", epilog=example("tracker settings reset appetite_legal"))
@click.argument("name", type=SettingName())
@click.option("--reason", metavar="TEXT", help="Why.")
@everywhere
@click.pass_obj
def reset(session: Session, name: str, reason: str | None) -> None:
    """Go back to the default of a setting."""
    from tracker.services.records.settings import reset_setting

    with session.store() as store:
        saved = reset_setting(store, name, session.acting(store), reason=reason)
    data(saved.ref)
    words("Back to the default.")
