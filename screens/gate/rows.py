"""The rows of a checklist: criteria, which take the cursor, and conditions."""

from itertools import zip_longest

from rich.table import Table
from rich.text import Text
from textual.widgets import Static

from screens.record.page_lines import TONES
from tracker.rules.gates import result_text
from tracker.rules.when import show_date
from tracker.services.gates import Asked, Demand

RESULT_TONES = {"met": "green", "partly": "amber", "not_met": "red"}
STATES = {"open": ("○ Open", ""), "overdue": ("■ Overdue", "red"), "closed": ("● Closed", "green")}
LEFT = 17  # width of the column of marks and refs


class Row(Static):
    """A mark with its word above a ref, and beside them what belongs to it, line by line."""

    def __init__(self, mark: str, tone: str, ref: str, lines: list[str], classes: str) -> None:
        super().__init__(classes=classes)
        self.mark, self.tone, self.ref, self.lines = mark, tone, ref, lines

    def render(self) -> Table:
        """Give the columns in the colours of the theme."""
        colours = self.app.theme_variables
        muted, tone = colours.get("muted", ""), colours.get(TONES.get(self.tone, ""), "")
        if self.has_focus:  # one colour that is sure to be read on the cursor's; marks and words say the rest
            muted = tone = colours.get("chosen-text", "")
        grid = Table.grid(padding=(0, 1, 0, 0), expand=True)
        grid.add_column(width=LEFT)
        grid.add_column(ratio=1)
        first, *rest = self.lines
        grid.add_row(Text(self.mark, style=tone), Text(first))
        for label, line in zip_longest([self.ref], rest, fillvalue=""):
            grid.add_row(Text(label, style=muted), Text(line, style=muted))
        return grid


class CriterionRow(Row, can_focus=True):
    """A criterion; the keys of the checklist answer the one that has the focus."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        about = [part for part in (asked.standard_ref, "" if asked.mandatory else "not mandatory") if part]
        lines = [asked.text, *([" · ".join(about)] if about else [])]
        if asked.result == "not_applicable" and asked.not_applicable_reason:
            lines.append(f"Why: {asked.not_applicable_reason}")
        if asked.evidence:
            added = f" ({show_date(asked.evidence_added_on)})" if asked.evidence_added_on else ""
            lines.append(f"Evidence: {' '.join(asked.evidence.split())}{added}")
        super().__init__(result_text(asked.result), RESULT_TONES.get(asked.result, "muted"), asked.ref, lines, "asked")


def condition_row(one: Demand) -> Row:
    """Return a condition as a row, with whether it is open, overdue or closed."""
    mark, tone = STATES[one.state]
    owner = one.owner.name if one.owner else "no owner"
    due = f"due {show_date(one.due)}" if one.due else "no date"
    closed = f" · closed {show_date(one.closed_on)}" if one.closed_on else ""
    return Row(mark, tone, one.ref, [one.text, f"{owner} · {due}{closed}"], "demanded")
