"""Papers are written whole or not at all, and never over another file unasked."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tracker.errors import TrackerError
from tracker.reports.files.write import free, slug, write_folder, write_report, write_tree
from tracker.storage.store import Store


def test_a_new_file_and_nothing_beside_it(tmp_path: Path) -> None:
    write_report(b"paper", tmp_path / "a.md")
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir() if file.is_file()] == [("a.md", b"paper")]


def test_an_existing_file_stays_unless_forced(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"old")
    with pytest.raises(TrackerError, match="exists already"):
        write_report(b"new", file)
    assert file.read_bytes() == b"old"
    write_report(b"new", file, force=True)
    assert file.read_bytes() == b"new"


def test_a_programme_file_is_never_written_over(store: Store) -> None:
    file = Path(store.path)
    before = file.read_bytes()
    with pytest.raises(TrackerError, match="never written over"):
        write_report(b"paper", file, force=True)
    assert file.read_bytes() == before


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(TrackerError, match="does not exist"):
        write_report(b"paper", tmp_path / "none" / "a.md")
    with pytest.raises(TrackerError, match="is a folder"):
        write_report(b"paper", tmp_path, force=True)


@pytest.mark.parametrize("force", [True, False])
def test_a_write_that_breaks_off_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, force: bool
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    file = tmp_path / "a.md"
    if force:
        file.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(TrackerError, match="No space left on device"):
        write_report(b"new", file, force=force)
    assert [one.read_bytes() for one in tmp_path.iterdir() if one.is_file()] == ([b"old"] if force else [])


def test_a_file_made_meanwhile_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.md"
    monkeypatch.setattr(os, "fsync", lambda _: file.write_bytes(b"theirs"))
    with pytest.raises(TrackerError, match="meanwhile"):
        write_report(b"mine", file)
    assert file.read_bytes() == b"theirs"
    assert len([one for one in tmp_path.iterdir() if one.is_file()]) == 1


def test_a_disk_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(self: Path, target: Path) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", none)
    write_report(b"paper", tmp_path / "a.md")
    assert (tmp_path / "a.md").read_bytes() == b"paper"


FILES = {"a.md": b"one", "b.md": b"two"}


def names(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


def test_many_files_in_a_new_folder(tmp_path: Path) -> None:
    assert write_folder(tmp_path / "board", FILES) == [tmp_path / "board" / name for name in FILES]
    assert names(tmp_path / "board") == FILES


def test_none_is_written_when_one_is_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "b.md").write_bytes(b"old")
    with pytest.raises(TrackerError, match=r"b.md exists already and was left as it is"):
        write_folder(tmp_path, FILES)
    assert names(tmp_path) == {"b.md": b"old"}
    write_folder(tmp_path, FILES, renewed=("b.md",))
    assert names(tmp_path) == FILES


def test_many_in_the_way_are_named(tmp_path: Path) -> None:
    many = {f"{n}.md": b"" for n in range(5)}
    write_folder(tmp_path, many)
    with pytest.raises(TrackerError, match=r"^0.md, 1.md, 2.md and 2 more exist already in .* say --force"):
        write_folder(tmp_path, many)


@pytest.mark.parametrize("there", [False, True])
def test_a_disk_that_fills_up_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    left = [1]

    def full(_: int) -> None:
        if not left:
            raise OSError(28, "No space left on device")
        left.pop()

    folder = tmp_path / "board"
    if there:
        folder.mkdir()
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(TrackerError, match=r"b.md cannot be written: No space left on device. Nothing was changed"):
        write_folder(folder, FILES)
    assert folder.exists() == there
    assert not there or names(folder) == {}


@pytest.mark.parametrize("links", [True, False])
def test_a_file_open_elsewhere_brings_back_all_that_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    write_folder(tmp_path, {"a.md": b"old", "b.md": b"older"})
    real = Path.replace

    def held(self: Path, target: Path) -> Path:
        if target.name == "b.md":
            raise PermissionError(13, "Permission denied")
        return real(self, target)

    def none(self: Path, target: Path) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "replace", held)
    if not links:
        monkeypatch.setattr(Path, "hardlink_to", none)
    with pytest.raises(TrackerError, match=r"b.md cannot be replaced: .* Close the program that has it open"):
        write_folder(tmp_path, {**FILES, "c.md": b"three"}, force=True)
    assert names(tmp_path) == {"a.md": b"old", "b.md": b"older"}


def test_a_folder_that_may_not_be_written_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(TrackerError, match="may not be written to"):
        write_folder(tmp_path, FILES)
    monkeypatch.undo()

    def refused(*_: object, **__: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refused)
    with pytest.raises(TrackerError, match=r"a.md cannot be written: Permission denied"):
        write_folder(tmp_path, FILES)
    monkeypatch.setattr(Path, "mkdir", refused)
    with pytest.raises(TrackerError, match="cannot be made: Permission denied"):
        write_folder(tmp_path / "new", FILES)
    assert names(tmp_path) == {}


def test_what_is_in_the_way_of_a_folder(tmp_path: Path, store: Store) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "a.md").mkdir()
    for folder, reason in (("file", "is a file, not a folder"), ("none/b", "does not exist"), ("c", "is a folder")):
        with pytest.raises(TrackerError, match=reason):
            write_folder(tmp_path / folder, FILES, force=True)
    data = Path(store.path).read_bytes()
    with pytest.raises(TrackerError, match="never written over"):
        write_folder(Path(store.path).parent, {**FILES, Path(store.path).name: b""}, force=True)
    assert Path(store.path).read_bytes() == data and not (tmp_path / "a.md").exists()


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"theirs")
    (tmp_path / "a.md").symlink_to(tmp_path / "real")
    (tmp_path / "b.md").symlink_to(tmp_path / "nowhere")
    with pytest.raises(TrackerError, match="exist already"):
        write_folder(tmp_path, FILES)
    write_folder(tmp_path, FILES, force=True)
    assert (tmp_path / "real").read_bytes() == b"theirs" and not (tmp_path / "nowhere").exists()
    assert names(tmp_path) == {**FILES, "real": b"theirs"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("summary", "summary"),
        ("../../etc/passwd", "etc-passwd"),
        ("CON", "con-paper"),
        ("lpt1", "lpt1-paper"),
        ("Zażółć: gęślą/jaźń", "zazoc-gesla-jazn"),
        ("人人", "paper"),
        ("", "paper"),
        ("a" * 200, "a" * 60),
        ("report\x00.pdf", "report-pdf"),
    ],
)
def test_names_are_plain(text: str, wanted: str) -> None:
    assert slug(text) == wanted


@pytest.fixture(params=["pipe", "socket", "device"])
def no_file(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """What has a name and is no file."""
    path = tmp_path / "out.md"
    if request.param == "pipe":
        os.mkfifo(path)
    elif request.param == "device":
        path.symlink_to("/dev/null")
    else:
        with socket.socket(socket.AF_UNIX) as bound:
            bound.bind(str(path))
            yield path
            return
    yield path


def test_what_is_no_regular_file_is_never_replaced(no_file: Path) -> None:
    before = no_file.lstat()
    with pytest.raises(TrackerError, match=r"is a (pipe|socket|device), not a file"):
        write_report(b"paper", no_file, force=True)
    with pytest.raises(TrackerError, match=r"is a (pipe|socket|device), not a file"):
        free(no_file.parent, [no_file.name], force=True)
    assert (no_file.lstat().st_ino, no_file.lstat().st_mode) == (before.st_ino, before.st_mode)
    assert len(list(no_file.parent.iterdir())) == 1


@pytest.mark.parametrize("tail", ["-journal", "-wal", "-shm", ".lease", ".queue"])
def test_what_belongs_to_a_programme_is_not_written(store: Store, tail: str) -> None:
    path = Path(store.path + tail)
    with pytest.raises(TrackerError, match="belongs to the programme file"):
        write_report(b"paper", path, force=True)
    assert not path.exists()


def test_no_paper_goes_among_the_backups(store: Store) -> None:
    folder = Path(store.path + ".backups")
    folder.mkdir()
    with pytest.raises(TrackerError, match="holds the backups of a programme"):
        write_report(b"paper", folder / "a.md")
    with pytest.raises(TrackerError, match="holds the backups of a programme"):
        write_folder(folder / "board", FILES)
    assert list(folder.iterdir()) == []


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    real, link = tmp_path / "there" / "real.md", tmp_path / "link.md"
    link.symlink_to(real)
    for text in (b"first", b"second"):
        write_report(text, link, force=True)
        assert link.is_symlink()
        assert real.read_bytes() == text
    with pytest.raises(TrackerError, match="exists already"):
        write_report(b"third", link)
    round_it = tmp_path / "round.md"
    round_it.symlink_to(round_it)
    with pytest.raises(TrackerError):
        write_report(b"paper", round_it, force=True)


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_what_is_new_is_private_and_what_is_there_keeps_its_mode(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = os.umask(0o022)
    try:
        write_report(b"paper", tmp_path / "a.md")
        write_folder(tmp_path / "board", FILES)
        write_tree(tmp_path / "site", {"data/report.json": b"{}"})
        assert mode(tmp_path / "a.md") == mode(tmp_path / "board" / "b.md") == 0o600
        assert mode(tmp_path / "board") == mode(tmp_path / "site" / "data") == 0o700
        assert mode(tmp_path / "site" / "data" / "report.json") == 0o600
        (tmp_path / "a.md").chmod(0o640)
        write_report(b"again", tmp_path / "a.md", force=True)
        assert mode(tmp_path / "a.md") == 0o640
        monkeypatch.setenv("TRACKER_SHARED", "yes")
        write_folder(tmp_path / "shared", FILES)
        assert (mode(tmp_path / "shared"), mode(tmp_path / "shared" / "a.md")) == (0o755, 0o644)
    finally:
        os.umask(before)


def test_a_new_folder_is_there_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a kill at any moment would leave: only at the last step is there a folder of that name."""
    steps: list[tuple[str, ...]] = []

    def look(_: int) -> None:
        steps.append(tuple(sorted(path.name for path in tmp_path.iterdir() if not path.name.startswith("."))))

    monkeypatch.setattr(os, "fsync", look)
    write_folder(tmp_path / "board", FILES)
    assert steps == [(), (), (), ("board",)]  # two files, their folder, and at the end the folder's own name
    assert names(tmp_path / "board") == FILES


def test_what_was_written_is_on_the_disk_with_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[str] = []
    monkeypatch.setattr(os, "fsync", lambda handle: synced.append(str(Path(f"/proc/self/fd/{handle}").readlink())))
    write_report(b"paper", tmp_path / "a.md")
    assert synced[-1] == str(tmp_path)
    assert len(synced) == 2
