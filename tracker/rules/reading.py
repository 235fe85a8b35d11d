"""What people type, read as the value of a field; and values written as people read them."""

import re
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from tracker.fields import MINUTES, SHARE, Field, Nothing, VagueDay, WorkedOut, humanise
from tracker.ratings import Rated, words_of_all_scales
from tracker.rules.when import DateError, read_date
from tracker.rules.wording import WORKED_OUT, optional, span_text
from tracker.text import clean

if TYPE_CHECKING:
    from decimal import Decimal

YES = {"yes", "y", "true", "1", "on"}
NO = {"no", "n", "false", "0", "off"}


class NotRead(ValueError):
    """A text that cannot be the field's value; says how it was read and what to write instead."""


def nearest(word: str, words: list[str]) -> str:
    """Return the word that was probably meant, or an empty text."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, words, 1, 0.6)), "")


def suggestion(word: str, words: Iterable[str]) -> str:
    """Return a sentence with the word that was probably meant, with a space in front, or an empty text."""
    return optional(" Did you mean “", nearest(word, list(words)), "”?")


def read(field: Field, text: str, today: date) -> Any:
    """Return the value that a text stands for; an empty text is None. References stay text. Raises NotRead.

    Of some fields (``Field.stateful``) a kind of nothing may be said, and of days their month, quarter or year.
    """
    text = clean(text, lines=field.show.lines > 1).text
    if not text:
        return {"list": ()}.get(field.kind)
    if text[0] in "mntwMNTW" and field.stateful:  # missing, not …, tbc, withheld
        nothing = _nothing(field, text)
        if nothing is not None:
            return nothing if nothing != Nothing("missing") else None
    match field.kind:
        case "choice" if field.scale:
            return _rating(field.label, text)
        case "choice":
            return read_choice(field.label, text, field.choices)
        case "number":
            if MINUTES in field.flags:
                return minutes_from(field.label, text)
            return _number(field, text)
        case "decimal":
            return _decimal(field, text)
        case "money":
            return _money(field, text)
        case "yes_no":
            return _yes_no(field, text)
        case "date":
            return read_day(field, text, today)
        case "list":
            return _list(field, text)
    return text


def _nothing(field: Field, text: str) -> Nothing | None:
    from tracker.rules.incomplete import TooLong, read_nothing

    try:
        return read_nothing(text)
    except TooLong as error:
        raise NotRead(f"{field.label}: {error}") from None


def read_day(field: Field, text: str, today: date) -> date:
    """Return the day that a text stands for; of a month, quarter or year the first or last, as the field looks.

    Raises NotRead.
    """
    try:
        return read_date(text, today)
    except DateError as error:
        from tracker.rules.incomplete import read_span

        span = read_span(text, looks_back=field.looks_back) if field.spoken_of else None
        if span is None:
            raise NotRead(f"{field.label}: {error}") from None
        return span


def read_choice(label: str, text: str, choices: tuple[str, ...]) -> str:
    """Return the choice a text stands for: its code, its label, or the beginning of just one. Raises NotRead."""
    code = text.lower().replace(" ", "_").replace("-", "_").replace("/", "_")
    if code in choices:
        return code
    completions = [choice for choice in choices if choice.startswith(code)]
    if len(completions) == 1:
        return completions[0]
    hint = suggestion(code, choices)
    raise NotRead(f"{label} cannot be “{text}”.{hint} Choose one of: {', '.join(choices)}.")


def _rating(label: str, text: str) -> Rated:
    """Return the rating that a word of any scale stands for, with a scale that has the word. Raises NotRead."""
    words = words_of_all_scales()
    return words[read_choice(label, text, tuple(words))]


def _number(field: Field, text: str) -> int:
    digits = text.replace(",", "").replace(" ", "")
    if not digits.isascii() or not digits.lstrip("+-").isdigit() or len(digits) > 15:
        raise NotRead(f"{field.label} is a whole number; “{text}” is not one.")
    return int(digits)


def _decimal(field: Field, text: str) -> float:
    from decimal import Decimal

    digits = _without_separators(text)
    percent = digits.endswith("%")
    digits = digits.removesuffix("%")
    integer, _, part = digits.lstrip("+-").partition(".")
    good = digits.isascii() and (integer + part).isdigit() and len(digits) <= 20 and digits.lstrip("+-") in digits[-20:]
    if not good or digits.count("+") + digits.count("-") > 1:
        example = "82 % or 0.82" if SHARE in field.flags else "41.5"
        raise NotRead(f"{field.label} is a number such as {example}; “{text}” is not one.")
    # In decimal, so that 82 % is the same number as 0.82.
    number = Decimal(digits)
    if percent:
        number /= 100
    value = float(number)
    if SHARE in field.flags and value > 1 and not percent:
        raise NotRead(f"{field.label} is a part of one: write {text} % if that is what you mean.")
    return value


UNITS = {"d": 1440, "day": 1440, "days": 1440, "h": 60, "hour": 60, "hours": 60, "min": 1, "m": 1, "minutes": 1}


def minutes_from(label: str, text: str) -> int:
    """Return the minutes a text stands for: ``45``, ``45 min``, ``2 h 30 min``, ``3 d``. Raises NotRead."""
    pieces = re.findall(r"(\d+)\s*([a-z]*)", text.lower())
    typed = "".join(number + unit for number, unit in pieces)
    if (
        not pieces
        or typed != re.sub(r"[\s,]", "", text.lower())
        or any(unit not in UNITS for _, unit in pieces if unit)
    ):
        raise NotRead(f"{label} is a time such as 45 min, 2 h 30 min or 3 d; “{text}” is not one.")
    total = sum(int(number) * UNITS.get(unit, 1) for number, unit in pieces)
    if len(str(total)) > 9:
        raise NotRead(f"{label}: “{text}” is longer than any service takes.")
    return total


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
    """Return a part of one in per cent: 0.1372 gives ``13.72 %``."""
    from decimal import Decimal

    return _without_zeros(Decimal(repr(value)) * 100) + " %"


def _without_zeros(number: "Decimal") -> str:
    integer, _, part = format(number, "f").partition(".")
    return integer + optional(".", part.rstrip("0"))


def _without_separators(text: str) -> str:
    return text.replace(",", "").replace(" ", "").replace("\u00a0", "")


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


FACTORS = {"k": (1_000, 6), "m": (1_000_000, 6)}  # of what follows an amount, each with the most decimals


def _money(field: Field, text: str) -> int:
    digits = _without_separators(text.lstrip("£€$"))
    factor, most_decimals = FACTORS.get(digits[-1:].lower(), (1, 2))
    if factor > 1:
        digits = digits[:-1]
    integer, _, part = digits.partition(".")
    good = _is_digits(integer) and len(integer) <= 12 and (not part or _is_digits(part))
    if not good or len(part) > most_decimals:
        raise NotRead(f"{field.label} is an amount such as 182,000 or 45.50; “{text}” is not one.")
    scaled = int(integer + part.ljust(6, "0")) * factor * 100
    return scaled // 1_000_000


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
        return amount(value)
    if field.kind == "decimal":
        if SHARE in field.flags:
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
    return write(field, value)


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
        text = f"-{text}"
    if part:
        text += f".{part:02}"
    return text
