"""The public papers: built from nothing but what may be published, so that nothing else can get into them."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from tracker.entities.decision import Decision
from tracker.entities.gate import Gate
from tracker.entities.metric import Metric
from tracker.entities.pilot import Pilot
from tracker.entities.service import Service
from tracker.entities.win import Win
from tracker.fields import humanise, rating_text
from tracker.reports.model import Block, Bullets, Column, Facts, Header, Missing, Paragraph, Report, Section, Table
from tracker.rules.day import Day
from tracker.rules.impact.before_after import Comparison, compare_all
from tracker.rules.impact.figures import Proportion
from tracker.rules.impact.words import Scale, brief_change, definition_words, short_value, verdict_text
from tracker.rules.public.release import Public, small, summed_up
from tracker.rules.signals.interop import interop
from tracker.rules.wording import date_or, optional

TITLE = "open status"
ROUNDED_BELOW = 100  # cases: a share of fewer is given in whole per cent, without an interval
NOTE = "Figures that fewer people than the threshold stand behind are left out, and so is what would give them away."


class PublicData(NamedTuple):
    """What a public paper is made from.

    ``day`` holds the stripped records and nothing else: signals worked out of it know nothing else.
    ``risks`` counts the live risks by band, ``trained`` those trained and those to be trained in the whole programme,
    ``ratings`` holds the reported rating of each pilot by uid (empty unless the board has agreed to publish them).
    """

    day: Day
    public: Public
    threshold: int
    risks: tuple[tuple[str, int], ...] = ()
    trained: tuple[int, int] | None = None
    ratings: Mapping[str, str | None] = {}
    digest: str = ""
    generator: str = ""


def build_public(data: PublicData) -> Report:
    """Return the open status of the programme."""
    evidence = data.day
    compared = compare_all(evidence)
    sections = (
        _programme(data),
        _pilots(data, evidence),
        _metrics(data, evidence, compared),
        _wins(data.day.all(Win)),
        _gates(data, evidence),
        _decisions(data.day.all(Decision)),
        _shared(evidence),
        _counts(data),
        _about(data, evidence, compared),
    )
    return Report(_header(data, TITLE), sections)


def build_pilot(data: PublicData, pilot: Pilot) -> Report:
    """Return the page of one pilot; ``pilot`` is a stripped copy."""
    evidence = data.day
    compared = compare_all(evidence, evidence.of(Metric, "pilot", pilot.uid))
    service = evidence.get(Service, pilot.service)
    facts = [
        ("Phase", humanise(pilot.phase)),
        ("Reported", rating_text(data.ratings[pilot.uid]) if pilot.uid in data.ratings else ""),
        ("Service", service.name if service is not None else ""),
        *((label, _day(getattr(pilot, name))) for label, name in DATES),
        ("Outcome", humanise(pilot.outcome) if pilot.outcome not in (None, "none") else ""),
    ]
    words = [Paragraph(text) for text in (pilot.problem, pilot.hypothesis) if text]
    about: tuple[Block, ...] = (Facts(tuple((label, value) for label, value in facts if value)), *words)
    wins = [win for win in data.day.all(Win) if win.pilot == pilot.uid]
    decisions = [decision for decision in data.day.all(Decision) if decision.pilot == pilot.uid]
    return Report(
        _header(data, pilot.name),
        (
            Section("about-pilot", "The pilot", about),
            _metrics(data, evidence, compared, named=False),
            _wins(wins),
            _gates(data, evidence, pilot.uid),
            _decisions(decisions),
            _about(data, evidence, compared),
        ),
    )


DATES = (
    ("Started", "start"),
    ("First real users", "first_real_user_on"),
    ("Planned to end", "forecast_end"),
    ("Ended", "actual_end"),
)


def _day(value: date | None) -> str:
    return date_or(value, "")


def _header(data: PublicData, title: str) -> Header:
    programme = data.day.programme
    return Header(
        title=title,
        programme=programme.name if programme is not None else "Programme not published",
        board=(programme.board_name or "") if programme is not None else "",
        as_of=data.day.date,
        since=None,
        audience="Public",
        classification="",
        version="Public version",
        head=data.digest,
        withheld=summed_up(data.public.withheld),
        generator=data.generator,
    )


def _programme(data: PublicData) -> Section:
    programme = data.day.programme
    if programme is None:
        return Section("programme", "The programme", (Missing("The programme has not been marked as public."),))
    facts = (
        ("Organisation", programme.sponsor_body or ""),
        ("From", _day(programme.start)),
        ("To", _day(programme.end)),
    )
    blocks: list[Block] = [Paragraph(programme.purpose)] if programme.purpose else []
    blocks.append(Facts(tuple((label, value) for label, value in facts if value)))
    return Section("programme", "The programme", tuple(blocks))


def _pilots(data: PublicData, evidence: Day) -> Section:
    pilots = sorted(data.day.all(Pilot), key=lambda pilot: pilot.ref)
    if not pilots:
        return Section("pilots", "Pilots", (Missing("No pilot has been published."),))
    rated = [Column("Reported")] if data.ratings else []
    columns = (Column("Pilot"), Column("Phase"), *rated, Column("First real users"), Column("Planned to end"))
    rows = tuple(
        (
            pilot.name,
            humanise(pilot.phase),
            *([rating_text(data.ratings.get(pilot.uid))] if rated else []),
            _day(pilot.first_real_user_on) or "Not yet",
            _day(pilot.actual_end or pilot.forecast_end) or "Not given",
            pilot.problem or "",
        )
        for pilot in pilots
    )
    table = Table("pilots", "Pilots", (*columns, Column("What it is about", long=True)), rows)
    return Section("pilots", "Pilots", (table,))


def _metrics(data: PublicData, evidence: Day, compared: list[Comparison], *, named: bool = True) -> Section:
    """Return the metrics before and after; ``named``: each with the pilot that it belongs to."""
    hushed = data.public.hushed
    with_figures = [
        comparison
        for comparison in compared
        if comparison.before or comparison.after or comparison.metric.uid in hushed
    ]
    if not with_figures:
        return Section("metrics", "What has changed for people", (Missing("No figures have been published."),))
    rows = tuple(
        (
            comparison.metric.name,
            *([_pilot_name(evidence, comparison.metric.pilot)] if named else []),
            *(WITHHELD if comparison.metric.uid in hushed else _figures(comparison)),
        )
        for comparison in with_figures
    )
    names = ("Metric", "Pilot") if named else ("Metric",)
    figures = ("Before", "After", "Change (interval)")
    columns = (*map(Column, names), *(Column(title, "right") for title in figures), Column("Verdict"))
    level = round(data.day.settings.interval_percent)
    table = Table("metrics", "Metrics before and after", columns, rows, note=HOW.format(level=level))
    return Section("metrics", "What has changed for people", (table,))


HOW = "Change is after less before, in points for a share; × says how many times. Intervals are of {level} %."
WITHHELD = ("—", "—", "—", "○ Withheld: small numbers")


def _figures(comparison: Comparison) -> tuple[str, str, str, str]:
    return (
        short_value(comparison.before, Scale(comparison)),
        short_value(comparison.after, Scale(comparison)),
        _change(comparison),
        verdict_text(comparison),
    )


def _change(comparison: Comparison) -> str:
    """Return the change with its interval; shares of few cases are given in whole per cent only."""
    figures = [side.figures for side in (comparison.before, comparison.after) if side is not None]
    if any(isinstance(single, Proportion) and single.n < ROUNDED_BELOW for single in figures):
        return "Too few cases for more than whole per cent" if comparison.effect else "—"
    return brief_change(comparison) or "—"


def _wins(wins: list[Win]) -> Section:
    newest = sorted(wins, key=lambda win: (win.event_date, win.ref), reverse=True)
    blocks: tuple[Block, ...] = (Missing("No small win has been published."),)
    if newest:
        lines = (f"{_day(win.event_date)}: {win.title}" + (optional(". ", win.what_changed)) for win in newest)
        blocks = (Bullets(tuple(lines)),)
    return Section("wins", "Small wins", blocks)


def _gates(data: PublicData, evidence: Day, pilot: str = "") -> Section:
    gates = [gate for gate in data.day.all(Gate) if not pilot or gate.pilot == pilot]
    gates.sort(key=lambda gate: (gate.held_on or date.min, gate.ref), reverse=True)
    if not gates:
        return Section("gates", "Gates", (Missing("No gate has been published."),))
    rows = tuple(
        (gate.name, _pilot_name(evidence, gate.pilot), _day(gate.held_on), rating_text(gate.outcome)) for gate in gates
    )
    columns = tuple(Column(title) for title in ("Gate", "Pilot", "Held on", "Outcome"))
    return Section("gates", "Gates", (Table("gates", "Gates that were held", columns, rows),))


def _pilot_name(evidence: Day, uid: str | None) -> str:
    pilot = evidence.get(Pilot, uid)
    return pilot.name if pilot is not None else ""


def _decisions(decisions: list[Decision]) -> Section:
    newest = sorted(decisions, key=lambda decision: (decision.decided_on or date.min, decision.ref), reverse=True)
    blocks: tuple[Block, ...] = (Missing("No decision has been published."),)
    if newest:
        lines = (
            f"{_day(decision.decided_on)}: {decision.title}. {humanise(decision.outcome or 'noted')}."
            for decision in newest
        )
        blocks = (Bullets(tuple(lines)),)
    return Section("decisions", "Decisions taken", blocks)


def _shared(evidence: Day) -> Section:
    figures = interop(evidence).figures
    if not figures.levels:
        return Section("interoperability", "Connected services", (Missing("No service has been published."),))
    connected = sum(level >= 2 for level in figures.levels.values())
    sentence = f"{connected} of {len(figures.levels)} services exchange data with another department or organisation. "
    sentence += f"{figures.once_only} questions are no longer asked, because the answer is shared."
    return Section("interoperability", "Connected services", (Paragraph(sentence),))


def _counts(data: PublicData) -> Section:
    blocks: list[Block] = []
    if data.risks:
        bands = ", ".join(f"{count} {humanise(band).lower()}" for band, count in data.risks)
        blocks.append(Paragraph(f"Risks that are watched, by how grave they are: {bands}."))
    if data.trained is not None:
        trained, affected = data.trained
        blocks.append(
            Paragraph(f"Staff trained: {small(trained, data.threshold)} of {small(affected, data.threshold)}.")
        )
    return Section("counts", "Risks and training", tuple(blocks) or (Missing("No counts have been published."),))


def _about(data: PublicData, evidence: Day, compared: list[Comparison]) -> Section:
    blocks: list[Block] = [
        Paragraph(
            "A change is associated with a pilot; without a comparison group it is not proven to be caused by it."
        ),
        Paragraph(NOTE),
    ]
    if data.public.withheld:
        blocks.append(Paragraph(summed_up(data.public.withheld)))
    return Section("about", "Definitions and what is left out", (*_definitions(evidence, compared), *blocks))


def _definitions(evidence: Day, compared: list[Comparison]) -> Iterator[Block]:
    """Give what each metric counts; metrics of one name are told apart by their pilots."""
    names = Counter(comparison.metric.name for comparison in compared)
    if compared:
        yield Facts(
            tuple(
                (
                    f"{comparison.metric.name} ({pilot})"
                    if names[comparison.metric.name] > 1 and (pilot := _pilot_name(evidence, comparison.metric.pilot))
                    else comparison.metric.name,
                    definition_words(comparison.metric),
                )
                for comparison in compared
            )
        )
