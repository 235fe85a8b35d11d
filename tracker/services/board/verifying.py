"""Whether a snapshot is what was frozen, and whether a file is what the program makes of one."""

import re
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from tracker.entities import BoardMeeting, Snapshot
from tracker.errors import Note, TrackerError
from tracker.reports.branding.brand import NO_BRANDING, Branding
from tracker.reports.files.archive import read_file
from tracker.reports.files.canonical import carries, digest
from tracker.reports.files.manifest import MANIFEST, OWN, PaperEntry, read_manifest
from tracker.reports.formats import FORMATS, format_of
from tracker.reports.model import NotRendered, Report
from tracker.rules.wording import date_or, lower_first, optional, show_date
from tracker.services.board.minutes import Issue, issues
from tracker.services.board.publishing import page_of_dashboard
from tracker.services.board.snapshots import (
    PAPERS,
    PUBLIC,
    Content,
    Data,
    app_version,
    content,
    members_part,
    paper,
    papers_of,
    snapshots_of_meeting,
    withdrawals,
)
from tracker.services.papers.likeness import BYTES, sameness
from tracker.services.papers.public import published_of_board
from tracker.services.records.checking import gone
from tracker.storage import Store, link, record, records
from tracker.storage.journal.anchors import command_of
from tracker.storage.journal.history import of_record

HASH_SHOWN = 12
SITE_SUFFIXES = (".html", ".json", ".csv", ".txt")  # of the files of a dashboard
VERIFIED = (
    "Frozen papers, approved minutes and what was published can be verified; a draft or the status of a day cannot."
)
CODE_TYPED = re.compile(r"(?:data |journal )?([0-9a-f]{8,64})", re.IGNORECASE)
OURS = "transformation-tracker"  # as manifests name the program
CONTRADICTS = "journal.contradicts"  # the code of a note by which a snapshot does not hold


class Verdict(NamedTuple):
    """Whether it holds (None: that cannot be told here), and the sentences that say what matches and what does not."""

    holds: bool | None
    sentences: tuple[str, ...]


def verify_snapshot(store: Store, uid: str) -> Verdict:
    """Return whether the stored data is that of the record, and the record that of the journal."""
    snapshot = record(store, Snapshot, uid)
    board = record(store, BoardMeeting, snapshot.board) if snapshot else None
    if snapshot is None or board is None:
        raise gone(Snapshot)
    name = f"{snapshot.ref} of {board.ref} ({show_date(board.meets_on)})"
    try:
        frozen = content(store, uid)
    except TrackerError as error:
        return Verdict(False, (f"{name}. {error}",))
    journal = journalled(store, snapshot)
    anchors = _anchors(store, frozen)
    holds = CONTRADICTS not in {journal.code, *(anchor.code for anchor in anchors)}
    data = f"{name}, {frozen.size:,} bytes, SHA-256 {frozen.sha256}."
    sentences: list[str] = [data, journal, *anchors, *_superseded(store, snapshot)]
    try:
        members = members_part(store, frozen)
    except TrackerError as error:
        return Verdict(False, (data, f"The members' part: {error}"))
    for part in filter(None, (frozen, members)):
        for paper_name in papers_of(part):
            mark = digest(paper(part, paper_name))[:HASH_SHOWN]
            sentences.append(f"The {called(paper_name)} has data {mark}.")
    if members is not None:
        sentences.append(f"The members' part has {members.size:,} bytes, SHA-256 {members.sha256}.")
    if "of" in frozen.data:
        board_snapshot = record(store, Snapshot, board.snapshot)
        same = board_snapshot is not None and board_snapshot.sha256 == frozen.data["of"]["sha256"]
        holds = holds and same
        version = (
            f"It is {_edition(frozen.data)} of {frozen.data['of']['snapshot']}, published on {_published(frozen.data)}"
        )
        sentences.append(f"{version}." if same else f"{version}; but the board was shown something else.")
    if frozen.data["app_version"] != app_version():
        versions = f"It was frozen by version {frozen.data['app_version']} of the program; this is {app_version()}"
        sentences.append(f"{versions}: files that are made now may differ from those made then.")
    return Verdict(holds, tuple(sentences))


def journalled(store: Store, snapshot: Snapshot) -> Note:
    """Return what the journal says of a snapshot's hash; its code is CONTRADICTS where that is another."""
    addition = next((change for change in of_record(store, snapshot.uid) if change.field == "*"), None)
    if addition is None or addition.tx == 0:
        return Note(CONTRADICTS, "The journal has another account: no command of it made this snapshot.")
    day = show_date(addition.day) if addition.day else "an unknown day"
    if not addition.known:
        return Note(
            "journal.erased",
            f"Change {addition.tx} of {day} made it; a person was erased from it since, so only its hash is left.",
        )
    if addition.values.get("sha256") != snapshot.sha256:
        return Note(CONTRADICTS, "The journal has another hash for it: the record was changed outside the program.")
    return Note("journal.same", f"The journal has the same hash: change {addition.tx} of {day}, by {addition.who}.")


def _anchors(store: Store, frozen: Content) -> list[Note]:
    """Return of which change each code on the frozen papers is; the code CONTRADICTS where the journal has it not."""
    if "of" in frozen.data:  # what was published carries the hash of what the board was shown
        return []
    codes = {paper(frozen, name).header.head for name in papers_of(frozen)}
    notes = []
    for code in sorted(codes - {""}):
        tx = command_of(store.connection, code)
        if tx is None:
            message = (
                f"Its papers carry the code {code}, which the journal does not have: the journal was altered since."
            )
            notes.append(Note(CONTRADICTS, message))
        else:
            notes.append(
                Note("journal.anchor", f"The code {code} on its papers is that of change {tx} of the journal.")
            )
    return notes


def verify_file(store: Store, path: Path, house: Branding = NO_BRANDING) -> Verdict:
    """Return whether a file is, byte for byte or part by part, what this program makes of one of the snapshots.

    Raises TrackerError when the file cannot be read, or is of no format that papers are made in.
    """
    data = read_file(path)
    form = format_of(path.name)
    if path.name in OWN:
        raise TrackerError(f"{path.name} tells about papers and is none itself. Name one of the papers beside it.")
    if form is None and (of_site := _of_site(store, path, data, house)) is not None:
        return of_site
    if form is None or form.calendar:
        names = ", ".join(form.name for form in FORMATS.values() if not form.calendar)
        raise TrackerError(f"{path.name} is of no format that papers are made in ({names}).")
    entry, hashed = _listed(path, data)
    try:
        for frozen, name, report in _papers(store, path.name):
            if entry is not None and entry.get("data_sha256") not in (None, digest(report)):
                continue
            likeness = sameness(report, form, data, house)
            if likeness is not None:
                sentence = f"{path.name} is the {_of(frozen, name)}, {likeness}."
                return Verdict(True, (sentence, *_superseded(store, frozen.snapshot), *hashed))
        verdict = _of_minutes(store, path, data, house) or _of_site(store, path, data, house)
        verdict = verdict or _unmatched(store, path, data, entry)
        if verdict is not None:
            return verdict._replace(sentences=(*verdict.sentences, *hashed))
        message = f"{path.name} is not what this program makes of any snapshot in this file. {VERIFIED}"
        return _unpublished(store, path.name, data, house) or Verdict(False, (message, *hashed))
    except NotRendered as error:
        return Verdict(None, (f"{path.name} cannot be compared: {error}", *hashed))


def verify_code(store: Store, typed: str) -> Verdict | None:
    """Return which frozen paper a code is of: that of its data, at the foot of its pages, of a snapshot or the journal.

    None for a text that is no code. Raises TrackerError for a code of no frozen paper in the file.
    """
    parts = CODE_TYPED.fullmatch(typed.strip())
    if parts is None:
        return None
    code = parts[1].lower()
    for frozen, name, report in _papers(store, ""):
        marks = {
            f"the {_of(frozen, name)}": digest(report),
            f"the whole of {frozen.snapshot.ref}": frozen.sha256,
            f"the journal at {frozen.snapshot.ref}": report.header.head,
        }
        bearer = next((bearer for bearer, mark in marks.items() if mark.startswith(code)), "")
        if bearer:
            verdict = verify_snapshot(store, frozen.snapshot.uid)
            return verdict._replace(sentences=(f"The code {code} is that of {bearer}.", *verdict.sentences))
    for issue in _all_minutes(store):
        if digest(issue.report).startswith(code):
            return Verdict(True, (f"The code {code} is that of the {_named(issue)}.", *_since(issue)))
    raise TrackerError(
        f"No paper that was frozen and no approved minutes in this file have the code {code}. The foot of a page says "
        "it behind “Data”; a page that says “Draft” was never frozen.",
        "board.code",
    )


def called(name: str) -> str:
    """Return what a paper is called in a sentence: ``pack``, ``summary``, ``public version``, ``members' pack``."""
    return "public version" if name == PUBLIC else name.replace("members-", "members' ")


def _of(content: Content, name: str) -> str:
    snapshot = content.snapshot
    data = content.data
    version = ""
    if snapshot.supersedes:
        version = f" ({lower_first(paper(content, name).header.version)})"
    day = f"with the position of {show_date(snapshot.as_of)}"
    if "of" in data:
        of = f"{data['of']['snapshot']} of {data['board']['ref']}"
        words = called(name)
        if "withdraws" in data:
            words = "notice that withdrew the public version"
        publication = f"published on {_published(data)} and kept as {snapshot.ref}{version}"
        return f"{words} of {of} {day}, {publication}"
    deed = "frozen"
    if "reissue_of" in data:
        deed = "issued again"
    return f"{called(name)} of {snapshot.ref}{version}, {deed} at {snapshot.frozen_at} {day}"


def _superseded(store: Store, snapshot: Snapshot) -> list[str]:
    """Return what was frozen in a snapshot's place, as a sentence: the board was shown that."""
    for withdrawal in withdrawals(store):
        if withdrawal.edition == snapshot.ref:
            return [f"▲ {withdrawal.sentence}"]
    for later in records(store, Snapshot, supersedes=snapshot.uid):
        reason = f": {later.reason.rstrip('.')}" if later.reason else ""
        day = show_date(date.fromisoformat(later.frozen_at[:10]))
        return [f"▲ {later.ref} was frozen in its place on {day}{reason}."]
    return []


def _edition(data: Data) -> str:
    """Return what a public version is: itself, or what stands in the place of one that was withdrawn."""
    if "withdraws" not in data:
        return "the public version"
    return f"the notice that withdrew {data['withdraws']['snapshot']}, the public version"


def _published(data: Data) -> str:
    return show_date(date.fromisoformat(data["published_on"]))


def _papers(store: Store, file_name: str) -> Iterator[tuple[Content, str, Report]]:
    """Yield the papers of every snapshot that can be read: the newest first, and those that the name speaks of."""
    pairs = []
    for snapshot in reversed(records(store, Snapshot)):
        names = (PUBLIC,) if snapshot.audience == PUBLIC else PAPERS
        pairs += [(snapshot, name) for name in names]
    pairs.sort(key=lambda pair: (pair[1] not in file_name, pair[0].as_of.isoformat() not in file_name))
    for snapshot, name in pairs:
        try:
            frozen = content(store, snapshot.uid)
            yield frozen, name, paper(frozen, name)
            members = members_part(store, frozen)
            if members is not None and "reissue_of" not in frozen.data:  # the members' part is that of the first issue
                yield members, f"members-{name}", paper(members, f"members-{name}")
        except TrackerError:
            continue


def _all_minutes(store: Store) -> Iterator[Issue]:
    """Yield the approved minutes of every meeting, the newest meeting first."""
    for board in sorted(records(store, BoardMeeting), key=lambda board: board.meets_on, reverse=True):
        yield from issues(store, board)


def _named(issue: Issue) -> str:
    approved = optional(", approved on ", date_or(issue.board.approved_on))
    whose = "members' " * issue.members
    return f"{whose}minutes of {issue.board.ref} ({show_date(issue.board.meets_on)}){approved}"


def _since(issue: Issue) -> list[str]:
    return [f"▲ {issue.since}"] * bool(issue.since)


def _of_minutes(store: Store, path: Path, data: bytes, house: Branding) -> Verdict | None:
    """Return whether a file is the approved minutes of a meeting; None when it speaks of none."""
    form = format_of(path.name)
    for issue in _all_minutes(store):
        if form is None or not carries(data, digest(issue.report)[:HASH_SHOWN]):
            continue
        likeness = sameness(issue.report, form, data, house)
        if likeness is not None:
            return Verdict(True, (f"{path.name} is the {_named(issue)}, {likeness}.", *_since(issue)))
        claim = f"{path.name} says that it is the {_named(issue)}, but its bytes differ"
        return Verdict(False, (f"{claim}: it was changed, or made in another house style or by another version.",))
    return None


def _listed(path: Path, data: bytes) -> tuple[PaperEntry | None, list[str]]:
    """Return what the manifest beside a file says of it (None: nothing), and that as a sentence."""
    try:
        papers = read_manifest((path.parent / MANIFEST).read_bytes())
    except (OSError, TrackerError):
        return None, []
    for entry in papers.values():
        file = entry["files"].get(path.name)
        if file is None:
            continue
        if file["sha256"] == sha256(data).hexdigest():
            return entry, [f"{MANIFEST} beside it has the same hash: it is as it was exported."]
        return None, [f"{MANIFEST} beside it has another hash: the file was changed after it was exported."]
    return None, []


def _unmatched(store: Store, path: Path, data: bytes, entry: PaperEntry | None) -> Verdict | None:
    """Return what can still be said of a file that no paper gives today; None when it speaks of none.

    What another version made has other bytes, and is no worse for it: its data is compared. That proves nothing of
    what else the file says, which is said.
    """
    for frozen, name, report in _papers(store, path.name):
        mark = digest(report)
        by_manifest = entry is not None and entry.get("data_sha256") == mark
        if not by_manifest and not carries(data, mark[:HASH_SHOWN]):
            continue
        maker = frozen.data["app_version"]
        if entry is not None:
            maker = entry.get("versions", {}).get(OURS, maker)
        if maker != app_version():
            return Verdict(
                None,
                (
                    f"{path.name} has the data of the {_of(frozen, name)}: made by version {maker}; its data holds. "
                    f"This is version {app_version()}, so the rest of the file cannot be compared byte for byte.",
                ),
            )
        if by_manifest:
            by = "another house style, other libraries or an earlier state of the program"
            message = f"{path.name} is made of the data of the {_of(frozen, name)}; {by} made it"
            return Verdict(None, (f"{message}, so its bytes cannot be compared here.",))
        claim = f"{path.name} says that it is the {_of(frozen, name)}, but its bytes differ"
        cause = "it was changed, or made in another house style or by an earlier state of the program"
        return Verdict(False, (f"{claim}: {cause}.",))
    return None


def _of_site(store: Store, path: Path, data: bytes, house: Branding) -> Verdict | None:
    """Return of which published edition a file is a page of the dashboard, or its data; None when it is of none."""
    if path.suffix.lower() not in SITE_SUFFIXES:
        return None
    page = page_of_dashboard(store, data, house)
    if page is None:
        return None
    sentence = f"{path.name} is “{page.place}” of the dashboard of the {_of(page.edition, PUBLIC)}, {BYTES}."
    return Verdict(True, (sentence, *_superseded(store, page.edition.snapshot)))


def _unpublished(store: Store, file_name: str, data: bytes, house: Branding) -> Verdict | None:
    """Return what is to be said of a public version that nobody has recorded as published; None when it is none."""
    form = format_of(file_name)
    for board in records(store, BoardMeeting):
        if form is None or not board.snapshot or snapshots_of_meeting(store, board.uid, PUBLIC):
            continue
        try:
            report = published_of_board(store, board.uid).report
        except TrackerError:
            continue
        likeness = sameness(report, form, data, house)
        if likeness is not None:
            snapshot = link(store, "snapshot", board.snapshot)
            ref = snapshot.ref if snapshot else board.ref
            unkept = "It is not recorded as published."
            if board.status == "published":
                unkept = "It is recorded as published, but was not kept."
            return Verdict(
                True,
                (
                    f"{file_name} is the public version of {ref} of {board.ref}, {likeness}.",
                    Note("public.unrecorded", unkept, board=board.ref),
                ),
            )
    return None
