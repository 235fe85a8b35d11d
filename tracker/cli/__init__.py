"""The command line: one group of commands for each entity, and the programme's own commands."""

import os
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from errno import EBADF
from io import TextIOWrapper
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.cli.shell import Session
    from tracker.errors import TrackerError


def main(arguments: Sequence[str] | None = None, session: "Session | None" = None) -> None:
    """Run a command line as the whole of this process, and end it with the command's exit code."""
    import gc

    gc.disable()  # a command is over before garbage counts; the screens turn it on again
    try:
        code = run(arguments, session)
    except Exception as error:
        code = _report_crash(error, _words(arguments))
    if "screens.app" in sys.modules:
        sys.exit(code)
    # Everything is written and closed. Taking hundreds of modules apart would be a sixth of the whole command.
    os._exit(code)


def run(arguments: Sequence[str] | None = None, session: "Session | None" = None) -> int:
    """Run a command line and return its exit code: 0, 1 to be mended, 2 wrong usage, 3 the file, 130 interrupted.

    ``session`` brings a clock, a user and a file of one's own.
    """
    _ensure_streams()
    try:
        with _debugged(_words(arguments)):
            code = _run(arguments, session)
        sys.stdout.flush()
    except KeyboardInterrupt:
        from tracker.errors import INTERRUPTED

        sys.stderr.write("Interrupted; nothing more was done.\n")
        return INTERRUPTED
    except BrokenPipeError:
        return _discard_output()
    except OSError as error:
        if error.filename is not None:
            raise
        from tracker.cli.shell import words

        cause = "it is closed" if error.errno == EBADF else error.strerror or error
        words(f"The output could not be written: {cause}. Send it elsewhere, or make room.")
        _discard_output()
        return 1
    return code


def _run(arguments: Sequence[str] | None, session: "Session | None") -> int:
    import click

    from tracker.cli.root import root
    from tracker.cli.shell import Session
    from tracker.errors import TrackerError

    output = sys.stdout
    session = session or Session()
    try:
        result = root.main(
            list(arguments) if arguments is not None else None,
            prog_name="tracker",
            standalone_mode=False,
            obj=session,
        )
    except click.ClickException as error:
        from tracker.cli.shell.usage import explain

        return explain(error)
    except TrackerError as error:
        return _explain(error)
    except click.Abort as end:
        if end.__cause__ is None:  # at a prompt, whose line is not ended yet
            sys.stderr.write("\n")
        raise KeyboardInterrupt from end
    except SystemExit as end:
        if sys.stdout is output:
            raise
        sys.stdout = output  # click found a closed pipe, put something else here, and wants to end the process with 1
        raise BrokenPipeError from end
    except Exception as error:
        return _explain_by_damage(session, error)
    # Without its standalone mode, click returns the code given to Context.exit.
    return result if isinstance(result, int) else 0


def _explain(error: "TrackerError") -> int:
    from tracker.cli.shell import words
    from tracker.cli.shell.mending import in_shell

    if os.environ.get("TRACKER_DEBUG"):
        from traceback import format_exception

        words("".join(format_exception(error)).rstrip())
    for line in in_shell(error).splitlines():
        words(line)
    return error.exit_code


def _debugged(words: Sequence[str]) -> AbstractContextManager[None]:
    """Return what says how a command runs where --debug or $TRACKER_DEBUG asks for it, and nothing elsewhere."""
    if "--debug" not in words and not os.environ.get("TRACKER_DEBUG"):
        return nullcontext()
    from tracker.cli.shell.debugging import debugging, wanted

    return debugging() if wanted(words) else nullcontext()


def _explain_by_damage(session: "Session", error: Exception) -> int:
    """Say which value of the file breaks a rule where that explains an error; raise the error where none does."""
    from tracker.cli.shell import words
    from tracker.cli.shell.mending import in_shell
    from tracker.services.damage import behind

    cause = None if isinstance(error, OSError) else behind(session.chosen().name)
    if cause is None or os.environ.get("TRACKER_DEBUG"):
        raise error
    words(in_shell(cause))
    return cause.exit_code


def _ensure_streams() -> None:
    """Give a process others in place of the streams it was started without (``>&-``), and terminals a gate.

    What is written to such an output fails as on a full disk: a paper that went nowhere is none. In this order, the
    numbers of the streams are not given to files that are opened later.
    """
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115
    if sys.stdout is None:
        sys.stdout = open(os.open(os.devnull, os.O_RDONLY), "w", encoding="utf-8")  # noqa: PTH123, SIM115
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # help texts have signs that not every terminal has
    from tracker.cli.shell.output import guard

    sys.stdout, sys.stderr = guard(sys.stdout), guard(sys.stderr)


def _discard_output() -> int:
    """Let what is still to be written go nowhere: the reader of our output left (``| head``), as it may."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    return 0


def _words(arguments: Sequence[str] | None) -> list[str]:
    return list(sys.argv[1:] if arguments is None else arguments)


def _report_crash(error: Exception, arguments: Sequence[str]) -> int:
    """Report an error of the program itself, without its traceback and message: they may hold what records hold."""
    from tracker.cli.shell.crash import report_crash

    report_crash(error, arguments)
    return 1
