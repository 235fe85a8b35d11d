"""What is said of fields beside their values, laid over values as they are read: kinds of nothing, vague days."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from tracker.entities import Entity
from tracker.fields import DAY, MARKS, SPANS, Carried, Nothing, VagueDay, Value, WorkedOut
from tracker.ratings import NOT_RATED, Rated
from tracker.storage.store import Raw, Store

GIVEN = "given"
FEW = 500  # records that are asked for by their uids; of more, what is said of the whole register is read


class Said(NamedTuple):
    """What one record says of a field of another: its own uid, then what stands beside the value."""

    uid: str
    state: str
    words: str
    precision: str
    source: str

    def over(self, value: Value) -> Value:
        """Return a value with what is said of it."""
        return over(value, self.state, self.words, self.precision)

    @property
    def is_plain(self) -> bool:
        """Whether nothing is said any more: there is a value, a whole day, from nowhere in particular."""
        return self.state == GIVEN and not (self.precision or self.source)

    def data(self) -> dict[str, str | None]:
        """Return what is said as data; what was not given is None."""
        texts = {"words": self.words, "precision": self.precision, "source": self.source}
        return {"state": self.state, **{name: text or None for name, text in texts.items()}}


def over(value: Value, state: str | None, words: str | None, precision: str | None) -> Value:
    """Return a stored value with what is said of it: a kind of nothing, or a day that is less than exact."""
    if value is None and state in MARKS:
        return Nothing(str(state), words or "")
    if not isinstance(value, date) or isinstance(value, WorkedOut):
        return value
    if precision in SPANS:
        return VagueDay.of(value, str(precision))
    if precision == DAY:
        return WorkedOut.of(value)
    return value


def said_of(store: Store, uid: str) -> dict[str, Said]:
    """Return what is said of the fields of a record, by the name of the field."""
    sql = (
        "SELECT field, uid, state, coalesce(words, ''), coalesce(precision, ''), coalesce(source, '') FROM field_state "
        "WHERE about = ? AND deleted_at IS NULL ORDER BY id"
    )
    return {field: Said(*columns) for field, *columns in store.read(sql, (uid,))}


def nothings(store: Store, only: Sequence[str] = ()) -> dict[tuple[str, str], Nothing]:
    """Return the kinds of nothing that are said of fields, by the uid of the record and the field.

    ``only`` are the uids of the records that are asked for, where they are few.
    """
    sql = (
        "SELECT about, field, state, coalesce(words, '') FROM field_state "
        "WHERE deleted_at IS NULL AND state <> 'given'{} ORDER BY id"
    )
    rows = store.read(sql.format(""), ()) if not only else []
    for part in (only[at : at + FEW] for at in range(0, len(only), FEW)):
        rows = [*rows, *store.read(sql.format(f" AND about IN ({', '.join('?' * len(part))})"), part)]
    return {(about, field): Nothing(state, words) for about, field, state, words in rows}


def lay_over(
    store: Store, kind: type[Entity], uids: Sequence[str], names: Sequence[str], rows: Sequence[list[Value]]
) -> None:
    """Put what is said of the fields of some records into their rows of values, which are in the order of the uids."""
    places = {
        name: place for place, name in enumerate(names) if name in kind.fields() and kind.fields()[name].spoken_of
    }
    remarks = _said(store, kind, uids, "(state <> 'given' OR precision IS NOT NULL)") if places else []
    of_uid = dict(zip(uids, rows, strict=True)) if remarks else {}
    for about, field, state, words, precision in remarks:
        if about in of_uid and field in places:
            row = of_uid[about]
            row[places[field]] = over(row[places[field]], state, words, precision)
    _lay_over_carried(store, kind, uids, names, rows)


def _lay_over_carried(
    store: Store, kind: type[Entity], uids: Sequence[str], names: Sequence[str], rows: Sequence[list[Value]]
) -> None:
    """Put kinds of nothing into fields that are carried from a newer record, such as a rating that is withheld."""
    fields = kind.fields()
    for place, name in enumerate(names):
        carried = fields[name].carried if name in fields else None
        of_uid = _carried(store, carried) if carried else {}
        for uid, row in zip(uids, rows, strict=True) if of_uid else ():
            state, words = of_uid.get(uid, ("", None))
            row[place] = over(row[place], state, words, None)


def _carried(store: Store, carried: Carried) -> dict[str, tuple[str, str | None]]:
    """Return the kind of nothing, with its words, that the newest records say of a field, by what they point at."""
    where = "".join(f" AND {{table}}.\"{field}\" = '{value}'" for field, value in carried.where)
    link = f'"{carried.link}"'
    on = f'"{carried.on}"'
    newest = (
        f'SELECT n.uid FROM "{carried.kind}" n WHERE n.{link} = c.{link} AND n.deleted_at IS NULL'
        f"{where.format(table='n')} ORDER BY n.{on} DESC, n.id DESC LIMIT 1"
    )
    sql = (
        f'SELECT c.{link}, s.state, s.words FROM field_state s JOIN "{carried.kind}" c ON c.uid = s.about '
        f"WHERE s.about_kind = ? AND s.field = ? AND s.state <> 'given' AND s.deleted_at IS NULL AND c.uid = ({newest})"
    )
    return {uid: (state, words) for uid, state, words in store.read(sql, (carried.kind, carried.source))}


def make_vague(store: Store, kind: type[Entity], records: Sequence[tuple[str, dict[str, Value]]]) -> None:
    """Put days of which only the month, quarter or year is known into the values of records, each given with its uid.

    Kinds of nothing are not among them: rules read no value where there is none.
    """
    if not any(field.spoken_of and field.kind == "date" for field in kind.fields().values()):
        return
    remarks = _said(store, kind, [uid for uid, _ in records], "precision IS NOT NULL")
    of_uid = dict(records) if remarks else {}
    for about, field, state, words, precision in remarks:
        if about in of_uid and field in of_uid[about]:
            of_uid[about][field] = over(of_uid[about][field], state, words, precision)


def say_of_ratings(store: Store, kind: type[Entity], records: Sequence[tuple[str, dict[str, Value]]]) -> None:
    """Put what was said in place of a rating into the values of records, each given with its uid.

    It is an answer, though no judgement: rules meet it as a rating that says “not rated”.
    """
    for name, field in kind.fields().items():
        if not field.scale:
            continue
        if field.carried:
            answers = _carried(store, field.carried)
        else:
            remarks = _said(store, kind, [uid for uid, _ in records], "state NOT IN ('given', 'missing')")
            answers = {about: (state, words) for about, of, state, words, _ in remarks if of == name}
        for uid, values in records if answers else ():
            state, words = answers.get(uid, ("", None))
            if values[name] is None and state in MARKS and state != "missing":
                scale = str(values[field.scale] or "")
                values[name] = Rated(NOT_RATED, scale, Nothing(state).brief, words or "")


def _said(
    store: Store, kind: type[Entity], uids: Sequence[str], condition: str
) -> list[tuple[str, str, str, str, str]]:
    """Return what is said of the fields of some records: uid, field, state, words and precision."""
    if not uids or kind.hidden:
        return []
    few = len(uids) <= FEW
    about = f"about IN ({', '.join('?' * len(uids))})" if few else "about_kind = ?"
    values: Sequence[Raw] = uids if few else [kind.kind]
    return store.read(
        "SELECT about, field, state, words, precision FROM field_state "
        f"WHERE deleted_at IS NULL AND {condition} AND {about}",
        values,
    )
