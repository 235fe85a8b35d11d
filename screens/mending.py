"""How a person mends or goes on at the screens: a key or a field beside what a service says, by its code."""

from screens.shell.areas import KEYS
from tracker.entities import BoardMeeting
from tracker.errors import Invalid, Note, Problem, TrackerError

# {message} is the sentence of the service, {clause} the same without its full stop; other names are values of the
# note, problem or error. A code that is not here needs no more than its sentence.
HOW = {
    "earlier.read_only": "{message} Press @ to go back to today.",
    # Records
    "found_removed": "{message} To bring it back, press d in its list, then r.",
    "removed": "{message} To bring it back, press d in its list, then r.",
    "not_found": "{message} Type part of a name to choose from those there are.",
    "attendee.twice": "{clause}: press e on its page to change it.",
    "confidence.divergence": "{message} Press v on the page of {pilot} to see the evidence.",
    "decision.conditions": "{clause}: press a on its page.",
    "feedback.untied": "{clause}: press e to name one.",
    "issue.risk": "{clause}: press e on its page to say that it became an issue.",
    "item.decision": "{clause}: press e on its page to put it down.",
    "metric.untied": "{clause}: press e to name one.",
    # Taking in
    "import.unknown": "{message} Choose above of which register they are.",
    # Gates and decisions
    "decision.decided": "{message} Press e on its page to mend what is recorded of it.",
    "gate.opens": "{clause}: press e on its page to say which.",
    # Board meetings
    "archive.not_final": "{message} Press n on its desk to take the next step.",
    "archive.not_frozen": "{message} Press n on its desk to freeze its papers before it meets.",
    "board.back": "{message} Press u to take back a step that was a mistake.",
    "board.closed": "{message} Press a on the page of {board} to say in a correction what is right.",
    "board.frozen": "{message} Press n on its desk to freeze them.",
    "board.new_frozen": "{message} Press n on its desk to freeze them.",
    "board.none_ahead": f"{{message}} Press {KEYS[BoardMeeting.kind]}, then a to put one down.",
    "board.not_held_yet": "{clause}: press n on its desk.",
    "board.order": "{message} Press n on its desk to take that step.",
    "board.undecided": "{message} Press m on its desk, then d to record what was decided.",
    "board.warnings": "{message} Press a on its desk to accept one.",
}


def on_screens(cause: str | Note | Problem | TrackerError) -> str:
    """Return a sentence, with the key or field by which it is mended at the screens."""
    if isinstance(cause, Invalid):
        return "\n".join(map(on_screens, cause.problems))
    message = str(cause)
    if isinstance(cause, Note | Problem | TrackerError) and cause.code in HOW:
        return HOW[cause.code].format(message=message, clause=message.removesuffix("."), **cause.values)
    return message


def in_a_line(*causes: str | Note) -> str:
    """Return sentences after one another, those that are empty left out."""
    return " ".join(filter(None, map(on_screens, causes)))
