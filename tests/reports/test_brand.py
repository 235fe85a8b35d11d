"""House styles: what fits is taken, and what does not is told with its file, its line and the reason."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from sample_report import sample

from tracker.errors import TrackerError
from tracker.reports.branding.brand import NO_BRANDING, Branding, read_brand
from tracker.reports.branding.pictures import problem
from tracker.reports.charts.palette import contrast
from tracker.reports.model import ACCENT, PLAIN
from tracker.rules.templates.lines import too_nested

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path fill="url(#a)" d="M0 0h9v9z"/></svg>'
PNG = b"\x89PNG\r\n\x1a\n" + b"".join(
    len(body).to_bytes(4, "big") + kind + body + b"crc."
    for kind, body in ((b"IHDR", b"\0\0\0\x09\0\0\0\x09\x08\x02\0\0\0"), (b"IDAT", b"rest"), (b"IEND", b""))
)
FONT = b"\x00\x01\x00\x00rest"
WHOLE = """\
organisation = "Northmere Borough Council"
logo = "logo.svg"
logo_alt = "Northmere Borough Council"
accent = "#5B2C83"
fonts = "fonts"
classification = "OFFICIAL"
page = "Letter"
smallest_text = 10.5
language = "en-IE"
"""


def written(folder: Path, text: str) -> Path:
    (folder / "logo.svg").write_bytes(SVG)
    (folder / "fonts").mkdir(exist_ok=True)
    (folder / "fonts" / "a.ttf").write_bytes(FONT)
    (folder / "fonts" / "LICENCE.txt").write_text("free", encoding="utf-8")
    path = folder / "brand.toml"
    path.write_text(text, encoding="utf-8")
    return path


def problems(folder: Path, text: str) -> list[str]:
    path = written(folder, text)
    with pytest.raises(TrackerError) as caught:
        read_brand(path)
    return [line.replace(str(folder) + "/", "") for line in str(caught.value).splitlines()]


def test_a_whole_one(tmp_path: Path) -> None:
    house = read_brand(written(tmp_path, WHOLE))
    assert house.brand == PLAIN._replace(
        organisation="Northmere Borough Council",
        logo=SVG,
        logo_type="svg",
        logo_alt="Northmere Borough Council",
        accent="#5b2c83",
        fonts=(FONT,),
        page="letter",
        smallest_text=10.5,
    )
    assert (house.classification, house.language) == ("OFFICIAL", "en-IE")


def test_nothing_is_needed(tmp_path: Path) -> None:
    assert read_brand(written(tmp_path, "")) == NO_BRANDING == Branding()


def test_a_png_and_a_byte_order_mark(tmp_path: Path) -> None:
    path = written(tmp_path, '\ufefflogo = "logo.png"\nlogo_alt = "Us"\n')
    (tmp_path / "logo.png").write_bytes(PNG)
    assert read_brand(path).brand.logo_type == "png"


def test_every_problem_at_once_with_its_line(tmp_path: Path) -> None:
    found = problems(
        tmp_path,
        'organisation = 3\nlogo = "none.svg"\naccent = "#ffcc00"\n\npage = "a3"\nlanguage = "English!"\n'
        'fonts = "nowhere"\ncolour = "red"\nclassification = "'
        + "x" * 41
        + '"\ndocx = "house.docx"\nsmallest_text = 9\n',
    )
    assert found == [
        "brand.toml, line 8: a brand file has no “colour”. It may say: organisation, logo, logo_alt, accent, fonts, "
        "classification, page, language, docx, odt, smallest_text.",
        "brand.toml, line 2: there is no file none.svg.",
        "brand.toml, line 5: page is a4 or letter; “a3” is not.",
        "brand.toml, line 6: “English!” cannot be: papers are written in English. Take en, or en with a country such "
        "as en-GB.",
        'brand.toml, line 1: organisation is a text in quotes, such as organisation = "…".',
        "brand.toml, line 3: #ffcc00 has a contrast of 1.5 with white; 4.5 is the least that people with weak sight "
        "can read. Choose a darker colour.",
        "brand.toml, line 7: there is no folder nowhere.",
        "brand.toml, line 10: there is no file house.docx.",
        "brand.toml, line 11: smallest_text is a number of points from 10 to 12, such as smallest_text = 10; 12 means "
        "that no page is set smaller to hold all.",
        "brand.toml, line 9: classification may have 40 characters at most; this has 41.",
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('accent = "blue"', "“blue” is not a colour such as #12436d"),
        ('acent = "#12436d"', "Did you mean “accent”?"),
        ('logo = "logo.svg"', "a logo needs logo_alt"),
        ('logo = "brand.toml"\nlogo_alt = "x"', "neither an SVG nor a PNG"),
        ('logo = "fonts"', "there is no file"),
        ('logo = "a\\u0000b"', "there is no file"),
        ('docx = "logo.svg"', "logo.svg: "),
        ('fonts = "."', "no .ttf or .otf file"),
        ('language = "cy-GB"', "“cy-GB” cannot be: papers are written in English"),
        ('language = "de"', "Take en, or en with a country such as en-GB."),
        ('page = "a3"', "page is a4 or letter; “a3” is not."),
        ("accent = ", "this is not TOML"),
        ("a = " + "[" * 5000, "nested more deeply"),
    ],
)
def test_what_is_wrong(tmp_path: Path, text: str, reason: str) -> None:
    assert any(reason in line and line.startswith("brand.toml") for line in problems(tmp_path, text))


@pytest.mark.parametrize(
    "inside",
    [
        b"<script>alert(1)</script>",
        b'<path onload="x()"/>',
        b'<image href="https://evil.example/p.png"/>',
        b'<image xlink:href="file:///etc/passwd"/>',
        b"<style>@import 'x.css'</style>",
        b'<path fill="url(http://evil.example)"/>',
        b"<foreignObject/>",
    ],
)
def test_a_picture_that_reaches_out_is_refused(tmp_path: Path, inside: bytes) -> None:
    path = written(tmp_path, 'logo = "logo.svg"\nlogo_alt = "x"\n')
    (tmp_path / "logo.svg").write_bytes(SVG.replace(b"<path", inside + b"<path", 1))
    with pytest.raises(TrackerError, match=r"brand.toml, line 1: logo.svg holds a script"):
        read_brand(path)
    (tmp_path / "logo.svg").write_bytes(b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG)
    with pytest.raises(TrackerError, match="document type"):
        read_brand(path)


def test_a_file_that_is_not_a_font(tmp_path: Path) -> None:
    path = written(tmp_path, 'fonts = "fonts"\n')
    (tmp_path / "fonts" / "b.otf").write_bytes(b"<html>")
    with pytest.raises(TrackerError, match=r"b.otf is not a font"):
        read_brand(path)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    for path, reason in ((tmp_path / "none.toml", "There is no brand file"), (tmp_path, "is no file")):
        with pytest.raises(TrackerError, match=reason):
            read_brand(path)
    (tmp_path / "latin.toml").write_bytes('organisation = "Zürich"'.encode("latin-1"))
    with pytest.raises(TrackerError, match="not text in UTF-8"):
        read_brand(tmp_path / "latin.toml")
    (tmp_path / "big.toml").write_bytes(b"#" * 200_000)
    with pytest.raises(TrackerError, match="too large"):
        read_brand(tmp_path / "big.toml")


def test_contrast_is_that_of_wcag() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48
    assert contrast(ACCENT, "#ffffff") >= 4.5


def test_a_frozen_paper_and_a_given_classification_stay() -> None:
    house = Branding(classification="PUBLIC", language="en-IE")
    frozen = sample(hostile=False)
    assert house.applied(frozen) is frozen
    draft = replace(frozen, header=replace(frozen.header, frozen=""))
    assert house.applied(draft).header.classification == "OFFICIAL"
    assert house.applied(draft).header.language == "en-IE"
    plain = replace(draft, header=replace(draft.header, classification=""))
    assert house.applied(plain).header.classification == "PUBLIC"
    assert NO_BRANDING.applied(draft) == draft


def logo_problem(folder: Path, data: bytes, name: str = "logo.png") -> str:
    """Return what is wrong with a logo; empty when it is taken."""
    path = written(folder, f'logo = "{name}"\nlogo_alt = "Us"\n')
    (folder / name).write_bytes(data)
    try:
        read_brand(path)
    except TrackerError as error:
        return str(error)
    return ""


def drawing(inside: str, attributes: str = "") -> bytes:
    spaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:s="http://www.w3.org/2000/svg" '
    return f'<svg {spaces}xmlns:xlink="http://www.w3.org/1999/xlink" {attributes}>{inside}</svg>'.encode()


@pytest.mark.parametrize(
    "inside",
    [
        "<s:script>x</s:script>",
        '<s:a xlink:href="jav&#97;script:x"/>',
        '<a xlink:href="#a"><animate attributeName="xlink:href" values="#b"/></a>',
        '<set attributeName="href" to="#b"/>',
        "<style>@\\69mport 'x.css';</style>",
        '<path style="fill:\\75rl(http://example.org/x)"/>',
        "<s:foreignObject/>",
        '<image href="logo2.png"/>',
    ],
)
def test_a_logo_that_does_more_than_show_itself_is_refused(tmp_path: Path, inside: str) -> None:
    assert "Save it as plain SVG." in logo_problem(tmp_path, drawing(inside), "own.svg")


def test_a_logo_of_everyday_shapes_is_taken(tmp_path: Path) -> None:
    inside = '<defs><style>.a{fill:url(#g)}</style></defs><use href="#a"/><image href="data:image/png;base64,AAAA"/>'
    assert logo_problem(tmp_path, drawing(inside), "own.svg") == ""
    assert logo_problem(tmp_path, PNG) == ""


@pytest.mark.parametrize("data", [PNG[:-12], PNG[:20], drawing("<g>")[:-9]], ids=["end", "head", "drawing"])
def test_a_picture_that_is_cut_off_is_refused(tmp_path: Path, data: bytes) -> None:
    assert "is cut off" in logo_problem(tmp_path, data, "own.svg")


def test_a_picture_of_too_many_pixels_is_refused(tmp_path: Path) -> None:
    assert "million pixels" in logo_problem(tmp_path, PNG.replace(b"\0\0\0\x09", b"\0\0\xff\xff"))
    assert "has no size" in logo_problem(tmp_path, PNG.replace(b"\0\0\0\x09", b"\0\0\0\0"))


def test_a_jpeg_is_judged_by_its_size_and_its_end() -> None:
    head = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x08\x08"
    assert problem(head + b"\x00\x10\x00\x10\x00\x00\xff\xd9") == ""
    assert "cut off" in problem(head + b"\x00\x10\x00\x10\x00\x00")
    assert "cut off" in problem(head[:6])
    assert "million pixels" in problem(head + b"\xff\xff\xff\xff\x00\x00\xff\xd9")


def test_an_empty_template_is_said(tmp_path: Path) -> None:
    (tmp_path / "house.docx").touch()
    (found,) = problems(tmp_path, 'docx = "house.docx"\n')
    assert found == "brand.toml, line 1: house.docx is empty."


def test_a_brand_file_that_is_no_file_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "brand.toml")
    for path in (tmp_path / "brand.toml", Path("/dev/zero"), tmp_path):
        with pytest.raises(TrackerError, match="is no file"):
            read_brand(path)


@pytest.mark.parametrize("text", [f"{'a.' * 14}a = 1\n", f"a = {'[' * 14}{']' * 14}\n"])
def test_a_brand_file_that_is_nested_deeply_is_not_parsed(tmp_path: Path, text: str) -> None:
    assert "nested more deeply" in problems(tmp_path, text)[0]
    assert too_nested(f'a = "{"[" * 40}"  # {"." * 40}\nb = """\n{"." * 40}\n"""\n') == ""
