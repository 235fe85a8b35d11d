"""Who leaves holds no office any more: seats and chairs are asked about, moved, and nobody who left is expected."""

import pytest
from shell import Shell, prepared

LEAVE = ("person", "set", "PER-002", "--left-on", "2026-09-20")


@prepared
def body(shell: Shell) -> None:
    """A body of two members that meets in October; one of them chairs it."""
    for name in ("Bea Chair", "Cai Member"):
        shell.done("person", "add", name)
    shell.done("body", "add", "Programme board", "--chair", "PER-002")
    for person in ("PER-002", "PER-003"):
        shell.done("member", "add", person, "--body", "BD-01")
    shell.done("board", "add", "October", "--meets-on", "2026-10-20", "--body", "BD-01")


def test_leaving_asks_who_takes_the_seats_and_the_chair(body: Shell) -> None:
    words = body.refused(1, *LEAVE)
    assert "BM-001" in words
    assert "BD-01" in words
    body.done("person", "add", "Dee Next")
    body.done(*LEAVE, "--move-to", "PER-004")
    assert body.json("body", "show", "BD-01")["chair"]["ref"] == "PER-004"
    member = body.json("member", "show", "BM-001")
    assert (member["person"]["ref"], member["serves_from"]) == ("PER-004", "2026-10-01")


def test_a_term_that_has_ended_is_no_office(body: Shell) -> None:
    body.done("body", "set", "BD-01", "--chair", "")
    body.done("member", "set", "BM-001", "--serves-until", "2026-09-01")
    body.done(*LEAVE)


def test_offices_are_handed_over_like_other_work(body: Shell) -> None:
    body.done("person", "add", "Dee Next")
    body.done("hand-over", "PER-002", "PER-004", "--only", "member,body")
    assert sorted(body.out.split()) == ["BD-01", "BM-001"]


@pytest.fixture
def left(body: Shell) -> Shell:
    body.done(*LEAVE, "--leave")
    return body


def test_who_has_left_is_not_invited_and_that_is_said(left: Shell) -> None:
    assert left.done("board", "invite", "B-01").split() == ["BA-001"]
    assert "Not invited: PER-002 Bea Chair left 20 Sep 2026." in left.words
    assert left.json("attendee", "show", "BA-001")["person"]["ref"] == "PER-003"
    assert "All members are there already" in left.refused(1, "board", "invite", "B-01")


def test_the_check_names_who_is_expected_and_has_left(body: Shell) -> None:
    body.done("board", "invite", "B-01")
    body.done(*LEAVE, "--leave")
    body.type("board", "check", "B-01")
    assert "PER-002 Bea Chair is expected at B-01, and left 20 Sep 2026." in " ".join((body.out + body.words).split())
