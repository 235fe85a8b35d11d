"""Whom a name means: ``me`` is who acts, and a part of a word is nobody."""

import pytest
from shell import Shell, prepared


@prepared
def namesakes(shell: Shell) -> None:
    """Ana acts; a James Mead and a Progra-mme manager hold “me” inside, and own something."""
    for name in ("James Mead", "Programme manager", "Bob"):
        shell.done("person", "add", name)
    shell.done("action", "add", "Of James", "--owner", "PER-002", "--due", "2026-12-01")


def owner(shell: Shell, ref: str) -> str:
    return str(shell.json("action", "show", ref)["owner"]["ref"])


def test_me_is_who_acts_in_every_option_that_names_a_person(namesakes: Shell) -> None:
    namesakes.done("action", "add", "Mine", "--owner", "me", "--due", "2026-12-01")
    assert "owner PER-001 ana" in namesakes.words
    assert owner(namesakes, "A-002") == "PER-001"
    assert "A-002" in namesakes.done("due", "--owner", "Me", "--days", "90")
    assert "A-001" not in namesakes.out
    assert namesakes.done("action", "list", "--where", "owner=me", "--columns", "ref").split()[-1] == "A-002"
    assert "PER-001" in namesakes.done("person", "show", "me")
    assert "PER-001" in namesakes.done("show", "me")
    namesakes.done("body", "add", "Board")
    namesakes.done("member", "add", "me", "--body", "BD-01")
    assert namesakes.json("member", "show", "BM-001")["person"]["ref"] == "PER-001"


def test_who_hands_their_own_work_over_gives_nobody_elses(namesakes: Shell) -> None:
    namesakes.done("action", "add", "Mine", "--owner", "me", "--due", "2026-12-01")
    namesakes.who = "Bob"
    assert "nothing was changed" in (namesakes.done("hand-over", "me", "PER-003") or namesakes.words)
    namesakes.who = "ana"
    namesakes.done("hand-over", "me", "Bob", "--only", "action")
    assert (owner(namesakes, "A-001"), owner(namesakes, "A-002")) == ("PER-002", "PER-004")


def test_me_is_nobody_where_the_file_does_not_know_who_acts(namesakes: Shell) -> None:
    namesakes.who = "Somebody new"
    for typed in (("due", "--owner", "me"), ("due", "--mine"), ("person", "show", "me"), ("hand-over", "me", "Bob")):
        words = namesakes.refused(1, *typed)
        assert "“me” is “Somebody new” here" in words


@pytest.mark.parametrize("part", ["ob", "ames", "rogramme man", "ead"])
def test_a_part_of_a_word_names_nobody_and_says_who_may_be_meant(namesakes: Shell, part: str) -> None:
    words = namesakes.refused(1, "action", "add", "x", "--owner", part, "--due", "2026-12-01")
    assert f"“{part}” is only a part of a word, in PER-00" in words
    assert "is only a part of a word" in namesakes.refused(1, "person", "show", part)
    assert "is only a part of a word" in namesakes.refused(1, "show", part)


@pytest.mark.parametrize(("words", "ref"), [("bo", "PER-004"), ("mead", "PER-002"), ("programme m", "PER-003")])
def test_whole_words_and_the_beginning_of_a_word_name_somebody(namesakes: Shell, words: str, ref: str) -> None:
    namesakes.done("action", "add", "x", "--owner", words, "--due", "2026-12-01")
    assert f"owner {ref}" in namesakes.words
    assert owner(namesakes, "A-002") == ref


def test_a_part_of_a_word_names_no_record_of_another_kind(namesakes: Shell) -> None:
    namesakes.done("pilot", "add", "Parking permits")
    assert "part of a word, in P-01 Parking permits" in namesakes.refused(1, "pilot", "show", "king")
    assert "part of a word" in namesakes.refused(1, "risk", "add", "Rain", "--pilot", "king")


def test_the_same_role_is_no_duplicate(namesakes: Shell) -> None:
    namesakes.done("body", "add", "Board")
    namesakes.done("board", "add", "November", "--meets-on", "2026-11-10")
    for person in ("PER-002", "PER-003"):
        namesakes.done("member", "add", person, "--body", "BD-01")
        assert "same role" not in namesakes.words
        namesakes.done("attendee", "add", person, "--board", "B-01")
        assert "same role" not in namesakes.words
