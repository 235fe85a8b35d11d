"""Public papers from a file: nothing private gets into them, and suspected personal data stops them."""

import io
import json
import re
import zipfile
from datetime import date

import pytest
from canaries import PRINTED, PUBLISHED, canaries, plant
from conftest import at

from tracker.cli.shell.mending import in_shell
from tracker.errors import TrackerError
from tracker.fields import Nothing
from tracker.reports.files.site import site
from tracker.reports.formats import make
from tracker.reports.model import Facts, Table
from tracker.services.papers.public import published
from tracker.services.records.settings import set_setting
from tracker.services.records.writing import Fate, add, change
from tracker.storage.store import Acting, Store

DAY = date(2026, 10, 1)


@pytest.fixture
def planted(store: Store, ana: Acting) -> Store:
    plant(store, ana)
    return store


def test_no_private_field_is_in_a_public_paper(planted: Store) -> None:
    found = published(planted, DAY)
    papers = json.dumps([paper.to_dict() for paper in (found.report, *(page for _, page in found.pages))])
    told = canaries(papers)
    assert told, "not one canary is in the papers: the test would prove nothing"
    assert {(kind, field) for kind, field in told if field not in PRINTED.get(kind, ())} == set()
    assert '"ana"' not in papers  # who runs it is nobody's business


def test_no_ref_and_no_uid_is_in_a_public_paper(planted: Store) -> None:
    found = published(planted, DAY)
    papers = json.dumps(found.report.to_dict())
    for kind in PUBLISHED:
        for uid, ref in planted.read(f'SELECT uid, ref FROM "{kind}"'):
            assert uid not in papers
            assert f"{ref} " not in papers


def test_what_looks_like_personal_data_stops_it_until_it_is_accepted(store: Store, ana: Acting) -> None:
    pilot = {"name": "Permits", "visibility": "public", "problem": "Mrs Smith waits three weeks"}
    uid = add(store, "pilot", pilot, ana).uid
    with pytest.raises(TrackerError, match="Mrs Smith") as caught:
        published(store, DAY)
    assert "not a guarantee" in str(caught.value)
    found = published(store, DAY, accepted={"Mrs Smith": "The name of a street"})
    assert {(one.part, why) for one, why in found.accepted} == {("Mrs Smith", "The name of a street")}
    later = at(ana, date(2026, 10, 2))
    change(store, "pilot", uid, {"problem": "People wait three weeks"}, later, reason="No names here")
    assert published(store, later.today).accepted == ()


def test_each_kind_of_nothing_is_said_in_a_readers_words_and_never_why(store: Store, ana: Acting) -> None:
    said = {
        "start": Nothing("withheld", "canary reason"),
        "first_real_user_on": Nothing("not_applicable", "canary reason"),
        "forecast_end": Nothing("not_yet_known", "canary reason"),
    }
    add(store, "pilot", {"name": "Permits", "visibility": "public", "budget": Nothing("withheld"), **said}, ana)
    add(store, "pilot", {"name": "Badges", "visibility": "public"}, ana)
    add(store, "pilot", {"name": "Internal", "visibility": "internal", **said}, ana)
    papers = published(store, DAY)
    section = next(section for section in papers.report.sections if section.id == "pilots")
    (pilots,) = section.of(Table)
    assert [row[:4] for row in pilots.rows] == [
        ("Permits", "Phase not stated", "Does not apply", "Not yet known"),
        ("Badges", "Phase not stated", "Not given", "Not given"),
    ]
    pages = [json.dumps(page.to_dict()) for _, page in papers.pages]
    assert all(words in pages[0] for words in ("Withheld", "Does not apply", "Not yet known"))
    assert "Withheld" not in pages[1]
    assert "canary" not in json.dumps(papers.report.to_dict()) + pages[0]


def test_an_empty_programme_gives_a_paper_that_says_so(store: Store) -> None:
    found = published(store, DAY)
    assert found.pages == ()
    assert "has not been marked as public" in json.dumps(found.report.to_dict())


def test_no_section_is_a_heading_with_nothing_below(store: Store, ana: Acting) -> None:
    programme = next(iter(store.read("SELECT uid FROM programme")))[0]
    change(store, "programme", programme, {"visibility": "public", "purpose": None, "start": None}, ana)
    for section in published(store, DAY).report.sections:
        assert section.blocks, section.title
        assert Facts(()) not in section.blocks, section.title


def test_a_decision_is_told_with_its_conditions_and_that_others_are_not_public(store: Store, ana: Acting) -> None:
    asked = {"title": "Open two counters", "question": "Open them?", "options": "Nothing\nOpen two"}
    taken = {"status": "taken", "outcome": "approved_with_conditions", "decided_on": DAY, "decided_by": "The board"}
    decision = add(store, "decision", {**asked, **taken, "visibility": "public"}, ana).uid
    ask = {"owner": ana.person, "due": date(2026, 12, 1), "decision": decision}
    published_one = add(store, "action", {**ask, "text": "Publish the cost", "visibility": "public"}, ana)
    told = json.dumps(published(store, DAY).report.to_dict())
    assert "Open two counters. Approved with conditions: Publish the cost." in told
    assert published_one.ref not in {entry.ref for entry in published(store, DAY).withheld}
    add(store, "action", {**ask, "text": "Pay the supplier late", "visibility": "restricted"}, ana)
    told = json.dumps(published(store, DAY).report.to_dict())
    assert "Approved with conditions: Publish the cost; others are not published." in told
    assert "supplier" not in told
    change(store, "action", published_one.uid, {"visibility": "internal"}, ana)
    told = json.dumps(published(store, DAY).report.to_dict())
    assert "Approved with conditions, which are not published." in told


def test_the_demo_can_be_published(store: Store, demo_file: bytes, tmp_path: object) -> None:
    store.close()
    from pathlib import Path

    file = Path(store.path)
    file.write_bytes(demo_file)
    with Store.open(file) as demo:
        found = published(demo, date(2026, 11, 12))
    assert len(found.pages) == 8
    text = json.dumps(found.report.to_dict(), ensure_ascii=False)
    assert "+14.1 (+9.3 to +18.8)" in text and "35 records withheld" in text
    for private in ("R-007", "Delivery lead", "watermelon", "counsel"):
        assert private not in text


def test_risks_are_counted_as_the_board_counts_them(store: Store, ana: Acting) -> None:
    (head,) = store.read("SELECT uid FROM programme")
    change(store, "programme", head[0], {"visibility": "public"}, ana)
    stopped = add(store, "pilot", {"name": "Permits", "visibility": "public"}, ana).uid
    scores = {"likelihood": 4, "impact": 4, "status": "draft"}
    add(store, "risk", {"title": "Nobody comes", "pilot": stopped, **scores}, ana)
    add(store, "risk", {"title": "Lookups fail", **scores}, ana)
    assert "2 high" in counts_told(store, DAY)
    later = at(ana, date(2026, 10, 2))
    change(
        store,
        "pilot",
        stopped,
        {"phase": "stopped", "outcome": "stopped"},
        later,
        reason="Nobody came",
        fate=Fate("leave"),
    )
    assert "1 high, 0 medium, 0 low. Not counted: 1 risk of what was stopped or removed." in counts_told(
        store, later.today
    )


def test_a_programme_that_is_not_public_tells_no_counts(store: Store, ana: Acting) -> None:
    add(store, "risk", {"title": "Lookups fail", "status": "draft"}, ana)
    assert "No counts have been published." in counts_told(store, DAY)


def counts_told(store: Store, day: date) -> str:
    """Return what a public paper says in its section of counts."""
    (section,) = (part for part in published(store, day).report.sections if part.id == "counts")
    return " ".join(map(str, section.blocks))


def praised(store: Store, by: Acting, words: str) -> None:
    """Publish a pilot with such words about it."""
    add(store, "pilot", {"name": "Permits", "visibility": "public", "problem": words}, by)


def test_a_name_of_the_register_stops_it_unless_it_may_be_published(store: Store, ana: Acting) -> None:
    person = add(store, "person", {"display_name": "Pat Example", "login": "pexample"}, ana).uid
    praised(store, ana, "Pat Example rewrote the letter, as pexample asked")
    with pytest.raises(TrackerError, match="name of a person: “Pat Example”") as caught:
        published(store, DAY)
    assert "login of a person: “pexample”" in str(caught.value)
    change(store, "person", person, {"publish_name": True}, ana)
    assert published(store, DAY).accepted == ()


def test_a_former_name_stops_it_and_a_role_does_not(store: Store, ana: Acting) -> None:
    person = add(store, "person", {"display_name": "Pat Example"}, ana).uid
    change(store, "person", person, {"display_name": "Delivery lead, Parking"}, ana)
    praised(store, ana, "The delivery lead, parking, asked drivers, and Pat Example did")
    with pytest.raises(TrackerError, match="2 texts look") as caught:
        published(store, DAY)
    assert str(caught.value).count("“Pat Example”") == 2  # in the table and on the page


def test_publisher_licence_and_contact_stand_on_the_paper_and_in_its_data(store: Store, ana: Acting) -> None:
    address = "https://www.example.org/licence"
    facts = {
        "publisher": "Example council",
        "licence": "OGL-UK-3.0",
        "licence_address": address,
        "public_contact": "The digital office",
        "accessibility": "Ask the office for another format",
    }
    for name, value in facts.items():
        set_setting(store, name, value, at(ana, date(2026, 10, 2)), "Agreed by the board")  # since that day
    report = published(store, DAY, on=date(2026, 10, 2)).report
    text = " ".join(make(report, "txt").data.decode().split())
    assert all(value in text for value in facts.values())
    with zipfile.ZipFile(io.BytesIO(make(report, "csv").data)) as package:
        described = json.loads(package.read("datapackage.json"))
        (table,) = (name for name in package.namelist() if name.endswith("paper.csv-metadata.json"))
        metadata = json.loads(package.read(table))
    assert described["licenses"] == [{"name": "OGL-UK-3.0", "path": address}]
    assert described["contributors"] == [
        {"title": "Example council", "roles": ["publisher"]},
        {"title": "The digital office", "roles": ["contact"]},
    ]
    assert described["accessibility"] == metadata["schema:accessibilitySummary"] == facts["accessibility"]
    assert metadata["dcat:contactPoint"] == "The digital office"
    assert described["dc:issued"] == metadata["dc:issued"] == "2026-10-02"
    assert (metadata["dc:license"], metadata["dc:publisher"]) == (address, "Example council")
    assert json.loads(make(report, "json").data)["header"]["licence"] == "OGL-UK-3.0"


def test_the_day_of_publication_is_in_every_format_and_none_is_made_up(store: Store) -> None:
    dated = published(store, DAY, on=date(2026, 10, 5)).report
    bare = published(store, DAY).report
    for kind in ("pptx", "docx", "odt", "xlsx", "ods", "csv", "html", "md", "txt", "json"):
        day = "2026-10-05" if kind == "json" else "5 Oct 2026"
        assert day in said_in(make(dated, kind).data), kind
        assert day not in said_in(make(bare, kind).data), kind


def said_in(data: bytes) -> str:
    """Return a file as text, the parts of a package one after the other, without its marks."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            data = b" ".join(map(package.read, package.namelist()))
    return re.sub(r"<[^>]+>", "", data.decode("utf-8", "replace"))


def test_what_readers_are_not_told_is_named_before_it_goes_out(store: Store, ana: Acting) -> None:
    lacking = {note.values.get("setting", "name"): note for note in published(store, DAY).lacking}
    assert set(lacking) == {"name", "publisher", "licence", "public_contact", "accessibility"}
    assert "tracker settings set publisher" in in_shell(lacking["publisher"])
    assert "tracker programme set --visibility public" in in_shell(lacking["name"])
    set_setting(store, "publisher", "Example council", ana, "For readers")
    assert "publisher" not in {note.values.get("setting") for note in published(store, DAY).lacking}


def test_the_dashboard_says_what_the_programme_is_before_its_data_files(store: Store, ana: Acting) -> None:
    index = site(published(store, DAY).report, ())["index.html"].decode()
    assert index.index("has not been marked as public") < index.index("Data files")


def test_a_single_persons_health_stops_it(store: Store, ana: Acting) -> None:
    praised(store, ana, "A badge holder with tremor can sign now")
    with pytest.raises(TrackerError, match="single person's health: “A badge holder with tremor”"):
        published(store, DAY)
    assert len(published(store, DAY, accepted={"A badge holder with tremor": "She asked for it"}).accepted) == 2
