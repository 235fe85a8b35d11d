"""The wheel that is made from the sdist works in another folder, with its content, and holds nothing else."""

import os
import re
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist, and the wheel that was made from it; without a network."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that stands for site-packages: a wheel is unpacked and no more."""
    (wheel,) = built.glob("*.whl")
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as file:
        file.extractall(folder)
    return folder


def files_below(folder: Path) -> set[str]:
    """Return the files that people wrote, by their path in a folder."""
    return {
        str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file() and "__pycache__" not in str(path)
    }


def test_the_top_level_of_the_wheel(installed: Path) -> None:
    names = {path.name for path in installed.iterdir()}
    assert {name for name in names if not name.endswith(".dist-info")} == {"tracker", "screens"}
    assert len(names) == 3


def test_the_wheel_holds_everything_and_no_tests(installed: Path) -> None:
    ours = {name for name in files_below(installed / "tracker") if not name.startswith("data/")}
    assert ours == files_below(ROOT / "tracker")
    assert files_below(installed / "screens") == files_below(ROOT / "screens")
    assert files_below(installed / "tracker" / "data") == files_below(ROOT / "data")
    assert any(name.endswith(".sql") for name in ours)
    assert any(name.endswith(".tcss") for name in files_below(installed / "screens"))
    assert not [name for name in files_below(installed) if "test" in Path(name).name]


def test_the_sdist_holds_what_builds_and_tests_it(built: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as file:
        names = {name.partition("/")[2] for name in file.getnames()}
    assert {"pyproject.toml", "README.md", "LICENSE", "tests/conftest.py", "tracker/cli/__init__.py"} <= names
    assert "data/demo/programme.toml" in names
    assert not [name for name in names if name.endswith((".pyc", ".db-journal")) or name.startswith((".git/", "dist/"))]


def test_the_wheel_works_in_another_folder(installed: Path, tmp_path: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(installed), "PYTHONDONTWRITEBYTECODE": "1"}

    def printed(*words: str) -> str:
        command = [sys.executable, "-c", "import sys; from tracker.cli import main; main(sys.argv[1:])", *words]
        done = subprocess.run(command, capture_output=True, text=True, env=env, cwd=tmp_path, check=False)
        assert (done.returncode, "Traceback" in done.stderr) == (0, False), done
        return done.stdout

    where = [sys.executable, "-c", "import tracker, screens; print(tracker.__file__, screens.__file__)"]
    found = subprocess.run(where, capture_output=True, text=True, env=env, cwd=tmp_path, check=True).stdout
    assert found.count(str(installed)) == 2
    assert printed("--version").startswith("tracker, version ")
    printed("init", "Simpler Services", "--file", "mine.db")
    assert printed("--file", "mine.db", "win", "add", "One re-keyed field less") == "W-001\n"
    assert "One re-keyed field less" in printed("--file", "mine.db", "win", "list")
    printed("--file", "demo.db", "demo", "--no-open", "--as-told")
    assert "Parking permits" in printed("--file", "demo.db", "pilot", "list")
    assert "Simpler Services" in printed("--file", "demo.db", "report", "summary", "--as-of", "2026-11-12")


def test_the_command_is_installed_under_its_name(installed: Path) -> None:
    (info,) = installed.glob("*.dist-info")
    assert "tracker = tracker.cli:main" in (info / "entry_points.txt").read_text(encoding="utf-8")
    wanted = [
        line
        for line in (info / "METADATA").read_text(encoding="utf-8").splitlines()
        if line.startswith("Requires-Dist")
    ]
    assert {re.split("[<>=]", line.split()[1])[0] for line in wanted if "extra ==" not in line} == {
        *("click", "holidays", "platformdirs", "pydantic", "python-dateutil", "sqlite-utils", "textual", "tzdata"),
        *("jinja2", "lxml", "python-calamine", "tomli-w", "python-docx", "python-pptx", "typst", "xlsxwriter"),
        *("fontpkg-ibm-plex-sans", "fontpkg-noto-sans-arabic", "fontpkg-noto-sans-devanagari"),
    }
