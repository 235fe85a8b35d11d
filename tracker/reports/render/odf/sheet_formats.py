"""The number formats of a spreadsheet: each value is shown as the paper shows it."""

import re

from tracker.rules.wording import optional

_FORM = re.compile(r"(float|percentage|currency)(\d)(g?)(s?)(?:-([A-Z]{3}))?")
_END = '<style:paragraph-properties fo:text-align="end"/>'


def formats(forms: set[str]) -> str:
    """Return the number formats of these names, and the cell styles that use them, as XML.

    A name says the kind, the decimal places, g for grouped thousands, s for a plus that is shown, and a currency:
    “currency0gs-GBP”; or it is “date”, or “right” for a text in a column of numbers. Raises ValueError for another.
    """
    return "".join(_format(form) for form in sorted(forms))


def _format(form: str) -> str:
    if form == "right":
        return _cell_style(form, "", _END)
    if form == "date":
        return _days() + _cell_style(
            form, 'style:data-style-name="N-date"', '<style:paragraph-properties fo:text-align="start"/>'
        )
    match = _FORM.fullmatch(form)
    if match is None:
        raise ValueError(f"no number format “{form}”")
    return _number(form, *match.groups()) + _cell_style(form, f'style:data-style-name="N-{form}"', _END)


def _cell_style(form: str, attributes: str, inside: str) -> str:
    names = f'style:name="{form}" style:family="table-cell" style:parent-style-name="Paper_20_cell" {attributes}'
    return f"<style:style {names}>{inside}</style:style>"


def _days() -> str:
    gap = "<number:text> </number:text>"
    month = '<number:month number:textual="true"/>'
    year = '<number:year number:style="long"/>'
    return f'<number:date-style style:name="N-date"><number:day/>{gap}{month}{gap}{year}</number:date-style>'


def _number(form: str, kind: str, places: str, grouped: str, signed: str, code: str | None) -> str:
    """Return a format; one that shows a plus has others for what is below zero and for zero."""
    tag, after = "number-style", ""
    if kind == "percentage":
        tag, after = "percentage-style", "<number:text> %</number:text>"
    grouping = optional(' number:grouping="', grouped and "true", '"')
    before = optional("<number:text>", code, " </number:text>")
    digits = (
        f'<number:number number:decimal-places="{places}" number:min-decimal-places="{places}" '
        f'number:min-integer-digits="1"{grouping}/>'
    )

    def style(name: str, sign: str = "", rules: str = "") -> str:
        mark = optional("<number:text>", sign, "</number:text>")
        return f'<number:{tag} style:name="{name}">{before}{mark}{digits}{after}{rules}</number:{tag}>'

    if not signed:
        return style(f"N-{form}")
    rules = (
        f'<style:map style:condition="value()&lt;0" style:apply-style-name="N-{form}-below"/>'
        f'<style:map style:condition="value()=0" style:apply-style-name="N-{form}-zero"/>'
    )
    return style(f"N-{form}-below", "−") + style(f"N-{form}-zero") + style(f"N-{form}", "+", rules)
