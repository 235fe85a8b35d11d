"""What is late, in the lists and on the pages of registers."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from tracker.entities import Entity
from tracker.services.reading import Condition, Store, among

if TYPE_CHECKING:
    from tracker.rules.late import Deadline

LATE = "late"  # the name under which lists show it, and --where asks for it


class Marks:
    """What is late of some records of a register on a day: as words for lists, as objects for JSON."""

    def __init__(
        self, store: Store, register: type[Entity], today: date, uids: Sequence[str], *, asked: bool = True
    ) -> None:
        self.today = today
        self.are_shown = asked and bool(register.dues)
        self._of: dict[str, list[Deadline]] = {}
        if self.are_shown:
            from tracker.services.late import late_of

            for deadline in late_of(store, register, today, uids):
                self._of.setdefault(deadline.uid, []).append(deadline)

    def text(self, uid: str) -> str:
        """Return what is late of a record; empty where nothing is."""
        if uid not in self._of:
            return ""
        from tracker.rules.late import late_mark

        return late_mark(self._of[uid], self.today)

    def data(self, uid: str) -> dict[str, Any]:
        """Return what is late of a record as JSON has it; nothing of a register in which nothing can be late."""
        if not self.are_shown:
            return {}
        late = [
            {
                "what": deadline.what,
                "day": deadline.day.isoformat(),
                "days_late": deadline.days_late(self.today),
                "apart": deadline.apart,
            }
            for deadline in self._of.get(uid, ())
        ]
        return {LATE: late}


def is_late(store: Store, register: type[Entity], today: date) -> Condition:
    """Return the condition that finds the records of which something is late; what is counted apart is not."""
    from tracker.services.late import late_of

    uids = dict.fromkeys(deadline.uid for deadline in late_of(store, register, today) if not deadline.apart)
    return among("uid", [*uids])
