"""The options by which ``add`` makes a pilot or a gate with all that belongs to it, and what they do."""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import click

from tracker.cli.registers.field_options import Reference
from tracker.cli.shell import Session, TextType
from tracker.entities import Entity
from tracker.errors import TrackerError
from tracker.rules.typed.numbers import whole_or_none
from tracker.services.reading import Acting, Store
from tracker.services.records.writing import Saved

TEMPLATE = "field_template"
BROUGHT = {"gate": "its criteria", "pilot": "its gates, metrics, draft risks and more"}


class TemplateName(TextType):
    """The name of a template of a kind, completed by the shell; of any kind when none is given."""

    name = "template"

    def __init__(self, kind: str = "") -> None:
        self.kind = kind

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        """Return the templates that begin as typed, with their titles as help."""
        from click.shell_completion import CompletionItem

        from tracker.services.records.templates import find_templates

        try:
            templates = find_templates()
        except TrackerError:
            return []
        titles: dict[str, str] = {}
        if self.kind != "gate":
            titles |= {name: entry.template.title for name, entry in templates.pilots.items()}
        if self.kind != "pilot":
            titles |= {name: entry.template.title for name, entry in templates.gates.items()}
        return [CompletionItem(name, help=title) for name, title in titles.items() if name.startswith(incomplete)]


class Headcount(TextType):
    """How many people a role group has, such as ``Counter staff=18``."""

    name = "headcount"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the group and the number. Raises BadParameter."""
        group, _, number = str(value).rpartition("=")
        people = whole_or_none(number)
        if group.strip() and people is not None and 1 <= people <= 100_000:
            return group.strip(), people
        raise click.BadParameter(f"“{value}” is not a group with a number, such as “Counter staff=18”.", ctx, param)


def making_options(kind: str, options: list[click.Option]) -> list[click.Option]:
    """Return the options of ``add`` with those that make a record from a template or, for a pilot, like another one."""
    for option in options:
        if option.name == TEMPLATE:
            option.type = TemplateName(kind)
            option.metavar = "NAME"
            option.help = f"Make it from a template, with {BROUGHT[kind]}; “tracker template list” names them."
    if kind != "pilot":
        return options
    words = "Make it like another pilot: its gates and criteria, metrics, compliance items and training needs."
    return [
        *options,
        click.Option(["--like"], type=Reference("pilot"), metavar="REF", help=words),
        click.Option(
            ["--headcount"],
            multiple=True,
            type=Headcount(),
            metavar="GROUP=N",
            help="How many people a role group of the template has. May be repeated.",
        ),
    ]


class Made(NamedTuple):
    """By which record something is made, and how many people its role groups have."""

    like: str | None
    headcounts: dict[str, int]


def add_made(
    session: Session,
    register: type[Entity],
    texts: dict[str, str],
    made_by: Made,
    *,
    reason: str | None,
    json: bool,
    as_at: str | None = None,
    waived: tuple[str, ...] = (),
) -> None:
    """Add a pilot or a gate from a template, like another one or as its texts say, and print its ref."""
    from tracker.cli.registers.actions import add

    template = texts.get("template")
    like, headcounts = made_by
    if like and template:
        raise click.UsageError("Say --template or --like, not both.", click.get_current_context())
    if headcounts and not (like or template):
        raise click.UsageError("--headcount goes with --template or --like.", click.get_current_context())
    make: Callable[..., Saved] | None = None
    if like:
        make = partial(_make_like, session, like, headcounts)
    elif template:
        from tracker.services.records.making import add_from_template

        make = partial(add_from_template, headcounts=headcounts)
    if as_at and make is not None:
        raise click.UsageError(
            "--as-at goes without --template and --like: what they bring is planned from today.",
            click.get_current_context(),
        )
    add(session, register, texts, reason=reason, json=json, as_at=as_at, make=make, waived=waived)


def _make_like(
    session: Session,
    like: str,
    headcounts: dict[str, int],
    store: Store,
    kind: str,
    values: dict[str, Any],
    by: Acting,
    *,
    reason: str | None,
) -> Saved:
    from tracker.services.records.finding import resolve_ref
    from tracker.services.records.making import make_like

    model = session.record_meant("like", like, resolve_ref(store, kind, like))
    return make_like(store, model.uid, values, by, reason=reason, headcounts=headcounts)
