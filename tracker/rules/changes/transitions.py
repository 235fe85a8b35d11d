"""What papers report of a record that differs between two days, and the tables of state changes that say it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from tracker.entities import Entity
from tracker.fields import humanise
from tracker.rules.day import Day
from tracker.rules.wording import lower_first

E = TypeVar("E", bound=Entity)


class Difference(NamedTuple):
    """One thing to report: its class, a text that follows the record's name, and the reason (empty: not known)."""

    group: str
    text: str
    reason: str = ""


class Transition(NamedTuple):
    """A change of state that papers report: its class and words, from and to which states (None: any).

    The words may hold ``{was}`` and ``{now}`` (the states in small letters) and ``{detail}``. ``explained``: the
    reason that was recorded for the change follows.
    """

    group: str
    words: str
    before: Sequence[str | None] | None = None
    after: Sequence[str | None] | None = None
    explained: bool = True

    def fits(self, before: str | None, now: str | None) -> bool:
        """Return whether a record that went from one state to another took this way."""
        return (self.before is None or before in self.before) and (self.after is None or now in self.after)


Reason = Callable[[str], str]  # why a field was changed, by its name; empty when it is not known
Differing = Iterable[Difference]
Rule = Callable[[E, E, Day, Reason], Differing]

RULES: dict[type[Entity], Rule[Entity]] = {}
TELLS: dict[type[Entity], tuple[str, ...]] = {}  # the fields of which only the rule speaks
TABLES: dict[type[Entity], Sequence[Transition]] = {}  # of registers of which only the state is reported


def differs(register: type[E], *tells: str) -> Callable[[Rule[E]], Rule[E]]:
    """Make a function the rule for the records of a register that were there on both days.

    ``tells`` are the fields of which it says all there is to say, beside the state; of the others their kind says it.
    """

    def keep(rule: Rule[E]) -> Rule[E]:
        def checked(before: Entity, now: Entity, day: Day, reason: Reason) -> Differing:
            assert isinstance(before, register)
            assert isinstance(now, register)
            return rule(before, now, day, reason)

        RULES[register] = checked
        TELLS[register] = tells
        return rule

    return keep


def transition(
    table: Iterable[Transition], before: Entity, now: Entity, reason: str = "", detail: str = ""
) -> Iterator[Difference]:
    """Yield what the first row that fits says of a record whose state changed; without one, the two states."""
    if before.state == now.state:
        return
    for row in table:
        if row.fits(before.state, now.state):
            words = row.words.format(was=state_words(before.state), now=state_words(now.state), detail=detail)
            yield Difference(row.group, words, reason if row.explained else "")
            return
    label = lower_first(type(now).fields()[now.state_field].label)
    yield Difference("changed", f"{label}: {state_words(before.state)} → {state_words(now.state)}", reason)


def opened_and_ended(register: type[Entity]) -> tuple[Transition, Transition]:
    """Return the table that goes for a register without one of its own: records end, or are opened again."""
    return (
        Transition("closed", "{now}", register.open_states, register.ended_states),
        Transition("worsened", "opened again, was {was}", register.ended_states, register.open_states),
    )


def state_words(state: str | None) -> str:
    """Return a state within a sentence: ``in progress``."""
    return humanise(str(state or "")).lower()


def direction(worse: bool) -> str:
    """Return the class of a change to the worse or to the better."""
    return "worsened" if worse else "improved"


def by_rank(ranks: Sequence[str], before: str, now: str) -> str:
    """Return the class of a change between two of some values, the best first."""
    return direction(ranks.index(now) > ranks.index(before))
