"""Pilot and gate templates: which there are, what stands in one, and whether one's own can be used."""

from typing import TYPE_CHECKING

import click

from tracker.cli.registers.making import TemplateName
from tracker.cli.shell.options import OneOf, Suggesting, everywhere, example
from tracker.cli.shell.output import as_json, data, words
from tracker.cli.shell.session import Session
from tracker.errors import TrackerError

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.rules.templates.content import GateTemplate, PilotTemplate
    from tracker.rules.templates.reader import Trouble
    from tracker.services.records.templates import Found, Templates

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
    from tracker.cli.shell.tables import listing
    from tracker.services.records.templates import find_templates

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
    from tracker.cli.pages.template_page import as_object, print_template
    from tracker.services.records.templates import find_templates

    which, one = find_templates().one(name, kind or "")
    if toml:
        data(one.text.rstrip("\n"))
    elif json_:
        as_json({"kind": which, "own": one.own, "file": one.file, **as_object(one.template)})
    else:
        print_template(one.template)
        words(f"{'Your own' if one.own else 'Shipped'}: {one.file}")


@template.command(epilog=example("tracker template check house/board-paper.docx"))
@click.argument("files", nargs=-1, type=click.Path(), metavar="[FILE…]")
@click.option("--json", "json_", is_flag=True, help="Print JSON.")
@everywhere
@click.pass_obj
def check(session: Session, files: tuple[str, ...], json_: bool) -> None:
    """Check templates, and say file, line and reason of all that is wrong; without a FILE, every one there is.

    A .docx or .odt is checked as your organisation's own template for papers: what fits, what is missing, and why
    it cannot be used.
    """
    from pathlib import Path

    from tracker.reports.branding.check import kind_of
    from tracker.services.records.templates import check_file, find_templates

    houses = [Path(file) for file in files if kind_of(file)]
    troubles, remarks = _houses(houses)
    rest = [Path(file) for file in files if not kind_of(file)]
    found = find_templates() if rest or not files else None
    if found is not None:
        troubles += [trouble for file in rest for trouble in check_file(file, found)[1]]
        troubles += [] if files else found.troubles
    shipped = 0 if files or found is None else len(found.pilots) + len(found.gates) + len(found.broken)
    number = len(files) or shipped
    if json_:
        as_json([trouble._asdict() for trouble in troubles])
    else:
        for line in (*remarks, *map(str, troubles)):
            data(line)
    if troubles:
        broken = len({trouble.file for trouble in troubles})
        raise TrackerError(f"{broken} of {number} template(s) cannot be used until they are mended.")
    if not json_:
        data(f"Everything holds: {number} template(s).")


def _houses(files: "list[Path]") -> "tuple[list[Trouble], list[str]]":
    """Return why templates for papers cannot be used, and what else there is to say of each."""
    from tracker.reports.branding.check import check as check_template
    from tracker.reports.branding.check import kind_of
    from tracker.reports.branding.safety import MOST_BYTES
    from tracker.rules.templates.reader import Trouble

    troubles: list[Trouble] = []
    remarks: list[str] = []
    for file in files:
        try:
            with file.open("rb") as stream:
                found = check_template(stream.read(MOST_BYTES + 1), kind_of(file.name))
        except OSError as error:
            troubles.append(Trouble(str(file), 0, f"It cannot be read: {error.strerror or error}."))
            continue
        troubles += [Trouble(str(file), 0, reason) for reason in found.refused]
        remarks += [f"{file}: {said}" for said in (*found.fits, *found.missing)]
    return troubles, remarks
