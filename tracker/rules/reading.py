"""What people type, read as the value of a field; and values written as people read them."""

import re
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from tracker.fields import CLOCK, MINUTES, MONTH_DAY, PAST, SHARE, Field, Looks, Nothing, VagueDay, WorkedOut, humanise
from tracker.ratings import Rated, as_typed, words_of, words_of_all_scales
from tracker.rules.typed.conventions import USUAL, Conventions
from tracker.rules.typed.conventions import NotRead as NotRead
from tracker.rules.wording import MINUS, WORKED_OUT, optional, short, span_text
from tracker.shares import Share
from tracker.text import clean

if TYPE_CHECKING:
    from decimal import Decimal

YES = {"yes", "y", "true", "1", "on"}
FIGURES = ("money", "decimal", "number")
TYPED = (*FIGURES, "date")
OWN_SIGNS = {"GBP": "£", "EUR": "€"}
NO = {"no", "n", "false", "0", "off"}


def nearest(word: str, words: list[str]) -> str:
    """Return the word that was probably meant, or an empty text."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, words, 1, 0.6)), "")


def suggestion(word: str, words: Iterable[str]) -> str:
    """Return a sentence with the word that was probably meant, with a space in front, or an empty text."""
    return optional(" Did you mean “", nearest(word, list(words)), "”?")


def read(field: Field, text: str, today: date, conventions: Conventions = USUAL, looks: Looks | None = None) -> Any:
    """Return the value that a text stands for; an empty text is None. References stay text. Raises NotRead.

    ``looks`` says on which side a day lies where that is not as its field says.

    Of some fields (``Field.stateful``) a kind of nothing may be said, and of days their month, quarter or year.
    """
    text = clean(text, lines=field.show.lines > 1).text
    if not text:
        return {"list": ()}.get(field.kind)
    if not text[0].isdigit() and (field.stateful or field.kind in TYPED):
        nothing = _nothing(field, text)
        if nothing is not None:
            return nothing if nothing != Nothing("missing") else None
    match field.kind:
        case "choice" if field.scale:
            return _rating(field.label, text, conventions.scale)
        case "choice":
            return read_choice(field.label, text, field.choices)
        case "number" | "decimal" | "money":
            return _figure(field, text, conventions)
        case "yes_no":
            return _yes_no(field, text)
        case "date":
            return read_day(field, text, today, conventions, looks)
        case "list":
            return _list(field, text)
    return _shaped(field, text, today)


def _figure(field: Field, text: str, conventions: Conventions) -> int | float:
    from tracker.rules.typed import numbers

    if field.kind == "money":
        from tracker.rules.typed.money import read_money

        return read_money(field.label, text, conventions.currency)
    if MINUTES in field.flags:
        from tracker.rules.typed.durations import minutes_from

        return minutes_from(field.label, text)
    if field.kind == "number":
        return numbers.read_whole(field.label, text)
    if SHARE in field.flags:
        return numbers.read_share(field.label, text)
    return numbers.read_decimal(field.label, text)


def _shaped(field: Field, text: str, today: date) -> str:
    """Return a text, in the shape that the file keeps where it is a time of day or the day of each year."""
    if CLOCK in field.flags:
        from tracker.rules.typed.durations import clock_from

        return clock_from(field.label, text)
    if MONTH_DAY in field.flags:
        return day_of_each_year(field.label, text)
    return text


def day_of_each_year(label: str, text: str) -> str:
    """Return the day of each year that a text means, as month and day: ``1 April`` and ``04-01``. Raises NotRead."""
    from tracker.rules.when import DateError, read_date

    typed = f"2026-{text}"
    if re.search("[a-zA-Z]", text):
        typed = f"{text} 2026"
    try:
        day = read_date(typed, date(2026, 1, 1))
    except DateError:
        raise NotRead(f"{label} is a day of each year such as 1 April or 04-01; “{text}” is not one.") from None
    return day.isoformat()[5:]


def _nothing(field: Field, text: str) -> Nothing | None:
    from tracker.rules.incomplete import TooLong, read_nothing

    try:
        nothing = read_nothing(text)
    except TooLong as error:
        raise NotRead(f"{field.label}: {error}") from None
    if nothing is None or field.stateful:
        return nothing
    if field.optional and nothing == Nothing("missing"):
        return nothing
    mend = "leave it empty" if field.optional else "it always has a value"
    raise NotRead(f"{field.label} cannot be “{short(text, 40)}”, which stands for {nothing.plain}: {mend}.")


def read_day(
    field: Field, text: str, today: date, conventions: Conventions = USUAL, looks: Looks | None = None
) -> date:
    """Return the day that a text stands for; of a month, quarter or year the first or last, as the field looks.

    Raises NotRead.
    """
    from tracker.rules.when import DateError, read_date  # 1 ms that only days need

    looks = looks or field.looks
    try:
        return read_date(text, today, looks, conventions)
    except DateError as error:
        from tracker.rules.typed.sides import only_past
        from tracker.rules.typed.spans import Unclear, read_span

        try:
            span = field.spoken_of and read_span(
                text, looks_back=field.looks_back, today=today, looks=looks, conventions=conventions
            )
        except Unclear:
            span = None  # which the sentence about the day says already
        if span:
            return span
        if PAST in field.flags and (sentence := only_past(error.days, today)):
            raise NotRead(f"{field.label}: “{short(text, 40)}” {sentence}") from None
        raise NotRead(f"{field.label}: {error}", error.days) from None


def read_choice(label: str, text: str, choices: tuple[str, ...]) -> str:
    """Return the choice a text stands for: its code, its label, or the beginning of just one. Raises NotRead."""
    code = as_typed(text)
    if code in choices:
        return code
    completions = [choice for choice in choices if choice.startswith(code)]
    if len(completions) == 1:
        return completions[0]
    hint = suggestion(code, choices)
    raise NotRead(
        f"{label} cannot be “{short(text, 80)}”.{hint} Choose one of: {', '.join(choices).replace('_', '-')}."
    )


def _rating(label: str, text: str, scale: str) -> Rated:
    """Return the rating that a text stands for: a word of a scale, or its beginning, or a whole word of another scale.

    Where no scale is named, of any. Raises NotRead.
    """
    words = words_of_all_scales()
    own = words_of(scale) if scale else words
    word = as_typed(text)
    if word not in words:
        word = read_choice(label, text, tuple(own))
    return own.get(word) or words[word]


def minutes_text(minutes: int) -> str:
    """Return minutes as people write them: ``45 min``, ``2 h 30 min``, ``3 d``; a day has 24 hours."""
    days, remainder = divmod(minutes, 1440)
    hours, least = divmod(remainder, 60)
    parts = [f"{n} {unit}" for n, unit in ((days, "d"), (hours, "h"), (least, "min")) if n]
    return " ".join(parts) or "0 min"


def decimal_text(value: float) -> str:
    """Return a number in full, without an exponent or needless zeros: 41.0 gives 41."""
    from decimal import Decimal

    return _without_zeros(Decimal(repr(value)))


def share_text(value: float) -> str:
    """Return a part of one in per cent: 0.1372 gives ``13.72%``."""
    from decimal import Decimal

    return _without_zeros(Decimal(repr(value)) * 100) + "%"


def _without_zeros(number: "Decimal") -> str:
    integer, _, part = format(number, "f").partition(".")
    return integer + optional(".", part.rstrip("0"))


def _yes_no(field: Field, text: str) -> bool:
    word = text.lower()
    if word in YES:
        return True
    if word in NO:
        return False
    raise NotRead(f"{field.label} is yes or no; “{text}” is neither.")


def _list(field: Field, text: str) -> tuple[str, ...]:
    items = [item.strip() for item in text.split(",") if item.strip()]
    if field.choices:
        items = [read_choice(field.label, item, field.choices) for item in items]
    if any(len(item) > 40 for item in items):
        raise NotRead(f"{field.label}: each may have 40 characters at most.")
    return tuple(sorted(dict.fromkeys(items)))


def write(field: Field, value: Any) -> str:
    """Return a value as it is typed: ``read`` gives the same value back. Links are written as their ref."""
    if value is None:
        return ""
    if isinstance(value, Nothing | Rated):
        return value.typed
    if isinstance(value, VagueDay) and value.is_vague:
        return span_text(value)
    if field.kind == "money":
        return amount(value).replace(MINUS, "-")
    if field.kind == "decimal":
        if SHARE in field.flags or isinstance(value, Share):
            return share_text(value)
        return decimal_text(value)
    if MINUTES in field.flags:
        return minutes_text(value)
    if field.kind == "yes_no":
        return "yes" if value else "no"
    if field.kind == "list":
        return ", ".join(value)
    if field.target:
        return str(getattr(value, "ref", value))
    return str(value)


def show(field: Field, value: Any) -> str:
    """Return a value as people read it in a list or on a page; for what is missing, what its field says of that."""
    if value is None:
        return field.show.unset
    if isinstance(value, Nothing):
        return value.shown
    if isinstance(value, WorkedOut):
        return f"{value} ({WORKED_OUT})"
    if field.kind == "choice":
        if "green" in field.choices:
            from tracker.fields import rating_text

            return rating_text(value)
        return humanise(value)
    if field.target and hasattr(value, "ref"):
        return str(value.name if field.target == "person" else value.ref)
    text = write(field, value)
    if field.kind in FIGURES and text.startswith("-"):
        return text.replace("-", MINUS, 1)
    return text


def show_named(fields: dict[str, Field], name: str, value: Any) -> str:
    """Return a value of a record by its name as people read it; stamps, which are no fields, are shown as they are."""
    field = fields.get(name)
    if field is not None:
        return show(field, value)
    if value is None:
        return ""
    return str(getattr(value, "name", value))


def amount(minor: int) -> str:
    """Return minor units as an amount: 18200050 gives 182,000.50; whole amounts have no pence."""
    integer, part = divmod(abs(minor), 100)
    text = f"{integer:,}"
    if minor < 0:
        text = f"{MINUS}{text}"
    if part:
        text += f".{part:02}"
    return text


def currency_mark(currency: str) -> str:
    """Return what stands before an amount of a currency: its own sign, or else its code with a space."""
    return OWN_SIGNS.get(currency, f"{currency} ")


def money_text(minor: int, currency: str) -> str:
    """Return minor units as people read them in a text: ``£1,234.56``, ``−£5``, ``AUD 1,000``, ``AUD −5``."""
    if currency not in OWN_SIGNS:
        return currency_mark(currency) + amount(minor)
    return MINUS * (minor < 0) + currency_mark(currency) + amount(abs(minor))
