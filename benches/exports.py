"""What processor time papers take as whole processes, and how much memory, as ratios of a bare ``python -c pass``.

``python benches/exports.py [ROUNDS] [--large]`` makes the demonstration programme in a temporary folder and writes its
full pack in each format, ROUNDS times (5 by itself), then in all formats at once. ``--large`` adds a programme of 200
pilots and one of 250. The aims on the demo: PDF within 1 s, HTML within 0.6 s, DOCX within 2 s, all formats within 5 s
and 300 MB; 200 pilots in all formats within 60 s. A pack of 250 pilots as PDF should take 350 MB: it takes 361.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import NamedTuple

from tracker.reports.formats import FORMATS

ROOT = Path(__file__).parent.parent
AIMS = {"pdf": 1.0, "html": 0.6, "docx": 2.0, "all": 5.0, "all, 200 pilots": 60.0}
MOST_MEGABYTES = 300
DAY = date(2026, 11, 12)


class Taken(NamedTuple):
    """Processor seconds of a process, the most memory it held (MB), and how large what it wrote is (KB)."""

    seconds: float
    megabytes: float
    kilobytes: float


def timed(command: list[str], folder: Path) -> Taken:
    """Return what a process takes. Raises RuntimeError with what it said when it fails."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "TRACKER"))}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=env, cwd=ROOT) as process:
        assert process.stdout is not None
        said = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = usage.ru_utime + usage.ru_stime  # what else the machine does counts little so
    if process.returncode:
        raise RuntimeError(said.decode().strip())
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) if folder.exists() else 0
    return Taken(seconds, usage.ru_maxrss / 1024, size / 1024)


def measured(command: list[str], folder: Path, rounds: int) -> Taken:
    """Return the medians of some rounds, after one that only warms up; the folder is emptied before each."""
    found = []
    for number in range(rounds + 1):
        shutil.rmtree(folder, ignore_errors=True)
        taken = timed(command, folder)
        if number:
            found.append(taken)
    return Taken(*(statistics.median(each) for each in zip(*found, strict=True)))


def make(builder: str, file: Path, more: str = "") -> None:
    """Make a programme in a process of its own: what a process holds when it begins another counts as that one's."""
    module = "story" if builder == "build_demo" else "synthetic"
    code = (
        f"import sys, pathlib; from tracker.services.demo.{module} import {builder}; "
        f"{builder}(pathlib.Path(sys.argv[1]){more})"
    )
    subprocess.run([sys.executable, "-c", code, str(file)], cwd=ROOT, check=True)


def export(file: Path, folder: Path, *kinds: str) -> list[str]:
    """Return the command that writes the pack of a programme."""
    start = [sys.executable, "-c", "from tracker.cli import main; main()", "--file", str(file)]
    asked = [word for kind in kinds for word in ("--format", kind)]
    return [*start, "report", "pack", "--as-of", DAY.isoformat(), "--since", "2026-10-08", *asked, "-o", f"{folder}/"]


def told(name: str, taken: Taken, bare: float) -> None:
    """Print a line, with the aim where there is one."""
    line = f"{name:<16} {taken.seconds * 1000:8.0f} ms {taken.seconds / bare:7.1f} times bare python"
    line += f" {taken.megabytes:6.0f} MB {taken.kilobytes:8.0f} KB"
    aim = AIMS.get(name)
    if aim is not None:
        line += f"   aim {aim:g} s: {'kept' if taken.seconds <= aim else 'MISSED'}"
    if name.startswith("all"):
        line += f", {MOST_MEGABYTES} MB: {'kept' if taken.megabytes <= MOST_MEGABYTES else 'MISSED'}"
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    """Print the figures."""
    given = [word for word in sys.argv[1:] if word != "--large"]
    rounds = int(given[0]) if given else 5
    with tempfile.TemporaryDirectory() as place:
        file, folder = Path(place) / "demo.db", Path(place) / "out"
        make("build_demo", file)
        bare = measured([sys.executable, "-c", "pass"], folder, rounds)
        told("bare python", bare, bare.seconds)
        for kind in FORMATS:
            try:
                told(kind, measured(export(file, folder, kind), folder, rounds), bare.seconds)
            except RuntimeError as error:  # a library that is not installed
                sys.stdout.write(f"{kind:<16} {error}\n")
        told("all", measured(export(file, folder, "all"), folder, rounds), bare.seconds)
        if "--large" in sys.argv:
            large = Path(place) / "large.db"
            make("build_large", large, ", pilots=200, risks=1200")
            told("all, 200 pilots", measured(export(large, folder, "all"), folder, 1), bare.seconds)
            largest = Path(place) / "largest.db"
            make("build_large", largest, ", pilots=250, risks=1200")
            for kind in ("pdf", "xlsx"):
                told(f"{kind}, 250 pilots", measured(export(largest, folder, kind), folder, 1), bare.seconds)


if __name__ == "__main__":
    main()
