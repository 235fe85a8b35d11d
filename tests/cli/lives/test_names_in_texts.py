"""People of the register who are named in texts that may become public are pointed out, without title or number."""

import pytest
from shell import Shell, prepared

HINT = "is the name of a person. Say the role, unless the name may be read."


@prepared
def named(shell: Shell) -> None:
    """Somebody by name, somebody by role, and a pilot."""
    shell.done("person", "add", "Bea Stone")
    shell.done("person", "add", "Data lead")
    shell.done("pilot", "add", "Parking")


@pytest.mark.parametrize(
    "typed",
    [
        ("win", "add", "Bea Stone found the fault", "--pilot", "P-01"),
        ("win", "add", "A fault less", "--what-changed", "bea  stone found it"),
        ("feedback", "add", "It was Bea Stone who helped", "--pilot", "P-01"),
        ("decision", "add", "Let Bea Stone decide"),
        ("issue", "add", "Bea Stone cannot come"),
    ],
)
def test_a_name_in_a_text_is_pointed_out_and_saved_all_the_same(named: Shell, typed: tuple[str, ...]) -> None:
    named.done(*typed)
    assert HINT in named.words
    assert "stone" in named.words.lower()


def test_roles_parts_of_other_words_and_old_texts_are_not(named: Shell) -> None:
    named.done("win", "add", "The data lead laid a stone", "--pilot", "P-01")
    assert HINT not in named.words
    named.done("win", "add", "Bea Stone found the fault")
    named.done("win", "set", "W-002", "--size", "weekly")
    assert HINT not in named.words


def test_whose_name_may_be_published_is_not_pointed_out(named: Shell) -> None:
    named.done("person", "set", "PER-002", "--publish-name", "yes")
    named.done("win", "add", "Bea Stone found the fault")
    assert HINT not in named.words
