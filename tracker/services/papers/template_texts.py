"""What an organisation's own templates say themselves, looked at before a paper that holds it is published."""

from collections.abc import Collection, Mapping

from tracker.errors import TrackerError
from tracker.reports.branding.remarks import personal, refs
from tracker.reports.branding.text import lines
from tracker.reports.model import Brand


def check_public_templates(brand: Brand, kinds: Collection[str], accepted: Mapping[str, str]) -> None:
    """Raise TrackerError when a template of the formats says who somebody is, or holds a record's ref.

    ``accepted`` gives a reason for each such part that may be shown all the same.
    """
    templates = {"docx": brand.docx, "odt": brand.odt}
    sentences = [
        f"{telltale.what}: “{telltale.part}” (the .{kind} template, {telltale.place})"
        for kind, data in templates.items()
        if data and kind in kinds
        for telltale in (*personal(lines(data, kind)), *refs(lines(data, kind)))
        if telltale.part not in accepted
    ]
    if not sentences:
        return
    listing = "".join(f"\n  {sentence}" for sentence in sentences)
    texts = f"Nothing was published: the template itself says what may not go out.{listing}"
    raise TrackerError(
        f"{texts}\nTake it out of the template, or accept each by its words and a reason.",
        "public.template",
        texts=texts,
    )
