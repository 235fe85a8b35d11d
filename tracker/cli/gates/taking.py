"""How a gate is taken in a shell: the checklist on paper, the questions one by one, and the outcome."""

from typing import Any, NamedTuple

import click

from tracker.cli.registers.actions import find_uid
from tracker.cli.shell import RECORDED, Session, as_json, data, json_list, json_object, read_word, say_readings, words
from tracker.cli.shell.drawing import print_page
from tracker.entities import entity
from tracker.errors import TrackerError
from tracker.fields import humanise
from tracker.rules.gates import HALTED, LETS_THROUGH, OUTCOMES
from tracker.services.gates import Asked, Checklist, answer, checklist, read_conditions, take
from tracker.services.pages.checklist import checklist_page, criterion_row
from tracker.services.reading import Store

RESULTS = {"m": "met", "p": "partly", "n": "not_met", "a": "not_applicable"}
LETTERS = "m met, p partly, n not met, a not applicable, enter: leave it, q: stop"
HALTS = {"red": "paused", "stopped": "stopped"}


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
    waived: tuple[str, ...] = ()


def look(session: Session, ref: str, *, json: bool) -> None:
    """Print the checklist of a gate and what stands in the way of its outcomes."""
    with session.store(read_only=True) as store:
        gate = checklist(store, find_uid(store, entity("gate"), ref), session.today())
    if json:
        as_json(checklist_data(gate))
        return
    print_page(checklist_page(gate))
    if gate.outcome == "pending":
        words(f"Nothing was decided: “tracker gate take {gate.gate.ref} --outcome …” does.")


def take_gate(session: Session, ref: str, decided: Decided, *, json: bool) -> None:
    """Take a gate as somebody decided, and print its ref."""
    with session.store() as store:
        uid = find_uid(store, entity("gate"), ref)
        _take(session, store, uid, decided)
        gate = checklist(store, uid, session.today())
    if json:
        as_json(checklist_data(gate))
    else:
        data(gate.gate.ref)
    _suggest_phase(gate)
    words(RECORDED)


def _take(session: Session, store: Store, uid: str, decided: Decided) -> None:
    outcome = read_word("Outcome", decided.outcome, OUTCOMES)
    conditions = read_conditions(store, decided.conditions, session.today(), owner=decided.owner, due=decided.due)
    saved = take(
        store,
        uid,
        outcome,
        session.acting(store),
        held_on=session.day(decided.held_on, "--held-on"),
        recommendation=decided.recommendation,
        conditions=conditions,
        advance=decided.advance,
        pause=decided.pause,
        waived=decided.waived,
    )
    for note in saved.notes:
        words(note)
    say_readings(session, saved.ref)


def _suggest_phase(gate: Checklist) -> None:
    """Say how the pilot is moved to the phase that follows from the outcome, where it is not there yet."""
    if gate.outcome in LETS_THROUGH and gate.may_advance:
        phase = str(gate.opens_phase).replace("_", "-")
    elif gate.outcome in HALTS and gate.phase not in HALTED:
        phase = HALTS[gate.outcome]
    else:
        return
    reason = f"Gate {gate.gate.ref} held: {gate.outcome}"
    words(f'“tracker pilot set {gate.pilot.ref} --phase {phase} --reason "{reason}"” does that.')


def checklist_data(gate: Checklist) -> dict[str, Any]:
    """Return a checklist as JSON has it."""
    settled, mandatory = gate.mandatory
    facts = json_object(gate._replace(criteria=(), conditions=()))
    return {
        **{name: value for name, value in facts.items() if name not in ("criteria", "conditions")},
        "mandatory": mandatory,
        "mandatory_settled": settled,
        "criteria": json_list(gate.criteria),
        "conditions": json_list(gate.conditions),
    }


def walk(session: Session, ref: str) -> None:
    """Ask about each criterion in turn, save each answer at once, then ask for the outcome."""
    with session.store() as store:
        uid = find_uid(store, entity("gate"), ref)
        gate = checklist(store, uid, session.today())
        total = len(gate.criteria)
        words(f"{gate.gate}, {total} criteria. {LETTERS[0].upper()}{LETTERS[1:]}.")
        for number, criterion in enumerate(gate.criteria, 1):
            words(f"\n{number} of {total}")
            result, criterion_ref, text, remarks = criterion_row(criterion)
            for line in (f"{result}  {criterion_ref}  {text}", *remarks.splitlines()):
                words(f"  {line}")
            if not _ask(session, store, criterion):
                words("Stopped; what you answered is saved.")
                return
        _ask_outcome(session, store, uid)
        gate = checklist(store, uid, session.today())
    data(gate.gate.ref)
    if gate.outcome == "pending":
        words("No outcome yet; what you answered is saved.")
    else:
        _suggest_phase(gate)


def _ask(session: Session, store: Store, criterion: Asked) -> bool:
    """Ask about one criterion until there is an answer; return False to stop."""
    while True:
        letter = _prompt("m/p/n/a, enter, q").lower()[:1]
        if letter in ("", "q"):
            return not letter
        if letter not in RESULTS:
            words(f"One of: {LETTERS}.")
            continue
        result = RESULTS[letter]
        if result == "not_applicable":
            text = _prompt("Why it is not applicable", criterion.not_applicable_reason)
        else:
            text = _prompt("Evidence, a sentence or a link", criterion.evidence)
        try:
            saved = answer(store, criterion.uid, result, text, session.acting(store))
        except TrackerError as error:
            words(error)
            continue
        for note in saved.notes:
            words(note)
        return True


def _ask_outcome(session: Session, store: Store, uid: str) -> None:
    """Ask for the outcome until one can be recorded, or none is given."""
    while True:
        gate = checklist(store, uid, session.today())
        words("")
        for sentence in gate.in_the_way.values():
            words(sentence)
        text = _prompt("Outcome: green, amber, red, stopped, or enter for later")
        if not text:
            return
        try:
            decided = _ask_details(read_word("Outcome", text, OUTCOMES), gate)
            _take(session, store, uid, decided)
        except TrackerError as error:
            words(error)
            continue
        return


def _ask_details(outcome: str, gate: Checklist) -> Decided:
    held_on = _prompt("Held on", gate.held_on.isoformat() if gate.held_on else "today")
    conditions = []
    advance = pause = False
    if outcome == "amber":
        words("Conditions, one by one, such as “Measure the old route; owner Data lead; due 1 Dec”.")
        while text := _prompt("Condition, or enter when there is no more"):
            conditions.append(text)
    if outcome in LETS_THROUGH and gate.may_advance:
        advance = _agree(f"Move {gate.pilot} to {humanise(str(gate.opens_phase)).lower()} now?")
    if outcome == "red" and gate.phase not in HALTED:
        pause = _agree(f"Pause {gate.pilot} now?")
    return Decided(outcome, tuple(conditions), held_on=held_on, advance=advance, pause=pause)


def _prompt(question: str, default: str = "") -> str:
    return str(click.prompt(question, default=default, show_default=bool(default), err=True)).strip()


def _agree(question: str) -> bool:
    return click.confirm(question, default=False, err=True)
