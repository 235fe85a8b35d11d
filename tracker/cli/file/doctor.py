"""The doctor: what is wrong with the surroundings of the program, and how it is mended."""

from collections.abc import Sequence
from textwrap import wrap

import click

from tracker.cli.file.doctor_mending import mend
from tracker.cli.shell import AS_JSON, Session, as_json, command, data, words
from tracker.cli.shell.tables import terminal_width
from tracker.rules.doctor.finding import Finding, is_wrong
from tracker.rules.wording import counted
from tracker.text import plain

MARKS = {"fine": "● fine", "note": "▲ note", "wrong": "■ wrong"}
USUAL_WIDTH = 80
LEAST_WIDTH = 40
STATUS_WIDTH = 9
LABEL_WIDTH = 16


@command("tracker doctor")
@click.option("--report", is_flag=True, help="Print the newest report of a crash instead.")
@AS_JSON
def doctor(session: Session, report: bool, json_: bool) -> int:
    """Say what is wrong with terminal, file, clock, disk and versions; exit code 1 when something is.

    Nothing is written. It shows names of folders and files, but nothing of the records, and not your name.
    """
    if report:
        return _print_report()
    from tracker.services.doctor.examination import examine

    findings = examine(session.chosen(), session.now())
    if json_:
        as_json({"wrong": is_wrong(findings), "findings": [_as_object(finding) for finding in findings]})
    else:
        _print(findings)
    return 1 if is_wrong(findings) else 0


def _print_report() -> int:
    from tracker.services.doctor.crash import newest_report

    path = newest_report()
    if path is None:
        words("There is no report of a crash.")
        return 0
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        words(f"The newest report cannot be read ({error.strerror}).")
        return 1
    for line in text.splitlines():
        data(line)
    return 0


def _as_object(finding: Finding) -> dict[str, str]:
    """Return a finding as JSON has it; every key is always there."""
    texts = {
        "topic": finding.topic,
        "label": finding.label,
        "value": finding.value,
        "status": finding.status,
        "code": finding.code,
        "problem": finding.problem,
        "mend": mend(finding),
    }
    return {name: plain(text) for name, text in texts.items()}


def _print(findings: Sequence[Finding]) -> None:
    room = (terminal_width() or USUAL_WIDTH) - 1
    topic = ""
    for finding in findings:
        if finding.topic != topic:
            data(f"\n{finding.topic}" if topic else finding.topic)
            topic = finding.topic
        for line in lines_of(finding, room):
            data(line)
    data("")
    data(_verdict(findings))


def lines_of(finding: Finding, room: int) -> list[str]:
    """Return the lines of a finding: mark and word, label and value; below, what is wrong and its mend."""
    begin = f"  {MARKS[finding.status]:<{STATUS_WIDTH}}{finding.label:<{LABEL_WIDTH}} "
    inner = " " * (2 + STATUS_WIDTH)
    lines = _wrapped(finding.value, room, begin, " " * (2 + STATUS_WIDTH + LABEL_WIDTH + 1))
    lines += _wrapped(finding.problem, room, inner, inner)
    remedy = mend(finding)
    if remedy:
        lines.append(f"{inner}Mend: {remedy}")  # never broken: it is there to be copied
    return lines


def _wrapped(text: str, room: int, first: str, other: str) -> list[str]:
    """Return a text in lines; paths and names of packages stay whole, since they are there to be copied."""
    return wrap(
        text,
        max(room, LEAST_WIDTH),
        initial_indent=first,
        subsequent_indent=other,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _verdict(findings: Sequence[Finding]) -> str:
    counts = {status: sum(finding.status == status for finding in findings) for status in MARKS}
    notes = f" {counted(counts['note'], 'note')}." if counts["note"] else ""
    if counts["wrong"]:
        return f"{MARKS['wrong']}: {counts['wrong']} of {len(findings)} lines.{notes}"
    return f"{MARKS['fine']}: nothing is wrong.{notes}"
