"""The annexes of a pack: how good the data is, what the words mean, the records behind the figures, corrections."""

from tracker.entities import BoardCorrection, Measurement, Metric, registers
from tracker.reports.model import CODE, Block, Bullets, Callout, Facts, Heading, Paragraph, Section
from tracker.reports.papers.data import SummaryData, sourced, table, table_or_none
from tracker.rules.settings import CATALOGUE, DEFAULTS
from tracker.rules.signals.pilot.overall import DIMENSIONS
from tracker.rules.signals.result import level_text
from tracker.rules.wording import counted, listed, short, show_date, spelled
from tracker.text import natural_order

MAIN = (
    *("band_medium", "band_high", "band_very_high", "training_required", "training_floor", "slip_amber_days"),
    *("slip_red_days", "cost_amber_percent", "cost_red_percent", "dimensions_needed", "risk_red_score"),
    *("interval_percent", "impact_least_n", "soon_days", "late_entry_days"),
)
DEFINITIONS = (
    ("Reported", "A person's judgement of delivery confidence; a reason is asked for where the evidence says worse."),
    (
        "Evidence",
        f"Worked out from the records by fixed rules over {spelled(len(DIMENSIONS))} dimensions; it replaces no "
        "judgement.",
    ),
    ("Stale", "No update that matters within the allowed days; a stale pilot is never shown green."),
    ("Risk score", "Likelihood × impact, each 1 to 5; the band and the appetite follow from the thresholds below."),
    ("Above appetite", "The points by which a score is above the highest one that the appetite accepts."),
    ("Trained", "Those who passed where there was a test, else those present; never more than the group has people."),
    (
        "Improved or worsened",
        "The interval of the change leaves out no change at all, and the change is large enough. A full count has no "
        "interval: it would be so with a total 10 % off, too. A count or an index reaches the least worthwhile change.",
    ),
    ("Late entry", "Something dated before the last board that was recorded only after it."),
)


def quality(data: SummaryData) -> Section:
    """Return what is known of the quality and the coverage of the records."""
    signal = data.signals.quality
    blocks: list[Block] = [Paragraph(signal.headline)] if signal.headline else []
    rows = [(level_text(finding.level), finding.sentence) for finding in signal.findings]
    if rows:
        blocks.append(table("data-quality", "What was looked at", ("Level", "What the rule found"), rows))
    if signal.missing:
        blocks.append(Callout("Missing", f"{listed(signal.missing, 12)}."))
    title = "Annex A: data quality and coverage"
    return sourced(data, "quality", title, "every register", blocks, new_page=True)


def definitions(data: SummaryData) -> Section:
    """Return what the words mean, and the thresholds: those of the programme's own first, then the main ones."""
    settings = data.now.settings
    changed = [name for name in CATALOGUE if name in settings.own]
    main = [name for name in MAIN if name not in changed]
    rows = (
        (
            CATALOGUE[name].label,
            f"{settings.values[name]}",
            f"{DEFAULTS.values[name]}",
            "set by the programme" if name in changed else "default",
            CATALOGUE[name].help,
        )
        for name in (*changed, *main)
    )
    titles = ("Threshold", "Value>", "Default>", "Is", "Meaning+")
    sentence = "Every threshold is the default."
    if changed:
        sentence = f"{len(changed)} of {len(CATALOGUE)} thresholds differ from the defaults or were set again."
    blocks: list[Block] = [
        Facts(DEFINITIONS),
        Heading("Thresholds"),
        Paragraph(sentence),
        table("thresholds", "Thresholds used: the programme's own, then the main ones", titles, rows),
    ]
    if settings.problems:
        blocks.append(Bullets(settings.problems))
    title = "Annex B: definitions and thresholds used"
    return sourced(data, "definitions", title, "the settings", blocks)


def behind(data: SummaryData) -> Section:
    """Return how many records of each register stand behind the figures, with the first and the last of them."""
    rows = []
    for register in registers():
        refs = sorted((record.ref for record in data.now.all(register)), key=natural_order)
        if refs:
            span = " to ".join(dict.fromkeys((refs[0], refs[-1])))
            rows.append((register.plural.capitalize(), f"{len(refs):,}", span))
    hidden = data.now.hidden.restricted
    note = "No record was left out as restricted."
    if hidden:
        note = f"{counted(hidden, 'restricted record is', 'restricted records are')} left out."
    counted_in = data.signals.interop.figures
    blocks: list[Block] = [
        table("records", "Records by register", ("Register", "Records>", "Refs"), rows, note=note),
        Facts(
            (
                ("Risks above appetite", listed(data.signals.exposure.figures.above, 40) or "None"),
                ("Services that exchange data", listed(counted_in.interoperable, 40) or "None"),
                ("Integrations in production", listed(counted_in.live, 40) or "None"),
                ("Journal", f"{data.head[:CODE]}: the hash of the newest change, which depends on every one before it"),
            )
        ),
    ]
    return sourced(data, "records", "Annex C: records behind the figures", "every register", blocks)


def corrections(data: SummaryData) -> Section:
    """Return what was corrected: of papers and minutes, and of figures."""
    corrected = sorted(
        data.now.all(BoardCorrection), key=lambda correction: (correction.corrected_on, natural_order(correction.ref))
    )
    rows = [(correction.ref, show_date(correction.corrected_on), correction.text) for correction in corrected]
    for measurement in data.now.all(Measurement):
        old = data.now.get(Measurement, measurement.revises)
        if old is not None:
            metric = data.now.get(Metric, measurement.metric)
            name = f"{metric.ref} {metric.name}" if metric is not None else ""
            reason = short(measurement.source_note or "no reason recorded", 200)
            rows.append((measurement.ref, show_date(measurement.period_end), f"Revises {old.ref} of {name}: {reason}"))
    titles = ("Record", "Date", "What was corrected+")
    block = table_or_none("corrections", "Corrections", titles, rows, "nothing was corrected")
    origin = "the registers of corrections and measurements"
    return sourced(data, "corrections", "Annex D: corrections", origin, [block])


def not_kept(data: SummaryData) -> Section:
    """Return which parts of a board's pack this file keeps no register for."""
    sentence = (
        "Contracts, suppliers and stakeholders: no register of them is kept, so the pack says nothing about them."
    )
    return Section("not-kept", "Procurement and stakeholders", (Paragraph(sentence),))
