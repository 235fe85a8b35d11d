"""What every entity has, types that several share, and the rules that tie fields of one record together."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Annotated as A
from typing import ClassVar, Literal, Self, dataclass_transform

from tracker.entities.laws import Ending, Law, Once, OnlyWhile
from tracker.entities.laws import Needed as Needed
from tracker.entities.laws import NoHigher as NoHigher
from tracker.entities.laws import NotBoth as NotBoth
from tracker.entities.laws import Order as Order
from tracker.errors import Problem
from tracker.fields import (
    MISSING,
    PUBLIC,
    TEMPLATE,
    Between,
    Field,
    Length,
    Ref,
    Show,
    Value,
    Values,
    earliest,
    humanise,
    latest,
)
from tracker.traits import Trait

Text = str | None
Number = int | None
Name = A[str, Length(80, 1)]
Text80 = A[Text, Length(80)]
Text200 = A[Text, Length(200)]
Text300 = A[Text, Length(300)]
Text400 = A[Text, Length(400)]
Person = A[Text, Ref("person")]
Pilot = A[Text, Ref("pilot")]
Service = A[Text, Ref("service")]
Day = date | None
Rating = Literal["green", "amber_green", "amber", "amber_red", "red", "not_rated"]
RatingScale = Literal["rag3", "rag5", "dta5"]

# The scales of risks. Only their ends have names; what lies between is for each programme to say.
SCALE = Between(1, 5)
LIKELIHOODS = ("rare", "almost certain")
IMPACTS = ("minor", "severe")
LIKELIHOOD_HELP = f"Now, with controls: 1 {LIKELIHOODS[0]} to 5 {LIKELIHOODS[1]}"
IMPACT_HELP = f"Now, with controls: 1 {IMPACTS[0]} to 5 {IMPACTS[1]}"


def old_ref(register: "type[Entity]", number: int, site: str = "") -> str:
    """Return the ref of the nth record as copies of the file wrote it once: ``R-B014``."""
    return f"{register.prefix}-{site}{number:0{register.digits}}"


class Due(Trait):
    """A day by which something of a record is to be done: the last one on which it is not late.

    ``field`` holds the day, ``label`` is what is due then (empty: the record itself), and ``words`` says that the day
    has passed, with ``{day}`` (empty: “what changed” does not tell of it). It is to be done while each field of
    ``needs`` has one of its values (nothing there: while the record is open). Once the day in ``settled_on`` has come,
    it is done. ``decides``: something is decided of a pilot by then. ``by_rule``: tracker.rules.outstanding works it
    out; ``part`` then says of which part of the record.
    """

    field: str = ""
    label: str = ""
    words: str = "overdue since {day}"
    needs: tuple[tuple[str, tuple[str | None, ...]], ...] = ()
    settled_on: str = ""
    decides: bool = False
    by_rule: bool = False
    part: str = ""


WHY = "{why}"  # in ``let_go``: the words that say why
Visibility = Literal["public", "internal", "restricted"]
Sensitivity = Literal["personal", "commercial", "security", "legal", "policy"]

REMOVAL = ("deleted_at", "deleted_by", "deleted_reason")
STAMPS = ("rev", "created_at", "created_by", "updated_at", "updated_by", *REMOVAL)  # of every record, never given
COMMON_FIELDS = ("visibility", "sensitivity", "tags")  # of every register
COMMON_LAWS: tuple[Law, ...] = (NotBoth("sensitivity", "visibility", "public"),)


@dataclass_transform(kw_only_default=True, frozen_default=True)
class Entity:
    """A record of one kind; its annotations define each field once for every front, its class attributes the register.

    What it is called: ``kind`` (table and command), ``noun`` (the kind when empty) and ``plural`` (with an s when
    empty), ``prefix`` and ``digits`` (of the ref), ``lead_field`` (which a command takes first), ``name_field`` (which
    names the record: the same when empty), ``example`` (what may follow ``tracker KIND add``).

    How records come about: ``laws`` (rules between fields), ``closings`` (what has a place only in some states),
    ``once`` (which fields together only one record has), ``append_only`` (a mistake is mended by a new record),
    ``made_with`` (the command that alone makes such records, which are never taken away), ``hidden`` (no register
    that people see), ``on_request`` (fronts and papers show it only once it has a record, or a setting asks for it).

    What it belongs to: ``belongs_to`` (the reference by which a record belongs to its owner: what is said of the owner,
    such as that it is restricted, goes for the record too), ``belongs_through`` (where that is empty, the first of
    these references that is not: an action belongs to the pilot of its risk), ``detail`` (nobody counts it as a record
    of its own), ``shared`` (signals about one pilot need the records of all), ``raised_by_others`` (a record is no
    update by the pilot that it is about), ``listed`` (where the screens put its list: among the first, between, or at
    the end).

    Who answers for a record, and when: ``owner_field`` (a person), ``role_field`` (a role in words, where no person
    does), ``offices`` (people who hold an office, which somebody else takes over when they leave, for the ``term``
    between two days), ``date_field`` (the day it happened), ``state_field`` with ``open_states`` (something is still to
    be done; None: while the field is empty; ``open_word`` says it) and ``ended_states`` (nothing is), ``due_field`` (an
    open record is late after this day), ``past_states`` (in which the ``date_field`` has been, though it looks ahead in
    others), ``dues`` (all days after which something of it is late: that of ``due_field`` by itself), ``endings`` (how
    the record ends so that what is open on it has lost its ground: whoever ends it says what becomes of that, and what
    is left is counted apart, not as late; ``standing_states``: in these it keeps its ground all the same), ``let_go``
    (what ends an open record whose ground is gone; WHY stands for the words; empty: only a person can say how it
    ended).

    How papers treat it: ``printed`` (the texts of its records stand in them), ``changes_rank`` (its place in “what
    changed”, by number; 0: never there), ``late_entry`` (a record dated before the last board and recorded after it is
    called that), ``counted_when_new`` (new records are counted, not listed), ``introduced_by`` (the field that is told
    of a new record), ``late_words`` (of a late record, with ``{day}``), ``named_by`` (papers name a record by itself,
    with the ref of its owner, or by the owner alone), ``asked_when_late`` (its owner is asked for late records when a
    board's papers are collected), ``own_table`` (the pack lists the open records in a table made from the columns, and
    the summary counts them: for registers without a section of theirs).

    What is public: ``published`` (the fields marked PUBLIC of public records may leave the organisation),
    ``public_states`` (in these states only; empty: in each), ``as_public_as_owner`` (the owner's visibility decides).
    """

    kind: ClassVar[str]
    noun: ClassVar[str] = ""
    plural: ClassVar[str] = ""
    prefix: ClassVar[str]
    digits: ClassVar[int] = 3
    lead_field: ClassVar[str]
    name_field: ClassVar[str] = ""
    example: ClassVar[str] = ""

    laws: ClassVar[tuple[Law, ...]] = ()
    closings: ClassVar[tuple[OnlyWhile, ...]] = ()
    once: ClassVar[tuple[Once, ...]] = ()
    append_only: ClassVar[bool] = False
    made_with: ClassVar[str] = ""
    hidden: ClassVar[bool] = False
    on_request: ClassVar[bool] = False

    belongs_to: ClassVar[str] = ""
    belongs_through: ClassVar[tuple[str, ...]] = ()
    detail: ClassVar[bool] = False
    shared: ClassVar[bool] = False
    raised_by_others: ClassVar[bool] = False
    listed: ClassVar[Literal["first", "between", "last"]] = "between"

    owner_field: ClassVar[str] = ""
    role_field: ClassVar[str] = ""
    offices: ClassVar[tuple[str, ...]] = ()
    term: ClassVar[tuple[str, str]] = ("", "")
    date_field: ClassVar[str] = ""
    state_field: ClassVar[str] = ""
    open_states: ClassVar[tuple[str | None, ...]] = ()
    ended_states: ClassVar[tuple[str, ...]] = ()
    open_word: ClassVar[str] = "open"
    due_field: ClassVar[str] = ""
    dues: ClassVar[tuple[Due, ...]] = ()
    endings: ClassVar[tuple[Ending, ...]] = ()
    standing_states: ClassVar[tuple[str, ...]] = ()
    let_go: ClassVar[tuple[tuple[str, Value], ...]] = ()
    past_states: ClassVar[tuple[str, ...]] = ()

    printed: ClassVar[bool] = True
    changes_rank: ClassVar[int] = 0
    late_entry: ClassVar[bool] = False
    counted_when_new: ClassVar[bool] = False
    introduced_by: ClassVar[str] = ""
    late_words: ClassVar[str] = "overdue since {day}"
    named_by: ClassVar[Literal["itself", "itself and owner", "owner"]] = "itself"
    asked_when_late: ClassVar[bool] = False
    own_table: ClassVar[bool] = False

    published: ClassVar[bool] = False
    public_states: ClassVar[tuple[str, ...]] = ()
    as_public_as_owner: ClassVar[bool] = False

    _fields: ClassVar[dict[str, Field]]

    uid: str = ""
    ref: str = ""
    rev: int = 0
    created_at: str = ""
    created_by: str | None = None
    updated_at: str = ""
    updated_by: str | None = None
    deleted_at: str | None = None
    deleted_by: str | None = None
    deleted_reason: str | None = None
    visibility: A[
        Visibility, Show("Visibility", "Who may read the record; public also needs the field to be public")
    ] = "internal"
    sensitivity: A[
        tuple[Sensitivity, ...],
        Show("Sensitivity", "Why the record is sensitive; any of these forbids public"),
    ] = ()
    tags: A[tuple[str, ...], Length(20), Show("Tags", "Your own words, separated by commas")] = ()

    def __init_subclass__(cls) -> None:
        cls.noun = cls.noun or cls.kind
        cls.plural = cls.plural or f"{cls.noun}s"
        cls.name_field = cls.name_field or cls.lead_field
        if cls.due_field and not cls.dues:
            cls.dues = (Due(cls.due_field, words=cls.late_words),)

    def __init__(self, **values: Value) -> None:
        self.__dict__.update(values)

    @classmethod
    def holding(cls, values: dict[str, Value]) -> Self:
        """Return a record that keeps a dict of its values as it is: for many at once; nobody else may hold the dict."""
        record = cls.__new__(cls)
        record.__dict__ = values
        return record

    @classmethod
    def completed(cls, values: dict[str, Value], before: Values | None, today: date) -> dict[str, Value]:
        """Return the values with what follows from them filled in; ``before`` is None for a new record."""
        return values

    @classmethod
    def deed_day(cls, values: Values, before: Values | None, today: date, own: str, state: str = "") -> date | None:
        """Return the day on which something was done that is recorded today, where nobody says: today, or not known.

        It is not known of a new record whose own day, in the field ``own``, has passed: it was done at some time since;
        nor of one that was in its ``state`` (a field; empty: that of the register) before.
        """
        state = state or cls.state_field
        if before is not None and before.get(state) == values.get(state):
            return None
        day = values.get(own)
        if before is None and isinstance(day, date) and earliest(day) < today:
            return None
        return today

    @classmethod
    def fields(cls) -> dict[str, Field]:
        """Return the fields by name, in the order people meet them; the common ones come last."""
        if "_fields" not in cls.__dict__:  # made when first asked for: many classes are loaded and never asked
            marked = [pair for pair in cls.__annotations__.items() if hasattr(pair[1], "__metadata__")]
            common = [(name, Entity.__annotations__[name]) for name in COMMON_FIELDS]
            cls._fields = {name: Field(name, mark, getattr(cls, name, MISSING)) for name, mark in (*marked, *common)}
        return cls._fields

    @classmethod
    def columns(cls) -> list[Field]:
        """Return the fields that lists show."""
        return [field for field in cls.fields().values() if field.show.column]

    @classmethod
    @cache
    def stored(cls) -> tuple[Field, ...]:
        """Return the fields that have a column in the table."""
        return tuple(field for field in cls.fields().values() if field.stored)

    @classmethod
    @cache
    def settable(cls) -> tuple[Field, ...]:
        """Return the fields that a person or a command can give."""
        return tuple(field for field in cls.fields().values() if field.settable)

    @classmethod
    @cache
    def labels(cls) -> Mapping[str, str]:
        """Return the label of each field by its name."""
        return {name: field.label for name, field in cls.fields().items()}

    @classmethod
    def all_laws(cls) -> tuple[Law, ...]:
        """Return the rules between fields, the common ones last."""
        return cls.laws + COMMON_LAWS

    @classmethod
    def broken_laws(cls, values: Values) -> Iterator[Problem]:
        """Yield a problem for each rule between fields that the values break."""
        labels = cls.labels()
        for law in cls.all_laws():
            problem = law.broken(values, labels)
            if problem is not None:
                yield problem

    @classmethod
    def new_ref(cls, number: int, site: str = "") -> str:
        """Return the ref of the nth record: ``R-014``, or ``R-014.B`` in the copy of the file that is site B.

        Refs of copies were ``R-B014`` once, which could be read as those of another register; they stay as they are.
        """
        return f"{cls.prefix}-{number:0{cls.digits}}{site and '.'}{site}"

    @classmethod
    def public_fields(cls) -> tuple[str, ...]:
        """Return the names of the fields that a public paper may show; none when the register is not published."""
        if not cls.published:
            return ()
        return tuple(name for name, field in cls.fields().items() if PUBLIC in field.flags)

    @classmethod
    def has_templates(cls) -> bool:
        """Return whether a record can be made from a template, which its field ``template`` names."""
        return "template" in cls.fields()

    @classmethod
    def template_fields(cls) -> tuple[str, ...]:
        """Return the names of the fields that a template says and a copy keeps, the common ones last."""
        marked = (name for name, field in cls.fields().items() if TEMPLATE in field.flags)
        return (*marked, *COMMON_FIELDS)

    @property
    def state(self) -> str | None:
        """The value of the register's ``state_field``; empty for a register without one."""
        state: str | None = getattr(self, self.state_field, "")
        return state

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done about the record; False for a register without states."""
        return self.state in self.open_states

    @property
    def has_ended(self) -> bool:
        """Whether nothing is to be done about the record any more; False for a register without states."""
        return self.state in self.ended_states

    def outstanding(self, today: date) -> Iterator[tuple[Due, date]]:
        """Yield what is on a day still to be done by another, with the last day on which it is not late.

        A month, quarter or year ends with its last day; a kind of nothing is no day.
        """
        for due in (due for due in self.dues if not due.by_rule):
            day = getattr(self, due.field)
            needs = due.needs or ((self.state_field, self.open_states),)
            settled = getattr(self, due.settled_on, None)
            done = settled is not None and settled <= today
            if isinstance(day, date) and not done and all(getattr(self, name) in values for name, values in needs):
                yield due, latest(day)


def called(register: type[Entity], name: Value) -> str:
    """Return the name of a record as people read it: of a choice its word, of a rating that of its scale."""
    if isinstance(name, str) and register.fields()[register.name_field].kind == "choice":
        return humanise(name)
    return str(name or "")


def ended_word(record: Entity, day: date) -> str:
    """Return the word for how a record has ended by a day, ``stopped``; empty where it has not."""
    for ending in record.endings:
        if ending.has_come(vars(record), day):
            return ending.word or humanise(str(getattr(record, ending.field))).lower()
    return ""


def lost_word(record: Entity, day: date) -> str:
    """Return the word for the end of a record by which what hangs on it has lost its ground; empty where it stands."""
    return "" if record.state in record.standing_states else ended_word(record, day)


def can_end_by(register: type[Entity], names: Iterable[str]) -> bool:
    """Return whether a change of some fields can end a record."""
    return not {ending.field for ending in register.endings}.isdisjoint(names)


def ends_with(record: Entity, values: Values) -> bool:
    """Return whether these values end a record, by whichever day."""
    return any(values[ending.field] in ending.among for ending in record.endings if ending.field in values)


def ground_of(record: Entity) -> str:
    """Return the reference by which a record belongs to another one; empty for one that belongs to none."""
    for name in (record.belongs_to, *record.belongs_through):
        if name and getattr(record, name, None):
            return name
    return ""


def lacking(register: type[Entity], values: Values) -> set[str]:
    """Return the fields that lack what the register asks for: a value, its least length, a rule between fields."""
    lacking = {problem.field for problem in register.broken_laws(values)}
    for field, least in _demanding(register.stored()):
        value = values.get(field.name)
        too_short = isinstance(value, str) and field.kind == "text" and len(value) < least
        if too_short or (value is None and not field.optional):
            lacking.add(field.name)
    return lacking


@cache
def _demanding(fields: tuple[Field, ...]) -> tuple[tuple[Field, int], ...]:
    """Return the fields that ask for a value, or for its least length, with that length."""
    least = ((field, max(field.shortest, not field.optional)) for field in fields)
    return tuple((field, length) for field, length in least if length)
