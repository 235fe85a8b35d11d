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
    if isinstance(error, click.UsageError) and error.ctx is not None:
        words(f"“{error.ctx.command_path} --help” explains it.")
    return error.exit_code


def sentence(error: click.ClickException) -> str:
    """Return what is wrong with the command line, in one or two sentences."""
    if isinstance(error, click.NoSuchOption):
        return _no_option(error)
    if isinstance(error, click.MissingParameter):
        return _missing(error)
    if isinstance(error, click.BadOptionUsage):
        return _bad_option(error)
    if isinstance(error, click.BadParameter) and error.param:
        return f"{_name(error.param)}: {error.message}"
    return error.message


def _no_option(error: click.NoSuchOption) -> str:
    context = error.ctx
    if context is None:
        return f"There is no option {error.option_name}."
    params = context.command.get_params(context)
    sentence = f"There is no option {error.option_name} for “{context.command_path}”."
    if error.option_name.startswith("--"):
        options = [name for param in params for name in param.opts if name.startswith("--")]
        guess = nearest(error.option_name, options)
        if guess:
            sentence += f" Did you mean {guess}?"
    elif any(isinstance(param, click.Argument) for param in params):
        sentence += f' A text that begins with a dash goes after two: {context.command_path} -- "-…".'
    return sentence


def _missing(error: click.MissingParameter) -> str:
    if error.param is None or error.ctx is None:
        return error.format_message()
    name = _name(error.param)
    purpose = getattr(error.param, "help", None)
    if purpose:
        name += f" ({purpose.rstrip('.')})"
    return f"“{error.ctx.command_path}” needs {name}."


def _bad_option(error: click.BadOptionUsage) -> str:
    if error.ctx is None:
        return error.message
    for param in error.ctx.command.get_params(error.ctx):
        if error.option_name in param.opts and getattr(param, "is_flag", False):
            return f"{error.option_name} takes no value."
        if error.option_name in param.opts:
            return f"{error.option_name} needs a value: {error.option_name} {param.metavar or 'TEXT'}."
    return error.message


def _name(param: click.Parameter) -> str:
    if isinstance(param, click.Argument):
        return (param.metavar or param.name or "").upper().strip("[]")
    return param.opts[0]
