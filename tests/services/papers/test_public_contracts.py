"""Contracts and suppliers in the public paper: only what was marked public, and nothing of what is not."""

from conftest import NOW

from tracker.fields import Nothing
from tracker.services.papers.public import published
from tracker.services.records.writing import add
from tracker.storage.store import Acting, Store

DAY = NOW.date()


def told(store: Store) -> str:
    return str(published(store, DAY).report.to_dict())


def test_only_what_is_public_is_said(store: Store, ana: Acting) -> None:
    assert "Contracts and suppliers" not in told(store)
    hidden = add(store, "supplier", {"name": "Quayline", "performance": "Slow"}, ana).uid
    add(store, "supplier", {"name": "Fernhill", "visibility": "public", "performance": "Poor"}, ana)
    brindle = add(store, "supplier", {"name": "Brindle", "visibility": "public"}, ana).uid
    plain = {"visibility": "public", "value": 12_000_000}
    add(store, "contract", {**plain, "title": "Forms", "supplier": brindle, "scope": "The portal"}, ana)
    add(store, "contract", {**plain, "title": "Scheduler", "supplier": hidden, "value": Nothing("withheld")}, ana)
    add(store, "contract", {**plain, "title": "Tendered", "status": "tender"}, ana)
    add(store, "contract", {"title": "Internal"}, ana)
    add(store, "stakeholder", {"name": "Unions", "visibility": "public"}, ana)
    words = told(store)
    assert "Forms (Brindle): value" in words and "120,000." in words
    assert "Scheduler: value withheld." in words
    assert "Suppliers: Fernhill." in words
    for private in ("Quayline", "Slow", "Poor", "portal", "Tendered", "Internal", "Unions"):
        assert private not in words
