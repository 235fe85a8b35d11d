"""Setting the programme's own thresholds and putting them back, each with a reason in the journal."""

from collections.abc import Iterable, Mapping

from tracker.entities import Setting, entity
from tracker.errors import TrackerError
from tracker.rules.reading import NotRead
from tracker.rules.setting_texts import kinds_in, read_setting, settings_from
from tracker.rules.settings import CATALOGUE
from tracker.services.records.checking import require_reason
from tracker.services.records.writing import Saved, add, change, remove
from tracker.services.settings import on_request, read_settings
from tracker.storage import Acting, Store, records
from tracker.storage.columns.sql import stored_settings
from tracker.storage.queries import kept


def set_setting(store: Store, name: str, text: str, by: Acting, reason: str | None) -> Saved:
    """Set a setting from typed text; return its record.

    Raises TrackerError when there is no such setting, the text is no value for it, the value contradicts
    another setting (bands and tolerances rise), or the reason has fewer than five characters.
    """
    value = str(_read(name, text))
    require_reason(reason, f"{CATALOGUE[name].label} changes")
    stored = stored_settings(store)
    _refuse_contradiction(stored, {**stored, name: value})
    uids = _uids(store, name)
    if uids:
        return change(store, Setting.kind, uids[-1], {"value": value}, by, reason=reason)
    return add(store, Setting.kind, {"name": name, "value": value}, by, reason=reason)


def show_registers(store: Store, kinds: Iterable[str], by: Acting, *, shown: bool) -> Saved:
    """Show registers before their first record, or no longer; return the record of the setting.

    Raises TrackerError for what is no register on request, and for one with records that is to go.
    """
    names = [register.kind for register in on_request()]
    requested = {_read("registers_shown", kind) for kind in kinds}
    used = sorted(kept(store, names) & requested)
    if used and not shown:
        plural = entity(used[0]).plural
        raise TrackerError(f"There are {plural}, or were: what has records is shown. Nothing was changed.")
    before = set(kinds_in(read_settings(store).registers_shown))
    after = before | requested if shown else before - requested
    text = " ".join(name for name in names if name in after)
    reason = "Shown on request" if shown else "Not shown any more"
    return set_setting(store, "registers_shown", text, by, reason)


def reset_setting(store: Store, name: str, by: Acting, reason: str | None = None) -> Saved:
    """Put a setting back to its default; return the record that was removed.

    Raises TrackerError when there is no such setting or it is at its default, or when the default
    contradicts another setting. A record of a setting that this version does not know can be removed too.
    """
    uids = _uids(store, name)
    if not uids:
        default = CATALOGUE[name].default if name in CATALOGUE else _read(name, "")
        raise TrackerError(f"{CATALOGUE[name].label} is at its default ({default}) already.")
    stored = stored_settings(store)
    _refuse_contradiction(stored, {key: text for key, text in stored.items() if key != name})
    return [remove(store, Setting.kind, uid, by, reason=reason or "Back to the default") for uid in uids][-1]


def _refuse_contradiction(old: Mapping[str, str], new: Mapping[str, str]) -> None:
    """Raise TrackerError when new settings contradict each other as the old ones did not."""
    problems = settings_from(old).problems
    for problem in settings_from(new).problems:
        if problem not in problems:
            raise TrackerError(f"{problem.values.get('contradiction', problem)} Nothing was changed.")


def _read(name: str, text: str) -> float | str:
    try:
        return read_setting(name, text)
    except NotRead as problem:
        raise TrackerError(str(problem), "" if name in CATALOGUE else "setting.unknown") from None


def _uids(store: Store, name: str) -> list[str]:
    """Return the records of a setting, the one in use last; two copies of a file may each have made one."""
    return [setting.uid for setting in records(store, Setting, name=name)]
