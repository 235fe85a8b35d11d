"""Which record a source means: by what it calls it, or by a name that just one record has."""

from collections.abc import Collection, Iterator

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
        self._identified = set(self._uids.values())
        self._namesakes: dict[str, dict[str, list[Link]]] = {}
        self._resolved: dict[tuple[str, str], str | TrackerError] = {}
        self._added: list[tuple[str, str]] = []  # what was resolved to a record that the row at hand added

    def uid_of(self, register: type[Entity], code: str) -> str:
        """Return the uid of the record that the source calls so; empty where there is none."""
        return self._uids.get((register.kind, code), "")

    def namesake(self, register: type[Entity], title: str) -> str:
        """Return the uid of the only record here of that name, if the source calls none so yet; else nothing."""
        field = register.fields()[register.name_field]
        if field.kind != "text" or not title or register.append_only:
            return ""
        if register.kind not in self._namesakes:
            by_name: dict[str, list[Link]] = {}
            for link in links(self._edit.store, register.kind).values():
                if link.uid not in self._identified and link.name:
                    by_name.setdefault(likeness(link.name), []).append(link)
            self._namesakes[register.kind] = by_name
        by_likeness = self._namesakes[register.kind]
        namesakes = by_likeness.get(likeness(title), []) if by_likeness else []
        return namesakes[0].uid if len(namesakes) == 1 else ""

    def identify(self, register: type[Entity], uid: str, code: str) -> None:
        """Record what the source calls a record, unless that is recorded already."""
        if self._uids.get((register.kind, code)) != uid:
            values = {"about": uid, "about_kind": register.kind, "source": self._mapping.source, "code": code}
            self._edit.insert(Identifier, values)

    def absent(
        self, kinds: Collection[str], present: Collection[tuple[str, str]]
    ) -> Iterator[tuple[type[Entity], str]]:
        """Yield register and uid of each record of some kinds that the source had and that is not present any more."""
        for (kind, code), uid in self._uids.items():
            if kind in kinds and (kind, code) not in present:
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
