"""The automatic styles that every text document has: rows, cells, pictures and lists."""

from tracker.reports.render.office_look import LEVELS

CLOSE = "Close"  # begins the names of what stands closer together, since it shares a page
PREFIX = "tt"  # no style of an organisation's template begins like this


def automatic_styles(accent: str, inset: float) -> list[str]:
    """Return the styles of rows, cells, pictures and lists; ``inset`` is what cells leave above and below, in cm."""
    styles = [
        _style("Row", "table-row", '<style:table-row-properties fo:keep-together="always"/>'),
        _style("Tall", "table-row", '<style:table-row-properties fo:keep-together="auto"/>'),
        *_cells(accent, "", f"{inset:g}cm"),
        *_cells(accent, CLOSE, "0cm"),
        _style(
            "Frame",
            "graphic",
            '<style:graphic-properties style:vertical-pos="top" style:vertical-rel="baseline" fo:border="none" '
            'fo:padding="0cm"/>',
        ),
        _style(
            "Bold",
            "text",
            '<style:text-properties fo:font-weight="bold" style:font-weight-asian="bold" '
            'style:font-weight-complex="bold"/>',
        ),
        _style("Link", "text", f'<style:text-properties fo:color="{accent}" style:text-underline-style="none"/>'),
        _style("Contents", "section", "<style:section-properties/>"),
    ]
    bullet = (
        f'<text:list-level-style-bullet text:level="1" text:bullet-char="•">{_hanging()}</text:list-level-style-bullet>'
    )
    number = (
        f'<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix=".">{_hanging()}'
        "</text:list-level-style-number>"
    )
    lists = {"Bullets": bullet, "Numbers": number}
    return styles + [f'<text:list-style style:name="{PREFIX}{n}">{xml}</text:list-style>' for n, xml in lists.items()]


def _style(name: str, family: str, inside: str) -> str:
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


def _cell(name: str, look: str, below: str, padding: str) -> str:
    none = " ".join(f'fo:border-{side}="none"' for side in ("left", "right", "top"))
    sides = (
        f'fo:padding="{padding}" fo:padding-left="0.15cm" fo:padding-right="0.15cm" {none} fo:border-bottom="{below}"'
    )
    return _style(name, "table-cell", f"<style:table-cell-properties {look} {sides}/>")


def _hanging() -> str:
    return (
        '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
        '<style:list-level-label-alignment text:label-followed-by="listtab" fo:text-indent="-0.6cm" '
        'fo:margin-left="0.8cm"/></style:list-level-properties>'
    )
