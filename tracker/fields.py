"""What every front needs to know of a field, read once from the annotations of its entity.

An entity is a plain class whose annotations carry the marks below; forms, tables, commands, tables of
the database, search and documents are all made from the ``Field`` objects that ``fields()`` returns.
pydantic checks the same annotations (tracker.entities.checking) and is loaded only when a check must be
explained: importing it costs as much as the rest of a command.
"""

from collections.abc import Mapping
from datetime import date
from functools import partial
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from tracker.days import DAY as DAY

# Known here under their own names to whoever asks for fields.
from tracker.days import FINANCIAL_QUARTERS as FINANCIAL_QUARTERS
from tracker.days import SPANS as SPANS
from tracker.days import VagueDay as VagueDay
from tracker.days import WorkedOut as WorkedOut
from tracker.days import earliest as earliest
from tracker.days import latest as latest
from tracker.days import months_on as months_on
from tracker.days import precision_of as precision_of
from tracker.nothing import MARKS as MARKS
from tracker.nothing import Nothing as Nothing
from tracker.ratings import RATING_MARKS, SCALES, Rated
from tracker.shares import ShareWhere as ShareWhere
from tracker.traits import Trait

Looks = Literal["ahead", "back", "either"]  # on which side of today a day lies, when it is written down


def same(first: object, second: object) -> bool:
    """Return whether two values are equal and, of days, equally exact."""
    return first == second and precision_of(first) == precision_of(second)


Value = str | int | float | bool | date | tuple[str, ...] | Nothing | None
Values = Mapping[str, Value]  # the values of a record by the names of their fields

MISSING: Any = ...  # the default of a field that has none


class Show(Trait):
    """How a field is shown to people; ``column`` puts it in lists, ``lines`` is the height of its editor.

    ``unset`` is what lists and pages say where it has no value.
    """

    label: str
    help: str = ""
    column: bool = False
    lines: int = 1
    unset: str = ""


Column = partial(Show, column=True)  # a field that stands in lists, too


class Length(Trait):
    """How long a text is at best (or how many items a list may have), and how long it is at least.

    A longer text is taken all the same, up to the limit of its field: what people already have comes in whole.
    """

    most: int = 0
    least: int = 0


# How many characters a text may have: an address, a text that tells something, and a title or a name.
ADDRESS_LIMIT = 2_000
NARRATIVE_LIMIT = 10_000
TITLE_LIMIT = 200
FIGURES = ("date", "decimal", "money", "number")  # kinds of fields of which a kind of nothing may be said
NARRATIVE_ADVICE = 200  # a text of which this many characters are advised, or more, tells something


class Between(Trait):
    """The smallest and the largest number allowed."""

    least: float | None = None
    most: float | None = None


class Pattern(Trait):
    """A shape of text, as an SQLite GLOB (``[A-Z][A-Z]``) and in words."""

    glob: str
    words: str


class Ref(Trait):
    """The value is the uid of a record of another kind."""

    kind: str


class Carried(Trait):
    """The value is that of the newest ``kind`` record that points here; it is not stored in this record.

    ``link`` is the field of that record that points here, ``on`` its date; ``where`` narrows the records;
    ``settable`` means that setting the value here adds such a record; ``source`` is the field of that record that is
    read (empty: the one called like this one).
    """

    kind: str
    link: str
    on: str
    where: tuple[tuple[str, str], ...] = ()
    settable: bool = True
    source: str = ""

    def said_by(self, values: "Values") -> Value:
        """Return the value that a record with these values gives the field; None where it gives none."""
        if any(values.get(name) != wanted for name, wanted in self.where):
            return None
        return values.get(self.source)


class OnScale(Trait):
    """The value is a rating on the scale that another field of the record names."""

    field: str


class Then(Trait):
    """Where nothing is stored, the value is that of a field of the one record of a kind when this one was recorded."""

    kind: str
    field: str


class Product(Trait):
    """The value is the product of two whole-number fields; it is never stored."""

    left: str
    right: str


class Reckoned(Trait):
    """People read what a rule works out from some fields; the column holds what a person set, if somebody did.

    ``rule`` is the rule's name (tracker.storage.columns.reckoning), ``of`` the fields that it is given, as they are
    stored.
    """

    rule: str
    of: tuple[str, ...]


class Moves(Trait):
    """A day whose moves papers report, as they call it: ``due date``."""

    label: str


class StillAhead(Trait):
    """The field that takes the day of this one while it is still to come: of an actual end the forecast end."""

    field: str


class Flag(str):
    """A property of a field; see the constants below."""

    __slots__ = ()


MONEY = Flag("money")  # a whole number of minor units (pence) of the programme's currency
PAST = Flag("past")  # the date something happened: not later than today
AHEAD = Flag("ahead")  # a day that is still to come when it is written down: due, planned, forecast
BACK = Flag("back")  # a day that has been when it is written down; less than a whole day may reach into what is to come
BEGINS = Flag("begins")  # the day on which something begins: where only its month is known, the first of it
FIRM = Flag("firm")  # orders or measures the record: it always has a value, and a whole day
KNOWN = Flag("known")  # always has a value, though of a day perhaps no more than its month
TODAY = Flag("today")  # filled with today's date when nothing is given
REASONED = Flag("reasoned")  # changing a value that was set needs a reason
PERSONAL = Flag("personal")  # names a person; erased with them
PUBLIC = Flag("public")  # may be published when its record may
CLOCK = Flag("clock")  # a time of day, 09:30
MONTH_DAY = Flag("month_day")  # a day of each year, 04-01
SHARE = Flag("share")  # a part of one, 0 to 1; people write and read it in per cent
MINUTES = Flag("minutes")  # a whole number of minutes of elapsed time; people write and read 3 d, 2 h, 45 min
TEMPLATE = Flag("template")  # belongs to a kind of thing: a template says it, and a copy of a record keeps it
ABOUT = Flag("about")  # the uid of a record of whichever register: of what is tied to any
KEY = Flag("key")  # records are looked up by it
ADDRESS = Flag("address")  # of a page or a document: longer than a name
TOLD = Flag("told")  # a text, but papers tell that it changed, as they do of all that is no text
UNTOLD = Flag("untold")  # papers do not tell that it changed: it follows from others, or helps those who run it
COMES_WITH = Flag("comes with")  # a day that is given with another state of the record: papers tell of that
YARDSTICK = Flag("yardstick")  # what figures are judged by: when it changes, they compare with none before
COSTS = Flag("costs")  # an amount of which more is worse
FILLED = Flag("filled")  # written by the program when the record is saved; nobody gives it


class Field:
    """One field of an entity in the terms that every front shares."""

    def __init__(self, name: str, annotation: Any, default: Value) -> None:
        self.name = name
        self.default = default
        self.show = Show(name.replace("_", " ").capitalize())
        self.shortest = self.longest = self.advised = 0
        self.least: float | None = None
        self.most: float | None = None
        self.glob = self.shape = ""
        self.target = self.moves = self.scale = self.still_ahead = ""
        self.share_where: ShareWhere | None = None
        self.then: Then | None = None
        self.carried: Carried | None = None
        self.product: Product | None = None
        self.reckoned: Reckoned | None = None
        self.flags: set[str] = set()
        for mark in annotation.__metadata__:
            self._take(mark)
        self.kind, self.optional, self.choices = self._type(annotation.__origin__)
        self.longest = self._limit()

    def _limit(self) -> int:
        """Return how many characters or items the value may have; 0 where nothing limits it."""
        if self.kind != "text" or self.advised in (0, self.shortest):  # a code has its exact length
            return self.advised
        if ADDRESS in self.flags:
            return ADDRESS_LIMIT
        tells = self.show.lines > 1 or self.advised >= NARRATIVE_ADVICE
        return NARRATIVE_LIMIT if tells else TITLE_LIMIT

    def _take(self, mark: object) -> None:
        match mark:
            case Show():
                self.show = mark
            case Length():
                self.advised, self.shortest = mark.most, mark.least
            case Between():
                self.least, self.most = mark.least, mark.most
            case Pattern():
                self.glob, self.shape = mark.glob, mark.words
            case Ref():
                self.target = mark.kind
            case Moves():
                self.moves = mark.label
            case Carried():
                self.carried = mark.but(source=mark.source or self.name)
            case OnScale():
                self.scale = mark.field
            case StillAhead():
                self.still_ahead = mark.field
            case ShareWhere():
                self.share_where = mark
            case Then():
                self.then = mark
            case Product():
                self.product = mark
            case Reckoned():
                self.reckoned = mark
            case Flag():
                self.flags.add(mark)

    def _type(self, annotation: Any) -> tuple[str, bool, tuple[str, ...]]:
        optional = False
        if get_origin(annotation) in (Union, UnionType):
            optional = True
            (annotation,) = (part for part in get_args(annotation) if part is not NoneType)
        if get_origin(annotation) is Literal:
            return "choice", optional, get_args(annotation)
        if get_origin(annotation) is tuple:
            return "list", optional, get_args(get_args(annotation)[0])  # of a plain str there are none
        if self.target:
            return "reference", optional, ()
        if MONEY in self.flags:
            return "money", optional, ()
        kinds = {str: "text", int: "number", float: "decimal", bool: "yes_no", date: "date"}
        return kinds[annotation], optional, ()

    @property
    def label(self) -> str:
        """The name people read."""
        return self.show.label

    @property
    def stored(self) -> bool:
        """Whether the value has a column of its own in the entity's table."""
        return self.carried is None and self.product is None

    @property
    def settable(self) -> bool:
        """Whether a person or a command can give the value."""
        if self.product is not None or FILLED in self.flags:
            return False
        return self.carried is None or self.carried.settable

    @property
    def stateful(self) -> bool:
        """Whether a kind of nothing may stand in place of the value: of money, days, figures, ratings and people."""
        return KNOWN not in self.flags and self.spoken_of

    @property
    def spoken_of(self) -> bool:
        """Whether something may be said of the field beside its value: a kind of nothing, or how exact a day is."""
        if not (self.stored and self.settable) or FIRM in self.flags:
            return False
        if not self.optional and self.default is not MISSING:  # there always is a value
            return False
        return self.kind in FIGURES or self.target == "person" or "not_rated" in self.choices

    @property
    def looks_back(self) -> bool:
        """Whether a month, quarter or year that is given for the day means its first day, and not its last."""
        return bool(self.flags & {PAST, BEGINS})

    @property
    def looks(self) -> Looks:
        """On which side of today the day lies that is given without its year."""
        if AHEAD in self.flags:
            return "ahead"
        return "back" if self.flags & {PAST, BACK} else "either"

    @property
    def required(self) -> bool:
        """Whether a new record must be given the value."""
        return self.settable and self.default is MISSING and not self.optional and TODAY not in self.flags

    @property
    def option(self) -> str:
        """The name as a command-line option, without dashes in front."""
        return self.name.replace("_", "-")


def humanise(code: str) -> str:
    """Return a stored choice as people read it: ``public_beta`` gives ``Public beta``; a rating as its scale has it."""
    if isinstance(code, Rated):
        return code.word
    return SPELLED.get(code) or code.replace("_", " ").capitalize()


SPELLED = {
    **{name: scale.label for name, scale in SCALES.items()},
    "e_learning": "E-learning",
    "sme": "SME",
    "cash_releasing": "Cash-releasing",
    "non_cash_releasing": "Non-cash-releasing",
    "amber_green": "Amber/Green",
    "amber_red": "Amber/Red",
    "within_3_months": "Within 3 months",
    "3_to_12_months": "3 to 12 months",
    "dpia": "DPIA",
    "atrs": "ATRS record",
    "cyber_test": "Cyber test",
    "as_is": "As is",
    "to_be": "To be",
    "measured_after": "Measured after",
    "wont_do": "Won't do",
    "api_standard": "API standard",
    "not_enough": "Not enough evidence",
}


def rating_text(rating: str | None) -> str:
    """Return a rating as mark and word of its scale; nothing recorded is neither green nor what somebody said."""
    if isinstance(rating, Rated) and rating.instead:
        return rating.instead
    return f"{RATING_MARKS.get(rating, '○')} {humanise(rating)}" if rating else "○ No rating"
