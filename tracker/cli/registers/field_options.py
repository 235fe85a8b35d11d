"""The option that gives a field of a record, made from the field; what is typed is read with all the others."""

from typing import TYPE_CHECKING, Any, NamedTuple

import click

from tracker.cli.shell import Session, TextType, misused
from tracker.entities import Entity, entity
from tracker.entities.options import options_of
from tracker.fields import Field
from tracker.ratings import SCALES, typed_words

if TYPE_CHECKING:
    from tracker.services.reading import Store
    from tracker.services.records.writing import Fate

METAVARS = {
    "choice": "WORD",
    "date": "DATE",
    "decimal": "N",
    "list": "A,B",
    "money": "AMOUNT",
    "number": "N",
    "reference": "REF",
    "yes_no": "[yes|no]",
}


class Reference(TextType):
    """A ref, the beginning of a uid, or a unique name of a kind of record (of any kind when none is given)."""

    name = "ref"

    def __init__(self, kind: str = "") -> None:
        self.kind = kind

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        """Return the refs that begin as typed."""
        from tracker.cli.shell.completing import complete_ref

        return complete_ref(ctx, self.kind, incomplete)


def _named(ctx: click.Context, param: click.Parameter, value: str) -> str:
    """Return the name of a board; an empty one would mean the next board. Raises BadParameter."""
    if not value.strip() and not ctx.resilient_parsing:
        raise click.BadParameter("it is empty.", ctx, param)
    return value


BOARD = click.argument("ref", metavar="BOARD", type=Reference("board"), callback=_named)


class Words(TextType):
    """One of a few words, completed by the shell; several with commas between them when ``many``."""

    name = "words"

    def __init__(self, words: tuple[str, ...], *, many: bool = False) -> None:
        self.words = words
        self.many = many

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        """Return the words that begin as typed, after the last comma when there may be many."""
        from click.shell_completion import CompletionItem

        before, comma, last = incomplete.rpartition(",") if self.many else ("", "", incomplete)
        return [CompletionItem(before + comma + word) for word in self.words if word.startswith(last)]


class RatingWords(TextType):
    """A word of the programme's rating scale, which the shell completes."""

    name = "words"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        """Return the words of the scale that begin as typed."""
        from tracker.cli.shell.completing import complete_rating

        return complete_rating(ctx, incomplete)


class Comparison(TextType):
    """A condition such as ``status=open``; the shell completes the field, then its choices."""

    name = "comparison"

    def __init__(self, register: type[Entity]) -> None:
        self.register = register

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        """Return the fields that begin as typed, with their choices when only one does."""
        from tracker.cli.shell.completing import complete_comparison

        return complete_comparison(ctx, self.register, incomplete)


def field_option(register: type[Entity], field: Field) -> click.Option:
    """Return the option that gives a field; its text is read with all the others, so that all errors come at once."""
    names = [f"--{name}" for name in options_of(register, field)]
    words = field.show.help
    flag: dict[str, Any] = {}
    kind: TextType = click.STRING
    metavar = METAVARS.get(field.kind, "TEXT")
    if field.scale:
        kind = RatingWords()
        scales = "; ".join(f"{scale.label}: {', '.join(typed_words(scale))}" for scale in SCALES.values())
        words = f"{words}. {scales}"
    elif field.choices:
        options = tuple(choice.replace("_", "-") for choice in field.choices)
        kind = Words(options, many=field.kind == "list")
        words = ": ".join(filter(None, (words, ", ".join(options))))
    elif field.target:
        kind = Reference(field.target)
        words = words or f"A {entity(field.target).noun}"
    elif field.kind == "yes_no":
        kind = Words(("yes", "no"))
        flag = {"is_flag": False, "flag_value": "yes"}
    return click.Option([*names, f"field_{field.name}"], type=kind, metavar=metavar, help=words or field.label, **flag)


def lead_argument(register: type[Entity]) -> click.Argument:
    """Return the argument that gives the field a new record begins with."""
    lead = register.fields()[register.lead_field]
    kind: TextType = Reference(lead.target) if lead.target else click.STRING
    return click.Argument([f"field_{lead.name}"], metavar=lead.name.upper(), required=lead.required, type=kind)


def ref_argument(register: type[Entity]) -> click.Argument:
    """Return the argument that names a record; the programme needs no name."""
    optional: dict[str, Any] = {"required": False, "default": ""} if register.kind == "programme" else {}
    return click.Argument(["ref"], type=Reference(register.kind), metavar="REF", **optional)


def typed_texts(values: dict[str, str | None]) -> dict[str, str]:
    """Return the texts of the fields that were given, by field name."""
    return {
        name.removeprefix("field_"): value
        for name, value in values.items()
        if name.startswith("field_") and value is not None
    }


def source_options(register: type[Entity]) -> list[click.Option]:
    """Return the option that says where a value comes from, of a register that has such fields."""
    if not any(field.spoken_of for field in register.fields().values()):
        return []
    words = "Where the value of a field comes from, such as 'budget=Spending review 2026'. May be repeated."
    return [click.Option(["--source-of"], multiple=True, metavar="FIELD=TEXT", help=words)]


def sources_in(register: type[Entity], typed: tuple[str, ...], *, made: bool = False) -> dict[str, str]:
    """Return the sources that ``--source-of`` gives, by field; none while a template makes it. Raises UsageError."""
    if not typed:
        return {}
    if made:
        raise click.UsageError("--source-of goes with “set”, once the template has made the record.")
    from tracker.cli.registers.queries import field_named

    sources = {}
    for text in typed:
        name, equals, source = text.partition("=")
        if not equals:
            raise click.UsageError(f"--source-of “{text}” names no field: write FIELD=TEXT.")
        sources[field_named(register, name)] = " ".join(source.split())
    return sources


class Change(NamedTuple):
    """What ``set`` was given: texts by field, sources by field, and the codes of problems that do not count."""

    texts: dict[str, str]
    sources: dict[str, str]
    waived: tuple[str, ...] = ()


class Way(NamedTuple):
    """What was typed of what hangs on a record: take it along, move it to another one, leave it."""

    take: bool = False
    move_to: str | None = None
    leave: bool = False


def fate_options(register: type[Entity], ways: tuple[str, ...]) -> list[click.Option]:
    """Return the options that say what becomes of what hangs on a record of a register, for the ways that there are.

    To leave it is always taken, so that the refusal can say why not; help offers it where it may be.
    """
    takes = "Take what hangs on it along: it is closed, or removed."
    moves = f"Give what hangs on it to another {register.noun}."
    options = {
        "with": click.Option(["--with", "with_"], is_flag=True, help=takes),
        "move": click.Option(["--move-to"], metavar="REF", type=Reference(register.kind), help=moves),
    }
    leaves = click.Option(
        ["--leave"], is_flag=True, hidden="leave" not in ways, help="Leave what hangs on it as it is."
    )
    return [*(option for way, option in options.items() if way in ways), leaves]


def fate_of(session: Session, store: "Store", register: type[Entity], way: Way) -> "Fate":
    """Return what was said of what hangs on a record. Raises UsageError when two things were said, or TrackerError."""
    from tracker.services.records.finding import resolve_ref
    from tracker.services.records.writing import Fate

    if sum((way.take, bool(way.move_to), way.leave)) > 1:
        raise misused("Say one of --with, --move-to and --leave.")
    if way.move_to:
        target = session.record_meant("move to", way.move_to, resolve_ref(store, register.kind, way.move_to))
        return Fate("move", target.uid)
    if way.take:
        return Fate("with")
    if way.leave:
        return Fate("leave")
    return Fate()


LEFT_HELP = "Name somebody as answerable although they have left."
EVEN_THOUGH_LEFT = click.option("--even-though-left", is_flag=True, help=LEFT_HELP)


def left_option(register: type[Entity]) -> list[click.Option]:
    """Return the option that gives work to somebody who has left, of a register for whose records people answer."""
    if not register.owner_field:
        return []
    return [click.Option(["--even-though-left"], is_flag=True, help=LEFT_HELP)]


def waived_by(even_though_left: bool) -> tuple[str, ...]:
    """Return the codes of the problems that do not count since somebody said so."""
    return ("person.left",) * even_though_left
