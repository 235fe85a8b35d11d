"""The map on the page of a journey, in the sizes that people have."""

from pathlib import Path

import pytest
from conftest import NOW
from screen_host import HostApp, picture, show

from screens.record.journey_map import journey_extras
from screens.record.page import RecordPage
from tracker.services.records.writing import Fate, add, remove
from tracker.storage.store import Acting, Store

FACTS = (
    {"title": "Find [/foo] out", "touch_minutes": 12, "pain": 4, "pain_text": "[@click=app.quit]x"},
    {"title": "Gather proof", "touch_minutes": 20, "wait_minutes": 4320, "drop_out_share": 0.22},
    {"title": "Re-key", "actor": "back_office", "touch_minutes": 14, "handoff": "manual", "asks_again": True},
)


@pytest.fixture
def journey(store: Store, ana: Acting) -> str:
    """A journey with three steps, and what was measured after a change of one of them."""
    service = add(store, "service", {"name": "Welfare grants"}, ana).uid
    uids = []
    for kind, minutes in (("as_is", 0), ("measured_after", 5)):
        given = {"name": "Applying", "service": service, "journey_kind": kind, "evidence": "observed"}
        uids.append(add(store, "journey", given, ana).uid)
        for n, facts in enumerate(FACTS, 1):
            less = {"touch_minutes": int(str(facts["touch_minutes"])) - minutes}
            add(store, "step", {**facts, **less, "journey": uids[-1], "step_order": n}, ana)
    return uids[0]


def test_what_the_page_shows(store: Store, ana: Acting, journey: str) -> None:
    first, second = journey_extras(store, journey, NOW.date())
    assert (first.title, second.title) == ("Map", "Before and after")
    told = [text for text, _ in second.draw(78)]
    assert ["Citizen's", "time", "32", "min", "22", "min", "−10", "min", "✓", "better"] in [
        text.split() for text in told if isinstance(text, str)
    ]
    remove(store, "journey", journey, ana, reason="Recorded twice", fate=Fate("with"))
    assert journey_extras(store, journey, NOW.date()) == ()


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_page(path: Path, tmp_path: Path, journey: str, size: tuple[int, int]) -> None:
    host = HostApp(path, NOW, tmp_path / "drafts")
    async with host.run_test(size=size) as pilot:
        await show(pilot, RecordPage("journey", journey))
        shown = picture(host)
    assert max(map(len, shown)) <= size[0]
    (line,) = [line for line in shown if "Find [/foo] out" in line]
    assert line.split()[:3] == ["1", "C", "·"] and "12 min  ███" in line
    (pain,) = [line for line in shown if "!!!! pain 4 of 5" in line]
    assert "[@click=app.quit]x" in pain or size == (120, 40)
    assert any(line.strip() == "⋮ 3 d waiting" for line in shown)
