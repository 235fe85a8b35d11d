"""The programme's own thresholds, as the file holds them."""

from typing import NamedTuple

from tracker.entities import Entity, registers
from tracker.rules.setting_texts import kinds_in, settings_from
from tracker.rules.settings import CATALOGUE, Settings
from tracker.storage import Query, Store, count
from tracker.storage.columns.sql import stored_settings
from tracker.storage.queries import kept


class SettingNow(NamedTuple):
    """A setting with what people read of it, its value and its default; ``own``: the programme set it itself."""

    name: str
    label: str
    help: str
    value: float | str
    default: float | str
    own: bool


def read_settings(store: Store) -> Settings:
    """Return the settings as the store shows them; those of an earlier day when it shows one."""
    return settings_from(stored_settings(store))


class OnRequest(NamedTuple):
    """A register on request: how many records it has, whether fronts show it, and what its records are."""

    kind: str
    plural: str
    records: int
    shown: bool
    about: str


def on_request() -> list[type[Entity]]:
    """Return the registers that are shown only once they are used, in the order people meet them."""
    return [register for register in registers() if register.on_request]


def in_use(store: Store) -> frozenset[str]:
    """Return the kinds on request that fronts show: with a record, or asked for; parts come with what they are of."""
    used = kept(store, [register.kind for register in on_request()]) | set(kinds_in(_requested(store)))
    parts = (register for register in on_request() if register.detail)
    return used | {part.kind for part in parts if part.fields()[part.belongs_to].target in used}


def all_on_request(store: Store) -> list[OnRequest]:
    """Return every register on request as it stands."""
    used = in_use(store)
    return [
        OnRequest(
            register.kind,
            register.plural,
            count(store, Query(register.kind)),
            register.kind in used,
            (register.__doc__ or "").strip().splitlines()[0],
        )
        for register in on_request()
    ]


def _requested(store: Store) -> str:
    return read_settings(store).registers_shown


def all_settings(store: Store) -> list[SettingNow]:
    """Return every setting in the order of the catalogue."""
    settings = read_settings(store)
    return [
        SettingNow(name, spec.label, spec.help, settings.values[name], spec.default, name in settings.own)
        for name, spec in CATALOGUE.items()
    ]
