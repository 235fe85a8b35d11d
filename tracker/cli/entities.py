"""The commands of every register, made from its entity: add, list, show, set, remove, restore."""

from collections.abc import Callable
from typing import Any

import click

from tracker.cli.options import Suggesting, complete_ref, shared_options
from tracker.cli.session import Session
from tracker.entities import Entity, entity
from tracker.fields import Field

VERBS = ("add", "list", "show", "set", "remove", "restore")


class EntityGroup(Suggesting):
    """The commands of one register; each is made when it is called."""

    def __init__(self, kind: str) -> None:
        self.which: type[Entity] = entity(kind)
        example = f"\n\n\b\nExample:\n  tracker {kind} add {self.which.example}"
        super().__init__(kind, help=f"{(self.which.__doc__ or '').strip()}{example}")

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        makers: dict[str, Callable[[type[Entity]], click.Command]] = {
            "add": add_command,
            "list": list_command,
            "show": show_command,
            "set": set_command,
            "remove": remove_command,
            "restore": restore_command,
        }
        maker = makers.get(cmd_name)
        return maker(self.which) if maker else None


class Reference(click.ParamType[str]):
    """A ref, the beginning of a uid, or a unique name."""

    name = "ref"

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        param.ref_kind = self.kind  # type: ignore[attr-defined]
        return complete_ref(ctx, param, incomplete)


class Words(click.ParamType[str]):
    """One of a few words, completed by the shell; what is typed is read later, with all other values."""

    name = "choice"

    def __init__(self, words: tuple[str, ...]) -> None:
        self.words = words

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        from click.shell_completion import CompletionItem

        return [CompletionItem(word) for word in self.words if word.startswith(incomplete)]


def field_option(which: type[Entity], field: Field) -> click.Option:
    """Return the option that gives a field; its text is read with all the others, so that all errors come at once."""
    names = [f"--{field.option}"]
    if field.name == which.date_field and "date" not in which.fields() and field.name != "as_of":
        names.append("--date")
    if field.name.endswith("_kind"):
        names.append("--kind")
    words = field.show.help
    kind: click.ParamType[str] = click.STRING
    if field.choices:
        options = tuple(choice.replace("_", "-") for choice in field.choices)
        kind, words = Words(options), f"{words}{': ' if words else ''}{', '.join(options)}"
    elif field.target:
        kind, words = Reference(field.target), words or f"A {entity(field.target).noun}"
    more: dict[str, Any] = {}
    if field.kind == "yes_no":
        more = {"is_flag": False, "flag_value": "yes"}
    metavar = {"date": "DATE", "number": "N", "money": "AMOUNT", "yes_no": "[yes|no]", "list": "A,B"}
    return click.Option(
        [*names, f"field_{field.name}"],
        type=kind,
        metavar="WORD" if field.choices else "REF" if field.target else metavar.get(field.kind, "TEXT"),
        help=words,
        **more,
    )


def given(values: dict[str, Any]) -> dict[str, str]:
    """Return the texts of the fields that were given, by field name."""
    return {
        name.removeprefix("field_"): value
        for name, value in values.items()
        if name.startswith("field_") and value is not None
    }


def _session() -> Session:
    return click.get_current_context().find_object(Session) or Session()


def _reason(words: str) -> click.Option:
    return click.Option(["--reason"], metavar="TEXT", help=words)


def _as_json() -> click.Option:
    return click.Option(["--json", "json_"], is_flag=True, help="Print JSON.")


def _as_of() -> click.Option:
    return click.Option(["--as-of", "as_of_"], metavar="DATE", help="As it was at the end of that day.")


def _epilog(text: str) -> str:
    return f"\b\nExample:\n  {text}"


def add_command(which: type[Entity]) -> click.Command:
    """Return ``tracker KIND add``."""
    lead = which.fields()[which.lead_field]

    def callback(json_: bool, reason: str | None, **values: Any) -> None:
        from tracker.cli.records import add

        add(_session(), which, given(values), reason=reason, json=json_)

    argument = click.Argument(
        [f"field_{lead.name}"],
        metavar=lead.name.upper(),
        required=lead.required,
        type=Reference(lead.target) if lead.target else click.STRING,
    )
    options = [field_option(which, field) for field in which.settable() if field is not lead]
    return click.Command(
        "add",
        callback=callback,
        params=[argument, *options, _reason("Why, for the history."), _as_json(), *shared_options()],
        help=f"Add a {which.noun}. Only {lead.label.lower()} is asked for first; the rest may follow later.",
        epilog=_epilog(f"tracker {which.kind} add {which.example}"),
    )


def list_command(which: type[Entity]) -> click.Command:
    """Return ``tracker KIND list``."""

    def callback(**options: Any) -> None:
        from tracker.cli.records import list_records

        list_records(_session(), which, options)

    names = tuple(which.fields())
    first = which.columns()[min(1, len(which.columns()) - 1)]
    params: list[click.Parameter] = [
        click.Option(
            ["--where"],
            multiple=True,
            metavar="FIELD=VALUE",
            type=Words(names),
            help="Only those; also != < <= > >= ~ (contains). Quote it: 'score>=12'. May be repeated.",
        ),
        click.Option(
            ["--sort"], multiple=True, metavar="[-]FIELD", type=Words(names), help="By a field; - is downwards."
        ),
        click.Option(["--text"], metavar="WORDS", help="Only those that hold every word."),
        click.Option(["--columns"], metavar="A,B,…", help="Which fields to show; “all” for all."),
        click.Option(["--limit"], type=click.IntRange(1), metavar="N", help="At most so many."),
        click.Option(["--deleted"], is_flag=True, help="Those that were removed."),
        click.Option(["--csv", "csv_"], is_flag=True, help="Print CSV."),
        _as_json(),
        _as_of(),
        *shared_options(),
    ]
    return click.Command(
        "list",
        callback=callback,
        params=params,
        help=f"List {which.plural}.",
        epilog=_epilog(f"tracker {which.kind} list --sort {first.name} --limit 20"),
    )


def show_command(which: type[Entity]) -> click.Command:
    """Return ``tracker KIND show``."""

    def callback(ref: str, json_: bool, as_of_: str | None) -> None:
        from tracker.cli.records import show_record

        show_record(_session(), which, ref, as_of=as_of_, json=json_)

    required = which.kind != "programme"
    return click.Command(
        "show",
        callback=callback,
        params=[
            click.Argument(["ref"], type=Reference(which.kind), required=required, default=None if required else ""),
            _as_json(),
            _as_of(),
            *shared_options(),
        ],
        help=f"Show a {which.noun} with all its fields.",
        epilog=_epilog(f"tracker {which.kind} show {which.new_ref(1)} --as-of 2026-10-08"),
    )


def set_command(which: type[Entity]) -> click.Command:
    """Return ``tracker KIND set``."""

    def callback(ref: str, reason: str | None, json_: bool, **values: Any) -> None:
        from tracker.cli.records import set_fields

        set_fields(_session(), which, ref, given(values), reason=reason, json=json_)

    required = which.kind != "programme"
    params: list[click.Parameter] = [
        click.Argument(["ref"], type=Reference(which.kind), required=required, default=None if required else ""),
        *(field_option(which, field) for field in which.settable()),
        _reason("Why it changes; needed for some fields."),
        _as_json(),
        *shared_options(),
    ]
    field = which.columns()[-1]
    return click.Command(
        "set",
        callback=callback,
        params=params,
        help=f'Change fields of a {which.noun}. An empty value ("") clears a field.',
        epilog=_epilog(f"tracker {which.kind} set {which.new_ref(1)} --{field.option} … --reason “…”"),
    )


def remove_command(which: type[Entity]) -> click.Command:
    """Return ``tracker KIND remove``."""

    def callback(ref: str, reason: str) -> None:
        from tracker.cli.records import remove_record

        remove_record(_session(), which, ref, reason)

    return click.Command(
        "remove",
        callback=callback,
        params=[
            click.Argument(["ref"], type=Reference(which.kind)),
            click.Option(["--reason"], required=True, metavar="TEXT", help="Why; papers say it."),
            *shared_options(),
        ],
        help=f"Take a {which.noun} out of the lists. It stays in the file and can be restored.",
        epilog=_epilog(f'tracker {which.kind} remove {which.new_ref(1)} --reason "Recorded twice"'),
    )


def restore_command(which: type[Entity]) -> click.Command:
    """Return ``tracker KIND restore``."""

    def callback(ref: str, reason: str | None) -> None:
        from tracker.cli.records import restore_record

        restore_record(_session(), which, ref, reason)

    return click.Command(
        "restore",
        callback=callback,
        params=[click.Argument(["ref"], type=Reference(which.kind)), _reason("Why."), *shared_options()],
        help=f"Bring a removed {which.noun} back.",
        epilog=_epilog(f"tracker {which.kind} restore {which.new_ref(1)}"),
    )
