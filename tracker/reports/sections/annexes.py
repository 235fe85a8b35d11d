"""The annexes of a pack: how good the data is, what the words mean, the records behind the figures, corrections."""

from tracker.entities import ENTITIES, entity
from tracker.entities.correction import BoardCorrection
from tracker.entities.measurement import Measurement
from tracker.entities.metric import Metric
from tracker.reports.model import Block, Bullets, Callout, Facts, Heading, Paragraph, Section, Table
from tracker.reports.papers.data import SummaryData, columns, none_recorded, source
from tracker.rules.settings import CATALOGUE, DEFAULTS
from tracker.rules.signals.result import level_text
from tracker.rules.when import show_date
from tracker.rules.wording import listed, short

MAIN = (
    *("band_medium", "band_high", "band_very_high", "training_required", "training_floor", "slip_amber_days"),
    *("slip_red_days", "cost_amber_percent", "cost_red_percent", "dimensions_needed", "risk_red_score"),
    *("interval_percent", "impact_least_n", "soon_days", "late_entry_days"),
)
DEFINITIONS = (
    ("Reported", "A person's judgement of delivery confidence; a reason is asked for where the evidence says worse."),
    ("Evidence", "Worked out from the records by fixed rules over seven dimensions; it replaces no judgement."),
    ("Stale", "No update that matters within the allowed days; a stale pilot is never shown green."),
    ("Risk score", "Likelihood × impact, each 1 to 5; the band and the appetite follow from the thresholds below."),
    ("Above appetite", "The points by which a score is above the highest one that the appetite accepts."),
    ("Trained", "Those who passed where there was a test, else those present; never more than the group has people."),
    (
        "Improved or worsened",
        "The interval of the change does not include zero, and the change is large enough.",
    ),
    ("Late entry", "Something dated before the last board that was recorded only after it."),
)


def quality(data: SummaryData) -> Section:
    """Return what is known of the quality and the coverage of the records."""
    signal = data.signals.quality
    blocks: list[Block] = [Paragraph(signal.headline)] if signal.headline else []
    rows = tuple((level_text(one.level), one.sentence) for one in signal.findings)
    blocks += (
        [Table("data-quality", "What was looked at", columns("Level", "What the rule found"), rows)] if rows else []
    )
    if signal.missing:
        blocks.append(Callout("Missing", f"{listed(signal.missing, 12)}."))
    told = source(data, "every register")
    return Section("quality", "Annex A: data quality and coverage", (told, *blocks), new_page=True)


def definitions(data: SummaryData) -> Section:
    """Return what the words mean, and the thresholds: those of the programme's own first, then the main ones."""
    settings = data.now.settings
    own = [name for name in CATALOGUE if name in settings.own]
    main = [name for name in MAIN if name not in own]
    rows = tuple(
        (
            CATALOGUE[name].label,
            f"{settings.values[name]}",
            f"{DEFAULTS.values[name]}",
            "set by the programme" if name in own else "default",
            CATALOGUE[name].help,
        )
        for name in (*own, *main)
    )
    titles = columns("Threshold", "Value>", "Default>", "Is", "Meaning+")
    said = f"{len(own)} of {len(CATALOGUE)} thresholds differ from the defaults or were set again."
    blocks: list[Block] = [
        Facts(DEFINITIONS),
        Heading("Thresholds"),
        Paragraph(said if own else "Every threshold is the default."),
        Table("thresholds", "Thresholds used: the programme's own, then the main ones", titles, rows),
    ]
    if settings.problems:
        blocks.append(Bullets(settings.problems))
    told = source(data, "the settings")
    return Section("definitions", "Annex B: definitions and thresholds used", (told, *blocks))


def behind(data: SummaryData) -> Section:
    """Return how many records of each register stand behind the figures, with the first and the last of them."""
    rows = []
    for kind in ENTITIES:
        register = entity(kind)
        refs = sorted(record.ref for record in data.now.all(register))
        if refs and not register.hidden:
            span = refs[0] if len(refs) == 1 else f"{refs[0]} to {refs[-1]}"
            rows.append((register.plural.capitalize(), f"{len(refs):,}", span))
    hidden = data.now.hidden.restricted
    note = f"{hidden} restricted records are left out." if hidden else "No record was left out as restricted."
    counted_in = data.signals.interop.figures
    blocks: list[Block] = [
        Table("records", "Records by register", columns("Register", "Records>", "Refs"), tuple(rows), note=note),
        Facts(
            (
                ("Risks above appetite", listed(data.signals.exposure.figures.above, 40) or "None"),
                ("Services that exchange data", listed(counted_in.interoperable, 40) or "None"),
                ("Integrations in production", listed(counted_in.live, 40) or "None"),
                ("Journal", f"{data.head[:16]}: the hash of the newest change, which depends on every one before it"),
            )
        ),
    ]
    told = source(data, "every register")
    return Section("records", "Annex C: records behind the figures", (told, *blocks))


def corrections(data: SummaryData) -> Section:
    """Return what was corrected: of papers and minutes, and of figures."""
    told = source(data, "the registers of corrections and measurements")
    rows = [
        (one.ref, show_date(one.corrected_on), one.text)
        for one in sorted(data.now.all(BoardCorrection), key=lambda one: (one.corrected_on, one.ref))
    ]
    revised = {one.uid: one for one in data.now.all(Measurement)}
    for one in data.now.all(Measurement):
        if one.revises in revised:
            old, metric = revised[one.revises], data.now.get(Metric, one.metric)
            name = f"{metric.ref} {getattr(metric, 'name', '')}" if metric is not None else ""
            why = short(one.source_note or "no reason recorded", 200)
            rows.append((one.ref, show_date(one.period_end), f"Revises {old.ref} of {name}: {why}"))
    title = "Annex D: corrections"
    if not rows:
        return Section("corrections", title, (told, none_recorded("nothing was corrected")))
    table = Table("corrections", "Corrections", columns("Record", "Date", "What was corrected+"), tuple(rows))
    return Section("corrections", title, (told, table))


def not_kept(data: SummaryData) -> Section:
    """Return which parts of a board's pack this file keeps no register for."""
    said = "Contracts, suppliers and stakeholders: no register of them is kept, so the pack says nothing about them."
    return Section("not-kept", "Procurement and stakeholders", (Paragraph(said),))
