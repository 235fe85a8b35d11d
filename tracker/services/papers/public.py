"""The public version of a programme's papers, from a file or a position; it stops where a text may name somebody."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from tracker.entities import ENTITIES
from tracker.entities.attendance import Attendance
from tracker.entities.need import TrainingNeed
from tracker.entities.pilot import Pilot
from tracker.entities.risk import Risk
from tracker.entities.session import TrainingSession
from tracker.errors import TrackerError
from tracker.reports.model import Report
from tracker.reports.papers.public import PublicData, build_pilot, build_public
from tracker.rules.day import Day, shown_day
from tracker.rules.public.personal_data import scan
from tracker.rules.public.release import Public, Withheld, publishable
from tracker.rules.risk import exposure
from tracker.rules.training import coverage
from tracker.services.settings import read_settings
from tracker.storage.journal.asof import as_of, as_of_tx
from tracker.storage.journal.history import head, last_tx_on, of_record
from tracker.storage.queries import Query, record, records
from tracker.storage.store import Store

DEFAULT_THRESHOLD = 10
HASH_SHOWN = 12
ACCEPT_WORDS = "accept each by its words and a reason (--accept “WORDS=REASON”)"
MEND_WORDS = f"Mend the records, or {ACCEPT_WORDS}."
FROZEN_WORDS = (
    f"What is frozen cannot be mended: {ACCEPT_WORDS}, or publish no papers and record the day alone "
    "(“tracker board set {ref} --status published --published-on DATE”)."
)


class Suspect(NamedTuple):
    """A part of a text in a public paper that looks as if it told who somebody is."""

    what: str
    part: str
    where: str


class Published(NamedTuple):
    """The public papers: the whole, a page for each pilot (its name and the paper), and what is kept internal.

    ``accepted`` are the suspects that somebody let through, each with the reason; ``policy`` says by which figures of
    the programme it was made.
    """

    report: Report
    pages: tuple[tuple[str, Report], ...]
    withheld: tuple[Withheld, ...]
    accepted: tuple[tuple[Suspect, str], ...]
    policy: Mapping[str, Any] = {}


def published(store: Store, day: date, *, accepted: Mapping[str, str] | None = None) -> Published:
    """Return the public papers at the end of a day.

    ``accepted`` gives a reason for each suspected part that may be shown all the same. Raises TrackerError that
    names every other one: nothing is published until it is mended or accepted.
    """
    if not last_tx_on(store, day):
        raise TrackerError(f"Nothing had been recorded by {day}.")
    with as_of(store, day) as then:
        live = (record for kind in ENTITIES if kind != "setting" for record in records(then, Query(kind)))
        return publish(shown_day(day, live, read_settings(then)), head(then)[:8], accepted or {})


def published_of_board(store: Store, board: str, *, accepted: Mapping[str, str] | None = None) -> Published:
    """Return the public papers of what a meeting (a uid) was shown: of the very state that was frozen for it.

    They carry the hash of the snapshot, so that they can be matched with the board's papers. Raises TrackerError as
    ``published`` does, and when nothing was frozen for the meeting.
    """
    meeting: Any = record(store, "board", board)
    snapshot: Any = record(store, "snapshot", meeting.snapshot) if meeting is not None and meeting.snapshot else None
    if snapshot is None:
        raise TrackerError("Nothing was frozen for this meeting yet: “tracker board freeze” does that.")
    made = next(change for change in of_record(store, snapshot.uid) if change.field == "*")
    same_day = made.day is None or made.day <= snapshot.as_of
    with as_of_tx(store, made.tx, snapshot.as_of) if same_day else as_of(store, snapshot.as_of) as then:
        live = (one for kind in ENTITIES if kind != "setting" for one in records(then, Query(kind)))
        found = publish(
            shown_day(snapshot.as_of, live, read_settings(then)),
            snapshot.sha256[:HASH_SHOWN],
            accepted or {},
            FROZEN_WORDS.format(ref=meeting.ref),
        )
    return found._replace(
        report=_frozen(found.report, snapshot.frozen_at),
        pages=tuple((name, _frozen(page, snapshot.frozen_at)) for name, page in found.pages),
    )


def _frozen(paper: Report, at: str) -> Report:
    return replace(paper, header=replace(paper.header, frozen=at))


def publish(shown: Day, digest: str, accepted: Mapping[str, str], mend: str = MEND_WORDS) -> Published:
    """Return the public papers of a position; ``mend`` says what to do where one may not be made.

    Raises TrackerError as ``published`` does.
    """
    data = public_data(shown, digest)
    report = build_public(data)
    pilots = sorted(data.day.all(Pilot), key=lambda pilot: pilot.ref)
    pages = tuple((pilot.name, build_pilot(data, pilot)) for pilot in pilots)
    papers = (report, *(page for _, page in pages))
    found = list(dict.fromkeys(suspect for paper in papers for suspect in suspects(paper)))
    left = [one for one in found if one.part not in accepted]
    if left:
        told = "\n".join(f"  {one.what}: “{one.part}” ({one.where})" for one in left)
        raise TrackerError(
            f"Nothing was published: {len(left)} texts look as if they told who somebody is.\n{told}\n"
            f"{mend} This look is a help, not a guarantee."
        )
    let_through = tuple((one, accepted[one.part]) for one in found)
    policy = {
        "suppression_threshold": data.threshold,
        "publish_ratings": str(shown.settings.values.get("publish_ratings")),
    }
    return Published(report, pages, data.public.withheld, let_through, policy)


def public_data(shown: Day, digest: str) -> PublicData:
    """Return what public papers of a position are made from: stripped records, and counts of the rest."""
    programme = shown.programme
    threshold = programme.suppression_threshold if programme is not None else DEFAULT_THRESHOLD
    public = publishable(shown, threshold)
    bands = exposure(shown.all(Risk), shown.settings, shown.date).bands
    ratings = _ratings(shown, public) if shown.settings.values.get("publish_ratings") == "yes" else {}
    day = Day(shown.date, public.records, shown.settings)
    return PublicData(day, public, threshold, bands, _trained(shown), ratings, digest=digest)


def _trained(shown: Day) -> tuple[int, int] | None:
    found = coverage(
        shown.all(Pilot),
        shown.all(TrainingNeed),
        shown.all(TrainingSession),
        shown.all(Attendance),
        shown.settings,
        shown.date,
    )
    return (found.trained, found.affected) if found.groups else None


def _ratings(shown: Day, public: Public) -> dict[str, str | None]:
    open_pilots = {pilot.uid for pilot in public.records.get("pilot", [])}
    return {pilot.uid: pilot.rating for pilot in shown.all(Pilot) if pilot.uid in open_pilots}


def suspects(paper: Report) -> Iterator[Suspect]:
    """Yield the parts of a paper's texts that look as if they told who somebody is, each with its section."""
    for section in paper.sections:
        for text in _texts(section.blocks):
            for hit in scan(text):
                yield Suspect(hit.what, hit.part, section.title)


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from _texts(getattr(value, name))
