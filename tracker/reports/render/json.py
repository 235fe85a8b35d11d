"""A paper as canonical JSON: the same paper gives the same bytes."""

import json

from tracker.reports.model import Report


def render(report: Report) -> bytes:
    """Return the paper as UTF-8 JSON with sorted keys and a newline at the end."""
    return (json.dumps(report.to_dict(), sort_keys=True, ensure_ascii=False, indent=1) + "\n").encode()
