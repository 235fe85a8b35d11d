"""Making a pilot or a gate with all that belongs to it: one command of the journal, so that one undo takes it back."""

import sqlite3
from collections.abc import Mapping
from typing import Any, NamedTuple

from tracker.entities import entity
from tracker.entities.checking import problems
from tracker.errors import Invalid, Problem, TrackerError
from tracker.fields import MISSING, TODAY, humanise
from tracker.rules.gates import STAGES
from tracker.rules.templates.content import GateTemplate, PilotTemplate
from tracker.rules.wording import counted, listed
from tracker.services.guards.guard import guard, links_that_do_not_hold
from tracker.services.records.making_like import like
from tracker.services.records.writing import Saved, insert
from tracker.storage.queries import Condition, Query, record, rows
from tracker.storage.store import Acting, Store, Tx

Values = dict[str, Any]

PARTS = ("metric", "compliance", "need", "risk")
WORDS = {"risk": ("draft risk", "draft risks")}  # what is made besides, where it is not called by its noun


class Plan(NamedTuple):
    """What is made with a pilot: gates, each with its criteria, and other records by their kind; and what to say."""

    gates: tuple[GateTemplate, ...]
    parts: Mapping[str, tuple[Values, ...]]
    notes: tuple[str, ...] = ()


def add_from_template(
    store: Store,
    kind: str,
    values: Values,
    by: Acting,
    *,
    reason: str | None = None,
    headcounts: Mapping[str, int] | None = None,
) -> Saved:
    """Add a pilot or a gate by the template that its field ``template`` names, and return it.

    What ``values`` holds wins over the template. ``headcounts`` are the people of role groups, by their names.
    Raises Invalid with every problem at once, such as a template that is not there.
    """
    from tracker.services.records.templates import find_templates

    found = find_templates()
    try:
        if kind == "gate":
            gate = found.gate(values["template"])
            return make_gate(store, gate, values, by, reason=reason)
        pilot = found.pilot(values["template"])
    except Invalid:
        raise
    except TrackerError as error:
        raise Invalid([Problem("template", "add_from_template.template", str(error))]) from error
    return make_pilot(store, pilot, values, by, reason=reason, headcounts=headcounts)


def make_pilot(
    store: Store,
    template: PilotTemplate,
    values: Values,
    by: Acting,
    *,
    reason: str | None = None,
    headcounts: Mapping[str, int] | None = None,
) -> Saved:
    """Make a pilot from a template, with its gates, metrics, draft risks, compliance items and training needs.

    Gates that open a phase in which the pilot is already are left out. Raises Invalid with every problem at once.
    """
    full = _filled("pilot", {**template.pilot, **_given(values), "template": template.name}, by)
    gates, left_out = _ahead(template.gates, full["phase"])
    needs, uncounted = _counted(template.needs, headcounts or {}, template.name)
    notes = [f"Left out, since the pilot is in {humanise(full['phase']).lower()}: {listed(left_out)}."] * bool(left_out)
    if uncounted:
        named = "; ".join(uncounted)
        notes.append(
            f"Count these people and add a training need for each, since none was made without a number: {named}."
        )
    parts = {"metric": template.metrics, "compliance": template.compliance, "need": needs, "risk": template.risks}
    return _make_pilot(store, full, Plan(gates, parts, tuple(notes)), by, reason)


def make_like(
    store: Store,
    uid: str,
    values: Values,
    by: Acting,
    *,
    reason: str | None = None,
    headcounts: Mapping[str, int] | None = None,
) -> Saved:
    """Make a pilot like another one: its gates and criteria, metrics, compliance items and training needs.

    Evidence, results, dates, measurements, risks and people stay with the other. Raises Invalid, TrackerError.
    """
    other: Any = record(store, "pilot", uid)
    if other is None:
        raise TrackerError("The pilot to be like does not exist.")
    kept = like(store, other)
    full = _filled("pilot", {**kept.pilot, **_given(values)}, by)
    gates, left_out = _ahead(kept.gates, full["phase"])
    needs, _ = _counted(kept.needs, headcounts or {}, other.ref)
    notes = [f"Left out, since the pilot is in {humanise(full['phase']).lower()}: {listed(left_out)}."] * bool(left_out)
    told = {group.strip().casefold() for group in headcounts or {}}
    same = [need["role_group"] for need in needs if need["role_group"].casefold() not in told]
    if same:
        notes.append(f"These headcounts are those of {other.ref}; count again for this pilot: {'; '.join(same)}.")
    parts = {"metric": kept.metrics, "compliance": kept.compliance, "need": needs}
    return _make_pilot(store, full, Plan(gates, parts, tuple(notes)), by, reason)


def make_gate(store: Store, template: GateTemplate, values: Values, by: Acting, *, reason: str | None = None) -> Saved:
    """Make a gate of an existing pilot from a template, with its criteria. Raises Invalid with every problem."""
    full = _filled("gate", {**template.gate, **_given(values), "template": template.name}, by)
    pilot: Any = record(store, "pilot", full["pilot"]) if full["pilot"] else None
    full |= _hidden({"visibility": pilot.visibility}) if pilot else {}
    full, notes = _checked(store, "gate", full, by)
    same = (Condition("pilot", "=", full["pilot"]), Condition("opens_phase", "=", full["opens_phase"]))
    others = rows(store, Query("gate", same), []) if full["opens_phase"] else []
    if others:
        opens = humanise(full["opens_phase"]).lower()
        notes.append(f"The pilot has another gate that opens {opens}: {listed(row[1] for row in others)}.")
    made: dict[str, list[str]] = {}

    def write(tx: Tx) -> tuple[str, str]:
        uid, ref = insert(store, "gate", full, by, tx, note=reason)
        for one in template.criteria:
            _insert(store, "criterion", {**one, **_hidden(full), "gate": uid}, by, tx, made)
        return uid, ref

    return _written(store, "gate", write, by, reason, notes, made)


def _make_pilot(store: Store, full: Values, plan: Plan, by: Acting, reason: str | None) -> Saved:
    full, notes = _checked(store, "pilot", full, by)
    made: dict[str, list[str]] = {}
    hidden = _hidden(full)

    def write(tx: Tx) -> tuple[str, str]:
        uid, ref = insert(store, "pilot", full, by, tx, note=reason)
        for gate in plan.gates:
            values = {**gate.gate, **hidden, "pilot": uid, "template": gate.name or None}
            gate_uid = _insert(store, "gate", values, by, tx, made)
            for one in gate.criteria:
                _insert(store, "criterion", {**one, **hidden, "gate": gate_uid}, by, tx, made)
        for kind in PARTS:
            for one in plan.parts.get(kind, ()):
                service = {"service": full["service"]} if kind == "metric" else {}
                _insert(store, kind, {**service, **one, **hidden, "pilot": uid}, by, tx, made)
        return uid, ref

    return _written(store, "pilot", write, by, reason, [*notes, *plan.notes], made)


def _written(
    store: Store,
    kind: str,
    write: Any,
    by: Acting,
    reason: str | None,
    notes: list[str],
    made: dict[str, list[str]],
) -> Saved:
    try:
        with store.command(by, f"{kind}.add", reason=reason) as tx:
            uid, ref = write(tx)
    except (sqlite3.IntegrityError, OverflowError) as error:
        raise TrackerError(f"The {kind} breaks a rule of the file ({error}). Nothing was saved.") from error
    return Saved(uid, ref, tx.id, (*_told(made), *notes))


def _insert(store: Store, kind: str, values: Values, by: Acting, tx: Tx, made: dict[str, list[str]]) -> str:
    """Write one of the records that belong to what is made, held to the same rules as one that is added alone."""
    full = _filled(kind, values, by)
    # A risk that came with a template is a draft until somebody has looked at it, however complete its words are.
    if kind != "risk":
        full = entity(kind).completed(full, None, by.today)
    full, wrong, _ = guard(store, kind, full, None, by)
    if wrong:
        name = full.get(entity(kind).name_field) or ""
        raise Invalid(
            [Problem("", "insert.record", f"The {entity(kind).noun} “{name}”: {problem.message}") for problem in wrong]
        )
    uid, ref = insert(store, kind, full, by, tx)
    made.setdefault(kind, []).append(ref)
    return uid


def _checked(store: Store, kind: str, full: Values, by: Acting) -> tuple[Values, list[str]]:
    """Return a new record's values completed, with what the user should know. Raises Invalid."""
    which = entity(kind)
    full = which.completed(full, None, by.today)
    full, wrong, notes = guard(store, kind, full, None, by)
    told = {problem.field for problem in wrong}
    wrong += [problem for problem in problems(which, full) if problem.field not in told]
    wrong += links_that_do_not_hold(store, which, full) if not wrong else []
    if wrong:
        raise Invalid(wrong)
    return full, notes


def _hidden(owner: Values) -> Values:
    """Return the visibility that parts take from their owner: a restricted one tells nothing by them."""
    return {"visibility": "restricted"} if owner["visibility"] == "restricted" else {}


def _given(values: Values) -> Values:
    return {name: value for name, value in values.items() if value is not None}


def _filled(kind: str, values: Values, by: Acting) -> Values:
    """Return the values of a new record with the defaults of its fields."""
    full: Values = {}
    for field in entity(kind).settable():
        value = values.get(field.name)
        if value is None and TODAY in field.flags:
            value = by.today
        full[field.name] = field.default if value is None and field.default is not MISSING else value
    return full


def _ahead(gates: tuple[GateTemplate, ...], phase: str) -> tuple[tuple[GateTemplate, ...], list[str]]:
    """Return the gates that are still to come in a phase, and the names of those that are behind."""
    behind = STAGES[: STAGES.index(phase) + 1] if phase in STAGES else ()
    names = [str(gate.gate["name"]) for gate in gates if gate.gate.get("opens_phase") in behind]
    return tuple(gate for gate in gates if gate.gate.get("opens_phase") not in behind), names


def _counted(
    needs: tuple[Values, ...], headcounts: Mapping[str, int], source: str
) -> tuple[tuple[Values, ...], list[str]]:
    """Return the training needs whose people were counted, and the role groups of the others. Raises Invalid."""
    groups = {need["role_group"].casefold(): need["role_group"] for need in needs}
    numbers = {group.strip().casefold(): number for group, number in headcounts.items()}
    strange = [group for group in headcounts if group.strip().casefold() not in groups]
    if strange:
        known = f"Its groups are: {', '.join(groups.values())}." if groups else "It has none."
        raise Invalid(
            [Problem("", "counted.record", f"{source} has no role group “{group}”. {known}") for group in strange]
        )
    found, uncounted = [], []
    for need in needs:
        number = numbers.get(need["role_group"].casefold(), need.get("headcount"))
        if number is None:
            uncounted.append(need["role_group"])
        else:
            found.append({**need, "headcount": number})
    return tuple(found), uncounted


def _told(made: Mapping[str, list[str]]) -> list[str]:
    """Return what was made besides, as a sentence with the first and last ref of each kind."""
    parts = []
    for kind, refs in made.items():
        noun, plural = WORDS.get(kind, (entity(kind).noun, entity(kind).plural))
        parts.append(f"{counted(len(refs), noun, plural)} ({refs[0]}{f' to {refs[-1]}' if len(refs) > 1 else ''})")
    return [f"Made with it: {listed(parts)}."] if parts else []
