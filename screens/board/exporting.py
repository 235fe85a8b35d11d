"""The dialog that writes a paper into files: which formats, which folder, and what came of it."""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Footer, Input, OptionList, Static
from textual.widgets.option_list import Option

from screens.messages import Failed
from screens.tasks import in_thread
from tracker.reports.formats import FORMATS
from tracker.reports.model import Report
from tracker.rules.wording import counted
from tracker.text import clean

USUAL = ("pdf", "docx", "odt", "html")


class Formats(OptionList):
    """The formats, each marked or not by a sign and not by a colour."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,enter", "turn", "Mark", id="export.mark"),
        Binding("j", "cursor_down", "Down", show=False, id="export.down"),
        Binding("k", "cursor_up", "Up", show=False, id="export.up"),
    ]

    def __init__(self, marked: Iterable[str] = USUAL) -> None:
        self.marked = set(marked)
        self.offered = [one for one in FORMATS.values() if not one.calendar]
        super().__init__(
            *(Option(Content(self._line(n))) for n in range(len(self.offered))), markup=False, compact=True
        )

    def _line(self, number: int) -> str:
        one = self.offered[number]
        return f"[{'x' if one.name in self.marked else ' '}] {one.name:5} {one.title}"

    def action_turn(self) -> None:
        """Mark the format under the cursor, or take its mark away."""
        if self.highlighted is None:
            return
        self.marked ^= {self.offered[self.highlighted].name}
        self.replace_option_prompt_at_index(self.highlighted, Content(self._line(self.highlighted)))


class Progress(Message):
    """So many of so many formats are made, and which one is next."""

    def __init__(self, done: int, total: int, title: str) -> None:
        super().__init__()
        self.words = f"{'█' * done}{'░' * (total - done)} {done} of {total}: {title} …"


class Written(Message):
    """The files were written."""

    def __init__(self, files: list[Path], told: tuple[str, ...]) -> None:
        super().__init__()
        self.files = files
        self.told = told


Make = Callable[[list[str], Path], Written]  # formats and folder; raises TrackerError


class FilesDialog(ModalScreen[None]):
    """Asks for formats and a folder and shows how far it is; ``make`` makes and writes the files, in a thread."""

    CSS_PATH = "exporting.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f2", "write", "Write", id="export.write", priority=True),
        Binding("escape", "dismiss(None)", "Back", id="export.back"),
    ]

    def __init__(self, heading: str, folder: str, make: Make, usual: Iterable[str] = USUAL) -> None:
        super().__init__()
        self.make = make
        self.heading = heading
        self.folder = str(Path.home() / folder)
        self.usual = usual

    def compose(self) -> ComposeResult:
        """Give the formats, the folder, and a line for what is being done."""
        with Vertical(classes="dialog"):
            yield Static(Content(f"{self.heading} (space marks, tab goes on, ctrl+s writes)"))
            yield Formats(self.usual)
            yield Static(Content("Folder"))
            yield Input(self.folder, compact=True)
            yield Static(id="said")
        yield Footer(show_command_palette=False)

    @on(Input.Submitted)
    def action_write(self) -> None:
        """Make and write the files in a thread."""
        kinds = [kind for kind in FORMATS if kind in self.query_one(Formats).marked]
        folder = clean(self.query_one(Input).value).text
        if not kinds or not folder:
            self._say(["✗ Mark a format, and name a folder."])
            return
        self._say(["Begun …"])
        job = partial(self.make, kinds, Path(folder).expanduser())
        in_thread(self, job, "export")

    def step(self, done: int, total: int, title: str) -> None:
        """Tell, from a thread, how far it is."""
        self.post_message(Progress(done, total, title))

    def on_progress(self, message: Progress) -> None:
        """Say how far it is."""
        self._say([message.words])

    def on_written(self, message: Written) -> None:
        """Say what was written, and what should be known."""
        folder = message.files[0].parent if message.files else ""
        told = [f"✓ {counted(len(message.files), 'file')} written to {folder}.", *message.told]
        self._say(told)

    def on_failed(self, message: Failed) -> None:
        """Say why nothing was written."""
        self._say([f"✗ {message.sentence}"])

    def _say(self, lines: Iterable[str]) -> None:
        self.query_one("#said", Static).update(Content("\n".join(lines)))


class ExportDialog(FilesDialog):
    """Writes a paper into files; nothing that is there already is written over."""

    def __init__(self, paper: str, report: Report) -> None:
        super().__init__(f"Export the {paper} as", f"board-{report.header.as_of.isoformat()}", self._made)
        self.paper = paper
        self.report = report

    def _made(self, kinds: list[str], folder: Path) -> Written:
        """Make and write the files with what proves them, in a thread."""
        from tracker.services.papers.files import check_folder, file_names, make_files, stem, write_export

        name = stem(self.paper, self.report.header.as_of)
        check_folder(folder, file_names(kinds, name))
        made = make_files(self.report, kinds, name, step=self.step)
        files = write_export(folder, name, self.report, made)
        return Written(files, (*made.notes, *made.failed.values()))
