"""Records go out of the lists and come back, as it is typed."""

from tracker.cli.registers.actions import SAID_NOTHING, find_itself
from tracker.cli.registers.field_options import Way, fate_of
from tracker.cli.shell import Session, data, say_readings, words
from tracker.entities import Entity


def remove_record(
    session: Session, register: type[Entity], ref: str, reason: str, as_at: str | None = None, way: Way = SAID_NOTHING
) -> None:
    """Remove a record and print its ref."""
    from tracker.services.records.writing import remove

    with session.store() as store:
        uid = find_itself(session, store, register, ref, deleted=True)
        day = session.day(as_at, "--as-at")
        fate = fate_of(session, store, register, way)
        by = session.acting(store)
        saved = remove(store, register.kind, uid, by, reason=reason, as_at=day, fate=fate)
    for note in saved.notes:
        words(note)
    say_readings(session, saved.ref)
    data(saved.ref)
    taken = " --with" * (fate.way == "with")
    words(f"Removed. “tracker {register.kind} restore {saved.ref}{taken}” or “tracker undo” brings it back.")


def restore_record(
    session: Session, register: type[Entity], ref: str, reason: str | None, as_at: str | None, *, along: bool
) -> None:
    """Bring a removed record back, ``along`` with what went with it, and print its ref."""
    from tracker.services.records.writing import restore

    with session.store() as store:
        uid = find_itself(session, store, register, ref, deleted=True)
        day = session.day(as_at, "--as-at")
        by = session.acting(store)
        saved = restore(store, register.kind, uid, by, reason=reason, as_at=day, along=along)
    for note in saved.notes:
        words(note)
    say_readings(session, saved.ref)
    data(saved.ref)
    words("Restored. “tracker undo” takes it back.")
