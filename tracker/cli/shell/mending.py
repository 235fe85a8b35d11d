"""How the shell tells a user to mend or go on: a command or an option beside what a service says, by its code."""

from typing import TYPE_CHECKING

from tracker.errors import Invalid, Note, Problem, TrackerError

if TYPE_CHECKING:
    from tracker.rules.boards.cycle import Step
    from tracker.rules.boards.preflight import Warned

# What is said by code: {message} is the sentence of the service, {clause} the same without its full stop; other names
# are values of the note, problem or error.
HOW = {
    # Reasons
    "reason": "Say why {deed} (--reason “…”, at least {least} characters).",
    "reason.again": "{frozen} Say why it is frozen again (--reason “…”, at least {least} characters).",
    "reason.change": "{clause} (--reason “…”).",
    "reason.early": "Say why {deed} (--early “…”, at least {least} characters).",
    # Finding, undoing and making records
    "found_removed": "{message} Bring it back with “tracker {kind} restore {ref}”.",
    "condition.no_field": "{message} “tracker {kind} set --help” lists them.",
    "not_found": "{message} “tracker {kind} list” shows them.",
    "not_found.any": "{message} “tracker search” looks within words too.",
    "not_found.identifier": "{message} “tracker id list” shows them.",
    "not_found.note": "{message} “tracker notes REF” prints those on a record.",
    "restored.alone": "{message} “tracker {kind} restore {ref} --with” brings it all back.",
    "restored.orphan": "{message} “tracker {kind} restore {ref} --with” brings back that and what went with it.",
    "removed": "{message} Bring it back first with “tracker {kind} restore {ref}”.",
    "template.kind": "{clause}: say --kind pilot or --kind gate.",
    "setting.unknown": "{message} “tracker settings list” shows them.",
    "undo.nothing": "{message} “tracker undo N” undoes change N of anybody.",
    "undo.unknown": "{message} “tracker history” lists the newest.",
    "who": "{message} Say which with --as or TRACKER_USER.",
    # What hangs on a record that goes or ends, people who left, and what stands once
    "hanging.open": "{message} Say --with to take it along (it is closed, or removed), --move-to REF to give it to "
    "another {noun}, or --leave.",
    "hanging.parts": "{message} Say --with to remove it too, or --move-to REF to give it to another {noun}.",
    "hanging.work": "{message} Say --move-to PERSON, or --leave; “tracker hand-over {ref} PERSON” moves it before or "
    "after.",
    "person.left": "{clause} (--even-though-left).",
    "twice": "{clause} (“tracker {kind} set {ref} …”, “tracker {kind} remove {ref}”).",
    # Registers
    "attendee.deputy": "{clause}: --deputy “…”.",
    "attendee.twice": "{clause}: “tracker attendee set {attendee} …” changes it.",
    "confidence.divergence": "{case} (--divergence-reason, 20 characters or more); “tracker pilot explain {pilot}” "
    "shows the evidence.",
    "decision.conditions": "{clause}: “tracker action add”.",
    "evaluation.no_metric": "Results are shown by a metric: name it with --metric when there is one.",
    "feedback.untied": "{clause}: give --pilot or --service.",
    "issue.risk": "{clause}: say “tracker risk set {risk} --status became-issue”.",
    "item.decision": "{clause}: “tracker decision set {decision} --board {board}”.",
    "metric.percent": "Its unit is %: say what {noun} is measured in, such as --unit minutes.",
    "metric.reworded": "{statement}: if the new words mean something else, give --definition-variant a name of its "
    "own, so that the two are not compared.",
    "metric.untied": "{clause}: give --pilot or --service.",
    "programme.another": "{message} Make another file with “tracker init”.",
    # Taking in
    "import.scale": "{message} “tracker programme set --rating-scale {scale}” lets it rate so.",
    "import.unknown": "{message} Say of which register they are (--register), or give a mapping (--mapping FILE).",
    "import.whole": "{message} “tracker init --from FILE --file NEW” does.",
    # Gates and decisions
    "answer.no_conditions": "Approved with conditions needs at least one: --condition “TEXT; owner NAME; due DATE”.",
    "decision.decided": "{message} “tracker decision set {decision} …” mends what is recorded of it.",
    "decision.no_board": "{clause}: say which with --board.",
    "gate.opens": "{clause}: “tracker gate set {gate} --opens-phase …” does.",
    # Board meetings
    "board.back": "{message} “tracker undo” takes back a step that was a mistake.",
    "board.closed": '{message} Say what is right with “tracker correction add "…" --board {board}”.',
    "board.early": "{waits} Wait, or say why it goes out sooner: “tracker board publish {board} --early “…””.",
    "board.frozen": "{board} is frozen with “tracker board freeze {board}”, which keeps what it is shown.",
    "board.left_out": "{message} “tracker board reissue {board} --reason “…”” issues them again and says so in them.",
    "board.new_frozen": "A meeting becomes frozen with “tracker board freeze”, which keeps what it is shown.",
    "board.no_warning": "{message} “tracker board check {board}” lists those that are.",
    "board.none_ahead": '{message} “tracker board add "November board" --meets-on DATE” puts one down; “tracker board '
    "list” shows those there are.",
    "board.none_before": "{message} Say a day, such as --since 2026-10-08.",
    "board.not_frozen": "{message} “tracker board freeze {board}” does.",
    "board.not_held": "{message} “tracker board hold {board}” records it.",
    "board.not_held_yet": "{clause}: “tracker board hold {board}” does.",
    "board.order": "{before} “tracker board {command} {board}”.",
    "board.not_public": "{message} “tracker board publish {board}” publishes it.",
    "board.published": "{clause}: “tracker report public --board {board}” makes the papers, “tracker board archive "
    "{board} -o FOLDER” the archive for the records.",
    "board.refreeze": "{clause}: “tracker board freeze {board}” makes new ones.",
    "board.restricted_since": "{told} Make it for members alone with --members, or issue it again with that blacked "
    "out: “tracker board reissue {board} --reason “…””.",
    "board.too_late": "{message} “tracker correction add” says what was wrong in it.",
    "board.undecided": "{message} “tracker board decide REF --board {board} …” does.",
    "board.unknown": "{message} “tracker board list” shows those that there are.",
    "board.waits": "{message} “tracker board publish {board} --early “…”” records why it goes out sooner.",
    "board.withdrawn": "{message} “tracker report public --board {board}” makes what stands in its place; “tracker "
    "board publish {board}” publishes it anew.",
    "board.warnings": "{message} “tracker board check {board}” lists them; “tracker board accept {board} ID --because "
    "…” accepts one.",
    # Archives, public versions and what verifies them
    "archive.formats": "{clause}: choose formats with --format.",
    "archive.house_style": "{clause}, which --brand FILE must name.",
    "archive.never_frozen": "{message} “tracker board minutes {board} -o FILE” writes its minutes alone.",
    "archive.not_final": "{message} “tracker board next” says what comes first; “tracker board pack {board}” makes the "
    "papers meanwhile.",
    "archive.not_frozen": "{message} “tracker board freeze {board}” does that before it meets.",
    "journal.same": "{message} “tracker check” proves the rest.",
    "public.frozen": "{texts}\nWhat is frozen cannot be mended: accept each by its words and a reason (--accept "
    "“WORDS=REASON”), or publish no papers and record the day alone (“tracker board set {board} --status published "
    "--published-on DATE”). This look is a help, not a guarantee.",
    "public.lacking": "{clause} (“tracker settings set {setting} … --reason …”).",
    "public.not_frozen": "{clause}: “tracker board freeze” does that.",
    "public.template": "{texts}\nTake it out of the template, or accept each (--accept “WORDS=REASON”).",
    "public.not_named": "{texts} Make it public before papers are frozen (“tracker programme set --visibility "
    "public”), or accept it (--accept “Programme not published=REASON”).",
    "public.reason": "{texts} Say it without, or accept each (--accept “WORDS=REASON”).",
    "public.suspects": "{texts}\nMend the records, or accept each by its words and a reason (--accept “WORDS=REASON”). "
    "This look is a help, not a guarantee.",
    "public.unnamed": "{clause} (“tracker programme set --visibility public”).",
    "public.unrecorded": "{clause}: “tracker board publish {board}” keeps it.",
    # Programme files
    "backup.damaged": "{message} Save it as it is with “tracker backup --as-it-is PATH”, restore an earlier backup "
    "with “tracker restore”, or get out what can be got out with “tracker recover”.",
    "file.checked_damaged": "{clause}; keep the file, and restore a backup with “tracker restore”.",
    "file.damaged": "{message} Restore a backup with “tracker restore”, or get out what can be got out with “tracker "
    "recover”.",
    "file.broken_value": "{message} “tracker check” says what else is; “tracker restore” puts a backup in its place.",
    "file.empty": "{message} Make it a programme file with “tracker init”, or name another with --file.",
    "file.folder": "{message} Name a file with --file.",
    "file.foreign": "{message} Name your programme file with --file, or make one with “tracker init”.",
    "file.missing": "{message} Make one with “tracker init”, or name another with --file.",
    "file.no_programme": "{message} Make one with “tracker init”.",
    "file.no_tables": "{message} Restore a backup with “tracker restore”.",
    "file.none": "{message} Name another with --file, or make one with “tracker init”.",
    "file.not_made": "{message} Choose another place with --file.",
    "file.taken": "{message} Open it with --file, or choose another place.",
    "recover.nothing": "{message} A backup can be put back with “tracker restore”.",
    "restore.altered": "{message} To restore it all the same, say --even-altered.",
    "restore.another": "{message} To put it there all the same, say --another-programme.",
    "restore.damaged": "{message} “tracker recover” gets out of it what can be got out.",
    "restore.unknown": "{message} If it was your programme and is damaged, say --replace-anything.",
    "search.stale": "{clause}; “tracker check --mend” makes it anew.",
}

# How a warning before the papers of a board are frozen is mended, by its code.
WARNINGS = {
    "attendee.left": "tracker attendee remove {ref} --reason …",
    "action.overdue": "tracker action set {ref} --evidence …",
    "decision.draft": "tracker decision set {ref} --status sought",
    "decision.unanswered": "tracker board decide {ref} --board {board} --outcome …",
    "divergence.unexplained": "tracker confidence add {ref} --rating … --divergence-reason …",
    "figure.provisional": "tracker measurement set {ref} …",
    "meeting.agenda": "tracker board freeze {ref} --reason …",
    "meeting.not_begun": "tracker board set {ref} --as-of …",
    "meeting.moved": "tracker board freeze {ref} --reason …",
    "meeting.restricted": "tracker board reissue {ref} --reason …",
    "named": "tracker {kind} set {ref} --{option} …",
    "options.missing": "tracker decision set {ref} …",
    "person.unknown": "tracker show {ref}",
    "personal": "tracker {kind} set {ref} --{option} …",
    "pilot.stale": "tracker pilot set {ref} …",
    "rating.missing": "tracker confidence add {ref} --rating …",
    "visibility.open": "tracker {kind} set {ref} --visibility restricted",
}
# How a step of a board's cycle is taken, by the state that it leads to.
STEPS = {
    "collecting": "tracker board collect {board}",
    "frozen": "tracker board check {board}",
    "held": "tracker board hold {board}",
    "minutes_draft": "tracker board minutes {board}",
    "minutes_approved": "tracker board approve {board} --by NAME",
    "published": "tracker board publish {board}",
}


def mend_warning(warning: "Warned") -> str:
    """Return a command, or the beginning of one, that puts right what a warning is about."""
    return WARNINGS[warning.code].format(ref=warning.refs[0], **warning.values)


def take_step(step: "Step", board: str) -> str:
    """Return the command by which a step of a meeting (its ref) is taken."""
    return STEPS[step.leads_to].format(board=board)


def in_shell(cause: str | Note | Problem | TrackerError) -> str:
    """Return a sentence, with the command or option by which it is mended in a shell."""
    if isinstance(cause, Invalid):
        return "\n".join(map(in_shell, cause.problems))
    if isinstance(cause, Note | Problem | TrackerError) and cause.code in HOW:
        message = str(cause)
        return HOW[cause.code].format(message=message, clause=message.removesuffix("."), **cause.values)
    return str(cause)
