"""Rules of the programme, confidence, wins, iterations and risks."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from tracker.entities import entity, registers
from tracker.fields import WorkedOut, humanise, rating_text
from tracker.ratings import NOT_RATED, SCALES, Rated, Scale, scale_label, typed_words
from tracker.rules.wording import are, optional, show_date, verb
from tracker.services.guards.guard import RELABELLED, Proposal, settings_of
from tracker.storage import Condition, Query
from tracker.storage.neighbours import duplicates_behind
from tracker.storage.queries import count
from tracker.storage.rows import has_programme, last_rating, next_iteration_number, rating_scale

if TYPE_CHECKING:
    from tracker.entities import Pilot
    from tracker.rules.day import Day


def programme(proposal: Proposal) -> None:
    """Hold that a file has one programme, and say what another currency does to the amounts that are there."""
    if proposal.before is None and has_programme(proposal.store):
        proposal.refuse("", "programme.another", "There is one programme in each file.")
    if proposal.before is not None and proposal.changed("currency"):
        _note_amounts(proposal)


def _note_amounts(proposal: Proposal) -> None:
    amounts = 0
    for register in registers():
        for field in register.stored():
            if field.kind == "money":
                query = Query(register.kind, (Condition(field.name, "!=", None),))
                amounts += count(proposal.store, query)
    if amounts:
        currency = proposal["currency"]
        message = f"{are(amounts, 'amount')} recorded in {(proposal.before or {})['currency']} and not converted: "
        proposal.note(RELABELLED, f"{message}{verb(amounts, 'it stands', 'they stand')} as {currency} from now on.")


def confidence(proposal: Proposal) -> None:
    """Hold a rating to the scale, to its narrative, and to the evidence."""
    values = proposal.values
    values["by"] = values.get("by") or proposal.by.person
    day = str(values.get("as_of") or proposal.by.today)
    kind = str(values.get("rating_kind"))
    dimension = str(values.get("dimension"))
    scale = rating_scale(proposal.store)
    values["rating_scale"] = scale
    rating = _on_scale(proposal, SCALES[scale])
    last = last_rating(proposal.store, values.get("pilot"), kind, dimension, day)
    answer = rating or _said_instead(proposal)
    if answer and last and answer != last and not (values.get("narrative") or answer.reason or proposal.problems):
        change = f"from {_answer_word(last)} to {_answer_word(answer)}"
        if rating and last.scale != scale and not last.instead:
            change += f", and its scale from {scale_label(last)} to {scale_label(rating)}"
        place = "in Narrative (20 to 600 characters)"
        if answer.instead:
            place += f", or behind a colon, such as “{_answer_word(answer)}: …”"
        proposal.refuse("narrative", "confidence.unexplained", f"The rating changes {change}: say why {place}.")
    # Assurance judges for itself: only what the team says of a pilot as a whole is held against the evidence.
    ours = kind == "reported" and dimension == "overall"
    if proposal.before is None and ours and values.get("pilot") and rating:
        _keep_evidence(proposal, rating)


def _said_instead(proposal: Proposal) -> Rated | None:
    """Return what somebody says now in place of a rating, which is an answer as “not rated” is; None where nothing."""
    answer = proposal.nothings.get("rating")
    if answer is None or not proposal.excuses("rating"):
        return None
    return Rated(NOT_RATED, "", answer.brief, answer.words)


def _answer_word(rating: Rated) -> str:
    """Return what a rating is called in a sentence: its word, or the kind of nothing in place of one."""
    return rating.instead.partition(" ")[2] or rating.word.lower()


def _on_scale(proposal: Proposal, scale: Scale) -> Rated | None:
    """Return the rating on the programme's scale, as its code; a word that the scale has not is a problem."""
    typed = proposal["rating"]
    name = str(proposal["rating_scale"])
    if not typed:
        return None
    word = getattr(typed, "word", "") or scale.words.get(typed, humanise(typed))
    proposal.values["rating"] = str(typed)
    if word not in scale.words.values():
        words = ", ".join(typed_words(scale))
        message = f"{word} is not on this programme's scale, {scale.label}: choose {words}."
        proposal.refuse("rating", "confidence.scale", message)
    return Rated(str(typed), name)


def _keep_evidence(proposal: Proposal, rating: Rated) -> None:
    """Write into a reported rating what the evidence says now; a better rating without a reason is a problem.

    A reason holds until a day: by itself as many days as there are between two boards. While one stands that was given
    before, none is asked for.
    """
    from tracker.rules.signals.pilot.reported import divergence, reason_of_another_scale, standing_reason
    from tracker.rules.signals.programme import judged

    values = proposal.values
    today = proposal.by.today
    day = min(today, values.get("as_of") or today)
    evidence, pilot = _known_on(proposal, day)
    if pilot is None:
        return
    signal = judged(evidence, pilot)
    values["evidence_signal"] = signal.level
    if divergence(rating, signal.level) < 1:
        return
    of_day = optional(" of ", show_date(day) * (day < today))
    difference = f"You rate {pilot.ref} {rating.word.lower()}; the evidence{of_day} says {rating_text(signal.level)}."
    standing = standing_reason(evidence, pilot, rating, signal.level)
    if not values.get("divergence_reason") and standing.state == "active":
        proposal.note("confidence.standing", f"{difference} Both are shown. {standing.sentence}")
        return
    if not values.get("divergence_reason"):
        label = proposal.register.labels()["divergence_reason"]
        again = optional("", reason_of_another_scale(evidence, pilot, rating, signal.level), " ")
        case = (
            f"{difference} {signal.decided.sentence} {again}Your judgement stands if you give the reason in “{label}”"
        )
        proposal.refuse(
            "divergence_reason", "confidence.divergence", f"{case} (20 characters or more).", case=case, pilot=pilot.ref
        )
        return
    interval = evidence.programme.board_interval_days if evidence.programme else None
    proposal.note(
        "confidence.both", f"{difference} Both are shown, with your reason{_holds_until(proposal, interval)}."
    )


def _known_on(proposal: Proposal, day: date) -> "tuple[Day, Pilot | None]":
    """Return what is known of the pilot of a rating on a day, and the pilot; that nothing is known is noted."""
    from tracker.entities import Pilot
    from tracker.services.evidence import gather_pilot_on

    evidence = gather_pilot_on(proposal.store, proposal["pilot"], day, proposal.by.now.date())
    pilot = evidence.get(Pilot, proposal["pilot"])
    if pilot is None:
        message = f"Nothing is known of the pilot on {show_date(day)}, so the rating is not held against its evidence."
        proposal.note("confidence.unheld", message)
    return evidence, pilot


def _holds_until(proposal: Proposal, interval: int | None) -> str:
    """Return until when a reason holds, as the end of a sentence: where nobody says, so many days from the rating."""
    review_by = proposal["review_by"]
    if review_by:
        return f", which holds until {show_date(review_by)}"
    if interval is None:
        return ""
    review_by = WorkedOut.of((proposal["as_of"] or proposal.by.today) + timedelta(interval))
    proposal.values["review_by"] = review_by
    return f", which holds until {show_date(review_by)}, a board's interval from the rating"


def win(proposal: Proposal) -> None:
    """Hold that a win is verified by somebody else."""
    author = proposal.before["created_by"] if proposal.before else proposal.by.person
    if proposal["verified_by"] and proposal["verified_by"] == author:
        proposal.refuse(
            "verified_by", "win.own", "A win is verified by somebody other than the person who recorded it."
        )


def iteration(proposal: Proposal) -> None:
    """Give an iteration its number, hold that one with a result has begun, and note that it is long."""
    before = proposal.before
    number = proposal["number"]
    pilot = proposal["pilot"]
    if before is not None and pilot and pilot != before["pilot"] and number == before["number"]:
        proposal.values["number"] = None  # it goes on with the numbers of the pilot that it moves to
    if proposal["number"] is None and pilot:
        proposal.values["number"] = next_iteration_number(proposal.store, pilot)
    start = proposal["start"]
    end = proposal["end"]
    result = proposal["goal_result"]
    if start and start > proposal.by.today and result != "open" and proposal.changed("goal_result", "start"):
        early = f"It begins on {show_date(start)}, so its goal cannot be {humanise(result).lower()} yet."
        proposal.refuse("goal_result", "iteration.ahead", f"{early} Leave it open, or give the day on which it began.")
    if not start or not end or end <= start:
        return
    days = (end - start).days
    limit = settings_of(proposal.store).long_iteration_days
    if days > limit:
        proposal.note("iteration.long", f"This iteration lasts {days} days; more than {limit} is long.")


def risk(proposal: Proposal) -> None:
    """Hold that likelihood and impact go together, and note that a new risk is a draft."""
    pairs = (
        ("likelihood", "impact"),
        ("target_likelihood", "target_impact"),
        ("inherent_likelihood", "inherent_impact"),
    )
    labels = entity("risk").labels()
    for pair in pairs:
        for name, partner in (pair, pair[::-1]):
            if proposal[name] is not None and proposal[partner] is None:
                sentence = f"{labels[name]} and {labels[partner].lower()} go together: give both."
                proposal.refuse(partner, "risk.pair", sentence, given=name)
    unassessed = proposal["likelihood"] is None and proposal["impact"] is None
    if unassessed and any(proposal[name] is not None for pair in pairs[1:] for name in pair):
        proposal.refuse(
            "likelihood", "risk.current", "Likelihood and impact as they are now are needed with the others."
        )
    elif unassessed and proposal.before and proposal.before["likelihood"] is not None:
        proposal.refuse(
            "likelihood", "risk.unassessed", "A risk stays assessed; remove the assessment if it was a mistake."
        )
    _hold_duplicate(proposal)
    if proposal.before is None and proposal["status"] == "draft":
        proposal.note("risk.draft", "It is a draft until cause, event and consequence are filled in.")
    if proposal["status"] == "open" and not proposal["owner"] and proposal.changed("status", "owner"):
        proposal.note("risk.incomplete", "An open risk should have an owner.")


def _hold_duplicate(proposal: Proposal) -> None:
    """Hold a duplicate to another risk, which is not in the end a duplicate of this one."""
    risk = proposal["duplicate_of"]
    if not risk or not proposal.changed("duplicate_of"):
        return
    if proposal["closing_reason"] != "duplicate":
        proposal.refuse(
            "closing_reason",
            "risk.no_duplicate",
            "Duplicate of is for a risk that is closed as a duplicate: set status to closed and closing reason to "
            "duplicate.",
        )
        return
    chain = duplicates_behind(proposal.store, risk)
    refs = [ref for _, ref in chain]
    if any(uid == proposal.uid for uid, _ in chain):
        way = verb(len(refs), "is this risk itself", "is a duplicate of this risk")
        proposal.refuse("duplicate_of", "risk.circle", f"{refs[0]} {way}: name the one that stays.")
    elif len(refs) > 1:
        proposal.note("risk.chain", f"{refs[0]} is closed as a duplicate of {refs[1]} itself.")
