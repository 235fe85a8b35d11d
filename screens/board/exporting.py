"""The dialogs that write a paper, or the archive of a meeting, into files: formats, folder, and what came of it."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Footer, Input, OptionList, Static
from textual.widgets.option_list import Option

from screens.widgets.one_line import OneLine
from screens.widgets.pages import Above, hidden
from screens.work import Failed, Programme, read
from tracker.reports.formats import FORMATS
from tracker.reports.model import Report
from tracker.rules.wording import counted
from tracker.services.board import archive
from tracker.services.reading import Link
from tracker.text import clean

USUAL = ("pdf", "docx", "odt", "html")


class Formats(OptionList):
    """The formats, each marked or not by a sign and not by a colour."""

    BINDINGS = [
        Binding("space,enter", "turn", "Mark", id="export.mark"),
        hidden("j", "cursor_down", "Down", "export.down"),
        hidden("k", "cursor_up", "Up", "export.up"),
    ]

    def __init__(self, marked: Iterable[str] = USUAL) -> None:
        self.marked = set(marked)
        self.formats = [kind for kind in FORMATS.values() if not kind.calendar]
        lines = [Option(Content(self._line(n))) for n in range(len(self.formats))]
        super().__init__(*lines, markup=False, compact=True)

    def _line(self, number: int) -> str:
        kind = self.formats[number]
        mark = "x" if kind.name in self.marked else " "
        return f"[{mark}] {kind.name:5} {kind.title}"

    def action_turn(self) -> None:
        """Mark the format under the cursor, or take its mark away."""
        if self.highlighted is None:
            return
        self.marked ^= {self.formats[self.highlighted].name}
        self.replace_option_prompt_at_index(self.highlighted, Content(self._line(self.highlighted)))


class Written(NamedTuple):
    """The files that were written, and what should be known of them."""

    files: list[Path]
    notes: tuple[str, ...]


Make = Callable[[Programme, list[str], Path], Written]  # formats and folder; raises TrackerError


class FilesDialog(Above[None]):
    """Asks for formats and a folder and shows how far it is; ``make`` makes and writes the files, in a thread."""

    CSS_PATH = "exporting.tcss"
    BINDINGS = [
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
            yield OneLine(self.folder, compact=True)
            yield Static(id="said")
        yield Footer(show_command_palette=False)

    @on(Input.Submitted)
    def action_write(self) -> None:
        """Make and write the files in a thread."""
        kinds = [kind for kind in FORMATS if kind in self.query_one(Formats).marked]
        text = clean(self.query_one(Input).value).text
        if not kinds or not text:
            self._say("✗ Mark a format, and name a folder.")
            return
        self._say("Begun …")
        folder = Path(text).expanduser()
        read(self, lambda programme: self.make(programme, kinds, folder), self._show, "export")

    def step(self, done: int, total: int, title: str) -> None:
        """Tell, from a thread, how far it is: so many of so many formats are made, and which one is next."""
        self.call_later(self._say, f"{'█' * done}{'░' * (total - done)} {done} of {total}: {title} …")

    def _show(self, written: Written) -> None:
        folder = written.files[0].parent if written.files else ""
        self._say(f"✓ {counted(len(written.files), 'file')} written to {folder}.", *written.notes)

    def on_failed(self, message: Failed) -> None:
        """Say why nothing was written."""
        self._say(f"✗ {message.sentence}")

    def _say(self, *lines: str) -> None:
        self.say("#said", "\n".join(lines))


class ExportDialog(FilesDialog):
    """Writes a paper into files; nothing that is there already is written over."""

    def __init__(self, paper: str, report: Report) -> None:
        super().__init__(f"Export the {paper} as", f"board-{report.header.as_of.isoformat()}", self._write_paper)
        self.paper = paper
        self.report = report

    def _write_paper(self, _: Programme, kinds: list[str], folder: Path) -> Written:
        """Make and write the files with what proves them, in a thread."""
        from tracker.services.papers.files import check_folder, file_names, make_files, stem, write_export

        name = stem(self.paper, self.report.header.as_of)
        check_folder(folder, file_names(kinds, name))
        files = make_files(self.report, kinds, name, step=self.step)
        return Written(write_export(folder, name, self.report, files), (*files.notes, *files.failed.values()))


class ArchiveDialog(FilesDialog):
    """Writes one zip with everything that proves what a board was shown and what it decided."""

    def __init__(self, meeting: Link) -> None:
        super().__init__(f"Archive {meeting.ref} as", "board-archive", self._write_archive, archive.USUAL)
        self.meeting = meeting

    def _write_archive(self, programme: Programme, kinds: list[str], folder: Path) -> Written:
        """Make and write the archive, in a thread."""
        from tracker.reports.files.write import write_folder
        from tracker.services.papers.files import check_folder

        parts = archive.archivable(programme.store(), self.meeting.uid)
        check_folder(folder, [parts.name])
        zipped = archive.make_archive(parts, kinds, step=self.step)
        files = write_folder(folder, {zipped.name: zipped.data})
        return Written(files, (f"SHA-256 {zipped.sha256}: write it down elsewhere.", *zipped.notes))
