"""Making a gate of a pilot from a gate template."""

import click

from tracker.cli.registers.field_options import Reference, field_option, left_option, typed_texts, waived_by
from tracker.cli.registers.making import TEMPLATE, Made, TemplateName, add_made
from tracker.cli.shell import Command, Session, example
from tracker.entities import entity

LEFT_OUT = ("pilot", "template", "outcome", "held_on", "recommendation", "report_url")  # given when it was held


def _make(pilot: str, json_: bool, reason: str | None, even_though_left: bool = False, **values: str | None) -> None:
    session = click.get_current_context().find_object(Session) or Session()
    texts = {**typed_texts(values), "pilot": pilot}
    waived = waived_by(even_though_left)
    add_made(session, entity("gate"), texts, Made(None, {}), reason=reason, json=json_, waived=waived)


def _options() -> list[click.Parameter]:
    gate = entity("gate")
    return [
        click.Argument(["pilot"], type=Reference("pilot"), metavar="PILOT"),
        click.Option(
            ["--template", TEMPLATE],
            type=TemplateName("gate"),
            metavar="NAME",
            required=True,
            help="The gate template; “tracker template list” names them.",
        ),
        *(field_option(gate, field) for field in gate.settable() if field.name not in LEFT_OUT),
        *left_option(gate),
        click.Option(["--reason"], metavar="TEXT", help="Why, for the history."),
        click.Option(["--json", "json_"], is_flag=True, help="Print JSON."),
    ]


make = Command(
    "make",
    callback=_make,
    params=_options(),
    help="Make a gate of a pilot from a template, with its criteria. One undo takes all of it back.",
    epilog=example("tracker gate make P-04 --template private-to-public-beta --planned-on 2026-12-10"),
)
