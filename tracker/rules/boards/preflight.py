"""What a secretary mends, or accepts with a reason, before a board's papers are frozen.

Each warning has an id that stays the same from day to day, so that accepting it holds; the id of a hit of personal
data changes with what was found, so that accepting one hit lets no other through.
"""

from collections.abc import Iterable, Iterator, Mapping, Sized
from datetime import date, timedelta
from hashlib import sha256
from typing import NamedTuple

from tracker.entities import (
    Action,
    AgendaItem,
    BoardAttendee,
    BoardMeeting,
    Body,
    Decision,
    Entity,
    Member,
    Person,
    Pilot,
    registers,
)
from tracker.fields import PERSONAL, humanise
from tracker.rules.boards.agenda import not_sought
from tracker.rules.boards.collecting import ratings
from tracker.rules.boards.cycle import FOLLOWS, serves
from tracker.rules.day import Day
from tracker.rules.late import is_late
from tracker.rules.leavers import parting
from tracker.rules.public.personal_data import describe_hits, scan
from tracker.rules.signals.pilot.given_ratings import beside_words, given_ratings
from tracker.rules.signals.programme import judged
from tracker.rules.signals.quality import quality_signal
from tracker.rules.signals.result import GREEN
from tracker.rules.visible.sight import whole_words
from tracker.rules.wording import counted, date_or, listed, lower_first, optional, show_date
from tracker.text import natural_order

NOT_BEGUN = "meeting.not_begun"
HIGH = "high"
MEDIUM = "medium"
SEVERITIES = (HIGH, MEDIUM)


class Warned(NamedTuple):
    """One thing to be mended or accepted: its id, a sentence, the refs it is about, and how grave it is.

    ``code`` says which warning it is, and ``values`` what a front needs to add how it is mended.
    """

    id: str
    sentence: str
    refs: tuple[str, ...]
    severity: str = MEDIUM
    code: str = ""
    values: Mapping[str, str] = {}

    @property
    def kind(self) -> str:
        """What the warning says of whichever record it is about: ``action.overdue``."""
        return self.id.rpartition(".")[0]


class Accepted(NamedTuple):
    """A warning that somebody accepted: its id, why, and by whom (a name)."""

    id: str
    because: str
    by: str = ""


class Preflight(NamedTuple):
    """The list before freezing: what is open, and what was accepted, each with its acceptance.

    ``lacks`` says what the meeting itself is without, such as “has no agenda”; papers can be frozen all the same.
    """

    open: tuple[Warned, ...]
    accepted: tuple[tuple[Warned, Accepted], ...]
    lacks: tuple[str, ...] = ()

    @property
    def clear(self) -> bool:
        """Whether the papers can be frozen."""
        return not self.open


def sorted_out(warned: Iterable[Warned], accepted: Iterable[Accepted]) -> Preflight:
    """Return the warnings apart: those open, and those that were accepted; the last acceptance of an id counts."""
    acceptances = {acceptance.id: acceptance for acceptance in accepted}
    warnings = list(warned)
    return Preflight(
        tuple(warning for warning in warnings if warning.id not in acceptances),
        tuple((warning, acceptances[warning.id]) for warning in warnings if warning.id in acceptances),
    )


def lacking(items: Sized, attendees: Sized, body: Body | None, members: Iterable[Member], day: date) -> Iterator[str]:
    """Yield what a meeting on a day is without: an agenda, a body (None: it names none), members of it, people."""
    if not items:
        yield "has no agenda"
    if body is None:
        yield "names no body"
    elif not any(serves(member, day) for member in members):
        yield f"is of {body.ref}, which has no members on that day"
    if not attendees:
        yield "lists nobody as expected"


def preflight(
    evidence: Day,
    since: date | None,
    full: Day | None = None,
    meeting: str = "",
    telling: frozenset[str] = frozenset(),
) -> list[Warned]:
    """Return every warning about a position, the gravest first; ``since`` is the day of the last board.

    ``meeting`` is the uid of the one that the papers are for. Restricted records are not in the papers: the evidence
    may hold them, and no text of theirs is looked at. ``full`` is the position with all that papers leave out, by which
    pilots are judged, as papers and explanations judge them; ``telling`` are the words that would give that away.
    """
    warnings = [
        *_ratings(evidence, since, full or evidence),
        *_drafts(evidence, meeting),
        *_quality(evidence),
        *_actions(evidence),
        *_attendees(evidence),
        *_visibility(evidence),
        *_personal(evidence),
        *_giving_away(evidence, telling),
    ]
    return sorted(warnings, key=lambda warning: SEVERITIES.index(warning.severity))


def _warning(code: str, ref: str, sentence: str, severity: str = MEDIUM, part: str = "", **values: str) -> Warned:
    """Return a warning about one record; ``part`` tells several of a record apart."""
    return Warned(f"{code}.{ref}{part}", sentence, (ref,), severity, code, values)


def outdated(code: str, ref: str, differences: Iterable[str]) -> Warned:
    """Return the warning that the frozen papers of a meeting say otherwise than the file; accepted as it stands now."""
    listed_differences = listed(differences, 8)
    mark = sha256(listed_differences.encode()).hexdigest()[:4]
    sentence = f"{ref} was changed after its papers were frozen: {OUTDATED[code]} {listed_differences}."
    return _warning(code, ref, sentence, HIGH, f".{mark}")


def before_the_file(board: str, sentence: str) -> Warned:
    """Return the warning, which nobody can accept, that the papers of a meeting (its ref) would show nothing at all."""
    return _warning(NOT_BEGUN, board, f"Nothing can be frozen of that day: {sentence}", HIGH)


def unanswered(decision: Decision, board: str) -> Warned:
    """Return the warning that a meeting which was held (its ref) has no outcome of a decision that was asked of it."""
    sentence = f"No outcome of {decision.ref} is recorded, which {board} was asked for: {decision.title}"
    return _warning("decision.unanswered", decision.ref, sentence, HIGH, board=board)


def restricted_since(board: str, paper: str, refs: Iterable[str]) -> Warned:
    """Return the warning that what a meeting (its ref) was shown, or its minutes, tells of what is restricted since."""
    telling = listed(refs, 8)
    mark = sha256(telling.encode()).hexdigest()[:4]
    sentence = f"{paper} tells of {telling}, restricted since: issue it again, or give it to members alone."
    return _warning("meeting.restricted", board, sentence, HIGH, f".{mark}")


OUTDATED = {
    "meeting.moved": "what they give as",
    "meeting.agenda": "they have another agenda, by",
}


def _ratings(evidence: Day, since: date | None, full: Day) -> Iterator[Warned]:
    after = since or evidence.date - timedelta(evidence.about.board_interval_days)
    for pilot in sorted(evidence.running, key=lambda pilot: natural_order(pilot.ref)):
        named = f"{pilot.ref} {pilot.name}"
        newest = max((report.as_of for report in ratings(evidence, pilot)), default=None)
        if newest is None or newest <= after:
            others = beside_words(given_ratings(evidence, pilot.uid))
            whose = " by its team" * bool(others)
            last = optional("the last one is of ", date_or(newest)) or "there has never been one"
            last += optional(" (", others, ")")
            sentence = f"{named} has no rating{whose} since {show_date(after)}: {last}."
            yield _warning("rating.missing", pilot.ref, sentence, HIGH)
        judgement = judged(full, full.by_uid(Pilot)[pilot.uid])
        if judgement.divergence > 0 and judgement.override.state != "active":
            rating = humanise(judgement.reported or "").lower()
            level = humanise(judgement.level).lower()
            why = lower_first(judgement.override.sentence or "no reason is given.")
            sentence = f"{named} is reported {rating}, the evidence says {level}, and {why}"
            yield _warning("divergence.unexplained", pilot.ref, sentence, HIGH)


def _drafts(evidence: Day, meeting: str) -> Iterator[Warned]:
    for decision in not_sought(evidence, meeting, evidence.of(AgendaItem, "board", meeting)):
        state = {"draft": "still a draft"}.get(decision.status, decision.status)
        sentence = f"{decision.ref} is put down for this meeting and is {state}: the papers do not seek it."
        yield _warning("decision.draft", decision.ref, sentence, HIGH)


def _quality(evidence: Day) -> Iterator[Warned]:
    """Yield what the signal of data quality knows, each record for itself."""
    of_each_record = {
        "quality.provisional": ("figure.provisional", "is provisional: it may still change.", MEDIUM),
        "quality.people": ("person.unknown", "names somebody who was removed.", MEDIUM),
        "quality.decisions": ("options.missing", "is sought with fewer than two options.", HIGH),
    }
    for finding in quality_signal(evidence).findings:
        if finding.level == GREEN:
            continue
        if finding.id == "quality.fresh":
            (ref,) = finding.records
            yield _warning("pilot.stale", ref, finding.sentence)
        if finding.id in of_each_record:
            code, words, severity = of_each_record[finding.id]
            for ref in finding.records:
                yield _warning(code, ref, f"{ref} {words}", severity)


def _actions(evidence: Day) -> Iterator[Warned]:
    for action in sorted(evidence.all(Action), key=lambda action: (action.due or date.max, natural_order(action.ref))):
        if is_late(evidence, action) and not action.evidence:
            late = counted((evidence.date - action.due).days, "day")
            sentence = f"{action.ref} is {late} overdue and has no note of how it stands: {action.text}"
            yield _warning("action.overdue", action.ref, sentence)


def _attendees(evidence: Day) -> Iterator[Warned]:
    """Yield who is expected at a meeting that was not held, and has left by then."""
    for attendee in evidence.all(BoardAttendee):
        board = evidence.get(BoardMeeting, attendee.board)
        person = evidence.get(Person, attendee.person)
        if attendee.attendance != "expected" or board is None or person is None or board.status not in FOLLOWS["held"]:
            continue
        mark = parting(person, board.meets_on)
        if mark:
            sentence = f"{attendee.ref}: {person.ref} {person.display_name} is expected at {board.ref}, and {mark}."
            yield _warning("attendee.left", attendee.ref, sentence)


def _printed(evidence: Day) -> Iterator[Entity]:
    for register in registers():
        if register.printed:
            yield from (record for record in evidence.all(register) if record.visibility != "restricted")


def _visibility(evidence: Day) -> Iterator[Warned]:
    """Yield the records that are marked as sensitive while nobody has said who may read them."""
    for record in _printed(evidence):
        if record.sensitivity:
            marks = ", ".join(record.sensitivity)
            sentence = f"{record.ref} is marked {marks} and is not restricted: the papers will show it."
            yield _warning("visibility.open", record.ref, sentence, HIGH, kind=record.kind)


def _personal(evidence: Day) -> Iterator[Warned]:
    for record in _printed(evidence):
        for field in record.stored():
            if field.kind != "text" or field.glob or PERSONAL in field.flags:
                continue
            text = getattr(record, field.name) or ""
            if not any(sign in text for sign in _SIGNS):
                continue
            hits = scan(text)
            if hits:
                mark = sha256("\n".join(hit.part for hit in hits).encode()).hexdigest()[:4]
                sentence = f"{record.ref}: {' '.join(describe_hits(field.label, hits))}"
                part = f".{field.name}.{mark}"
                yield _warning("personal", record.ref, sentence, HIGH, part, kind=record.kind, option=field.option)


def _giving_away(evidence: Day, telling: frozenset[str]) -> Iterator[Warned]:
    """Yield the texts of what is shown that name something that is not."""
    if not telling:
        return
    pattern = whole_words(*telling)
    for record in _printed(evidence):
        for field in record.stored():
            if field.kind != "text" or field.target or field.glob:
                continue
            names = sorted({match.group() for match in pattern.finditer(getattr(record, field.name) or "")})
            if names:
                mark = sha256("\n".join(names).encode()).hexdigest()[:4]
                sentence = (
                    f"{record.ref}: {lower_first(field.label)} names what is restricted ({listed(names, 3)}). Papers "
                    "print “[not shown]” in its place, and the rest of the text may still give it away."
                )
                part = f".{field.name}.{mark}"
                yield _warning("named", record.ref, sentence, HIGH, part, kind=record.kind, option=field.option)


_SIGNS = "@0123456789MmDd"  # without one of these no pattern of tracker.rules.public.personal_data fits
