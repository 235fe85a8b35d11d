"""A person's name in texts: twelve ways of writing it and more, what is likely, and what is never taken silently."""

import pytest

from tracker.rules.erasing.finding import Decision, Finder, passage
from tracker.rules.erasing.folding import fold, same_name
from tracker.rules.erasing.forms import Known, Surroundings, forms

ADELHEID = Known(("Adelheid Smithersby",), ("adelheid.smithersby@example.org",), ("asmith07",))
CERTAIN = [
    "Adelheid  Smithersby",
    "Adelheid\nSmithersby",
    "Smithersby, Adelheid",
    "AdelheidSmithersby",
    "Adelheid-Smithersby",
    "ADELHEID SMITHERSBY",
    "Ádelhèid Smíthersby",
    "ASMITH07",
    "adelheid.smithersby",
    "Adelheid.Smithersby@EXAMPLE.org",
]
LIKELY = ["A. Smithersby", "Smithersby, A.", "Smithersbys", "Smithersby", "smithersby", "ADELHEID", "asmithersby"]


def finder(*names: str, people: tuple[str, ...] = (), things: tuple[str, ...] = ()) -> Finder:
    return Finder(forms(Known(names), Surroundings(people, things)))


def parts(finder: Finder, text: str) -> list[tuple[str, str]]:
    return [(hit.sureness, hit.part) for hit in finder.hits(text)]


@pytest.mark.parametrize("written", CERTAIN)
def test_the_whole_name_is_certain_however_it_is_written(written: str) -> None:
    whose = Finder(forms(ADELHEID, Surroundings()))
    assert parts(whose, f"So says {written}, on time") == [("certain", written)]
    assert ("certain", written) not in parts(whose, f"So says x{written}x")


@pytest.mark.parametrize("written", LIKELY)
def test_a_part_of_the_name_is_likely(written: str) -> None:
    whose = Finder(forms(ADELHEID, Surroundings()))
    assert parts(whose, f"So says {written} on time") == [("likely", written)]


def test_a_title_and_a_possessive_stay_around_the_mark() -> None:
    whose = Finder(forms(ADELHEID, Surroundings()))
    assert whose.removed("Dr A. Smithersby's desk", lambda _: True) == "Dr [name removed]'s desk"
    assert whose.removed("Ask Smithersby", lambda _: True) == "Ask [name removed]"
    assert whose.removed("a Smithersby paper", lambda _: True) == "a [name removed] paper"


def test_endings_of_other_languages_are_listed_and_not_taken() -> None:
    assert parts(finder("Adelheid Smithersby"), "Smithersbyn kanssa") == [("open", "Smithersbyn")]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("Maria van der Berg", "Van der Berg, Maria", [("certain", "Van der Berg, Maria")]),
        ("Maria van der Berg", "M. van der Berg", [("likely", "M. van der Berg")]),
        ("Jürgen Müller", "Mueller, Juergen", [("certain", "Mueller, Juergen")]),
        ("Juergen Mueller", "Jürgen Müller", [("certain", "Jürgen Müller")]),
        ("Zoë O'Quill", "Zoe OQuill; ZOË O’QUILL", [("certain", "Zoe OQuill"), ("certain", "ZOË O’QUILL")]),
        ("Jean-Luc Picardi", "Jean Luc Picardi", [("certain", "Jean Luc Picardi")]),
        ("Picardi, Jean-Luc", "Jean-Luc Picardi", [("certain", "Jean-Luc Picardi")]),
        ("Ann Park", "Ann Parker is no ANN PARK", [("open", "Ann"), ("certain", "ANN PARK")]),
        ("Dr. X (Data)", "Ask Dr. X (Data)!", [("certain", "Dr. X (Data)")]),
        ("Adelheid Maria Smithersby", "Adelheid Smithersby", [("certain", "Adelheid Smithersby")]),
    ],
)
def test_names_of_many_kinds(name: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert parts(finder(name), text) == expected


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("Mark", "Mark it, do not mark Mark", ["Mark", "Mark"]),
        ("Will Turnbull", "Will he? He will.", ["Will"]),
        ("May Turnbull", "In May we may", ["May"]),
        ("Bo", "Bo said: go", ["Bo"]),
        ("Data lead", "The Lead has data", ["Lead"]),
    ],
)
def test_words_that_mean_something_else_too_are_open(name: str, text: str, expected: list[str]) -> None:
    whose = finder(name)
    assert parts(whose, text) == [("open", part) for part in expected]
    assert whose.removed(text, lambda hit: Decision().takes("R-001", hit)) == text


def test_a_name_of_ordinary_words_has_capitals_and_a_role_need_not() -> None:
    whose = finder("Will Young")
    assert parts(whose, "Will  Young and will young people") == [("certain", "Will  Young")]
    assert parts(whose, "WILL YOUNG") == [("certain", "WILL YOUNG")]
    assert parts(whose, "Young, Will; Will young people come?") == [("open", "Young, Will"), ("open", "Will young")]
    assert parts(finder("Data lead"), "Says the data lead") == [("certain", "data lead")]


def test_another_persons_name_and_names_of_things_are_open() -> None:
    whose = finder("Adelheid Parkinson", people=("Adelheid Jones", "Ann Parkinson"), things=("Parkinson pilot",))
    assert parts(whose, "Adelheid and the Parkinson pilot") == [("open", "Adelheid"), ("open", "Parkinson")]
    assert parts(whose, "Adelheid Parkinson") == [("certain", "Adelheid Parkinson")]
    assert parts(finder("Kim Leeson", people=("kim  leeson",)), "Kim Leeson") == [("open", "Kim Leeson")]


def test_a_decision_names_a_record_a_word_or_both() -> None:
    whose = finder("May Smithersby")
    likely, unclear = whose.hits("Smithersby in May")
    assert Decision().takes("R-001", likely)
    assert not Decision.of(["R-001"], []).takes("R-001", likely)
    assert Decision.of(["R-001"], []).takes("R-002", likely)
    assert not Decision.of(["smithersby"], []).takes("R-002", likely)
    assert not Decision.of(["R-002 Smithersby"], []).takes("R-002", likely)
    assert not Decision().takes("R-001", unclear)
    for named in ("May", "r-001", "R-001 may"):
        assert Decision.of([], [named]).takes("R-001", unclear)
    (whole,) = whose.hits("May Smithersby")
    assert Decision.of(["R-001"], []).takes("R-001", whole)  # what is certain goes


def test_folding_keeps_places() -> None:
    text = "Straße Æther ﬁ Zo\u00ad\u0065\u0308"
    folded = fold(text)
    assert folded.text == "strasse aether fi zoe"
    for start, end, part in ((0, 7, "Straße"), (8, 14, "Æther"), (15, 17, "ﬁ")):
        assert text[slice(*folded.span(start, end))] == part
    assert same_name("  Data   LEAD ") == "data lead"


def test_a_passage_is_one_short_line() -> None:
    text = "word " * 20 + "Adelheid\nSmithersby" + " word" * 20
    (hit,) = finder("Adelheid Smithersby").hits(text)
    shown = passage(text, hit)
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert "Adelheid Smithersby" in shown
    assert len(shown) < 90


def test_a_long_hostile_text_takes_no_time() -> None:
    whose = Finder(forms(ADELHEID, Surroundings()))
    assert whose.hits("a." * 50_000 + "smithersb" * 10_000) == []
    assert whose.hits("adelheid" + " _" * 50_000) == [whose.hits("adelheid ")[0]]
