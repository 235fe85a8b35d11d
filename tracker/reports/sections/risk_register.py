"""The highest risks in full: why each may happen and what it would do, what is done about it, and where it is to be."""

from collections.abc import Sequence

from tracker.entities import Action, Risk
from tracker.fields import humanise
from tracker.reports.model import Table
from tracker.reports.papers.data import SummaryData, due_cell, table
from tracker.rules.risk import band, open_actions, score
from tracker.rules.wording import ended, listed, optional, upper_first
from tracker.text import natural_order

PARTS = (("cause", "Cause"), ("event", "Event"), ("consequence", "Consequence"))


def risk_cell(risk: Risk) -> str:
    """Return ref and title of a risk, by which every paper calls it, and whether it is a draft."""
    return f"{risk.ref} {risk.title}{(risk.status == 'draft') * ' (draft)'}"


def register_table(data: SummaryData, risks: Sequence[Risk]) -> Table:
    """Return what the register holds of some risks beside their standing."""
    rows = ((risk_cell(risk), _may_happen(risk), _in_hand(data, risk), _aim(data, risk)) for risk in risks)
    titles = ("Risk", "What may happen, and why", "What is done about it", "Appetite and target")
    return table("risk-register", "These risks in full", titles, rows)


def _may_happen(risk: Risk) -> str:
    """Return cause, event and consequence, each under its name, since people begin them as they like."""
    parts = [f"{label}: {ended(text)}" for field, label in PARTS if (text := getattr(risk, field))]
    lacking = [label.lower() for field, label in PARTS if not getattr(risk, field)]
    if lacking:
        parts.append(f"{upper_first(listed(lacking))} not recorded.")
    return " ".join(parts)


def _in_hand(data: SummaryData, risk: Risk) -> str:
    """Return what holds a risk down today, what is done about it, and what is still to be done."""
    actions = sorted(open_actions(data.now, risk), key=lambda action: natural_order(action.ref))
    return " ".join(
        (
            f"Controls: {ended(risk.controls or 'none recorded')}",
            f"Response: {ended(_response(risk))}",
            f"Open actions: {listed(_action(data, action) for action in actions) or 'none'}.",
        )
    )


def _response(risk: Risk) -> str:
    """Return what is done about a risk, with the reason for it."""
    if risk.response is None:
        return "none recorded"
    return (
        humanise(risk.response).lower() + optional(" to ", risk.transfer_party) + optional(", since: ", risk.rationale)
    )


def _action(data: SummaryData, action: Action) -> str:
    return f"{action.ref} {action.text}, due {due_cell(data, action)}"


def _aim(data: SummaryData, risk: Risk) -> str:
    """Return category and appetite of a risk with the highest score that it accepts, and the score that is aimed at."""
    settings = data.now.settings
    category = risk.category
    appetite = settings.appetite(category)
    parts = [
        f"Category: {humanise(category).lower() if category else 'none recorded'}.",
        f"Appetite: {humanise(appetite).lower()}, up to {settings.tolerance(category)}.",
    ]
    now = score(risk)
    if now is not None:
        parts.append(f"Now: {now} ({_band(data, now)}).")
    if risk.target_likelihood is None or risk.target_impact is None:
        return " ".join((*parts, "Target: none recorded."))
    target = risk.target_likelihood * risk.target_impact
    return " ".join((*parts, f"Target: {target} ({_band(data, target)})."))


def _band(data: SummaryData, points: int) -> str:
    return band(points, data.now.settings).replace("_", " ")
