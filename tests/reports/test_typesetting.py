"""What a PDF is set with: fonts that are read, and drawings that become pictures."""

import json

import pytest
from pdf_of import PAPER
from sample_report import ARABIC, HINDI, POLISH, VIETNAMESE

from tracker.reports.charts import svg
from tracker.reports.model import (
    Chart,
    NotRendered,
)
from tracker.reports.typography import fonts
from tracker.reports.typography.raster import drawing, png


def test_a_font_is_read_for_its_name_and_its_characters() -> None:
    faces = {face.family: face for face in fonts.shipped()}
    assert list(faces) == list(fonts.FAMILIES[:3])
    assert {ord(sign) for sign in POLISH + VIETNAMESE} <= set(faces["IBM Plex Sans"].advances)
    assert {ord(sign) for sign in ARABIC} <= fonts.shown() >= {ord(sign) for sign in HINDI}
    assert ord("人") not in fonts.shown()
    assert fonts.face_ruler().width("WWW") > fonts.face_ruler().width("iii") > 0


def test_a_broken_font_is_no_font() -> None:
    whole = fonts.font_files()[0].read_bytes()
    step = len(whole) // 40
    for data in (b"", b"no font", b"ttcf", b"\x00\x01\x00\x00\xff\xff", *(whole[:n] for n in range(0, 4000, 100))):
        assert fonts.read_face(data).advances == {} or fonts.read_face(data).family
    for place in range(0, 40 * step, step):
        spoilt = whole[:place] + b"\xff" * 8 + whole[place + 8 :]
        fonts.read_face(spoilt)


def test_a_chart_becomes_a_picture_of_the_width_that_is_asked() -> None:
    charts = [block for section in PAPER.sections for block in section.blocks if isinstance(block, Chart)]
    for chart in charts:
        drawn = svg(chart)
        made = png(drawn, 960)
        assert made.startswith(b"\x89PNG") and int.from_bytes(made[16:20], "big") == 960
        assert png(drawn, 960) == made
        assert made.count(b"tEXt") == made.count(b"tIME") == 0


def test_words_that_a_drawing_shows_badly_are_set_as_text() -> None:
    text = '<text x="10" y="20" font-size="12" fill="#505a5f" text-anchor="end" font-weight="600">%s</text>'
    both = text % "Plain – ż" + text % f"{HINDI} &amp; b"
    made = drawing(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 40">{both}</svg>')
    assert "Plain" in made.svg and HINDI not in made.svg
    assert made.words == (
        {"words": f"{HINDI} & b", "x": 10.0, "y": 20.0, "size": 12.0, "weight": 600, "fill": "#505a5f", "behind": 1.0},
    )
    json.dumps(made._asdict())


@pytest.mark.parametrize("wide", [0, -1, 100_000])
def test_no_picture_is_made_of_an_absurd_size(wide: int) -> None:
    with pytest.raises(NotRendered):
        png('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"></svg>', wide)


def test_what_is_no_drawing_is_refused_with_a_sentence() -> None:
    with pytest.raises(NotRendered, match="cannot be made a picture"):
        png("<svg broken", 100)
