"""``python -m benches.torture WHAT [--rounds N] [--seed S] [--minutes M]``: exits 1 when a promise is broken."""

import argparse
import importlib
import sys

from benches.torture.table import Wanted

ROUNDS = {
    "kill": 4_000,
    "power": 400,
    "disk-full": 1,
    "writers": 250,
    "flips": 1_400,
    "tampering": 1,
    "foreign": 1,
    "erasure": 1,
    "clocks": 1,
}


def main() -> int:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benches.torture", description=__doc__)
    parser.add_argument("what", choices=list(ROUNDS))
    parser.add_argument("--rounds", type=int, default=0, help="how often; 0: as often as the table needs")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=60.0, help="after which it stops by itself")
    given = parser.parse_args()
    module = importlib.import_module(f"benches.torture.{given.what.replace('-', '_')}")
    return int(module.run(Wanted(given.rounds or ROUNDS[given.what], given.seed, given.minutes)))


if __name__ == "__main__":
    sys.exit(main())
