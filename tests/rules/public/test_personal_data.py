"""What looks like personal data is found; what programmes write every day is not taken for it."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.entities import all_entities
from tracker.rules.public.personal_data import Hit, describe_hits, scan
from tracker.rules.reading import amount, decimal_text, share_text
from tracker.rules.wording import show_date

ROOT = Path(__file__).parents[3]

LOOKS_LIKE = {
    "e-mail address": ("jo.smith+permits@example.co.uk", "j@x.org", "josé@example.uk"),
    "phone number": (
        "07700 900123",
        "07700900123",
        "020 7946 0958",
        "0161-496-0123",
        "(01632) 960 001",
        "01632\u00a0960\u2011001",
        "+44 7700 900123",
        "+447700900123",
        "+44 (0)20 7946 0958",
        "+353 1 496 0000",
        "+1 202 555 0143",
    ),
    "National Insurance number": ("QQ 12 34 56 C", "AB123456C", "ab 12 34 56 d"),
    "NHS number": ("943 476 5919", "943-476-5919", "4010232137"),
    "postcode": ("SW1A 1AA", "M1 1AE", "B33 8TH", "CR26XH", "sw1a 1aa"),
    "date of birth": (
        "born on 3 May 1962",
        "DOB 3/5/62",
        "d.o.b. 03.05.1962",
        "Date of birth: 1962-05-03",
        "born May 3, 1962",
        "birthday is 3rd of May 1962",
    ),
    "name of a person": ("Mr Smith", "Mrs. O’Brien", "Ms Björk", "Dr Patel", "mr smith", "MRS JONES", "Miss Lee-Hart"),
    "bank card number": ("4111 1111 1111 1111", "5555555555554444", "3782 822463 10005", "6011-1111-1111-1117"),
    "bank account": ("12-34-56, account number 12345678", "GB29 NWBK 6016 1331 9268 19"),
    "driving licence number": ("MORGA657054SM9IJ",),
    "vehicle registration": ("AB12 CDE", "YA73XYZ"),
    "home address": ("14a Mill Lane", "12 St Mary's Road", "7 High Street"),
}

EVERYDAY = (
    "R-014, P-01, ME-003, JS-004, INC-002 and D-B011 of AUD-01",
    "From 2026-10-01 to 2026-12-31, 12/11/2026 10:30 and 01-02-2026 10:30 until 20261112",
    "Thursday 12 November 2026, Nov 12, 2026, 3 May 1962 and Q3 2026/27",
    "People born in 1962 apply; others were born abroad on time",
    "£182,000.50, £0161 496 0123, £4111 1111 1111 1111 and 45.50",
    "412 of 598, 1,480/2,210, 0.8114, +14.1 points, −11.5 to +18.8, 18−25%",
    "4,010,232,137 cases, number 4010232138 and 1234567890, 25 000 000 000",
    "+12 000 000 people, 0161 to 0170, 2026 2027 2028 2029",
    "Call 0800 123 4567 or 0300 123 4567, the council's own numbers",
    "4111 1111 1111 1112 keeps no rule of cards, 1234 5678 1234 5670 begins as none does, GB 12 34 56 C no insurance",
    "Forms SA100, P45, CH2 and A4 paper by WCAG 2.2 AA, ISO 27001:2022, BS 8878",
    "FY26 YTD and FY25 RAG, 200 ms after the MR scanner, 16 GB, S3 or E5",
    "Miss appointments less often; the M1 2nd junction; 9 am and 10PM",
    "5 of 18 staff walk, 12 steps close late, 3 offices in High Street, 10 minutes down the road",
    "https://example.gov.uk/form/07700900123?ref=M1 and v1.2.3 at 10.0.0.1",
    "a team @ the counter; @mention; 3@ each; user@localhost",
)


@pytest.mark.parametrize(("what", "part"), [(what, part) for what, some in LOOKS_LIKE.items() for part in some])
def test_what_tells_who_somebody_is_is_found_whole(what: str, part: str) -> None:
    assert scan(part) == [Hit(what, part)]
    assert scan(f"They said ({part}) and left.") == [Hit(what, part)]
    assert scan(f"It was {part}.") == [Hit(what, part)]


@pytest.mark.parametrize("text", EVERYDAY)
def test_everyday_text_is_not_taken_for_it(text: str) -> None:
    assert scan(text) == []


def test_hits_stand_in_the_order_of_the_text_and_no_part_counts_twice() -> None:
    text = "Mr Smith of 12 Mill Lane, SW1A 1AA wrote from jo@example.uk; Mrs Smith rang from 07700 900123."
    assert [hit.what for hit in scan(text)] == [
        "name of a person",
        "home address",
        "postcode",
        "e-mail address",
        "name of a person",
        "phone number",
    ]
    assert scan("card 4111 1111 1111 1111 0161") == [Hit("bank card number", "4111 1111 1111 1111")]
    assert scan("") == []


def test_each_hit_is_a_sentence() -> None:
    assert describe_hits("Summary", scan("jo@example.uk or 9434765919 or Mr Lee")) == [
        "Summary: “jo@example.uk” looks like an e-mail address.",
        "Summary: “9434765919” looks like an NHS number.",
        "Summary: “Mr Lee” looks like the name of a person.",
    ]


@given(
    day=st.dates(date(1950, 1, 1), date(2090, 1, 1)),
    number=st.integers(0, 10**9),
    small=st.integers(0, 9999),
    figure=st.floats(0, 10**6, allow_nan=False),
)
@settings(derandomize=True, deadline=None, max_examples=100)
def test_dates_amounts_refs_and_figures_are_never_hits(day: date, number: int, small: int, figure: float) -> None:
    refs = ", ".join(kind.new_ref(small + 1) for kind in all_entities())
    later = day + timedelta(days=small)
    rounded = round(figure, 3)
    for text in (
        refs,
        f"{day} to {later}, {show_date(day)} until {show_date(later)}, {day:%d/%m/%Y}–{later:%d.%m.%Y}",
        f"£{amount(number)} of {amount(number * 7)}, {number:,} cases, {small} of {small + 3}",
        f"{decimal_text(rounded)} minutes, {share_text(rounded)}, +{decimal_text(rounded)} points",
    ):
        assert scan(text) == [], text


def test_the_demonstration_holds_no_personal_data() -> None:
    found = []
    for file in sorted((ROOT / "data" / "demo").glob("*.toml")):
        for line in file.read_text(encoding="utf-8").splitlines():
            if not re.match(r"\s*(#|at\s*=)", line):
                found += [(file.name, hit) for hit in scan(line)]
    assert found == []


@pytest.mark.parametrize(
    "piece", ["a", "1", "0161 ", "@", "a@", "mr ", "1 aa ", "12-", "+1 2", "1 Aa ", "born ", "a.-"]
)
def test_no_text_takes_long(piece: str) -> None:
    """Ten times the text takes about ten times the steps; a pattern that went astray would never end here."""
    assert isinstance(scan(piece * 20_000), list)
