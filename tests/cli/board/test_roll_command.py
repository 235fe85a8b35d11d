"""The roll call in a shell, and the quorum of an item without those who declared an interest in it."""

import pytest
from shell import Shell, prepared


@prepared
def expected(shell: Shell) -> None:
    """A meeting with three members and a secretary, an item and its decision."""
    shell.done("board", "add", "October board", "--meets-on", "2026-10-01", "--quorum", "3")
    for name, role in (("Cha Chair", "Chair"), ("Mel One", "Member"), ("Mel Two", "Member"), ("Sue", "Secretary")):
        shell.done("person", "add", name)
        shell.done("attendee", "add", name, "--board", "B-01", "--role", role)
    question = ("--question", "Shall it?", "--options", "Do nothing\nDo it", "--status", "sought", "--board", "B-01")
    shell.done("decision", "add", "Scale it", *question)
    shell.done("item", "add", "Scaling", "--board", "B-01", "--kind", "decision", "--decision", "D-001")


def came(shell: Shell) -> dict[str, tuple[str, ...]]:
    lines = [line.split("\t") for line in shell.done("board", "roll", "B-01").splitlines()[1:]]
    return {who: tuple(cells) for _, who, _, *cells in lines}


def test_everybody_in_one_command_that_one_undo_takes_back(expected: Shell) -> None:
    answers = ("--apologies", "Cha", "--deputy", "BA-002=Head of data", "--interest", "Mel Two=AG-001: owns it")
    expected.done("board", "roll", "B-01", *answers, "--others", "present")
    assert "2 members present, 3 needed: not quorate." in expected.words
    assert came(expected) == {
        "Cha Chair": ("Apologies", "", ""),
        "Mel One": ("Deputy", "Head of data", ""),
        "Mel Two": ("Present", "", "AG-001: owns it"),
        "Sue": ("Present", "", ""),
    }
    expected.done("undo")
    assert {cells[0] for cells in came(expected).values()} == {"Expected"}


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("--present", "Nobody"), 1, "Nobody on this roll is “Nobody”"),
        (("--present", "Mel"), 1, "Several on this roll are “Mel”. Say the ref: BA-002 Mel One, BA-003 Mel Two."),
        (("--present", "Sue", "--apologies", "BA-004"), 1, "named twice"),
        (("--deputy", "Sue"), 2, "needs who it is"),
        (("--others", "late"), 1, "Choose one of: present, apologies, absent."),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_recorded(
    expected: Shell, words: tuple[str, ...], code: int, sentence: str
) -> None:
    assert sentence in expected.refused(code, "board", "roll", "B-01", *words)
    assert {cells[0] for cells in came(expected).values()} == {"Expected"}


def test_who_has_an_interest_in_an_item_does_not_count_for_it(expected: Shell) -> None:
    expected.done("board", "roll", "B-01", "--interest", "Mel Two=AG-001: owns it", "--others", "present")
    assert "3 members present, 3 needed: quorate." in expected.words
    expected.done("board", "hold", "B-01")
    expected.done("board", "decide", "D-001", "--outcome", "approved")
    assert "AG-001 had no quorum as recorded: 2 members present, 3 needed: not quorate." in expected.words
    minutes = " ".join(expected.done("board", "minutes", "B-01").split())
    assert "Took no part, having declared an interest: Mel Two. Without them 2 members present, 3 needed" in minutes
    assert "The decision was taken with 2 members present, 3 needed: not quorate." in minutes


def test_an_interest_in_another_item_is_none_in_this(expected: Shell) -> None:
    expected.done("board", "roll", "B-01", "--interest", "Mel Two=AG-0012 or a friend", "--others", "present")
    expected.done("board", "hold", "B-01")
    expected.done("board", "decide", "D-001", "--outcome", "approved")
    assert "no quorum" not in expected.words
    assert "Took no part" not in expected.done("board", "minutes", "B-01")
