"""The commands that show signals: every one of the programme, and those of a pilot explained."""

import click

from tracker.cli.registers.field_options import Reference
from tracker.cli.shell import AS_OF, Session, as_json, command
from tracker.entities import entity

WITH_RULES = click.option("--json", "json_", is_flag=True, help="Print JSON: every signal with its rules.")


@command("tracker signals --as-of 2026-11-12 --since 2026-10-08")
@click.option("--as-of", "as_of", metavar="DATE", help="As it was at the end of that day; today by itself.")
@click.option("--since", metavar="DATE", help="Tell what became of risks since the end of that day.")
@WITH_RULES
def signals(session: Session, as_of: str | None, since: str | None, json_: bool) -> None:
    """Show what the records say: of each pilot beside what is reported, of risks, training, services and metrics.

    A signal never replaces a judgement: both are shown. “tracker pilot explain P-04” gives every rule of a pilot.
    """
    from tracker.cli.shell.drawing import print_page, room
    from tracker.services.pages.signals import programme_data, programme_page
    from tracker.services.signals import signals as read_signals

    day = session.state_day(as_of) or session.today()
    since_day = session.past_day(since, "--since")
    with session.store(read_only=True) as store:
        result = read_signals(store, day, since_day)
    if json_:
        as_json(programme_data(result))
    else:
        print_page(programme_page(result), room())


@command("tracker pilot explain P-04 --as-of 2026-11-12")
@click.argument("ref", metavar="REF", type=Reference("pilot"))
@WITH_RULES
@AS_OF
def explain(session: Session, ref: str, json_: bool, as_of: str | None) -> None:
    """Explain what the evidence says of a pilot: every rule that was applied, and why; beside what is reported."""
    from tracker.cli.registers.actions import find_uid
    from tracker.cli.shell.drawing import print_page, room
    from tracker.services.pages.signals import pilot_data, pilot_page
    from tracker.services.signals import signals_of

    day = session.state_day(as_of) or session.today()
    with session.store(read_only=True) as store:
        result = signals_of(store, find_uid(store, entity("pilot"), ref), day)
    if json_:
        as_json(pilot_data(result))
    else:
        print_page(pilot_page(result), room())
