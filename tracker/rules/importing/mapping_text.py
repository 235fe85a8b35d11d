"""A mapping as TOML, read with the line of every problem and written so that it reads the same again."""

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace

from tracker.entities import ENTITIES, Entity, entity
from tracker.entities.options import options_of
from tracker.rules.importing.mapping import ImportMapping, Layout, Origin, RecordRule
from tracker.rules.reading import suggestion
from tracker.rules.templates.lines import Path
from tracker.rules.templates.reader import TemplateReader, Trouble
from tracker.rules.wording import short
from tracker.text import clean

HEAD = """\
# How a table becomes records of the programme: “tracker import FILE --mapping THIS”.
# docs/moving-in.md says what can stand here.
"""
REST_WORDS = 'With note = "*" in a [[record]] the texts of columns that no field takes go into a note of the record.'
TABLES = (ImportMapping, RecordRule, Origin, Layout)
FROM = ("columns", "value", "record")  # of which an origin has one


def read_mapping(file: str, text: str) -> tuple[ImportMapping | None, list[Trouble]]:
    """Return the mapping in a text, or None with everything that is wrong with it."""
    from pydantic import TypeAdapter, ValidationError

    reader = TemplateReader(file, text)
    data = reader.load()
    if data is None:
        return None, reader.troubles
    try:
        mapping = TypeAdapter(ImportMapping).validate_python(data)
    except ValidationError as error:
        for details in error.errors(include_url=False):
            path = tuple(part for part in details["loc"])
            reader.wrong(_place(path), _sentence(path, details["type"], details["msg"]))
        return None, reader.troubles
    mapping = replace(mapping, record=tuple(map(_by_name, mapping.record)))
    for path, reason in _misfits(mapping):
        reader.wrong(path, reason)
    return (None if reader.troubles else mapping), reader.troubles


def write_mapping(mapping: ImportMapping, aside: Sequence[str] = ()) -> str:
    """Return a mapping as TOML, without what is as it always is; columns that it leaves aside are a comment in it."""
    import tomli_w
    from pydantic import TypeAdapter

    plain = replace(mapping, title="", headers=())  # by which a shipped one is known
    data = TypeAdapter(ImportMapping).dump_python(plain, mode="json", exclude_defaults=True, by_alias=True)
    for rule in data["record"]:
        rule["fields"] = {name: _brief(origin) for name, origin in rule["fields"].items()}
        for key in ("key", "note"):
            if len(rule.get(key, ())) == 1:
                rule[key] = rule[key][0]
    names = ", ".join(short(clean(column).text, 60) for column in aside)
    rest = f"# {REST_WORDS}\n# Left aside: {names}\n" if names else ""
    return f"{HEAD}{rest}\n{tomli_w.dumps(data)}"


def _brief(origin: dict[str, object]) -> object:
    """Return an origin as people write it: its column alone where there is no more to it."""
    columns = origin.get("columns")
    if not isinstance(columns, list):
        return origin
    plain = columns[0] if len(columns) == 1 else columns
    return plain if len(origin) == 1 else {**origin, "columns": plain}


def _place(path: Path) -> Path:
    """Return the path of a key in the text, without the branches that a check of values went through."""
    return tuple(part for part in path if not (isinstance(part, str) and "[" in part))


def _sentence(path: Path, code: str, message: str) -> str:
    key = next((str(part) for part in reversed(path) if isinstance(part, str) and "[" not in part), "")
    name = clean(key).text
    if code == "unexpected_keyword_argument":
        keys = [part.name for table in TABLES for part in fields(table)]
        return f"There is no “{name}” here.{suggestion(key, keys)}"
    if code in ("missing", "missing_argument"):
        return f"“{name}” is missing."
    return f"{name}: {clean(message).text}."


def _misfits(mapping: ImportMapping) -> Iterator[tuple[Path, str]]:
    """Yield what of a mapping does not fit the registers, with where it stands."""
    if not mapping.record:
        yield (), "A mapping needs at least one [[record]]."
    records: list[str] = []
    for place, rule in enumerate(mapping.record):
        path: Path = ("record", place)
        names = [name for name, register in _registers().items() if not register.hidden]
        if rule.kind not in names:
            hint = suggestion(rule.kind, names)
            yield (*path, "register"), f"There is no register “{clean(rule.kind).text}”.{hint}"
            continue
        for name, origin in rule.fields.items():
            for reason in _wrong_field(entity(rule.kind), name, origin, records):
                yield (*path, "fields", name), reason
        records.append(rule.called)


def _by_name(rule: RecordRule) -> RecordRule:
    """Return a rule whose fields have their own names, where it calls them as the options of commands do."""
    register = _registers().get(rule.kind)
    if register is None:
        return rule
    names = {option: field.name for field in register.settable() for option in options_of(register, field)}
    own = {name: name if name in register.fields() else names.get(name, name) for name in rule.fields}
    fields = {name if own[name] in rule.fields else own[name]: origin for name, origin in rule.fields.items()}
    return replace(rule, fields=fields)


def _registers() -> dict[str, type[Entity]]:
    return {kind: entity(kind) for kind in ENTITIES}


def _wrong_field(register: type[Entity], name: str, origin: Origin, records: list[str]) -> Iterator[str]:
    settable = {field.name: field for field in register.settable()}
    if name not in settable:
        hint = suggestion(name, settable)
        yield f"A {register.noun} has no field “{clean(name).text}” that can be given.{hint}"
        return
    origins = [part for part in FROM if getattr(origin, part)]
    if len(origins) != 1:
        yield f"{name}: say where it comes from by just one of {', '.join(FROM)}."
    if origin.record and origin.record not in records:
        yield f"{name}: no record above is called “{clean(origin.record).text}”."
    if origin.record and not settable[name].target:
        yield f"{name} names no record."
