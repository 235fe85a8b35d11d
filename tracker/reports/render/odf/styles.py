"""The named styles of a text document; a template's own style of the same name always wins."""

from typing import NamedTuple

from tracker.reports.charts.palette import INK, SOFT
from tracker.reports.model import Report
from tracker.reports.paged import is_long
from tracker.reports.render.heading import footer
from tracker.reports.render.odf.parts import SPACES, VERSION, flat, origin, speaks, words
from tracker.reports.render.office_look import BODY, LEVELS, MARGIN, PAGE, PAGES, RULE, SHADE
from tracker.reports.render.one_page import AROUND, BANDS, MARGINS, table_points
from tracker.reports.rendering import Brand
from tracker.reports.typography.measuring import CM

_EDGES = (1.4, 1.2)  # centimetres above the header and below the footer
_BANDS = 2.3  # centimetres that header and footer take, with what keeps them off the text
FACT_INDENT = 4.6  # centimetres from which the values of facts stand
# Documents hold no fonts: each name has others of the same width or reach behind it.
FONTS = {
    "Paper": "Arial, 'Liberation Sans', Helvetica, 'Noto Sans', sans-serif",
    "Paper Asian": "'Noto Sans CJK SC', 'Microsoft YaHei', 'Hiragino Sans', 'Noto Sans', sans-serif",
    "Paper Complex": "Arial, 'Noto Sans Arabic', 'Noto Sans Devanagari', 'Nirmala UI', 'Noto Sans', sans-serif",
}

_BESIDE_QUOTE = f'fo:border-left="3pt solid {RULE}" fo:padding="0cm" fo:padding-left="0.25cm"'
LAYOUTS = ("Page", "Close")  # the usual margins, and narrow ones
ONE_PAGE = "OnePage"  # the kind of page that sections share
SMALLER = (
    *("Text body", "Caption", "List", "Paper Missing", "Paper Callout", "Paper Note", "Paper Facts", "Paper Quote"),
    *("Paper Cell", "Paper Row Name", "Paper Column"),
)


# What editors call the looks of paragraphs that are not only ours.
NAMES = {"text": "Text body", **{name.lower(): name for name in ("Title", "Subtitle", "Caption")}}


class Style(NamedTuple):
    """A paragraph style: its name as people see it, its parent, and what it says.

    ``level``: it is a heading of that level; ``stop``: where it has a tab stop, as attributes.
    """

    name: str
    parent: str
    paragraph: str = ""
    text: str = ""
    level: int = 0
    stop: str = ""

    @property
    def key(self) -> str:
        """Return the name as it stands in the file."""
        return key(self.name)


def key(name: str) -> str:
    """Return a style's name as it stands in the file."""
    return name.replace(" ", "_20_")


def size(points: float) -> str:
    """Return the attributes for a size of letters, in all three kinds of writing."""
    return " ".join(f'{name}="{points:g}pt"' for name in ("fo:font-size", *_both("style:font-size")))


def weight(bold: bool = True) -> str:
    """Return the attributes for bold or plain letters, in all three kinds of writing."""
    said = "bold" if bold else "normal"
    return " ".join(f'{name}="{said}"' for name in ("fo:font-weight", *_both("style:font-weight")))


def _both(name: str) -> tuple[str, str]:
    return f"{name}-asian", f"{name}-complex"


def _around(top: float, bottom: float, rest: str = "") -> str:
    return f'fo:margin-top="{top:g}cm" fo:margin-bottom="{bottom:g}cm" {rest}'.rstrip()


def around(before: float, after: float) -> str:
    """Return the attributes of a paragraph for the points above and below it."""
    return f'fo:margin-top="{before * CM:.3f}cm" fo:margin-bottom="{after * CM:.3f}cm"'


def named(brand: Brand, width: float, points: float = 0.0) -> list[Style]:
    """Return the styles that a paper uses, for a text of so many centimetres' width.

    ``points`` is the size of the text of what shares a page; 0 when nothing is set smaller.
    """
    return [*_common(brand, width), *_own(brand), *_page_styles(points)]


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
        "Paper Cell": cells,
        "Paper Row Name": cells,
        "Paper Column": cells,
        "Paper Quote": (
            f'{around["text"]} fo:border-left="3pt solid {RULE}" fo:padding="0cm" fo:padding-left="0.25cm"',
            letters,
        ),
    }
    return [Style(PAGE + name, name, *looks.get(name, (around["text"], letters))) for name in SMALLER]


def _common(brand: Brand, width: float) -> list[Style]:
    """Return the styles that every editor knows by these names."""
    close = 'fo:keep-with-next="always"'
    ink, bold = f'fo:color="{brand.accent}"', weight()
    edge = f'style:position="{width:.2f}cm" style:type="right"'
    dotted = f'{edge} style:leader-style="dotted" style:leader-text="."'
    return [
        Style("Standard", ""),
        Style("Text body", "Standard", _around(0, 0.25, 'fo:line-height="115%"')),
        Style("Title", "Standard", _around(0, 0.15, close), f"{size(24)} {bold} {ink}"),
        Style("Subtitle", "Standard", _around(0, 0.35, close), size(14)),
        Style("Heading 1", "Standard", _around(0.7, 0.2, close), f"{size(18)} {bold} {ink}", 1),
        Style("Heading 2", "Standard", _around(0.5, 0.15, close), f"{size(14)} {bold} {ink}", 2),
        Style("Heading 3", "Standard", _around(0.4, 0.1, close), f"{size(12)} {bold} {ink}", 3),
        Style("Heading 4", "Standard", _around(0.3, 0.1, close), f"{size(12)} {bold}", 4),
        Style("Caption", "Standard", _around(0.25, 0.15, close), f"{size(11)} {bold}"),
        Style("List", "Text body", _around(0, 0.1)),
        Style("Contents Heading", "Standard", _around(0.5, 0.2, close), f"{size(14)} {bold} {ink}"),
        Style("Contents 1", "Standard", _around(0, 0.1), stop=dotted),
        Style("Contents 2", "Standard", _around(0, 0.05, 'fo:margin-left="0.6cm"'), stop=dotted),
        Style("Header", "Standard", 'fo:text-align="end"', f'{size(9)} fo:color="{SOFT}"'),
        Style("Footer", "Standard", "", f'{size(9)} fo:color="{SOFT}"', stop=edge),
    ]


def _own(brand: Brand) -> list[Style]:
    """Return the styles that only a paper has; an organisation may define them in its template."""
    beside = 'fo:padding="0.2cm" fo:padding-left="0.3cm"'
    hang = f'fo:margin-left="{FACT_INDENT}cm" fo:text-indent="-{FACT_INDENT}cm"'
    apart = 'style:join-border="false"'
    left = f'fo:border-left="3pt solid {brand.accent}"'
    return [
        Style("Paper Facts", "Text body", f'{hang} fo:margin-bottom="0.06cm"', stop='style:position="0cm"'),
        Style("Paper Quote", "Text body", _around(0.1, 0, f'{left} {beside} fo:keep-with-next="always"')),
        Style("Paper Source", "Text body", _around(0, 0.3, f"{left} {beside}"), f'{size(11)} fo:color="{SOFT}"'),
        Style(
            "Paper Callout",
            "Text body",
            _around(0.2, 0.3, f'{left} {beside} fo:background-color="{SHADE}" {apart}'),
        ),
        Style("Paper Missing", "Text body", "", f'fo:color="{SOFT}"'),
        Style("Paper Note", "Text body", _around(0.1, 0.3), f'{size(10)} fo:color="{SOFT}"'),
        Style("Paper Picture", "Standard", _around(0, 0.3)),
        Style("Paper Cell", "Standard", _around(0, 0), size(11)),
        Style("Paper Row Name", "Paper Cell", "", weight()),
        Style("Paper Column", "Paper Cell", 'fo:keep-with-next="always"', weight()),
        Style("Paper Figure", "Paper Cell", "", f'{size(18)} {weight()} fo:color="{brand.accent}"'),
        *(
            Style(
                f"Paper {level.replace('_', ' ').title()}",
                "Text body",
                _around(
                    0,
                    0.15,
                    f'fo:border-left="3pt solid {rule}" {beside} fo:background-color="{fill}" {apart}',
                ),
            )
            for level, (rule, fill) in LEVELS.items()
        ),
    ]


_KEPT = 'fo:keep-with-next="always"'
_CLOSER = {  # in a long paper
    "Text body": _around(0, 0.18, 'fo:line-height="105%"'),
    "Heading 1": _around(0.5, 0.15, _KEPT),
    "Heading 2": _around(0.3, 0.1, _KEPT),
    "Caption": _around(0.12, 0.1, _KEPT),
    "List": _around(0, 0.06),
    "Contents 1": _around(0, 0.03),
}


def paragraph_style(style: Style) -> str:
    """Return a named style as XML."""
    stops = f"<style:tab-stops><style:tab-stop {style.stop}/></style:tab-stops>" if style.stop else ""
    said = f"<style:paragraph-properties {style.paragraph}>{stops}</style:paragraph-properties>"
    said += f"<style:text-properties {style.text}/>" if style.text else ""
    shown = f' style:display-name="{style.name}"' if style.key != style.name else ""
    parent = f' style:parent-style-name="{key(style.parent)}"' if style.parent else ""
    level = f' style:default-outline-level="{style.level}"' if style.level else ""
    next_one = ' style:next-style-name="Text_20_body"' if style.level else ""
    names = f'style:name="{style.key}"{shown} style:family="paragraph"{parent}{next_one}{level} style:class="text"'
    return f"<style:style {names}>{said}</style:style>"


def fonts() -> str:
    """Return the declarations of the fonts with those that may stand in for them."""
    return "".join(
        f'<style:font-face style:name="{name}" svg:font-family="{family}" style:font-family-generic="swiss" '
        'style:font-pitch="variable"/>'
        for name, family in FONTS.items()
    )


def page_text(brand: Brand, *, close: bool) -> tuple[float, float]:
    """Return width and height of the text on a page in centimetres; ``close``: with narrow margins."""
    wide, tall = PAGES.get(brand.page, PAGES["a4"])
    if close:
        return wide - 2 * MARGINS[0], tall - 2 * MARGINS[1] - BANDS
    return wide - 2 * MARGIN, tall - _EDGES[0] - _EDGES[1] - _BANDS


def styles_xml(report: Report, brand: Brand, points: float = 0.0) -> str:
    """Return styles.xml of a paper in the plain house style or with a colour and page size of the brand."""
    wide, tall = PAGES.get(brand.page, PAGES["a4"])
    kinds = ("text", "table", "table-row", "table-column", "table-cell", "graphic")
    letters = (
        f'style:font-name="Paper" style:font-name-asian="Paper Asian" style:font-name-complex="Paper Complex" '
        f'{size(BODY)} fo:color="{INK}" {speaks(report.header.language)}'
    )
    lines = 'fo:orphans="2" fo:widows="2" style:writing-mode="page"'
    default = (
        '<style:default-style style:family="paragraph">'
        f"<style:paragraph-properties {lines}/><style:text-properties {letters}/></style:default-style>"
        + "".join(f'<style:default-style style:family="{kind}"/>' for kind in kinds)
    )
    room = page_text(brand, close=report.one_page)[0]
    layouts = "".join(_page_layout(wide, tall, close=one) for one in (False, True))
    closer = _CLOSER if is_long(report) else {}
    styles = [one._replace(paragraph=closer.get(one.name, one.paragraph)) for one in named(brand, room, points)]
    every = "".join(map(paragraph_style, styles))
    return (
        f"<office:document-styles {SPACES} {VERSION}><office:font-face-decls>{fonts()}</office:font-face-decls>"
        f"<office:styles>{default}{every}</office:styles>"
        f"<office:automatic-styles>{layouts}</office:automatic-styles>"
        f"<office:master-styles>{_master(report, brand)}</office:master-styles></office:document-styles>"
    )


def _page_layout(wide: float, tall: float, *, close: bool) -> str:
    beside, above, below = (MARGINS[0], MARGINS[1], MARGINS[1]) if close else (MARGIN, *_EDGES)
    margins = " ".join(f'fo:margin-{side}="{beside:g}cm"' for side in ("left", "right"))
    height, gap = (BANDS / 3, BANDS / 6) if close else (0.6, 0.3)
    band = f'<style:header-footer-properties fo:min-height="{height:g}cm" fo:margin-{{}}="{gap:g}cm"/>'
    return (
        f'<style:page-layout style:name="{LAYOUTS[close]}"><style:page-layout-properties fo:page-width="{wide:g}cm" '
        f'fo:page-height="{tall:g}cm" style:print-orientation="portrait" fo:margin-top="{above:g}cm" '
        f'fo:margin-bottom="{below:g}cm" {margins}/>'
        f"<style:header-style>{band.format('bottom')}</style:header-style>"
        f"<style:footer-style>{band.format('top')}</style:footer-style></style:page-layout>"
    )


def _master(report: Report, brand: Brand) -> str:
    header = report.header
    above = " · ".join(part for part in (brand.organisation, header.classification, header.audience) if part)
    top = f'<style:header><text:p text:style-name="Header">{words(above)}</text:p></style:header>' if above else ""
    page = (
        'Page <text:page-number text:select-page="current">1</text:page-number> of <text:page-count>1</text:page-count>'
    )
    programme = f'<text:p text:style-name="Footer">{flat(header.programme)}</text:p>'
    # A page that sections share has one line at its foot, since each line counts.
    line = '<text:p text:style-name="Footer">{}<text:tab/>{}</text:p>'
    feet = {
        close: f"<style:footer>{first}{line.format(flat(said), page)}</style:footer>"
        for close, first, said in ((False, programme, origin(report)), (True, "", footer(report)))
    }
    pages = {"Standard": report.one_page, ONE_PAGE: True}
    return "".join(
        f'<style:master-page style:name="{name}" style:page-layout-name="{LAYOUTS[close]}">{top}{feet[close]}'
        "</style:master-page>"
        for name, close in pages.items()
    )
