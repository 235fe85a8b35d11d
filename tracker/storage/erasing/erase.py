"""Erasing a person: name and address go from the whole file, history included, and the chain still verifies."""

from typing import NamedTuple

from tracker.entities import all_entities
from tracker.errors import FileTrouble, Note
from tracker.fields import Field
from tracker.rules.erasing.finding import GONE, Decision, Finder
from tracker.storage import lease
from tracker.storage.connection import FAILURES
from tracker.storage.erasing.places import contents_of, finder_for, free_fields, free_texts, key_of
from tracker.storage.journal.blanking import Entry, blank_changes, blank_reason, contents, restate
from tracker.storage.journal.chain import Content, reason_digest
from tracker.storage.people import PERSONAL_FIELDS, nameless, records_of
from tracker.storage.schema import RECORD, RESTATED
from tracker.storage.search_schema import rebuild_search
from tracker.storage.store import Acting, Store

LEAST_TEXT = 20  # no rule asks for longer texts: one that was long enough stays so


class Erased(NamedTuple):
    """What an erasure did: the name that stands there now, and in how many other texts the old one was replaced.

    ``snapshots`` are the refs of frozen papers that still hold the old one: what a board was shown never changes.
    """

    tx: int
    name: str
    texts: int
    snapshots: tuple[str, ...] = ()
    clock: Note | None = None


def erase(store: Store, uid: str, by: Acting, *, reason: str, decision: Decision | None = None) -> Erased:
    """Erase a person with all their records; what they recorded stays, under a name that is none.

    Content and salts of the journal rows that hold the personal data are taken away after their digest has
    been kept, so the chain verifies without them. The file is rewritten at the end, so that no deleted bytes
    stay in it. Backups made before still hold the name.
    """
    uids = records_of(store, uid)
    erasure = _Erasure(store, uids, finder_for(store, uids), decision or Decision())
    with store.command(by, "erase", reason=erasure.finder.removed(reason, lambda _: True)) as tx:
        erasure.forget_changes("IS NOT ?", tx.id)
        erasure.forget_reasons(tx.id)
        texts = erasure.replace_texts()
        name = erasure.take_names()
        erasure.forget_changes("IS ?", tx.id)
        restate(store.connection, tx.id)
        rebuild_search(store.connection)
    try:
        with lease.held(store.path):
            store.connection.execute("VACUUM")
    except (*FAILURES, FileTrouble) as error:
        raise FileTrouble(
            f"The person is erased, but {store.path} could not be rewritten, so that bytes of the "
            f"name may still lie in it. Close every program that has it open and erase them once more."
        ) from error
    return Erased(tx.id, name, texts, clock=tx.clock)


class _Erasure:
    """An erasure inside its command: of whom, what finds them, and what was decided of places that are not certain."""

    def __init__(self, store: Store, uids: list[str], finder: Finder, decision: Decision) -> None:
        self.store = store
        self.uids = uids
        self.finder = finder
        self.decision = decision

    def take_names(self) -> str:
        """Empty the personal fields of the person's records; return the name that stands there now."""
        empty = ", ".join(f'"{field}" = NULL' for field in PERSONAL_FIELDS if field != "display_name")
        names = []
        for uid in self.uids:
            names.append(nameless(self.store.read("SELECT role_title FROM person WHERE uid = ?", (uid,))[0][0]))
            changed = " OR ".join(f'"{field}" IS NOT NULL' for field in PERSONAL_FIELDS if field != "display_name")
            self.store.run(
                f"UPDATE person SET display_name = ?1, active = 0, {empty} "
                f"WHERE uid = ?2 AND (display_name <> ?1 OR active OR {changed})",
                (names[-1], uid),
            )
        return names[0]

    def forget_changes(self, condition: str, tx: int) -> None:
        """Take content and salt away from the journal rows (those that a condition allows) that hold what is erased."""
        entries = contents(self.store.connection, condition, tx)
        gone = [(entry.id, entry.digest) for entry in entries if self._goes(entry)]
        blank_changes(self.store.connection, tx, gone)

    def _goes(self, entry: Entry) -> bool:
        if entry.row in self.uids and entry.field in (RECORD, RESTATED, *PERSONAL_FIELDS):
            return True
        for value in (entry.old, entry.new):
            texts = list(contents_of(entry.field, value))
            if any(self._holds(entry, text, texts) for _, text in texts):
                return True
        return False

    def _holds(self, entry: Entry, text: object, texts: list[tuple[str, Content]]) -> bool:
        hits = self.finder.hits(text) if isinstance(text, str) else []
        if not hits:
            return False
        key = key_of(self.store, entry.kind, entry.row, texts)
        return any(self.decision.takes(key, hit) for hit in hits)

    def forget_reasons(self, tx: int) -> None:
        """Take away the reasons that hold what is erased."""
        rows = self.store.read("SELECT id, reason, salt FROM tx WHERE salt IS NOT NULL AND reason IS NOT NULL")
        for number, reason, salt in rows:
            if number != tx and any(self.decision.takes(f"#{number}", hit) for hit in self.finder.hits(reason)):
                blank_reason(self.store.connection, tx, number, reason_digest(salt, reason))

    def replace_texts(self) -> int:
        """Replace the name where other people wrote it into their texts; return in how many texts it stood."""
        count = 0
        for kind in all_entities():
            fields = free_fields(kind)
            for uid, ref, texts in free_texts(self.store, kind):
                for name, text in texts.items():
                    replaced = self._replaced(text, fields.get(name), ref) if isinstance(text, str) else text
                    if replaced != text:
                        self.store.run(f'UPDATE "{kind.kind}" SET "{name}" = ? WHERE uid = ?', (replaced, uid))
                        count += 1
        return count

    def _replaced(self, text: str, field: Field | None, ref: str) -> str:
        """Return a text without the name, as long as the rules of its field ask and allow."""
        replaced = self.finder.removed(text, lambda hit: self.decision.takes(ref, hit))
        if replaced == text:
            return text
        replaced = replaced.ljust(min(len(text), LEAST_TEXT), "…")
        if field is not None and field.kind == "text" and field.longest:
            return replaced[: field.longest]
        return replaced


__all__ = ["GONE", "Erased", "erase"]
