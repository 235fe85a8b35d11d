"""What hangs on a record that goes or ends: asking what becomes of it, and removing a record with the answer."""

from collections.abc import Callable
from functools import partial

from textual.dom import DOMNode

from screens.commands import remove_record, restore_record
from screens.dialogs import Choose, Confirm
from screens.widgets.typing_ahead import interrupt
from screens.work import Done, Programme, read, read_beside, write
from tracker.errors import Invalid, TrackerError
from tracker.rules.wording import optional
from tracker.services.browsing import Link, named
from tracker.services.gone_together import removed_with, words_of
from tracker.services.guards.standing import LEFT
from tracker.services.records.hanging import WAYS
from tracker.services.records.people import parted
from tracker.services.records.writing import UNSAID, Fate

Answer = Callable[[Fate], object]


def remove_asking(node: DOMNode, kind: str, uid: str, reason: str, fate: Fate = UNSAID) -> None:
    """Remove a record; where something hangs on it, ask first what becomes of that."""
    again = partial(remove_asking, node, kind, uid, reason)
    job = partial(_removed_or_not, kind, uid, reason, fate)
    read_beside(node, job, partial(_show, node, again), "write", keys_wait=True)


def _removed_or_not(kind: str, uid: str, reason: str, fate: Fate, programme: Programme) -> Done | TrackerError:
    try:
        return remove_record(kind, uid, reason, programme, fate)
    except TrackerError as error:
        if error.code in WAYS:
            return error
        raise


def _show(node: DOMNode, again: Answer, result: Done | TrackerError) -> None:
    if isinstance(result, Done):
        node.app.post_message(result)
    else:
        ask(node, result, again)


def restore_asking(node: DOMNode, kind: str, uid: str) -> None:
    """Bring a removed record back; where something went with it, ask first whether that comes back too."""
    read_beside(node, partial(_went_with, uid), partial(_ask_what_returns, node, kind, uid), "write", keys_wait=True)


def _went_with(uid: str, programme: Programme) -> str:
    return words_of(removed_with(programme.store(), uid))


def _ask_what_returns(node: DOMNode, kind: str, uid: str, gone: str) -> None:
    if not gone:
        write(node, partial(restore_record, kind, uid))
        return
    choices = [("", "Go back: nothing changes"), ("along", "Bring all of it back"), ("alone", "Bring back it alone")]

    def answered(way: str | None) -> None:
        if way:
            write(node, partial(restore_record, kind, uid, along=way == "along"))

    interrupt(node, Choose(f"What went: {gone}.", choices), answered)


def ask(node: DOMNode, error: TrackerError, answer: Answer) -> None:
    """Ask what becomes of what hangs on a record, as an error says it; nothing is answered when nobody chooses."""
    noun = str(error.values["noun"])
    words = {
        "with": "Take it along: it is closed, or removed",
        "move": f"Move it to another {noun} …",
        "leave": "Leave it as it is",
    }
    question = str(error).removesuffix(" Nothing was saved.")
    # A key that was typed before the question came must not decide, hence what is highlighted first changes nothing.
    choices = [("", "Go back: nothing changes"), *((way, words[way]) for way in WAYS[error.code])]
    interrupt(node, Choose(question, choices), partial(_chosen, node, error, answer))


def asks_all_the_same(node: DOMNode, error: TrackerError, again: Callable[[tuple[str, ...]], object]) -> bool:
    """Ask whether work goes to somebody who has left; return whether that alone was wrong.

    ``again`` gets the codes of the problems that do not count, when somebody says so.
    """
    if not isinstance(error, Invalid) or any(problem.code != LEFT for problem in error.problems):
        return False

    def answered(answer: str | None) -> None:
        if answer is not None:
            again((LEFT,))

    interrupt(node, Confirm(f"{error} Save it all the same?", "Save", "Go back"), answered)
    return True


def _chosen(node: DOMNode, error: TrackerError, answer: Answer, way: str | None) -> None:
    match way:
        case "with":
            answer(Fate("with"))
        case "leave":
            answer(Fate("leave"))
        case "move":
            kind = str(error.values["kind"])
            ref = str(error.values["ref"])
            read(node, partial(_others, kind, ref), partial(_ask_which, node, answer), "others", keys_wait=True)


def _others(kind: str, ref: str, programme: Programme) -> list[tuple[str, str]]:
    """Return uid and name of every other record of a kind, those of people who left last and marked."""
    store = programme.store()
    return choices_of([record for record in named(store, kind) if record.ref != ref], parted(store, programme.today()))


def choices_of(records: list[Link], marks: dict[Link, str]) -> list[tuple[str, str]]:
    """Return uid and name of records, to choose from; those that are marked come last, with their marks."""
    ordered = sorted(records, key=lambda record: record in marks)
    return [(record.uid, f"{record}{optional(' (', marks.get(record), ')')}") for record in ordered]


def _ask_which(node: DOMNode, answer: Answer, others: list[tuple[str, str]]) -> None:
    if not others:
        node.app.notify("There is no other one to which it could move.", markup=False)
        return
    node.app.push_screen(Choose("To which one does it move?", others), partial(_moved, answer))


def _moved(answer: Answer, uid: str | None) -> None:
    if uid is not None:
        answer(Fate("move", uid))
