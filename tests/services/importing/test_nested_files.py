"""Lists inside lists, tables under several headings, and files that are no text, whatever they are called."""

import pytest
from taken_tables import read, texts

from tracker.errors import TrackerError
from tracker.rules.importing.mapping import Layout
from tracker.services.importing.files.opening import SourceFile, sheets_of


def test_lists_inside_lists_are_tables_with_the_values_around_them() -> None:
    content = (
        '{"data": {"groups": [{"title": "Plan", "tasks": [{"id": 1, "cells": [{"title": "Due", "value": "2026-01-05"}'
    )
    content += (
        ', {"title": "State", "value": "{\\"label\\": \\"Done\\"}"}]}]}, {"title": "Build", "tasks": [{"id": 2}]}]}}'
    )
    sheets = sheets_of(SourceFile("board.json", content.encode()), Layout())
    assert [sheet.name for sheet in sheets] == ["data.groups", "data.groups.tasks"]
    assert texts(sheets[1]) == [
        ["id", "cells.Due", "cells.State.label", "data.groups.title"],
        ["1", "2026-01-05", "Done", "Plan"],
        ["2", "", "", "Build"],
    ]


def test_tables_under_several_headings_can_be_read_as_one() -> None:
    text = "## May\n\n| | Goal |\n|--|--|\n| UX | Ask |\n\n## June\n\n| | Goals |\n|--|--|\n| UX | Build |\n"
    assert texts(read("log.md", text, Layout(sheet="*"))) == [
        ["", "Goal"],
        ["May"],
        ["UX", "Ask"],
        ["June"],
        ["UX", "Build"],
    ]


@pytest.mark.parametrize("content", [b"PK\x03\x04zip", b"\x1f\x8bgzip", b"a,b\n\x00\x01\x02,\xff\n1,2\n"])
def test_what_is_no_text_is_refused(content: bytes) -> None:
    with pytest.raises(TrackerError, match=r"is packed|is no text") as caught:
        read("t.csv", content)
    assert caught.value.code == "import.kind"
