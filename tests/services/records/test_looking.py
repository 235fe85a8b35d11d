"""What people mean by a text: a ref, the beginning of a uid, a name."""

import pytest

from tracker.cli.shell.mending import in_shell
from tracker.errors import TrackerError
from tracker.services.records.finding import kind_of, resolve_any, resolve_ref
from tracker.services.records.writing import add, remove
from tracker.storage.store import Acting, Store


@pytest.fixture
def pilots(store: Store, ana: Acting) -> list[str]:
    return [add(store, "pilot", {"name": name}, ana).uid for name in ("Parking permits", "Blue Badges", "Blue Badges")]


@pytest.mark.parametrize("text", ["P-01", "p-1", "p1", "P 01", " P-001 ", "parking permits", "permits", "PARKING"])
def test_a_pilot_by_ref_or_name(store: Store, pilots: list[str], text: str) -> None:
    assert resolve_ref(store, "pilot", text).uid == pilots[0]


@pytest.mark.parametrize("text", ["", "   ", "\t"])
def test_no_text_means_no_record_even_when_there_is_only_one(store: Store, ana: Acting, text: str) -> None:
    add(store, "pilot", {"name": "The only one"}, ana)
    with pytest.raises(TrackerError, match="Name a pilot"):
        resolve_ref(store, "pilot", text)


def test_a_name_that_two_records_bear_lists_both(store: Store, pilots: list[str]) -> None:
    with pytest.raises(TrackerError, match=r"P-02 Blue Badges; P-03 Blue Badges. Use the ref."):
        resolve_ref(store, "pilot", "blue badges")


def test_signs_of_search_patterns_are_plain_text(store: Store, pilots: list[str]) -> None:
    for text in ("%", "_", "P%", "!"):
        with pytest.raises(TrackerError, match="There is no pilot"):
            resolve_ref(store, "pilot", text)


def test_a_removed_record_is_meant_only_when_it_may_be(store: Store, ana: Acting, pilots: list[str]) -> None:
    remove(store, "pilot", pilots[1], ana, reason="recorded twice")
    with pytest.raises(TrackerError, match="P-02 was removed") as caught:
        resolve_ref(store, "pilot", "P-02")
    assert in_shell(caught.value) == "P-02 was removed. Bring it back with “tracker pilot restore P-02”."
    assert resolve_ref(store, "pilot", "P-02", deleted=True).uid == pilots[1]
    assert resolve_ref(store, "pilot", "Blue Badges").uid == pilots[2]
    assert resolve_ref(store, "pilot", "Blue Badges", deleted=True).uid == pilots[2]
    assert resolve_any(store, "p2")[1].uid == pilots[1]


@pytest.mark.parametrize(
    ("text", "kind"),
    [("R-014", "risk"), ("r14", "risk"), ("RA-003", "assessment"), ("P-01", "pilot"), ("PER-1", "person"),
     ("R-B012", "risk"), ("rb12", "risk"), ("RAC001", "assessment"), ("T-5", "session"), ("TN-5", "need")],
)  # fmt: skip
def test_a_ref_says_its_kind(text: str, kind: str) -> None:
    assert kind_of(text) == kind


@pytest.mark.parametrize("text", ["", "R", "R-", "014", "XYZ-1", "R-014x", "Parking"])
def test_what_is_no_ref(text: str) -> None:
    with pytest.raises(TrackerError, match="is not a ref"):
        kind_of(text)


def test_a_ref_of_nothing(store: Store, pilots: list[str]) -> None:
    with pytest.raises(TrackerError, match="There is no pilot “P-77”"):
        resolve_any(store, "P-77")
