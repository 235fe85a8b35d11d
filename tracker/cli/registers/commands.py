"""The commands of every register, made from its entity: add, list, show, set, remove, restore."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

import click

from tracker.cli.registers.field_options import Comparison, Words, field_option, given, lead_argument, ref_argument
from tracker.cli.shell.options import Command, Count, Suggesting, example, shared_options
from tracker.cli.shell.session import Session
from tracker.entities import Entity, entity

VERBS = ("add", "list", "show", "set", "remove", "restore")

# What some registers can do beyond: by kind and verb, where the command is defined. A verb of all may be another here.
EXTRAS: dict[str, dict[str, str]] = {
    "pilot": {"explain": "tracker.cli.pages.explain:explain"},
    "metric": {"compare": "tracker.cli.pages.compare:compare"},
    "service": {"rank": "tracker.cli.pages.rank:rank"},
    "gate": {"take": "tracker.cli.gates.commands:take", "make": "tracker.cli.gates.make:make"},
    "journey": {"show": "tracker.cli.pages.journey:show"},
    "board": {
        "next": "tracker.cli.board.cycle:next_",
        "collect": "tracker.cli.board.cycle:collect",
        "check": "tracker.cli.board.cycle:check",
        "accept": "tracker.cli.board.cycle:accept",
        "freeze": "tracker.cli.board.cycle:freeze",
        "pack": "tracker.cli.board.papers:pack",
        "hold": "tracker.cli.board.cycle:hold",
        "decide": "tracker.cli.board.minutes:decide",
        "minutes": "tracker.cli.board.minutes:minutes",
        "approve": "tracker.cli.board.minutes:approve",
        "publish": "tracker.cli.board.minutes:publish",
        "archive": "tracker.cli.board.archive:archive",
        "verify": "tracker.cli.board.papers:verify",
        "diff": "tracker.cli.board.papers:diff",
    },
}


class EntityGroup(Suggesting):
    """The commands of one register; each is made when it is called."""

    def __init__(self, kind: str) -> None:
        self.which: type[Entity] = entity(kind)
        shown = "list" if kind == "programme" or self.which.made_with else f"add {self.which.example}"
        super().__init__(
            kind,
            help=f"{(self.which.__doc__ or '').strip()}\n\n{example(f'tracker {kind} {shown}')}",
            params=list(shared_options()),
        )

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the verbs."""
        verbs = ("list", "show") if self.which.made_with else VERBS
        return [*verbs, *(verb for verb in EXTRAS.get(self.which.kind, {}) if verb not in VERBS)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of a verb, made now."""
        extra = EXTRAS.get(self.which.kind, {}).get(cmd_name)
        if extra:
            module, _, name = extra.partition(":")
            command: click.Command = getattr(import_module(module), name)
            return command
        makers: dict[str, Callable[[type[Entity]], click.Command]] = {
            "add": add_command,
            "list": list_command,
            "show": show_command,
            "set": set_command,
            "remove": remove_command,
            "restore": restore_command,
        }
        maker = makers.get(cmd_name) if cmd_name in self.list_commands(ctx) else None
        return maker(self.which) if maker else None

    def hint(self, ctx: click.Context, args: list[str]) -> str:
        """Return what was probably meant; for records that one command makes, that command."""
        if self.which.made_with and args[0] in VERBS:
            return f" {self.which.plural.capitalize()} are made with “{self.which.made_with}” and stay as they are."
        return super().hint(ctx, args)


def _session() -> Session:
    return click.get_current_context().find_object(Session) or Session()


def _reason(words: str, *, required: bool = False) -> click.Option:
    return click.Option(["--reason"], metavar="TEXT", required=required, help=words)


def _as_json() -> click.Option:
    return click.Option(["--json", "json_"], is_flag=True, help="Print JSON.")


def _as_of() -> click.Option:
    return click.Option(["--as-of", "as_of_"], metavar="DATE", help="As it was at the end of that day.")


def add_command(which: type[Entity]) -> click.Command:
    """Return ``tracker KIND add``."""

    def callback(json_: bool, reason: str | None, **values: Any) -> None:
        if which.has_templates():
            from tracker.cli.registers.making import add_made

            add_made(_session(), which, values, reason=reason, json=json_)
            return
        from tracker.cli.registers.actions import add

        add(_session(), which, given(values), reason=reason, json=json_)

    lead = which.fields()[which.lead_field]
    needed = [lead.name.upper()] if lead.required else []
    needed += [f"--{field.option}" for field in which.settable() if field.required and field is not lead]
    options = [field_option(which, field) for field in which.settable() if field is not lead]
    if which.has_templates():
        from tracker.cli.registers.making import making_options

        options = making_options(which.kind, options)
    reason = _reason("Why, for the history.")
    return Command(
        "add",
        callback=callback,
        params=[lead_argument(which), *options, reason, _as_json(), *shared_options()],
        help=f"Add {_article(which.noun)}. It needs {', '.join(needed)}; the rest may follow later.",
        epilog=example(f"tracker {which.kind} add {which.example}"),
        hidden=which.kind == "programme",
    )


def list_command(which: type[Entity]) -> click.Command:
    """Return ``tracker KIND list``."""

    def callback(**options: Any) -> None:
        from tracker.cli.registers.actions import list_records

        list_records(_session(), which, options)

    names = tuple(which.fields())
    words = "Only those; also != < <= > >= and ~ (holds the text). Quote it: 'score>=12'. May be repeated."
    params: list[click.Parameter] = [
        click.Option(["--where"], multiple=True, metavar="FIELD=VALUE", type=Comparison(which), help=words),
        click.Option(
            ["--sort"],
            multiple=True,
            metavar="[-]FIELD",
            type=Words(names),
            help="By a field, downwards with a - in front. May be repeated.",
        ),
        click.Option(["--text"], metavar="WORDS", help="Only those that hold every word."),
        click.Option(
            ["--columns"], metavar="A,B,…", type=Words(names, many=True), help="Which fields to show; “all” for all."
        ),
        click.Option(["--limit"], type=Count(), metavar="N", help="At most so many."),
        click.Option(["--deleted"], is_flag=True, help="Those that were removed."),
        click.Option(["--csv", "csv_"], is_flag=True, help="Print CSV."),
        _as_json(),
        _as_of(),
        *shared_options(),
    ]
    first = which.columns()[min(1, len(which.columns()) - 1)]
    return Command(
        "list",
        callback=callback,
        params=params,
        help=f"List {which.plural}: for people on a terminal, with tabs in a pipe.",
        epilog=example(f"tracker {which.kind} list --sort {first.name} --limit 20"),
    )


def show_command(which: type[Entity]) -> click.Command:
    """Return ``tracker KIND show``."""

    def callback(ref: str, json_: bool, as_of_: str | None) -> None:
        from tracker.cli.registers.actions import show_record

        show_record(_session(), which, ref, as_of=as_of_, json=json_)

    return Command(
        "show",
        callback=callback,
        params=[ref_argument(which), _as_json(), _as_of(), *shared_options()],
        help=f"Show {_article(which.noun)} with all its fields.",
        epilog=example(f"tracker {which.kind} show{_named(which)} --as-of 2026-10-08"),
    )


def set_command(which: type[Entity]) -> click.Command:
    """Return ``tracker KIND set``."""

    def callback(ref: str, reason: str | None, json_: bool, **values: Any) -> None:
        from tracker.cli.registers.actions import set_fields

        set_fields(_session(), which, ref, given(values), reason=reason, json=json_)

    options = [field_option(which, field) for field in which.settable()]
    reason = _reason("Why it changes; needed for some fields.")
    return Command(
        "set",
        callback=callback,
        params=[ref_argument(which), *options, reason, _as_json(), *shared_options()],
        help=f'Change fields of {_article(which.noun)}. An empty value ("") clears a field.',
        epilog=example(set_example(which)),
        hidden=which.append_only,
    )


def set_example(which: type[Entity]) -> str:
    """Return a command that changes the last field of the entity's own example."""
    from shlex import split

    *_, name, value = split(which.example)
    return f'tracker {which.kind} set{_named(which)} {name} {_quoted(value)} --reason "As the team agreed"'


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value else value


def _article(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def _named(which: type[Entity]) -> str:
    return "" if which.kind == "programme" else f" {which.new_ref(1)}"


def remove_command(which: type[Entity]) -> click.Command:
    """Return ``tracker KIND remove``."""

    def callback(ref: str, reason: str) -> None:
        from tracker.cli.registers.actions import remove_record

        remove_record(_session(), which, ref, reason)

    return Command(
        "remove",
        callback=callback,
        params=[ref_argument(which), _reason("Why; papers say it.", required=True), *shared_options()],
        help=f"Take {_article(which.noun)} out of the lists. It stays in the file and can be restored.",
        epilog=example(f'tracker {which.kind} remove{_named(which)} --reason "Recorded twice"'),
        hidden=which.kind == "programme",
    )


def restore_command(which: type[Entity]) -> click.Command:
    """Return ``tracker KIND restore``."""

    def callback(ref: str, reason: str | None) -> None:
        from tracker.cli.registers.actions import restore_record

        restore_record(_session(), which, ref, reason)

    return Command(
        "restore",
        callback=callback,
        params=[ref_argument(which), _reason("Why."), *shared_options()],
        help=f"Bring a removed {which.noun} back.",
        epilog=example(f"tracker {which.kind} restore{_named(which)}"),
        hidden=which.kind == "programme",
    )
