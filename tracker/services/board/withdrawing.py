"""Withdrawing what was published of a meeting: it stays, with its hash; in its place stands why."""

from collections.abc import Mapping
from datetime import date

from tracker.entities import BoardMeeting, Snapshot
from tracker.errors import Note, TrackerError
from tracker.reports.papers.public import build_notice
from tracker.rules.wording import listed, show_date
from tracker.services.board.cycle import meeting
from tracker.services.board.publishing import is_withdrawn, published_content
from tracker.services.board.snapshots import PUBLIC, Content, keep, paper, withdrawal_words
from tracker.services.papers.suspects import look_of, refuse_telling
from tracker.services.records.checking import require_reason
from tracker.services.records.writing import Saved, editing
from tracker.storage import Acting, Store


def withdraw(
    store: Store,
    uid: str,
    by: Acting,
    reason: str,
    *,
    on: date | None = None,
    accepted: Mapping[str, str] | None = None,
) -> Saved:
    """Record that the public version of a meeting was withdrawn, and keep what stands in its place: when, and why.

    What was public stays, with its hash. The reason is public; ``accepted`` says why suspected parts of it may be
    shown. Raises TrackerError when nothing is public, or the reason may not be.
    """
    board = meeting(store, uid)
    because = require_reason(reason, "it is withdrawn")
    edition = _out(store, board, by.today, on or by.today)
    data = _notice(store, edition, on or by.today, because, accepted or {})
    with editing(store, by, "board.withdraw", reason=because) as edit:
        identity = edit.identity(Snapshot)
        fields = {"audience": PUBLIC, "supersedes": edition.snapshot.uid, "reason": because}
        keep(edit, identity, board, edition.snapshot.as_of, data, **fields)
        tx = edit.tx.id
    note = Note(
        "board.withdrawn",
        f"Withdrawn; {identity.ref} keeps what stands in its place, {edition.snapshot.ref} stays as it was published. "
        "Take down what was put online.",
        board=board.ref,
    )
    return Saved(identity.uid, identity.ref, tx, (note,))


def _out(store: Store, board: BoardMeeting, today: date, day: date) -> Content:
    """Return the edition that is out, to be withdrawn on a day. Raises TrackerError where none or on no such day."""
    edition = published_content(store, board.uid)
    if edition is None or is_withdrawn(edition):
        message = f"No public version of {board.ref} is out, so none can be withdrawn."
        raise TrackerError(message, "board.not_public", board=board.ref)
    published = date.fromisoformat(edition.data["published_on"])
    if not published <= day <= today:
        span = f"it was published on {show_date(published)}, and today is {show_date(today)}"
        raise TrackerError(f"It was not withdrawn on {show_date(day)}: {span}.", "board.withdrawn_on")
    return edition


def _notice(store: Store, edition: Content, day: date, reason: str, accepted: Mapping[str, str]) -> dict[str, object]:
    """Return what is kept in the place of an edition. Raises TrackerError when the reason may not be public."""
    let_through = _looked_through(store, reason, accepted)
    notice = build_notice(paper(edition, PUBLIC), withdrawal_words(edition.data, day.isoformat(), reason))
    refuse_telling(store, day, reason)
    accepted_parts = [{"part": part, "because": why} for part, why in let_through.items()]
    return {
        "audience": PUBLIC,
        "of": edition.data["of"],
        "published_on": edition.data["published_on"],
        "withdraws": {"snapshot": edition.snapshot.ref, "sha256": edition.sha256, "on": day.isoformat()},
        "policy": {**edition.data["policy"], "accepted": accepted_parts},
        "documents": {PUBLIC: notice.to_dict()},
        "pages": [],
    }


def _looked_through(store: Store, reason: str, accepted: Mapping[str, str]) -> dict[str, str]:
    """Return which suspected parts of a reason may be shown, and why. Raises TrackerError for another."""
    hits = list(look_of(store).hits(reason))
    parts = dict.fromkeys(hit.part for hit in hits)
    if not_accepted := [f"{hit.what}: “{hit.part}”" for hit in hits if hit.part not in accepted]:
        suspected = f"The reason is public, and it looks as if it told who somebody is: {listed(not_accepted)}."
        texts = f"Nothing was withdrawn. {suspected}"
        mend = "Say it without, or accept each by its words and a reason."
        raise TrackerError(f"{texts} {mend}", "public.reason", texts=texts)
    return {part: accepted[part] for part in parts}
