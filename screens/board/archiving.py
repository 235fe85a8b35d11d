"""The dialog that writes the archive of a meeting: which formats, which folder, and what came of it."""

from pathlib import Path

from screens.board.exporting import FilesDialog, Written
from screens.reach import programme
from tracker.services.board.archive import USUAL
from tracker.storage.queries import Link


class ArchiveDialog(FilesDialog):
    """Writes one zip with everything that proves what a board was shown and what it decided."""

    def __init__(self, meeting: Link) -> None:
        super().__init__(f"Archive {meeting.ref} as", "board-archive", self._made, USUAL)
        self.meeting = meeting

    def _made(self, kinds: list[str], folder: Path) -> Written:
        """Make and write the archive, in a thread."""
        from tracker.reports.files.write import write_folder
        from tracker.services.board.archive import archivable, make_archive
        from tracker.services.papers.files import check_folder

        parts = archivable(programme(self.app).store(), self.meeting.uid)
        check_folder(folder, [parts.name])
        made = make_archive(parts, kinds, step=self.step)
        files = write_folder(folder, {made.name: made.data})
        return Written(files, (f"SHA-256 {made.sha256}: write it down elsewhere.", *made.notes))
