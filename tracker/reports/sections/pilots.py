"""The pilots of a summary: the headline, the table, and how fresh it all is."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from tracker.entities import Confidence, Decision, Gate, Pilot
from tracker.fields import humanise, latest, rating_text
from tracker.ratings import WORST_FIRST, comparable, is_rated, scale_label
from tracker.reports.model import Block, Missing, Pairs, Paragraph, Quote, Section, Table
from tracker.reports.papers.data import SummaryData, table, was_hidden
from tracker.reports.render.statuses import rating_of
from tracker.rules.boards import next_decision as rule
from tracker.rules.changes.told_fields import Slips
from tracker.rules.signals.pilot.given_ratings import beside, beside_words, delivery_rating, given_ratings
from tracker.rules.signals.pilot.overall import PilotEvidence
from tracker.rules.wording import (
    counted,
    date_or,
    ended,
    listed,
    optional,
    ordinal,
    show_date,
    upper_first,
    whole_sentences,
)
from tracker.text import natural_order

EVIDENCE_LEVELS = ("red", "amber", "not_enough", "green")
CHANGE_LENGTH = 75  # of what changed in a pilot: a line
HEADLINE_LENGTH = 400  # some sixty words
STALE_NAMED = 6
SCALES_NAMED = 3
SETTLED = ("phase", "outcome", "forecast_end", "actual_end")  # what an answer of a board may change in a pilot
ANSWERS = ("approved", "approved_with_conditions")  # that change something
MOST_PAGES = 30  # pilots that have a page each in a pack; of more of them only the exceptions do
NOT_ENOUGH, BRIEF = "Not enough evidence", "Not enough"  # in a column that is called Evidence
PILOTS = "Pilots, the worst first"
EVERY_PILOT = "Annex E: every pilot"
WHY = "Why it is rated so~"
WHY_LENGTH = 150
_PLACES = {code: n for n, code in enumerate(WORST_FIRST)}


def headline(data: SummaryData) -> Section:
    """Return what somebody reports of the programme as a whole, and the count of pilots by rating."""
    blocks: list[Block] = []
    reports = data.now.reports(None)
    if not reports:
        lacking = "no confidence report on the programme as a whole is recorded"
        if given_ratings(data.now, None):
            lacking = "nobody who runs the programme has reported on it as a whole"
        blocks.append(Missing(f"{rating_text(None)}: {lacking}."))
    else:
        blocks += _reported(data, reports[-1])
    for rating in beside(given_ratings(data.now, None)):
        blocks.append(Paragraph(f"Programme, {rating.label.lower()}: {rating.sentence}"))
    if data.running:
        blocks.append(Paragraph(_tally(data)))
    return Section("headline", "Headline", tuple(blocks))


def _reported(data: SummaryData, report: Confidence) -> list[Block]:
    sentence = f"Programme: {rating_text(report.rating)} on {show_date(report.as_of)}"
    age = (data.now.date - report.as_of).days
    programme = data.now.programme
    if programme is not None and age > programme.board_interval_days:
        sentence += f", {counted(age, 'day')} ago"
    if not report.narrative:
        return [Paragraph(f"{sentence}, without a narrative.")]
    narrative = whole_sentences(report.narrative, HEADLINE_LENGTH)
    return [Paragraph(f"{sentence}."), Quote(narrative, data.now.person(report.by) or "Author not recorded")]


def _tally(data: SummaryData) -> str:
    ratings = Counter(rating_text(_standing(data, pilot)) for pilot in data.running)
    order = sorted(ratings, key=lambda text: (_PLACES.get(rating_of(text), len(_PLACES)), text))
    parts = [f"{ratings[text]} {text}" for text in order]
    total = counted(len(data.running), "running pilot")
    aged = sum(p.uid in data.stale and p.rating == "green" for p in data.running)
    note = ""
    if aged:
        note = f" ({counted(aged, 'green report is', 'green reports are')} stale and not counted as green)"
    return f"{total}: {listed(parts)} as reported{note}{_by_assurance(data)}{_by_evidence(data)}."


def _by_assurance(data: SummaryData) -> str:
    """Return how assurance rates the pilots that it has rated; empty where it rated none."""
    ratings = Counter(rating_text(pilot.assurance_rating) for pilot in data.running if pilot.assurance_rating)
    order = sorted(ratings, key=lambda text: (_PLACES.get(rating_of(text), len(_PLACES)), text))
    return optional("; ", listed(f"{ratings[text]} {text}" for text in order), " by assurance")


def _by_evidence(data: SummaryData) -> str:
    levels = [judged.level for pilot in data.running if (judged := data.evidence(pilot.uid)) is not None]
    parts = [f"{levels.count(level)} {rating_text(level)}" for level in EVIDENCE_LEVELS if level in levels]
    return optional("; ", listed(parts), " by the evidence")


def _standing(data: SummaryData, pilot: Pilot) -> str | None:
    """Return the rating by which a pilot is sorted and counted: one that is stale is never green; None without one."""
    if pilot.rating == "green" and pilot.uid in data.stale:
        return "not_rated"
    return pilot.rating


def ranked(data: SummaryData) -> list[Pilot]:
    """Return the pilots, the worst first and of these the changed ones; those that have ended come last."""
    order = {code: n for n, code in enumerate(WORST_FIRST)}
    today = data.now.date
    changed = changed_pilots(data)
    return sorted(
        data.pilots,
        key=lambda pilot: (
            pilot.ended_by(today),
            order[worse(data, pilot)],
            pilot.uid not in changed,
            natural_order(pilot.ref),
        ),
    )


def changed_pilots(data: SummaryData) -> set[str]:
    """Return the uids of the pilots of which anything new is told since the earlier day."""
    return {change.uid for change in data.changes if change.kind == Pilot.kind and change.group != "unchanged"}


def pilots(data: SummaryData) -> Section:
    """Return the table of pilots, the worst first; those that have ended come last."""
    if not data.pilots:
        return Section("pilots", "Pilots", (Missing(),))
    return Section("pilots", PILOTS, (pilot_table(data, "pilots", PILOTS),))


def pilot_table(data: SummaryData, name: str, caption: str) -> Table:
    """Return all pilots as a table, the worst first, and of each as what it counts where a page has no room for it."""
    pilots_in_order = ranked(data)
    last = "Report before"
    if data.before is not None:
        last = f"On {show_date(data.before.date)}"
    titles = ["Pilot", "Phase", "Reported", last, "Evidence", "Next decision", WHY, "To note+"]
    rows = [_row(data, pilot) for pilot in pilots_in_order]
    place = titles.index(WHY)
    if not any(row[place] for row in rows):  # where nobody gave one
        del titles[place]
        rows = [(*row[:place], *row[place + 1 :]) for row in rows]
    elsewhere = f"{EVERY_PILOT.partition(':')[0]} of the board pack"
    if every_page(data):
        elsewhere = "part 6 of the board pack"
    counts = tuple(_counted_as(data, pilot) for pilot in pilots_in_order)
    return replace(table(name, caption, titles, rows, note=_scales(data)), counted_as=counts, elsewhere=elsewhere)


def every_page(data: SummaryData) -> bool:
    """Return whether the pack has a page for every pilot; of more pilots only the exceptions have one."""
    return len(data.pilots) <= MOST_PAGES


def _counted_as(data: SummaryData, pilot: Pilot) -> str:
    if pilot.ended_by(data.now.date):
        return "ended"
    return reported_cell(data, pilot).replace(", stale", " (stale)")  # counts are parted by commas


def _scales(data: SummaryData) -> str:
    """Return which pilots were rated on another scale before, and that the two ratings are not compared."""
    moved = [
        f"{pilot.ref} ({scale_label(before)}, now {scale_label(pilot.rating)})"
        for pilot in data.pilots
        if is_rated(before := data.rating_before(pilot.uid))
        and is_rated(pilot.rating)
        and not comparable(before, pilot.rating)
    ]
    return optional("Not comparable, since the scale is another: ", listed(moved, SCALES_NAMED), ".")


def worse(data: SummaryData, pilot: Pilot) -> str:
    """Return the worst that a report, assurance or the evidence says of a pilot."""
    judged = data.evidence(pilot.uid)
    levels = [str(_standing(data, pilot) or "not_rated")]
    if is_rated(pilot.assurance_rating):
        levels.append(str(pilot.assurance_rating))
    if judged is not None and judged.level in WORST_FIRST:
        levels.append(judged.level)
    return min(levels, key=WORST_FIRST.index)


def _apart(judged: PilotEvidence | None) -> str:
    """Return that a pilot is reported better than the evidence; empty when it is not."""
    if judged is None or judged.divergence < 1:
        return ""
    if judged.override.state == "lapsed":
        return "reported above the evidence; the reason lapsed"
    if not judged.reason:
        return "reported above the evidence without a reason"
    return "reported above the evidence"


def evidence_cell(data: SummaryData, pilot: Pilot) -> str:
    """Return what the evidence says of a pilot as mark and word; a dash for one that has ended."""
    judged = data.evidence(pilot.uid)
    return rating_text(judged.level) if judged is not None else "–"


def _row(data: SummaryData, pilot: Pilot) -> tuple[str, ...]:
    earlier = data.earlier(Pilot, pilot.uid)
    before = rating_text(data.rating_before(pilot.uid))
    if data.before is not None and earlier is None:
        before = "Not shown then" if was_hidden(data, pilot.uid) else "New"
    return (
        f"{pilot.ref} {pilot.name}",
        pilot.phase_text,
        reported_cell(data, pilot),
        before,
        evidence_cell(data, pilot).replace(NOT_ENOUGH, BRIEF),
        next_decision(data, pilot),
        _why(data, pilot),
        _what_changed(data, pilot, earlier),
    )


def _why(data: SummaryData, pilot: Pilot) -> str:
    """Return the first sentences of why a running pilot is rated as it is; the pack has them all."""
    rating = delivery_rating(given_ratings(data.now, pilot.uid))
    if rating is None or not rating.narrative or pilot.ended_by(data.now.date):
        return ""
    return f"{rating.ref}: {whole_sentences(rating.narrative, WHY_LENGTH)}"


def next_decision(data: SummaryData, pilot: Pilot) -> str:
    """Return the next decision or gate of a pilot with its date, or when it ended."""
    if pilot.ended_by(data.now.date):
        return f"Ended {date_or(pilot.actual_end)}".rstrip()
    coming = _coming(data, pilot)
    if coming is None:
        return _taken(data, pilot) or data.day_cell(pilot, "decision_due")
    if coming.kind == Gate.kind:
        undone = "not held yet, planned " * (latest(coming.day) < data.now.date)
        text = f"Gate {undone}{show_date(coming.day)}"
    else:
        text = _not_taken(coming.day, data.now.date)
    return f"{text} (today)" if coming.day == data.now.date else text


def _taken(data: SummaryData, pilot: Pilot) -> str:
    """Return the newest decision that was taken about a pilot; empty where none is recorded."""
    decided_on = {decision.decided_on: decision.ref for decision in data.now.of_pilot(Decision, pilot)}
    days = [day for day in decided_on if day is not None]
    if days:
        return f"Decided {show_date(max(days))} ({decided_on[max(days)]})"
    return "Decided" * (pilot.outcome != "none")


def _left_to_do(data: SummaryData, pilot: Pilot, earlier: Pilot) -> Iterator[str]:
    """Yield which decision was taken since the earlier day and has changed nothing yet in the record of its pilot."""
    if any(getattr(pilot, name) != getattr(earlier, name) for name in SETTLED):
        return
    for decision in data.now.of_pilot(Decision, pilot):
        before = data.earlier(Decision, decision.uid)
        if decision.status == "taken" and decision.outcome in ANSWERS and (before is None or before.status != "taken"):
            yield f"{decision.ref} {humanise(decision.outcome).lower()}; phase and end as before"


def _coming(data: SummaryData, pilot: Pilot) -> rule.Coming | None:
    """Return what is to be decided of a pilot next."""
    records = (*data.now.of_pilot(Decision, pilot), pilot, *data.now.of_pilot(Gate, pilot))
    return rule.next_decision(coming for record in records for coming in rule.decided_by(record, data.now.date))


def _not_taken(due: date, day: date) -> str:
    """Return the day of a decision; where it has gone by, that it is late."""
    return show_date(due) + " (late)" * (latest(due) < day)


def reported_cell(data: SummaryData, pilot: Pilot) -> str:
    """Return what is reported of a pilot as mark and word; what is stale is never green."""
    rating = rating_text(pilot.rating)
    if pilot.uid not in data.stale or pilot.rating in (None, "not_rated"):
        return rating
    if pilot.rating in ("green", "amber_green"):
        return f"○ Stale, was {rating}"
    return f"{rating}, stale"


def _what_changed(data: SummaryData, pilot: Pilot, earlier: Pilot | None) -> str:
    """Return on a line what a board must know of a pilot, the gravest first; its note where there is room for it."""
    further = upper_first(beside_words(given_ratings(data.now, pilot.uid)))
    parts = [*_signs(data, pilot, earlier)]
    note = whole_sentences(pilot.status_note or "", CHANGE_LENGTH)
    if note and earlier is not None and earlier.status_note == pilot.status_note:
        parts.append("same note as last time")
        if len(parts) > 1:
            note = ""
    text = _as_many_as_fit(parts, further)
    line = ". ".join(part for part in (text, note) if part) or "No status note"
    if text and len(line) > CHANGE_LENGTH:
        line = text
    return ended(line)


def _as_many_as_fit(parts: list[str], text: str) -> str:
    """Return a text with as many parts behind it as there is room for on a line; it stays itself however long it is."""
    for part in parts:
        longer = f"{text}; {part}"
        if not text:
            longer = upper_first(part)
        if len(longer) < CHANGE_LENGTH:
            text = longer
    return text


def _slip(data: SummaryData, pilot: Pilot, earlier: Pilot) -> Iterator[str]:
    """Yield what became of the forecast end; one that was cleared has moved from the last day that stood."""
    slips = data.facts.slips.get((pilot.uid, "forecast_end"), Slips())
    if pilot.forecast_end is None:
        if earlier.forecast_end is not None:
            yield f"forecast end {data.now.nothing(pilot, 'forecast_end').plain.replace('missing', 'taken away')}"
        return
    stood = earlier.forecast_end or slips.stood
    if stood is not None and stood != pilot.forecast_end:
        moved = optional(" (", slips.times > 1 and ordinal(slips.times), " move)")
        yield f"forecast end moved to {show_date(pilot.forecast_end)}{moved}"


def _signs(data: SummaryData, pilot: Pilot, earlier: Pilot | None) -> Iterator[str]:
    if pilot.uid in data.stale:
        yield f"STALE: {_last_update(data.stale[pilot.uid])}"
    if earlier is not None:
        yield from _left_to_do(data, pilot, earlier)
        yield from _slip(data, pilot, earlier)
    if pilot.forecast_end and pilot.forecast_end < data.now.date and not pilot.ended_by(data.now.date):
        yield f"forecast end {show_date(pilot.forecast_end)} has passed"
    if earlier is not None and earlier.phase != pilot.phase:
        yield optional("was in ", earlier.phase and humanise(earlier.phase)) or "phase stated for the first time"
    if pilot.outcome != "none":
        yield f"outcome: {humanise(pilot.outcome)}"
    apart = _apart(data.evidence(pilot.uid))
    if apart:
        yield apart
    yield from data.changed(pilot.uid)


def _last_update(days: int | None) -> str:
    return "never updated" if days is None else f"no update for {counted(days, 'day')}"


def fresh(data: SummaryData) -> Pairs:
    """Return how many running pilots were updated lately, and which were not."""
    if not data.running:
        return [("Freshness", "No pilot is running.")]
    updates = data.freshness
    count = updates.running - len(updates.stale)
    allowed = counted(data.now.about.staleness_days, "day")
    sentence = f"{count} of {counted(updates.running, 'running pilot')} updated within {allowed}"
    if updates.stale:
        names = [
            f"{data.now.ref(Pilot, uid)} ({counted(age, 'day') if age is not None else 'never'})"
            for uid, age in updates.stale
        ]
        sentence += f"; stale: {listed(names, STALE_NAMED)}"
    return [("Freshness", f"{sentence}.")]
