"""Shell completion for bash, zsh and fish, refs included."""

import click

from tracker.cli.shell.options import Command, OneOf, everywhere, example
from tracker.cli.shell.output import data, words

PLACES = {
    "bash": "~/.bashrc",
    "zsh": "~/.zshrc",
    "fish": "~/.config/fish/completions/tracker.fish",
}


@click.command(cls=Command, epilog=example("tracker completion bash >> ~/.bashrc"))
@click.argument("shell", metavar="SHELL", type=OneOf(*PLACES))
@everywhere
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the script that makes bash, zsh or fish complete commands, options, choices, field names and refs."""
    from click.shell_completion import get_completion_class

    completer = get_completion_class(shell)
    if completer is None:  # pragma: no cover
        raise click.UsageError(f"There is no completion for {shell}.")
    data(completer(ctx.find_root().command, {}, "tracker", "_TRACKER_COMPLETE").source())
    words(f"Add it to {PLACES[shell]}; it takes effect in a new shell.")
