"""Every edition of what a meeting was shown and of what was published of it: what each is, and who may read it now."""

from collections.abc import Iterator
from typing import NamedTuple

from tracker.entities import BoardMeeting
from tracker.reports.files.archive import EditionEntry
from tracker.reports.files.write import slug
from tracker.reports.visible.texts import without
from tracker.rules.wording import optional
from tracker.services.board.publishing import is_withdrawn
from tracker.services.board.reissuing import Since, restricted_since
from tracker.services.board.snapshots import PUBLIC, Content, content, members_part, snapshots_of_meeting
from tracker.storage import Store

FOR_MEMBERS = "members"
NOT_SHOWN = "[not shown]"


class Edition(NamedTuple):
    """An edition: its data, that for members alone (None: none of its own), and what it is (``role``).

    ``since`` is what it tells that is restricted now; ``blacked_later``: a later one has passages of it blacked out;
    ``superseded_by`` is the ref of the one after it, with its reason (both empty: it is the newest).
    """

    content: Content
    members: Content | None
    role: str
    since: Since
    blacked_later: bool
    superseded_by: str = ""
    reason: str = ""

    @property
    def public(self) -> bool:
        """Whether it is of what was published."""
        return self.content.snapshot.audience == PUBLIC

    @property
    def restricted(self) -> bool:
        """Whether members alone may read it."""
        return self.blacked_later or bool(self.since.refs)

    @property
    def folder(self) -> str:
        """The folder of an archive that holds its papers."""
        if self.restricted:
            return FOR_MEMBERS
        if self.public:
            return PUBLIC
        return "papers"

    @property
    def file(self) -> str:
        """The file of an archive that holds its data."""
        return f"{optional('', self.restricted and FOR_MEMBERS, '/')}data/{slug(self.content.snapshot.ref)}.json"


def editions(store: Store, board: BoardMeeting) -> list[Edition]:
    """Return every edition of a meeting: what it was shown first, then the others, and last what was published."""
    of_board = _of_audience(store, board, "board")
    shown_first = sorted(of_board, key=lambda edition: edition.content.snapshot.uid != board.snapshot)
    return [*shown_first, *_of_audience(store, board, PUBLIC)]


def _of_audience(store: Store, board: BoardMeeting, audience: str) -> Iterator[Edition]:
    contents = [content(store, snapshot.uid) for snapshot in snapshots_of_meeting(store, board.uid, audience)]
    for number, frozen in enumerate(contents):
        later = contents[number + 1 :]
        members = None
        if "reissue_of" not in frozen.data:
            members = members_part(store, frozen)
        blacked_later = any("reissue_of" in issue.data for issue in later)
        edition = Edition(frozen, members, _role(frozen, board, later), restricted_since(store, frozen), blacked_later)
        for issue in later[:1]:
            edition = edition._replace(superseded_by=issue.snapshot.ref, reason=issue.snapshot.reason or "")
        yield edition


def _role(frozen: Content, board: BoardMeeting, later: list[Content]) -> str:
    """Return what an edition is, as it stands behind the name of a paper."""
    reissue = frozen.data.get("reissue_of")
    if reissue is not None:
        return f"issued again in place of {reissue['snapshot']}, with passages blacked out"
    if is_withdrawn(frozen):
        return f"withdrawn: the notice that stands in the place of {frozen.data['withdraws']['snapshot']}"
    if frozen.snapshot.audience == PUBLIC:
        return "of what the board was shown" + ", as it was published first" * bool(later)
    if frozen.snapshot.uid == board.snapshot:
        return "as the board was shown it"
    return "as it was frozen" + optional(" before ", later and later[0].snapshot.ref, " took its place")


def entries(board_editions: list[Edition]) -> list[EditionEntry]:
    """Return what the manifest of an archive says of every edition; no text of it tells what is restricted."""
    words = frozenset(word for edition in board_editions for word in edition.since.words)
    files = {edition.members.sha256: members_file(edition) for edition in board_editions if edition.members is not None}
    return [_entry(edition, words, files) for edition in board_editions]


def members_file(edition: Edition) -> str:
    """Return the file of an archive that holds the data of an edition for members alone."""
    return f"{FOR_MEMBERS}/data/{slug(edition.content.snapshot.ref)}-{FOR_MEMBERS}.json"


def _entry(edition: Edition, words: frozenset[str], files: dict[str, str]) -> EditionEntry:
    snapshot = edition.content.snapshot
    part = edition.content.data.get("members")
    of_members = files.get(part["sha256"]) if part else None
    return {
        "ref": snapshot.ref,
        "uid": snapshot.uid,
        "as_of": snapshot.as_of.isoformat(),
        "frozen_at": snapshot.frozen_at,
        "sha256": snapshot.sha256,
        "file": edition.file,
        "role": edition.role,
        "audience": snapshot.audience,
        "restricted": edition.restricted,
        "members_file": of_members,
        "superseded_by": edition.superseded_by or None,
        "reason": without(edition.reason, words, NOT_SHOWN) or None,
    }
