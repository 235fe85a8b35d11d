"""The page of a metric shows before and after with a plot, drawn for the width of the page."""

from datetime import date
from pathlib import Path

import pytest
from conftest import NOW
from golden_files import matches
from screen_host import HostApp, keys, picture, settle, show

from screens.record.data import read_page
from screens.record.page import RecordPage
from tracker.services.records.writing import Fate, add, remove
from tracker.storage.store import Acting, Store

UNIT = "[red]minutes"


@pytest.fixture
def uids(store: Store, ana: Acting) -> dict[str, str]:
    """A pilot, and a metric of it that was measured twice; its unit is hostile."""
    pilot = add(store, "pilot", {"name": "Badges", "phase": "discovery"}, ana).uid
    given = {"name": "Minutes [/b] 図書館", "metric_kind": "mean", "pilot": pilot, "definition": "Timed", "unit": UNIT}
    metric = add(store, "metric", {**given, "better": "down", "target": 25.0}, ana).uid
    for phase, month, mean, sd, n in (("baseline", 1, 41.0, 18.0, 64), ("after", 7, 29.5, 14.0, 71)):
        period = {"period_start": date(2026, month, 1), "period_end": date(2026, month, 31)}
        add(store, "measurement", {"metric": metric, "phase": phase, **period, "mean": mean, "sd": sd, "n": n}, ana)
    return {"pilot": pilot, "metric": metric}


async def test_before_and_after_are_drawn_for_the_width_of_the_page(
    path: Path, uids: dict[str, str], store: Store, ana: Acting, tmp_path: Path
) -> None:
    host = HostApp(path, NOW, tmp_path / "drafts")
    async with host.run_test(size=(100, 40)) as pilot:
        await show(pilot, RecordPage("metric", uids["metric"]))
        shown = picture(host)
        start = next(n for n, line in enumerate(shown) if "Before and after" in line)
        assert "● Improved: −11.5 [red]minutes (95% interval −17.0 to −6.0)" in shown[start + 1]
        matches("screens/metric-100.txt", "\n".join(line[:97].rstrip() for line in shown[start : start + 26]) + "\n")
        await pilot.resize_terminal(44, 40)
        await settle(pilot)
        narrow = picture(host)
        assert max(len(line) for line in narrow) <= 44
        assert [line.split()[0] for line in narrow if "┤" in line and "├─┤" not in line] == [
            "Before",
            "After",
            "Change",
        ]
        await keys(pilot, "end")
        assert any("added" in line for line in picture(host))
    page = read_page(host.programme, "pilot", uids["pilot"])
    assert page is not None
    assert "Before and after" not in [extra.title for extra in page.extras]
    remove(store, "metric", uids["metric"], ana, reason="Recorded twice", fate=Fate("with"))
    gone = read_page(host.programme, "metric", uids["metric"])
    assert gone is not None
    assert gone.extras == ()
    host.programme.close()
