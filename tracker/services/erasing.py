"""Erasing a person: first where the name stands, in the file and beside it, then the erasure."""

import json
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from tracker.errors import TrackerError
from tracker.paths import state_folder
from tracker.rules.erasing.finding import Decision, Finder, Hit, passage
from tracker.rules.erasing.folding import same_name
from tracker.rules.erasing.forms import Sureness
from tracker.services.backups import backup_folder, backups, folder_for_backups
from tracker.services.records.checking import require_reason
from tracker.storage import Acting, Link, Query, Store, count, link
from tracker.storage.copies.leftovers import LEAST_AGE_S, leftovers, take_away
from tracker.storage.erasing.erase import Erased, erase
from tracker.storage.erasing.places import Place, finder_for, places
from tracker.storage.people import records_of

__all__ = [
    "Decision",
    "Erased",
    "Looked",
    "Mention",
    "erase_person",
    "goes",
    "look_for",
    "refuse_unknown",
    "remove_beside",
]


class Mention(NamedTuple):
    """Words that mean a person, or may, where they stand, and how often there; ``key`` is as decisions name it."""

    sureness: Sureness
    where: str
    key: str
    field: str
    part: str
    passage: str
    times: int

    @property
    def word(self) -> str:
        """The words as decisions name them: small letters, without accents."""
        return same_name(self.part)


class Looked(NamedTuple):
    """Where a person stands: the record that counts first, mentions in the file, and what lies beside it.

    ``frozen`` are the refs of papers that stay as they are, ``copies`` backups that nobody looked into. ``drafts`` and
    ``parts`` (what killed commands left) hold the name, or may, and are removed.
    """

    records: tuple[Link, ...]
    mentions: tuple[Mention, ...]
    frozen: tuple[str, ...]
    drafts: tuple[Path, ...]
    parts: tuple[Path, ...]
    copies: tuple[Path, ...]


def look_for(store: Store, uid: str, now: datetime) -> Looked:
    """Return where a person stands, whichever record of theirs is named. Nothing is changed."""
    uids = records_of(store, uid)
    finder = finder_for(store, uids)
    folder = folder_for_backups(store)
    return Looked(
        tuple(record for record in (link(store, "person", record_uid) for record_uid in uids) if record),
        tuple(_mentions(places(store, uids, finder))),
        _frozen(store, finder),
        tuple(path for path in _draft_files() if _holds(path, finder)),
        tuple(_parts((Path(store.path).parent, backup_folder(store.path), folder), now)),
        tuple(backups(store.path, folder)),
    )


def goes(mention: Mention, decision: Decision) -> bool:
    """Whether an erasure takes a mention, after a decision."""
    return decision.takes(mention.key, Hit(0, len(mention.part), mention.sureness, mention.part))


def _mentions(places: Iterator[Place]) -> list[Mention]:
    """Return the mentions in places, the surest first, those in records before those in the journal."""
    times: Counter[tuple[Sureness, str, str, str, str]] = Counter()
    passages: dict[tuple[Sureness, str, str, str, str], str] = {}
    for place in places:
        for hit in place.hits:
            mention = (hit.sureness, place.where, place.key, place.field, hit.part)
            times[mention] += 1
            passages.setdefault(mention, passage(place.text, hit))
    order = ("certain", "likely", "open")
    mentions = [Mention(*mention, passages[mention], number) for mention, number in times.items()]
    return sorted(mentions, key=lambda mention: order.index(mention.sureness))


def _frozen(store: Store, finder: Finder) -> tuple[str, ...]:
    if not count(store, Query("snapshot")):
        return ()
    from tracker.services.board.snapshots import holding

    return tuple(holding(store, finder))


def refuse_unknown(looked: Looked, decision: Decision) -> None:
    """Raise TrackerError when a decision names a place or a word at which the person does not stand."""
    names: set[str] = set()
    for mention in looked.mentions:
        key = mention.key.lower()
        names |= {key, mention.word, f"{key} {mention.word}"}
    unknown = sorted((decision.leave | decision.take) - names)
    if unknown:
        listed = ", ".join(f"“{name}”" for name in unknown)
        message = f"The person stands at no place and in no word called {listed}. Nothing was erased; look at the list."
        raise TrackerError(message, "erase.unknown")


def _draft_files() -> list[Path]:
    """Return the files of what was typed and not saved, in whichever programme: their names do not say."""
    folder = state_folder() / "drafts"
    return sorted([*folder.glob("*.json"), *folder.glob("*.new")])


def _holds(path: Path, finder: Finder) -> bool:
    """Whether a draft holds the person; one that cannot be read does not."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return False
    with suppress(ValueError, RecursionError):
        text = json.dumps(json.loads(text), ensure_ascii=False)
    return any(hit.sureness != "open" for hit in finder.hits(text))


def _parts(folders: tuple[Path, ...], now: datetime) -> Iterator[Path]:
    """Yield what killed commands left, of whatever age where it says which process wrote it."""
    at = now.timestamp()
    for folder in dict.fromkeys(folders):
        yield from leftovers(folder, at)
        if os.name != "nt":
            older = leftovers(folder, at + LEAST_AGE_S)
            yield from (path for path in older if path.suffix != ".tmp" and path not in leftovers(folder, at))


def erase_person(store: Store, uid: str, by: Acting, *, reason: str, decision: Decision | None = None) -> Erased:
    """Erase a person; the papers then say “Former staff (role)”, but those that were frozen stay as they are.

    ``decision`` says what becomes of places that are not certain. Raises TrackerError without a reason.
    """
    text = require_reason(reason, "the person is erased")
    frozen = _frozen(store, finder_for(store, records_of(store, uid)))
    return erase(store, uid, by, reason=text, decision=decision)._replace(snapshots=frozen)


def remove_beside(looked: Looked) -> list[Path]:
    """Remove the drafts and parts that were listed; return those that could not be removed."""
    list(take_away([*looked.drafts, *looked.parts]))
    return [path for path in (*looked.drafts, *looked.parts) if os.path.lexists(path)]
