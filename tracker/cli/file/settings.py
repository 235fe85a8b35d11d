"""Thresholds, appetites and other figures of the programme."""

import click
from click.shell_completion import CompletionItem

from tracker.cli.registers.field_options import Words
from tracker.cli.shell import AS_CSV, AS_JSON, Session, Suggesting, command, confirm_saved, example
from tracker.cli.shell.tables import listing


@click.group(cls=Suggesting, epilog=example("tracker settings list"))
def settings() -> None:
    """Thresholds, appetites and other figures; each has a default, and what you set is kept in the history."""


@command("tracker settings list", "list", settings)
@AS_CSV
@AS_JSON
@click.option("--as-of", "as_of", metavar="DATE", help="As they were at the end of that day.")
def list_settings(session: Session, csv_: bool, json_: bool, as_of: str | None) -> None:
    """List every setting with its value and its default."""
    from tracker.services.reading import on_day
    from tracker.services.settings import all_settings

    with session.store(read_only=True) as store, on_day(store, session.state_day(as_of)) as then:
        entries = all_settings(then)
    listing(
        ["Setting", "Value", "Default", "What it is"],
        [[entry.name, str(entry.value), str(entry.default), f"{entry.label}: {entry.help}"] for entry in entries],
        json=json_,
        csv=csv_,
        objects=[entry._asdict() for entry in entries],
        wide=[3],
    )


class SettingName(Words):
    """The name of a setting, completed by the shell."""

    def __init__(self) -> None:
        super().__init__(())

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Return the settings that begin as typed."""
        from tracker.rules.settings import CATALOGUE

        self.words = tuple(CATALOGUE)
        return super().shell_complete(ctx, param, incomplete)


NAME = click.argument("name", type=SettingName())
REASON = click.option("--reason", metavar="TEXT", help="Why.")


@command('tracker settings set appetite_legal averse --reason "Agreed by the board"', "set", settings)
@NAME
@click.argument("value")
@REASON
def set_value(session: Session, name: str, value: str, reason: str | None) -> None:
    """Set a figure for this programme; papers of earlier days keep the figure of their day."""
    from tracker.rules.setting_texts import read_setting
    from tracker.services.records.settings import set_setting

    with session.store() as store:
        saved = set_setting(store, name, value, session.acting(store), reason=reason)
    meant = str(read_setting(name, value))
    if meant != value.strip():
        session.read.append(f"{name} {meant}")
    confirm_saved(saved, "Set. “tracker undo” takes it back.", session)


@command("tracker settings reset appetite_legal", group=settings)
@NAME
@REASON
def reset(session: Session, name: str, reason: str | None) -> None:
    """Go back to the default of a setting."""
    from tracker.services.records.settings import reset_setting

    with session.store() as store:
        saved = reset_setting(store, name, session.acting(store), reason=reason)
    confirm_saved(saved, "Back to the default.")
