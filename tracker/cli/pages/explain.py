"""The command that explains a pilot's signals."""

import click

from tracker.cli.registers.field_options import Reference
from tracker.cli.shell.options import Command, everywhere, example
from tracker.cli.shell.session import Session


@click.command(cls=Command, epilog=example("tracker pilot explain P-04 --as-of 2026-11-12"))
@click.argument("ref", metavar="REF", type=Reference("pilot"))
@click.option("--json", "json_", is_flag=True, help="Print JSON: every signal with its rules.")
@click.option("--as-of", "as_of", metavar="DATE", help="As it was at the end of that day.")
@everywhere
@click.pass_obj
def explain(session: Session, ref: str, json_: bool, as_of: str | None) -> None:
    """Explain what the evidence says of a pilot: every rule that was applied, and why; beside what is reported."""
    from tracker.cli.registers.actions import meant
    from tracker.entities import entity
    from tracker.services.signals import signals_of

    day = session.day(as_of) or session.today()
    with session.store(read_only=True) as store:
        uid = meant(store, entity("pilot"), ref)
        found = signals_of(store, uid, day)
    if json_:
        from tracker.cli.shell.output import as_json
        from tracker.reports.lines.signal_data import pilot_data

        as_json(pilot_data(found))
        return
    from tracker.cli.shell.drawing import print_lines, room
    from tracker.reports.lines.signals import explain

    print_lines(explain(found, room()))
