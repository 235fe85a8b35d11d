"""Making a gate of a pilot from a gate template."""

import click

from tracker.cli.registers.field_options import Reference, field_option, typed_texts
from tracker.cli.registers.making import TEMPLATE, TemplateName, add_made
from tracker.cli.shell import Command, Session, example
from tracker.entities import entity

LEFT_OUT = ("pilot", "template", "outcome", "held_on", "recommendation", "report_url")  # given when it was held


def _make(pilot: str, json_: bool, reason: str | None, **values: str | None) -> None:
    session = click.get_current_context().find_object(Session) or Session()
    texts = {**typed_texts(values), "pilot": pilot}
    add_made(session, entity("gate"), texts, None, {}, reason=reason, json=json_)


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
