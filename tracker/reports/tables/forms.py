"""Which tables each paper gives as data, with the fields of each: what portals and the charts of readers rely on.

A field is found by the title of its column in the paper. Whoever renames a column there names the new title here as
its source and leaves the field as it is.
"""

from typing import NamedTuple

from tracker.entities import BenefitFigure, Entity, registers
from tracker.entities.states import open_columns
from tracker.reports.model import Heading, Report

SECTION = "@section"  # sources that are no columns: the title of the section without its number, the ref in the id
REF = "@ref"  # of the table,
PIECE = "@piece"  # what the caption says before its colon or comma,
CHART = "@chart"  # and the title of the chart whose figures the table has
TOTAL = "Total of "
READ_AS = {"date": "day", "number": "number", "decimal": "number", "money": "number"}  # by the kinds of fields
ON = "On *"  # a column whose title names a day


class Spec(NamedTuple):
    """A field: its title, how its cells are read (a name of tracker.reports.tables.cells), and its sources.

    A source is the title of a column in the paper, where * stands for anything; the title itself is one.
    """

    title: str
    read: str = "text"
    sources: tuple[str, ...] = ()


class Form(NamedTuple):
    """A table of data: its name, its caption, the ids of the tables that it is made of (see ``key``), its fields.

    Rows whose name begins with TOTAL add others up, and are no records: who reads data adds them up.
    """

    name: str
    caption: str
    ids: tuple[str, ...]
    specs: tuple[Spec, ...]


def fields(*typed: str) -> tuple[Spec, ...]:
    """Return the fields of a form, each written as ``Title:reader<Source<Source``; reader, sources may be left out."""
    specs = []
    for text in typed:
        named, *sources = text.split("<")
        title, _, read = named.partition(":")
        specs.append(Spec(title, read or "text", tuple(sources)))
    return tuple(specs)


_OF_PILOT = "Pilot<@section"
_RATED = ("Whose<Whose, on which scale", "Rating", "Report", "Why")
_METRIC = (
    "Metric", _OF_PILOT, "Before:amount", "After:amount", "Change:interval<Change (interval)", "Verdict",
    "Target:amount",
)  # fmt: skip
_PILOTS = Form(
    "pilots", "Pilots", ("pilots", "every-pilot"),
    fields("Pilot", "Phase", "Reported", f"Reported before<Report before<{ON}", "Evidence", "Next decision:day",
           "Why it is rated so", "To note"),
)  # fmt: skip
_PACK = (
    _PILOTS,
    Form("agenda", "Agenda", ("agenda",),
         fields("No.:number", "Item", "Kind", "Decision", "Presented by", "Minutes:number")),
    Form("actions", "Open actions", ("actions-overdue", "actions-open"),
         fields("Group<@piece", "Action", "Owner", "Due:day", "Re-dated:times", "Priority", "Days late:number")),
    Form("actions-settled", "Actions settled", ("actions-settled",),
         fields("Action", "Owner", "Settled:done", "How one can see it")),
    Form("decisions-taken", "Decisions taken", ("decisions-taken",),
         fields("Decision", "Outcome", "On:day", "By", "Why")),
    Form("changes", "What changed", ("changes-*",), fields("Group<@piece", "Record", "What changed")),
    Form("pilot-ratings", "Ratings of pilots", ("pilot/ratings",), fields(_OF_PILOT, *_RATED)),
    Form("pilot-gates", "Gates of pilots", ("pilot/gates",),
         fields(_OF_PILOT, "Gate", "Opens", "Held or planned:day", "Outcome", "Criteria:part", "Conditions:number")),
    Form("pilot-criteria", "Criteria of gates that are not met", ("pilot/criteria",),
         fields(_OF_PILOT, "Gate<@ref", "Criterion", "Result", "Evidence")),
    Form("pilot-dates", "Dates of pilots", ("pilot/dates",),
         fields(_OF_PILOT, "Milestone", "First agreed:day", "Now:day", "Slip in days:slip<Slip")),
    Form("pilot-moves", "Dates that were moved", ("pilot/moves",),
         fields(_OF_PILOT, "Recorded on:day<Recorded on<True on", "What was moved", "Why")),
    Form("pilot-evidence", "What the evidence says of pilots", ("pilot/evidence",),
         fields(_OF_PILOT, "Level", "Looked at<Dimension", "What the records show")),
    Form("pilot-iterations", "Iterations", ("pilot/iterations",),
         fields(_OF_PILOT, "Iteration and its goal", "When:span", "Goal", "Users:number", "Learned")),
    Form("pilot-confidence", "Confidence in pilots over time", ("pilot/confidence-data",),
         fields(_OF_PILOT, "Day:day", "Reported", "Evidence")),
    Form("pilot-rhythm", "Days between the ends of iterations", ("pilot/rhythm-data",),
         fields(_OF_PILOT, "Iteration:ended<Iteration ended", "Days:number")),
    Form("metrics", "Every metric, before and after", ("metrics", "pilot/metrics"), fields(*_METRIC)),
    Form("pilot-risks", "Open risks of pilots", ("pilot/risks",),
         fields(_OF_PILOT, "Open risk", "Band:band", "Change", "Owner", "Next review:due")),
    Form("pilot-training", "Trained by pilot and role group", ("pilot/training",),
         fields(_OF_PILOT, "Role group", "Trained:part", "Share:share", "Needed by:day", "Standing")),
    Form("pilot-wins", "Small wins of pilots", ("pilot/wins",), fields(_OF_PILOT, "Small win", "Date:day", "Standing")),
    Form("pilot-feedback", "You said, we did", ("pilot/feedback",),
         fields(_OF_PILOT, "You said", "Who said it", "We did")),
    Form("metric-figures", "Figures of metrics", ("metric-data",),
         fields("Metric<@chart", "Period:period", "Value:amount", "Low:bound<From", "High:bound<To", "Made of")),
    Form("metric-definitions", "What each metric measures", ("metric-definitions",),
         fields("Metric", "Definition", "What to bear in mind")),
    Form("risk-matrix", "Risks by likelihood and impact", ("risk-matrix-data",),
         fields("Risk", "Likelihood:number", "Impact:number", "Score:number", "Last time")),
    Form("risk-bands", "Risks by band", ("risk-bands",),
         fields("Band", "Before controls:number", "Now:number", "Target:number")),
    Form("top-risks", "The risks with the highest scores", ("top-risks",),
         fields("Risk", "Pilot", "Band:band", "Change", "Owner", "Next review:due")),
    Form("risk-register", "The top risks in full", ("risk-register",),
         fields("Risk", "What may happen, and why", "What is done about it", "Appetite and target")),
    Form("issues", "Open issues", ("issues",), fields("Issue", "Severity", "Owner", "Due:due", "What it does")),
    Form("training", "Trained by role group", ("training-data",),
         fields("Role group", "Trained:number", "Affected:number", "Share:share", "Note")),
    Form("training-groups", "Training by pilot and role group", ("training-groups",),
         fields("Role group and pilot", "Trained:part", "Share:share", "Needed by:day", "Standing")),
    Form("training-warnings", "Warnings about training", ("training-warnings",),
         fields("Level", "Pilot", "What the records show")),
    Form("sessions", "Training sessions", ("sessions",),
         fields("Session", "Pilot", "Date:day", "Status", "Booked:number", "Present:number", "Passed:number")),
    Form("programme-ratings", "Ratings of the programme", ("programme-ratings",), fields(*_RATED)),
    Form("gates", "Gates", ("gates",),
         fields("Gate", "Pilot", "Held or planned:day", "Outcome", "Criteria not settled:part")),
    Form("conditions", "Open conditions", ("conditions",), fields("Condition", "Gate", "Owner", "Due:due")),
    Form("compliance", "Compliance that is not settled", ("compliance",),
         fields("Item", "Pilot", "Status", "Due:due", "Review:day")),
    Form("services", "Services in scope by level", ("services",), fields("Service", "State", "Level:number", "Is")),
    Form("integrations", "Integrations", ("integrations",),
         fields("Integration", "From and to", "Standard", "Status", "Counted", "Monitored")),
    Form("standards", "Standards and shared components", ("standards",),
         fields("Standard", "Kind", "Status", "Maintained by", "Used by")),
    Form("journeys", "Journeys before and after", ("journey",),
         fields("Journey<@ref", "Measure", "Before:lasting", "After:lasting", "Difference:lasting")),
    Form("journey-minutes", "Minutes of journeys", ("journey-minutes-data",),
         fields("Journey<@ref", "Part", "Before:lasting", "After:lasting")),
    Form("wins", "Small wins", ("wins",),
         fields("Win", "Pilot", "Date:day", "Who benefits", "Standing", "What changed")),
    Form("finance", "Money of each pilot", ("finance", "finance-first"),
         fields("Pilot", "Budget:number", "Forecast:number", "Variance:number", "Variance share:share<In per cent",
                "Spent:number", "Spent as of:day")),
    Form("forward", "Forward look", ("forward",), fields("Date:day", "What", "Of which", "Who")),
    Form("late", "Late on the day", ("late",),
         fields("What", "Of which", "Who", "Due:day", "Days late:number<How late")),
    Form("data-quality", "Data quality", ("data-quality",), fields("Level", "What the records show")),
    Form("thresholds", "Thresholds used", ("thresholds",), fields("Threshold", "Value", "Default", "Is", "Meaning")),
    Form("records", "Records by register", ("records",), fields("Register", "Records:number", "Refs")),
    Form("corrections", "Corrections", ("corrections",), fields("Record", "Date:day", "What was corrected")),
)  # fmt: skip
_PUBLIC = (
    Form("pilots", "Pilots", ("pilots",),
         fields("Pilot", "Phase", "Reported", "Also rated", "First real users:day", "Planned to end:day",
                "What it is about")),
    Form("metrics", "Metrics before and after", ("metrics",),
         fields("Metric", "Pilot", "Before:amount", "After:amount", "Change:interval<Change (interval)", "Verdict")),
    Form("gates", "Gates that were held", ("gates",), fields("Gate", "Pilot", "Held on:day", "Outcome")),
)  # fmt: skip


_YEARS = Form("benefits-by-year", "Benefits by year", ("benefits-by-year",),
              fields("Year", "Kind", "Target:number", "Forecast:number", "Realised:number"))  # fmt: skip


def _of_register(register: type[Entity]) -> Form:
    """Return the form of a register that has a table of its own in the pack: its open records, typed as its fields."""
    specs = [Spec("Ref")]
    for field in open_columns(register):
        read = READ_AS.get(field.kind, "text")
        if field.kind == "date" and field.name == register.due_field:
            read = "due"
        specs.append(Spec(field.label, read))
    name = f"open-{register.kind}"
    title = f"Open {register.plural}" if register.open_states else register.plural.capitalize()
    return Form(name, title, (name,), tuple(specs))


def forms_of(report: Report) -> tuple[Form, ...]:
    """Return the tables that a paper always gives, with a row in them or without; none of a paper that has no form."""
    sections = {section.id for section in report.sections}
    if report.header.audience == "Public":
        return _PUBLIC if "pilots" in sections else ()
    if "records" in sections:
        headings = {block.text for section in report.sections for block in section.blocks if isinstance(block, Heading)}
        listed = [
            register
            for register in registers()
            if register.own_table and (not register.on_request or register.plural.capitalize() in headings)
        ]
        years = (_YEARS,) if BenefitFigure in listed else ()
        return (*_PACK, *map(_of_register, listed), *years)
    return (_PILOTS,) if "headline" in sections else ()
