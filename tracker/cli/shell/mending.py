"""How the shell tells a user to mend or go on: a command or an option beside what a service says, by its code."""

from tracker.errors import Invalid, Note, Problem, TrackerError

# By code: the sentence with the values of the note or problem; {message} is what the service says.
HOW = {
    "change.unknown": "{message} “tracker history” lists the newest.",
    "file.damaged": (
        "{path} is damaged ({error}). Nothing was changed; run “tracker check”, or restore a backup "
        "with “tracker restore”."
    ),
    "file.empty": "{message} Make it a programme file with “tracker init”, or name another with --file.",
    "file.folder": "{message} Name a file with --file.",
    "file.foreign": "{message} Name your programme file with --file, or make one with “tracker init”.",
    "file.missing": "{message} Make one with “tracker init”, or name another with --file.",
    "file.no_tables": "{message} Restore a backup with “tracker restore”.",
    "file.not_a_programme": "{message} Name another with --file, or make one with “tracker init”.",
    "file.not_made": "{message} Choose another place with --file.",
    "reason.change": "{why} (--reason “…”).",
    "search.count": "The search table holds {have} records, not {expected}; “tracker check --mend” makes it anew.",
    "search.stale": "The search table does not show {stale} records as they are; “tracker check --mend” makes it anew.",
}


def in_shell(cause: Note | Problem | TrackerError | str) -> str:
    """Return what a service says, with the command or option by which it is mended in a shell."""
    if isinstance(cause, Invalid):
        return "\n".join(map(in_shell, cause.problems))
    code = getattr(cause, "code", "")
    if code not in HOW:
        return str(cause)
    return HOW[code].format(message=cause, **cause.values)  # type: ignore[union-attr]
