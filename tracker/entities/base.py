"""What every entity has, and the rules that tie fields of one record together."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated as A
from typing import Any, ClassVar, Literal, NamedTuple, Self, dataclass_transform

from tracker.errors import Problem
from tracker.fields import MISSING, Field, Length, Show

Values = Mapping[str, Any]


class Order(NamedTuple):
    """The first field is not after (or above) the second, when both are given."""

    first: str
    second: str

    def sql(self) -> str:
        return f'"{self.first}" <= "{self.second}"'

    def broken(self, values: Values, labels: Mapping[str, str]) -> Problem | None:
        low, high = values.get(self.first), values.get(self.second)
        if low is None or high is None or low <= high:
            return None
        verb = "after" if isinstance(low, date) else "more than"
        what = f"{labels[self.first]} ({low}) is {verb} {labels[self.second].lower()} ({high})"
        return Problem(self.second, "order", f"{what}. Change one of the two.")


class Needed(NamedTuple):
    """The field must be given (at least ``least`` characters) while another has one of some values."""

    field: str
    when: str
    among: tuple[str, ...]
    least: int = 1

    def sql(self) -> str:
        among = ",".join(f"'{value}'" for value in self.among)
        return (
            f'"{self.when}" IS NULL OR "{self.when}" NOT IN ({among}) '
            f'OR coalesce(length("{self.field}"), 0) >= {self.least}'
        )

    def broken(self, values: Values, labels: Mapping[str, str]) -> Problem | None:
        given = values.get(self.field)
        long_enough = given is not None and len(str(given)) >= self.least
        if values.get(self.when) not in self.among or long_enough:
            return None
        size = f" of at least {self.least} characters" if self.least > 1 else ""
        state = str(values[self.when]).replace("_", " ")
        return Problem(
            self.field,
            "needed",
            f"{labels[self.field]} is needed{size} when {labels[self.when].lower()} is {state}.",
        )


class NoHigher(NamedTuple):
    """The product of the first pair is not above that of the second, unless ``excuse`` says why."""

    first: tuple[str, str]
    second: tuple[str, str]
    excuse: str
    words: str

    def sql(self) -> str:
        (a, b), (c, d) = self.first, self.second
        return f'"{a}" * "{b}" <= "{c}" * "{d}" OR coalesce(length("{self.excuse}"), 0) > 0'

    def broken(self, values: Values, labels: Mapping[str, str]) -> Problem | None:
        numbers = [values.get(name) for name in (*self.first, *self.second)]
        if None in numbers or values.get(self.excuse):
            return None
        a, b, c, d = numbers
        if a * b <= c * d:  # type: ignore[operator]
            return None
        return Problem(
            self.first[0],
            "no_higher",
            f"{self.words} ({a * b} against {c * d}). "  # type: ignore[operator]
            f"Change the figures, or say why in {labels[self.excuse].lower()}.",
        )


class NotBoth(NamedTuple):
    """A list must be empty while another field has one value."""

    field: str
    when: str
    value: str

    def sql(self) -> str:
        return f"\"{self.when}\" <> '{self.value}' OR \"{self.field}\" = ''"

    def broken(self, values: Values, labels: Mapping[str, str]) -> Problem | None:
        if values.get(self.when) != self.value or not values.get(self.field):
            return None
        given = ", ".join(values[self.field])
        return Problem(
            self.when,
            "not_both",
            f"{labels[self.when]} cannot be {self.value} while {labels[self.field].lower()} is {given}.",
        )


Law = Order | Needed | NoHigher | NotBoth

Visibility = Literal["public", "internal", "restricted"]
Sensitivity = Literal["personal", "commercial", "security", "legal", "policy"]

COMMON_LAWS: tuple[Law, ...] = (NotBoth("sensitivity", "visibility", "public"),)


@dataclass_transform(kw_only_default=True, frozen_default=True)
class Entity:
    """A record of one kind; its annotations define each field once for every front.

    Class attributes: ``kind`` (table and command), ``noun`` and ``plural`` (words), ``prefix`` and
    ``digits`` (of the ref), ``lead_field`` (the field a command takes first), ``name_field`` (the field that names
    the record), ``date_field`` (when it happened), ``laws`` (rules between fields), ``append_only``
    (a mistake is mended by a new record), ``made_with`` (the command that alone makes such records, which are never
    taken away), ``example`` (what may follow ``tracker KIND add``).
    """

    kind: ClassVar[str]
    noun: ClassVar[str]
    plural: ClassVar[str]
    prefix: ClassVar[str]
    digits: ClassVar[int] = 3
    lead_field: ClassVar[str]
    name_field: ClassVar[str]
    date_field: ClassVar[str] = ""
    laws: ClassVar[tuple[Law, ...]] = ()
    append_only: ClassVar[bool] = False
    hidden: ClassVar[bool] = False
    made_with: ClassVar[str] = ""
    example: ClassVar[str] = ""
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
    tags: A[tuple[str, ...], Length(0, 20), Show("Tags", "Your own words, separated by commas")] = ()

    def __init_subclass__(cls) -> None:
        own = [pair for pair in cls.__annotations__.items() if hasattr(pair[1], "__metadata__")]
        shared = [(name, Entity.__annotations__[name]) for name in ("visibility", "sensitivity", "tags")]
        cls._fields = {
            name: Field(name, annotation, getattr(cls, name, MISSING))
            for name, annotation in (*own, *shared)
            if name not in ("uid", "ref")
        }

    def __init__(self, **values: Any) -> None:
        self.__dict__.update(values)

    @classmethod
    def holding(cls, values: dict[str, Any]) -> Self:
        """Return a record that keeps a dict of its values as it is: for many at once; nobody else may hold the dict."""
        made = cls.__new__(cls)
        made.__dict__ = values
        return made

    @classmethod
    def completed(cls, values: dict[str, Any], before: Values | None, today: date) -> dict[str, Any]:
        """Return the values with what follows from them filled in; ``before`` is None for a new record."""
        return values

    @classmethod
    def fields(cls) -> dict[str, Field]:
        """Return the fields by name, in the order people meet them; the common ones come last."""
        return cls._fields

    @classmethod
    def columns(cls) -> list[Field]:
        """Return the fields that lists show."""
        return [field for field in cls._fields.values() if field.show.column]

    @classmethod
    def stored(cls) -> list[Field]:
        """Return the fields that have a column in the table."""
        return [field for field in cls._fields.values() if field.stored]

    @classmethod
    def settable(cls) -> list[Field]:
        """Return the fields that a person or a command can give."""
        return [field for field in cls._fields.values() if field.settable]

    @classmethod
    def labels(cls) -> dict[str, str]:
        """Return the label of each field by its name."""
        return {name: field.label for name, field in cls._fields.items()}

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
        """Return the ref of the nth record: ``R-014``, or ``R-B014`` in a copy of the file with site letter B."""
        return f"{cls.prefix}-{site}{number:0{cls.digits}}"

    @classmethod
    def from_values(cls, values: Values) -> Self:
        """Return a record that holds these values as they are; checking is done where they came in."""
        return cls(**values)
