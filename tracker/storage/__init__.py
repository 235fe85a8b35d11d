"""The programme file: the only place that speaks SQL. What most callers need is imported from here."""

from tracker.storage.columns.sql import Link, stored_value
from tracker.storage.journal.history import (
    Change,
    Recorded,
    added_for,
    effective_changes,
    head,
    last_tx,
    of_command,
    of_record,
)
from tracker.storage.queries import AnyOf, Condition, E, Query, count, links, record, records
from tracker.storage.rows import has_programme, insert_row, link, rating_scale, uuid7
from tracker.storage.store import Acting, Store, Tx

__all__ = [
    "Acting",
    "AnyOf",
    "Change",
    "Condition",
    "E",
    "Link",
    "Query",
    "Recorded",
    "Store",
    "Tx",
    "added_for",
    "count",
    "effective_changes",
    "has_programme",
    "head",
    "insert_row",
    "last_tx",
    "link",
    "links",
    "of_command",
    "of_record",
    "rating_scale",
    "record",
    "records",
    "stored_value",
    "uuid7",
]
