"""Whether writers that never pause let each other write: how long each waits, and whether any is refused.

python benches/writers.py --processes 8 --seconds 60
python benches/writers.py --load 8          beside so many processes that only compute
"""

import argparse
import os
import signal
import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from tracker.errors import FileTrouble
from tracker.services.programme_file import create_programme
from tracker.services.records.people import acting
from tracker.services.records.writing import add
from tracker.storage.store import Store

NOW = datetime(2026, 11, 12, 9, 0, tzinfo=UTC)


class Waits(NamedTuple):
    """How long each write took, in seconds, and how many were refused."""

    seconds: list[float]
    refused: int
    least: int

    def __str__(self) -> str:
        waits = sorted(self.seconds)
        return (
            f"{len(waits)} written, {self.refused} refused; p50 {statistics.median(waits) * 1000:.1f} ms, "
            f"p99 {waits[len(waits) * 99 // 100] * 1000:.0f} ms, longest {waits[-1]:.2f} s; "
            f"the writer that came least wrote {self.least}"
        )


def write(path: Path, seconds: float, pipe: int) -> None:
    """Write without a pause for so many seconds; report each wait."""
    until = time.monotonic() + seconds
    with Store.open(path) as store:
        by = acting(store, "writer", "bench", NOW, NOW.date())
        while (began := time.monotonic()) < until:
            try:
                add(store, "win", {"title": f"win of {os.getpid()}"}, by)
            except FileTrouble:
                os.write(pipe, f"{os.getpid()} -\n".encode())
            else:
                os.write(pipe, f"{os.getpid()} {time.monotonic() - began:.6f}\n".encode())


def race(path: Path, processes: int, seconds: float) -> Waits:
    """Let so many processes write into a programme without a pause, and return how they waited."""
    reader, pipe = os.pipe()
    for _ in range(processes):
        if os.fork() == 0:
            try:
                write(path, seconds, pipe)
            finally:
                os._exit(0)
    os.close(pipe)
    with os.fdopen(reader) as lines:
        waits = [line.split() for line in lines]
    for _ in range(processes):
        os.wait()
    done = [(writer, float(wait)) for writer, wait in waits if wait != "-"]
    each = [sum(writer == other for other, _ in done) for writer in {writer for writer, _ in waits}]
    return Waits([wait for _, wait in done], len(waits) - len(done), min(each))


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--processes", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--load", type=int, default=0)
    wanted = parser.parse_args()
    busy = []
    for _ in range(wanted.load):
        child = os.fork()
        if child == 0:
            while True:
                pass
        busy.append(child)
    try:
        with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
            path = Path(folder) / "programme.db"
            create_programme(path, {"name": "Race"}, "ana", NOW, NOW.date()).close()
            print(race(path, wanted.processes, wanted.seconds))
    finally:
        for child in busy:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


if __name__ == "__main__":
    main()
