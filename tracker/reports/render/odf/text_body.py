"""What is gathered while a paper becomes the text of an OpenDocument: XML, the styles it needs, its pictures."""

from unicodedata import bidirectional

from tracker.reports.render.odf.parts import Part, flat, quoted
from tracker.reports.render.odf.styles import SMALLER, key, size
from tracker.reports.render.office_look import LEVELS, PAGE

KEEP = 'fo:keep-with-next="always"'
CLOSE = "Close"  # begins the names of what stands closer together, since it shares a page
PREFIX = "tt"  # no style of an organisation's template begins like this


class Body:
    """The text so far; ``room`` is the width of the text in centimetres.

    ``figures`` names the annex with the figures of the charts, if there is one; a ``long`` paper is set more closely.
    """

    def __init__(self, room: float, accent: str) -> None:
        self.room = room
        self.accent = accent
        self.figures = ""
        self.long = False
        self.parts: list[str] = []
        self.pictures: list[Part] = []
        self._styles: dict[str, str] = {}
        self._variants: dict[tuple[str, str, str], str] = {}
        self._fresh = False
        self._master = ""
        self._counts: dict[str, int] = {}
        self.page_points = 0.0  # of the text of what shares a page; 0: nothing is set smaller
        self.points = 0.0  # the same, while that is being added
        self.page_room = room  # width of the text where a page is shared
        self.masters: tuple[str, str] | None = None  # the usual kind of page, and that of what shares one
        self.apart = False
        self.under = ""

    def fresh_page(self) -> None:
        """Let what comes next begin on a new page, if anything but its own heading stands before it."""
        self._fresh = bool(self.parts) and not self.parts[-1].startswith("<text:h")

    def turn_to(self, master: str) -> None:
        """Let the next paragraph begin a page of another kind."""
        self._fresh, self._master = False, f' style:master-page-name="{master}"'

    def name(self, kind: str) -> str:
        """Return a name that nothing else in the document has."""
        self._counts[kind] = self._counts.get(kind, 0) + 1
        return f"{kind} {self._counts[kind]}"

    def add(self, xml: str) -> None:
        """Put XML below what is there."""
        self.parts.append(xml)

    def style(self, name: str, text: str = "", *, paragraph: str = "", letters: str = "") -> str:
        """Return the style for a paragraph: the named one, or one made from it where something differs.

        A text that begins in a script written from the right gets that direction.
        """
        name = PAGE + name if self.points and name in SMALLER else name
        said = paragraph
        if self._fresh:
            said += ' fo:break-before="page"'
            self._fresh = False
        if from_the_right(text):
            # “start” is taken for the left side by LibreOffice, whatever the direction.
            said += ' style:writing-mode="rl-tb"' + ("" if "fo:text-align" in said else ' fo:text-align="right"')
        if not said and not letters and not self._master:
            return key(name)
        master, self._master = self._master, ""
        variant = (name, said, letters + master)
        if variant not in self._variants:
            made = f"{PREFIX}P{len(self._variants) + 1}"
            self._variants[variant] = made
            inside = f"<style:paragraph-properties {said.strip()}/>" if said else ""
            inside += f"<style:text-properties {letters}/>" if letters else ""
            self._styles[made] = (
                f'<style:style style:name="{made}" style:family="paragraph" '
                f'style:parent-style-name="{key(name)}"{master}>{inside}</style:style>'
            )
        return self._variants[variant]

    def paragraph(self, name: str, xml: str, text: str = "", *, keep: bool = False) -> None:
        """Add a paragraph of finished XML; ``text`` tells the direction of its script, ``keep``: with the next."""
        style = self.style(name, text, paragraph=KEEP if keep else "")
        self.add(f'<text:p text:style-name="{style}">{xml}</text:p>')

    def table_style(self, width: float, *, whole: bool = False) -> str:
        """Return the style of a table of that width; ``whole``: on one page. It may begin a page."""
        before = ' fo:break-before="page"' if self._fresh else ""
        before += ' style:may-break-between-rows="false"' if whole else ""
        marks = {"W": whole, "F": self._fresh, "S": bool(self.points)}
        made = f"{PREFIX}T{round(width * 100)}{''.join(mark for mark, said in marks.items() if said)}"
        self._fresh = False
        self._styles[made] = (
            f'<style:style style:name="{made}" style:family="table"><style:table-properties '
            f'style:width="{width:.2f}cm" table:align="left" fo:margin-bottom="{self._below():g}cm" '
            f'table:border-model="collapsing"{before}/></style:style>'
        )
        return made

    def _below(self) -> float:
        """Return the room below a table, in centimetres."""
        return 0.1 if self.points else 0.2 if self.long else 0.35

    def column_style(self, width: float) -> str:
        """Return the style of a column of that width."""
        made = f"{PREFIX}C{round(width * 100)}"
        self._styles[made] = (
            f'<style:style style:name="{made}" style:family="table-column">'
            f'<style:table-column-properties style:column-width="{width:.2f}cm"/></style:style>'
        )
        return made

    def picture(self, png: bytes, title: str, alt: str, most: tuple[float, float]) -> str:
        """Return a frame with a PNG, as large as its room (width, height in centimetres) lets it be."""
        across, down = int.from_bytes(png[16:20], "big") or 1, int.from_bytes(png[20:24], "big") or 1
        width = min(most[0], most[1] * across / down)
        self.pictures.append(Part(f"Pictures/{PREFIX}{len(self.pictures) + 1}.png", png, "image/png"))
        said = alt.strip() or title.strip() or "No description given"
        return (
            f'<draw:frame draw:name={quoted(self.name("Picture"))} draw:style-name="{PREFIX}Frame" '
            f'text:anchor-type="as-char" svg:width="{width:.2f}cm" svg:height="{width * down / across:.2f}cm">'
            f'<draw:image xlink:href="{self.pictures[-1].path}" xlink:type="simple" xlink:show="embed" '
            f'xlink:actuate="onLoad"/><svg:title>{flat(title)}</svg:title><svg:desc>{flat(said)}</svg:desc></draw:frame>'
        )

    def styles(self) -> str:
        """Return every automatic style as XML."""
        return "".join([*_fixed(self.accent, 0.03 if self.long else 0.1), *self._styles.values()])


def from_the_right(text: str) -> bool:
    """Return whether the first letter that has a direction runs from the right."""
    if text.isascii():
        return False
    return next((way for sign in text if (way := bidirectional(sign)) in ("L", "R", "AL")), "L") != "L"


def small(points: float) -> str:
    """Return the attributes of letters of another size than the style has; none for the usual 11 points."""
    return "" if points == 11 else size(points)


def _fixed(accent: str, inset: float) -> list[str]:
    """Return the styles of rows, cells, pictures and lists; ``inset`` is what cells leave above and below, in cm."""
    found = [
        _one("Row", "table-row", '<style:table-row-properties fo:keep-together="always"/>'),
        _one("Tall", "table-row", '<style:table-row-properties fo:keep-together="auto"/>'),
        *_cells(accent, "", f"{inset:g}cm"),
        *_cells(accent, CLOSE, "0cm"),
        _one(
            "Frame",
            "graphic",
            '<style:graphic-properties style:vertical-pos="top" style:vertical-rel="baseline" fo:border="none" '
            'fo:padding="0cm"/>',
        ),
        _one(
            "Bold",
            "text",
            '<style:text-properties fo:font-weight="bold" style:font-weight-asian="bold" '
            'style:font-weight-complex="bold"/>',
        ),
        _one("Link", "text", f'<style:text-properties fo:color="{accent}" style:text-underline-style="none"/>'),
        _one("Contents", "section", "<style:section-properties/>"),
    ]
    bullet = (
        f'<text:list-level-style-bullet text:level="1" text:bullet-char="•">{_hanging()}</text:list-level-style-bullet>'
    )
    number = (
        f'<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix=".">{_hanging()}'
        "</text:list-level-style-number>"
    )
    lists = {"Bullets": bullet, "Numbers": number}
    return found + [f'<text:list-style style:name="{PREFIX}{n}">{xml}</text:list-style>' for n, xml in lists.items()]


def _one(name: str, family: str, inside: str) -> str:
    return f'<style:style style:name="{PREFIX}{name}" style:family="{family}">{inside}</style:style>'


def _cells(accent: str, prefix: str, padding: str) -> list[str]:
    """Return the styles of cells, with so much room above and below what is in them."""
    rule = "0.5pt solid #b1b4b6"
    head = 'fo:background-color="#e8edf2" style:vertical-align="bottom"'
    return [
        _cell(f"{prefix}Cell", "", rule, padding),
        _cell(f"{prefix}Head", head, f"1.5pt solid {accent}", padding),
        *(
            _cell(f"{prefix}Cell_{level}", f'fo:background-color="{fill}"', rule, padding)
            for level, (_, fill) in LEVELS.items()
        ),
    ]


def _cell(name: str, said: str, below: str, padding: str) -> str:
    none = " ".join(f'fo:border-{side}="none"' for side in ("left", "right", "top"))
    rest = (
        f'fo:padding="{padding}" fo:padding-left="0.15cm" fo:padding-right="0.15cm" {none} fo:border-bottom="{below}"'
    )
    return _one(name, "table-cell", f"<style:table-cell-properties {said} {rest}/>")


def _hanging() -> str:
    return (
        '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
        '<style:list-level-label-alignment text:label-followed-by="listtab" fo:text-indent="-0.6cm" '
        'fo:margin-left="0.8cm"/></style:list-level-properties>'
    )
