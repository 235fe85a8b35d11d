"""Which record a source means: by what it calls it, or by a name that just one record has."""

from collections.abc import Collection, Iterator, Mapping

from tracker.entities import Entity, Identifier, Person, entity
from tracker.errors import TrackerError
from tracker.rules.importing.mapping import ImportMapping
from tracker.rules.slips import likeness
from tracker.services.records.edit import LACKING, Edit
from tracker.services.records.finding import resolve_ref
from tracker.storage import Condition, Link, Query
from tracker.storage.queries import links, rows

# What a record may lack that comes from elsewhere, where people who type it are asked for it.
WAIVED = (LACKING, "needed", "order", "no_higher", "confidence.unexplained", "late_entry")


class Identities:
    """What a source calls the records of a programme, inside an open edit."""

    def __init__(self, edit: Edit, mapping: ImportMapping) -> None:
        self._edit = edit
        self._mapping = mapping
        query = Query(Identifier.kind, (Condition("source", "=", mapping.source),))
        entries = rows(edit.store, query, ["about_kind", "code", "about"])
        self._uids = {(str(kind), str(code)): str(uid) for _, _, kind, code, uid in entries}
        self._codes: dict[str, list[str]] = {}
        for (_, code), uid in self._uids.items():
            self._codes.setdefault(uid, []).append(code)
        self._namesakes: dict[str, dict[str, list[Link]]] = {}
        self._resolved: dict[tuple[str, str], str | TrackerError] = {}
        self._added: list[tuple[str, str]] = []  # what was resolved to a record that the row at hand added

    def uid_of(self, register: type[Entity], code: str) -> str:
        """Return the uid of the record that the source calls so; empty where there is none."""
        return self._uids.get((register.kind, code), "")

    def namesake(self, register: type[Entity], title: str, code: str) -> str:
        """Return the uid of the only record here of that name which may be meant; else nothing.

        What the source calls by another key is another record; not so where it has known one of the two by its name.
        """
        namesakes = self.named_before(register).get(likeness(title), []) if title else []
        if len(namesakes) != 1:
            return ""
        uid = namesakes[0].uid
        by_name = likeness(code) == likeness(title)
        codes = self.codes_of(uid)
        is_free = not codes or by_name != all(likeness(earlier) == likeness(title) for earlier in codes)
        return uid if is_free else ""

    def codes_of(self, uid: str) -> list[str]:
        """Return what the source called a record before this import."""
        return self._codes.get(uid, [])

    def named_before(self, register: type[Entity]) -> Mapping[str, list[Link]]:
        """Return the records of a register that were here before, by what spellings of their names share."""
        if register.fields()[register.name_field].kind != "text" or register.append_only:
            return {}
        if register.kind not in self._namesakes:
            by_name: dict[str, list[Link]] = {}
            for link in links(self._edit.store, register.kind).values():
                if link.name:
                    by_name.setdefault(likeness(link.name), []).append(link)
            self._namesakes[register.kind] = by_name
        return self._namesakes[register.kind]

    def identify(self, register: type[Entity], uid: str, code: str) -> None:
        """Record what the source calls a record, unless that is recorded already."""
        if self._uids.get((register.kind, code)) != uid:
            values = {"about": uid, "about_kind": register.kind, "source": self._mapping.source, "code": code}
            self._edit.insert(Identifier, values)

    def absent(
        self, kinds: Collection[str], present: Collection[tuple[str, str]], uids: Collection[str]
    ) -> Iterator[tuple[type[Entity], str]]:
        """Yield register and uid of each record of some kinds that the source had and that is not present any more.

        ``present`` are kind and code of what it has, ``uids`` those of the records that it was taken in as.
        """
        gone = dict.fromkeys((kind, uid) for (kind, _), uid in self._uids.items() if kind in kinds and uid not in uids)
        for kind, uid in gone:
            if not any((kind, code) in present for code in self.codes_of(uid)):
                yield entity(kind), uid

    def resolve(self, kind: str, text: str) -> str | TrackerError:
        """Return the uid of the record that a text in the source names, or the error that says why none is meant.

        A person whom nobody here is called like is added where the mapping says so.
        """
        key = (kind, text)
        if key not in self._resolved:
            self._resolved[key] = self._uids.get(key) or self._look_up(kind, text)
        return self._resolved[key]

    def begin_row(self) -> None:
        """Let what earlier rows added stand: a refusal takes back only what this row adds."""
        self._added.clear()

    def forget_row(self) -> None:
        """Forget what this row added, since it is taken back with the row."""
        for key in self._added:
            del self._resolved[key]

    def _look_up(self, kind: str, text: str) -> str | TrackerError:
        try:
            return resolve_ref(self._edit.store, kind, text).uid
        except TrackerError as error:
            if kind == Person.kind and self._mapping.other_people == "keep":
                self._added.append((kind, text))
                return self._edit.add(Person, {"display_name": text}, waived=WAIVED).uid
            return error
