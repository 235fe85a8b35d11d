"""The rows of a checklist: criteria, which take the cursor, and conditions."""

from itertools import zip_longest

from rich.table import Table
from rich.text import Text

from screens.record.page_lines import TwoColumns
from tracker.services.gates import Asked, Demand
from tracker.services.pages.checklist import condition_row, criterion_row

RESULT_TONES = {"met": "green", "partly": "amber", "not_met": "red"}
STATE_TONES = {"open": "", "overdue": "red", "closed": "green"}
LEFT = 17  # width of the column of marks and refs


class Row(TwoColumns):
    """A mark with its word above a ref, and beside them what belongs to it, line by line."""

    def __init__(self, cells: tuple[str, str, str, str], tone: str, classes: str) -> None:
        super().__init__(classes=classes)
        self.mark, self.ref, self.text, self.remarks = cells
        self.tone = tone

    def render(self) -> Table:
        """Give the two columns."""
        muted = self.colour("muted")
        below = zip_longest([self.ref], self.remarks.splitlines(), fillvalue="")
        rows = [(Text(self.mark, style=self.colour(self.tone)), Text(self.text))]
        rows += [(Text(label, style=muted), Text(remark, style=muted)) for label, remark in below]
        return self.grid(LEFT, rows)


class CriterionRow(Row, can_focus=True):
    """A criterion; the keys of the checklist answer the one that has the focus."""

    def __init__(self, criterion: Asked) -> None:
        self.criterion = criterion
        super().__init__(criterion_row(criterion), RESULT_TONES.get(criterion.result, "muted"), "asked")


class ConditionRow(Row):
    """A condition, with whether it is open, overdue or closed."""

    def __init__(self, condition: Demand) -> None:
        super().__init__(condition_row(condition), STATE_TONES[condition.state], "demanded")
