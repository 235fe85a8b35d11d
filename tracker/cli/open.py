"""The only door from the command line to the screens."""

from pathlib import Path

from tracker.cli.shell import Session


def open_file(session: Session, path: Path, *, remember: bool = True) -> int:
    """Open the screens on a file and return their exit code. Raises FileTrouble when it cannot be used."""
    import gc

    from tracker.paths import remember_file
    from tracker.services.reading import open_programme

    with open_programme(path) as store:  # what is wrong with it is reported before the screens take the terminal
        if remember:
            session.look_after(store)
    if remember:
        remember_file(path)
    gc.enable()
    from screens.app import run

    return run(str(path), session.user())
