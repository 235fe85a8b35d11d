"""The commands of every register, made from its entity: add, list, show, set, remove, restore."""

from collections.abc import Callable
from typing import Any

import click

from tracker.cli.registers.field_options import (
    Change,
    Comparison,
    Way,
    Words,
    fate_options,
    field_option,
    lead_argument,
    left_option,
    ref_argument,
    source_options,
    sources_in,
    typed_texts,
    waived_by,
)
from tracker.cli.shell import Command, Count, Session, Suggesting, example, loaded
from tracker.entities import Entity, entity, is_pointed_at
from tracker.rules.wording import with_article

VERBS = ("add", "list", "show", "set", "remove", "restore")

# What some registers can do beyond: by kind and verb, where the command is defined. A verb of all may be another here.
EXTRAS: dict[str, dict[str, str]] = {
    "person": {"merge": "tracker.cli.registers.merging:merge"},
    "pilot": {"explain": "tracker.cli.pages.signals:explain"},
    "metric": {"compare": "tracker.cli.pages.compare:compare"},
    "service": {"rank": "tracker.cli.pages.rank:rank"},
    "gate": {"take": "tracker.cli.gates.commands:take", "make": "tracker.cli.gates.make:make"},
    "holiday": {"take": "tracker.cli.board.bodies:take"},
    "journey": {"show": "tracker.cli.pages.journey:show"},
    "board": {
        "next": "tracker.cli.board.cycle:next_",
        "invite": "tracker.cli.board.bodies:invite",
        "notice": "tracker.cli.board.minutes:notice",
        "roll": "tracker.cli.board.roll:roll",
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
        "withdraw": "tracker.cli.board.minutes:withdraw",
        "reissue": "tracker.cli.board.papers:reissue",
        "verify": "tracker.cli.board.papers:verify",
        "diff": "tracker.cli.board.papers:diff",
    },
}


class EntityGroup(Suggesting):
    """The commands of one register; each is made when it is called."""

    def __init__(self, kind: str) -> None:
        self.register: type[Entity] = entity(kind)
        command = f"tracker {kind} add {self.register.example}"
        if kind == "programme" or self.register.made_with:
            command = f"tracker {kind} list"
        help_text = f"{(self.register.__doc__ or '').strip()}\n\n{example(command)}"
        super().__init__(kind, help=help_text)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the verbs."""
        verbs = ("list", "show") if self.register.made_with else VERBS
        extras = EXTRAS.get(self.register.kind, {})
        return [*verbs, *(verb for verb in extras if verb not in VERBS)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of a verb, made now."""
        extra = EXTRAS.get(self.register.kind, {}).get(cmd_name)
        if extra:
            return loaded(extra)
        if cmd_name not in self.list_commands(ctx):
            return None
        makers: dict[str, Callable[[type[Entity]], click.Command]] = {
            "add": add_command,
            "list": list_command,
            "show": show_command,
            "set": set_command,
            "remove": remove_command,
            "restore": restore_command,
        }
        return makers[cmd_name](self.register)

    def hint(self, ctx: click.Context, args: list[str]) -> str:
        """Return what was probably meant; for records that one command makes, that command."""
        if self.register.made_with and args[0] in VERBS:
            return (
                f" {self.register.plural.capitalize()} are made with “{self.register.made_with}” and stay as they are."
            )
        return super().hint(ctx, args)


def _session() -> Session:
    return click.get_current_context().find_object(Session) or Session()


def _reason(words: str, *, required: bool = False) -> click.Option:
    return click.Option(["--reason"], metavar="TEXT", required=required, help=words)


def _as_json() -> click.Option:
    return click.Option(["--json", "json_"], is_flag=True, help="Print JSON.")


def _as_of() -> click.Option:
    return click.Option(["--as-of", "as_of_"], metavar="DATE", help="As it was at the end of that day.")


def _true_on() -> click.Option:
    words = "As is now known of that day, whenever it was recorded."
    return click.Option(["--true-on", "true_on"], metavar="DATE", help=words)


def _as_at() -> click.Option:
    return click.Option(["--as-at", "as_at"], metavar="DATE", help="The day on which it was true; else today.")


def add_command(register: type[Entity]) -> click.Command:
    """Return ``tracker KIND add``."""

    def callback(
        json_: bool,
        reason: str | None,
        like: str | None = None,
        headcount: tuple[tuple[str, int], ...] = (),
        as_at: str | None = None,
        source_of: tuple[str, ...] = (),
        even_though_left: bool = False,
        **values: str | None,
    ) -> None:
        texts = typed_texts(values)
        sources = sources_in(register, source_of, made=bool(like or texts.get("template")))
        change = Change(texts, sources, waived_by(even_though_left))
        _add(register, change, like, dict(headcount), reason=reason, json=json_, as_at=as_at)

    lead = register.fields()[register.lead_field]
    others = [field for field in register.settable() if field is not lead]
    required = [lead.name.upper()] * lead.required + [f"--{field.option}" for field in others if field.required]
    options = [field_option(register, field) for field in others]
    if register.has_templates():
        from tracker.cli.registers.making import making_options

        options = making_options(register.kind, options)
    options += [*source_options(register), *left_option(register)]
    options += [_reason("Why, for the history."), _as_at(), _as_json()]
    return Command(
        "add",
        callback=callback,
        params=[lead_argument(register), *options],
        help=f"Add {with_article(register.noun)}. It needs {', '.join(required)}; the rest may follow later.",
        epilog=example(f"tracker {register.kind} add {register.example}"),
        hidden=register.kind == "programme",
    )


WHERE_HELP = (
    "Only those; also != < <= > >= and ~ (holds the text). “|” is or: 'status=open|closed'; “me” is you: owner=me. "
    "Quote it. May be repeated."
)


def _add(
    register: type[Entity],
    change: Change,
    like: str | None,
    headcounts: dict[str, int],
    *,
    reason: str | None,
    json: bool,
    as_at: str | None,
) -> None:
    """Add a record as it was typed: alone, or with all that a template or another record brings."""
    texts, sources, waived = change
    if register.has_templates() and not sources:
        from tracker.cli.registers.making import Made, add_made

        made_by = Made(like, headcounts)
        add_made(_session(), register, texts, made_by, reason=reason, json=json, as_at=as_at, waived=waived)
        return
    from tracker.cli.registers.actions import add

    add(_session(), register, texts, reason=reason, json=json, as_at=as_at, sources=sources, waived=waived)


def list_command(register: type[Entity]) -> click.Command:
    """Return ``tracker KIND list``."""

    def callback(**options: Any) -> None:
        from tracker.cli.registers.actions import list_records

        list_records(_session(), register, options)

    names = tuple(register.fields())
    params: list[click.Parameter] = [
        click.Option(["--where"], multiple=True, metavar="FIELD=VALUE", type=Comparison(register), help=WHERE_HELP),
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
        click.Option(["--late"], is_flag=True, help="Only those of which something is late."),
        click.Option(["--limit"], type=Count(), metavar="N", help="At most so many."),
        click.Option(["--deleted"], is_flag=True, help="Those that were removed."),
        click.Option(["--csv", "csv_"], is_flag=True, help="Print CSV."),
        _as_json(),
        _as_of(),
        _true_on(),
    ]
    first = register.columns()[min(1, len(register.columns()) - 1)]
    return Command(
        "list",
        callback=callback,
        params=params,
        help=f"List {register.plural}: for people on a terminal, with tabs in a pipe.",
        epilog=example(f"tracker {register.kind} list --sort {first.name} --limit 20"),
    )


def show_command(register: type[Entity]) -> click.Command:
    """Return ``tracker KIND show``."""

    def callback(ref: str, json_: bool, as_of_: str | None, true_on: str | None, notes_: bool) -> None:
        from tracker.cli.registers.actions import show_record

        show_record(_session(), register, ref, as_of=as_of_, true_on=true_on, json=json_, notes=notes_)

    return Command(
        "show",
        callback=callback,
        params=[
            ref_argument(register),
            click.Option(["--notes", "notes_"], is_flag=True, help="With all its notes, whole."),
            _as_json(),
            _as_of(),
            _true_on(),
        ],
        help=f"Show {with_article(register.noun)} with all its fields.",
        epilog=example(f"{_command(register, 'show')} --as-of 2026-10-08"),
    )


def set_command(register: type[Entity]) -> click.Command:
    """Return ``tracker KIND set``."""
    from tracker.services.records.hanging import ways_of_ending

    def callback(
        ref: str,
        reason: str | None,
        json_: bool,
        as_at: str | None,
        source_of: tuple[str, ...] = (),
        even_though_left: bool = False,
        with_: bool = False,
        move_to: str | None = None,
        leave: bool = False,
        **values: str | None,
    ) -> None:
        from tracker.cli.registers.actions import set_fields

        change = Change(typed_texts(values), sources_in(register, source_of), waived_by(even_though_left))
        way = Way(with_, move_to, leave)
        set_fields(_session(), register, ref, change, way, reason=reason, json=json_, as_at=as_at)

    options = [field_option(register, field) for field in register.settable()]
    reason = _reason("Why it changes; needed for some fields.")
    return Command(
        "set",
        callback=callback,
        params=[
            *(ref_argument(register), *options, *source_options(register), *left_option(register)),
            *(fate_options(register, ways_of_ending(register)) if register.endings else ()),
            *(reason, _as_at(), _as_json()),
        ],
        help=f'Change fields of {with_article(register.noun)}. An empty value ("") clears a field.{NOTHINGS_HELP}',
        epilog=example(set_example(register)),
        hidden=register.append_only,
    )


# Of the values that ``set`` takes; those of ``add`` are the same.
NOTHINGS_HELP = (
    " In place of a figure, day or person: withheld, tbc (not yet known), n/a, missing, each with words behind a colon;"
    " a day may be a month, quarter or year."
)


def set_example(register: type[Entity]) -> str:
    """Return a command that changes the last field of the entity's own example."""
    from shlex import split

    *_, name, value = split(register.example)
    if " " in value:
        value = f'"{value}"'
    return f'{_command(register, "set")} {name} {value} --reason "As the team agreed"'


def _command(register: type[Entity], verb: str) -> str:
    """Return a command about a record such as the first one; the programme needs no ref."""
    command = f"tracker {register.kind} {verb}"
    return command if register.kind == "programme" else f"{command} {register.new_ref(1)}"


def remove_command(register: type[Entity]) -> click.Command:
    """Return ``tracker KIND remove``."""
    from tracker.services.records.hanging import ways_of_removing

    def callback(
        ref: str,
        reason: str | None,
        as_at: str | None,
        with_: bool = False,
        move_to: str | None = None,
        leave: bool = False,
    ) -> None:
        from tracker.cli.registers.going import remove_record

        remove_record(_session(), register, ref, reason or "", as_at, Way(with_, move_to, leave))

    return Command(
        "remove",
        callback=callback,
        params=[
            ref_argument(register),
            *(fate_options(register, ways_of_removing(register)) if is_pointed_at(register) else ()),
            _reason("Why, always needed; papers say it."),
            _as_at(),
        ],
        help=f"Take {with_article(register.noun)} out of the lists. It stays in the file and can be restored.",
        epilog=example(f'{_command(register, "remove")} --reason "Recorded twice"'),
        hidden=register.kind == "programme",
    )


def restore_command(register: type[Entity]) -> click.Command:
    """Return ``tracker KIND restore``."""

    def callback(ref: str, reason: str | None, as_at: str | None, with_: bool = False) -> None:
        from tracker.cli.registers.going import restore_record

        restore_record(_session(), register, ref, reason, as_at, along=with_)

    return Command(
        "restore",
        callback=callback,
        params=[
            ref_argument(register),
            click.Option(["--with", "with_"], is_flag=True, help="With all that was removed or closed with it."),
            _reason("Why."),
            _as_at(),
        ],
        help=f"Bring a removed {register.noun} back.",
        epilog=example(_command(register, "restore")),
        hidden=register.kind == "programme",
    )
