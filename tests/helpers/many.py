"""How often a test draws by chance: as often as finds what is wrong, or many times more with ``MANY=1 pytest``."""

import os

MANY = bool(os.environ.get("MANY"))


def draws(usual: int, many: int) -> int:
    """Return how often to draw: what is drawn first is the same."""
    return many if MANY else usual
