"""How a gate is taken in a shell: the checklist on paper, the questions one by one, and the outcome."""

from typing import Any, NamedTuple

import click

from tracker.cli.registers.actions import meant
from tracker.cli.shell.output import as_json, data, json_value, words
from tracker.cli.shell.session import Session
from tracker.entities import entity
from tracker.errors import TrackerError
from tracker.fields import humanise, rating_text
from tracker.rules.gates import LETS_THROUGH, OUTCOMES, result_text
from tracker.rules.reading import NotRead, read_choice
from tracker.rules.when import show_date
from tracker.services.gates import Asked, Checklist, Demand, answer, checklist, read_conditions, take
from tracker.storage.store import Store

RESULTS = {"m": "met", "p": "partly", "n": "not_met", "a": "not_applicable"}
LETTERS = "m met, p partly, n not met, a not applicable, enter: leave it, q: stop"
STATES = {"open": "○ Open", "overdue": "■ Overdue", "closed": "● Closed"}


class Decided(NamedTuple):
    """What somebody wants to record of a gate, as typed."""

    outcome: str
    conditions: tuple[str, ...] = ()
    owner: str = ""
    due: str = ""
    held_on: str | None = None
    recommendation: str | None = None
    advance: bool = False
    pause: bool = False


def look(session: Session, ref: str, *, json: bool) -> None:
    """Print the checklist of a gate and what stands in the way of its outcomes."""
    with session.store(read_only=True) as store:
        found = checklist(store, meant(store, entity("gate"), ref), session.today())
    if json:
        as_json(as_object(found))
        return
    for line in lines(found):
        data(line)
    if found.outcome == "pending":
        words(f"Nothing was decided: “tracker gate take {found.gate.ref} --outcome …” does.")


def take_gate(session: Session, ref: str, decided: Decided, *, json: bool) -> None:
    """Take a gate as somebody decided, and print its ref."""
    with session.store() as store:
        uid = meant(store, entity("gate"), ref)
        _take(session, store, uid, decided)
        found = checklist(store, uid, session.today())
    if json:
        as_json(as_object(found))
    else:
        data(found.gate.ref)
    _say_what_may_follow(found)
    words("Recorded. “tracker undo” takes it back.")


def _take(session: Session, store: Store, uid: str, decided: Decided) -> None:
    outcome = _outcome(decided.outcome)
    conditions = read_conditions(store, decided.conditions, session.today(), owner=decided.owner, due=decided.due)
    saved = take(
        store,
        uid,
        outcome,
        session.acting(store),
        held_on=session.day(decided.held_on),
        recommendation=decided.recommendation,
        conditions=conditions,
        advance=decided.advance,
        pause=decided.pause,
    )
    for note in saved.notes:
        words(note)


def _outcome(text: str) -> str:
    try:
        return read_choice("Outcome", text, OUTCOMES)
    except NotRead as error:
        raise TrackerError(str(error)) from None


def _say_what_may_follow(found: Checklist) -> None:
    phase = ""
    if found.outcome in LETS_THROUGH and found.may_advance:
        phase = str(found.opens_phase).replace("_", "-")
    elif found.outcome in ("red", "stopped") and found.phase not in ("paused", "stopped"):
        phase = "paused" if found.outcome == "red" else "stopped"
    if phase:
        why = f"Gate {found.gate.ref} held: {found.outcome}"
        words(f'“tracker pilot set {found.pilot.ref} --phase {phase} --reason "{why}"” does that.')


def lines(found: Checklist) -> list[str]:
    """Return a checklist as lines for people."""
    opens = f", opens {humanise(found.opens_phase).lower()}" if found.opens_phase else ""
    day = f", held on {show_date(found.held_on)}" if found.held_on else ""
    if not day and found.planned_on:
        day = f", planned on {show_date(found.planned_on)}"
    settled, mandatory = found.mandatory
    told = [
        f"{found.gate.ref}  {found.gate.name}",
        f"{found.pilot}, in {humanise(found.phase).lower()}{opens}{day}",
        f"Outcome: {rating_text(found.outcome)}",
        f"Criteria: {len(found.criteria)}; mandatory ones settled: {settled} of {mandatory}",
    ]
    for one in found.criteria:
        told += _criterion(one)
    if found.conditions:
        told += ["Conditions:", *(_condition(one) for one in found.conditions)]
    if not found.in_the_way:
        told.append("Nothing stands in the way of any outcome.")
    return told + list(found.in_the_way.values())


def _criterion(one: Asked) -> list[str]:
    serves = f" ({one.standard_ref})" if one.standard_ref else ""
    told = [
        f"  {result_text(one.result):<16}  {one.ref}  {one.text}{serves}{'' if one.mandatory else ', not mandatory'}"
    ]
    added = f" ({show_date(one.evidence_added_on)})" if one.evidence and one.evidence_added_on else ""
    pairs = [("Evidence", one.evidence + added)]
    if one.result == "not_applicable":
        pairs.insert(0, ("Why", one.not_applicable_reason))
    return told + [f"{'':20}{label}: {' '.join(text.split())}" for label, text in pairs if text]


def _condition(one: Demand) -> str:
    owner = f"; owner {one.owner.name}" if one.owner else "; no owner"
    due = f"; due {show_date(one.due)}" if one.due else "; no date"
    closed = f"; closed {show_date(one.closed_on)}" if one.closed_on else ""
    return f"  {STATES[one.state]:<16}  {one.ref}  {one.text}{owner}{due}{closed}"


def as_object(found: Checklist) -> dict[str, Any]:
    """Return a checklist as JSON has it."""
    settled, mandatory = found.mandatory
    lists = ("criteria", "conditions")
    return {
        **{name: json_value(value) for name, value in found._asdict().items() if name not in lists},
        "mandatory": mandatory,
        "mandatory_settled": settled,
        "criteria": [{name: json_value(v) for name, v in one._asdict().items()} for one in found.criteria],
        "conditions": [{name: json_value(v) for name, v in one._asdict().items()} for one in found.conditions],
    }


def walk(session: Session, ref: str) -> None:
    """Ask about each criterion in turn, save each answer at once, then ask for the outcome."""
    with session.store() as store:
        uid = meant(store, entity("gate"), ref)
        found = checklist(store, uid, session.today())
        words(f"{found.gate}, {len(found.criteria)} criteria. {LETTERS[0].upper()}{LETTERS[1:]}.")
        for number, one in enumerate(found.criteria, 1):
            words("")
            for line in (f"{number} of {len(found.criteria)}", *_criterion(one)):
                words(line)
            if not _asked(session, store, one):
                words("Stopped; what you answered is saved.")
                return
        _asked_outcome(session, store, uid)
        found = checklist(store, uid, session.today())
    data(found.gate.ref)
    if found.outcome == "pending":
        words("No outcome yet; what you answered is saved.")
    else:
        _say_what_may_follow(found)


def _asked(session: Session, store: Store, one: Asked) -> bool:
    """Ask about one criterion until there is an answer; return False to stop."""
    while True:
        letter = _prompt("m/p/n/a, enter, q").lower()[:1]
        if letter in ("", "q"):
            return not letter
        if letter not in RESULTS:
            words(f"One of: {LETTERS}.")
            continue
        result = RESULTS[letter]
        excused = result == "not_applicable"
        question = "Why it is not applicable" if excused else "Evidence, a sentence or a link"
        text = _prompt(question, one.not_applicable_reason if excused else one.evidence)
        try:
            saved = answer(store, one.uid, result, text, session.acting(store))
        except TrackerError as error:
            words(error)
            continue
        for note in saved.notes:
            words(note)
        return True


def _asked_outcome(session: Session, store: Store, uid: str) -> None:
    """Ask for the outcome until one can be recorded, or none is given."""
    while True:
        found = checklist(store, uid, session.today())
        words("")
        for way in found.in_the_way.values():
            words(way)
        text = _prompt("Outcome: green, amber, red, stopped, or enter for later")
        if not text:
            return
        try:
            decided = _asked_rest(_outcome(text), found)
            _take(session, store, uid, decided)
        except TrackerError as error:
            words(error)
            continue
        return


def _asked_rest(outcome: str, found: Checklist) -> Decided:
    held_on = _prompt("Held on", found.held_on.isoformat() if found.held_on else "today")
    conditions = []
    if outcome == "amber":
        words("Conditions, one by one, such as “Measure the old route; owner Data lead; due 1 Dec”.")
        while text := _prompt("Condition, or enter when there is no more"):
            conditions.append(text)
    advance = outcome in LETS_THROUGH and found.may_advance
    advance = advance and _agreed(f"Move {found.pilot} to {humanise(str(found.opens_phase)).lower()} now?")
    pause = outcome == "red" and found.phase not in ("paused", "stopped")
    pause = pause and _agreed(f"Pause {found.pilot} now?")
    return Decided(outcome, tuple(conditions), held_on=held_on, advance=advance, pause=pause)


def _prompt(question: str, default: str = "") -> str:
    return str(click.prompt(question, default=default, show_default=bool(default), err=True)).strip()


def _agreed(question: str) -> bool:
    return click.confirm(question, default=False, err=True)
