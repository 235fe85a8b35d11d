"""The two editions of a freeze, and what becomes of frozen papers when something in them is restricted afterwards."""

import json
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from boards_help import frozen as freeze_board
from boards_help import restrict

from tracker.entities import Snapshot
from tracker.errors import TrackerError
from tracker.reports.files.manifest import paper_entry
from tracker.reports.formats import make
from tracker.reports.model import PLAIN, Report, Table
from tracker.reports.texts import texts_of
from tracker.services.board.archive import archivable, make_archive
from tracker.services.board.archive_verifying import verify_archive
from tracker.services.board.cycle import approve, hold
from tracker.services.board.freezing import Frozen
from tracker.services.board.minutes import draft, minutes
from tracker.services.board.publishing import public_of_board, publish
from tracker.services.board.reissuing import for_everybody, for_members, reissue, restricted_since
from tracker.services.board.snapshots import Content, content, members_part, paper, papers_of, resolve_snapshot, stem
from tracker.services.board.verifying import verify_file, verify_snapshot
from tracker.services.records.finding import resolve_ref
from tracker.services.records.people import acting
from tracker.storage import Acting, Store, record

NOW = datetime(2026, 11, 12, 9, tzinfo=UTC)
SECRET = "match people wrongly"


def frozen(store: Store, by: Acting) -> Frozen:
    return freeze_board(store, by, resolve_ref(store, "board", "B-02").uid)


def _after_a_freeze(file: Path, demo_file: bytes, *refs: str) -> tuple[bytes, Frozen]:
    file.write_bytes(demo_file)
    with Store.open(file) as store:
        by = acting(store, "Data lead", "cli", NOW, NOW.date())
        for ref in refs:
            restrict(store, "risk", ref, by)
        made = frozen(store, by)
    return file.read_bytes(), made


@pytest.fixture(scope="module")
def open_file(demo_file: bytes, tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, Frozen]:
    return _after_a_freeze(tmp_path_factory.mktemp("open") / "demo.db", demo_file)


@pytest.fixture(scope="module")
def apart_file(demo_file: bytes, tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, Frozen]:
    return _after_a_freeze(tmp_path_factory.mktemp("apart") / "demo.db", demo_file, "R-002")


@pytest.fixture
def frozen_open(path: Path, open_file: tuple[bytes, Frozen]) -> Frozen:
    """The papers of the board, frozen when nothing was restricted."""
    path.write_bytes(open_file[0])
    return open_file[1]


@pytest.fixture
def frozen_apart(path: Path, apart_file: tuple[bytes, Frozen]) -> Frozen:
    """The same, frozen after R-002 was restricted: with an edition for members."""
    path.write_bytes(apart_file[0])
    return apart_file[1]


def words(*papers: Report) -> str:
    return "\n".join(" ".join(text.split()) for report in papers for text in texts_of(report))


def read(part: Content) -> str:
    return words(*(paper(part, name) for name in papers_of(part)))


def test_one_freeze_keeps_an_open_pack_and_one_for_members_each_with_its_hash(
    frozen_apart: Frozen, demo: Store, lead: Acting
) -> None:
    everybody = content(demo, frozen_apart.uid)
    members = members_part(demo, everybody)
    assert members is not None
    assert members.sha256 == frozen_apart.members_sha256 != frozen_apart.sha256
    assert SECRET not in read(everybody)
    assert "R-002 The legal basis for matching may not hold" in read(members)
    assert "not shown" not in read(members)
    assert papers_of(members) == ("members-summary", "members-pack")
    header = paper(members, "members-pack").header
    assert "MEMBERS ONLY" in header.classification
    assert header.pack == f"{frozen_apart.ref}, members only"
    assert stem(demo, members, "members-pack") == "b-02-members-pack-2026-11-12"


def test_the_open_pack_lists_what_is_exempt_and_why_and_not_what(
    frozen_apart: Frozen, demo: Store, lead: Acting
) -> None:
    pack = paper(content(demo, frozen_apart.uid), "pack")
    section = next(part for part in pack.sections if part.id == "exempt")
    (table,) = section.of(Table)
    assert table.rows == (("1", "Risk", "Legal. Counsel's advice is privileged."),)
    text = "\n".join(texts_of(section))
    assert "R-002" not in text
    assert "With them 2 records that belong to them." in text


def test_where_nothing_is_restricted_members_have_the_same_pack(frozen_open: Frozen, demo: Store, lead: Acting) -> None:
    assert frozen_open.members_sha256 == ""
    everybody = content(demo, frozen_open.uid)
    assert members_part(demo, everybody) is None
    with pytest.raises(TrackerError, match="Nothing is restricted"):
        for_members(demo, everybody)


@pytest.mark.thorough
@pytest.mark.parametrize("kind", ["txt", "html", "pdf", "docx"])
def test_both_editions_are_verified_byte_for_byte(
    frozen_apart: Frozen, demo: Store, lead: Acting, tmp_path: Path, kind: str
) -> None:
    part = members_part(demo, content(demo, frozen_apart.uid))
    assert part is not None
    file = tmp_path / f"b-02-members-pack-2026-11-12.{kind}"
    file.write_bytes(make(paper(part, "members-pack"), kind).data)
    verdict = verify_file(demo, file)
    assert verdict.holds
    assert "members' pack" in verdict.sentences[0]
    verdict = verify_snapshot(demo, frozen_apart.uid)
    assert verdict.holds
    assert any(frozen_apart.members_sha256 in sentence for sentence in verdict.sentences)


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("kind", "part"),
    [("pptx", "ppt/slides/slide"), ("docx", "word/header"), ("ods", "styles"), ("xlsx", "xl/worksheets/sheet")],
)
def test_each_page_slide_and_sheet_of_the_members_edition_is_marked(
    frozen_apart: Frozen, demo: Store, lead: Acting, kind: str, part: str
) -> None:
    members = members_part(demo, content(demo, frozen_apart.uid))
    assert members is not None
    with ZipFile(BytesIO(make(paper(members, "members-pack"), kind).data)) as package:
        pages = [package.read(name).decode() for name in package.namelist() if name.startswith(part)]
    assert pages
    assert all("members only" in page.lower() for page in pages)


def test_a_frozen_paper_with_something_restricted_since_is_not_for_everybody(
    frozen_open: Frozen, demo: Store, lead: Acting
) -> None:
    everybody = content(demo, frozen_open.uid)
    before = read(everybody)
    assert for_everybody(demo, everybody) == everybody
    restrict(demo, "risk", "R-002", lead)
    with pytest.raises(TrackerError, match=r"prints .*R-002.*restricted since") as caught:
        for_everybody(demo, everybody)
    assert caught.value.code == "board.restricted_since"
    assert for_members(demo, everybody) == everybody
    assert read(content(demo, frozen_open.uid)) == before  # never recut
    assert verify_snapshot(demo, frozen_open.uid).holds


def test_what_was_restricted_before_the_freeze_is_not_in_it(frozen_apart: Frozen, demo: Store, lead: Acting) -> None:
    everybody = content(demo, frozen_apart.uid)
    assert restricted_since(demo, everybody).refs == ()


def test_a_new_issue_has_passages_blacked_out_and_a_hash_beside_the_first(
    frozen_open: Frozen, demo: Store, lead: Acting
) -> None:
    board = resolve_ref(demo, "board", "B-02").uid
    restrict(demo, "risk", "R-002", lead)
    (issue,) = reissue(demo, board, lead, "A matter was restricted")
    assert issue.of == frozen_open.ref
    assert "R-002" in issue.refs
    uid = resolve_snapshot(demo, "B-02")
    newest = content(demo, uid)
    assert newest.snapshot.ref == issue.ref
    assert newest.sha256 == issue.sha256 != frozen_open.sha256
    text = read(newest)
    assert SECRET not in text.lower()
    assert "R-002" not in text
    assert "[blacked out]" in text
    assert "R-002" not in json.dumps({**newest.data, "reissue_of": None})
    assert "R-007" in text
    assert for_everybody(demo, newest) == newest
    assert verify_snapshot(demo, uid).holds
    assert verify_snapshot(demo, frozen_open.uid).holds
    first = record(demo, Snapshot, frozen_open.uid)
    assert first is not None
    assert first.sha256 == frozen_open.sha256


def test_any_words_can_be_blacked_out_and_none_that_are_not_there(
    frozen_open: Frozen, demo: Store, lead: Acting
) -> None:
    board = resolve_ref(demo, "board", "B-02").uid
    with pytest.raises(TrackerError, match="holds such a passage"):
        reissue(demo, board, lead, "nothing to hide here")
    reissue(demo, board, lead, "a name was erased", ["Blue Badge"])
    assert "Blue Badge" not in read(content(demo, resolve_snapshot(demo, "B-02")))


def test_a_new_issue_is_no_new_position(frozen_open: Frozen, demo: Store, lead: Acting, tmp_path: Path) -> None:
    made = frozen_open
    board = resolve_ref(demo, "board", "B-02").uid
    restrict(demo, "risk", "R-002", lead)
    reissue(demo, board, lead, "A matter was restricted")
    newest = content(demo, resolve_snapshot(demo, "B-02"))
    assert newest.snapshot.as_of == date(2026, 11, 12)
    assert newest.data["reissue_of"] == {"snapshot": made.ref, "sha256": made.sha256}
    version = f"Version 2, instead of {made.ref}, passages blacked out"
    assert {paper(newest, name).header.version for name in ("summary", "pack")} == {version}
    assert stem(demo, newest, "pack") == "b-02-pack-2026-11-12-v2"
    file = tmp_path / "b-02-pack-2026-11-12-v2.md"
    file.write_bytes(make(paper(newest, "pack"), "md").data)
    assert f"pack of {newest.snapshot.ref} (v{version[1:]}), issued again at" in verify_file(demo, file).sentences[0]
    entry = paper_entry(paper(newest, "pack"), {}, {}, PLAIN, {})
    assert entry["version"] == version


def test_a_new_issue_lists_what_is_kept_from_it(demo: Store, lead: Acting) -> None:
    restrict(demo, "risk", "R-007", lead)
    made = frozen(demo, lead)
    board = resolve_ref(demo, "board", "B-02").uid
    (old,) = [part for part in paper(content(demo, made.uid), "pack").sections if part.id == "exempt"]
    assert [row[1] for table in old.of(Table) for row in table.rows] == ["Risk"]
    restrict(demo, "risk", "R-002", lead)
    reissue(demo, board, lead, "A matter was restricted")
    pack = paper(content(demo, resolve_snapshot(demo, "B-02")), "pack")
    (kept,) = [part for part in pack.sections if part.id == "exempt"]
    assert [row[1] for table in kept.of(Table) for row in table.rows] == ["Risk", "Risk"]
    assert f"issued again in place of {made.ref}" in words(Report(pack.header, (kept,)))


def test_a_new_issue_of_an_open_pack_gets_that_list_behind_the_agenda(demo: Store, lead: Acting) -> None:
    frozen(demo, lead)
    board = resolve_ref(demo, "board", "B-02").uid
    restrict(demo, "risk", "R-002", lead)
    reissue(demo, board, lead, "A matter was restricted")
    pack = paper(content(demo, resolve_snapshot(demo, "B-02")), "pack")
    assert [part.id for part in pack.sections][:2] == ["agenda", "exempt"]


def test_the_archive_holds_the_members_edition_in_a_folder_of_its_own(
    frozen_apart: Frozen, demo: Store, lead: Acting, tmp_path: Path
) -> None:
    board = resolve_ref(demo, "board", "B-02").uid
    hold(demo, board, lead)
    draft(demo, board, lead)
    approve(demo, board, str(lead.person), lead)
    archived = make_archive(archivable(demo, board), ["txt"])
    file = tmp_path / archived.name
    file.write_bytes(archived.data)
    with ZipFile(file) as package:
        texts = {name: package.read(name).decode() for name in package.namelist()}
    assert SECRET in texts["members/b-02-members-pack-2026-11-12.txt"]
    assert not any(SECRET in text for name, text in texts.items() if "members" not in name)
    verdict = verify_archive(demo, file)
    assert verdict is not None
    assert verdict.holds, verdict.sentences
    assert archived.notes == ()
    restrict(demo, "risk", "R-007", lead)
    (caution,) = make_archive(archivable(demo, board), ["txt"]).notes
    assert "R-007" in caution
    planted = dict(texts)
    part = f"members/data/{frozen_apart.ref.lower()}-members.json"
    planted[part] = planted[part].replace("privileged", "published")
    with ZipFile(file, "w") as package:
        for name, text in planted.items():
            package.writestr(name, text)
    verdict = verify_archive(demo, file)
    assert verdict is not None
    assert not verdict.holds


def test_minutes_keep_the_numbers_of_the_agenda_and_say_what_they_leave_out(
    frozen_open: Frozen, demo: Store, lead: Acting
) -> None:
    board = resolve_ref(demo, "board", "B-02").uid
    hold(demo, board, lead)
    whole, _ = draft(demo, board, lead)
    titles = [section.title for section in whole.sections if section.id.startswith("item-")]
    ref = next(section.id for section in whole.sections if section.title == titles[1]).removeprefix("item-").upper()
    restrict(demo, "item", ref, lead)
    paper_of_others = minutes(demo, board)
    left = [section.title for section in paper_of_others.sections if section.id.startswith("item-")]
    assert left == [titles[0], *titles[2:]]
    assert "1 more agenda item, not shown." in words(paper_of_others)
    assert ref not in words(paper_of_others)


def test_what_was_published_and_restricted_since_is_issued_again_too(
    frozen_open: Frozen, demo: Store, lead: Acting
) -> None:
    board = resolve_ref(demo, "board", "B-02").uid
    hold(demo, board, lead)
    draft(demo, board, lead)
    approve(demo, board, str(lead.person), lead)
    publish(demo, board, lead)
    pilot = "P-08"
    name = next(row[0] for row in demo.read("SELECT name FROM pilot WHERE ref = 'P-08'"))
    assert name in words(public_of_board(demo, board, lead.today).report)
    restrict(demo, "pilot", pilot, lead)
    with pytest.raises(TrackerError, match="restricted since"):
        public_of_board(demo, board, lead.today)
    issues = reissue(demo, board, lead, "A matter was restricted")
    assert len(issues) == 2
    public = public_of_board(demo, board, lead.today)
    assert name not in words(public.report, *(page for _, page in public.pages))
    assert not any(name in page for page, _ in public.pages)
