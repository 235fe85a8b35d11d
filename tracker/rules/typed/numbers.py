"""Figures as people type them, with point or comma: read where they mean one thing, else refused with both readings.

A comma stands before decimals where it can do nothing else (``12,5``, ``0,125``, ``1.234,56``) and between thousands
where a group of three digits follows it (``1,250``). A point stands before decimals unless it comes twice. Spaces and
apostrophes stand between thousands only.
"""

import re
from decimal import Decimal
from typing import NamedTuple

from tracker.rules.typed.conventions import NotRead
from tracker.rules.typed.phrases import BOTH, doubt_in

MOST_DIGITS = 20
SPACES = "\u00a0\u2007\u2009\u202f"
MINUS = "-\u2212\u2013"
PLAIN_DIGITS = "Write it in plain digits"


class Figure(NamedTuple):
    """A number, how many decimals it was given, and (in the other notation) the number that it may be instead."""

    value: Decimal
    decimals: int = 0
    second: Decimal | None = None

    def negative(self) -> "Figure":
        """Return the same with the other sign."""
        return Figure(-self.value, self.decimals, self.second and -self.second)

    def written(self, text: str) -> str:
        """Return in words what a text may be, both readings where there are two."""
        return f"“{text}” may be {grouped(self.value)} or {grouped(self.second or self.value)}"


def plain_number(number: Decimal) -> str:
    """Return a number in plain digits, without an exponent or needless zeros."""
    return _without_zeros(format(number, "f"))


def grouped(number: Decimal) -> str:
    """Return a number with commas between its thousands, as it can be typed again."""
    return _without_zeros(format(number, ",f"))


def _without_zeros(text: str) -> str:
    integer, _, part = text.partition(".")
    return f"{integer}.{part.rstrip('0')}".removesuffix(".")


def read_figure(label: str, text: str, what: str) -> Figure:
    """Return the number that a text means; in parentheses or behind a minus it is below zero.

    ``what`` says what is wanted, as the refusal has it. Raises NotRead.
    """
    body = text.translate({ord(space): " " for space in SPACES}).replace("\u2019", "'").strip()
    negative = False
    if re.fullmatch(r"\([^()+-]*\)", body):
        negative = True
        body = body[1:-1].strip()
    elif body[:1] and body[0] in MINUS + "+":
        negative = body[0] != "+"
        body = body[1:].strip()
    if not re.fullmatch(r"\d[\d ,.']*(?<=\d)|\.\d+", body, re.ASCII):
        raise NotRead(no_figure(label, text, what))
    if sum(sign.isdigit() for sign in body) > MOST_DIGITS:
        raise NotRead(f"{label}: “{text[:40]}” has more than {MOST_DIGITS} digits.")
    figure = _unsigned(body)
    if figure is None:
        raise NotRead(_badly_grouped(label, text, body))
    if negative:
        return figure.negative()
    return figure


def no_figure(label: str, text: str, what: str) -> str:
    """Return the refusal of a text that is no figure, with the rule where there are digits in it."""
    if doubt := doubt_in(text.strip().lower()):
        return f"{label}: “{text[:40]}” has “{doubt}”, and a figure is kept as it is written: leave that out."
    if re.fullmatch(BOTH, text.strip().lower()):
        return f"{label}: “{text[:40]}” names two figures: write the one to count with."
    sentence = f"{label} is {what}; “{text[:40]}” is not one."
    if any(sign.isdigit() for sign in text):
        sentence += f" {PLAIN_DIGITS}."
    return sentence


def _badly_grouped(label: str, text: str, body: str) -> str:
    digits = re.sub(r"\D", "", body)
    of_one_kind = len(set(re.sub(r"\d", "", body))) == 1 and re.search(r"\D\d{3}$", body)
    meant = "write it without the signs between its digits"
    if of_one_kind:
        meant = f"write {digits} if that is meant"
    return f"{label}: “{text}” cannot be read: behind a sign between thousands come three digits; {meant}."


def _unsigned(body: str) -> Figure | None:
    """Return the number of digits with signs between them; None where the groups are not of three digits."""
    signs = set(body) & set(" ,.'")
    if signs & set(" '"):
        return _spaced(body, signs)
    if signs == {",", "."}:
        decimal = max(",.", key=body.rfind)
        return _split(body, (signs - {decimal}).pop(), decimal)
    if signs == {","}:
        return _commas(body)
    if signs == {"."} and body.count(".") == 1:
        integer, part = body.split(".")
        figure = Figure(Decimal(body), len(part))
        if _may_be_thousands(integer, part):
            return figure._replace(second=Decimal(integer + part))
        return figure
    if signs:
        return _split(body, ".", "")
    return Figure(Decimal(body))


def _commas(body: str) -> Figure | None:
    """Return a number with commas alone: one comma is that of decimals unless three digits stand behind it."""
    integer, _, part = body.partition(",")
    if "," in part:
        return _split(body, ",", "")
    decimal = Figure(Decimal(f"{integer}.{part}"), len(part))
    if _may_be_thousands(integer, part):
        return Figure(Decimal(integer + part), 0, decimal.value)
    if len(part) != 3 or integer == "0" or len(integer) > 3:
        return decimal
    return None


def _may_be_thousands(integer: str, part: str) -> bool:
    return len(part) == 3 and 1 <= len(integer) <= 3 and integer[0] != "0"


def _spaced(body: str, signs: set[str]) -> Figure | None:
    """Return a number whose thousands stand apart by spaces or apostrophes, decimals behind a comma or point."""
    if {" ", "'"} <= signs or {",", "."} <= signs:
        return None
    return _split(body, (signs & set(" '")).pop(), "".join(signs & set(",.")))


def _split(body: str, thousands: str, decimal: str) -> Figure | None:
    """Return a number of groups of three, with decimals behind a sign of their own where there is one."""
    integer, point, part = body.partition(decimal or "none")
    groups = integer.split(thousands)
    well_grouped = re.fullmatch(r"[1-9]\d{0,2}", groups[0]) and all(re.fullmatch(r"\d{3}", g) for g in groups[1:])
    if not well_grouped or (point and not part.isdigit()):
        return None
    return Figure(Decimal("".join([*groups, point and ".", part])), len(part))


def read_whole(label: str, text: str) -> int:
    """Return the whole number that a text means. Raises NotRead."""
    figure = read_figure(label, text, "a whole number")
    if figure.decimals and figure.second is not None:
        raise NotRead(f"{label}: {figure.written(text)}; it is a whole number: write {plain_number(figure.second)}.")
    if figure.decimals:
        raise NotRead(f"{label} is a whole number; “{text}” is not one: it was read as {plain_number(figure.value)}.")
    if abs(figure.value) >= 10**15:
        raise NotRead(f"{label}: “{text}” has more than 15 digits.")
    return int(figure.value)


def whole_or_none(text: str) -> int | None:
    """Return the whole number that a text means; None where it is none, or may be another."""
    try:
        return read_whole("", text)
    except NotRead:
        return None


def read_decimal(label: str, text: str) -> float:
    """Return the number that a text means; one with a per cent sign is a hundredth of it. Raises NotRead."""
    body = text.strip()
    percent = body.endswith("%")
    figure = read_figure(label, body.removesuffix("%").rstrip(), "a number such as 41.5")
    if not percent:
        return float(figure.value)
    _refuse_thousands(label, text, figure)
    return float(figure.value / 100)  # in decimal, so that 82% is the same number as 0.82


def _refuse_thousands(label: str, text: str, figure: Figure) -> None:
    """Raise NotRead for per cent in which one comma may stand between thousands."""
    if figure.second is not None and not figure.decimals:
        both = f"{plain_number(figure.value)}% or {plain_number(figure.second)}%"
        raise NotRead(f"{label}: “{text}” may be {both}. Write the one that is meant, with a point before decimals.")


def read_share(label: str, text: str) -> float:
    """Return the part of one that a text means, such as ``82%`` or ``0.82``. Raises NotRead."""
    body = text.strip()
    percent = body.endswith("%")
    figure = read_figure(label, body.removesuffix("%").rstrip(), "a number such as 82% or 0.82")
    if percent:
        _refuse_thousands(label, text, figure)
        return float(figure.value / 100)
    if figure.value <= 1:
        return float(figure.value)
    readings = [number for number in (figure.value, figure.second) if number is not None and number <= 100]
    meant = " or ".join(f"{plain_number(number)}%" for number in readings)
    advice = "it is from 0 to 1, or from 0% to 100%"
    if meant:
        advice = f"write {meant} if that is what you mean"
    raise NotRead(f"{label} is a part of one: {advice}.")
