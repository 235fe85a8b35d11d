"""Rules of metrics and measurements: which figures belong together, and which periods and variants compare."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from tracker.entities import entity
from tracker.errors import Problem
from tracker.fields import humanise
from tracker.rules.reading import decimal_text, write
from tracker.rules.when import show_date
from tracker.storage.neighbours import Beside, Earlier, beside_measurement, measured
from tracker.storage.store import Acting, Store

Values = dict[str, Any]
Said = tuple[list[Problem], list[str]]  # problems, notes


class Figures(NamedTuple):
    """What a kind of metric is called, the figures that its measurements need, and one that they may have."""

    noun: str
    needed: tuple[str, ...]
    may: tuple[str, ...] = ()


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


def metric(store: Store, values: Values, before: Values | None, by: Acting) -> Said:
    """Hold a metric to its kind, its target to a part of one, and its measurements to their definition."""
    labels = entity("metric").labels()
    problems = list(_parts(values, labels))
    if values.get("better") == "target_band":
        problems += [
            Problem(
                name, "metric.name", f"{labels[name]} is needed when better is target band: say which values are good."
            )
            for name in ("band_from", "band_to")
            if values.get(name) is None
        ]
    notes = []
    if not values.get("pilot") and not values.get("service"):
        notes.append("It is tied to no pilot and no service, so no signal will use it: give --pilot or --service.")
    kind = values.get("metric_kind")
    if before is None and values.get("unit") == "%" and kind in ("mean", "ratio", "rate", "count"):
        notes.append(f"Its unit is %: say what {FIGURES[kind].noun} is measured in, such as --unit minutes.")
    if before is not None:
        more, said = _redefined(store, values, before, labels)
        problems += more
        notes += said
    return problems, notes


def _parts(values: Values, labels: dict[str, str]) -> Iterator[Problem]:
    if values.get("metric_kind") != "proportion":
        return
    for name in PARTS:
        value = values.get(name)
        if value is None or 0 <= value <= 1:
            continue
        said = decimal_text(value)
        percent = f"write {said} % or {decimal_text(round(value / 100, 12))}" if 1 < value <= 100 else "0 % to 100 %"
        yield Problem(
            name, "parts.name", f"{labels[name]} of a proportion is a part of one, {percent}; you gave {said}."
        )


def _redefined(store: Store, values: Values, before: Values, labels: dict[str, str]) -> Said:
    """Return what a change of the definition does to the figures that were measured by it."""
    names = ("metric_kind", "definition", "definition_variant", "unit")
    changed = [name for name in names if values.get(name) != before.get(name)]
    count, first = measured(store, before["uid"]) if changed else (0, "")
    if not count:
        return [], []
    many = f"{count:,} measurements" if count > 1 else "a measurement"
    if "metric_kind" in changed:
        was, now = (FIGURES[one["metric_kind"]].noun for one in (before, values))
        told = f"Kind stays {was}: there is {many} of it already ({first}), which {now} could not hold. Add a metric."
        return [
            Problem(
                "metric_kind", "redefined.metric_kind", told.replace("there is", "there are") if count > 1 else told
            )
        ], []
    keep = f"{many[0].upper()}{many[1:]} made earlier keep{'' if count > 1 else 's'}"
    notes = [
        f"{keep} {labels[name].lower()} “{before.get(name) or '(none)'}” and will not be compared with new ones."
        for name in ("definition_variant", "unit")
        if name in changed
    ]
    if changed == ["definition"]:
        notes.append(
            f"{keep} the variant {before.get('definition_variant') or '(none)'}, as new ones will: if the new words "
            "mean something else, give --definition-variant a name of its own, so that the two are not compared."
        )
    return [], notes


def measurement(store: Store, values: Values, before: Values | None, by: Acting) -> Said:
    """Hold a measurement to the kind, unit, periods and revisions of its metric, and fill in what it takes from it."""
    start, end, revises = values.get("period_start"), values.get("period_end"), values.get("revises")
    if not values.get("metric"):
        return [], []
    beside = beside_measurement(store, values["metric"], str(values.get("cohort")), start, end, revises)
    if beside is None:
        return [], []
    problems = [*_figures(values, beside), *_unit(values, beside)]
    notes = [*_nothing(values, beside)]
    if start and end and start <= end and beside.overlap:
        problems.append(_overlap(start, end, str(values.get("cohort")), *beside.overlap))
    if beside.revised:
        more, said = _revision(values, beside, beside.revised)
        problems += more
        notes += said
    notes += _variant(values, beside)
    notes += _around_go_live(values, beside)
    return problems, notes


def _figures(values: Values, beside: Beside) -> Iterator[Problem]:
    """Yield a problem for each figure that the kind of the metric needs or has no place for."""
    fields = entity("measurement").fields()
    noun, needed, may = FIGURES[beside.kind]
    takes = " and ".join(fields[name].label.lower() for name in needed)
    as_counts = beside.kind in SATISFACTION.get(beside.kpi, ())
    counts = [name for name in COUNTS if values.get(name) is not None]
    if counts and not as_counts:
        yield Problem(
            counts[0],
            "figures.counts",
            f"{fields[counts[0]].label} ({values[counts[0]]}) is a count of satisfaction: {beside.ref} is {noun} "
            f"of {humanise(beside.kpi).lower()}, which takes {takes}.",
        )
    elif counts:
        needed, may = COUNTS, ()
        takes = "the five counts from very dissatisfied to very satisfied and nothing else"
    elif as_counts:
        takes += ", or the five counts of satisfaction"
    for name in ALL_FIGURES:
        if values.get(name) is not None and name not in (*needed, *may):
            given = f"{fields[name].label} ({write(fields[name], values[name])})"
            yield Problem(name, "figures.name", f"{given} does not belong to {noun}: {beside.ref} takes {takes}.")
    for name in needed:
        if values.get(name) is None:
            zero = " Write 0 where nobody gave it." if name in COUNTS else ""
            yield Problem(
                name, "figures.name", f"{fields[name].label} is needed: {beside.ref} is {noun} and takes {takes}.{zero}"
            )
    yield from _impossible(values, beside)


def _impossible(values: Values, beside: Beside) -> Iterator[Problem]:
    if beside.kind == "mean" and values.get("n") == 0:
        yield Problem(
            "n",
            "impossible.n",
            "Sample (0): a mean is of one value at least. Leave the measurement out if there was none.",
        )
    if beside.kind == "rate" and values.get("exposure") == 0 and (values.get("events") or 0) > 0:
        yield Problem(
            "exposure",
            "impossible.exposure",
            f"Exposure (0) cannot be nothing while events is {values['events']}: say out of how many.",
        )
    value = values.get("value")
    if beside.kind == "count" and value is not None and value < 0:
        yield Problem("value", "impossible.value", f"Value of a count is 0 or more; you gave {decimal_text(value)}.")


def _nothing(values: Values, beside: Beside) -> Iterator[str]:
    """Yield notes on figures that are facts, but of which little can be worked out."""
    pairs = {"proportion": ("numerator", "denominator"), "ratio": ("total", "units"), "rate": ("events", "exposure")}
    over, under = pairs.get(beside.kind, ("", ""))
    counts = [values.get(name) for name in COUNTS]
    if under and values.get(under) == 0 and values.get(over) is not None:
        yield f"Nothing can be worked out from {decimal_text(values[over])} of 0; signals will say not enough data."
    elif None not in counts and sum(filter(None, counts)) == 0:
        yield "Nothing can be worked out from 0 answers; signals will say not enough data."
    if beside.kind == "mean" and values.get("mean") is not None and values.get("sd") is None:
        yield "Without a standard deviation no interval can be worked out: add it in a revision if you have it."
    value = values.get("value")
    if beside.kind == "count" and value is not None and value % 1:
        yield f"Value {decimal_text(value)} is not a whole number, as a count mostly is; an index may be any number."
    if beside.kind == "index" and beside.unit == "%" and value is not None and 0 < value <= 1:
        said = decimal_text(value)
        meant = decimal_text(round(value * 100, 9))
        yield f"The unit of {beside.ref} is %, so {said} is {said} %; write {meant} if {meant} % is meant."


def _unit(values: Values, beside: Beside) -> Iterator[Problem]:
    given = values.get("unit")
    if given and given.strip().casefold() != beside.unit.casefold():
        yield Problem(
            "unit",
            "unit.unit",
            f"Unit ({given}) is not that of {beside.ref} ({beside.unit}): give the figures in that.",
        )
        return
    values["unit"] = beside.unit


def _overlap(start: date, end: date, cohort: str, other: str, first: date, last: date) -> Problem:
    return Problem(
        "period_start",
        "overlap.period_start",
        f"From {_period(start, end)} overlaps {other} ({_period(first, last)}) of the same metric and cohort "
        f"({humanise(cohort).lower()}): change the period, or say that it revises {other}.",
    )


def _period(start: date, end: date) -> str:
    return f"{show_date(start)} to {show_date(end)}"


def _revision(values: Values, beside: Beside, earlier: Earlier) -> Said:
    """Return what is wrong with naming an earlier measurement as the one that is revised, and what is odd."""
    told = ""
    if earlier.removed:
        told = f"{earlier.ref} was removed: add this without it."
    elif earlier.revised_by:
        told = f"{earlier.ref} was revised by {earlier.revised_by} already: revise that one."
    elif not earlier.ours:
        told = f"{earlier.ref} is of {earlier.metric}, this is of {beside.ref}: a revision is of the same metric."
    else:
        for name in ("cohort", "phase"):
            was, now = humanise(getattr(earlier, name)).lower(), humanise(str(values.get(name))).lower()
            if was != now and not told:
                told = f"{earlier.ref} has the {name} “{was}”, this has “{now}”: a revision has the same {name}."
    if told:
        return [Problem("revises", "revision.revises", f"Revises: {told}")], []
    start, end = values.get("period_start"), values.get("period_end")
    if start and end and (start, end) != (earlier.start, earlier.end):
        return [], [f"It is of another period than {earlier.ref} ({_period(earlier.start, earlier.end)})."]
    return [], []


def _variant(values: Values, beside: Beside) -> Iterator[str]:
    values["source_system"] = values.get("source_system") or beside.source
    given = values.get("definition_variant")
    if not given:
        values["definition_variant"] = beside.variant
    elif given != beside.variant:
        has = f"“{beside.variant}”" if beside.variant else "none"
        yield (
            f"Definition variant “{given}” is not that of {beside.ref} ({has}): "
            "it will not be compared with figures of another variant."
        )


def _around_go_live(values: Values, beside: Beside) -> Iterator[str]:
    live, start, end = beside.live_on, values.get("period_start"), values.get("period_end")
    if not live or not start or not end:
        return
    went = f"{beside.pilot} went live on {show_date(live)}"
    if values.get("phase") == "baseline" and end >= live:
        yield f"This baseline ends on {show_date(end)}, and {went}: part of it may be from after the change."
    if values.get("phase") == "after" and start < live:
        yield f"This period begins on {show_date(start)}, and {went}: part of it is from before the change."
