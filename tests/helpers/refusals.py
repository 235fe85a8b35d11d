"""What a command that is refused tells, and that it saves nothing."""

from typing import Any

import pytest

from tracker.errors import Invalid
from tracker.services.records.writing import add
from tracker.storage.queries import Query, count
from tracker.storage.store import Acting, Store


def refused(store: Store, by: Acting, kind: str, values: dict[str, Any]) -> dict[str, str]:
    """Return the sentences of a refusal by field; nothing was saved."""
    before = count(store, Query(kind))
    with pytest.raises(Invalid) as caught:
        add(store, kind, values, by)
    assert count(store, Query(kind)) == before
    assert all(problem.message.endswith(".") and "  " not in problem.message for problem in caught.value.problems)
    return {problem.field: problem.message for problem in caught.value.problems}
