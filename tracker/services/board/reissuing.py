"""What was frozen and restricted since: it is never changed, but issued again with its passages blacked out."""

from collections.abc import Collection
from dataclasses import replace
from typing import NamedTuple

from tracker.entities import Snapshot
from tracker.errors import TrackerError
from tracker.reports.files.canonical import read_report
from tracker.reports.model import Paragraph, Report, Section
from tracker.reports.sections.exempt import KEPT, kept_back
from tracker.reports.visible.blackout import blacked_out, blacked_section, holds
from tracker.rules.visible.sight import passages, sight
from tracker.rules.wording import listed, show_date, verb
from tracker.services.board.cycle import meeting
from tracker.services.board.minutes import as_handed_out, with_passages_black
from tracker.services.board.snapshots import (
    MINUTES,
    PUBLIC,
    Content,
    Data,
    Page,
    content,
    keep,
    members_part,
    paper,
    papers_of,
    snapshots_of_meeting,
)
from tracker.services.evidence import closed_now, everything, gather_sight, position
from tracker.services.papers.exempt import exempt_records
from tracker.services.papers.suspects import refuse_telling
from tracker.services.records.checking import require_reason
from tracker.services.records.writing import editing
from tracker.storage import Acting, Store

OWN = ("layout", "schema", "app_version", "snapshot", "board", "as_of", "frozen_at")  # of each snapshot anew
PACK = "pack"
AGENDA = "agenda"  # the id of the section behind which the list of what is kept back stands
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


def restricted_since(store: Store, frozen: Content, *beside: Report) -> Since:
    """Return what is restricted now and stands in what was frozen, or in papers that go out beside it."""
    papers = [*(paper(frozen, name) for name in papers_of(frozen)), *_pages(frozen), *beside]
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
    """Issue what a meeting was shown, its approved minutes, and what was published, with passages blacked out.

    Blacked out is what was restricted since, and every passage that holds one of ``words``, such as an erased name.
    The first stays as it is, with its hash; the minutes are kept with the papers. The reason is printed. Raises
    TrackerError when there is no such passage, or the reason tells of what is restricted.
    """
    board = meeting(store, uid)
    because = require_reason(reason, "it is issued again")
    refuse_telling(store, by.today, because, words)
    issue = f"on {show_date(by.today)}: {because.rstrip('.')}."
    newest = [issues[-1] for audience in ("board", PUBLIC) if (issues := snapshots_of_meeting(store, uid, audience))]
    issued: list[Reissued] = []
    with editing(store, by, "board.reissue", reason=because) as edit:
        for snapshot in newest:
            frozen = content(store, snapshot.uid)
            handed_out = minutes = None
            if snapshot.audience != PUBLIC:
                handed_out = as_handed_out(store, board)
            since = restricted_since(store, frozen, *filter(None, [handed_out]))
            telling = since.words | frozenset(words)
            if handed_out is not None:
                minutes = with_passages_black(store, board, telling)
            data = _blacked(store, frozen, telling, issue, anyway=minutes is not None)
            if data is None:
                continue
            identity = edit.identity(Snapshot)
            number = 1 + len(snapshots_of_meeting(store, uid, snapshot.audience))
            for name, report in data.papers.items():
                data.parts["documents"][name] = _marked(report, identity.ref, snapshot, number).to_dict()
            if minutes is not None:
                data.parts["documents"][MINUTES] = minutes.to_dict()
            elif MINUTES in frozen.data["documents"]:
                data.parts["documents"][MINUTES] = frozen.data["documents"][MINUTES]
            fields = {"audience": snapshot.audience, "supersedes": snapshot.uid, "reason": because[:LONGEST_REASON]}
            digest, _ = keep(edit, identity, board, snapshot.as_of, data.parts, **fields)
            issued.append(Reissued(identity.ref, digest, snapshot.ref, since.refs))
        if not issued:
            raise TrackerError(f"Nothing that was frozen for {board.ref} holds such a passage.", "board.no_passage")
    return issued


class _Blacked(NamedTuple):
    """The papers of a new issue, not stamped yet, and what else its data holds."""

    papers: dict[str, Report]
    parts: Data


def _blacked(store: Store, frozen: Content, words: frozenset[str], issue: str, *, anyway: bool) -> _Blacked | None:
    """Return what was frozen with every passage blacked out that holds some words; None where there is none.

    ``issue`` says when and why it is issued again. ``anyway``: since something beside it has such a passage.
    """
    snapshot = frozen.snapshot
    papers = {name: blacked_out(paper(frozen, name), words) for name in papers_of(frozen)}
    before = frozen.data.get("pages", [])
    pages = [_page(page, words) for page in before if not holds(page["name"], words)]  # one all about it is left out
    if not anyway and all(papers[name] == paper(frozen, name) for name in papers) and pages == before:
        return None
    if PACK in papers:
        papers[PACK] = _with_list(papers[PACK], blacked_section(_kept_back(store, snapshot, issue), words))
    parts: Data = {
        **{key: value for key, value in frozen.data.items() if key not in OWN},  # type: ignore[typeddict-item]
        "reissue_of": {"snapshot": snapshot.ref, "sha256": snapshot.sha256},
        "documents": {},
    }
    if "warnings_accepted" in frozen.data:
        accepted = frozen.data["warnings_accepted"]
        parts["warnings_accepted"] = [entry for entry in accepted if not holds(tuple(entry.values()), words)]
    if "pages" in frozen.data:
        parts["pages"] = pages
    return _Blacked(papers, parts)


def _kept_back(store: Store, snapshot: Snapshot, issue: str) -> Section:
    """Return the list of what is kept from what was frozen, as the file has it now; ``issue`` is its first sentence."""
    with position(store, snapshot.as_of) as past:
        views = gather_sight(past, snapshot.as_of, closed_now(store))
    blacked = f"This paper was issued again in place of {snapshot.ref} {issue} Passages of it are blacked out."
    records = exempt_records(store, views, snapshot.board)
    if not records:
        return Section(KEPT, "Kept from this paper", (Paragraph(blacked),))
    section = kept_back(records, views.visible.hidden.belonging)
    return replace(section, blocks=(Paragraph(blacked), *section.blocks))


def _with_list(report: Report, listed_anew: Section) -> Report:
    """Return a pack with the list of what is kept from it made anew: in place of the old one, or behind the agenda."""
    others = tuple(section for section in report.sections if section.id != KEPT)
    behind = [number for number, section in enumerate(others, 1) if section.id == AGENDA]
    place = behind[0] if behind else 0
    return replace(report, sections=(*others[:place], listed_anew, *others[place:]))


def _marked(report: Report, ref: str, first: Snapshot, number: int) -> Report:
    """Return a paper that says which version it is, of what was frozen or of what was published."""
    version = f"Version {number}, instead of {first.ref}, passages blacked out"
    if first.audience == PUBLIC:
        version = f"Public version {number}, passages blacked out"
    header = report.header
    pack = ref if header.pack else ""
    return replace(report, header=replace(header, pack=pack, version=version))


def _page(page: Page, words: Collection[str]) -> Page:
    report = read_report(page["document"])
    blacked = blacked_out(report, words)
    return page if blacked == report else {"name": page["name"], "document": blacked.to_dict()}
