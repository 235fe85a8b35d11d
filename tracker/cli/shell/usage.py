"""What is wrong with a command line, as a sentence that says what to write instead."""

import click

from tracker.cli.shell.output import words
from tracker.rules.reading import nearest


def explain(error: click.ClickException) -> int:
    """Write to standard error what is wrong with the command line, and return the exit code."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        for line in error.format_message().splitlines():
            words(line)
        return error.exit_code
    words(sentence(error))
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is not None:
        words(f"“{context.command_path} --help” explains it.")
    return error.exit_code


def sentence(error: click.ClickException) -> str:
    """Return what is wrong with the command line, in one or two sentences."""
    if isinstance(error, click.NoSuchOption):
        return _no_option(error)
    if isinstance(error, click.MissingParameter):
        return _missing(error)
    if isinstance(error, click.BadOptionUsage):
        return _bad_option(error)
    if isinstance(error, click.BadParameter):
        return f"{_name(error.param)}: {error.message}" if error.param else error.message
    return error.message


def _no_option(error: click.NoSuchOption) -> str:
    context = error.ctx
    if context is None:
        return f"There is no option {error.option_name}."
    known = [name for param in context.command.get_params(context) for name in param.opts if name.startswith("--")]
    guess = nearest(error.option_name, known) if error.option_name.startswith("--") else ""
    told = f"There is no option {error.option_name} for “{context.command_path}”."
    if guess:
        return f"{told} Did you mean {guess}?"
    dash = not error.option_name.startswith("--")
    if dash and any(isinstance(param, click.Argument) for param in context.command.get_params(context)):
        return f'{told} A text that begins with a dash goes after two: {context.command_path} -- "-…".'
    return told


def _missing(error: click.MissingParameter) -> str:
    path = error.ctx.command_path if error.ctx else "The command"
    if error.param is None:
        return error.format_message()
    help_ = getattr(error.param, "help", None)
    return f"“{path}” needs {_name(error.param)}{f' ({help_.rstrip(chr(46))})' if help_ else ''}."


def _bad_option(error: click.BadOptionUsage) -> str:
    params = error.ctx.command.get_params(error.ctx) if error.ctx else []
    for param in params:
        if error.option_name in param.opts and not getattr(param, "is_flag", False):
            return f"{error.option_name} needs a value: {error.option_name} {param.metavar or 'TEXT'}."
        if error.option_name in param.opts:
            return f"{error.option_name} takes no value."
    return error.message


def _name(param: click.Parameter) -> str:
    if isinstance(param, click.Argument):
        return (param.metavar or param.name or "").upper().strip("[]")
    return param.opts[0]
