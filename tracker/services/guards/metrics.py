"""Rules of metrics and measurements: which figures belong together, and which periods and variants compare."""

from datetime import date
from typing import NamedTuple

from tracker.entities import entity
from tracker.fields import humanise
from tracker.rules.reading import decimal_text, write
from tracker.rules.wording import show_date
from tracker.services.guards.guard import Proposal
from tracker.storage.neighbours import Beside, Earlier, beside_measurement, measured


class Figures(NamedTuple):
    """What a kind of metric is called, the figures that its measurements need, and one that they may have."""

    noun: str
    needed: tuple[str, ...]
    optional: tuple[str, ...] = ()


FIGURES = {
    "proportion": Figures("a proportion", ("numerator", "denominator")),
    "mean": Figures("a mean", ("mean", "n"), ("sd",)),
    "ratio": Figures("a ratio of totals", ("total", "units")),
    "rate": Figures("a rate", ("events", "exposure")),
    "count": Figures("a count", ("value",)),
    "index": Figures("an index", ("value",)),
}
COUNTS = ("count_1", "count_2", "count_3", "count_4", "count_5")
ALL_FIGURES = ("numerator", "denominator", "mean", "sd", "n", "total", "units", "events", "exposure", "value")
# What a metric of satisfaction may be measured as: how many gave each of the five answers.
SATISFACTION = {
    "user_satisfaction_pct": ("proportion",),
    "user_satisfaction_score": ("proportion", "mean", "index"),
}
PARTS = ("target", "band_from", "band_to", "min_worthwhile_change")
QUOTIENTS = {"proportion": ("numerator", "denominator"), "ratio": ("total", "units"), "rate": ("events", "exposure")}
TOO_LITTLE = "signals will say not enough data."


def metric(proposal: Proposal) -> None:
    """Hold a metric to its kind, its target to a part of one, and its measurements to their definition."""
    labels = proposal.register.labels()
    kind = proposal["metric_kind"]
    if kind == "proportion":
        _refuse_no_parts_of_one(proposal)
    if proposal["better"] == "target_band":
        for name in ("band_from", "band_to"):
            if proposal[name] is None:
                proposal.refuse(
                    name,
                    "metric.band",
                    f"{labels[name]} is needed when better is target band: say which values are good.",
                )
    if not proposal["pilot"] and not proposal["service"]:
        proposal.note("metric.untied", "It is tied to no pilot and no service, so no signal will use it.")
    if proposal.before is not None:
        _hold_definition(proposal)
    elif proposal["unit"] == "%" and kind in ("mean", "ratio", "rate", "count"):
        proposal.note(
            "metric.percent",
            f"Its unit is %: say what {FIGURES[kind].noun} is measured in, such as minutes.",
            noun=FIGURES[kind].noun,
        )


def _refuse_no_parts_of_one(proposal: Proposal) -> None:
    labels = proposal.register.labels()
    for name in PARTS:
        value = proposal[name]
        if value is None or 0 <= value <= 1:
            continue
        text = decimal_text(value)
        advice = "0% to 100%"
        if 1 < value < 2:  # 180% and 1.8 are one value here: say both, and guess neither
            text = f"{decimal_text(round(value * 100, 12))}% ({text})"
        elif 2 <= value <= 100:
            advice = f"write {text}% or {decimal_text(round(value / 100, 12))}"
        proposal.refuse(
            name, "metric.part", f"{labels[name]} of a proportion is a part of one, {advice}; you gave {text}."
        )


def _hold_definition(proposal: Proposal) -> None:
    """Hold the kind of a metric that was measured, and note what another definition does to its figures."""
    changed = [name for name in ("metric_kind", "definition", "definition_variant", "unit") if proposal.changed(name)]
    if not changed or proposal.before is None:
        return
    before = proposal.before
    labels = proposal.register.labels()
    count, first = measured(proposal.store, proposal.uid)
    if not count:
        return
    there_is = "there is"
    measurements = "a measurement"
    keep = "A measurement made earlier keeps"
    if count > 1:
        there_is = "there are"
        measurements = f"{count:,} measurements"
        keep = f"{measurements} made earlier keep"
    if "metric_kind" in changed:
        old, new = (FIGURES[kind].noun for kind in (before["metric_kind"], proposal.values["metric_kind"]))
        reason = f"{there_is} {measurements} of it already ({first}), which {new} could not hold"
        proposal.refuse("metric_kind", "metric.kind", f"Kind stays {old}: {reason}. Add a metric.")
        return
    for name in ("definition_variant", "unit"):
        if name in changed:
            statement = f"{labels[name].lower()} “{before[name] or '(none)'}”"
            proposal.note("metric.redefined", f"{keep} {statement} and will not be compared with new ones.")
    if changed == ["definition"]:
        statement = f"{keep} the variant {before['definition_variant'] or '(none)'}, as new ones will"
        advice = "give the definition variant a name of its own, so that the two are not compared"
        proposal.note(
            "metric.reworded", f"{statement}: if the new words mean something else, {advice}.", statement=statement
        )


def measurement(proposal: Proposal) -> None:
    """Hold a measurement to the kind, unit, periods and revisions of its metric, and fill in what it takes from it."""
    start = proposal["period_start"]
    end = proposal["period_end"]
    cohort = str(proposal["cohort"])
    metric = proposal["metric"]
    if not metric:
        return
    beside = beside_measurement(proposal.store, metric, cohort, start, end, proposal["revises"])
    if beside is None:
        return
    if beside.kind not in FIGURES:
        advice = "give it first: it says which figures a measurement has"
        proposal.refuse("metric", "measurement.no_kind", f"{beside.ref} has no kind yet; {advice}.")
        return
    _hold_figures(proposal, beside)
    _refuse_impossible(proposal, beside)
    _hold_unit(proposal, beside)
    _note_nothing(proposal, beside)
    if start and end and start <= end and beside.overlap:
        neighbour, first, last = beside.overlap
        whose = f"{neighbour} ({_period(first, last)}) of the same metric and cohort ({humanise(cohort).lower()})"
        advice = f"change the period, say that it revises {neighbour}, or that the periods of {beside.ref} are rolling"
        proposal.refuse(
            "period_start", "measurement.overlap", f"From {_period(start, end)} overlaps {whose}: {advice}."
        )
    if beside.revised:
        _hold_revision(proposal, beside, beside.revised)
    _fill_variant(proposal, beside)
    _note_go_live(proposal, beside)


def _hold_figures(proposal: Proposal, beside: Beside) -> None:
    """Refuse the figures that the kind of the metric needs and are not there, and those it has no place for."""
    fields = entity("measurement").fields()
    noun, needed, optional = FIGURES[beside.kind]
    takes = " and ".join(fields[name].label.lower() for name in needed)
    as_counts = beside.kind in SATISFACTION.get(beside.kpi, ())
    counts = [name for name in COUNTS if proposal[name] is not None]
    if counts and not as_counts:
        count = f"{fields[counts[0]].label} ({proposal[counts[0]]}) is a count of satisfaction"
        proposal.refuse(
            counts[0],
            "measurement.counts",
            f"{count}: {beside.ref} is {noun} of {humanise(beside.kpi).lower()}, which takes {takes}.",
        )
    elif counts:
        needed = COUNTS
        optional = ()
        takes = "the five counts from very dissatisfied to very satisfied and nothing else"
    elif as_counts:
        takes += ", or the five counts of satisfaction"
    for name in ALL_FIGURES:
        if proposal[name] is not None and name not in (*needed, *optional):
            figure = f"{fields[name].label} ({write(fields[name], proposal[name])})"
            proposal.refuse(
                name, "measurement.figure", f"{figure} does not belong to {noun}: {beside.ref} takes {takes}."
            )
    zero = " Write 0 where nobody gave it." if needed == COUNTS else ""
    for name in needed:
        if proposal[name] is None:
            proposal.refuse(
                name,
                "measurement.needed",
                f"{fields[name].label} is needed: {beside.ref} is {noun} and takes {takes}.{zero}",
            )


def _refuse_impossible(proposal: Proposal, beside: Beside) -> None:
    events = proposal["events"]
    value = proposal["value"]
    if beside.kind == "mean" and proposal["n"] == 0:
        proposal.refuse(
            "n",
            "measurement.no_sample",
            "Sample (0): a mean is of one value at least. Leave the measurement out if there was none.",
        )
    if beside.kind == "rate" and proposal["exposure"] == 0 and (events or 0) > 0:
        proposal.refuse(
            "exposure",
            "measurement.no_exposure",
            f"Exposure (0) cannot be nothing while events is {events}: say out of how many.",
        )
    if beside.kind == "count" and value is not None and value < 0:
        proposal.refuse(
            "value", "measurement.negative", f"Value of a count is 0 or more; you gave {decimal_text(value)}."
        )


def _note_nothing(proposal: Proposal, beside: Beside) -> None:
    """Note figures that are facts, but of which little can be worked out."""
    over, under = (proposal[name] for name in QUOTIENTS.get(beside.kind, ("", "")))
    counts = [proposal[name] for name in COUNTS]
    value = proposal["value"]
    if under == 0 and over is not None:
        proposal.note(
            "measurement.of_nothing", f"Nothing can be worked out from {decimal_text(over)} of 0; {TOO_LITTLE}"
        )
    elif None not in counts and not any(counts):
        proposal.note("measurement.of_nothing", f"Nothing can be worked out from 0 answers; {TOO_LITTLE}")
    if beside.kind == "mean" and proposal["mean"] is not None and proposal["sd"] is None:
        proposal.note(
            "measurement.no_deviation",
            "Without a standard deviation no interval can be worked out: add it in a revision if you have it.",
        )
    if beside.kind == "count" and value is not None and value % 1:
        odd = f"Value {decimal_text(value)} is not a whole number"
        proposal.note("measurement.not_whole", f"{odd}, as a count mostly is; an index may be any number.")
    if beside.kind == "index" and beside.unit == "%" and value is not None and 0 < value <= 1:
        share = decimal_text(value)
        percent = decimal_text(round(value * 100, 9))
        meaning = f"The unit of {beside.ref} is %, so {share} is {share}%"
        proposal.note("measurement.share", f"{meaning}; write {percent} if {percent}% is meant.")


def _hold_unit(proposal: Proposal, beside: Beside) -> None:
    unit = proposal["unit"]
    if unit and unit.strip().casefold() != beside.unit.casefold():
        proposal.refuse(
            "unit",
            "measurement.unit",
            f"Unit ({unit}) is not that of {beside.ref} ({beside.unit}): give the figures in that.",
        )
    else:
        proposal.values["unit"] = beside.unit


def _period(start: date, end: date) -> str:
    return f"{show_date(start)} to {show_date(end)}"


def _hold_revision(proposal: Proposal, beside: Beside, earlier: Earlier) -> None:
    """Hold that the measurement named as the one that is revised can be, and note that its period is another."""
    obstacle = _obstacle_to_revision(proposal, beside, earlier)
    start = proposal["period_start"]
    end = proposal["period_end"]
    if obstacle:
        proposal.refuse("revises", "measurement.revises", f"Revises: {obstacle}")
    elif start and end and (start, end) != (earlier.start, earlier.end):
        proposal.note(
            "measurement.other_period",
            f"It is of another period than {earlier.ref} ({_period(earlier.start, earlier.end)}).",
        )


def _obstacle_to_revision(proposal: Proposal, beside: Beside, earlier: Earlier) -> str:
    if earlier.removed:
        return f"{earlier.ref} was removed: add this without it."
    if earlier.revised_by:
        return f"{earlier.ref} was revised by {earlier.revised_by} already: revise that one."
    if not earlier.ours:
        return f"{earlier.ref} is of {earlier.metric}, this is of {beside.ref}: a revision is of the same metric."
    for name in ("cohort", "phase"):
        old = humanise(getattr(earlier, name)).lower()
        new = humanise(str(proposal[name])).lower()
        if old != new:
            return f"{earlier.ref} has the {name} “{old}”, this has “{new}”: a revision has the same {name}."
    return ""


def _fill_variant(proposal: Proposal, beside: Beside) -> None:
    values = proposal.values
    values["source_system"] = values.get("source_system") or beside.source
    variant = values.get("definition_variant")
    if not variant:
        values["definition_variant"] = beside.variant
    elif variant != beside.variant:
        theirs = f"“{beside.variant}”" if beside.variant else "none"
        difference = f"Definition variant “{variant}” is not that of {beside.ref} ({theirs})"
        proposal.note("measurement.variant", f"{difference}: it will not be compared with figures of another variant.")


def _note_go_live(proposal: Proposal, beside: Beside) -> None:
    live = beside.live_on
    start = proposal["period_start"]
    end = proposal["period_end"]
    if not live or not start or not end:
        return
    went_live = f"{beside.pilot} went live on {show_date(live)}"
    if proposal["phase"] == "baseline" and end >= live:
        begins = f"This baseline ends on {show_date(end)}, and {went_live}"
        proposal.note("measurement.go_live", f"{begins}: part of it may be from after the change.")
    if proposal["phase"] == "after" and start < live:
        begins = f"This period begins on {show_date(start)}, and {went_live}"
        proposal.note("measurement.go_live", f"{begins}: part of it is from before the change.")
