"""How the shell tells a user to mend or go on: a command or an option beside what a service says, by its code."""

from tracker.errors import Invalid, Note, Problem, TrackerError

# By code: the sentence with the values of the note or problem; {message} is what the service says.
HOW = {
    "reason.change": "{why} (--reason “…”).",
}


def in_shell(cause: Note | Problem | TrackerError | str) -> str:
    """Return what a service says, with the command or option by which it is mended in a shell."""
    if isinstance(cause, Invalid):
        return "\n".join(map(in_shell, cause.problems))
    code = getattr(cause, "code", "")
    if code not in HOW:
        return str(cause)
    return HOW[code].format(message=cause, **cause.values)  # type: ignore[union-attr]
