"""The paper of a board on the screen: what it will look like, as of today or as it was frozen, and the way out."""

from collections.abc import Callable
from functools import partial

from textual.binding import Binding

from screens.board.steps import PACK, SUMMARY
from screens.record.drawn_lines import DrawnPage
from screens.work import Programme, read
from tracker.reports.lines.paper import paper_lines
from tracker.reports.model import Report

Reader = Callable[[Programme, str], Report]


def live(programme: Programme, paper: str) -> Report:
    """Return a paper of the position as it is today; for a worker thread."""
    from tracker.services.board.cycle import last_shown_day
    from tracker.services.papers import building

    make = building.pack if paper == PACK else building.summary
    store = programme.store()
    day = programme.today()
    return make(store, day=day, since=last_shown_day(store, day), known=programme.hindsight)


class PaperScreen(DrawnPage):
    """Shows the one page or the full pack; ``reader`` makes a paper in a worker thread."""

    CSS_PATH = "paper.tcss"
    WAITING = "Making the paper …"
    BINDINGS = [
        Binding("1", f"show('{SUMMARY}')", "One page", id="paper.summary"),
        Binding("2", f"show('{PACK}')", "Full pack", id="paper.pack"),
        Binding("x", "export", "Export", id="paper.export"),
        Binding("escape,q", "dismiss(None)", "Back", id="paper.back"),
    ]

    def __init__(self, reader: Reader = live, paper: str = SUMMARY) -> None:
        super().__init__()
        self._reader = reader
        self._paper = paper
        self._report: Report | None = None

    def on_mount(self) -> None:
        """Make the paper in a thread."""
        self.read_again()

    def read_again(self) -> None:
        """Make the paper that is shown, of the day that is shown."""
        self.action_show(self._paper)

    def action_show(self, paper: str) -> None:
        """Make one of the two papers and show it."""
        read(self, lambda programme: self._reader(programme, paper), partial(self._show, paper), "paper")

    async def _show(self, paper: str, report: Report) -> None:
        self._paper, self._report = paper, report
        await self.show(partial(paper_lines, report))

    def action_export(self) -> None:
        """Ask for formats and folder, and write the paper that is shown."""
        from screens.board.exporting import ExportDialog

        if self._report is not None:
            self.app.push_screen(ExportDialog(self._paper, self._report))
