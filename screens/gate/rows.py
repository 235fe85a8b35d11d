"""The rows of a checklist: criteria, which take the cursor, and conditions."""

from itertools import zip_longest

from rich.table import Table
from rich.text import Text

from screens.record.page_lines import TwoColumns
from tracker.rules.gates import result_text
from tracker.rules.when import show_date
from tracker.services.gates import Asked, Demand

RESULT_TONES = {"met": "green", "partly": "amber", "not_met": "red"}
STATES = {"open": ("○ Open", ""), "overdue": ("■ Overdue", "red"), "closed": ("● Closed", "green")}
LEFT = 17  # width of the column of marks and refs


class Row(TwoColumns):
    """A mark with its word above a ref, and beside them what belongs to it, line by line."""

    def __init__(self, mark: str, tone: str, ref: str, lines: list[str], classes: str) -> None:
        super().__init__(classes=classes)
        self.mark, self.tone, self.ref, self.lines = mark, tone, ref, lines

    def render(self) -> Table:
        """Give the two columns."""
        first, *others = self.lines
        muted = self.colour("muted")
        below = zip_longest([self.ref], others, fillvalue="")
        rows = [(Text(self.mark, style=self.colour(self.tone)), Text(first))]
        rows += [(Text(label, style=muted), Text(line, style=muted)) for label, line in below]
        return self.grid(LEFT, rows)


class CriterionRow(Row, can_focus=True):
    """A criterion; the keys of the checklist answer the one that has the focus."""

    def __init__(self, criterion: Asked) -> None:
        self.criterion = criterion
        tone = RESULT_TONES.get(criterion.result, "muted")
        super().__init__(result_text(criterion.result), tone, criterion.ref, _criterion_lines(criterion), "asked")


def _criterion_lines(criterion: Asked) -> list[str]:
    lines = [criterion.text]
    about = [criterion.standard_ref]
    if not criterion.mandatory:
        about.append("not mandatory")
    if any(about):
        lines.append(" · ".join(filter(None, about)))
    if criterion.result == "not_applicable" and criterion.not_applicable_reason:
        lines.append(f"Why: {criterion.not_applicable_reason}")
    if criterion.evidence:
        evidence = f"Evidence: {' '.join(criterion.evidence.split())}"
        if criterion.evidence_added_on:
            evidence += f" ({show_date(criterion.evidence_added_on)})"
        lines.append(evidence)
    return lines


def condition_row(condition: Demand) -> Row:
    """Return a condition as a row, with whether it is open, overdue or closed."""
    mark, tone = STATES[condition.state]
    about = [condition.owner.name if condition.owner else "no owner"]
    about.append(f"due {show_date(condition.due)}" if condition.due else "no date")
    if condition.closed_on:
        about.append(f"closed {show_date(condition.closed_on)}")
    return Row(mark, tone, condition.ref, [condition.text, " · ".join(about)], "demanded")
