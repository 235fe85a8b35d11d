"""What a crash of the command line says: a sentence, and a report that holds names of commands and options only."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from tracker.cli.shell.output import words

if TYPE_CHECKING:
    from tracker.services.doctor.crash import Occasion


def report_crash(error: BaseException, arguments: Sequence[str]) -> None:
    """Write the report on an error of the program itself, and say where it lies."""
    from tracker.services.doctor.crash import said_of, write_report
    from tracker.services.doctor.private import shown_path

    path = write_report(error, occasion(arguments), datetime.now(UTC))
    remedy = "Please report this sentence; nothing in it comes from the programme file."
    if path is not None:
        remedy = (
            f"A report for whoever mends it lies in {shown_path(str(path))}; nothing in it comes from the programme "
            f"file. “tracker doctor --report” prints it."
        )
    words(
        f"The tracker failed in a way that was not foreseen ({said_of(error)}). What was recorded before is safe. "
        f"{remedy}"
    )


def occasion(arguments: Sequence[str]) -> "Occasion":
    """Return what a command line does, in names that the program itself has given: no word of the user's."""
    from tracker.services.doctor.crash import Occasion

    try:
        return Occasion("command line", *names_in(arguments))
    except Exception:  # what fails may be what names commands
        return Occasion("command line")


def names_in(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the commands and the options that stand in a command line, by names that the commands declare."""
    from tracker.cli.root import root

    command: click.Command = root
    context = click.Context(root, info_name="tracker")
    commands = ["tracker"]
    known = _options(root, context)
    typed = []
    for word in arguments:
        if word == "--":
            break
        if word.startswith("-"):
            typed.append(word.partition("=")[0])
            continue
        inner = command.get_command(context, word) if isinstance(command, click.Group) else None
        if inner is not None:
            command = inner
            context = click.Context(inner, context, word)
            commands.append(word)
            known |= _options(inner, context)
    return commands, [name for name in dict.fromkeys(typed) if name in known]


def _options(command: click.Command, context: click.Context) -> set[str]:
    return {name for param in command.get_params(context) for name in (*param.opts, *param.secondary_opts)}
