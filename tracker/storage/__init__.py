"""The programme file: the only place that speaks SQL. What most callers need is imported from here."""

from tracker.storage.columns.sql import Link, stored_value
from tracker.storage.queries import AnyOf, Condition, E, Query, count, links, record, records
from tracker.storage.rows import has_programme, insert_row, link, rating_scale, uuid7
from tracker.storage.store import Acting, Store, Tx

__all__ = [
    "Acting",
    "AnyOf",
    "Condition",
    "E",
    "Link",
    "Query",
    "Store",
    "Tx",
    "count",
    "has_programme",
    "insert_row",
    "link",
    "links",
    "rating_scale",
    "record",
    "records",
    "stored_value",
    "uuid7",
]
