"""The command line: one group of commands for each entity, and the programme's own commands."""

import sys
from collections.abc import Sequence

from tracker.cli.session import Session


def main(arguments: Sequence[str] | None = None, session: Session | None = None) -> None:
    """Run a command line and exit with its code; ``session`` brings a clock and a user of one's own (tests)."""
    sys.exit(run(arguments, session))


def run(arguments: Sequence[str] | None = None, session: Session | None = None) -> int:
    """Run a command line and return its exit code: 0, 1 to be mended, 2 wrong usage, 3 the file, 130 interrupted."""
    import click

    from tracker.cli.root import root
    from tracker.errors import INTERRUPTED, WRONG_USAGE, TrackerError

    try:
        root.main(
            list(arguments) if arguments is not None else None,
            prog_name="tracker",
            standalone_mode=False,
            obj=session or Session(),
        )
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.UsageError as error:
        error.show(sys.stderr)
        return WRONG_USAGE
    except click.ClickException as error:
        error.show(sys.stderr)
        return error.exit_code
    except TrackerError as error:
        return _told(error)
    except (KeyboardInterrupt, click.Abort):
        sys.stderr.write("Interrupted; nothing more was done.\n")
        return INTERRUPTED
    except BrokenPipeError:
        return _pipe_closed()
    return 0


def _told(error: Exception) -> int:
    from tracker.cli.output import words
    from tracker.errors import FileTrouble, TrackerError

    for line in str(error).splitlines():
        words(line)
    if isinstance(error, FileTrouble):
        return error.exit_code
    return error.exit_code if isinstance(error, TrackerError) else 1


def _pipe_closed() -> int:
    """The reader of our output has gone (``| head``): that is its right, and no error."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
