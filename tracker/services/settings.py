"""The programme's own thresholds: read, set and put back, each with a reason in the journal."""

from typing import NamedTuple

from tracker.errors import TrackerError
from tracker.rules.reading import NotRead
from tracker.rules.setting_texts import read_setting, settings_from
from tracker.rules.settings import CATALOGUE, Settings
from tracker.services.records.writing import LEAST_REASON, Saved, add, change, remove
from tracker.storage.queries import Query, rows
from tracker.storage.store import Acting, Store


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
    return settings_from(_texts(store))


def all_settings(store: Store) -> list[SettingNow]:
    """Return every setting in the order of the catalogue."""
    settings = read_settings(store)
    return [
        SettingNow(name, spec.label, spec.help, settings.values[name], spec.default, name in settings.own)
        for name, spec in CATALOGUE.items()
    ]


def set_setting(store: Store, name: str, text: str, by: Acting, reason: str | None) -> Saved:
    """Set a setting from typed text; return its record.

    Raises TrackerError when there is no such setting, the text is no value for it, the value contradicts
    another setting (bands and tolerances rise), or the reason has fewer than five characters.
    """
    value = str(_read(name, text))
    if len((reason or "").strip()) < LEAST_REASON:
        told = f"Say why {CATALOGUE[name].label} changes (--reason “…”, at least {LEAST_REASON} characters)."
        raise TrackerError(told)
    stored = _texts(store)
    known = settings_from(stored).problems
    for problem in settings_from({**stored, name: value}).problems:
        if problem not in known:
            raise TrackerError(problem.replace("The defaults are used.", "Nothing was changed."))
    found = _uids(store, name)
    if found:
        return change(store, "setting", found[-1], {"value": value}, by, reason=reason)
    return add(store, "setting", {"name": name, "value": value}, by, reason=reason)


def reset_setting(store: Store, name: str, by: Acting, reason: str | None = None) -> Saved:
    """Put a setting back to its default; return the record that was removed.

    Raises TrackerError when there is no such setting or it is at its default, or when the default
    contradicts another setting. A record of a setting that this version does not know can be removed too.
    """
    found = _uids(store, name)
    if not found:
        default = CATALOGUE[name].default if name in CATALOGUE else _read(name, "")
        raise TrackerError(f"{CATALOGUE[name].label} is at its default ({default}) already.")
    stored = _texts(store)
    known = settings_from(stored).problems
    del stored[name]
    for problem in settings_from(stored).problems:
        if problem not in known:
            raise TrackerError(problem.replace("The defaults are used.", "Nothing was changed."))
    return [remove(store, "setting", uid, by, reason=reason or "Back to the default") for uid in found][-1]


def _read(name: str, text: str) -> float | str:
    try:
        return read_setting(name, text)
    except NotRead as problem:
        raise TrackerError(str(problem)) from None


def _uids(store: Store, name: str) -> list[str]:
    """Return the records of a setting, the one in use last; two copies of a file may each have made one."""
    return [uid for uid, _, own, _ in rows(store, Query("setting"), ["name", "value"]) if own == name]


def _texts(store: Store) -> dict[str, str]:
    return {name: text for _, _, name, text in rows(store, Query("setting"), ["name", "value"])}
