"""Papers of a large portfolio: the exceptions in the body, everything in the annex and in the data."""

import re
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from papers import DAY, PREV, many
from portfolios import Portfolio

from tracker.ratings import WORST_FIRST
from tracker.reports.formats import make
from tracker.reports.model import PLAIN, Bullets, Paragraph, Report, Table
from tracker.reports.printed import MOST_ROWS, printed
from tracker.reports.render.one_page import in_brief
from tracker.reports.render.statuses import rating_of
from tracker.reports.sections.pilot_page import EXCEPTIONS
from tracker.services.papers.building import Papers, pack, papers
from tracker.services.programme_file import open_programme
from tracker.services.records.people import acting
from tracker.services.records.writing import add, change


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Papers:
    portfolio = Portfolio(tmp_path_factory.mktemp("large") / "large.db", 5, pilots=70, periods=3)
    before, *_, last = [position.day for position in portfolio.live()][-2:]
    return papers(portfolio.store, day=last, since=before)


def pilots(report: Report, name: str) -> Table:
    (table,) = (table for part in report.sections for table in part.of(Table) if table.id == name)
    return table


def refs(rows: tuple[tuple[str, ...], ...]) -> list[str]:
    return [row[0].split()[0] for row in rows]


def worst_of(row: tuple[str, ...]) -> int:
    """Return the place of the worst that a row says of its pilot now: as reported, by evidence, by assurance."""
    reported = row[2].replace("○ Stale, was ", "○ stale ")
    assured = re.findall(r"[Bb]y assurance ([■◆▲◒●○] [A-Z][\w/-]*)", row[-1])
    codes = [rating_of(text) for text in (reported, row[4], *assured[:1])]
    return min((WORST_FIRST.index(code) for code in codes if code), default=len(WORST_FIRST))


@pytest.mark.thorough
def test_nobody_worse_is_left_out_of_the_summary_while_a_better_one_is_shown(both: Papers) -> None:
    table = pilots(both.summary, "pilots")
    shown = pilots(in_brief(both.summary, PLAIN), "pilots")
    assert 0 < len(shown.rows) < len(table.rows)
    assert refs(shown.rows) == refs(table.rows)[: len(shown.rows)]
    running = [row for row in table.rows if not row[5].startswith("Ended")]
    left_out = running[len(shown.rows) :]
    assert max(map(worst_of, running[: len(shown.rows)])) <= min(map(worst_of, left_out))


def test_the_pack_has_a_page_of_the_exceptions_and_all_pilots_in_an_annex(both: Papers) -> None:
    every = refs(pilots(both.pack, "every-pilot").rows)
    assert sorted(every) == sorted(refs(pilots(both.summary, "pilots").rows))
    in_print = [part for part in printed(both.pack).sections if re.match("pilot-p-", part.id)]
    assert len(in_print) == EXCEPTIONS
    assert [part.title.split()[0] for part in in_print] == [f"6.{place}" for place in range(1, EXCEPTIONS + 1)]
    assert {part.title.split()[1] for part in in_print} == set(every[:EXCEPTIONS])
    assert len([part for part in both.pack.sections if re.match("pilot-p-", part.id)]) == len(every)


def test_the_body_has_the_money_of_those_furthest_over_and_counts_the_others(both: Papers) -> None:
    (body,) = (part for part in printed(both.pack).sections if part.id == "finance")
    (table,) = body.of(Table)
    every = pilots(both.pack, "finance")
    running = [row for row in every.rows if row[0].startswith("P-") and not row[0].endswith("(ended)")]
    furthest = sorted((float(row[4][1:-1]) for row in running if row[4].startswith("+")), reverse=True)
    shown = [float(row[4][1:-1]) for row in table.rows if row[4].startswith("+")]
    over = [share for share in furthest if share > 5][: len(table.rows)]
    assert over
    assert shown[: len(over)] == over
    told = body.of(Paragraph)[-1].text
    counts = [int(number) for number in re.findall(r"(?:: |, | and )(\d+) ", told)]
    assert sum(counts) == len(refs(every.rows)) - 1 - len(table.rows)
    assert "annex F: the money of every pilot" in told
    with ZipFile(BytesIO(make(both.pack, "csv").data)) as package:
        rows = package.read("data/finance.csv").decode("utf-8-sig").splitlines()[1:]
    assert len(rows) == len(every.rows) - 1


def test_data_of_a_large_portfolio_has_every_pilot_once(both: Papers) -> None:
    with ZipFile(BytesIO(make(both.pack, "csv").data)) as package:
        name = next(name for name in package.namelist() if name.endswith("pilots.csv"))
        rows = package.read(name).decode("utf-8-sig").splitlines()[1:]
        evidence = next(name for name in package.namelist() if name.endswith("pilot-evidence.csv"))
        judged = package.read(evidence).decode("utf-8-sig")
    every = refs(pilots(both.pack, "every-pilot").rows)
    assert sorted(row.split()[0].strip('"') for row in rows) == sorted(every)
    running = [row[0].split()[0] for row in pilots(both.pack, "every-pilot").rows if not row[5].startswith("Ended")]
    assert all(f"{ref} " in judged for ref in running)


def test_changes_lead_with_the_five_that_matter_most(both: Papers) -> None:
    (changes,) = (part for part in both.pack.sections if part.id == "all-changes")
    (first,) = changes.of(Bullets)
    assert len(first.items) == 5
    worsened = [row[0] for row in pilots(both.pack, "changes-worsened").rows]
    assert all(item.startswith("Worsened: ") for item in first.items[: len(worsened)])
    order = refs(pilots(both.pack, "every-pilot").rows)
    places = [order.index(ref) for item in first.items for ref in re.findall(r"^Worsened: (P-\d+)", item)]
    assert places == sorted(places) and places


def test_tables_that_are_cut_begin_with_the_worst_and_all_that_is_late_is_data(path: Path) -> None:
    many(path, 70)
    with open_programme(path) as store:
        now = datetime(2026, 11, 3, 9, tzinfo=UTC)
        by = acting(store, "Ana | <b>Novak</b>", "cli", now, now.date())
        last = store.read("SELECT uid FROM pilot ORDER BY id DESC LIMIT 1")[0][0]
        for number in range(201):
            add(store, "action", {"text": f"Act {number}", "due": date(2026, 11, 4), "owner": by.person}, by)
        change(store, "pilot", last, {"first_real_user_on": date(2026, 9, 1)}, by)
        paper = pack(store, day=DAY, since=PREV)
    trained = pilots(paper, "training-groups")
    assert trained.caption.endswith(", the worst first")
    assert trained.rows[0][0] == "Staff (P-70)" and trained.rows[0][-1].startswith("■ Red")
    new = pilots(paper, "changes-new")
    assert new.caption.endswith("records, what matters most first")
    kinds = [row[0].partition("-")[0] for row in new.rows]
    assert set(kinds[:140]) == {"P", "R"} and "A" in kinds
    assert len(pilots(paper, "late").rows) >= 201
    in_print = pilots(printed(paper), "late")
    assert len(in_print.rows) == MOST_ROWS
