"""The public version of a programme's papers, from a file or a position; it stops where a text may name somebody."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from tracker.entities import (
    Action,
    AgendaItem,
    Attendance,
    BoardCorrection,
    BoardMeeting,
    Body,
    Decision,
    Entity,
    Measurement,
    Pilot,
    Risk,
    Snapshot,
    TrainingNeed,
    TrainingSession,
)
from tracker.errors import Note, TrackerError
from tracker.reports.model import CODE, Report
from tracker.reports.papers.public import build_pilot, build_public
from tracker.reports.papers.public_data import NO_OUTCOME, Conditions, Outcome, PublicData
from tracker.reports.visible.paper import IN_PLACE, blacked
from tracker.rules.apart import apart, standing
from tracker.rules.boards.cycle import CLOSED
from tracker.rules.day import Day, Hidden
from tracker.rules.public.release import Public, Withheld, kinds_of_nothing, publishable, restricted
from tracker.rules.public.rights import lacking
from tracker.rules.risk import Exposure, exposure
from tracker.rules.settings import Settings
from tracker.rules.signals.pilot.given_ratings import beside_words, given_ratings
from tracker.rules.training import coverage
from tracker.rules.visible.sight import Sight, hidden_words, sight
from tracker.services.board.snapshots import Withdrawal, withdrawals
from tracker.services.evidence import closed_now, everything
from tracker.services.papers.suspects import Look, Suspect, look_of, suspects
from tracker.services.reading import require_begun
from tracker.services.settings import read_settings
from tracker.storage import Store, record, records
from tracker.storage.journal.asof import as_of
from tracker.storage.journal.history import head, of_record
from tracker.storage.said import nothings
from tracker.text import natural_order

HASH_SHOWN = 12
NOT_YET = "Public version, not published yet"


class Published(NamedTuple):
    """The public papers: the whole, a page for each pilot (its name and the paper), and what is kept internal.

    ``accepted`` are the suspects that somebody let through, each with the reason; ``policy`` says by which figures of
    the programme it was made, ``lacking`` what readers are not told because nobody has set it.
    """

    report: Report
    pages: tuple[tuple[str, Report], ...]
    withheld: tuple[Withheld, ...]
    accepted: tuple[tuple[Suspect, str], ...]
    policy: Mapping[str, int | str] = {}
    lacking: tuple[Note, ...] = ()

    def headed(self, **facts: str | date | None) -> "Published":
        """Return the papers with more facts on top of each (fields of a Header)."""
        report, *pages = (
            replace(paper, header=replace(paper.header, **facts))  # type: ignore[arg-type]
            for paper in (self.report, *(page for _, page in self.pages))
        )
        names = (name for name, _ in self.pages)
        return self._replace(report=report, pages=tuple(zip(names, pages, strict=True)))


def published(
    store: Store, day: date, *, accepted: Mapping[str, str] | None = None, on: date | None = None
) -> Published:
    """Return the public papers at the end of a day; ``on`` is the day on which they are published.

    ``accepted`` gives a reason for each suspected part that may be shown all the same. Raises TrackerError that
    names every other one: nothing is published until it is mended or accepted.
    """
    require_begun(store, day)
    closed = closed_now(store)
    withdrawn = withdrawals(store)
    with as_of(store, day) as past:
        papers = publish(
            _position(past, day, closed, read_settings(store)),
            head(past)[:CODE],
            _accepted_too(withdrawn, accepted),
            look_of(store),
            outcome=Outcome(withdrawn=_sentences(withdrawn)),
        )
    return papers.headed(published=on)


def _accepted_too(withdrawn: Iterable[Withdrawal], accepted: Mapping[str, str] | None) -> dict[str, str]:
    """Return what may be shown, and why: here, and where editions were withdrawn."""
    return {part: because for notice in withdrawn for part, because in notice.accepted.items()} | dict(accepted or {})


def _sentences(withdrawn: Iterable[Withdrawal]) -> tuple[str, ...]:
    return tuple(notice.sentence for notice in withdrawn)


def published_of_board(
    store: Store, board: str, *, accepted: Mapping[str, str] | None = None, on: date | None = None
) -> Published:
    """Return the public papers of what a meeting (a uid) was shown: of the very state that was frozen for it.

    They carry the hash of the snapshot, so that they can be matched with the board's papers. ``on`` is the day on which
    they are published; without one, given or recorded, they say that they are not yet. Raises TrackerError as
    ``published`` does, and when nothing was frozen for the meeting.
    """
    meeting = record(store, BoardMeeting, board)
    snapshot = None
    if meeting is not None and meeting.snapshot:
        snapshot = record(store, Snapshot, meeting.snapshot)
    if meeting is None or snapshot is None:
        raise TrackerError("Nothing was frozen for this meeting yet.", "public.not_frozen")
    frozen_by = next(change for change in of_record(store, snapshot.uid) if change.field == "*")
    closed = closed_now(store)
    withdrawn = withdrawals(store)
    outcome = _outcome(store, meeting, closed)._replace(withdrawn=_sentences(withdrawn))
    with as_of(store, snapshot.as_of, up_to=frozen_by.tx) as past:
        papers = publish(
            _position(past, snapshot.as_of, closed, read_settings(store), outcome),
            snapshot.sha256[:HASH_SHOWN],
            _accepted_too(withdrawn, accepted),
            look_of(store),
            meeting.ref,
            outcome,
        )
    if meeting.status == "published":
        on = on or meeting.published_on
    if on is None:
        papers = papers.headed(version=NOT_YET)
    if meeting.body:  # the programme's own board is another
        body = record(store, Body, meeting.body)
        named = body is not None and body.uid not in closed.uids and body.visibility != "restricted"
        papers = papers.headed(board=body.name if body is not None and named else "")
    return papers.headed(frozen=snapshot.frozen_at, published=on)


def _outcome(store: Store, meeting: BoardMeeting, closed: Hidden) -> Outcome:
    """Return what came of a meeting and may be published: decisions that it took, and approved minutes of its items."""
    decisions = [decision for decision in records(store, Decision, board=meeting.uid) if decision.status == "taken"]
    items = records(store, AgendaItem, board=meeting.uid) if meeting.status in CLOSED else []
    minutes = [
        item
        for item in sorted(items, key=lambda item: item.item_order or 0)
        if item.minutes and item.visibility == "public" and not item.sensitivity and item.uid not in closed.uids
    ]
    corrections = records(store, BoardCorrection, board=meeting.uid) if minutes else []
    shown = (entry for entry in corrections if entry.uid not in closed.uids and entry.visibility != "restricted")
    conditions = [action for decision in decisions for action in records(store, Action, decision=decision.uid)]
    return Outcome(tuple(decisions), tuple(minutes), corrections=tuple(shown), conditions=tuple(conditions))


def _position(past: Store, day: date, closed: Hidden, today: Settings, outcome: Outcome = NO_OUTCOME) -> Sight:
    """Return a day with and without what is hidden, with what is said of fields that have no value.

    ``today`` are the settings as they are now: they say who publishes. ``outcome`` is what was decided since.
    """
    settings = read_settings(past).but(
        publisher=today.publisher,
        licence=today.licence,
        licence_address=today.licence_address,
        public_contact=today.public_contact,
        accessibility=today.accessibility,
    )
    since: dict[str, Entity] = {record.uid: record for record in (*outcome.decisions, *outcome.conditions)}
    position = [since.pop(record.uid, record) for record in everything(past)]
    views = sight(day, [*position, *since.values()], settings, closed)
    return views.with_journal({}, {}, nothings(past))


def publish(
    views: Sight,
    digest: str,
    accepted: Mapping[str, str],
    look: Look,
    frozen_for: str = "",
    outcome: Outcome = NO_OUTCOME,
) -> Published:
    """Return the public papers of a position, looked through.

    ``frozen_for`` is the ref of the meeting for which it is frozen, ``outcome`` what came of that. Raises TrackerError
    as ``published`` does.
    """
    data = _with_outcome(public_data(views, digest), outcome)
    words = hidden_words(views)
    report = blacked(build_public(data), words, IN_PLACE)
    pilots = sorted(data.day.all(Pilot), key=lambda pilot: natural_order(pilot.ref))
    pages = tuple((pilot.name, blacked(build_pilot(data, pilot), words, IN_PLACE)) for pilot in pilots)
    papers = (report, *(page for _, page in pages))
    found_suspects = list(dict.fromkeys(suspect for paper in papers for suspect in suspects(paper, look)))
    open_suspects = [suspect for suspect in found_suspects if suspect.part not in accepted]
    if open_suspects:
        raise _not_published(open_suspects, frozen_for)
    return Published(
        report,
        pages,
        data.public.withheld,
        tuple((suspect, accepted[suspect.part]) for suspect in found_suspects),
        {
            "suppression_threshold": data.threshold,
            "publish_ratings": views.visible.settings.publish_ratings,
        },
        lacking(views.visible.settings, report.header.programme),
    )


def _not_published(open_suspects: Sequence[Suspect], frozen_for: str) -> TrackerError:
    """Return the error that names what is to be mended or accepted first."""
    lines = "".join(f"\n  {suspect.what}: “{suspect.part}” ({suspect.where})" for suspect in open_suspects)
    texts = f"Nothing was published: {len(open_suspects)} texts look as if they told who somebody is.{lines}"
    code = "public.suspects"
    advice = "Mend the records, or accept each by its words and a reason."
    if frozen_for:
        code = "public.frozen"
        advice = "What is frozen cannot be mended: accept each by its words and a reason."
    return TrackerError(f"{texts}\n{advice} This look is a help, not a guarantee.", code, texts=texts, board=frozen_for)


def _with_outcome(data: PublicData, outcome: Outcome) -> PublicData:
    """Return the data with what came of a meeting; items whose minutes are told are not withheld."""
    shown = {(item.kind, item.ref) for item in outcome.minutes}
    withheld = tuple(entry for entry in data.public.withheld if (entry.kind, entry.ref) not in shown)
    return data._replace(outcome=outcome, public=data.public._replace(withheld=withheld))


def public_data(views: Sight, digest: str) -> PublicData:
    """Return what public papers of a position are made from: stripped records, and counts of the rest.

    Of risks that are not shown only the number is told, never the band. Risks and training are counted only for a
    programme that is public itself.
    """
    day = views.visible
    threshold = day.about.suppression_threshold
    public = publishable(day, threshold)
    every_asked = _asked(views.full)
    conditions = _open_conditions(day)
    listed_conditions = {(action.kind, action.ref) for actions in conditions.values() for action in actions}
    withheld = (entry for entry in public.withheld if (entry.kind, entry.ref) not in listed_conditions)
    public = public._replace(withheld=(*withheld, *restricted(views)))
    counted_too = day.programme is not None and day.programme.visibility == "public"
    bands, every_band = map(_exposure, (day, views.full))
    ratings = _ratings(views, public)
    beside = {uid: beside_words(given_ratings(day, uid)) for uid in ratings}
    stripped = Day(day.date, public.records, day.settings, nothings=kinds_of_nothing(day, public))
    trained = _trained(day) if counted_too else None
    return PublicData(
        stripped,
        public,
        threshold,
        bands.bands if counted_too else (),
        trained,
        ratings,
        beside,
        metrics_hidden=_metrics_untold(views),
        metrics_not_final=_metrics_not_final(views),
        risks_hidden=(every_band.live - bands.live) * counted_too,
        risks_apart=sum(map(len, apart(day, Risk).values())) * counted_too,
        conditions={
            uid: Conditions(tuple(action.text for action in actions), len(actions) < len(every_asked[uid]))
            for uid, actions in conditions.items()
        },
        training_hidden=counted_too and trained != _trained(views.full),
        digest=digest,
    )


def _asked(day: Day) -> dict[str, list[Action]]:
    """Return what decisions with conditions ask for, by their uids."""
    decisions = [decision for decision in day.all(Decision) if decision.outcome == "approved_with_conditions"]
    return {decision.uid: day.of(Action, "decision", decision.uid) for decision in decisions}


def _open_conditions(day: Day) -> dict[str, list[Action]]:
    """Return which of these are marked public."""
    return {
        uid: [action for action in actions if action.visibility == "public" and not action.sensitivity]
        for uid, actions in _asked(day).items()
    }


def _exposure(day: Day) -> Exposure:
    """Return the risks by band as papers of the board count them: without those of what was stopped or removed."""
    return exposure(standing(day, day.all(Risk)), day.settings, day.date)


def _trained(day: Day) -> tuple[int, int] | None:
    running = day.running
    groups = coverage(
        running,
        [need for need in day.all(TrainingNeed) if need.pilot in {pilot.uid for pilot in running}],
        day.all(TrainingSession),
        day.all(Attendance),
        day.settings,
        day.date,
    )
    return (groups.trained, groups.affected) if groups.groups else None


def _ratings(views: Sight, public: Public) -> dict[str, str | None]:
    """Return what is reported of each public pilot, but where the newest report of it is restricted."""
    day = views.visible
    if day.settings.publish_ratings != "yes":
        return {}
    open_pilots = {pilot.uid for pilot in public.records.get("pilot", [])}
    newest = views.full.by_uid(Pilot)
    return {
        pilot.uid: pilot.rating
        for pilot in day.all(Pilot)
        if pilot.uid in open_pilots and pilot.rating == newest[pilot.uid].rating
    }


def _metrics_not_final(views: Sight) -> frozenset[str]:
    """Return the uids of the metrics of which there is a figure that is not final: it is not told, and not missing."""
    figures = views.visible.all(Measurement)
    return frozenset(figure.metric for figure in figures if figure.status not in Measurement.public_states)


def _metrics_untold(views: Sight) -> frozenset[str]:
    """Return the uids of the metrics of which a measurement is restricted: others would tell but a part."""
    hidden = views.visible.hidden.uids
    return frozenset(figure.metric for figure in views.full.all(Measurement) if figure.uid in hidden)
