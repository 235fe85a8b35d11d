"""What is restricted is hidden and not denied: in papers of every day, of every format, whenever it was restricted."""

import json
import random
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from canaries import MORE, canaries, plant
from conftest import MANY
from factories import values_of
from hidden_laws import broken_by_hiding, candidates, section, words
from papers import at, begin
from portfolios import Portfolio

from tracker.entities import AgendaItem, BoardMeeting, Metric, Pilot, registers
from tracker.reports.formats import FORMATS, make
from tracker.reports.model import Report, Table
from tracker.reports.texts import texts_of
from tracker.services.board.checking import checked
from tracker.services.papers.building import Papers, pack, papers
from tracker.services.papers.calendar import calendar
from tracker.services.papers.public import published
from tracker.services.records.finding import resolve_ref
from tracker.services.records.people import acting
from tracker.services.records.writing import add, change
from tracker.services.signals import levels as judged_levels
from tracker.storage import Acting, Store, records

PREV, DAY = date(2026, 10, 8), date(2026, 11, 12)
LATER = datetime(2026, 11, 29, 9, tzinfo=UTC)
SECRETS = ("R-002", "legal basis for matching", "match people wrongly")


@pytest.fixture
def demo(path: Path, demo_file: bytes) -> Iterator[Store]:
    """The demonstration programme, at a day after its board."""
    path.write_bytes(demo_file)
    with Store.open(path) as store:
        yield store


def by(store: Store) -> Acting:
    return acting(store, "Data lead", "cli", LATER, LATER.date())


def restrict(store: Store, kind: str, ref: str) -> None:
    uid = resolve_ref(store, kind, ref).uid
    change(store, kind, uid, {"visibility": "restricted"}, by(store), reason="Legal privilege")


def both(store: Store) -> Papers:
    return papers(store, day=DAY, since=PREV)


@pytest.fixture(scope="module")
def untouched(demo_file: bytes, tmp_path_factory: pytest.TempPathFactory) -> Papers:
    """The papers of the demo when nothing is restricted."""
    path = tmp_path_factory.mktemp("untouched") / "demo.db"
    path.write_bytes(demo_file)
    with Store.open(path) as store:
        return both(store)


def test_a_record_that_is_restricted_today_is_in_no_paper_of_an_earlier_day(demo: Store) -> None:
    restrict(demo, "risk", "R-002")
    for paper in both(demo):
        for secret in SECRETS:
            assert secret not in words(paper)
    known = pack(demo, day=DAY, known=True)
    assert not any(secret in words(known) for secret in SECRETS)


def test_a_record_that_was_restricted_on_the_day_stays_so_in_its_paper(demo: Store) -> None:
    uid = resolve_ref(demo, "risk", "R-002").uid
    earlier = by(demo)._replace(now=datetime(2026, 11, 11, 9, tzinfo=UTC), today=date(2026, 11, 11))
    change(demo, "risk", uid, {"visibility": "restricted"}, earlier, reason="Legal privilege")
    change(demo, "risk", uid, {"visibility": "internal"}, by(demo), reason="Advice was given")
    assert "R-002" not in words(pack(demo, day=DAY, since=PREV))
    assert "R-002" in words(pack(demo, day=LATER.date()))


def test_a_hidden_risk_is_not_said_to_be_none(demo: Store) -> None:
    restrict(demo, "risk", "R-002")
    page = "\n".join(texts_of(section(both(demo).pack, "pilot-p-03")))
    assert "No risk is recorded" not in page
    assert "the risks of the pilot" not in page
    assert "no open risk" not in page
    assert "1 more, not shown" in page


def test_hiding_a_risk_is_no_improvement(demo: Store, untouched: Papers) -> None:
    before = words(untouched.summary)
    assert "5 of 10 open risks above appetite (higher than accepted), by 39 points (last time 7, by 40)" in before
    restrict(demo, "risk", "R-002")
    after = both(demo)
    summary, whole = map(words, after)
    figures = (
        "4 of 9 open risks above appetite (higher than accepted), by 25 points (last time 6, by 31); 3 reviews overdue"
    )
    assert f"{figures} (1 more, not shown)." in summary
    assert "1 more, not shown" in words(Report(after.pack.header, (section(after.pack, "risk-report"),)))
    assert not re.search(r"Removed[^\n]*R-002", whole)


def test_what_is_opened_is_neither_new_nor_worse(path: Path) -> None:
    store, ana = begin(path, {"name": "A programme"})
    with store:
        first = at(ana, date(2026, 9, 2))
        grave = {"category": "legal", "likelihood": 4, "impact": 4}
        add(store, "risk", {"title": "Known to everybody", **grave}, first)
        opened = add(store, "risk", {"title": "Known to some", "visibility": "restricted", **grave}, first).uid
        pilot = add(store, "pilot", {"name": "Permits online", "visibility": "restricted"}, first).uid
        later = at(ana, date(2026, 10, 20))
        for kind, uid in (("risk", opened), ("pilot", pilot)):
            change(store, kind, uid, {"visibility": "internal"}, later, reason="The advice was given")
        paper = both(store).pack
    text = words(paper)
    assert (
        "2 of 2 open risks above appetite (higher than accepted), by 20 points "
        "(last time 1, by 10, without 1 that could not be shown" in text
    )
    top = next(block for block in section(paper, "risk-report").of(Table) if block.id == "top-risks")
    (row,) = (row for row in top.rows if "Known to some" in row[0])
    assert "New" not in row
    assert "? not shown then" in row
    assert not re.search(r"^New\n[^\n]*R-002", text, re.MULTILINE)
    assert "new risk" not in text
    table = next(block for block in section(both_of(path).summary, "pilots").of(Table))
    assert "Not shown then" in table.rows[0]


def both_of(path: Path) -> Papers:
    with Store.open(path) as store:
        return both(store)


def test_the_public_is_told_of_no_empty_band_where_a_risk_is_hidden(demo: Store) -> None:
    restrict(demo, "risk", "R-002")
    text = words(published(demo, DAY).report)
    assert "0 very high" not in text
    assert "2 high, 6 medium, 1 low; fewer than 10 more, not shown." in text
    before = withheld(text)
    restrict(demo, "risk", "R-007")
    assert withheld(words(published(demo, DAY).report)) > before


def withheld(text: str) -> int:
    hit = re.search(r"(\d+) records? withheld", text)
    return int(hit[1]) if hit else 0


def test_a_pilot_that_is_restricted_today_is_published_of_no_earlier_day(demo: Store) -> None:
    assert "Welfare" in words(published(demo, DAY).report)
    restrict(demo, "pilot", "P-08")
    result = published(demo, DAY)
    assert "Welfare" not in words(result.report)
    assert not any("Welfare" in words(page) for _, page in result.pages)


def test_a_rating_is_not_better_in_public_for_a_report_that_is_restricted(demo: Store) -> None:
    board = by(demo)._replace(now=datetime(2026, 11, 11, 9, tzinfo=UTC), today=date(2026, 11, 11))
    settings = {"name": "publish_ratings", "value": "yes"}
    add(demo, "setting", settings, board)
    green = next(pilot for pilot in records(demo, Pilot) if pilot.visibility == "public" and pilot.rating == "green")
    row = reported(demo, green.name)
    assert "● Green" in row
    bad = {
        "pilot": green.uid,
        "rating": "red",
        "narrative": "It fails, and the supplier knows of it",
        "visibility": "restricted",
    }
    add(demo, "confidence", bad, board)
    assert "Not shown" in reported(demo, green.name)
    assert "● Green" not in reported(demo, green.name)
    table = next(block for block in section(both(demo).summary, "pilots").of(Table))
    (row,) = (row for row in table.rows if green.ref in row[0])
    assert row[table.titles.index("Reported")] == "Not shown"


def reported(store: Store, name: str) -> tuple[str, ...]:
    table = next(block for block in section(published(store, DAY).report, "pilots").of(Table))
    return next(row for row in table.rows if row[0] == name)


def test_figures_are_withheld_in_public_where_a_later_one_is_restricted(demo: Store) -> None:
    def verdict(name: str) -> str:
        table = next(block for block in section(published(demo, DAY).report, "metrics").of(Table))
        return next(row[-1] for row in table.rows if row[0] == name)

    metric = next(
        metric
        for metric in records(demo, Metric)
        if metric.visibility == "public" and metric.metric_kind == "proportion" and metric.name == "Completion rate"
    )
    assert "Withheld" not in verdict(metric.name)
    figure = {
        "metric": metric.uid,
        "phase": "after",
        "period_start": date(2026, 11, 1),
        "period_end": date(2026, 11, 10),
        "numerator": 100,
        "denominator": 900,
        "visibility": "restricted",
    }
    add(
        demo,
        "measurement",
        figure,
        by(demo)._replace(now=datetime(2026, 11, 11, 9, tzinfo=UTC), today=date(2026, 11, 11)),
    )
    assert verdict(metric.name) == "○ Withheld"


def test_a_meeting_that_is_restricted_is_in_no_calendar(demo: Store) -> None:
    board = records(demo, BoardMeeting)[-1]
    assert any(board.title in event.title for event in calendar(demo, day=DAY).events)
    restrict(demo, "board", board.ref)
    assert not any(board.title in event.title for event in calendar(demo, day=DAY).events)


def test_a_hole_in_the_agenda_is_explained(demo: Store) -> None:
    board = resolve_ref(demo, "board", "B-02").uid
    items = records(demo, AgendaItem, board=board)
    restrict(demo, "item", items[1].ref)
    paper = pack(demo, day=DAY, since=PREV, board=board)
    agenda = next(block for block in section(paper, "agenda").of(Table))
    assert "2" not in [row[0] for row in agenda.rows]
    assert "Not shown: No. 2." in agenda.note
    assert items[1].title not in "\n".join(texts_of(agenda))


def test_check_and_explain_judge_alike(demo: Store) -> None:
    levels = {pilot: judged.level for pilot, judged in judged_levels(demo, DAY).items()}
    restrict(demo, "risk", "R-002")
    after = {pilot: judged.level for pilot, judged in judged_levels(demo, DAY).items()}
    assert after == levels
    board = resolve_ref(demo, "board", "B-02").uid
    ids = [warned.id for warned in checked(demo, board, LATER.date()).open]
    assert "visibility.open.R-002" not in ids
    table = next(block for block in section(both(demo).summary, "pilots").of(Table))
    evidence = {row[0][:4]: row[table.titles.index("Evidence")] for row in table.rows}
    row = next(row for name, row in evidence.items() if name == "P-03")
    assert {"red": "Red", "amber": "Amber", "green": "Green"}[levels[resolve_ref(demo, "pilot", "P-03").uid]] in row


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(400 if MANY else 8))
def test_restricting_any_record_makes_nothing_none_and_nothing_better(
    demo: Store, untouched: Papers, seed: int
) -> None:
    record = random.Random(seed).choice(candidates(demo))
    restrict(demo, record.kind, record.ref)
    assert list(broken_by_hiding(untouched, both(demo), record)) == []


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(200 if MANY else 3))
def test_nor_does_it_in_any_portfolio(path: Path, seed: int) -> None:
    portfolio = Portfolio(path, seed, pilots=16, periods=3)
    _, earlier, now = portfolio.live()
    store = portfolio.store
    before = papers(store, day=now.day, since=earlier.day)
    record = random.Random(seed).choice(candidates(store))
    change(store, record.kind, record.uid, {"visibility": "restricted"}, portfolio.by, reason="Legal privilege")
    after = papers(store, day=now.day, since=earlier.day)
    store.close()
    assert list(broken_by_hiding(before, after, record)) == []


@pytest.fixture(scope="module")
def planted(new_programme: bytes, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("canaries") / "programme.db"
    path.write_bytes(new_programme)
    with Store.open(path) as store:
        plant(store, acting(store, "ana", "cli", datetime(2026, 10, 1, 9, tzinfo=UTC), date(2026, 10, 1)))
    return path.read_bytes()


KINDS = [r.kind for r in registers() if r.printed and not r.append_only and r.kind not in ("programme", "person")]


@pytest.mark.thorough
@pytest.mark.parametrize("kind", KINDS)
def test_no_word_of_a_restricted_record_is_in_a_paper(path: Path, planted: bytes, kind: str) -> None:
    path.write_bytes(planted)
    with Store.open(path) as store:
        ana = acting(store, "ana", "cli", LATER, LATER.date())
        for record in records(store, next(r for r in registers() if r.kind == kind)):
            change(store, kind, record.uid, {"visibility": "restricted"}, ana, reason="Legal privilege")
        paper = pack(store, day=date(2026, 10, 5))
        public = published(store, date(2026, 10, 5)).report
    text = json.dumps([paper.to_dict(), public.to_dict()])
    assert {field for register, field in canaries(text) if register == kind} == set()


KEPT = [r.kind for r in registers() if r.printed and r.append_only]


@pytest.mark.parametrize("kind", KEPT)
def test_no_word_of_a_record_that_was_restricted_from_the_first_is_in_a_paper(store: Store, kind: str) -> None:
    ana = acting(store, "ana", "cli", datetime(2026, 10, 2, 9, tzinfo=UTC), date(2026, 10, 2))
    values = {**values_of(store, kind, ana), **MORE.get(kind, {}), "visibility": "restricted"}
    register = next(r for r in registers() if r.kind == kind)
    for field in register.settable():
        if field.kind == "text" and not field.glob and field.advised >= 40:
            values[field.name] = f"canary-{kind}-{field.name}-".ljust(field.shortest, "x")
    add(store, kind, values, ana)
    paper = pack(store, day=date(2026, 10, 5))
    text = json.dumps(paper.to_dict())
    assert canaries(text) == set()
    assert "1 restricted record" in text


@pytest.fixture(scope="module")
def closed_pack(demo_file: bytes, tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, str]:
    """The pack after R-002 and P-08 were restricted, and the name of P-08."""
    path = tmp_path_factory.mktemp("closed") / "demo.db"
    path.write_bytes(demo_file)
    with Store.open(path) as store:
        restrict(store, "risk", "R-002")
        restrict(store, "pilot", "P-08")
        (pilot,) = records(store, Pilot, ref="P-08")
        return pack(store, day=DAY, since=PREV), pilot.name


@pytest.mark.thorough
@pytest.mark.parametrize("name", [kind.name for kind in FORMATS.values() if not kind.calendar])
def test_no_file_of_any_format_has_a_word_of_what_is_restricted(closed_pack: tuple[Report, str], name: str) -> None:
    closed, pilot = closed_pack
    told = {
        secret for part in opened(make(closed, name).data) for secret in (*SECRETS, "P-08", pilot) if secret in part
    }
    assert told == set()


def opened(data: bytes) -> Iterator[str]:
    """Yield a file and, when it is a package, every part of it."""
    from io import BytesIO
    from zipfile import ZipFile

    yield data.decode("utf-8", "replace")
    if data.startswith(b"PK"):
        with ZipFile(BytesIO(data)) as package:
            for part in package.namelist():
                yield part
                yield from opened(package.read(part))


def test_an_open_title_that_holds_a_hidden_one_does_not_unmask_it(path: Path) -> None:
    store, ana = begin(path, {"name": "A programme"})
    with store:
        add(store, "pilot", {"name": "Move", "problem": "Waiting for Cedarwood takeover, then R-001."}, ana)
        hidden = {"title": "Cedarwood takeover", "visibility": "restricted"}
        add(store, "risk", hidden, ana, reason="Price sensitive until announced")
        board = add(store, "board", {"title": "December", "meets_on": date(2026, 9, 1)}, ana).uid
        add(store, "item", {"title": "Talk of Cedarwood takeover", "board": board}, ana)
        report = words(pack(store, day=date(2026, 9, 1), board=board))
        assert "Cedarwood" not in report and "Talk of [not shown]" in report
        assert "Price sensitive until announced." in report


def test_ratings_ahead_are_named_by_their_pilot(path: Path) -> None:
    store, ana = begin(path, {"name": "A programme"})
    with store:
        uid = add(store, "pilot", {"name": "Move"}, ana).uid
        why = {"narrative": "It goes as it was planned.", "divergence_reason": "The figures come late this month"}
        rated = {"pilot": uid, "rating": "green", "review_by": date(2026, 9, 20), **why}
        add(store, "confidence", rated, ana)
        report = words(pack(store, day=date(2026, 9, 1)))
        assert "CR-001 (P-01)" in report and uid not in report
