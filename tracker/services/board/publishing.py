"""Publishing what a meeting was shown: not before its day, and what went out is kept under its hash like the papers."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from tracker.entities import BoardMeeting, Snapshot
from tracker.errors import Note, TrackerError
from tracker.reports.branding.brand import NO_BRANDING, Branding
from tracker.reports.files.canonical import read_report
from tracker.reports.files.site import site
from tracker.rules.boards import cycle as rules
from tracker.rules.public.rights import UNNAMED
from tracker.rules.wording import show_date
from tracker.services.board.cycle import meeting, publication_delay
from tracker.services.board.reissuing import for_everybody
from tracker.services.board.snapshots import PUBLIC, Content, content, keep, paper, snapshots_of_meeting
from tracker.services.guards.boards import EARLY
from tracker.services.papers.public import Published, published_of_board
from tracker.services.papers.suspects import Suspect
from tracker.services.records.checking import require_reason
from tracker.services.records.writing import Edit, Saved, editing
from tracker.storage import Acting, Store, record, records

LONGEST_ACCEPTED = 4000
LONGEST_REASON = 300


class _Release(NamedTuple):
    """A publication: the meeting, its snapshot, what goes out, when, and why before its day (empty: it is not)."""

    board: BoardMeeting
    snapshot: Snapshot
    papers: Published
    day: date
    delay: int
    early: str


def publish(
    store: Store,
    uid: str,
    by: Acting,
    *,
    on: date | None = None,
    accepted: Mapping[str, str] | None = None,
    early: str | None = None,
) -> Saved:
    """Record that what a meeting was shown and decided was published, and keep the public version of its papers.

    ``accepted`` gives a reason for each suspected part that may be shown, ``early`` says why it goes out before its
    day. A meeting without frozen papers has no public version. Raises TrackerError, nothing recorded then.
    """
    board = meeting(store, uid)
    recorded = _hold_order(store, board)
    day = on or recorded or by.today
    delay = publication_delay(store)
    reason = _reason(board.ref, rules.not_yet_public(board, delay, day), early)
    snapshot = record(store, Snapshot, board.snapshot)
    release = None
    lacking: tuple[Note, ...] = ()
    if snapshot is not None:
        papers = _named(published_of_board(store, uid, accepted=accepted, on=day), board.ref, accepted or {})
        lacking = papers.lacking
        release = _Release(board, snapshot, papers, day, delay, reason)
    published = f"Recorded as published on {show_date(day)}."
    note = Note(
        "board.published_bare", f"{published} Nothing was frozen for it, so there is no public version to be kept."
    )
    with editing(store, by, "board.publish", reason=reason or None) as edit:
        saved = edit.change(
            BoardMeeting, uid, {"status": "published", "published_on": day}, anew=("published_on",), waived=(EARLY,)
        )
        if release is not None:
            note = Note(
                "board.published", f"{published} {_keep(edit, release)} keeps its public version.", board=board.ref
            )
    return saved._replace(notes=(*saved.notes, note, *lacking))


def _named(papers: Published, ref: str, accepted: Mapping[str, str]) -> Published:
    """Return papers that name their programme, or do not with a reason. Raises TrackerError for others."""
    if papers.report.header.programme != UNNAMED:
        return papers
    if UNNAMED not in accepted:
        texts = f"Nothing was published: the programme was not public, so every page would say “{UNNAMED}”."
        advice = "Make it public before papers are frozen, or accept it by its words and a reason."
        raise TrackerError(f"{texts} {advice}", "public.not_named", texts=texts, board=ref)
    unnamed = Suspect("programme without its name", UNNAMED, "Every page")
    return papers._replace(accepted=(*papers.accepted, (unnamed, accepted[UNNAMED])))


def _hold_order(store: Store, board: BoardMeeting) -> date | None:
    """Return the day on which a meeting was published by hand, which kept nothing of it; None for another.

    What was withdrawn may be published anew. Raises TrackerError when a meeting is not to be published now.
    """
    refusal = rules.refusal(board.ref, board.status, "published")
    edition = published_content(store, board.uid)
    if board.status == "published" and board.snapshot and edition is None:
        return board.published_on
    if refusal and not is_withdrawn(edition):
        raise TrackerError.of(refusal)
    return None


def _reason(ref: str, waits: str, early: str | None) -> str:
    """Return the reason of a publication before its day; empty when its day has come. Raises TrackerError."""
    if not waits:
        return ""
    if early is None:
        raise TrackerError(f"{waits} Wait, or say why it goes out sooner.", "board.early", waits=waits, board=ref)
    return require_reason(early, "it goes out before its day", "reason.early")


def _keep(edit: Edit, release: _Release) -> str:
    """Write the public version and its record; return the ref."""
    papers = release.papers
    snapshot = release.snapshot
    identity = edit.identity(Snapshot)
    accepted = [{**suspect._asdict(), "because": because} for suspect, because in papers.accepted]
    data = {
        "audience": PUBLIC,
        "of": {"snapshot": snapshot.ref, "sha256": snapshot.sha256},
        "published_on": release.day.isoformat(),
        "policy": {
            **papers.policy,
            "publication_delay_days": release.delay,
            "early": release.early or None,
            "accepted": accepted,
        },
        "documents": {PUBLIC: papers.report.to_dict()},
        "pages": [{"name": name, "document": page.to_dict()} for name, page in papers.pages],
    }
    keep(
        edit,
        identity,
        release.board,
        snapshot.as_of,
        data,
        audience=PUBLIC,
        reason=release.early[:LONGEST_REASON] or None,
        warnings="\n".join(f"{part['part']}: {part['because']}" for part in accepted)[:LONGEST_ACCEPTED] or None,
    )
    return identity.ref


def is_withdrawn(edition: Content | None) -> bool:
    """Whether a public version only says that the one before it was withdrawn."""
    return edition is not None and "withdraws" in edition.data


def last_edition(store: Store, board: str) -> Content | None:
    """Return the newest public version of a meeting (a uid) that went out, though withdrawn since; None without one."""
    editions = (content(store, snapshot.uid) for snapshot in reversed(snapshots_of_meeting(store, board, PUBLIC)))
    return next((edition for edition in editions if not is_withdrawn(edition)), None)


def published_content(store: Store, board: str) -> Content | None:
    """Return the public version of a meeting (a uid) as it was kept, or what stands in its place since it went.

    None when none was published.
    """
    snapshots = snapshots_of_meeting(store, board, PUBLIC)
    return content(store, snapshots[-1].uid) if snapshots else None


class DashboardPage(NamedTuple):
    """A file of the dashboard of what was published: the edition, and the path of the file in its folder."""

    edition: Content
    place: str


def page_of_dashboard(store: Store, data: bytes, house: Branding) -> DashboardPage | None:
    """Return of which published edition some bytes are a file of the dashboard; None when they are of none."""
    for snapshot in reversed(records(store, Snapshot, audience=PUBLIC)):
        edition = content(store, snapshot.uid)
        for style in dict.fromkeys((house, NO_BRANDING)):
            pages = [(page["name"], style.applied(read_report(page["document"]))) for page in edition.data["pages"]]
            files = site(style.applied(paper(edition, PUBLIC)), pages, style.brand)
            for place, page in files.items():
                if page == data:
                    return DashboardPage(edition, place)
    return None


def public_of_board(
    store: Store, board: str, today: date, *, accepted: Mapping[str, str] | None = None, inside: bool = False
) -> Published:
    """Return the public version of what a meeting was shown: the one that was published, else as it would be today.

    ``inside``: for those who run the programme, who may see before its day what is withheld. Raises TrackerError when
    it may not go out yet, and as ``published_of_board`` does.
    """
    content = published_content(store, board)
    board_meeting = meeting(store, board)
    if content is not None and not inside:
        content = for_everybody(store, content)
        pages = tuple((page["name"], read_report(page["document"])) for page in content.data["pages"])
        return Published(paper(content, PUBLIC), pages, (), ())
    waits = rules.not_yet_public(board_meeting, publication_delay(store), today)
    if waits and not inside and board_meeting.status != "published":
        raise TrackerError(waits, "board.waits", board=board_meeting.ref)
    earlier = {}
    if content is not None and not is_withdrawn(content):
        earlier = {part["part"]: part["because"] for part in content.data["policy"]["accepted"]}
    return published_of_board(store, board, accepted={**earlier, **(accepted or {})})
