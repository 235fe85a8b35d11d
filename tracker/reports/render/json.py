"""A paper as JSON with sorted keys (docs/report.schema.json): the same paper gives the same bytes."""

import json

from tracker.reports.model import PLAIN, Brand, Rendered, Report


def render(report: Report, brand: Brand = PLAIN) -> Rendered:
    """Return the paper as UTF-8 JSON with sorted keys and a newline at the end."""
    return Rendered((json.dumps(report.to_dict(), sort_keys=True, ensure_ascii=False, indent=1) + "\n").encode())
