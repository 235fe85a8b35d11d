"""What can be done with a gate beyond the commands of every register."""

import click

from tracker.cli.registers.field_options import EVEN_THOUGH_LEFT, Reference, Words, waived_by
from tracker.cli.shell import Session, command, misused

TAKE = (
    'tracker gate take G-02 --outcome amber --condition "Measure the old route; owner Delivery lead, Housing; '
    'due 2026-12-01" --advance'
)


@command(TAKE)
@click.argument("ref", metavar="REF", type=Reference("gate"))
@click.option(
    "--outcome",
    metavar="WORD",
    type=Words(("green", "amber", "red", "stopped")),
    help="What the panel decides: green, amber, red, stopped.",
)
@click.option(
    "--condition",
    "conditions",
    multiple=True,
    metavar="TEXT",
    help="What has to be done: “TEXT; owner NAME; due DATE”, the last two as you like. May be repeated.",
)
@click.option("--owner", type=Reference("person"), metavar="REF", help="Of the conditions that name none.")
@click.option("--due", metavar="DATE", help="Of the conditions that name none; 90 days after the gate by itself.")
@EVEN_THOUGH_LEFT
@click.option("--held-on", "--date", "held_on", metavar="DATE", help="When it was held; today by itself.")
@click.option("--recommendation", metavar="TEXT", help="In the panel's words.")
@click.option("--advance", is_flag=True, help="Move the pilot to the phase that the gate opens (green, amber).")
@click.option("--pause", is_flag=True, help="Pause the pilot (red).")
@click.option("--json", "json_", is_flag=True, help="Print the checklist as JSON.")
def take(
    session: Session,
    ref: str,
    outcome: str | None,
    conditions: tuple[str, ...],
    owner: str | None,
    due: str | None,
    held_on: str | None,
    recommendation: str | None,
    advance: bool,
    pause: bool,
    even_though_left: bool,
    json_: bool,
) -> None:
    """Take a gate: its outcome, its conditions, and what becomes of the pilot, all in one change.

    Green needs every mandatory criterion met with evidence, or not applicable with a reason; amber needs at
    least one condition; red proposes a pause. Without --outcome it goes through the criteria one by one and
    saves each answer at once; in a pipe, or with --json, it prints the checklist and what stands in the way.
    """
    from tracker.cli.gates.taking import Decided, look, take_gate, walk

    if (owner or due) and not conditions:
        raise misused("--owner and --due belong to a --condition “…”.")
    if outcome:
        decided = Decided(outcome, conditions, owner or "", due or "", held_on, recommendation, advance, pause)
        decided = decided._replace(waived=waived_by(even_though_left))
        take_gate(session, ref, decided, json=json_)
        return
    if conditions or held_on or recommendation or advance or pause:
        raise misused("Say the outcome too: --outcome green, amber, red or stopped.")
    if json_ or not _somebody_answers():
        look(session, ref, json=json_)
    else:
        walk(session, ref)


def _somebody_answers() -> bool:
    import sys

    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))
