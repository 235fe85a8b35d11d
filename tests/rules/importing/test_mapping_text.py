"""A mapping in TOML: written so that it reads the same, and refused with the line of each problem."""

from tracker.rules.importing.mapping_text import read_mapping, write_mapping
from tracker.services.importing.mappings import shipped_mappings

MAPPING = """\
source = "Risk log"

[file]
sheet = "Risks"
header = [3, 4]
until = "Total"

[[record]]
register = "pilot"
key = "Project"
[record.fields]
name = "Project"
budget = { columns = "Cost (£m)", factor = "1000000" }

[[record]]
register = "risk"
key = ["Project", "No"]
note = "*"
[record.fields]
title = 4
pilot = { record = "pilot" }
likelihood = { columns = "L", values = { High = "4" } }
visibility = { value = "restricted" }

[people]
"Jane Doe" = "Delivery lead"
"""


def test_a_mapping_is_written_as_it_was_read() -> None:
    mapping, troubles = read_mapping("risks.toml", MAPPING)
    assert not troubles
    assert mapping is not None
    assert mapping.file.header == (3, 4)
    assert mapping.record[1].key == ("Project", "No")
    assert mapping.record[1].fields["title"].columns == (4,)
    assert read_mapping("again.toml", write_mapping(mapping)) == (mapping, [])


def test_every_shipped_mapping_is_read_and_known_by_its_columns() -> None:
    mappings = list(shipped_mappings())
    assert len(mappings) >= 3
    for mapping in mappings:
        assert mapping.title
        assert mapping.headers
        assert read_mapping("again.toml", write_mapping(mapping))[0] is not None


def test_each_problem_is_said_with_its_line() -> None:
    text = MAPPING.replace('"pilot"\nkey', '"pilto"\nkey').replace("until", "untill").replace("title = 4", "titel = 4")
    assert [str(trouble) for trouble in read_mapping("risks.toml", text)[1]] == [
        "risks.toml, line 6: There is no “untill” here. Did you mean “until”?"
    ]
    text = text.replace("untill", "until")
    assert [str(trouble) for trouble in read_mapping("risks.toml", text)[1]] == [
        "risks.toml, line 9: There is no register “pilto”. Did you mean “pilot”?",
        "risks.toml, line 20: A risk has no field “titel” that can be given. Did you mean “title”?",
        "risks.toml, line 21: pilot: no record above is called “pilot”.",
    ]


def test_what_is_no_mapping_is_refused_with_a_sentence() -> None:
    for text, words in (
        ("", "“source” is missing"),
        ('source = "x"\nrecord = []', "A mapping needs at least one [[record]]"),
        ("= 3", "This is not TOML"),
        ('source = "x"\n[[record]]\nregister = "risk"\n[record.fields]\ntitle = {}', "say where it comes from"),
        (
            'source = "x"\n[[record]]\nregister = "risk"\nkey_part = "("\n[record.fields]\ntitle = 1',
            "key_part: is no regular expression",
        ),
    ):
        mapping, troubles = read_mapping("m.toml", text)
        assert mapping is None
        assert words in " ".join(map(str, troubles))
