"""Money as people type it, in the programme's own currency: ``£1,250``, ``GBP 1.2bn``, ``(7,169.20m)``, ``12,50``."""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from tracker.rules.typed.conventions import NotRead
from tracker.rules.typed.numbers import MINUS, SPACES, Figure, grouped, no_figure, plain_number, read_figure

FACTORS = {
    **dict.fromkeys(("k", "thousand", "grand"), 1_000),
    **dict.fromkeys(("m", "mn", "mil", "mill", "million"), 1_000_000),
    **dict.fromkeys(("bn", "billion"), 1_000_000_000),
}
DOLLARS = ("USD", "AUD", "CAD", "NZD", "SGD", "HKD", "BBD", "BZD", "FJD", "JMD", "NAD", "TTD")
# Which currencies have a sign; whose own it is, the programme's currency decides.
SIGNS: dict[str, tuple[str, ...]] = {
    "£": ("GBP", "FKP", "GIP", "SHP"),
    "€": ("EUR",),
    "$": DOLLARS,
    "us$": ("USD",),
    "a$": ("AUD",),
    "au$": ("AUD",),
    "c$": ("CAD",),
    "ca$": ("CAD",),
    "nz$": ("NZD",),
    "s$": ("SGD",),
    "hk$": ("HKD",),
    "¥": ("JPY", "CNY"),
    "₹": ("INR",),
    "₺": ("TRY",),
    "₽": ("RUB",),
    "₴": ("UAH",),
    "₩": ("KRW",),
    "₪": ("ILS",),
    "₦": ("NGN",),
    "kr": ("DKK", "NOK", "SEK", "ISK"),
    "zł": ("PLN",),
    "kč": ("CZK",),
    "ft": ("HUF",),
    "fr.": ("CHF",),
}
# What currencies are called beside their signs.
SIGNS.update(dict.fromkeys(("pound", "pounds", "quid", "sterling"), SIGNS["£"]))
SIGNS.update(dict.fromkeys(("euro", "euros"), SIGNS["€"]))
SIGNS.update(dict.fromkeys(("dollar", "dollars"), SIGNS["$"]))
CODES = (  # that are refused in small letters too; in capitals every code of three letters is
    "aed ars aud bgn brl cad chf clp cny cop czk dkk egp eur gbp ghs hkd huf idr ils inr isk jpy kes krw mxn myr ngn "
    "nok nzd php pkr pln ron rsd rub sar sek sgd thb try twd uah usd vnd zar"
)
AMOUNT = "an amount such as 182,000 or 45.50"
PENNY = Decimal("0.01")
MOST = 10**15  # in whole units
NAME = r"[^\W\d_]+\.?|[^\W\d_]{0,2}[$£€¥₹₺₽₴₩₪₦]"


class Named(NamedTuple):
    """An amount in parts: its sign, what is said of the currency, the figures, and what they are counted in."""

    negative: bool
    currency: str
    figures: str
    factor: int


def read_money(label: str, text: str, currency: str) -> int:
    """Return the minor units (hundredths) of the programme's currency that a text means. Raises NotRead."""
    parts = _parts(text)
    if parts is None:
        raise NotRead(no_figure(label, text, AMOUNT))
    _refuse_foreign(label, text, parts.currency, currency)
    figure = read_figure(label, parts.figures, AMOUNT)
    minor = figure.value * parts.factor * 100
    may_be_thousands = parts.factor == 1 and figure.decimals > 0 and figure.second is not None
    if may_be_thousands or minor != int(minor):  # 12.500 is 12.50 or 12,500
        raise NotRead(f"{label}: {_too_exact(text, parts, figure)}.")
    if abs(minor) >= MOST * 100:
        raise NotRead(f"{label}: “{text}” is more than any amount that can be kept.")
    if parts.negative:
        return -int(minor)
    return int(minor)


def _parts(text: str) -> Named | None:
    """Return the parts of an amount; None where there are others."""
    body = text.translate({ord(space): " " for space in SPACES}).strip()
    inside = re.fullmatch(r"(.*?)\(([^()]*)\)(.*)", body)
    if inside:
        body = f"{inside[1]}{inside[2]}{inside[3]}".strip()
    match = re.fullmatch(
        rf"(?P<sign>[{MINUS}+]?)\s*(?P<before>(?:{NAME})?)\s*(?P<inner>[{MINUS}+]?)\s*"
        rf"(?P<figures>[\d.][\d ,.'\u2019]*?)\s*(?P<first>(?:{NAME})?)\s*(?P<second>(?:{NAME})?)",
        body,
    )
    if match is None or (match["sign"] and match["inner"]) or (inside and (match["sign"] or match["inner"])):
        return None
    names = [match["before"], *(match[name] for name in ("first", "second"))]
    scales = [name for name in names[1:] if name.lower().rstrip(".") in FACTORS]
    currencies = [name for name in names if name and name not in scales]
    if len(scales) > 1 or len(currencies) > 1:
        return None
    sign = match["sign"] or match["inner"]
    factor = FACTORS.get("".join(scales).lower().rstrip("."), 1)
    return Named(bool(inside or (sign and sign != "+")), "".join(currencies), match["figures"], factor)


def _refuse_foreign(label: str, text: str, name: str, currency: str) -> None:
    """Raise NotRead for a currency that is not the programme's, and for a word that is none."""
    if not name or name.upper() == currency or currency in SIGNS.get(name.lower(), ()):
        return
    if name.lower() in SIGNS or (len(name) == 3 and (name.isupper() or name.lower() in CODES)):
        own = f"{label} is in {currency}, the programme's currency"
        raise NotRead(f"{own}, and “{text}” says {name}: write the amount in {currency}.")
    raise NotRead(no_figure(label, text, AMOUNT))


def _too_exact(text: str, parts: Named, figure: Figure) -> str:
    """Return why an amount that is no whole number of minor units is refused, as a sentence without its end."""
    if figure.second is not None and parts.factor == 1:
        near = plain_number(figure.value.quantize(PENNY, ROUND_HALF_UP))
        return f"{figure.written(text)}, and an amount has two decimals: write {plain_number(figure.second)} or {near}"
    nearest = grouped((figure.value * parts.factor).quantize(PENNY, ROUND_HALF_UP))
    return f"“{text}” is more exact than two decimals: write {nearest} if that is near enough"
