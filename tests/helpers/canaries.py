"""A programme whose every text field holds a word that names it, so that one can see where it gets to."""

import re
from typing import Any

from factories import values_of

from tracker.entities import all_entities
from tracker.services.records.writing import add
from tracker.storage.store import Acting, Store

# What may be in a public paper, said once more than in the entities: one more PUBLIC there turns a test red.
PUBLISHED: dict[str, set[str]] = {
    kind: set(names.split())
    for kind, names in {
        "programme": "name sponsor_body purpose board_name start end",
        "service": "name user_groups description annual_volume digital_status lifecycle department "
        "interface_documented public_url",
        "pilot": "name phase service problem hypothesis start first_real_user_on forecast_end actual_end outcome",
        "metric": "name metric_kind pilot service definition definition_variant unit better kpi_code target target_on "
        "band_from band_to min_worthwhile_change source_system periods frequency limitations",
        "measurement": "metric phase period_start period_end cohort status numerator denominator mean sd n total units "
        "events exposure value count_1 count_2 count_3 count_4 count_5 unit definition_variant source_system "
        "online_share revises",
        "gate": "name pilot opens_phase held_on outcome",
        "win": "title what_changed who_benefits event_date pilot",
        "decision": "title question pilot outcome decided_on decided_by",
        "supplier": "name identifier size",
        "contract": "title supplier status value starts_on ends_on",
        "standard": "name standard_kind maintainer version status url",
        "integration": "name provider consumer other_party standard direction status live_on retired_on "
        "replaces_manual_step once_only_items",
    }.items()
}
# What public papers may hold: a condition of a public decision is an action, of which no more is published.
PRINTED = {**PUBLISHED, "action": {"text"}}
SKIPPED = ("programme", "setting", "snapshot")
MORE: dict[str, dict[str, Any]] = {
    "win": {"publishable": True},
    "action": {"status": "dropped"},
    "benefit": {"status": "dropped"},
    "milestone": {"status": "dropped"},
    "body": {"time_zone": "Europe/London"},
    "compliance": {"status": "not_needed"},
    "criterion": {"result": "not_applicable"},
    "feedback": {"response": "wont_do"},
    "measurement": {"numerator": 30, "denominator": 80},
}


def plant(store: Store, by: Acting) -> None:
    """Add a public record of each register; each text field says which register and field it is."""
    for which in all_entities():
        if which.kind in SKIPPED:
            continue
        values = values_of(store, which.kind, by)
        for field in which.settable():
            if field.kind == "text" and not field.glob and field.advised >= 40 and field.name != "channel_mix":
                values[field.name] = f"canary-{which.kind}-{field.name}-".ljust(field.shortest, "x")
        add(store, which.kind, {**values, "visibility": "public", **MORE.get(which.kind, {})}, by)


def canaries(text: str) -> set[tuple[str, str]]:
    """Return the registers and fields that are told in a text."""
    return set(re.findall(r"canary-([a-z]+)-([a-z_]+)-", text))
