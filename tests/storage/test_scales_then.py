"""The scale of ratings that were recorded before a rating was kept with its scale: the journal says which it was."""

from datetime import timedelta

from factories import made

from tracker.entities import Confidence, Pilot
from tracker.ratings import scale_of
from tracker.services.records.writing import change
from tracker.storage import Query, Store
from tracker.storage.journal.asof import as_of
from tracker.storage.queries import records, rows
from tracker.storage.store import Acting


def test_the_scale_of_an_older_report_is_that_of_the_programme_at_its_command(store: Store, ana: Acting) -> None:
    pilot = made(store, "pilot", ana, name="Parking")
    (programme,) = (uid for uid, _ in rows(store, Query("programme"), []))
    given = []
    for scale in ("rag3", "rag5", "dta5"):
        if scale != "rag3":
            change(store, "programme", programme, {"rating_scale": scale}, ana)
        values = {"pilot": pilot, "rating": "green", "narrative": "Twenty characters at least."}
        given.append(made(store, "confidence", ana, **values))
    # A file from before keeps no scale with its ratings; nothing else of it is otherwise.
    store.connection.execute("DROP TRIGGER j_confidence_update")
    store.connection.execute("UPDATE confidence SET rating_scale = NULL")
    by_uid = {report.uid: report for report in records(store, Confidence)}
    assert [scale_of(by_uid[uid].rating) for uid in given] == ["rag3", "rag5", "dta5"]
    assert [by_uid[uid].rating_scale for uid in given] == ["rag3", "rag5", "dta5"]
    listed = {uid: rating for uid, _, rating in rows(store, Query("confidence"), ["rating"])}
    assert [listed[uid].word for uid in given] == ["Green", "Green", "High"]
    (carried,) = records(store, Pilot)
    assert (carried.rating, scale_of(carried.rating)) == ("green", "dta5")
    with as_of(store, ana.today) as then:
        (past,) = records(then, Pilot)
        assert scale_of(past.rating) == "dta5"


def test_a_day_is_shown_with_the_scale_of_then(store: Store, ana: Acting) -> None:
    made(store, "pilot", ana, name="Parking")
    (pilot,) = records(store, Pilot)
    made(store, "confidence", ana, pilot=pilot.uid, rating="green", narrative="Twenty characters at least.")
    later = ana._replace(today=ana.today + timedelta(9), now=ana.now + timedelta(9))
    (programme,) = (uid for uid, _ in rows(store, Query("programme"), []))
    change(store, "programme", programme, {"rating_scale": "dta5"}, later)
    made(store, "confidence", later, pilot=pilot.uid, rating="red", narrative="Twenty characters at least.")
    with as_of(store, ana.today) as then:
        (past,) = records(then, Pilot)
        assert (past.rating, scale_of(past.rating)) == ("green", "rag3")
    (now,) = records(store, Pilot)
    assert isinstance(now.rating, str) and now.rating_scale == "dta5"
