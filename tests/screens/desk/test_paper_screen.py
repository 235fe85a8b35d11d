"""The preview of the papers, and the dialog that writes them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from screen_host import HostApp, keys, picture, settle, show

from screens.board.exporting import ExportDialog
from screens.board.paper import PaperScreen
from tracker.reports.lines.paper import paper_lines
from tracker.services.papers.building import summary
from tracker.services.programme_file import open_programme
from tracker.text import columns

BOARD = datetime(2026, 11, 12, 9, tzinfo=UTC)


@pytest.fixture
def host(path: Path, demo_file: bytes, tmp_path: Path) -> Iterator[HostApp]:
    path.write_bytes(demo_file)
    yield HostApp(path, BOARD, tmp_path / "drafts")


async def test_the_paper_is_shown_and_written_as_it_is_shown(host: HostApp, tmp_path: Path) -> None:
    async with host.run_test(size=(80, 24)) as pilot:
        await show(pilot, PaperScreen())
        await settle(pilot)
        shown = "\n".join(picture(host))
        assert "Simpler Services 2026–28: status summary" in shown
        assert "Position as of: 12 Nov 2026" in shown
        await keys(pilot, "x")
        assert isinstance(host.screen, ExportDialog)
        shown = "\n".join(picture(host))
        assert "[x] pdf" in shown and "[ ] json" in shown
        folder = tmp_path / "board"
        dialog = host.screen
        dialog.query_one("Input").value = str(folder)  # type: ignore[attr-defined]
        formats = dialog.query_one("Formats")
        formats.marked = {"txt", "json"}  # type: ignore[attr-defined]
        await keys(pilot, "ctrl+s")
        await settle(pilot)
        assert "✓ 4 files written" in "\n".join(picture(host))
        names = sorted(file.name for file in folder.iterdir())
        assert names == ["SHA256SUMS", "manifest.json", "summary-2026-11-12.json", "summary-2026-11-12.txt"]
        await keys(pilot, "ctrl+s")
        await settle(pilot)
        assert "✗" in "\n".join(picture(host)), "\n".join(picture(host))


@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_is_wider_than_asked(path: Path, demo_file: bytes, width: int) -> None:
    path.write_bytes(demo_file)
    with open_programme(path, read_only=True) as store:
        paper = summary(store, day=date(2026, 11, 12))
    for line in paper_lines(paper, width):
        assert columns("".join(piece.text for piece in line)) <= width
