"""The programme's own thresholds, as the file holds them."""

from typing import NamedTuple

from tracker.rules.setting_texts import settings_from
from tracker.rules.settings import CATALOGUE, Settings
from tracker.storage import Store
from tracker.storage.columns.sql import stored_settings


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
