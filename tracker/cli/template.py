"""Pilot and gate templates: which there are, what stands in one, and whether one's own can be used."""

from typing import TYPE_CHECKING

import click

from tracker.cli.making import TemplateName
from tracker.cli.options import OneOf, Suggesting, everywhere, example
from tracker.cli.output import as_json, data, words
from tracker.cli.session import Session
from tracker.errors import TrackerError

if TYPE_CHECKING:
    from tracker.rules.templates import GateTemplate, PilotTemplate
    from tracker.services.templates import Found, Templates

    AnyFound = Found[PilotTemplate] | Found[GateTemplate]


@click.group(cls=Suggesting, epilog=example("tracker template show back-office"))
@everywhere
def template() -> None:
    """Pilot and gate templates: what a kind of pilot begins with, and what a kind of gate asks.

    Your own lie in the folders “pilots” and “gates” of $TRACKER_TEMPLATES; “tracker template list” says where.
    """


@template.command("list", epilog=example("tracker template list"))
@click.option("--json", "json_", is_flag=True, help="Print JSON.")
@click.option("--csv", "csv_", is_flag=True, help="Print CSV.")
@everywhere
@click.pass_obj
def list_templates(session: Session, json_: bool, csv_: bool) -> None:
    """List every template, where it is from, and what it is for."""
    from tracker.cli.tables import listing
    from tracker.services.templates import find_templates

    found = find_templates()
    several = _all(found)
    listing(
        ["Template", "For", "From", "Title", "What it is for"],
        [[name, f"a {kind}", _origin(one), one.template.title, one.template.summary] for kind, name, one in several],
        form="json" if json_ else "csv" if csv_ else "",
        objects=[
            {
                "name": name,
                "kind": kind,
                "own": one.own,
                "replaces": one.replaces,
                "file": one.file,
                "title": one.template.title,
                "summary": one.template.summary,
            }
            for kind, name, one in several
        ],
        wide=[3],
    )
    if found.troubles:
        words("These cannot be used until they are mended:")
        for trouble in found.troubles:
            words(f"  {trouble}")
    missing = "" if found.folder.is_dir() else " (not there yet)"
    words(f"Your own: {found.folder}{missing}. “tracker template show NAME --toml” prints a start for one.")


def _all(found: "Templates") -> "list[tuple[str, str, AnyFound]]":
    several: list[tuple[str, str, AnyFound]] = [("pilot", name, one) for name, one in found.pilots.items()]
    return [*several, *(("gate", name, one) for name, one in found.gates.items())]


def _origin(one: "AnyFound") -> str:
    if not one.own:
        return "shipped"
    return "your own, in place of the shipped one" if one.replaces else "your own"


@template.command(epilog=example("tracker template show alpha-to-private-beta"))
@click.argument("name", type=TemplateName())
@click.option("--kind", type=OneOf("pilot", "gate"), metavar="pilot|gate", help="Which, where both have that name.")
@click.option("--toml", is_flag=True, help="Print the text of the file: a start for one of your own.")
@click.option("--json", "json_", is_flag=True, help="Print JSON.")
@everywhere
@click.pass_obj
def show(session: Session, name: str, kind: str | None, toml: bool, json_: bool) -> None:
    """Show what stands in a template."""
    from tracker.cli.template_page import as_object, print_template
    from tracker.services.templates import find_templates

    which, one = find_templates().one(name, kind or "")
    if toml:
        data(one.text.rstrip("\n"))
    elif json_:
        as_json({"kind": which, "own": one.own, "file": one.file, **as_object(one.template)})
    else:
        print_template(one.template)
        words(f"{'Your own' if one.own else 'Shipped'}: {one.file}")


@template.command(epilog=example("tracker template check my-templates/pilots/*.toml"))
@click.argument("files", nargs=-1, type=click.Path(), metavar="[FILE…]")
@click.option("--json", "json_", is_flag=True, help="Print JSON.")
@everywhere
@click.pass_obj
def check(session: Session, files: tuple[str, ...], json_: bool) -> None:
    """Check templates, and say file, line and reason of all that is wrong; without a FILE, every one there is."""
    from pathlib import Path

    from tracker.services.templates import check_file, find_templates

    found = find_templates()
    troubles = [trouble for file in files for trouble in check_file(Path(file), found)[1]]
    if not files:
        troubles = found.troubles
    number = len(files) or len(found.pilots) + len(found.gates) + len(found.broken)
    if json_:
        as_json([trouble._asdict() for trouble in troubles])
    elif troubles:
        for trouble in troubles:
            data(str(trouble))
    else:
        data(f"Everything holds: {number} template(s).")
    if troubles:
        broken = len({trouble.file for trouble in troubles})
        raise TrackerError(f"{broken} of {number} template(s) cannot be used until they are mended.")
