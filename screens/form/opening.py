"""Opening a form: what it reads first, the record and older text about it."""

from typing import NamedTuple

from screens.form.drafts import Drafts, StoredDraft
from screens.form.saving import RecordToEdit, open_record, values_before
from screens.work import Programme
from tracker.services.guards.guard import Values


class Opened(NamedTuple):
    """A record as the form shows it, older text about it, and what stood in the record when that was begun."""

    record: RecordToEdit
    stored: StoredDraft | None
    before: Values


class Opening(NamedTuple):
    """What a form is opened for: a record or a new one, its drafts, and the older text that it is to take."""

    kind: str
    uid: str | None
    preset: Values
    drafts: Drafts
    take: StoredDraft | None

    def read(self, programme: Programme) -> Opened:
        """Return what the form begins with; for a worker thread."""
        stored = self.take or self.drafts.offered(programme.now())
        record = open_record(programme, self.kind, self.uid, self.preset)
        if self.take is not None and self.uid is None:
            record = record._replace(texts={**record.texts, **self.take.draft.preset})
        return Opened(record, stored, values_before(programme, self.kind, stored.draft if stored else None))
