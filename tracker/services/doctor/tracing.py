"""What the programme file is asked, for --debug."""

from tracker.storage.tracing import traced

__all__ = ["traced"]
