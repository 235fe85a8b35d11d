"""The decisions that are sought: a few lines each on the summary, a page each in the pack."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from tracker.entities import BoardMeeting, Decision, Pilot, Risk
from tracker.reports.model import Block, Bullets, Callout, Facts, Heading, Missing, Paragraph, Section
from tracker.reports.papers.data import SummaryData, facts_or_missing, money_text, sourced, text_or_missing
from tracker.reports.sections.pilots import evidence_cell, reported_cell
from tracker.rules.boards.agenda import not_sought
from tracker.rules.risk import band, excess, score, top
from tracker.rules.signals.pilot.given_ratings import given_ratings
from tracker.rules.signals.quality import options
from tracker.rules.totals import absent, brief
from tracker.rules.wording import counted, date_or, ended, listed, optional, show_date, upper_first, whole_sentences
from tracker.text import natural_order

MOST = 3
RECOMMENDATION_LENGTH = 70
DUE_SHOWN = 6
SOUGHT = "Decisions sought"
PROBLEM_LENGTH = 700
NOTE_LENGTH = 900
RISKS_SHOWN = 3
CONDITIONS = {"if", "unless", "only", "until", "provided", "except", "but", "when", "once", "after", "not", "no"}
ANNOUNCED = {"recommend", "recommended", "recommends", "recommendation", "option"}  # and then comes what is
DENIALS = {"no", "not", "never", "none", "nothing", "without"}
NOTHING = ("do nothing", "doing nothing", "no change", "leave it")


def sought(data: SummaryData) -> list[Decision]:
    """Return the decisions that are sought, the most urgent first; those for another meeting are left out."""
    decisions = [decision for decision in data.now.all(Decision) if decision.status == "sought"]
    if data.meeting is not None:
        meeting = data.meeting.board.uid
        agenda = {item.decision for item in data.meeting.agenda}
        decisions = [decision for decision in decisions if decision.board in (None, meeting) or decision.uid in agenda]

    def urgency(decision: Decision) -> tuple[date, object]:
        return decision.needed_by or date.max, natural_order(decision.ref)

    return sorted(decisions, key=urgency)


def decisions(data: SummaryData) -> Section:
    """Return the decisions sought; without any, the pilots whose date for a decision is near or past."""
    decisions_sought = sought(data)
    if not decisions_sought:
        return Section("decisions", SOUGHT, _due(data))
    first = decisions_sought[:MOST]
    same_day = len({decision.needed_by for decision in first}) == 1 and first[0].needed_by is not None
    items = [_asked(data, decision) for decision in first]
    waiting = [Paragraph(text) for text in _waiting(data)]
    title = f"{SOUGHT}, n{_needed(data, first[0])[1:]}"
    if not same_day:
        title = SOUGHT
        items = [f"{item} {_needed(data, decision)}." for item, decision in zip(items, first, strict=True)]
    if len(decisions_sought) > MOST:
        items.append(f"Also sought: {listed((decision.ref for decision in decisions_sought[MOST:]), 10)}.")
    return Section("decisions", title, (Bullets(tuple(items)), *waiting))


def _waiting(data: SummaryData) -> Iterator[str]:
    """Yield which decisions are put down for the meeting of the paper and are not sought, as a sentence."""
    if data.meeting is None:
        return
    waiting = not_sought(data.now, data.meeting.board.uid, data.meeting.agenda)
    for status, state, states in (("draft", "still a draft", "still drafts"), ("deferred", "deferred", "deferred")):
        refs = [decision.ref for decision in waiting if decision.status == status]
        if refs:
            number = counted(len(refs), "decision for this meeting is", "decisions for this meeting are")
            yield f"{number} {states if len(refs) > 1 else state}: {listed(refs, 10)}."
    unanswered = _unanswered(data, data.meeting.board)
    if unanswered:
        number = counted(len(unanswered), "decision of an earlier meeting has", "decisions of earlier meetings have")
        yield f"{number} no answer yet: {listed(unanswered, 10)}."


def _unanswered(data: SummaryData, meeting: BoardMeeting) -> list[str]:
    """Return the refs of what earlier meetings of the same body were asked, and have not answered or passed on."""
    here = {decision.uid for decision in sought(data)}
    earlier = {
        board.uid
        for board in data.now.all(BoardMeeting)
        if board.body == meeting.body and board.meets_on <= data.now.date and board.uid != meeting.uid
    }
    waiting = (decision for decision in data.now.all(Decision) if decision.status == "sought")
    refs = [decision.ref for decision in waiting if decision.board in earlier and decision.uid not in here]
    return sorted(refs, key=natural_order)


def _asked(data: SummaryData, decision: Decision) -> str:
    pilot = data.now.ref(Pilot, decision.pilot)
    recommendation = _in_brief(decision.recommendation or "none recorded")
    named = decision.title + (optional(" (", pilot, ")"))
    whose = "Requester recommends" if decision.requested_by else "Recommended to the board"
    return f"{decision.ref} {ended(named)} {whose}: {ended(recommendation)}"


def _in_brief(recommendation: str) -> str:
    """Return the first sentence of a recommendation; without the reasons behind a colon where they set no condition."""
    sentence = whole_sentences(recommendation, RECOMMENDATION_LENGTH)
    head, _, reasons = sentence.partition(": ")
    is_whole = CONDITIONS & _words(reasons) or ANNOUNCED & _words(head)
    return sentence if is_whole else head


def _recommender(data: SummaryData, decision: Decision) -> str:
    """Return whose a recommendation is: a person's, never the rules' advice, which stands beside it."""
    return f"Recommended by {data.now.person(decision.requested_by) or 'whoever asks, who is not named'}"


def _needed(data: SummaryData, decision: Decision) -> str:
    if decision.needed_by is None:
        return absent(data.now, decision, "needed_by", "date to decide by")
    if decision.needed_by == data.now.date:
        return "Needed today"
    return f"Needed by {show_date(decision.needed_by)}{_how_soon(decision.needed_by, data.now.date)}"


def _how_soon(due: date, day: date) -> str:
    if due == day:
        return " (today)"
    return optional(" (", due < day and counted((day - due).days, "day"), " ago)")


def _due(data: SummaryData) -> tuple[Block, ...]:
    soon = data.now.settings.soon_days
    latest = data.now.date + timedelta(soon)
    near = [
        (pilot.decision_due, pilot)
        for pilot in data.running
        if pilot.decision_due and pilot.outcome == "none" and pilot.decision_due <= latest
    ]
    near.sort(key=lambda pair: (pair[0], natural_order(pair[1].ref)))
    waiting = tuple(Missing(text) for text in _waiting(data))
    here = " from this meeting" * bool(waiting)
    if not near:
        return (
            *waiting,
            Missing(f"No decision is sought{here}, and no pilot has a decision date up to {soon} days ahead."),
        )
    paragraph = Paragraph(f"No decision is sought{here}. These pilots have a date for one:")
    items = [f"{pilot.ref} {pilot.name}: {_away(due, data.now.date)}" for due, pilot in near]
    if len(items) > DUE_SHOWN:
        items = [*items[: DUE_SHOWN - 1], f"{len(items) - DUE_SHOWN + 1} more"]
    return (*waiting, paragraph, Bullets(tuple(items)))


def _away(due: date, day: date) -> str:
    days = (due - day).days
    if days == 0:
        return "due today"
    if days < 0:
        return f"was due {show_date(due)}, {counted(-days, 'day')} ago"
    return f"by {show_date(due)}, in {counted(days, 'day')}"


def decision_pages(data: SummaryData) -> list[Section]:
    """Return the decisions sought, each on a page of its own; one section that says so when there are none."""
    decisions_sought = sought(data)
    if not decisions_sought:
        return [sourced(data, "decisions-sought", SOUGHT, "the register of decisions", _due(data))]
    pages = [_page(data, decision) for decision in decisions_sought]
    waiting = tuple(Missing(text) for text in _waiting(data))
    return [replace(pages[0], blocks=(*waiting, *pages[0].blocks)), *pages[1:]]


def _page(data: SummaryData, decision: Decision) -> Section:
    pilot = data.now.get(Pilot, decision.pilot)
    needed_by = data.day_cell(decision, "needed_by", "")
    pilot_name = ""
    if decision.needed_by is not None:
        needed_by = show_date(decision.needed_by) + _how_soon(decision.needed_by, data.now.date)
    if pilot is not None:
        pilot_name = f"{pilot.ref} {pilot.name}"
    facts = [
        ("Needed by", needed_by),
        ("Pilot", pilot_name),
        ("Requested by", data.now.answering(decision.requested_by) or brief(data.now, decision, "requested_by")),
        (
            "Cost as recommended",
            money_text(data, decision.money_impact) or data.money_cell(decision, "money_impact"),
        ),
    ]
    blocks: list[Block] = [
        Callout("Question", decision.question or decision.title),
        facts_or_missing(facts),
        Heading(_recommender(data, decision)),
        text_or_missing(decision.recommendation, "No recommendation is recorded."),
        Heading("Options"),
        _options(decision),
        Heading("If nothing is decided"),
        _undecided(decision),
        Heading("Background"),
        *_background(data, pilot),
    ]
    conditions = "Outcomes a board may give: approved, approved with conditions, rejected, deferred, noted."
    blocks.append(Paragraph(conditions))
    name = f"decision-{decision.ref.lower()}"
    title = f"Decision {decision.ref}: {decision.title}"
    return sourced(data, name, title, "the registers of decisions, pilots and risks", blocks, new_page=True)


def _options(decision: Decision) -> Block:
    """Return the options, numbered; the one that is recommended, where the recommendation says which, is marked."""
    choices = options(decision)
    if not choices:
        return Missing("No options are recorded.")
    chosen = _recommended(decision.recommendation or "", choices)
    return Bullets(tuple(f"{'Recommended: ' * (n == chosen)}{text}" for n, text in enumerate(choices)), ordered=True)


def _recommended(recommendation: str, choices: list[str]) -> int | None:
    """Return the place of the option that a recommendation means: the only one that holds all words it begins with.

    None where that is none or several, or where one of the two denies and the other does not: refused, not guessed.
    """
    opening_words = _opening(recommendation)
    fitting = [
        n
        for n, choice in enumerate(choices)
        if opening_words and opening_words <= (words := _opening(choice)) and opening_words & DENIALS == words & DENIALS
    ]
    return fitting[0] if len(fitting) == 1 else None


def _opening(text: str) -> set[str]:
    """Return the words before the first stop, colon or semicolon, short ones left out."""
    opening = re.split("[.:;]", text, maxsplit=1)[0]
    return {word for word in _words(opening) if len(word) > 2 or word in DENIALS}


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def _undecided(decision: Decision) -> Block:
    """Return what happens when nothing is decided: the option of doing nothing says it."""
    for line in options(decision):
        if line.lower().startswith(NOTHING):
            consequence = line.partition(":")[2].strip() or line
            return Paragraph(upper_first(consequence.removesuffix(".")) + ".")
    return Missing("Not recorded: none of the options is to do nothing.")


def _background(data: SummaryData, pilot: Pilot | None) -> list[Block]:
    if pilot is None:
        return [Missing("The decision is not about one pilot; nothing else is recorded.")]
    blocks: list[Block] = [Paragraph(whole_sentences(pilot.problem, PROBLEM_LENGTH))] if pilot.problem else []
    if pilot.status_note:
        blocks.append(Paragraph(f"Status note{_noted(data, pilot)}: {whole_sentences(pilot.status_note, NOTE_LENGTH)}"))
    signals = data.signals_of(pilot.uid)
    reason = signals.evidence.decided.sentence if signals is not None else "The pilot has ended."
    facts = (
        ("Phase", pilot.phase_text),
        ("Reported", reported_cell(data, pilot)),
        *(
            ("Why" if rating.is_delivery else rating.label, rating.sentence)
            for rating in given_ratings(data.now, pilot.uid)
        ),
        ("Evidence", evidence_cell(data, pilot)),
        ("Why the evidence", reason),
    )
    blocks.append(Facts(facts))
    if signals is not None and signals.scaling.headline:
        blocks.append(Paragraph(f"By the rules, ready to scale? {signals.scaling.headline}"))
    risks = tuple(_risk(data, risk) for risk in top(data.now.of_pilot(Risk, pilot), data.now.settings, RISKS_SHOWN))
    return [*blocks, Bullets(risks) if risks else Missing("No open risk is recorded.")]


def _noted(data: SummaryData, pilot: Pilot) -> str:
    """Return how old a status note may be: no newer than the last update of its pilot."""
    return optional(", last update of the pilot on ", date_or(data.updated.get(pilot.uid)))


def _risk(data: SummaryData, risk: Risk) -> str:
    points = score(risk)
    over = excess(risk, data.now.settings)
    if points is None:
        return f"Risk {risk.ref} {risk.title}: not scored"
    level = band(points, data.now.settings).replace("_", " ")
    return f"Risk {risk.ref} {risk.title}: {points} ({level})" + (optional(", ", over, " above appetite"))
