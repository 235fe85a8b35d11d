"""Publishing what a meeting was shown: not before its day, and what went out is kept under its hash like the papers."""

from collections.abc import Mapping
from datetime import UTC, date
from functools import partial
from typing import Any, NamedTuple

from tracker.entities import entity
from tracker.errors import TrackerError
from tracker.reports.files.canonical import read_report
from tracker.reports.model import SCHEMA
from tracker.rules.boards import cycle as rules
from tracker.rules.when import show_date
from tracker.services.board.cycle import advance, meeting, publication_delay
from tracker.services.board.snapshots import LAYOUT, PUBLIC, Content, app_version, content, keep, of_meeting, paper
from tracker.services.papers.public import Published, published_of_board
from tracker.services.records.writing import LEAST_REASON, Saved
from tracker.storage.identity import uuid7
from tracker.storage.queries import record
from tracker.storage.rows import insert_row
from tracker.storage.store import Acting, Store, Tx

LONGEST_ACCEPTED, LONGEST_REASON = 4000, 300


class _Act(NamedTuple):
    """A publication: the meeting, its snapshot, what goes out, when, and why before its day (empty: it is not)."""

    board: Any
    snapshot: Any
    made: Published
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
    board, day, delay = meeting(store, uid), on or by.today, publication_delay(store)
    refused = rules.refusal(board.ref, board.status, "published")
    if refused:
        raise TrackerError(refused)
    waits = rules.not_yet_public(board, delay, day)
    because = _because(board.ref, waits, early)
    more = {"published_on": day}
    if not board.snapshot:
        told = "Nothing was frozen for it, so there is no public version to be kept."
        saved = advance(store, uid, "published", by, "board.publish", more, reason=because or None, waived=(waits,))
        return saved._replace(notes=(*saved.notes, f"Recorded as published on {show_date(day)}. {told}"))
    made = published_of_board(store, uid, accepted=accepted)
    act = _Act(board, record(store, "snapshot", board.snapshot), made, day, delay, because)
    ref: list[str] = []
    saved = advance(
        *(store, uid, "published", by, "board.publish", more),
        reason=because or None,
        waived=(waits,),
        also=partial(_kept, store, act, by, ref),
    )
    told = (
        f"{ref[0]} keeps its public version: “tracker report public --board {board.ref}” makes the papers, “tracker "
        f"board archive {board.ref} -o FOLDER” the archive for the records."
    )
    return saved._replace(notes=(*saved.notes, f"Recorded as published on {show_date(day)}. {told}"))


def _because(ref: str, waits: str, early: str | None) -> str:
    """Return the reason of a publication before its day; empty when its day has come. Raises TrackerError."""
    reason = (early or "").strip()
    if waits and early is None:
        raise TrackerError(f"{waits} Wait, or say why it goes out sooner: “tracker board publish {ref} --early “…””.")
    if waits and len(reason) < LEAST_REASON:
        raise TrackerError(f"Say why it goes out before its day (--early “…”, at least {LEAST_REASON} characters).")
    return reason if waits else ""


def _kept(store: Store, act: _Act, by: Acting, refs: list[str], tx: Tx) -> None:
    """Write the public version and its record inside the command, and tell the ref."""
    uid, ref = uuid7(tx.at_ms), entity("snapshot").new_ref(store.next_numbers(["snapshot"])["snapshot"], tx.site)
    at, app = by.now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), app_version()
    accepted = [{**one._asdict(), "because": because} for one, because in act.made.accepted]
    data = {
        "layout": LAYOUT,
        "schema": SCHEMA,
        "app_version": app,
        "snapshot": ref,
        "audience": "public",
        "of": {"snapshot": act.snapshot.ref, "sha256": act.snapshot.sha256},
        "board": {"ref": act.board.ref, "title": act.board.title, "meets_on": act.board.meets_on.isoformat()},
        "as_of": act.snapshot.as_of.isoformat(),
        "frozen_at": at,
        "published_on": act.day.isoformat(),
        "policy": {
            **act.made.policy,
            "publication_delay_days": act.delay,
            "early": act.early or None,
            "accepted": accepted,
        },
        "documents": {PUBLIC: act.made.report.to_dict()},
        "pages": [{"name": name, "document": page.to_dict()} for name, page in act.made.pages],
    }
    row = {
        "uid": uid,
        "ref": ref,
        "board": act.board.uid,
        "as_of": act.snapshot.as_of.isoformat(),
        "frozen_at": at,
        "audience": "public",
        "sha256": keep(store, data)[0],
        "layout": LAYOUT,
        "app_version": app,
        "reason": act.early[:LONGEST_REASON] or None,
        "warnings": "\n".join(f"{one['part']}: {one['because']}" for one in accepted)[:LONGEST_ACCEPTED] or None,
    }
    insert_row(store, "snapshot", {name: value for name, value in row.items() if value is not None})
    refs.append(ref)


def kept(store: Store, board: str) -> Content | None:
    """Return the public version of a meeting (a uid) that was published, as it was kept; None when none was."""
    found = of_meeting(store, board, "public")
    return content(store, found[-1].uid) if found else None


def public_of_board(
    store: Store, board: str, today: date, *, accepted: Mapping[str, str] | None = None, inside: bool = False
) -> Published:
    """Return the public version of what a meeting was shown: the one that was published, else as it would be today.

    ``inside``: for those who run the programme, who may see before its day what is withheld. Raises TrackerError when
    it may not go out yet, and as ``published_of_board`` does.
    """
    found, meant = kept(store, board), meeting(store, board)
    if found is None or inside:
        waits = rules.not_yet_public(meant, publication_delay(store), today)
        if waits and not inside and meant.status != "published":
            raise TrackerError(
                f"{waits} “tracker board publish {meant.ref} --early “…”” records why it goes out sooner."
            )
        known = {one["part"]: one["because"] for one in found.data["policy"]["accepted"]} if found else {}
        return published_of_board(store, board, accepted={**known, **(accepted or {})})
    pages = tuple((one["name"], read_report(one["document"])) for one in found.data["pages"])
    return Published(paper(found, PUBLIC), pages, (), ())
