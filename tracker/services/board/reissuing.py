"""What was frozen and restricted since: it is never changed, but issued again with its passages blacked out."""

from collections.abc import Collection
from dataclasses import replace
from typing import NamedTuple

from tracker.entities import Snapshot
from tracker.errors import TrackerError
from tracker.reports.files.canonical import read_report
from tracker.reports.model import Report
from tracker.reports.visible.blackout import blacked_out, holds
from tracker.rules.visible.sight import passages, sight
from tracker.rules.wording import listed, verb
from tracker.services.board.cycle import meeting
from tracker.services.board.snapshots import (
    Content,
    Page,
    content,
    keep,
    members_part,
    paper,
    papers_of,
    snapshots_of_meeting,
)
from tracker.services.evidence import everything
from tracker.services.records.checking import require_reason
from tracker.services.records.writing import editing
from tracker.storage import Acting, Store

OWN = ("layout", "schema", "app_version", "snapshot", "board", "as_of", "frozen_at")  # of each snapshot anew
MOST_NAMED = 6
LONGEST_REASON = 300


class Since(NamedTuple):
    """What a frozen paper tells that was restricted since: the refs of those records, and the words that tell it."""

    refs: tuple[str, ...]
    words: frozenset[str]


class Reissued(NamedTuple):
    """A snapshot with passages blacked out: its ref and hash, the ref of the first, and what was blacked out."""

    ref: str
    sha256: str
    of: str
    refs: tuple[str, ...]


def restricted_since(store: Store, frozen: Content) -> Since:
    """Return what is restricted now and stands in what was frozen."""
    papers = [*(paper(frozen, name) for name in papers_of(frozen)), *_pages(frozen)]
    views = sight(frozen.snapshot.as_of, everything(store))
    refs: list[str] = []
    words: set[str] = set()
    for record, telling in passages(views):
        if any(holds(report, telling) for report in papers):
            refs.append(record.ref)
            words |= telling
    return Since(tuple(refs), frozenset(words))


def _pages(frozen: Content) -> list[Report]:
    return [read_report(page["document"]) for page in frozen.data.get("pages", ())]


def for_everybody(store: Store, frozen: Content) -> Content:
    """Return what was frozen. Raises TrackerError when something in it was restricted since."""
    refs = restricted_since(store, frozen).refs
    if not refs:
        return frozen
    snapshot = frozen.snapshot
    is_restricted = f"{listed(refs, MOST_NAMED)}, which {verb(len(refs), 'was', 'were')} restricted since"
    raise TrackerError(
        f"{snapshot.ref} prints {is_restricted}. Give it to members only, or issue it again with that blacked out.",
        "board.restricted_since",
        told=f"{snapshot.ref} prints {is_restricted}.",
        board=frozen.data["board"]["ref"],
    )


def for_members(store: Store, frozen: Content) -> Content:
    """Return what members alone are shown: their part, or else what was frozen and has been restricted since.

    Raises TrackerError where nothing is restricted.
    """
    part = members_part(store, frozen)
    if part is not None:
        return part
    if restricted_since(store, frozen).refs:
        return frozen
    if "reissue_of" in frozen.data and frozen.snapshot.supersedes:
        return for_members(store, content(store, frozen.snapshot.supersedes))
    raise TrackerError(f"Nothing is restricted in {frozen.snapshot.ref}: members have the same papers as everybody.")


def reissue(store: Store, uid: str, by: Acting, reason: str, words: Collection[str] = ()) -> list[Reissued]:
    """Issue what a meeting was shown, and what was published of it, with passages blacked out, beside the first.

    Blacked out is what was restricted since, and every passage that holds one of ``words``, such as an erased name.
    The first stays as it is, with its hash. Raises TrackerError when there is no such passage.
    """
    board = meeting(store, uid)
    because = require_reason(reason, "it is issued again")
    newest = [issues[-1] for audience in ("board", "public") if (issues := snapshots_of_meeting(store, uid, audience))]
    issued: list[Reissued] = []
    with editing(store, by, "board.reissue", reason=because) as edit:
        for snapshot in newest:
            frozen = content(store, snapshot.uid)
            since = restricted_since(store, frozen)
            blacked = since.words | frozenset(words)
            named = {name: blacked_out(paper(frozen, name), blacked) for name in papers_of(frozen)}
            pages = [_page(page, blacked) for page in frozen.data.get("pages", ()) if not holds(page["name"], blacked)]
            if all(named[name] == paper(frozen, name) for name in named) and pages == frozen.data.get("pages", []):
                continue
            identity = edit.identity(Snapshot)
            data = {
                **{key: value for key, value in frozen.data.items() if key not in OWN},
                "reissue_of": {"snapshot": snapshot.ref, "sha256": snapshot.sha256},
                "documents": {name: _marked(report, identity.ref).to_dict() for name, report in named.items()},
            }
            if "warnings_accepted" in frozen.data:
                accepted = frozen.data["warnings_accepted"]
                data["warnings_accepted"] = [entry for entry in accepted if not holds(tuple(entry.values()), blacked)]
            if "pages" in frozen.data:  # a page that is all about it is left out
                data["pages"] = pages
            fields = {"audience": snapshot.audience, "supersedes": snapshot.uid, "reason": because[:LONGEST_REASON]}
            digest, _ = keep(edit, identity, board, snapshot.as_of, data, **fields)
            issued.append(Reissued(identity.ref, digest, snapshot.ref, since.refs))
        if not issued:
            raise TrackerError(f"Nothing that was frozen for {board.ref} holds such a passage.", "board.no_passage")
    return issued


def _marked(report: Report, ref: str) -> Report:
    header = report.header
    pack = ref if header.pack else ""
    return replace(report, header=replace(header, pack=pack, version=f"{header.version}, passages blacked out"))


def _page(page: Page, words: Collection[str]) -> Page:
    report = read_report(page["document"])
    blacked = blacked_out(report, words)
    return page if blacked == report else {"name": page["name"], "document": blacked.to_dict()}
