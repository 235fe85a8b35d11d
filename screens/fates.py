"""What hangs on a record that goes or ends: asking what becomes of it, and removing a record with the answer."""

from collections.abc import Callable
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.dom import DOMNode
from textual.widgets import OptionList

from screens.commands import remove_record, restore_record
from screens.dialogs import Choose, Confirm
from screens.widgets.one_line import OneLine
from screens.widgets.typing_ahead import interrupt
from screens.work import Programme, read, read_beside, write
from tracker.entities import entity
from tracker.errors import Invalid, TrackerError
from tracker.rules.wording import optional
from tracker.services.browsing import Link, named
from tracker.services.gone_together import removed_with, words_of
from tracker.services.guards.standing import LEFT
from tracker.services.records.hanging import WAYS, asked_of_removal
from tracker.services.records.people import parted
from tracker.services.records.writing import UNSAID, Fate

FIRST = "✗ Choose first what becomes of it: ↑ and ↓, then Enter."
Answer = Callable[[Fate], object]


def remove_asking(node: DOMNode, kind: str, uid: str, name: str) -> None:
    """Ask what becomes of what hangs on a record, where something does, and why it goes; then remove it."""
    read(node, partial(_asked, kind, uid), partial(_ask_why, node, kind, uid, name), "remove", keys_wait=True)


def _asked(kind: str, uid: str, programme: Programme) -> TrackerError | None:
    return asked_of_removal(programme.store(), entity(kind), uid, programme.today())


def _ask_why(node: DOMNode, kind: str, uid: str, name: str, hanging: TrackerError | None) -> None:
    dialog = Removal(name, hanging)

    def remove(reason: str, fate: Fate) -> None:
        write(node, partial(remove_record, kind, uid, reason, fate=fate))

    def answered(reason: str | None) -> None:
        if reason is not None and hanging is not None:
            _chosen(node, hanging, partial(remove, reason), dialog.way)
        elif reason is not None:
            remove(reason, UNSAID)

    if hanging is None:
        node.app.push_screen(dialog, answered)
    else:
        interrupt(node, dialog, answered)


class Removal(Confirm):
    """Asks whether a record is removed: what hangs on it first, then what becomes of that (``way``), then why."""

    def __init__(self, name: str, hanging: TrackerError | None) -> None:
        question = f"Remove {name}? It stays in the file and can be brought back."
        self.ways: tuple[str, ...] = ()
        self.way = ""
        if hanging is not None:
            question += f"\n{_asking(hanging)}"
            self.ways = WAYS[hanging.code]
            self._words = _words(hanging)
        super().__init__(question, "Remove", "Keep", reason=True)

    def choices(self) -> ComposeResult:
        """Give the ways."""
        if self.ways:
            yield OptionList(*self._options(), markup=False, compact=True)

    def _options(self) -> list[Content]:
        return [Content(f"({'•' if way == self.way else ' '}) {self._words[way]}") for way in self.ways]

    def refuses_key(self, key: str, character: str | None) -> bool:
        """Return whether a key is text that no line takes: it would answer, though the reason was meant."""
        is_text = character is not None and character.isprintable() and character != " "
        refused = is_text and isinstance(self.focused, OptionList)
        if refused:
            self.say(".wrong", FIRST)
        return refused

    @on(OptionList.OptionSelected)
    def _choose(self, event: OptionList.OptionSelected) -> None:
        """Take a way, and go on to the reason."""
        self.way = self.ways[event.option_index]
        for place, option in enumerate(self._options()):
            event.option_list.replace_option_prompt_at_index(place, option)
        self.say(".wrong", "")
        self.query_one(OneLine).focus()

    def action_yes(self) -> None:
        """Answer yes, once a way is chosen."""
        if self.ways and not self.way:
            self.say(".wrong", FIRST)
            self.query_one(OptionList).focus()
        else:
            super().action_yes()


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

    interrupt(node, Choose(f"Gone as well: {gone}. Does that come back too?", choices), answered)


def ask(node: DOMNode, error: TrackerError, answer: Answer) -> None:
    """Ask what becomes of what hangs on a record, as an error says it; nothing is answered when nobody chooses."""
    words = _words(error)
    # A key that was typed before the question came must not decide, hence what is highlighted first changes nothing.
    choices = [("", "Go back: nothing changes"), *((way, words[way]) for way in WAYS[error.code])]
    interrupt(node, Choose(_asking(error), choices), partial(_chosen, node, error, answer))


def _asking(error: TrackerError) -> str:
    return str(error).removesuffix(" Nothing was saved.")


def _words(error: TrackerError) -> dict[str, str]:
    """Return what people read of each way."""
    return {
        "with": "Take it along: it is closed, or removed",
        "move": f"Move it to another {error.values['noun']} …",
        "leave": "Leave it as it is",
    }


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
