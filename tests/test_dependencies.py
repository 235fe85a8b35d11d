"""What the program is made of is bounded, locked and listed, and the four lists agree."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parent.parent
DIRECT = [Requirement(line) for line in tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]]
PINNED = re.compile(r"^(\S+)==(\S+) ((?:; [^\\]+ )?)\\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.MULTILINE)


def locked() -> dict[str, Version]:
    """Return the release of each package in the lock file that has hashes."""
    text = (ROOT / "requirements.lock").read_text()
    return {canonicalize_name(found[1]): Version(found[2]) for found in PINNED.finditer(text)}


@pytest.mark.parametrize("wanted", DIRECT, ids=lambda wanted: wanted.name)
def test_every_dependency_has_a_lower_and_an_upper_bound_and_is_locked_within(wanted: Requirement) -> None:
    assert {bound.operator for bound in wanted.specifier} == {">=", "<"}
    assert locked()[canonicalize_name(wanted.name)] in wanted.specifier


def test_every_line_of_the_lock_has_hashes() -> None:
    lines = [line for line in (ROOT / "requirements.lock").read_text().splitlines() if re.match(r"[A-Za-z0-9]", line)]
    assert len(lines) == len(locked()) > len(DIRECT)


def test_the_lists_of_licences_and_parts_name_what_is_locked() -> None:
    elsewhere = {"colorama"}  # Windows only: in the lock, and not in what is installed here
    names = set(locked()) - elsewhere
    parts = json.loads((ROOT / "sbom.cdx.json").read_text())
    assert parts["bomFormat"] == "CycloneDX"
    listed = {canonicalize_name(part["name"]): Version(part["version"]) for part in parts["components"]}
    assert listed == {name: locked()[name] for name in names}
    rows = [line.split("|")[1:] for line in (ROOT / "licences.md").read_text().splitlines() if line.startswith("| ")]
    licences = {canonicalize_name(row[0].strip()): row[2].strip() for row in rows[1:]}
    assert set(licences) == names
    assert not [name for name, licence in licences.items() if licence in ("", "UNKNOWN") or "GPL" in licence]
