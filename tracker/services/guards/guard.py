"""Rules that need the calendar, the acting person or other records; the others stand in the entities."""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from tracker.entities import Entity, entity
from tracker.entities.laws import OnlyWhile, misplaced
from tracker.errors import Note, Problem
from tracker.fields import BACK, PAST, Field, Nothing, earliest
from tracker.ratings import SCALES
from tracker.rules.reading import show
from tracker.rules.wording import listed, optional, show_date, verb, with_article
from tracker.storage import Acting, E, Store, link, rating_scale, record

if TYPE_CHECKING:
    from tracker.rules.settings import Settings

Values = dict[str, Any]


class Proposal:
    """A record before it is saved; rules complete its ``values`` and report to it what is wrong and what is odd.

    ``before`` holds the values as they are in the file, with ``uid`` and ``created_by``; None for a new record.
    Where a kind of nothing is said, rules meet no value; ``nothings`` has what is said, by field.
    """

    def __init__(self, store: Store, register: type[Entity], values: Values, before: Values | None, by: Acting) -> None:
        self.store = store
        self.register = register
        self.nothings = {name: value for name, value in values.items() if isinstance(value, Nothing)}
        self.values = without_nothings(values) if self.nothings else dict(values)
        self.before = None if before is None else without_nothings(before)
        self._said_now = {name for name in self.nothings if before is None or before.get(name) != values[name]}
        self.by = by
        self.problems: list[Problem] = []
        self.notes: list[Note] = []
        self.undated: dict[str, str] = {}  # by field, the sentence that says that its day is not known

    @property
    def uid(self) -> str:
        """The uid of the record; empty for a new one."""
        return "" if self.before is None else str(self.before["uid"])

    def __getitem__(self, name: str) -> Any:
        """Return a value; None where there is none."""
        return self.values.get(name)

    def changed(self, *names: str) -> bool:
        """Return whether the record is new, or one of the fields has another value than before."""
        before = self.before
        return before is None or any(self.values.get(name) != before.get(name) for name in names)

    def linked(self, register: type[E], field: str) -> E | None:
        """Return the record that a reference names, removed or not; None where there is none."""
        return record(self.store, register, self[field])

    @property
    def outcome(self) -> Values:
        """The values with the kinds of nothing that stand in place of some."""
        return {**self.values, **{name: value for name, value in self.nothings.items() if self.values[name] is None}}

    def settle(self) -> None:
        """Let what the person said now win over what rules filled in, and that over what was said before."""
        self.values.update(dict.fromkeys(self._said_now))

    def excuses(self, field: str) -> bool:
        """Whether a field needs no value since a kind of nothing is said of it."""
        return field in self.nothings and self.values[field] is None

    def refuse(self, field: str, code: str, message: str, **values: object) -> None:
        """Report what is wrong with a field (empty: with the record)."""
        self.problems.append(Problem(field, code, message, values))

    def note(self, code: str, message: str, **values: object) -> None:
        """Report what the user should know."""
        self.notes.append(Note(code, message, **values))


def without_nothings(values: Values) -> Values:
    """Return values in which no kind of nothing is: rules and columns know values only."""
    return {name: None if isinstance(value, Nothing) else value for name, value in values.items()}


def guard(proposal: Proposal) -> None:
    """Hold a record to the calendar and to the rules of its register, which may complete its values."""
    register = proposal.register
    today = proposal.by.today
    for field in _days_that_were(register.stored()):
        day = proposal[field.name]
        has_been = PAST in field.flags or (BACK in field.flags and proposal.changed(field.name))
        if has_been and day is not None and earliest(day) > today:
            later = f"{field.label} ({day}) is later than today ({today})."
            if field.still_ahead:
                later += f" A day that is still to come goes into “{register.labels()[field.still_ahead]}”."
            proposal.refuse(field.name, "past", later)
    _note_late_entry(proposal)
    if register.kind in GUARDS:
        _loaded(GUARDS[register.kind], register.kind)(proposal)
    if register.published:
        _loaded("naming", "note_public_names")(proposal)
    if not register.hidden:
        _loaded("standing", "hold_beside_others")(proposal)


@cache
def _days_that_were(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """Return the fields whose day has been, always or when it is given."""
    return tuple(field for field in fields if field.flags & {PAST, BACK})


@cache
def _loaded(module: str, name: str) -> Callable[..., None]:
    rules: Callable[..., None] = getattr(import_module(f"tracker.services.guards.{module}"), name)
    return rules


def _note_late_entry(proposal: Proposal) -> None:
    happened = proposal[proposal.register.date_field]
    if proposal.before is not None or happened is None or happened >= proposal.by.today:
        return
    days = (proposal.by.today - happened).days
    if proposal.register.late_entry and days > settings_of(proposal.store).late_entry_days:
        proposal.note("late_entry", f"Recorded {days} days after it happened; papers will call it a late entry.")


def settings_of(store: Store) -> "Settings":
    """Return the programme's settings; loaded only when a rule comes near one of them, since that takes time."""
    from tracker.services.settings import read_settings

    return read_settings(store)


def settle_closing(proposal: Proposal) -> None:
    """Take out of a record what its state has no place for any more, and refuse what somebody gives it all the same."""
    register = proposal.register
    before = proposal.before
    if not register.closings:
        return
    stale, early = misplaced(register.closings, proposal.values, before)
    for closing in early:
        proposal.refuse(closing.field, "closing.early", _misplaced_words(proposal, closing))
    if not stale:
        return
    fields = register.fields()
    texts = []
    for closing in stale:
        field = fields[closing.field]
        texts.append(field.label.lower() + optional(" (", _shown(proposal, field), ")"))
        proposal.values[field.name] = closing.nothing
    state = fields[stale[0].when]
    now = show(state, proposal[state.name]).lower() or "empty"
    goes = f"{listed(texts)} {verb(len(texts))} taken out"
    proposal.note("reopened", f"{state.label} is {now}, so {goes}; the history keeps what was there.")


def _shown(proposal: Proposal, field: Field) -> str:
    """Return a day or a choice as a sentence names it; nothing for words, which may be long."""
    value = proposal[field.name]
    if field.kind == "date":
        return show_date(value)
    return show(field, value).lower() * (field.kind == "choice")


def _misplaced_words(proposal: Proposal, closing: OnlyWhile) -> str:
    fields = proposal.register.fields()
    register = proposal.register
    field = fields[closing.field]
    state = fields[closing.when]
    now = show(state, proposal[state.name]).lower() or "empty"
    places = " or ".join(show(state, value).lower() for value in closing.among)
    what = field.label + optional(" (", _shown(proposal, field), ")")
    states = f"that is {places}; this one is {now}"
    if state.name != "status":
        states = f"whose {state.label.lower()} is {places}; here it is {now}"
    mend = f"Set {state.label.lower()} to {show(state, closing.among[0]).lower()}, or leave it empty."
    return f"{what} is of {with_article(register.noun)} {states}. {mend}"


def guard_removal(store: Store, register: type[Entity], uid: str) -> None:
    """Raise TrackerError when a record may not be taken away, nor brought back, for what it belongs to."""
    if register.kind in REMOVALS:
        _loaded(REMOVALS[register.kind], "hold_open")(store, register, uid)


def choices_now(store: Store, kind: str) -> dict[str, tuple[str, ...]]:
    """Return, by field, the words that this programme allows where they are not all: those of its scale."""
    rated = [field.name for field in entity(kind).settable() if field.scale]
    return dict.fromkeys(rated, SCALES[rating_scale(store)].typed) if rated else {}


def links_that_do_not_hold(store: Store, register: type[Entity], values: Values) -> list[Problem]:
    """Return a problem for each reference to a record that does not exist."""
    return [
        Problem(field.name, "no_such_record", f"{field.label} refers to a record that does not exist.")
        for field in register.stored()
        if field.target and values.get(field.name) and link(store, field.target, values[field.name]) is None
    ]


# The module here that holds the rules of a register, in a function called like its kind; loaded when one is saved.
RELABELLED = "currency.relabelled"  # the code of the note on amounts that get another currency's name
GUARDS: dict[str, str] = {
    **dict.fromkeys(("programme", "confidence", "win", "iteration", "risk"), "delivery"),
    **dict.fromkeys(("session", "attendance", "evaluation"), "training"),
    **dict.fromkeys(("pilot", "gate", "criterion", "condition", "compliance"), "gates"),
    **dict.fromkeys(("body", "holiday"), "bodies"),
    "person": "people",
    "incident": "on_request",
    **dict.fromkeys(("metric", "measurement"), "metrics"),
    **dict.fromkeys(("service", "journey", "step", "integration", "issue", "feedback"), "services_and_journeys"),
    **dict.fromkeys(
        ("board", "item", "attendee", "correction", "acceptance", "snapshot", "decision", "action"), "boards"
    ),
}
# The module whose ``hold_open`` says whether a record may be removed or restored.
REMOVALS: dict[str, str] = dict.fromkeys(("board", "item", "attendee"), "boards")
