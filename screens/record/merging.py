"""On the page of a person: that another record is the same person, and who takes over what is open of theirs."""

from functools import partial
from typing import TYPE_CHECKING

from screens.commands import hand_over_work, merge_record
from screens.dialogs import Choose, Confirm
from screens.earlier import changing
from screens.fates import choices_of
from screens.widgets.pages import FullPage
from screens.work import Programme, read, write
from tracker.services.browsing import people_by_name
from tracker.services.records.people import parted

if TYPE_CHECKING:
    from tracker.services.reading import Link


class Merges(FullPage):
    """A page whose record of a person can become one with another; ``uid`` is that of the record."""

    uid: str

    @changing
    def action_merge(self) -> None:
        """Ask which record is the same person."""
        read(self, lambda programme: people_by_name(programme.store()), self._ask_which, "people", keys_wait=True)

    def _ask_which(self, people: "list[Link]") -> None:
        names = {person.uid: str(person) for person in people}
        name = names.pop(self.uid, "this record")
        if not names:
            self.notify("There is nobody else with whom this could be one.", markup=False)
            return
        question = f"Which record is the same person as {name}, and stays?"
        self.app.push_screen(Choose(question, list(names.items())), partial(self._ask_why, name, names))

    def _ask_why(self, name: str, names: dict[str, str], person: str | None) -> None:
        if person is None:
            return
        question = f"{name} becomes one with {names[person]}: all that points at it goes there. Why are they one?"
        self.app.push_screen(Confirm(question, "Merge", "Leave both", reason=True), partial(self._merge, person))

    def _merge(self, person: str, reason: str | None) -> None:
        if reason is not None:
            write(self, partial(merge_record, self.uid, person, reason))

    @changing
    def action_hand_over(self) -> None:
        """Ask who takes over what is open of this person's."""
        read(self, self._takers, self._ask_taker, "people", keys_wait=True)

    def _takers(self, programme: Programme) -> list[tuple[str, str]]:
        store = programme.store()
        return choices_of(
            [person for person in people_by_name(store) if person.uid != self.uid], parted(store, programme.today())
        )

    def _ask_taker(self, people: list[tuple[str, str]]) -> None:
        if not people:
            self.notify("There is nobody else who could take over.", markup=False)
            return
        question = "Who takes over what is open of this person’s? One undo takes it back."
        self.app.push_screen(Choose(question, people), self._hand_over)

    def _hand_over(self, taker: str | None) -> None:
        if taker is not None:
            write(self, partial(hand_over_work, self.uid, taker))
