"""The public papers: built from nothing but what may be published, so that nothing else can get into them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from tracker.entities import Decision, Gate, Metric, Pilot, Programme, Service, Win
from tracker.fields import humanise, rating_text
from tracker.reports.model import Block, Bullets, Facts, Header, Missing, Paragraph, Report, Section
from tracker.reports.papers.data import draft_header, table
from tracker.reports.papers.public_contracts import contracts
from tracker.reports.papers.public_data import PublicData
from tracker.reports.papers.public_meeting import public_minutes, withdrawn_editions
from tracker.rules.day import Day
from tracker.rules.impact.before_after import Comparison, compare_all
from tracker.rules.impact.figures import Proportion
from tracker.rules.impact.pairing import Side
from tracker.rules.impact.words import Scale, brief_change, definition_words, short_value, signed, verdict_text
from tracker.rules.public.release import share_of, summed_up
from tracker.rules.public.rights import UNNAMED
from tracker.rules.signals.interop import interop
from tracker.rules.wording import counted, date_or, optional, show_date
from tracker.text import natural_order

TITLE = "open status"
ROUNDED_BELOW = 100  # cases: a share of fewer is given in whole per cent, without an interval
PUBLIC_WORDS = {"withheld": "Withheld", "not_yet_known": "Not yet known", "not_applicable": "Does not apply"}
DECIDED_SINCE = "What the meeting decided was added; the rest is as the meeting was shown it."
OF_STOPPED = " of what was stopped or removed."
NOTE = "Figures that fewer people than the threshold stand behind are left out, and so is what would give them away."


def build_public(data: PublicData) -> Report:
    """Return the open status of the programme."""
    day = data.day
    compared = _told(data, compare_all(day))
    sections = (
        _programme(day),
        _pilots(data),
        _metrics(data, compared),
        _wins(day.all(Win)),
        _gates(day, day.all(Gate)),
        _decisions(data, day.all(Decision), since=_taken_since(data)),
        *public_minutes(data.outcome),
        *withdrawn_editions(data.outcome.withdrawn),
        _shared(day),
        *contracts(day, PUBLIC_WORDS),
        _counts(data),
        _about(data, compared),
    )
    return Report(_header(data, TITLE), sections)


def build_pilot(data: PublicData, pilot: Pilot) -> Report:
    """Return the page of one pilot; ``pilot`` is a stripped copy."""
    day = data.day
    compared = _told(data, compare_all(day, day.of_pilot(Metric, pilot)))
    sections = (
        Section("about-pilot", "The pilot", tuple(_about_pilot(data, pilot))),
        _metrics(data, compared, named=False),
        _wins(day.of_pilot(Win, pilot)),
        _gates(day, day.of_pilot(Gate, pilot)),
        _decisions(data, day.of_pilot(Decision, pilot)),
        _about(data, compared),
    )
    return Report(_header(data, pilot.name), sections)


def _about_pilot(data: PublicData, pilot: Pilot) -> Iterator[Block]:
    day = data.day
    service = day.get(Service, pilot.service)
    facts = [
        ("Phase", pilot.phase_text),
        ("Reported", rating_text(data.ratings[pilot.uid]) if pilot.uid in data.ratings else ""),
        ("Also rated", data.beside.get(pilot.uid, "")),
        ("Service", service.name if service is not None else ""),
        ("Started", _day_cell(day, pilot, "start", "")),
        ("First real users", _day_cell(day, pilot, "first_real_user_on", "")),
        ("Planned to end", _day_cell(day, pilot, "forecast_end", "")),
        ("Ended", _day_cell(day, pilot, "actual_end", "")),
    ]
    if pilot.outcome not in (None, "none"):
        facts.append(("Outcome", humanise(pilot.outcome)))
    yield _facts(facts)
    yield from (Paragraph(text) for text in (pilot.problem, pilot.hypothesis) if text)


def _day_cell(day: Day, record: Pilot | Programme, field: str, missing: str = "Not given") -> str:
    """Return a day of a published record, or in a reader's words why there is none; ``missing`` where nobody said."""
    nothing = day.nothing(record, field)
    words = missing if nothing.kind == "missing" else PUBLIC_WORDS[nothing.kind]
    return date_or(getattr(record, field), words)


def _facts(facts: Iterable[tuple[str, str]]) -> Facts:
    """Return labels with their values, without those that have none."""
    return Facts(tuple((label, value) for label, value in facts if value))


def _section(name: str, title: str, blocks: Iterable[Block], missing: str) -> Section:
    """Return a section; without a block that holds something, it says what is missing."""
    filled = tuple(block for block in blocks if block != Facts(()))
    return Section(name, title, filled or (Missing(missing),))


def _header(data: PublicData, title: str) -> Header:
    header = draft_header(data.day, title)
    if data.day.programme is None:
        header = replace(header, programme=UNNAMED)
    settings = data.day.settings
    return replace(
        header,
        publisher=settings.publisher,
        licence=settings.licence,
        licence_address=settings.licence_address,
        contact=settings.public_contact,
        accessibility=settings.accessibility,
        audience="Public",
        classification="",
        version="Public version",
        head=data.digest,
        withheld=_withheld(data),
        generator=data.generator,
    )


def _withheld(data: PublicData) -> str:
    """Return how much was withheld; of the counts of staff, those that are told as small or not at all."""
    counts = data.trained or ()
    few = sum(0 < count < data.threshold for count in counts)
    if data.trained is not None and not share_of(*data.trained, data.threshold):
        few = 1
    return summed_up(data.public.withheld, few)


def _programme(day: Day) -> Section:
    programme = day.programme
    missing = "The programme has not been marked as public."
    blocks: list[Block] = []
    if programme is not None:
        missing = "Nothing but its name was given."
        if programme.purpose:
            blocks.append(Paragraph(programme.purpose))
        facts = (
            ("Organisation", programme.sponsor_body or ""),
            ("From", _day_cell(day, programme, "start", "")),
            ("To", _day_cell(day, programme, "end", "")),
        )
        blocks.append(_facts(facts))
    return _section("programme", "The programme", blocks, missing)


def _pilots(data: PublicData) -> Section:
    day = data.day
    pilots = sorted(day.all(Pilot), key=lambda pilot: natural_order(pilot.ref))
    titles = ["Pilot", "Phase", "Reported", "Also rated", "First real users", "Planned to end", "What it is about+"]
    rows = [
        [
            pilot.name,
            pilot.phase_text,
            rating_text(data.ratings[pilot.uid]) if pilot.uid in data.ratings else "Not shown",
            data.beside.get(pilot.uid, ""),
            _day_cell(day, pilot, "first_real_user_on"),
            optional("Ended ", date_or(pilot.actual_end)) or _day_cell(day, pilot, "forecast_end"),
            pilot.problem or "",
        ]
        for pilot in pilots
    ]
    for place, is_given in ((3, any(data.beside.values())), (2, bool(data.ratings))):
        for cells in (titles, *rows) if not is_given else ():
            del cells[place]
    return _table_section("pilots", "Pilots", "Pilots", titles, map(tuple, rows), "No pilot has been published.")


def _table_section(
    name: str,
    title: str,
    caption: str,
    titles: Iterable[str],
    rows: Iterable[tuple[str, ...]],
    missing: str,
    *,
    note: str = "",
) -> Section:
    """Return a section of one table; without a row, it says what is missing."""
    filled = table(name, caption, titles, rows, note=note)
    return _section(name, title, [filled] if filled.rows else [], missing)


def _told(data: PublicData, compared: list[Comparison]) -> list[Comparison]:
    """Return what is told of: metrics of which something was measured, though it be withheld."""
    suppressed = data.public.suppressed
    return [
        comparison
        for comparison in compared
        if comparison.before or comparison.after or comparison.metric.uid in suppressed
    ]


def _metrics(data: PublicData, compared: list[Comparison], *, named: bool = True) -> Section:
    """Return the metrics before and after; ``named``: each with the pilot that it belongs to."""
    titles = ["Metric", "Pilot", "Before>", "After>", "Change (interval)>", "Verdict"]
    rows = [
        [
            comparison.metric.name,
            _pilot_name(data.day, comparison.metric.pilot),
            *_told_figures(data, comparison),
        ]
        for comparison in compared
    ]
    if not named:
        for cells in (titles, *rows):
            del cells[1]
    title = "What has changed for people"
    missing = "No figures have been published."
    note = HOW.format(level=round(data.day.settings.interval_percent))
    if any(comparison.metric.metric_kind == "count" for comparison in compared):
        note += ROUNDED.format(threshold=data.threshold)
    return _table_section("metrics", title, "Metrics before and after", titles, map(tuple, rows), missing, note=note)


def _told_figures(data: PublicData, comparison: Comparison) -> tuple[str, ...]:
    """Return the figures of a metric, or that they are withheld."""
    uid = comparison.metric.uid
    if uid in data.public.suppressed:
        return WITHHELD
    if uid in data.metrics_hidden:
        return UNTOLD
    *figures, verdict = _figures(comparison, data.threshold)
    if uid in data.metrics_not_final and not (comparison.before and comparison.after):
        verdict = NOT_FINAL
    return (*figures, verdict)


HOW = "Change is after less before, in points for a share; × says how many times. Intervals are of {level}%."
ROUNDED = " Counts are rounded to the nearest {threshold}."
UNTOLD = ("—", "—", "—", "○ Withheld")
NOT_FINAL = "○ Withheld: not final"
WITHHELD = ("—", "—", "—", "○ Withheld: small numbers")


def _figures(comparison: Comparison, threshold: int) -> tuple[str, str, str, str]:
    scale = Scale(comparison)
    change = _change(comparison)
    sides = [short_value(side, scale) for side in (comparison.before, comparison.after)]
    if comparison.metric.metric_kind == "count":
        counts = [_rounded(side, threshold) for side in (comparison.before, comparison.after)]
        sides = ["—" if count is None else scale.value(count) for count in counts]
        before, after = counts
        if before is not None and after is not None and comparison.effect:
            change = signed(after - before, 0)
    return sides[0], sides[1], change, verdict_text(comparison)


def _rounded(side: Side | None, threshold: int) -> float | None:
    """Return a count to the nearest multiple of a threshold: in no two editions do counts differ by a small number."""
    if side is None or side.figures is None:
        return None
    return float((side.figures.value + threshold / 2) // threshold * threshold)


def _change(comparison: Comparison) -> str:
    """Return the change with its interval; shares of few cases are given in whole per cent only."""
    figures = [side.figures for side in (comparison.before, comparison.after) if side is not None]
    few = any(isinstance(single, Proportion) and single.n < ROUNDED_BELOW for single in figures)
    if few and comparison.effect:
        return "Too few cases for more than whole per cent"
    if few:
        return "—"
    return brief_change(comparison) or "—"


def _wins(wins: list[Win]) -> Section:
    newest = sorted(wins, key=lambda win: (win.event_date, natural_order(win.ref)), reverse=True)
    lines = (f"{show_date(win.event_date)}: {win.title}{optional('. ', win.what_changed)}" for win in newest)
    return _bullet_section("wins", "Small wins", lines, "No small win has been published.")


def _bullet_section(name: str, title: str, lines: Iterable[str], missing: str) -> Section:
    """Return a section of one list; without a line, it says what is missing."""
    bullets = Bullets(tuple(lines))
    return _section(name, title, [bullets] if bullets.items else [], missing)


def _gates(day: Day, gates: list[Gate]) -> Section:
    newest = sorted(gates, key=lambda gate: (gate.held_on or date.min, natural_order(gate.ref)), reverse=True)
    rows = (
        (gate.name, _pilot_name(day, gate.pilot), date_or(gate.held_on), rating_text(gate.outcome)) for gate in newest
    )
    titles = ("Gate", "Pilot", "Held on", "Outcome")
    return _table_section("gates", "Gates", "Gates that were held", titles, rows, "No gate has been published.")


def _pilot_name(day: Day, uid: str | None) -> str:
    pilot = day.get(Pilot, uid)
    return pilot.name if pilot is not None else ""


def _taken_since(data: PublicData) -> bool:
    """Whether a decision of the meeting is published that it took after its papers were frozen."""
    published = {decision.uid for decision in data.day.all(Decision)}
    return any(decision.uid in published for decision in data.outcome.decisions)


def build_notice(edition: Report, sentence: str) -> Report:
    """Return what stands in the place of a public edition that was withdrawn: that it was, when and why."""
    header = replace(edition.header, title="withdrawn edition", version="Withdrawn", withheld="")
    return Report(header, (Section("withdrawn", "Withdrawn edition", (Paragraph(sentence),)),))


def _decisions(data: PublicData, decisions: list[Decision], *, since: bool = False) -> Section:
    newest = sorted(
        decisions, key=lambda decision: (decision.decided_on or date.min, natural_order(decision.ref)), reverse=True
    )
    lines = (f"{date_or(decision.decided_on)}: {decision.title}. {data.answer(decision)}." for decision in newest)
    section = _bullet_section("decisions", "Decisions taken", lines, "No decision has been published.")
    if since:
        section = replace(section, blocks=(*section.blocks, Paragraph(DECIDED_SINCE)))
    return section


def _shared(day: Day) -> Section:
    figures = interop(day).figures
    blocks = []
    if figures.levels:
        connected = sum(level >= 2 for level in figures.levels.values())
        count = f"{connected} of {len(figures.levels)} services exchange data with another department or organisation. "
        answers = f"{figures.once_only} questions are no longer asked, because the answer is shared."
        blocks.append(Paragraph(count + answers))
    return _section("interoperability", "Connected services", blocks, "No service has been published.")


def _counts(data: PublicData) -> Section:
    blocks = []
    if data.risks or data.risks_hidden:
        blocks.append(Paragraph(_risks(data)))
    if data.trained is not None:
        of_these = " (as far as it may be told)" if data.training_hidden else ""
        share = share_of(*data.trained, data.threshold) or "withheld, small numbers"
        blocks.append(Paragraph(f"Staff trained: {share}{of_these}."))
    return _section("counts", "Risks and training", blocks, "No counts have been published.")


def _risks(data: PublicData) -> str:
    """Return the risks by band; where some are not shown, no band is said to be empty, and how many they are."""
    hidden = data.risks_hidden
    parts = [f"{count} {humanise(band).lower()}" for band, count in data.risks if count or not hidden]
    aside = optional(" Not counted: ", counted(data.risks_apart, "risk") if data.risks_apart else "", OF_STOPPED)
    if not hidden:
        return f"Risks that are watched, by how grave they are: {', '.join(parts)}.{aside}"
    untold = f"{hidden:,} more"
    if hidden < data.threshold:
        untold = f"fewer than {data.threshold} more"
    sentence = optional("Risks that are watched, by how grave they are: ", ", ".join(parts))
    return f"{sentence or 'Risks are watched'}; {untold}, not shown.{aside}"


def _about(data: PublicData, compared: list[Comparison]) -> Section:
    sentences = [
        "A change is associated with a pilot; without a comparison group it is not proven to be caused by it.",
        NOTE,
    ]
    if _withheld(data):
        sentences.append(_withheld(data))
    blocks = (*_definitions(data.day, compared), *map(Paragraph, sentences))
    return Section("about", "Definitions and what is left out", blocks)


def _definitions(day: Day, compared: list[Comparison]) -> Iterator[Block]:
    """Give what each metric counts; metrics of one name are told apart by their pilots."""
    names = Counter(comparison.metric.name for comparison in compared)
    facts = []
    for comparison in compared:
        name = comparison.metric.name
        if names[name] > 1:
            name += optional(" (", _pilot_name(day, comparison.metric.pilot), ")")
        facts.append((name, definition_words(comparison.metric)))
    if facts:
        yield Facts(tuple(facts))
