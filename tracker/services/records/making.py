"""Making a pilot or a gate with all that belongs to it: one command of the journal, so that one undo takes it back."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from tracker.entities import ComplianceItem, Entity, Gate, GateCriterion, Metric, Pilot, Risk, TrainingNeed
from tracker.entities.base import called
from tracker.errors import Invalid, Note, Problem, TrackerError
from tracker.fields import Values as Draft
from tracker.fields import humanise
from tracker.rules.gates import STAGES
from tracker.rules.templates.content import GateTemplate, PilotTemplate
from tracker.rules.wording import counted, listed
from tracker.services.guards.guard import Values
from tracker.services.records.checking import gone
from tracker.services.records.templates import find_templates
from tracker.services.records.writing import Edit, Saved, add, editing
from tracker.storage import Acting, Store, record, records

PLANNED_FROM_TODAY = "An earlier day goes without a template: what that brings is planned from today."
TEMPLATED = ("pilot", "gate")  # registers whose records can be made from templates, by their field ``template``


class Plan(NamedTuple):
    """What is made with a pilot: gates, each with its criteria, and records of other registers; and what to say.

    ``waived`` are the codes of problems of the pilot that do not count.
    """

    pilot: Values
    gates: tuple[GateTemplate, ...]
    parts: Mapping[type[Entity], tuple[Draft, ...]]
    notes: tuple[Note, ...]
    waived: tuple[str, ...] = ()


def add_with_parts(
    store: Store,
    kind: str,
    values: Values,
    by: Acting,
    *,
    reason: str | None = None,
    as_at: date | None = None,
    waived: tuple[str, ...] = (),
) -> Saved:
    """Add a record as a form asks for it; a pilot or gate that names a template comes with all that it brings.

    ``as_at`` is the day on which it is true, which goes without a template. Raises Invalid with every problem at once.
    """
    if kind not in TEMPLATED or not values.get("template"):
        return add(store, kind, values, by, reason=reason, as_at=as_at, waived=waived)
    if as_at is not None:
        raise Invalid([Problem("template", "as_at.template", PLANNED_FROM_TODAY)])
    return add_from_template(store, kind, values, by, reason=reason, waived=waived)


def add_from_template(
    store: Store,
    kind: str,
    values: Values,
    by: Acting,
    *,
    reason: str | None = None,
    headcounts: Mapping[str, int] | None = None,
    waived: tuple[str, ...] = (),
) -> Saved:
    """Add a pilot or a gate by the template that its field ``template`` names, and return it.

    What ``values`` holds wins over the template. ``headcounts`` are the people of role groups, by their names.
    Raises Invalid with every problem at once, such as a template that is not there.
    """
    templates = find_templates()
    try:
        if kind == "gate":
            return make_gate(store, templates.gate(values["template"]), values, by, reason=reason, waived=waived)
        template = templates.pilot(values["template"])
    except Invalid:
        raise
    except TrackerError as error:
        raise Invalid([Problem.of("template", error)]) from error
    return make_pilot(store, template, values, by, reason=reason, headcounts=headcounts, waived=waived)


def make_pilot(
    store: Store,
    template: PilotTemplate,
    values: Values,
    by: Acting,
    *,
    reason: str | None = None,
    headcounts: Mapping[str, int] | None = None,
    waived: tuple[str, ...] = (),
) -> Saved:
    """Make a pilot from a template, with its gates, metrics, draft risks, compliance items and training needs.

    Gates that open a phase in which the pilot is already are left out. Raises Invalid with every problem at once.
    """
    pilot = {**template.pilot, **_given(values), "template": template.name}
    needs, uncounted = _counted(template.needs, headcounts or {}, template.name)
    notes = []
    if uncounted:
        advice = "Count these people and add a training need for each, since none was made without a number"
        notes.append(Note("making.uncounted", f"{advice}: {'; '.join(uncounted)}."))
    parts: dict[type[Entity], tuple[Draft, ...]] = {
        Metric: template.metrics,
        ComplianceItem: template.compliance,
        TrainingNeed: needs,
        Risk: template.risks,
    }
    return _make_pilot(store, Plan(pilot, template.gates, parts, tuple(notes), waived), by, reason)


def make_like(
    store: Store,
    uid: str,
    values: Values,
    by: Acting,
    *,
    reason: str | None = None,
    headcounts: Mapping[str, int] | None = None,
    waived: tuple[str, ...] = (),
) -> Saved:
    """Make a pilot like another one: its gates and criteria, metrics, compliance items and training needs.

    Evidence, results, dates, measurements, risks and people stay with the other. Raises Invalid, TrackerError.
    """
    model = record(store, Pilot, uid)
    if model is None:
        raise gone(Pilot)
    pilot = {**_kept(model), "service": model.service, "template": model.template, **_given(values)}
    gates = tuple(
        GateTemplate(
            gate.template or "", gate.name, "", _kept(gate), _all_kept(records(store, GateCriterion, gate=gate.uid))
        )
        for gate in records(store, Gate, pilot=uid)
    )
    needs, _ = _counted(_all_kept(records(store, TrainingNeed, pilot=uid)), headcounts or {}, model.ref)
    counted_groups = {group.strip().casefold() for group in headcounts or {}}
    groups = [str(need["role_group"]) for need in needs if str(need["role_group"]).casefold() not in counted_groups]
    notes = []
    if groups:
        advice = f"These headcounts are those of {model.ref}; count again for this pilot"
        notes.append(Note("making.count_again", f"{advice}: {'; '.join(groups)}."))
    parts: dict[type[Entity], tuple[Draft, ...]] = {
        Metric: _all_kept(records(store, Metric, pilot=uid)),
        ComplianceItem: _all_kept(records(store, ComplianceItem, pilot=uid)),
        TrainingNeed: needs,
    }
    return _make_pilot(store, Plan(pilot, gates, parts, tuple(notes), waived), by, reason)


def _kept(record: Entity) -> Values:
    """Return what a record made like this one keeps: the fields of a template."""
    return {name: getattr(record, name) for name in record.template_fields()}


def _all_kept(entities: Iterable[Entity]) -> tuple[Values, ...]:
    return tuple(map(_kept, entities))


def make_gate(
    store: Store,
    template: GateTemplate,
    values: Values,
    by: Acting,
    *,
    reason: str | None = None,
    waived: tuple[str, ...] = (),
) -> Saved:
    """Make a gate of an existing pilot from a template, with its criteria. Raises Invalid with every problem."""
    gate = {**template.gate, **_given(values), "template": template.name}
    pilot = record(store, Pilot, gate.get("pilot"))
    if pilot is not None and pilot.visibility == "restricted":
        gate["visibility"] = pilot.visibility
    with editing(store, by, "gate.add", reason=reason) as edit:
        same_phase = []
        if pilot is not None and gate.get("opens_phase"):
            same_phase = records(store, Gate, pilot=pilot.uid, opens_phase=gate["opens_phase"])
        saved = edit.add(Gate, gate, waived=waived)
        parts = _Parts(edit, gate)
        for criterion in template.criteria:
            parts.add(GateCriterion, {**criterion, "gate": saved.uid})
    notes = [*parts.notes(), *saved.notes]
    if same_phase:
        opens = humanise(gate["opens_phase"]).lower()
        refs = listed(gate.ref for gate in same_phase)
        notes.append(Note("making.same_gate", f"The pilot has another gate that opens {opens}: {refs}."))
    return saved._replace(notes=tuple(notes))


def _make_pilot(store: Store, plan: Plan, by: Acting, reason: str | None) -> Saved:
    phase = str(plan.pilot.get("phase") or "")
    gates, left_out = _ahead(plan.gates, phase)
    with editing(store, by, "pilot.add", reason=reason) as edit:
        saved = edit.add(Pilot, plan.pilot, waived=plan.waived)
        parts = _Parts(edit, plan.pilot)
        for gate in gates:
            gate_uid = parts.add(Gate, {**gate.gate, "pilot": saved.uid, "template": gate.name or None})
            for criterion in gate.criteria:
                parts.add(GateCriterion, {**criterion, "gate": gate_uid})
        for register, drafts in plan.parts.items():
            for draft in drafts:
                service = {"service": plan.pilot.get("service")} if register is Metric else {}
                parts.add(register, {**service, **draft, "pilot": saved.uid})
    notes = [*parts.notes(), *saved.notes]
    if left_out:
        omission = f"Left out, since the pilot is in {humanise(phase).lower()}"
        notes.append(Note("making.left_out", f"{omission}: {listed(left_out)}."))
    return saved._replace(notes=(*notes, *plan.notes))


class _Parts:
    """The records that belong to what is made, each held to the same rules as one that is added alone."""

    def __init__(self, edit: Edit, owner: Values) -> None:
        self._edit = edit
        # A restricted owner tells nothing by its parts.
        self._hidden = {"visibility": "restricted"} if owner.get("visibility") == "restricted" else {}
        self._refs: dict[type[Entity], list[str]] = {}

    def add(self, register: type[Entity], values: Values) -> str:
        """Add a part and return its uid. Raises Invalid that names the part."""
        values = {**values, **self._hidden}
        try:
            # A risk that came with a template is a draft until somebody has looked at it, however complete its words.
            saved = self._edit.add(register, values, as_draft=register is Risk)
        except Invalid as error:
            part = f"The {register.noun} “{called(register, values.get(register.name_field))}”"
            raise Invalid(
                [problem._replace(field="", message=f"{part}: {problem}") for problem in error.problems]
            ) from error
        self._refs.setdefault(register, []).append(saved.ref)
        return saved.uid

    def notes(self) -> list[Note]:
        """Return what was made besides, as a sentence with the first and last ref of each register."""
        texts = []
        for register, refs in self._refs.items():
            noun = register.noun
            plural = register.plural
            if register is Risk:
                noun, plural = f"draft {noun}", f"draft {plural}"
            last = f" to {refs[-1]}" if len(refs) > 1 else ""
            texts.append(f"{counted(len(refs), noun, plural)} ({refs[0]}{last})")
        return [Note("making.parts", f"Made with it: {listed(texts)}.")] if texts else []


def _given(values: Values) -> Values:
    return {name: value for name, value in values.items() if value is not None}


def _ahead(gates: tuple[GateTemplate, ...], phase: str) -> tuple[tuple[GateTemplate, ...], list[str]]:
    """Return the gates that are still to come in a phase, and the names of those that are behind."""
    behind = STAGES[: STAGES.index(phase) + 1] if phase in STAGES else ()
    names = [str(gate.gate["name"]) for gate in gates if gate.gate.get("opens_phase") in behind]
    return tuple(gate for gate in gates if gate.gate.get("opens_phase") not in behind), names


def _counted(
    needs: tuple[Draft, ...], headcounts: Mapping[str, int], source: str
) -> tuple[tuple[Draft, ...], list[str]]:
    """Return the training needs whose people were counted, and the role groups of the others. Raises Invalid."""
    groups = {str(need["role_group"]).casefold(): str(need["role_group"]) for need in needs}
    numbers = {group.strip().casefold(): number for group, number in headcounts.items()}
    strange = [group for group in headcounts if group.strip().casefold() not in groups]
    if strange:
        choice = f"Its groups are: {', '.join(groups.values())}." if groups else "It has none."
        raise Invalid(
            [Problem("", "making.group", f"{source} has no role group “{group}”. {choice}") for group in strange]
        )
    with_number = []
    uncounted = []
    for need in needs:
        group = str(need["role_group"])
        number = numbers.get(group.casefold(), need.get("headcount"))
        if number is None:
            uncounted.append(group)
        else:
            with_number.append({**need, "headcount": number})
    return tuple(with_number), uncounted
