"""The organisation's own template: what is refused, and what is said of it."""

from random import Random

import pytest
from reports.template_cases import HOSTILE, TYPES, external, rewritten, swapped, template
from sample_report import sample

from tracker.reports.branding.check import check, kind_of
from tracker.reports.branding.safety import unsafe
from tracker.reports.model import Brand, NotRendered, Paragraph, Report, Section
from tracker.reports.render.docx import document as docx
from tracker.reports.render.odf.text import render as render_odt


def problems(data: bytes, kind: str) -> list[str]:
    return list(check(data, kind).refused)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_or_useless_template_is_refused_with_the_reason(name: str) -> None:
    make, reason = HOSTILE[name]
    data = make()
    (first, *_) = found = problems(data, "docx")
    assert any(reason in one for one in found), found
    assert all(one.endswith((".", '".')) and "Traceback" not in one for one in found)
    with pytest.raises(NotRendered) as refused:
        docx.render(sample(), Brand(docx=data))
    assert first in str(refused.value)


def test_damage_anywhere_is_told_in_a_sentence() -> None:
    data, dice = template(), Random(4)
    for _ in range(60):
        damaged = bytearray(data)
        for _ in range(dice.choice((1, 3, 20))):
            damaged[dice.randrange(len(data))] = dice.randrange(256)
        assert all(reason.endswith(".") for reason in problems(bytes(damaged), "docx"))
    for name, broken in (
        (TYPES, b"styles+xml"),
        (TYPES, b"header+xml"),
        ("word/numbering.xml", b'w:abstractNumId="0"'),
    ):
        with pytest.raises(NotRendered, match="Save it again"):
            docx.render(sample(), Brand(docx=rewritten(data, {name: swapped(broken, b'w:x="0"')})))


def test_a_good_template_is_praised_and_the_rest_is_said() -> None:
    found = check(template(lambda d: d.add_paragraph("{{ borad }} {{ my note }}")), "docx")
    assert found.refused == ()
    assert "Placeholders: board, meeting, as_of, since, pack, classification." in found.fits
    assert any("“{{ borad }}” is no placeholder" in said and "{{ board }}" in said for said in found.missing)
    assert (
        external("hyperlink", "https://www.example.org/")
        and unsafe(external("hyperlink", "https://www.example.org/")) == []
    )


def test_a_kind_that_cannot_be_used_is_named() -> None:
    assert [kind_of(name) for name in ("a.docx", "A.ODT", "x.dotm", "pilot.toml", "docx")] == [
        "docx", "odt", "dotm", "", "docx",
    ]  # fmt: skip
    assert problems(template(), "dotm") == ["A .dotm file cannot be used. Save it as .docx or .odt."]
    assert "no .odt text document" in problems(template(), "odt")[0]


def test_an_odt_is_checked_too() -> None:
    first = Report(sample().header, (Section("s", "S", (Paragraph("{{ report }}"), Paragraph("{{ board }}"))),))
    data = render_odt(first).data
    assert check(data, "odt").refused == ()
    assert "Placeholders: board." in check(data, "odt").fits
    assert "holds macros" in problems(rewritten(data, Basic__Standard__xDOTxml=b"<x/>"), "odt")[0]
    outside = swapped(
        b"</office:text>", b'<text:p><draw:image xlink:href="http://evil.example/x"/></text:p></office:text>'
    )
    assert "from elsewhere" in problems(rewritten(data, {"content.xml": outside}), "odt")[0]
    without = render_odt(Report(sample().header, ())).data
    assert "no {{ report }}" in problems(without, "odt")[0]


CUT = b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR"
DRAWN = b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:s="http://www.w3.org/2000/svg">'


@pytest.mark.parametrize("name", ["Pictures/a.svg", "Pictures/100002", "word/media/image1.png"])
def test_pictures_in_a_template_are_looked_into(name: str) -> None:
    running = rewritten(template(), None, **{name: DRAWN + b"<s:script>x</s:script></svg>"})
    assert unsafe(running) == [f"{name}: It holds a script or a page. Save it as plain SVG."]
    assert unsafe(rewritten(template(), None, **{name: DRAWN + b"<s:g/></svg>"})) == []
    assert unsafe(rewritten(template(), None, **{name: CUT})) == [f"{name}: The picture is cut off. Save it again."]
