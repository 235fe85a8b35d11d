"""The things a programme tracks; each is defined in one file here and nowhere else."""

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING

from tracker.entities.base import Entity

if TYPE_CHECKING:
    from tracker.entities.acceptance import AcceptedWarning
    from tracker.entities.action import Action
    from tracker.entities.assessment import Assessment
    from tracker.entities.assumption import Assumption
    from tracker.entities.attendance import Attendance
    from tracker.entities.attendee import BoardAttendee
    from tracker.entities.audit import Audit
    from tracker.entities.benefit import Benefit
    from tracker.entities.board import BoardMeeting
    from tracker.entities.body import Body
    from tracker.entities.compliance import ComplianceItem
    from tracker.entities.condition import Condition
    from tracker.entities.confidence import Confidence
    from tracker.entities.contract import Contract
    from tracker.entities.correction import BoardCorrection
    from tracker.entities.criterion import GateCriterion
    from tracker.entities.decision import Decision
    from tracker.entities.dependency import Dependency
    from tracker.entities.evaluation import TrainingEvaluation
    from tracker.entities.feedback import Feedback
    from tracker.entities.field_state import FieldState
    from tracker.entities.figure import BenefitFigure
    from tracker.entities.finding import AuditFinding
    from tracker.entities.gate import Gate
    from tracker.entities.holiday import Holiday
    from tracker.entities.identifier import Identifier
    from tracker.entities.incident import Incident
    from tracker.entities.integration import Integration
    from tracker.entities.issue import Issue
    from tracker.entities.item import AgendaItem
    from tracker.entities.iteration import Iteration
    from tracker.entities.journey import Journey
    from tracker.entities.measurement import Measurement
    from tracker.entities.member import Member
    from tracker.entities.metric import Metric
    from tracker.entities.milestone import Milestone
    from tracker.entities.need import TrainingNeed
    from tracker.entities.note import AttachedNote
    from tracker.entities.person import Person
    from tracker.entities.pilot import Pilot
    from tracker.entities.programme import Programme
    from tracker.entities.risk import Risk
    from tracker.entities.service import Service
    from tracker.entities.session import TrainingSession
    from tracker.entities.setting import Setting
    from tracker.entities.snapshot import Snapshot
    from tracker.entities.stakeholder import Stakeholder
    from tracker.entities.standard import Standard
    from tracker.entities.step import JourneyStep
    from tracker.entities.supplier import Supplier
    from tracker.entities.win import Win

# Kinds and their classes in the order people meet them. A new register is one file and both here (and a migration).
ENTITIES: Mapping[str, str] = {
    "programme": "Programme",
    "person": "Person",
    "service": "Service",
    "journey": "Journey",
    "step": "JourneyStep",
    "pilot": "Pilot",
    "confidence": "Confidence",
    "iteration": "Iteration",
    "metric": "Metric",
    "measurement": "Measurement",
    "gate": "Gate",
    "criterion": "GateCriterion",
    "condition": "Condition",
    "compliance": "ComplianceItem",
    "need": "TrainingNeed",
    "session": "TrainingSession",
    "attendance": "Attendance",
    "evaluation": "TrainingEvaluation",
    "risk": "Risk",
    "assessment": "Assessment",
    "issue": "Issue",
    "win": "Win",
    "feedback": "Feedback",
    "body": "Body",
    "member": "Member",
    "holiday": "Holiday",
    "board": "BoardMeeting",
    "snapshot": "Snapshot",
    "decision": "Decision",
    "item": "AgendaItem",
    "attendee": "BoardAttendee",
    "correction": "BoardCorrection",
    "acceptance": "AcceptedWarning",
    "action": "Action",
    "standard": "Standard",
    "integration": "Integration",
    "milestone": "Milestone",
    "benefit": "Benefit",
    "figure": "BenefitFigure",
    "supplier": "Supplier",
    "contract": "Contract",
    "stakeholder": "Stakeholder",
    "audit": "Audit",
    "finding": "AuditFinding",
    "incident": "Incident",
    "assumption": "Assumption",
    "dependency": "Dependency",
    "setting": "Setting",
    "note": "AttachedNote",
    "identifier": "Identifier",
    "field_state": "FieldState",
}

__all__ = [
    "ENTITIES",
    "AcceptedWarning",
    "Action",
    "AgendaItem",
    "Assessment",
    "Assumption",
    "AttachedNote",
    "Attendance",
    "Audit",
    "AuditFinding",
    "Benefit",
    "BenefitFigure",
    "BoardAttendee",
    "BoardCorrection",
    "BoardMeeting",
    "Body",
    "ComplianceItem",
    "Condition",
    "Confidence",
    "Contract",
    "Decision",
    "Dependency",
    "Entity",
    "Feedback",
    "FieldState",
    "Gate",
    "GateCriterion",
    "Holiday",
    "Identifier",
    "Incident",
    "Integration",
    "Issue",
    "Iteration",
    "Journey",
    "JourneyStep",
    "Measurement",
    "Member",
    "Metric",
    "Milestone",
    "Person",
    "Pilot",
    "Programme",
    "Risk",
    "Service",
    "Setting",
    "Snapshot",
    "Stakeholder",
    "Standard",
    "Supplier",
    "TrainingEvaluation",
    "TrainingNeed",
    "TrainingSession",
    "Win",
    "all_entities",
    "entity",
    "is_pointed_at",
    "is_tied",
    "owners",
    "registers",
    "searched",
]

_loaded: dict[str, type[Entity]] = {}


def entity(kind: str) -> type[Entity]:
    """Return the class of a kind, e.g. ``risk``; it is imported when first asked for. Raises KeyError."""
    if kind not in _loaded:
        name = ENTITIES[kind]
        _loaded[kind] = getattr(import_module(f"tracker.entities.{kind}"), name)
    return _loaded[kind]


if not TYPE_CHECKING:  # a misspelt class is for mypy to find

    def __getattr__(name: str) -> type[Entity]:
        """Return a class by its name, for ``from tracker.entities import Risk``. Raises AttributeError.

        It is a name of this module from then on, and not looked for again.
        """
        for kind, class_name in ENTITIES.items():
            if name == class_name:
                globals()[name] = entity(kind)
                return entity(kind)
        raise AttributeError(f"there is no entity {name}")


def all_entities() -> list[type[Entity]]:
    """Return every entity, in the order people meet them."""
    return [entity(kind) for kind in ENTITIES]


def registers() -> list[type[Entity]]:
    """Return every entity but the hidden ones: what people see, and what papers are made from."""
    return [register for register in all_entities() if not register.hidden]


def searched() -> list[type[Entity]]:
    """Return the registers whose words a search looks through: those that people see, notes and identifiers."""
    return [*registers(), entity("note"), entity("identifier")]


def is_tied(kind: str) -> bool:
    """Return whether records of a kind are tied to those of any: notes, identifiers, what is said of fields."""
    return kind in ("note", "identifier", "field_state")


def is_pointed_at(register: type[Entity]) -> bool:
    """Return whether records that people see refer to those of a register."""
    return any(field.target == register.kind for other in registers() for field in other.stored())


def grounds(register: type[Entity]) -> list[type[Entity]]:
    """Return the registers to which a record can belong at once: an action to a pilot, a risk, an issue and more."""
    fields = register.fields()
    names = [name for name in (register.belongs_to, *register.belongs_through) if name]
    return [entity(fields[name].target) for name in names]


def owners(register: type[Entity]) -> list[type[Entity]]:
    """Return the registers that a record belongs to, the nearest first: a measurement to a metric, that to a pilot."""
    owners = []
    while register.belongs_to:
        register = entity(register.fields()[register.belongs_to].target)
        owners.append(register)
    return owners
