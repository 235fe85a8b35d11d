"""Rules of services, journeys, integrations, evaluations, decisions, issues and feedback beside other records."""

import re
from typing import Any

from tracker.entities import entity
from tracker.errors import Problem
from tracker.fields import humanise
from tracker.rules.reading import NotRead, decimal_text
from tracker.rules.when import show_date
from tracker.storage import neighbours
from tracker.storage.store import Acting, Store

Values = dict[str, Any]
Said = tuple[list[Problem], list[str]]  # problems, notes

LEAST_PUBLISHED = 5  # people: figures of fewer are nobody else's business
NOTHING = (
    r"\b(nothing|no change|unchanged|status quo|as (now|before|today|it is|they are|we are)|remain|stays?|"
    r"keep|leave|carry on|continue|wait|not (to )?\w+)\b"
)


def _changed(values: Values, before: Values | None, *names: str) -> bool:
    """Return whether any of the fields is new or has another value."""
    return before is None or any(values.get(name) != before.get(name) for name in names)


def _personal(kind: str, values: Values, before: Values | None, *names: str) -> list[str]:
    """Return notes on what in the free texts of a record looks like personal data."""
    texts = {name: values[name] for name in names if values.get(name) and _changed(values, before, name)}
    if not texts:
        return []
    from tracker.rules.public.personal_data import scan, told

    labels = entity(kind).labels()
    found = [sentence for name, text in texts.items() for sentence in told(labels[name], scan(text))]
    return [*found, "Keep no personal data of the public here: say it in words that name nobody."] if found else []


def service(store: Store, values: Values, before: Values | None, by: Acting) -> Said:
    """Hold the channel mix of a service to channels that are known and parts that make a hundred."""
    text = values.get("channel_mix")
    if not text or not _changed(values, before, "channel_mix"):
        return [], []
    from tracker.rules.journeys.channels import read_channels, write_channels

    try:
        values["channel_mix"] = write_channels(read_channels(text))
    except NotRead as error:
        return [Problem("channel_mix", "service.channel_mix", str(error))], []
    return [], []


def journey(store: Store, values: Values, before: Values | None, by: Acting) -> Said:
    """Note another journey of the service with the same kind and version, and personal data in the note."""
    notes = _personal("journey", values, before, "note")
    kind, version, own = values.get("journey_kind"), values.get("version"), (before or {}).get("uid", "")
    if values.get("service") and kind and version and _changed(values, before, "service", "journey_kind", "version"):
        same = neighbours.same_version(store, values["service"], kind, version, own)
        if same:
            other, ref, free = same
            notes.append(
                f"{other} is version {version} of {ref} “{humanise(kind).lower()}” too: "
                f"if this one follows it, call it version {free}."
            )
    return [], notes


def step(store: Store, values: Values, before: Values | None, by: Acting) -> Said:
    """Give a step the next place of its journey, or hold that no other step has its place."""
    notes = _personal("step", values, before, "pain_text")
    order = values.get("step_order")
    if not values.get("journey") or not _changed(values, before, "journey", "step_order"):
        return [], notes
    free, other = neighbours.place_in_journey(store, values["journey"], order, (before or {}).get("uid", ""))
    if order is None:
        values["step_order"] = free
    elif other:
        told = f"Order ({order}) is that of {other} already: no two steps of a journey have one place. {free} is free."
        return [Problem("step_order", "step.step_order", told)], notes
    return [], notes


def integration(store: Store, values: Values, before: Values | None, by: Acting) -> Said:
    """Hold that an integration ties two different sides together, from its first test on."""
    provider, consumer, other = (values.get(name) for name in ("provider", "consumer", "other_party"))
    if provider and provider == consumer:
        told = "Consumer and provider are the same service: an integration ties two together. Change one of the two."
        return [Problem("consumer", "integration.consumer", told)], []
    if values.get("status") not in ("in_test", "in_production"):
        return [], []
    state = humanise(values["status"]).lower()
    if not provider and not consumer:
        told = f"Provider or consumer is needed when status is {state}: name the service of this organisation."
        return [Problem("provider", "integration.provider", told)], []
    if sum(map(bool, (provider, consumer, other))) < 2:
        lacking, label = ("consumer", "Consumer") if provider else ("provider", "Provider")
        told = f"{label} or other organisation is needed when status is {state}: say who is on the other side."
        return [Problem(lacking, "integration.lacking", told)], []
    return [], []


def evaluation(store: Store, values: Values, before: Values | None, by: Acting) -> Said:
    """Hold an evaluation to a session or pilot and to the figures of its level; the pilot is the session's."""
    problems = _whose(store, values, before)
    problems += _scores(values)
    notes = _personal("evaluation", values, before, "note")
    count = values.get("n")
    if count is not None and 0 < count < LEAST_PUBLISHED and _changed(values, before, "n"):
        notes.append(f"Figures of {count} people are not published: fewer than {LEAST_PUBLISHED} could be recognised.")
    if values.get("level") == "results" and not values.get("metric"):
        notes.append("Results are shown by a metric: name it with --metric when there is one.")
    return problems, notes


def _whose(store: Store, values: Values, before: Values | None) -> list[Problem]:
    if not values.get("session"):
        told = "Session or pilot is needed: say which training this is about."
        return [] if values.get("pilot") else [Problem("session", "whose.session", told)]
    if not _changed(values, before, "session", "pilot"):
        return []
    found = neighbours.session_and_pilots(store, values["session"], values.get("pilot"))
    if found is None or found[1] is None:
        return []
    session, uid, its, other = found
    moved = before is not None and values["session"] != before["session"] and values.get("pilot") == before["pilot"]
    if not values.get("pilot") or moved:
        values["pilot"] = uid
    elif values["pilot"] != uid:
        return [
            Problem(
                "pilot",
                "whose.pilot",
                f"Pilot ({other}) is not that of {session} ({its}): leave it empty or change one.",
            )
        ]
    return []


def _scores(values: Values) -> list[Problem]:
    labels = entity("evaluation").labels()
    level, most = values.get("level"), values.get("scale_max")
    given = {name: values[name] for name in ("pre_mean", "post_mean", "passed_n") if values.get(name) is not None}
    problems = []
    if level == "reaction" and values.get("mean_score") is None:
        problems.append(Problem("mean_score", "scores.mean_score", "Mean score is needed when level is reaction."))
    if level == "learning":
        if not given:
            told = "is needed when level is learning: give mean before and mean after, or how many passed."
            problems.append(Problem("post_mean", "scores.post_mean", f"Mean after {told}"))
        for one, other in (("pre_mean", "post_mean"), ("post_mean", "pre_mean")):
            if one in given and other not in given:
                told = f"{labels[other]} is needed with {labels[one].lower()}: what was learned is the difference."
                problems.append(Problem(other, "scores.other", told))
    elif level:
        # On the job people can be seen to manage it or not; a score before and after is of a test.
        wrong = [name for name in given if name != "passed_n" or level != "behaviour"]
        problems += [
            Problem(
                name,
                "scores.name",
                f"{labels[name]} ({decimal_text(float(given[name]))}) belongs to level learning, not {level}.",
            )
            for name in wrong
        ]
    problems += [
        Problem(
            name,
            "scores.name",
            f"{labels[name]} ({decimal_text(given[name])}) is above the scale, which ends at {most:g}.",
        )
        for name in ("pre_mean", "post_mean")
        if name in given and most is not None and given[name] > most and level == "learning"
    ]
    return problems


def decision(store: Store, values: Values, before: Values | None, by: Acting) -> Said:
    """Hold a decision that a board sees to two options at least, and an answer to who gave it."""
    status, outcome = values.get("status"), values.get("outcome")
    options = _options(values)
    problems, notes = [], []
    if status in ("sought", "taken"):
        if len(set(options)) < 2:
            told = f"needs two at least when status is {status}, one on each line; this has {len(set(options))}."
            problems.append(Problem("options", "decision.options", f"Options {told} Doing nothing is one."))
        elif not any(re.search(NOTHING, line, re.IGNORECASE) for line in options):
            notes.append("None of the options is to do nothing: a board needs to see what happens then.")
    if outcome and status != "taken":
        told = f"Outcome ({humanise(outcome).lower()}) is of a decision that is taken; this one is {status}."
        problems.append(Problem("outcome", "decision.outcome", f"{told} Set status to taken, or leave it empty."))
    elif outcome and outcome.startswith("approved") and not values.get("decided_by"):
        told = f"Decided by is needed when outcome is {humanise(outcome).lower()}: the board, or a role that may."
        problems.append(Problem("decided_by", "decision.decided_by", told))
    if outcome == "approved_with_conditions" and _changed(values, before, "outcome"):
        notes.append("Add an action with an owner and a date for each condition: “tracker action add”.")
    if status == "taken" and not values.get("rationale") and _changed(values, before, "status"):
        notes.append("Rationale is empty: say why it was decided so, for those who ask later.")
    decided, review = values.get("decided_on"), values.get("review_on")
    if decided and review and review < decided:
        told = f"Review on ({show_date(review)}) is before the day it was decided ({show_date(decided)})."
        problems.append(Problem("review_on", "decision.review_on", told))
    return problems, notes


def _options(values: Values) -> list[str]:
    """Return the options; those on one line with semicolons, as a shell takes them, come to stand on their own."""
    text = values.get("options") or ""
    lines = [line.strip() for line in (text.splitlines() if "\n" in text else text.split(";"))]
    lines = [line for line in lines if line.strip("-–—•*· ")]
    if len(lines) > 1 and "\n" not in text:
        values["options"] = "\n".join(lines)
    return lines


def issue(store: Store, values: Values, before: Values | None, by: Acting) -> Said:
    """Date the end of an issue, and note who and when is missing of one that is grave."""
    problems: list[Problem] = []
    notes = _personal("issue", values, before, "title", "description", "impact", "resolution")
    done, raised = values.get("status") in ("resolved", "closed"), values.get("raised_on")
    resolved = values.get("resolved_on")
    if done and not resolved:
        values["resolved_on"] = by.today
    elif resolved and not done and before is not None and resolved == before.get("resolved_on"):
        values["resolved_on"] = None
        notes.append(f"It is open again, so the day it was resolved ({show_date(resolved)}) is taken out.")
    elif resolved and not done:
        told = (
            f"Resolved on ({show_date(resolved)}) is of an issue that is resolved: set status too, with a resolution."
        )
        problems.append(Problem("resolved_on", "issue.resolved_on", told))
    elif resolved and raised and resolved < raised:
        told = (
            f"Resolved on ({show_date(resolved)}) is before it was raised ({show_date(raised)}). Change one of the two."
        )
        problems.append(Problem("resolved_on", "issue.resolved_on", told))
    if not done and values.get("severity") in ("major", "critical"):
        lacking = [name for name in ("owner", "due") if not values.get(name)]
        if lacking:
            told = " and ".join({"owner": "an owner", "due": "a date by which it is due"}[name] for name in lacking)
            notes.append(f"A {values['severity']} issue needs {told}.")
    if values.get("risk") and _changed(values, before, "risk"):
        found = neighbours.risk_status(store, values["risk"])
        if found and found[1] != "became_issue":
            ref, status = found
            notes.append(
                f"{ref} is still {status.replace('_', ' ')}: say “tracker risk set {ref} --status became-issue”."
            )
    return problems, notes


def feedback(store: Store, values: Values, before: Values | None, by: Acting) -> Said:
    """Note what looks like personal data in feedback, and hold its dates in order."""
    notes = _personal("feedback", values, before, "summary", "theme", "response_reason")
    if not values.get("pilot") and not values.get("service"):
        notes.append("It is tied to no pilot and no service: give --pilot or --service.")
    received, closed = values.get("received_on"), values.get("loop_closed_on")
    if received and closed and closed < received:
        told = f"Loop closed on ({show_date(closed)}) is before it was received ({show_date(received)})."
        return [Problem("loop_closed_on", "feedback.loop_closed_on", f"{told} Change one of the two.")], notes
    return [], notes
