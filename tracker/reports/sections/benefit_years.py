"""What benefits are to bring by year: totals by kind of benefit, each with of how many figures it is."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from tracker.entities import Benefit, BenefitFigure
from tracker.fields import humanise
from tracker.reports.model import Table
from tracker.reports.papers.data import SummaryData, table
from tracker.rules.apart import standing
from tracker.rules.reading import amount
from tracker.rules.totals import total
from tracker.rules.wording import show_date

PARTS = ("target", "forecast", "realised")


def benefits_by_year(data: SummaryData) -> list[Table]:
    """Return a table of the figures of benefits that were not dropped, by year and kind; none without a figure."""
    groups: defaultdict[tuple[date, str], list[BenefitFigure]] = defaultdict(list)
    for figure in standing(data.now, data.now.all(BenefitFigure)):
        benefit = data.now.get(Benefit, figure.benefit)
        if benefit is not None and benefit.status != "dropped":
            groups[figure.year, _kind(benefit)].append(figure)
    if not groups:
        return []
    rows = ((show_date(year), kind, *_cells(data, year, groups[year, kind])) for year, kind in sorted(groups))
    caption = f"Benefits by year, in {data.now.about.currency}; what was dropped is left out"
    return [table("benefits-by-year", caption, ("Year", "Kind", *map(str.capitalize, PARTS)), rows)]


def _kind(benefit: Benefit) -> str:
    return "Dis-benefit" if benefit.dis_benefit else humanise(benefit.benefit_kind)


def _cells(data: SummaryData, year: date, figures: list[BenefitFigure]) -> Iterator[str]:
    """Yield the totals, each with of how many it is where some state none; nothing is realised before its year."""
    for part in PARTS:
        sums = total(data.now, figures, part)
        words = amount(sums.amount) if sums.given else "–"
        if part == "realised" and not sums.given and year > data.now.date:
            yield "Not yet"
        else:
            yield words if sums.given == sums.of else f"{words} ({sums.scope()})"
