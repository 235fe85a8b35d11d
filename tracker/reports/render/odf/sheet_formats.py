"""The number formats of a spreadsheet: each value is shown as the paper shows it."""

import re

_FORM = re.compile(r"(float|percentage|currency)(\d)(g?)(s?)(?:-([A-Z]{3}))?")
_END = '<style:paragraph-properties fo:text-align="end"/>'


def formats(used: set[str]) -> str:
    """Return the number formats of these names, and the cell styles that use them, as XML.

    A name says the kind, the decimal places, g for grouped thousands, s for a plus that is shown, and a currency:
    “currency0gs-GBP”; or it is “date”, or “right” for a text in a column of numbers. Raises ValueError for another.
    """
    return "".join(_format(form) for form in sorted(used))


def _format(form: str) -> str:
    if form == "right":
        return _cell_style(form, "", _END)
    if form == "date":
        return _days() + _cell_style(
            form, 'style:data-style-name="N-date"', '<style:paragraph-properties fo:text-align="start"/>'
        )
    found = _FORM.fullmatch(form)
    if found is None:
        raise ValueError(f"no number format “{form}”")
    return _number(form, *found.groups()) + _cell_style(form, f'style:data-style-name="N-{form}"', _END)


def _cell_style(form: str, said: str, inside: str) -> str:
    names = f'style:name="{form}" style:family="table-cell" style:parent-style-name="Paper_20_cell" {said}'
    return f"<style:style {names}>{inside}</style:style>"


def _days() -> str:
    gap = "<number:text> </number:text>"
    month = '<number:month number:textual="true"/>'
    year = '<number:year number:style="long"/>'
    return f'<number:date-style style:name="N-date"><number:day/>{gap}{month}{gap}{year}</number:date-style>'


def _number(form: str, kind: str, places: str, grouped: str, signed: str, code: str | None) -> str:
    """Return a format; one that shows a plus has others for what is below zero and for zero."""
    tag = "percentage-style" if kind == "percentage" else "number-style"
    many = ' number:grouping="true"' if grouped else ""
    digits = (
        f'<number:number number:decimal-places="{places}" number:min-decimal-places="{places}" '
        f'number:min-integer-digits="1"{many}/>'
    )
    before = f"<number:text>{code} </number:text>" if code else ""
    after = "<number:text> %</number:text>" if kind == "percentage" else ""

    def made(name: str, sign: str, rules: str = "") -> str:
        mark = f"<number:text>{sign}</number:text>" if sign else ""
        return f'<number:{tag} style:name="{name}">{before}{mark}{digits}{after}{rules}</number:{tag}>'

    others = made(f"N-{form}-below", "−") + made(f"N-{form}-zero", "")
    rules = (
        f'<style:map style:condition="value()&lt;0" style:apply-style-name="N-{form}-below"/>'
        f'<style:map style:condition="value()=0" style:apply-style-name="N-{form}-zero"/>'
    )
    return others + made(f"N-{form}", "+", rules) if signed else made(f"N-{form}", "")
