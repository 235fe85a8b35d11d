"""Portfolios made at random, and one of ten years: nothing is said of them that is not so."""

from datetime import date
from pathlib import Path

import pytest
from conftest import MANY
from made_once import made_once
from portfolio_laws import broken
from portfolios import Portfolio, begin

from tracker.storage.journal.verify import verify

pytestmark = pytest.mark.thorough

SEEDS = range(1_000 if MANY else 2)
LARGE = 50  # each so many portfolios one is large: a paper of 300 pilots takes as long as ten of 50


@pytest.fixture(scope="session")
def first_file(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The file of every portfolio on its first day: making its tables takes as long as a year of 50 pilots."""
    return made_once(tmp_path_factory, "portfolio.db", lambda path: begin(path).close())


def shape(seed: int) -> tuple[int, int]:
    """Return how many pilots a portfolio has, and how many periods: 50 to 300, few of them large."""
    if seed % LARGE == LARGE - 1:
        return 100 + seed * 37 % 201, 6
    return 50 + seed * 37 % 21, 3 + seed % 2


@pytest.mark.parametrize("seed", SEEDS)
def test_papers_of_any_portfolio_say_what_is_so(path: Path, first_file: bytes, seed: int) -> None:
    size, periods = shape(seed)
    portfolio = Portfolio(path, seed, pilots=size, periods=periods, first_file=first_file)
    problems, before = [], None
    for position in portfolio.live():
        problems += broken(portfolio, before, position)
        before = position
    assert problems == [], "\n".join(problems)
    assert verify(portfolio.store) == []
    portfolio.store.close()


def test_ten_years_of_a_large_portfolio_read_right_at_every_year(path: Path) -> None:
    size = 250 if MANY else 60
    portfolio = Portfolio(path, 7, pilots=size, periods=10, days=365, first=date(2013, 9, 30))
    years = list(portfolio.live())
    problems = [broken(portfolio, before, now) for before, now in zip([None, *years], years, strict=False)]
    assert [problem for year in problems for problem in year] == []
    portfolio.store.close()


def test_of_more_than_a_hundred_pilots_every_list_is_in_the_order_of_their_numbers(path: Path) -> None:
    portfolio = Portfolio(path, 3, pilots=210, periods=1)
    (position,) = portfolio.live()
    assert len(position.running) > 100
    assert broken(portfolio, None, position) == []
    portfolio.store.close()
