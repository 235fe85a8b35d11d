"""What commands share: options that may stand anywhere, types, examples, and suggestions for a mistyped word."""

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from tracker.cli.shell.session import Session

if TYPE_CHECKING:
    TextType = click.ParamType[str]
    NumberType = click.ParamType[int]
else:
    TextType = NumberType = click.ParamType  # generic from click 8.4 on

WIDEST_EXAMPLE = 76
LONGEST_REPEATED = 80
ONE_OF = (("json_", "csv_", "toml"), ("advance", "pause"))  # flags of which a command takes one
REASONS = ("reason", "because", "early")  # options that say why
MAY_BE_BLANK = ("head", "output", "reason", "text")  # what asks for them says what is to be written


def brief(typed: str) -> str:
    """Return what somebody typed as a sentence may repeat it: of a pasted page its beginning."""
    from tracker.rules.wording import short

    return short(typed, LONGEST_REPEATED) if len(typed) > LONGEST_REPEATED else typed


def example(command: str) -> str:
    """Return the last lines of a help text: a command to copy, broken before options where it is long."""
    first, *parts = command.replace(" --", "\n--").split("\n")
    lines = [first]
    for part in parts:
        if len(lines[-1]) + len(part) + 1 <= WIDEST_EXAMPLE:
            lines[-1] += f" {part}"
        else:
            lines[-1] += " \\"
            lines.append(f"    {part}")
    return "\n".join(["\b", "Example:", *(f"  {line}" for line in lines)])


def command(
    example_text: str, name: str | None = None, group: click.Group | None = None
) -> Callable[[Callable[..., Any]], click.Command]:
    """Return what makes a command, of a group if one is given, from a function of the session and of its options.

    What the function returns is the exit code; None is 0. Its own name is the command's where none is given.
    """

    def decorate(function: Callable[..., Any]) -> click.Command:
        created = click.command(name, cls=Command, epilog=example(example_text))(click.pass_obj(function))
        if group is not None:
            group.add_command(created)
        return created

    return decorate


class WithShared(click.Command):
    """Takes, after its own options, those that every command takes."""

    def __init__(self, *args: Any, **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.add_help_option = False  # one of ours is among the shared
        self.params += shared_options()


class Command(WithShared):
    """A command that takes texts with a dash in front, and says which word is too many."""

    allow_extra_args = True

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the words after the command. Raises UsageError."""
        try:
            remaining = super().parse_args(ctx, self._texts_last(args))
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise
        if ctx.args and not ctx.resilient_parsing:
            many = f"“{brief(ctx.args[0])}” is a word too many for “{ctx.command_path}”."
            raise click.UsageError(f"{many} Put a text of several words in quotes.", ctx)
        if not ctx.resilient_parsing:
            self._refuse_contradictions(ctx)
            self._refuse_blanks(ctx)
            self._clean_reasons(ctx)
        return remaining

    def _refuse_contradictions(self, ctx: click.Context) -> None:
        """Refuse options of which one leaves nothing for another to do."""
        for names in ONE_OF:
            options = [param.opts[0] for param in self.params if param.name in names and ctx.params.get(param.name)]
            if len(options) > 1:
                raise click.UsageError(f"{' and '.join(options)} exclude each other: leave one of them out.", ctx)

    def _refuse_blanks(self, ctx: click.Context) -> None:
        """Refuse what was given with nothing in it, such as ``--as-of "$DAY"`` without a DAY; an empty field is one."""
        for param in self.params:
            name = param.name or ""
            if param.required or name.startswith("field_") or name in MAY_BE_BLANK:
                continue
            value = ctx.params.get(name)
            texts = value if isinstance(value, tuple) else (value,)
            given = ctx.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE
            if given and any(isinstance(text, str) and not text.strip() for text in texts):
                called = param.opts[0] if isinstance(param, click.Option) else param.make_metavar(ctx)
                raise click.UsageError(f"{called}: it is empty. Give it a value, or leave it out.", ctx)

    def _clean_reasons(self, ctx: click.Context) -> None:
        """Take out of reasons what cannot be shown, and say so, as of every text that is kept."""
        for name in REASONS:
            text = ctx.params.get(name)
            if isinstance(text, str):
                from tracker.cli.shell.output import words
                from tracker.rules.wording import taken_out
                from tracker.text import clean

                ctx.params[name], removed = clean(text)
                if removed:
                    words(taken_out(name.capitalize(), removed))

    def _texts_last(self, args: list[str]) -> list[str]:
        """Put texts such as “- 40% calls” after a ``--``: no option has a space in its name."""
        if not any(arg.startswith("-") and " " in arg for arg in args):
            return args
        takes_value = {name for param in self.params if not getattr(param, "is_flag", True) for name in param.opts}
        texts = []
        others = []
        for number, arg in enumerate(args):
            value = number > 0 and args[number - 1] in takes_value
            if not value and arg.startswith("-") and " " in arg.partition("=")[0] and "--" not in others:
                texts.append(arg)
            else:
                others.append(arg)
        if texts and "--" not in others:
            others.append("--")
        return [*others, *texts]


class Suggesting(WithShared, click.Group):
    """A group that suggests the nearest command for a mistyped one."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that the first word names, made once. Raises UsageError."""
        name = args[0]
        if name.startswith("-") or ctx.resilient_parsing:
            return super().resolve_command(ctx, args)
        command = self.get_command(ctx, name)
        if command is None:
            raise click.UsageError(
                f"There is no command “{brief(name)}” in “{ctx.command_path}”.{self.hint(ctx, args)}", ctx
            )
        return name, command, args[1:]

    def hint(self, ctx: click.Context, args: list[str]) -> str:
        """Return what was probably meant, as a sentence with a space in front; empty when there is no guess."""
        from tracker.rules.reading import nearest

        guess = nearest(args[0], self.list_commands(ctx))
        if not guess:
            return ""
        return f" Did you mean “{ctx.command_path} {guess}”?"


class OneOf(TextType):
    """One of a few words; the nearest is suggested for a mistyped one."""

    name = "choice"

    def __init__(self, *words: str) -> None:
        self.words = words

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the word. Raises BadParameter."""
        if value in self.words:
            return str(value)
        from tracker.rules.reading import suggestion

        hint = suggestion(str(value), self.words)
        raise click.BadParameter(
            f"“{brief(str(value))}” is not known.{hint} Choose one of: {', '.join(self.words)}.", ctx, param
        )

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        """Return the words that begin as typed."""
        from click.shell_completion import CompletionItem

        return [CompletionItem(word) for word in self.words if word.startswith(incomplete)]


class Count(NumberType):
    """A whole number from 1 up to ``most``."""

    name = "number"

    def __init__(self, most: int = 1_000_000_000) -> None:
        self.most = most

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number. Raises BadParameter."""
        from tracker.rules.typed.numbers import whole_or_none

        number = whole_or_none(str(value))
        if number is not None and 1 <= number <= self.most:
            return number
        raise click.BadParameter(f"“{brief(str(value))}” is not a whole number from 1 to {self.most:,}.", ctx, param)


def _set_on_session(name: str) -> Callable[[click.Context, click.Parameter, str | None], None]:
    """Return the callback of an option that sets an attribute of the session."""

    def callback(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
        session = ctx.find_object(Session)
        if value is None or session is None:
            return
        if not value.strip() and not ctx.resilient_parsing:
            raise click.BadParameter("it is empty.", ctx, param)
        setattr(session, name, value)

    return callback


# What every command takes: the option, the attribute of the session that it sets, and its help.
SHARED = (
    ("--file", "PATH", _set_on_session("file"), "The programme file (or $TRACKER_FILE)."),
    ("--as", "NAME", _set_on_session("who"), "Who makes the change (or $TRACKER_USER)."),
)
DEBUG_HELP = "Say where errors arise, SQL with times, imports."  # acted on before anything is parsed
# Options of several commands, each worded once.
AS_JSON = click.option("--json", "json_", is_flag=True, help="Print JSON.")
AS_CSV = click.option("--csv", "csv_", is_flag=True, help="Print CSV.")
AS_OF = click.option("--as-of", "as_of", metavar="DATE", help="As it was at the end of that day.")
WITHOUT_ASKING = click.option("--yes", is_flag=True, help="Do not ask.")
OUTPUT = ("-o", "--output")
OVERWRITE_ONE = click.option("--force", is_flag=True, help="Write over an existing file.")
OVERWRITE = click.option("--force", is_flag=True, help="Write over existing files.")


def shared_options() -> list[click.Option]:
    """Return the options that every command takes."""
    return [
        click.Option([name], metavar=metavar, expose_value=False, callback=callback, is_eager=True, help=words)
        for name, metavar, callback, words in SHARED
    ] + [
        click.Option(["--debug"], is_flag=True, expose_value=False, help=DEBUG_HELP),
        printing(["-h", "--help"], "Show this message and exit.", click.Context.get_help),
    ]


def printing(names: list[str], words: str, text: Callable[[click.Context], str]) -> click.Option:
    """Return an option that prints a text and ends the command.

    Those that click has look for translations of their words at each start, for 1.5 ms of a command's 90.
    """

    def callback(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
        if asked and not ctx.resilient_parsing:
            click.echo(text(ctx), color=ctx.color)
            ctx.exit()

    return click.Option(names, is_flag=True, expose_value=False, is_eager=True, help=words, callback=callback)


def loaded(place: str) -> click.Command:
    """Return the command of a place such as ``tracker.cli.file.journal:undo``, loaded now."""
    module, _, name = place.partition(":")
    command: click.Command = getattr(import_module(module), name)
    return command


def misused(sentence: str) -> click.UsageError:
    """Return the error for a command line that does not fit, to be raised; a sentence says what to write instead."""
    return click.UsageError(sentence, click.get_current_context())


def confirm(question: str, yes: bool) -> None:
    """Ask before something that is hard to take back. Raises TrackerError when nobody is there to answer."""
    if yes:
        return
    import sys

    try:
        click.confirm(question, abort=True, err=True)
    except click.Abort:
        if sys.stdin is not None and sys.stdin.isatty():
            raise
        from tracker.errors import TrackerError

        raise TrackerError("Nothing was done: nobody was there to agree. Say --yes to do it without asking.") from None
