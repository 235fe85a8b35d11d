"""The programme's own thresholds, as the file holds them."""

from typing import NamedTuple

from tracker.rules.setting_texts import settings_from
from tracker.rules.settings import CATALOGUE, Settings
from tracker.storage import Query, Store
from tracker.storage.queries import rows


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


def all_settings(store: Store) -> list[SettingNow]:
    """Return every setting in the order of the catalogue."""
    settings = read_settings(store)
    return [
        SettingNow(name, spec.label, spec.help, settings.values[name], spec.default, name in settings.own)
        for name, spec in CATALOGUE.items()
    ]


def stored_settings(store: Store) -> dict[str, str]:
    """Return the texts that the programme set, by the names of the settings."""
    return {name: text for _, _, name, text in rows(store, Query("setting"), ["name", "value"])}
