"""The command that shows every signal of the programme."""

import click

from tracker.cli.shell.options import Command, everywhere, example
from tracker.cli.shell.session import Session


@click.command(cls=Command, epilog=example("tracker signals --as-of 2026-11-12 --since 2026-10-08"))
@click.option("--as-of", "as_of", metavar="DATE", help="As it was at the end of that day; today by itself.")
@click.option("--since", metavar="DATE", help="Tell what became of risks since the end of that day.")
@click.option("--json", "json_", is_flag=True, help="Print JSON: every signal with its rules.")
@everywhere
@click.pass_obj
def signals(session: Session, as_of: str | None, since: str | None, json_: bool) -> None:
    """Show what the records say: of each pilot beside what is reported, of risks, training, services and metrics.

    A signal never replaces a judgement: both are shown. “tracker pilot explain P-04” gives every rule of a pilot.
    """
    from tracker.services.signals import signals

    day, since_day = session.day(as_of) or session.today(), session.day(since)
    with session.store(read_only=True) as store:
        found = signals(store, day, since_day)
    if json_:
        from tracker.cli.shell.output import as_json
        from tracker.reports.lines.signal_data import programme_data

        as_json(programme_data(found))
        return
    from tracker.cli.shell.drawing import print_lines, room
    from tracker.reports.lines.programme import overview_lines

    print_lines(overview_lines(found, room()))
