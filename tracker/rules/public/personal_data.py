"""What in a text looks as if it told who somebody is: a look before saving, never a proof that nothing does."""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple


class Hit(NamedTuple):
    """What a part of a text looks like, such as ``e-mail address``, and that part as it was written."""

    what: str
    part: str


# Written with other spaces and dashes than a keyboard has; one for one, so that places stay the same.
_AS_TYPED = str.maketrans("\u00a0\u2009\u202f\u2010\u2011\u2012\u2013\u2212", "   -----")

_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATE = (
    rf"(?:\d{{4}}-\d\d?-\d\d?|{_DAY}[/. -]\d\d?[/. -](?:19|20)?\d\d"
    rf"|{_DAY}(?:st|nd|rd|th)?(?: of)? {_MONTH},? (?:19|20)?\d\d|{_MONTH} {_DAY}(?:st|nd|rd|th)?,? (?:19|20)\d\d)"
)
# Towns and parts of London that a postcode can begin with: without the list, too much looks like one.
_AREAS = (
    " AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY "
    "G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR "
    "NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA "
    "WC WD WF WN WR WS WV YO ZE "
)


def _digits(text: str) -> list[int]:
    return [int(sign) for sign in text if sign in "0123456789"]


def _card(text: str) -> bool:
    """Return whether a number begins as a bank card's does and keeps Luhn's rule."""
    digits = _digits(text)
    begins = int("".join(map(str, digits[:4])))
    known_issuer = 4000 <= begins < 6000 or 2221 <= begins <= 2720 or 6000 <= begins < 7000 or begins // 100 in (34, 37)
    doubled = (digit * 2 - 9 * (digit > 4) for digit in digits[-2::-2])
    return known_issuer and (sum(digits[::-2]) + sum(doubled)) % 10 == 0


def _nhs(text: str) -> bool:
    """Return whether ten digits end in the check digit of an NHS number."""
    *digits, check = _digits(text)
    check_digit = 11 - sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=True)) % 11
    return check_digit % 11 == check and check_digit != 10 and len(set(digits)) > 1


def _phone(text: str) -> bool:
    digits = len(_digits(text.replace("(0)", "")))
    if text.startswith("+44"):
        return digits in (11, 12)
    if text[0] == "+":
        return 10 <= digits <= 15
    return digits in (10, 11)


def _postcode(text: str) -> bool:
    area = re.match(r"[A-Za-z]+", text)
    ordinal = text[-2:] in ("st", "nd", "rd", "th")
    one_case = text.isupper() or (text.islower() and len(text) > 5)
    return area is not None and f" {area.group().upper()} " in _AREAS and one_case and not ordinal


def _insurance(text: str) -> bool:
    return text[:2].upper() not in ("BG", "GB", "NK", "KN", "TN", "NT", "ZZ")


def _plate(text: str) -> bool:
    return not text.startswith("FY") and (2 <= int(text[2:4]) <= 30 or 51 <= int(text[2:4]) <= 80)  # FY26 is a year


def _name(text: str) -> bool:
    title, name = re.split(r"\.? +", text, maxsplit=1)
    if title.isupper():
        return name.isupper()
    return name[0].isupper() or title in ("mr", "mrs")


def _house(text: str) -> bool:
    return all(word[0].isupper() for word in text.split()[1:])


def _any(_: str) -> bool:
    return True


# What is looked for, in this order: what one of them took is not looked at again. No pattern begins inside
# a word, a number, an amount or an address of a page, and none can take more than a few steps from each place.
_KINDS: tuple[tuple[str, str, Callable[[str], bool]], ...] = (
    ("e-mail address", r"(?<![\w.+-])[\w.+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}(?<![.-])", _any),
    ("bank account", r"\b\d\d-\d\d-\d\d\b\W{1,3}(?:(?:account|acc|a/c|number|no)\W{1,3}){0,3}\d{8}\b", _any),
    ("bank account", r"\b[a-z]{2}\d\d ?(?:[a-z]{4}) ?(?:\d{4} ?){3}\d\d\b", _any),
    ("bank card number", r"(?<![\w.,£$€/-])\d{4}(?:[ -]?\d{4}){2}[ -]?\d{1,7}(?![\w-]|[.,]\d)", _card),
    ("bank card number", r"(?<![\w.,£$€/-])\d{4}[ -]?\d{6}[ -]?\d{5}(?![\w-]|[.,]\d)", _card),
    ("driving licence number", r"\b[a-z9]{5} ?\d{6} ?[a-z9]{2}\d[a-z]{2}\b", _any),
    ("National Insurance number", r"\b[a-ceghj-tw-z][a-ceghj-np-tw-z] ?\d\d ?\d\d ?\d\d ?[a-d]\b", _insurance),
    ("NHS number", r"(?<![\w.,£$€/+-])[3-79]\d\d([ -]?)\d{3}\1\d{4}(?![\w-]|[.,]\d)", _nhs),
    (
        "phone number",
        r"(?<![\w.,£$€/+-])(?:\(0[127]\d{1,3}\)|0[127]\d{1,3}|\+\d{1,3}[ -]?(?:\(0\) ?)?\d{1,4})(?:[ -]?\d{2,8}){1,4}"
        r"(?![\w-]|[.,]\d)",
        _phone,
    ),
    ("date of birth", rf"\b(?:date of birth|birthday|born|d\.?o\.?b\b\.?)\W{{0,3}}(?:(?:is|was|on) )?{_DATE}\b", _any),
    ("postcode", r"(?<![\w-])[a-z]{1,2}\d[a-z\d]? ?\d[abd-hjlnp-uw-z]{2}(?![\w-])", _postcode),
    ("vehicle registration", r"(?<![\w-])(?-i:[A-HJ-PR-Y]{2}\d\d ?[A-HJ-PR-Z]{3})(?![\w-])", _plate),
    ("name of a person", r"(?<!\w)(?-i:Mr|Mrs|Ms|Miss|Mx|Dr|MR|MRS|mr|mrs)\.? {1,2}[^\W\d_][\w'’-]{1,30}", _name),
    (
        "home address",
        r"(?<![\w.,£$€/-])\d{1,3}[a-d]? (?:[^\W\d_][\w'’-]{1,20} ){1,3}"
        r"(?:street|road|avenue|lane|close|drive|crescent|terrace|gardens|grove|walk|mews)(?!\w)",
        _house,
    ),
)

# What may be written in any alphabet; the others are plain letters and digits.
_IN_WORDS = ("e-mail address", "name of a person", "home address")


def scan(text: str) -> list[Hit]:
    """Return what in a text looks like personal data of somebody, in the order in which it stands there."""
    typed = text.translate(_AS_TYPED)
    hits: list[tuple[int, Hit]] = []
    for subject, pattern, holds in _KINDS:

        def look(match: re.Match[str], subject: str = subject, holds: Callable[[str], bool] = holds) -> str:
            part = match.group()
            if not (subject in _IN_WORDS or part.isascii()) or not holds(part):
                return part
            hits.append((match.start(), Hit(subject, text[match.start() : match.end()])))
            return "\0" * len(part)  # nobody looks there again

        typed = re.sub(pattern, look, typed, flags=re.IGNORECASE)
    return [hit for _, hit in sorted(hits)]


def describe_hits(label: str, hits: Iterable[Hit]) -> list[str]:
    """Return a sentence for each hit in a field with this label."""
    return [f"{label}: “{hit.part}” looks like {_article(hit.what)} {hit.what}." for hit in hits]


def _article(subject: str) -> str:
    if subject.startswith("name"):
        return "the"
    if subject[0] in "aeiou" or subject.startswith("NHS"):
        return "an"
    return "a"
