"""People of the register are found in public texts by name and login; names that are only words of a role are not."""

import pytest

from tracker.rules.erasing.forms import Known, Surroundings
from tracker.rules.public.named import Names, is_role

ROLES = (
    "Delivery lead, Parking",
    "Delivery lead, Welfare grants",
    "Product owner, Libraries and leisure",
    "Head of the contact centre",
    "Director of Customer and Digital",
    "Deputy Chief Executive",
    "Programme secretary",
    "Data lead",
    "Head of internal assurance",
    "Member",
)
PEOPLE = (
    "Pat Example",
    "Bob",
    "ana",
    "Ruth Okoro",
    "Delivery lead, Pat Example",
    "Example, Pat",
    "Chief Okoro",
    "Pat smith",
    "clerk pat example",
    "Grace Park",
)


@pytest.mark.parametrize("name", ROLES)
def test_a_role_is_nobodys_name(name: str) -> None:
    assert is_role(name)
    assert parts(name, f"{name} says that all is well.") == set()


@pytest.mark.parametrize("name", PEOPLE)
def test_whoever_is_in_the_register_is_found(name: str) -> None:
    assert not is_role(name)
    assert name in parts(name, f"Thanks to {name} the letters are short.")


def test_what_a_field_of_work_is_called_is_no_name() -> None:
    assert not is_role("Delivery lead, Blue Badge")
    assert is_role("Delivery lead, Blue Badge", frozenset({"blue", "badge"}))


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("P. Exampleton rewrote it", "P. Exampleton"),
        ("EXAMPLETON, PAT rewrote it", "EXAMPLETON, PAT"),
        ("It was Exampleton who did it", "Exampleton"),
        ("pat  exampleton did it", "pat  exampleton"),
        ("Ask pexa07 for it", "pexa07"),
    ],
)
def test_a_name_is_found_as_people_write_it(text: str, part: str) -> None:
    assert part in parts("Pat Exampleton", text, "pexa07")


def parts(name: str, text: str, *logins: str) -> set[str]:
    """Return the parts of a text that name somebody of one name."""
    return {hit.part for hit in Names([(Known((name,), (), logins), Surroundings())]).hits(text)}
