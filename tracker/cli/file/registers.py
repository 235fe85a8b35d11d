"""Registers on request: which there are, and showing one before it has a record."""

import click
from click.shell_completion import CompletionItem

from tracker.cli.registers.field_options import Words
from tracker.cli.shell import AS_CSV, AS_JSON, Session, Suggesting, command, confirm_saved, example
from tracker.cli.shell.tables import listing


@click.group(cls=Suggesting, epilog=example("tracker register on benefit"))
def register() -> None:
    """Registers that are shown only once they are used.

    Their commands work at once, such as “tracker benefit add”; help, screens and papers show them from their first
    record on, or when you ask for it here.
    """


@command("tracker register list", "list", register)
@AS_CSV
@AS_JSON
def list_registers(session: Session, csv_: bool, json_: bool) -> None:
    """List them, with how many records each has and whether it is shown."""
    from tracker.services.settings import all_on_request

    with session.store(read_only=True) as store:
        entries = all_on_request(store)
    listing(
        ["Register", "Records", "Shown", "What it holds"],
        [[entry.kind, f"{entry.records:,}", "Yes" if entry.shown else "No", entry.about] for entry in entries],
        json=json_,
        csv=csv_,
        objects=[entry._asdict() for entry in entries],
        wide=[3],
    )


class Kind(Words):
    """The name of a register on request, completed by the shell."""

    def __init__(self) -> None:
        super().__init__(())

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Return the registers that begin as typed."""
        from tracker.services.settings import on_request

        self.words = tuple(register.kind for register in on_request())
        return super().shell_complete(ctx, param, incomplete)


KINDS = click.argument("kinds", nargs=-1, required=True, type=Kind(), metavar="REGISTER...")


@command("tracker register on benefit", "on", register)
@KINDS
def switch_on(session: Session, kinds: tuple[str, ...]) -> None:
    """Show registers that have no record yet."""
    _show(session, kinds, shown=True)


@command("tracker register off benefit", "off", register)
@KINDS
def switch_off(session: Session, kinds: tuple[str, ...]) -> None:
    """Show registers no longer that have no record."""
    _show(session, kinds, shown=False)


def _show(session: Session, kinds: tuple[str, ...], *, shown: bool) -> None:
    from tracker.services.records.settings import show_registers

    with session.store() as store:
        saved = show_registers(store, kinds, session.acting(store), shown=shown)
    confirm_saved(saved, "Shown from now on." if shown else "Not shown any more.")
