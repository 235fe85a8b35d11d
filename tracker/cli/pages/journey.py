"""The command that shows a journey as a map."""

from datetime import date
from typing import TYPE_CHECKING

import click

from tracker.cli.registers.field_options import Reference
from tracker.cli.shell import AS_OF, Session, as_json, command, data, words
from tracker.cli.shell.tables import terminal_width
from tracker.entities import entity
from tracker.errors import TrackerError

if TYPE_CHECKING:
    from tracker.services.journeys import Mapped
    from tracker.services.reading import Store

WIDTH = 100  # where the output goes elsewhere than to a terminal


@command("tracker journey show J-01 --against J-02")
@click.argument("ref", metavar="REF", type=Reference("journey"))
@click.option(
    "--against",
    metavar="REF",
    type=Reference("journey"),
    help="Compare it with that journey; by itself with the newest of the service that fits.",
)
@click.option("--plain", is_flag=True, help="All its fields, as other registers show them, and no map.")
@click.option("--json", "json_", is_flag=True, help="Print JSON: its fields, steps, measures and comparison.")
@AS_OF
def show(session: Session, ref: str, against: str | None, plain: bool, json_: bool, as_of: str | None) -> None:
    """Show a journey as a map, and before and after a change side by side."""
    from tracker.cli.pages.record import print_record
    from tracker.cli.registers.actions import find_uid, state
    from tracker.services.journeys import mapped

    register = entity("journey")
    with state(session, register, as_of) as (now, past):
        uid = find_uid(now, register, ref, deleted=True)
        other = None
        if against:
            other = find_uid(now, register, against)
            _check_other(past, uid, other)
        journey_map = mapped(past, uid, other)
        if json_:
            _print_json(past, uid, journey_map, session.state_day(as_of) or session.today())
        elif plain or journey_map is None:
            # Which also reports one that was removed, or not there yet.
            print_record(past, register, uid, session.today())
        else:
            _print_map(journey_map)


def _check_other(past: "Store", uid: str, other: str) -> None:
    from tracker.services.reading import record

    if other == uid:
        raise TrackerError("A journey is not compared with itself: name another after --against.")
    if record(past, "journey", other) is None:
        raise TrackerError("The journey after --against did not exist on that day.")


def _print_json(store: "Store", uid: str, journey_map: "Mapped | None", today: date) -> None:
    from tracker.cli.registers.actions import record_object
    from tracker.rules.journeys.journey import MEASURES, measures

    steps = journey_map.steps if journey_map else []
    comparison = journey_map.comparison if journey_map else None
    totals = measures(steps)
    as_json(
        {
            **record_object(store, entity("journey"), uid, today),
            "steps": [record_object(store, entity("step"), step.uid, today) for step in steps],
            "measures": {measure.name: getattr(totals, measure.name) for measure in MEASURES},
            "comparison": comparison.data() if comparison else None,
        }
    )


def _print_map(journey_map: "Mapped") -> None:
    from tracker.reports.lines.drawn import Piece
    from tracker.reports.lines.journey_map import about, draw, draw_comparison

    width = terminal_width() or WIDTH
    journey = journey_map.journey
    steps = journey_map.steps
    lines = [*about(journey, journey_map.service, width), Piece(""), *draw(journey, steps, width)]
    if journey_map.comparison is not None:
        lines += [Piece(""), *draw_comparison(journey_map.comparison, width)]
    for line in lines:
        data(line.text)
    if not steps:
        words(f"Add the first with: tracker step add “What is done” --journey {journey.ref}")
