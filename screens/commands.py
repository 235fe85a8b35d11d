"""Commands that several screens give, for worker threads; a toast says what each has done. Each raises TrackerError."""

from screens.mending import in_a_line
from screens.work import Done, Programme
from tracker.services.records.undo import redo, undo
from tracker.services.records.undo_words import describe_undo
from tracker.services.records.writing import UNSAID, Fate, remove, restore


def undo_last(programme: Programme) -> Done:
    """Turn back what the person did last."""
    store = programme.store()
    turned = undo(store, programme.acting())
    sentence = f"Undone: {describe_undo(store, turned)}. Ctrl+R does it again."
    return Done(in_a_line(sentence, *turned.notes), turned.tx)


def redo_last(programme: Programme) -> Done:
    """Do again what the person undid last."""
    store = programme.store()
    turned = redo(store, programme.acting())
    return Done(in_a_line(f"Done again: {describe_undo(store, turned)}.", *turned.notes), turned.tx)


def merge_record(alias: str, person: str, reason: str, programme: Programme) -> Done:
    """Let one record of a person take the place of another."""
    from tracker.services.records.merging import merge_people

    merged = merge_people(programme.store(), alias, person, programme.acting(), reason=reason)
    return Done(f"{merged.alias} is the same person as {merged.person} now. Press u to undo.", merged.tx)


def hand_over_work(giver: str, taker: str, programme: Programme) -> Done:
    """Let one person take over what is open of another's."""
    from tracker.services.records.merging import hand_over

    handed = hand_over(programme.store(), giver, taker, programme.acting())
    if not handed.tx:
        return Done(f"{handed.giver} answers for nothing that is open.")
    return Done(f"From {handed.giver} to {handed.taker}: {handed.words}. Press u to undo.", handed.tx)


def remove_record(kind: str, uid: str, reason: str, programme: Programme, fate: Fate = UNSAID) -> Done:
    """Take a record out of the lists; ``fate`` is what becomes of what hangs on it."""
    saved = remove(programme.store(), kind, uid, programme.acting(), reason=reason, fate=fate)
    return Done(in_a_line(f"{saved.ref} removed. Press u to undo.", *saved.notes), saved.tx)


def restore_record(kind: str, uid: str, programme: Programme, *, along: bool = False) -> Done:
    """Bring a removed record back, ``along`` with what went with it."""
    saved = restore(programme.store(), kind, uid, programme.acting(), along=along)
    return Done(in_a_line(f"{saved.ref} is back in the list.", *saved.notes), saved.tx)
