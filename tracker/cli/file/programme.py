"""Making a programme file, opening the screens on it, looking at the demo, and where things lie."""

import os
import sys
from pathlib import Path
from typing import Any

import click

from tracker.cli.open import open_file
from tracker.cli.shell import AS_JSON, OneOf, Session, as_json, command, data, misused, words
from tracker.entities import entity
from tracker.errors import TrackerError
from tracker.rules.reading import read


@command('tracker init "Simpler Services 2026–28" --sponsor "Northmere Borough Council"')
@click.argument("name", required=False)
@click.option("--sponsor", metavar="TEXT", help="The organisation it belongs to.")
@click.option("--purpose", metavar="TEXT", help="What it is for, in plain words.")
@click.option("--me", metavar="NAME", help="Your name or role, as the history shows it.")
@click.option("--from", "package", metavar="FILE", type=click.Path(path_type=Path), help="What “tracker export” wrote.")
def init(
    session: Session, name: str | None, sponsor: str | None, purpose: str | None, me: str | None, package: Path | None
) -> None:
    """Make a programme file at --file, $TRACKER_FILE or in the user data folder."""
    if package is None:
        _make_programme(session, name, sponsor, purpose, me)
        return
    if name or sponsor or purpose:
        raise misused("--from takes the programme as it was: say its name, sponsor and purpose in the new file.")
    _move_in(session, package, me)


def _move_in(session: Session, package: Path, me: str | None) -> None:
    """Make a programme file of what was taken out of another one."""
    from tracker.paths import last_file, remember_file
    from tracker.services.importing.files.opening import read_source
    from tracker.services.moving.moving_in import move_in, taken_out

    path = _new_place(session)
    packed = taken_out(read_source(package))
    with move_in(path, packed, me or session.user(), session.now(), session.today()):
        pass
    before = last_file()
    remember_file(path)
    data(str(path))
    for remark in packed.remarks:
        words(remark)
    words("Made, with all records under their refs.")
    words(_worked_on(path, before))


def _make_programme(
    session: Session, name: str | None, sponsor: str | None = None, purpose: str | None = None, me: str | None = None
) -> None:
    """Make a programme file, asking for its name when there is none and somebody is there to ask."""
    from tracker.paths import last_file, remember_file
    from tracker.services.programme_file import create_programme
    from tracker.services.records.writing import change

    path = _new_place(session)
    texts = {"name": name or _ask_name(), "sponsor_body": sponsor or "", "purpose": purpose or ""}
    values, notes = _read("programme", texts, session)
    own, own_notes = _read("person", {"display_name": me} if me else {}, session)
    with create_programme(path, values, session.user(), session.now(), session.today()) as store:
        if own:
            by = session.acting(store)
            change(store, "person", by.person, own, by, reason="named at the start")
    who = own.get("display_name") or session.user()
    before = last_file()
    remember_file(path)
    for note in notes + own_notes:
        words(note)
    data(str(path))
    if session.file or before not in ("", str(path.absolute())):
        words(_worked_on(path, before))
    words(f"Made. You are recorded as “{who}”. Next: tracker pilot add “…”, or tracker alone.")


def _worked_on(path: Path, before: str = "") -> str:
    """Return the sentence on which file commands work that name none; ``before`` is the last one till now."""
    from tracker.paths import choose_file

    followed = choose_file(None).path.absolute()
    if followed != path.absolute():
        return f"Commands without --file go on working on {followed}, which $TRACKER_FILE names."
    sentence = "Commands without --file work on this file from now on"
    if os.environ.get("TRACKER_FILE") or before in ("", str(path.absolute())):
        return f"{sentence}."
    return f"{sentence}, and no longer on {before}."


def _read(kind: str, texts: dict[str, str], session: Session) -> tuple[dict[str, Any], list[str]]:
    """Return the values of texts, which name no other record, and notes on what was cleaned away."""
    from tracker.rules.wording import taken_out
    from tracker.text import clean

    fields = entity(kind).fields()
    removed = {fields[name].label: clean(text).removed for name, text in texts.items()}
    notes = [taken_out(label, count) for label, count in removed.items() if count]
    return {name: read(fields[name], text, session.today()) for name, text in texts.items()}, notes


def _new_place(session: Session) -> Path:
    """Return where a new programme goes: never into the last-used file, which holds a programme already."""
    from tracker.paths import default_file

    if session.file or os.environ.get("TRACKER_FILE"):
        return session.chosen().path
    return default_file()


def _ask_name() -> str:

    if sys.stdin is None or not sys.stdin.isatty():
        raise TrackerError('Name the programme: tracker init "Simpler Services 2026–28".')
    return str(click.prompt("Name of the programme", err=True))


@command("tracker open --file ~/programme.db", "open")
def open_screens(session: Session) -> int:
    """Open the screens on the programme."""
    return open_or_offer(session)


def open_or_offer(session: Session) -> int:
    """Open the programme; when there is none yet, offer to make one or to look at the demo. Return the exit code."""
    chosen = session.chosen()
    if os.path.lexists(chosen.name):
        return open_file(session, chosen.path)
    words(f"There is no programme at {chosen.name} yet.")
    if sys.stdin is None or not (sys.stdin.isatty() and sys.stderr.isatty()):
        words('Make one with: tracker init "Name of the programme"   Or look around with: tracker demo')
        return 1
    answer = click.prompt(
        "Make a new programme (n), look at the demo (d), or leave (q)?",
        type=OneOf("n", "d", "q"),
        default="d",
        show_choices=False,
        err=True,
    )
    if answer == "q":
        return 0
    if answer == "d":
        return _show_demo(session)
    _make_programme(session, None)
    return open_file(session, session.chosen().path)


@command("tracker demo --no-open --file demo.db")
@click.option("--no-open", is_flag=True, help="Only write the file.")
@click.option("--as-told", is_flag=True, help="Keep its own days: its board meets on 12 November 2026.")
def demo(session: Session, no_open: bool, as_told: bool) -> int:
    """Build the demo programme in a file of its own and open the screens on it; --file keeps it.

    Its days are moved by whole weeks, so that its board meets on the last Thursday.
    """
    return _show_demo(session, no_open=no_open, as_told=as_told)


def _show_demo(session: Session, *, no_open: bool = False, as_told: bool = False) -> int:
    """Build the demo programme and open the screens on it; return the exit code."""
    import shutil
    import tempfile

    from tracker.errors import FileTrouble
    from tracker.services.demo.story import build_demo, day_near

    stays = no_open or bool(session.file)
    path = session.chosen().path if session.file else Path(tempfile.mkdtemp(prefix="tracker-demo-")) / "demo.db"
    try:
        try:
            build_demo(path, shift_to=None if as_told else day_near(session.today()))
        except OSError as error:
            raise FileTrouble(f"{path} cannot be made ({error.strerror or error}).", "file.not_made") from error
        words(f"The demo programme is in {path}" + (" (kept)." if stays else ": a temporary file; --file keeps it."))
        if no_open:
            data(str(path))
            return 0
        return open_file(session, path, remember=False)
    finally:
        if not stays:
            shutil.rmtree(path.parent, ignore_errors=True)


@command("tracker where --json")
@AS_JSON
def where(session: Session, json_: bool) -> None:
    """Print where the programme file lies, and why it is that one."""
    from tracker.paths import state_folder
    from tracker.services.backups import backup_folder

    chosen = session.chosen()
    file = str(chosen.path.absolute())
    exists = os.path.exists(file)  # noqa: PTH110 - False also where one may not look
    backups = str(backup_folder(file))
    if json_:
        facts = {"file": file, "why": chosen.why, "exists": exists, "backups": backups}
        as_json({**facts, "state": str(state_folder()), "user": session.user()})
        return
    reason = chosen.why if exists else f"{chosen.why}; not made yet"
    data(file)
    words(f"({reason}; backups in {backups})")
