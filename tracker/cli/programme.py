"""Making a programme file, looking at the demo, and where things lie."""

import tempfile
from pathlib import Path

import click

from tracker.cli.options import everywhere
from tracker.cli.output import as_json, data, words
from tracker.cli.session import Session


@click.command(epilog='\b\nExample:\n  tracker init "Simpler Services 2026–28" --sponsor "Northmere Borough Council"')
@click.argument("name", required=False)
@click.option("--sponsor", metavar="TEXT", help="The organisation it belongs to.")
@click.option("--purpose", metavar="TEXT", help="What it is for, in plain words.")
@click.option("--me", metavar="NAME", help="Your name or role, as the history shows it.")
@everywhere
@click.pass_obj
def init(session: Session, name: str | None, sponsor: str | None, purpose: str | None, me: str | None) -> None:
    """Make a programme file at --file, $TRACKER_FILE or in the user data folder."""
    make_programme(session, name, sponsor, purpose, me)


def make_programme(
    session: Session, name: str | None, sponsor: str | None = None, purpose: str | None = None, me: str | None = None
) -> None:
    """Make a programme file, asking for its name when there is none and somebody is there to ask."""
    import os
    import sys

    from tracker.entities import entity
    from tracker.errors import TrackerError
    from tracker.paths import default_file, remember_file
    from tracker.rules.reading import read
    from tracker.services.opening import create_programme
    from tracker.services.recording import change

    # A new programme never goes into the last-used file: that one holds a programme already.
    path = Path(session.file or os.environ.get("TRACKER_FILE") or default_file())
    if not name:
        if not sys.stdin.isatty():
            raise TrackerError('Name the programme: tracker init "Simpler Services 2026–28".')
        name = click.prompt("Name of the programme", err=True)
    texts = {"name": name, "sponsor_body": sponsor or "", "purpose": purpose or ""}
    fields = entity("programme").fields()
    values = {field: read(fields[field], text, session.today()) for field, text in texts.items()}
    with create_programme(path, values, session.user(), session.now(), session.today()) as store:
        if me:
            by = session.acting(store)
            change(store, "person", by.person, {"display_name": me}, by, reason="named at the start")
    remember_file(path)
    data(str(path))
    words(f"Made. You are recorded as “{me or session.user()}”. Next: tracker pilot add “…”, or tracker alone.")


@click.command(epilog="\b\nExample:\n  tracker demo --no-open --file demo.db")
@click.option("--no-open", is_flag=True, help="Only write the file.")
@click.option("--shift", is_flag=True, help="Move its dates so that its board meets today.")
@everywhere
@click.pass_obj
def demo(session: Session, no_open: bool, shift: bool) -> None:
    """Build the demo programme in a file of its own and open the screens on it; --file keeps it."""
    from tracker.services.demo import build_demo

    if session.file:
        path, kept = Path(session.file), True
    else:
        path, kept = Path(tempfile.mkdtemp(prefix="tracker-demo-")) / "demo.db", no_open
    build_demo(path, shift_to=session.today() if shift else None)
    words(f"The demo programme is in {path}" + (" (kept)." if kept else ": a temporary file; --file keeps it."))
    if no_open:
        data(str(path))
        return
    from tracker.cli.open import open_file

    code = open_file(session, path, remember=False)
    if not kept:
        import shutil

        shutil.rmtree(path.parent, ignore_errors=True)
    click.get_current_context().exit(code)


@click.command(epilog="\b\nExample:\n  tracker where --json")
@click.option("--json", "json_", is_flag=True, help="Print JSON.")
@everywhere
@click.pass_obj
def where(session: Session, json_: bool) -> None:
    """Print where the programme file lies, and why it is that one."""
    from tracker.paths import state_folder
    from tracker.storage.backup import backup_folder

    chosen = session.chosen()
    facts = {
        "file": str(chosen.path.absolute()),
        "why": chosen.why,
        "exists": chosen.path.exists(),
        "backups": str(backup_folder(str(chosen.path.absolute()))),
        "state": str(state_folder()),
        "user": session.user(),
    }
    if json_:
        as_json(facts)
        return
    data(str(facts["file"]))
    words(f"({facts['why']}{'' if facts['exists'] else '; not made yet'}; backups in {facts['backups']})")
