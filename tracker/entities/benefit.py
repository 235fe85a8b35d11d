"""Benefits: what a change is worth to somebody, who answers for it, and by which metric it shows."""

from typing import Annotated as A
from typing import Literal

from tracker.entities.base import WHY, Entity, Name, Needed, Number, Person, Pilot, Text, Text200, Text400
from tracker.entities.laws import OnlyWhile
from tracker.fields import COSTS, MONEY, Column, Ref, Show


class Benefit(Entity):
    """An improvement that somebody values, or a worsening to be borne; its figures by year are records of their own."""

    kind = "benefit"
    prefix = "BN"
    lead_field = "title"
    on_request = True
    belongs_to = "pilot"
    owner_field = "owner"
    state_field = "status"
    open_states = ("expected", "being_realised")
    ended_states = ("realised", "dropped")
    let_go = (("status", "dropped"), ("dropped_reason", WHY))
    changes_rank = 143
    introduced_by = "benefit_kind"
    own_table = True
    laws = (Needed("dropped_reason", "status", ("dropped",)),)
    closings = (OnlyWhile("dropped_reason", "status", ("dropped",)),)
    example = '"Fewer calls about renewals" --kind cash-releasing --metric M-01'

    title: A[Name, Column("Benefit")]
    benefit_kind: A[
        Literal["cash_releasing", "non_cash_releasing", "economic", "qualitative"],
        Column("Kind", "Cash-releasing: a budget falls by it"),
    ]
    status: A[Literal["expected", "being_realised", "realised", "dropped"], Column("Status")] = "expected"
    pilot: A[Pilot, Column("Pilot")] = None
    owner: A[Person, Column("Owner", "Who answers for realising it")] = None
    metric: A[Text, Ref("metric"), Column("Metric", "By which it is measured")] = None
    dis_benefit: A[bool, Show("Dis-benefit", "Something gets worse, and that is accepted")] = False
    baseline: A[Number, MONEY, COSTS, Show("Baseline", "What it costs in a year without the change")] = None
    beneficiaries: A[Text200, Show("Beneficiaries", "Who gains by it")] = None
    description: A[Text400, Show("Description", "How the change leads to it", lines=3)] = None
    assumptions: A[Text400, Show("Assumptions", "What must hold for it to come", lines=2)] = None
    dropped_reason: A[Text200, Show("Why dropped")] = None
