"""Notes of any length on any record, identifiers of other systems, and refs of copies of the file."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shell import Shell, prepared

from tracker.entities import Entity, all_entities
from tracker.entities.base import old_ref
from tracker.errors import TrackerError
from tracker.services.records.finding import kind_of
from tracker.storage.queries import refs_meant

LONG = "First line\n\n" + "word " * 5_000 + "zebra\nlast line"


@prepared
def begun(shell: Shell) -> None:
    """Type a pilot and a restricted risk."""
    shell.done("pilot", "add", "Parking")
    shell.done("risk", "add", "The supplier leaves", "--pilot", "P-01", "--visibility", "restricted")


def test_a_note_is_kept_whole_and_found_by_its_words(begun: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(LONG))
    assert begun.done("note", "p1", "-").strip() == "N-001"
    begun.done("note", "P-01", "A second one")
    _, first = begun.json("notes", "P-01")
    assert (first["text"], first["author"], first["day"]) == (LONG, "ana", "2026-10-01")
    shown = begun.done("pilot", "show", "P-01")
    assert shown.index("A second one") < shown.index("First line") and "last line" not in shown
    assert "last line" in begun.done("show", "P-01", "--notes")
    (hit,) = begun.json("search", "zebra")
    assert (hit["ref"], hit["kind"]) == ("P-01", "pilot") and "zebra" in hit["snippet"]
    assert "A second one" in begun.done("history", "P-01")
    begun.done("check")


def test_a_note_is_removed_for_a_reason_and_brought_back(begun: Shell) -> None:
    begun.done("note", "P-01", "Said twice")
    begun.refused(1, "note", "N-001", "--remove")
    begun.done("note", "N-001", "--remove", "--reason", "It was said twice")
    assert begun.json("notes", "P-01") == [] and begun.json("search", "twice") == []
    begun.done("undo")
    assert [note["ref"] for note in begun.json("notes", "P-01")] == ["N-001"]
    (added,) = (entry["change"] for entry in begun.json("history") if entry["command"] == "note.add")
    begun.done("undo", str(added))
    assert begun.json("notes", "P-01") == []


def test_notes_stand_in_no_paper_and_are_as_restricted_as_their_record(begun: Shell) -> None:
    begun.done("note", "R-001", "Zebra of the risk")
    begun.done("note", "P-01", "Zebra of the pilot")
    for paper in ("pack", "summary", "public"):
        assert "Zebra" not in begun.done("report", paper)


def test_an_identifier_is_unique_within_its_system_and_names_the_record_everywhere(begun: Shell) -> None:
    begun.done("id", "add", "P-01", "GMPP", "GMPP_0007", "--url", "https://example.org/7")
    words = begun.refused(1, "id", "add", "R-001", "gmpp", "gmpp_0007")
    assert "P-01 Parking" in words
    assert begun.done("show", "GMPP_0007").startswith("P-01  Parking")
    assert [risk["ref"] for risk in begun.json("risk", "list", "--where", "pilot=gmpp_0007")] == ["R-001"]
    assert "Known as" in begun.done("pilot", "show", "P-01")
    assert begun.json("show", "GMPP_0007")["identifiers"][0]["code"] == "GMPP_0007"
    assert [hit["ref"] for hit in begun.json("search", "GMPP_0007")] == ["P-01"]
    begun.done("id", "add", "R-001", "IPA", "GMPP_0007")
    words = begun.refused(1, "show", "GMPP_0007")
    assert "P-01 Parking" in words and "R-001 The supplier leaves" in words
    assert begun.done("show", "IPA:GMPP_0007").startswith("R-001")
    begun.done("id", "remove", "ID-001", "--reason", "It moved elsewhere")
    assert begun.done("show", "gmpp_0007").startswith("R-001")


def test_a_ref_of_ours_wins_over_an_identifier_and_that_over_a_part_of_a_name(begun: Shell) -> None:
    begun.done("pilot", "add", "Waste")
    begun.done("id", "add", "P-02", "Jira", "P-01")
    begun.done("id", "add", "P-02", "Jira", "Park")
    assert begun.done("pilot", "show", "P-01").startswith("P-01  Parking")
    assert begun.done("pilot", "show", "Park").startswith("P-02  Waste")
    begun.done("id", "add", "P-02", "Jira", "Parking")
    words = begun.refused(1, "pilot", "show", "Parking")
    assert "P-01 Parking" in words and "P-02 Waste" in words


def test_an_identifier_that_is_a_ref_here_says_which_wins(begun: Shell) -> None:
    begun.done("id", "add", "P-01", "Jira", "R-001")
    assert "“R-001” alone goes on meaning R-001 The supplier leaves: a ref wins." in begun.words
    assert "Write “Jira:R-001” for P-01." in begun.words
    assert begun.done("show", "R-001").startswith("R-001")
    assert begun.done("show", "Jira:R-001").startswith("P-01")


def test_a_search_for_the_ref_of_a_removed_record_says_what_became_of_it(begun: Shell) -> None:
    begun.done("risk", "remove", "R-001", "--reason", "Entered twice")
    begun.done("search", "r-001")
    gone = "R-001 was removed on 2026-10-01 by ana: Entered twice. Bring it back with “tracker risk restore R-001”."
    assert gone in begun.words


def test_a_ref_is_found_and_filtered_however_it_is_typed(begun: Shell) -> None:
    for typed in ("r1", "R-1", "r-001", "R 1"):
        assert [hit["ref"] for hit in begun.json("search", typed)][:1] == ["R-001"]
        assert [risk["ref"] for risk in begun.json("risk", "list", "--where", f"ref={typed}")] == ["R-001"]
    assert begun.json("risk", "list", "--where", "ref=R-999") == []


REGISTERS = st.sampled_from(all_entities())
SITES = st.from_regex(r"[A-Z][A-Z0-9]{0,2}", fullmatch=True)


@given(register=REGISTERS, number=st.integers(1, 99_999), site=SITES, lower=st.booleans(), bare=st.booleans())
def test_the_ref_of_a_copy_is_read_however_it_is_typed(
    register: type[Entity], number: int, site: str, lower: bool, bare: bool
) -> None:
    ref = register.new_ref(number, site)
    typed = f"{register.prefix}-{number}.{site}" if bare else ref
    typed = typed.lower() if lower else typed
    for text in (typed, typed.replace("-", ""), typed.replace("-", " ")):
        assert kind_of(text) == register.kind
        assert refs_meant(register, text)[0] == ref


@given(register=REGISTERS, number=st.integers(1, 99_999), site=st.sampled_from(["", *"ABZ"]), lower=st.booleans())
def test_an_old_ref_names_the_register_before_its_hyphen(
    register: type[Entity], number: int, site: str, lower: bool
) -> None:
    ref = old_ref(register, number, site)
    text = ref.lower() if lower else ref
    assert kind_of(text) == register.kind
    assert ref in refs_meant(register, text)
    others = [other for other in all_entities() if other is not register and refs_meant(other, text)]
    assert others == []


@pytest.mark.parametrize("text", ["", "R-", "14", "R-014.", "R-014.2", "R-A014.B", "R-1234567890", "XQ-001", "R-٣"])
def test_what_is_no_ref_is_refused(text: str) -> None:
    with pytest.raises(TrackerError):
        kind_of(text)


def test_what_is_taken_out_of_a_note_is_said(begun: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("From a\x07 log\x07"))
    begun.done("note", "P-01", "-")
    assert "Text: 2 characters that cannot be shown were taken out." in begun.words


def test_notes_and_identifiers_are_listed_for_spreadsheets(begun: Shell) -> None:
    begun.done("note", "P-01", 'Said "so",\tlater')
    assert begun.done("notes", "P-01", "--csv").splitlines()[1] == 'N-001,2026-10-01,ana,"Said ""so"", later"'
    begun.done("id", "add", "P-01", "GMPP", "GMPP_0007")
    begun.done("id", "add", "R-001", "Jira", "TT-14")
    assert begun.done("id", "list", "--csv").splitlines() == [
        "Ref,Of,Source,Identifier,Address",
        "ID-001,P-01 Parking,GMPP,GMPP_0007,",
        "ID-002,R-001 The supplier leaves,Jira,TT-14,",
    ]
    assert [entry["record"]["ref"] for entry in begun.json("id", "list")] == ["P-01", "R-001"]
    assert len(begun.json("id", "list", "R-001")) == 1


def test_undoing_a_long_note_says_how_it_begins(begun: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(LONG))
    begun.done("note", "P-01", "-")
    assert len(begun.done("undo")) + len(begun.words) < 400
