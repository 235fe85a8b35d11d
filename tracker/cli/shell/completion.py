"""Shell completion for bash, zsh and fish, refs included."""

import click

from tracker.cli.shell.options import OneOf, command
from tracker.cli.shell.output import data, words
from tracker.cli.shell.session import Session

PLACES = {
    "bash": "~/.bashrc",
    "zsh": "~/.zshrc",
    "fish": "~/.config/fish/completions/tracker.fish",
}


@command("tracker completion bash >> ~/.bashrc")
@click.argument("shell", metavar="SHELL", type=OneOf(*PLACES))
def completion(session: Session, shell: str) -> None:
    """Print the script that makes bash, zsh or fish complete commands, options, choices, field names and refs."""
    from click.shell_completion import get_completion_class

    completer = get_completion_class(shell)
    if completer is None:  # pragma: no cover
        raise click.UsageError(f"There is no completion for {shell}.")
    data(completer(click.get_current_context().find_root().command, {}, "tracker", "_TRACKER_COMPLETE").source())
    words(f"Add it to {PLACES[shell]}; it takes effect in a new shell.")
