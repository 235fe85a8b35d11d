"""The named styles of a text document; a template's own style of the same name always wins."""

from typing import NamedTuple

from tracker.reports.charts.palette import INK, SOFT
from tracker.reports.model import Brand, Report
from tracker.reports.paged import is_long
from tracker.reports.render.flow.parts import style_name
from tracker.reports.render.flow.walk import Layout
from tracker.reports.render.heading import footer, marking
from tracker.reports.render.odf.parts import SPACES, VERSION, flat, language_attributes, origin, words
from tracker.reports.render.office_look import BODY, LEVELS, MARGIN, PAGE, RULE, SHADE, page_size
from tracker.reports.render.one_page import AROUND, BANDS, MARGINS, table_points
from tracker.reports.typography.measuring import CM
from tracker.rules.wording import optional

_EDGES = (1.4, 1.2)  # centimetres above the header and below the footer
FACT_INDENT = 4.6  # centimetres from which the values of facts stand
# Documents hold no fonts: each name has others of the same width or reach behind it.
FONTS = {
    "Paper": "Arial, 'Liberation Sans', Helvetica, 'Noto Sans', sans-serif",
    "Paper Asian": "'Noto Sans CJK SC', 'Microsoft YaHei', 'Hiragino Sans', 'Noto Sans', sans-serif",
    "Paper Complex": "Arial, 'Noto Sans Arabic', 'Noto Sans Devanagari', 'Nirmala UI', 'Noto Sans', sans-serif",
}

_KEEP = 'fo:keep-with-next="always"'
_BESIDE_QUOTE = f'fo:border-left="3pt solid {RULE}" fo:padding="0cm" fo:padding-left="0.25cm"'
ONE_PAGE = "OnePage"  # the kind of page that sections share
SMALLER = (
    *("Text body", "Caption", "List", "Paper Missing", "Paper Callout", "Paper Note", "Paper Facts", "Paper Quote"),
    *("Paper Cell", "Paper Row Name", "Paper Column"),
)


# What editors call the looks of paragraphs that are not only ours.
NAMES = {"text": "Text body", **{name.lower(): name for name in ("Title", "Subtitle", "Caption")}}


class Style(NamedTuple):
    """A paragraph style: its name as people see it, what it says of paragraphs and of letters, and its parent.

    ``level``: it is a heading of that level; ``stop``: where it has a tab stop, as attributes.
    """

    name: str
    paragraph: str = ""
    text: str = ""
    parent: str = "Standard"
    level: int = 0
    stop: str = ""


def key(name: str) -> str:
    """Return a style's name as it stands in the file."""
    return name.replace(" ", "_20_")


def size(points: float) -> str:
    """Return the attributes for a size of letters, in all three kinds of writing."""
    return " ".join(f'{name}="{points:g}pt"' for name in ("fo:font-size", *_both("style:font-size")))


def _both(name: str) -> tuple[str, str]:
    return f"{name}-asian", f"{name}-complex"


BOLD = " ".join(f'{name}="bold"' for name in ("fo:font-weight", *_both("style:font-weight")))


def _around(top: float, bottom: float, look: str = "") -> str:
    return f'fo:margin-top="{top:g}cm" fo:margin-bottom="{bottom:g}cm" {look}'.rstrip()


def around(before: float, after: float) -> str:
    """Return the attributes of a paragraph for the points above and below it."""
    return f'fo:margin-top="{before * CM:.3f}cm" fo:margin-bottom="{after * CM:.3f}cm"'


def named(brand: Brand, width: float, points: float = 0.0) -> list[Style]:
    """Return the styles that a paper uses, for a text of so many centimetres' width.

    ``points`` is the size of the text of what shares a page; 0 when nothing is set smaller.
    """
    return [*_common(brand, width), *_paper_styles(brand), *_page_styles(points)]


def _page_styles(points: float) -> list[Style]:
    if not points:
        return []
    letters = size(points)
    around = {
        kind: _around(before * CM, after * CM, 'fo:line-height="100%"') for kind, (before, after) in AROUND.items()
    }
    cells = (around["cell"], size(table_points(points)))
    looks = {
        "Paper Facts": (around["facts"], letters),
        "List": (around["item"], letters),
        **dict.fromkeys(("Paper Cell", "Paper Row Name", "Paper Column"), cells),
        "Paper Quote": (f"{around['text']} {_BESIDE_QUOTE}", letters),
    }
    return [Style(PAGE + name, *looks.get(name, (around["text"], letters)), name) for name in SMALLER]


def _common(brand: Brand, width: float) -> list[Style]:
    """Return the styles that every editor knows by these names."""
    strong = f'{BOLD} fo:color="{brand.accent}"'
    soft = f'{size(9)} fo:color="{SOFT}"'
    edge = f'style:position="{width:.2f}cm" style:type="right"'
    dotted = f'{edge} style:leader-style="dotted" style:leader-text="."'
    return [
        Style("Standard", parent=""),
        Style("Text body", _around(0, 0.25, 'fo:line-height="115%"')),
        Style("Title", _around(0, 0.15, _KEEP), f"{size(24)} {strong}"),
        Style("Subtitle", _around(0, 0.35, _KEEP), size(14)),
        Style("Heading 1", _around(0.7, 0.2, _KEEP), f"{size(18)} {strong}", level=1),
        Style("Heading 2", _around(0.5, 0.15, _KEEP), f"{size(14)} {strong}", level=2),
        Style("Heading 3", _around(0.4, 0.1, _KEEP), f"{size(12)} {strong}", level=3),
        Style("Heading 4", _around(0.3, 0.1, _KEEP), f"{size(12)} {BOLD}", level=4),
        Style("Caption", _around(0.25, 0.15, _KEEP), f"{size(11)} {BOLD}"),
        Style("List", _around(0, 0.1), parent="Text body"),
        Style("Contents Heading", _around(0.5, 0.2, _KEEP), f"{size(14)} {strong}"),
        Style("Contents 1", _around(0, 0.1), stop=dotted),
        Style("Contents 2", _around(0, 0.05, 'fo:margin-left="0.6cm"'), stop=dotted),
        Style("Header", "", soft, stop=edge),
        Style("Footer", "", soft, stop=edge),
    ]


def _paper_styles(brand: Brand) -> list[Style]:
    """Return the styles that only a paper has; an organisation may define them in its template."""

    def bar(colour: str, fill: str = "") -> str:
        look = f'fo:border-left="3pt solid {colour}" fo:padding="0.2cm" fo:padding-left="0.3cm"'
        return look + optional(' fo:background-color="', fill, '" style:join-border="false"')

    hang = f'fo:margin-left="{FACT_INDENT}cm" fo:text-indent="-{FACT_INDENT}cm"'
    soft = f'fo:color="{SOFT}"'
    accent = f'fo:color="{brand.accent}"'
    text = [
        Style("Paper Facts", f'{hang} fo:margin-bottom="0.06cm"', stop='style:position="0cm"'),
        Style("Paper Quote", _around(0.1, 0, f"{bar(brand.accent)} {_KEEP}")),
        Style("Paper Source", _around(0, 0.3, bar(brand.accent)), f"{size(11)} {soft}"),
        Style("Paper Callout", _around(0.2, 0.3, bar(brand.accent, SHADE))),
        Style("Paper Missing", "", soft),
        Style("Paper Note", _around(0.1, 0.3), f"{size(10)} {soft}"),
    ]
    signals = [
        Style(style_name(level, NAMES), _around(0, 0.15, bar(*colours)), parent="Text body")
        for level, colours in LEVELS.items()
    ]
    return [
        *(style._replace(parent="Text body") for style in text),
        Style("Paper Picture", _around(0, 0.3)),
        Style("Paper Cell", _around(0, 0), size(11)),
        Style("Paper Row Name", "", BOLD, "Paper Cell"),
        Style("Paper Column", _KEEP, BOLD, "Paper Cell"),
        Style("Paper Figure", "", f"{size(18)} {BOLD} {accent}", "Paper Cell"),
        *signals,
    ]


_CLOSER = {  # in a long paper
    "Text body": _around(0, 0.18, 'fo:line-height="105%"'),
    "Heading 1": _around(0.5, 0.15, _KEEP),
    "Heading 2": _around(0.3, 0.1, _KEEP),
    "Caption": _around(0.12, 0.1, _KEEP),
    "List": _around(0, 0.06),
    "Contents 1": _around(0, 0.03),
}


def paragraph_style(style: Style) -> str:
    """Return a named style as XML."""
    stops = optional("<style:tab-stops><style:tab-stop ", style.stop, "/></style:tab-stops>")
    inside = f"<style:paragraph-properties {style.paragraph}>{stops}</style:paragraph-properties>"
    inside += optional("<style:text-properties ", style.text, "/>")
    names = f'style:name="{key(style.name)}"'
    if " " in style.name:
        names += f' style:display-name="{style.name}"'
    names += ' style:family="paragraph"' + optional(' style:parent-style-name="', key(style.parent), '"')
    if style.level:
        names += f' style:next-style-name="Text_20_body" style:default-outline-level="{style.level}"'
    return f'<style:style {names} style:class="text">{inside}</style:style>'


def fonts() -> str:
    """Return the declarations of the fonts with those that may stand in for them."""
    return "".join(
        f'<style:font-face style:name="{name}" svg:font-family="{family}" style:font-family-generic="swiss" '
        'style:font-pitch="variable"/>'
        for name, family in FONTS.items()
    )


def styles_xml(report: Report, brand: Brand, layout: Layout) -> str:
    """Return styles.xml of a paper in plain looks or with a colour and page size of the brand."""
    kinds = ("text", "table", "table-row", "table-column", "table-cell", "graphic")
    letters = (
        f'style:font-name="Paper" style:font-name-asian="Paper Asian" style:font-name-complex="Paper Complex" '
        f'{size(BODY)} fo:color="{INK}" {language_attributes(report.header.language)}'
    )
    lines = 'fo:orphans="2" fo:widows="2" style:writing-mode="page"'
    default = (
        '<style:default-style style:family="paragraph">'
        f"<style:paragraph-properties {lines}/><style:text-properties {letters}/></style:default-style>"
        + "".join(f'<style:default-style style:family="{kind}"/>' for kind in kinds)
    )
    layouts = _page_layout(brand, "Page", MARGIN, _EDGES, (0.6, 0.3))
    layouts += _page_layout(brand, "Close", MARGINS[0], (MARGINS[1], MARGINS[1]), (BANDS / 3, BANDS / 6))
    styles = named(brand, layout.room, layout.points)
    if is_long(report):
        styles = [style._replace(paragraph=_CLOSER.get(style.name, style.paragraph)) for style in styles]
    stop = f'style:position="{layout.shared_room:.2f}cm" style:type="right"'
    styles += [Style(f"{PAGE}{name}", parent=name, stop=stop) for name in ("Header", "Footer")]
    common = "".join(map(paragraph_style, styles))
    common += f'<style:style style:name="Strong" style:family="text"><style:text-properties {BOLD}/></style:style>'
    return (
        f"<office:document-styles {SPACES} {VERSION}><office:font-face-decls>{fonts()}</office:font-face-decls>"
        f"<office:styles>{default}{common}</office:styles>"
        f"<office:automatic-styles>{layouts}</office:automatic-styles>"
        f"<office:master-styles>{_master(report, brand)}</office:master-styles></office:document-styles>"
    )


def _page_layout(brand: Brand, name: str, side: float, edges: tuple[float, float], band: tuple[float, float]) -> str:
    """Return a kind of page; ``band`` is how high its header and footer are, and what keeps them off the text."""
    width, height = page_size(brand)
    properties = f'<style:header-footer-properties fo:min-height="{band[0]:g}cm" fo:margin-{{}}="{band[1]:g}cm"/>'
    return (
        f'<style:page-layout style:name="{name}"><style:page-layout-properties fo:page-width="{width:g}cm" '
        f'fo:page-height="{height:g}cm" style:print-orientation="portrait" fo:margin-top="{edges[0]:g}cm" '
        f'fo:margin-bottom="{edges[1]:g}cm" fo:margin-left="{side:g}cm" fo:margin-right="{side:g}cm"/>'
        f"<style:header-style>{properties.format('bottom')}</style:header-style>"
        f"<style:footer-style>{properties.format('top')}</style:footer-style></style:page-layout>"
    )


def _master(report: Report, brand: Brand) -> str:
    header = report.header
    right = optional('<text:tab/><text:span text:style-name="Strong">', words(marking(header)), "</text:span>")
    above = words(brand.organisation or header.programme) + right
    page = (
        'Page <text:page-number text:select-page="current">1</text:page-number> of <text:page-count>1</text:page-count>'
    )
    line = '<text:p text:style-name="{}">{}<text:tab/>' + page + "</text:p>"
    programme = f'<text:p text:style-name="Footer">{flat(header.programme)}</text:p>'
    # A page that sections share has one line at its foot, since each line counts.
    usual = "Page", programme + line.format("Footer", flat(origin(report))), "Header"
    narrow = f"{PAGE}Header", f"{PAGE}Footer"
    if report.one_page:
        narrow = "Header", "Footer"
    close = "Close", line.format(key(narrow[1]), flat(footer(report))), key(narrow[0])
    return "".join(
        f'<style:master-page style:name="{name}" style:page-layout-name="{layout}">'
        f'<style:header><text:p text:style-name="{top}">{above}</text:p></style:header>'
        f"<style:footer>{foot}</style:footer></style:master-page>"
        for name, (layout, foot, top) in (("Standard", close if report.one_page else usual), (ONE_PAGE, close))
    )
