"""What the commands of a board's cycle print as JSON."""

from datetime import date
from typing import TYPE_CHECKING, Any

from tracker.cli.shell.mending import mend_warning, take_step
from tracker.cli.shell.output import json_list, json_object, json_value

if TYPE_CHECKING:
    from tracker.entities import BoardMeeting
    from tracker.rules.boards.cycle import Step
    from tracker.rules.boards.preflight import Preflight, Warned
    from tracker.services.board.collecting import Collected
    from tracker.services.board.comparing import Compared
    from tracker.services.board.cycle import Desk


def desk_data(desk: "Desk", today: date) -> dict[str, Any]:
    """Return where a meeting stands, with the days until each step."""
    return {
        "board": json_value(desk.meeting),
        "meets_on": json_value(desk.meets_on),
        "place": desk.place,
        "status": desk.status,
        "snapshot": json_value(desk.snapshot),
        "agenda_items": desk.items,
        "decisions_to_be_taken": desk.asked,
        "decisions_still_drafts": desk.drafts,
        "present": desk.quorum.present,
        "quorum": desk.quorum.needed,
        "notice": desk.notice,
        "steps": [_step_data(step, desk.meeting.ref, today) for step in desk.steps],
    }


def _step_data(step: "Step", board: str, today: date) -> dict[str, Any]:
    data = json_object(step)
    earliest = data.pop("earliest")
    days = (step.due - today).days if step.due else None
    return {**data, "command": take_step(step, board), "earliest": earliest, "days": days}


def collected_data(collected: "Collected") -> dict[str, Any]:
    """Return what is missing for a meeting, by owner."""
    return {
        "board": json_value(collected.meeting),
        "meets_on": json_value(collected.meets_on),
        "as_of": json_value(collected.day),
        "since": json_value(collected.since),
        "owners": [
            {"owner": json_value(request.owner), "owed": json_list(request.owed)} for request in collected.owners
        ],
    }


def preflight_data(board: "BoardMeeting", preflight: "Preflight") -> dict[str, Any]:
    """Return the list before freezing."""
    return {
        "board": {"ref": board.ref, "name": board.title, "uid": board.uid},
        "clear": preflight.clear,
        "open": [_warning_data(warning) for warning in preflight.open],
        "accepted": [
            {**_warning_data(warning), "because": acceptance.because, "acceptance": acceptance.by}
            for warning, acceptance in preflight.accepted
        ],
        "lacks": list(preflight.lacks),
    }


def _warning_data(warning: "Warned") -> dict[str, Any]:
    data = json_object(warning)
    del data["code"], data["values"]
    return {**data, "mend": mend_warning(warning)}


def compared_data(compared: "Compared") -> dict[str, Any]:
    """Return what changed between two snapshots."""
    return {
        "from": compared.old.ref,
        "to": compared.new.ref,
        "cautions": list(compared.cautions),
        "sections": json_list(compared.found),
    }
