"""Gate criteria: what must be so, and the evidence that it is."""

from datetime import date
from typing import Annotated as A
from typing import Literal

from tracker.entities.base import Day, Due, Entity, Needed, Person, Text, Text200, Text400
from tracker.entities.laws import Once, OnlyWhile
from tracker.fields import PAST, TEMPLATE, Column, Length, Ref, Show, Value, Values


class GateCriterion(Entity):
    """One thing that a gate asks; met only with evidence."""

    kind = "criterion"
    noun = "gate criterion"
    plural = "gate criteria"
    prefix = "GC"
    lead_field = "text"
    belongs_to = "gate"
    detail = True
    listed = "last"
    owner_field = "assessor"
    dues = (Due("", "", "", by_rule=True),)
    laws = (
        Needed("evidence", "result", ("met",)),
        Needed("not_applicable_reason", "result", ("not_applicable",), 5),
    )
    closings = (OnlyWhile("not_applicable_reason", "result", ("not_applicable",)),)
    once = (Once(("gate", "text")),)
    example = '"People complete the main task without help" --gate G-01 --standard-ref "Service Standard 4"'

    text: A[str, Length(200, 1), TEMPLATE, Column("Criterion")]
    gate: A[str, Ref("gate"), Column("Gate")]
    mandatory: A[bool, TEMPLATE, Column("Mandatory")] = True
    result: A[
        Literal["not_assessed", "met", "partly", "not_met", "not_applicable"],
        Column("Result", "Met needs evidence"),
    ] = "not_assessed"
    evidence: A[Text400, Column("Evidence", "A sentence or a link", lines=2)] = None
    evidence_added_on: A[Day, PAST, Show("Evidence added on", "Today by itself when evidence is given")] = None
    not_applicable_reason: A[Text200, Show("Why not applicable")] = None
    standard_ref: A[Text, Length(60), TEMPLATE, Show("Serves", "The point of a standard, in short")] = None
    code: A[Text, Length(40), TEMPLATE, Show("Code", "A short word by which signals find it")] = None
    assessor: A[Person, Show("Assessor")] = None

    @classmethod
    def completed(cls, values: dict[str, Value], before: Values | None, today: date) -> dict[str, Value]:
        """Return the values with the day on which the evidence was added or changed."""
        old = before or {}
        changed = values.get("evidence") != old.get("evidence")
        if changed and values.get("evidence_added_on") == old.get("evidence_added_on"):
            values["evidence_added_on"] = today if values.get("evidence") else None
        return values
