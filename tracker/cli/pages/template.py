"""Pilot and gate templates: which there are, what stands in one, and whether one's own can be used."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracker.cli.registers.making import TemplateName
from tracker.cli.shell import AS_CSV, AS_JSON, OneOf, Session, Suggesting, as_json, command, data, example, words
from tracker.cli.shell.tables import listing
from tracker.errors import TrackerError
from tracker.rules.wording import counted, verb

if TYPE_CHECKING:
    from tracker.rules.templates.content import GateTemplate, PilotTemplate
    from tracker.rules.templates.reader import Trouble
    from tracker.services.records.templates import Found, Templates

    AnyTemplate = PilotTemplate | GateTemplate
    AnyFound = Found[PilotTemplate] | Found[GateTemplate]


@click.group(cls=Suggesting, epilog=example("tracker template show back-office"))
def template() -> None:
    """Pilot and gate templates: what a kind of pilot begins with, and what a kind of gate asks.

    Your own lie in the folders “pilots” and “gates” of $TRACKER_TEMPLATES; “tracker template list” says where.
    """


@command("tracker template list", "list", template)
@AS_JSON
@AS_CSV
def list_templates(session: Session, json_: bool, csv_: bool) -> None:
    """List every template, where it is from, and what it is for."""
    from tracker.services.records.templates import find_templates

    templates = find_templates()
    entries = _all(templates)
    listing(
        ["Template", "For", "From", "Title", "What it is for"],
        [
            [name, f"a {kind}", _origin(entry), entry.template.title, entry.template.summary]
            for kind, name, entry in entries
        ],
        json=json_,
        csv=csv_,
        objects=[
            {
                "name": name,
                "kind": kind,
                "own": entry.own,
                "replaces": entry.replaces,
                "file": entry.file,
                "title": entry.template.title,
                "summary": entry.template.summary,
            }
            for kind, name, entry in entries
        ],
        wide=[3],
    )
    if templates.troubles:
        words("These cannot be used until they are mended:")
        for trouble in templates.troubles:
            words(f"  {trouble}")
    folder = f"{templates.folder}" if templates.folder.is_dir() else f"{templates.folder} (not there yet)"
    words(f"Your own: {folder}. “tracker template show NAME --toml” prints a start for one.")


def _all(templates: "Templates") -> "list[tuple[str, str, AnyFound]]":
    entries: list[tuple[str, str, AnyFound]] = [("pilot", name, entry) for name, entry in templates.pilots.items()]
    return [*entries, *(("gate", name, entry) for name, entry in templates.gates.items())]


def _origin(entry: "AnyFound") -> str:
    if not entry.own:
        return "shipped"
    return "your own, in place of the shipped one" if entry.replaces else "your own"


@command("tracker template show alpha-to-private-beta", group=template)
@click.argument("name", type=TemplateName())
@click.option("--kind", type=OneOf("pilot", "gate"), metavar="pilot|gate", help="Which, where both have that name.")
@click.option("--toml", is_flag=True, help="Print the text of the file: a start for one of your own.")
@AS_JSON
def show(session: Session, name: str, kind: str | None, toml: bool, json_: bool) -> None:
    """Show what stands in a template."""
    from tracker.cli.shell.drawing import print_page, room
    from tracker.services.pages.template import template_page
    from tracker.services.records.templates import find_templates

    kind, entry = find_templates().one(name, kind or "")
    if toml:
        data(entry.text.rstrip("\n"))
    elif json_:
        as_json({"kind": kind, "own": entry.own, "file": entry.file, **_template_data(entry.template)})
    else:
        print_page(template_page(entry.template), room())
        words(f"{'Your own' if entry.own else 'Shipped'}: {entry.file}")


def _template_data(template: "AnyTemplate") -> dict[str, Any]:
    """Return a template as plain data for JSON, its parts by the same names as in its file."""
    parts = template._asdict()
    if "gates" in parts:
        parts["gates"] = tuple(map(_template_data, parts["gates"]))
    return {name: list(part) if isinstance(part, tuple) else part for name, part in parts.items()}


@command("tracker template check house/board-paper.docx", group=template)
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE…]")
@AS_JSON
def check(session: Session, files: tuple[Path, ...], json_: bool) -> None:
    """Check templates, and say file, line and reason of all that is wrong; without a FILE, every one there is.

    A .docx or .odt is checked as your organisation's own template for papers: what fits, what is missing, and why
    it cannot be used.
    """
    from tracker.reports.branding.check import kind_of
    from tracker.services.records.templates import check_file, find_templates

    troubles, remarks = _check_papers([file for file in files if kind_of(str(file))])
    others = [file for file in files if not kind_of(str(file))]
    number = len(files)
    if others or not files:
        templates = find_templates()
        troubles += [trouble for file in others for trouble in check_file(file, templates)[1]]
        if not files:
            troubles += templates.troubles
            number = len(templates.pilots) + len(templates.gates) + len(templates.broken)
    if json_:
        as_json([trouble._asdict() for trouble in troubles])
    else:
        for line in (*remarks, *map(str, troubles)):
            data(line)
    if troubles:
        broken = len({trouble.file for trouble in troubles})
        mended = verb(broken, "it is mended", "they are mended")
        raise TrackerError(f"{broken} of {counted(number, 'template')} cannot be used until {mended}.")
    if not json_:
        data(f"Everything holds: {counted(number, 'template')}.")


def _check_papers(files: "Sequence[Path]") -> "tuple[list[Trouble], list[str]]":
    """Return why templates for papers cannot be used, and what else there is to say of each."""
    from tracker.reports.branding.check import check as check_paper
    from tracker.reports.branding.check import kind_of
    from tracker.reports.branding.safety import MOST_BYTES
    from tracker.rules.templates.reader import Trouble

    troubles: list[Trouble] = []
    remarks: list[str] = []
    for file in files:
        try:
            with file.open("rb") as stream:
                verdict = check_paper(stream.read(MOST_BYTES + 1), kind_of(file.name))
        except OSError as error:
            troubles.append(Trouble(str(file), 0, f"It cannot be read: {error.strerror or error}."))
            continue
        troubles += [Trouble(str(file), 0, reason) for reason in verdict.refused]
        remarks += [f"{file}: {remark}" for remark in (*verdict.fits, *verdict.missing)]
    return troubles, remarks
