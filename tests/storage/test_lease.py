"""Network drives: which ones are known, and a lease that nobody else's mistake takes away."""

import os
from pathlib import Path

import pytest
from copies_help import put_back

from tracker.services.records.writing import add
from tracker.storage import lease
from tracker.storage.backup import back_up
from tracker.storage.erasing.erase import erase
from tracker.storage.journal.verify import mend
from tracker.storage.store import Acting, Store

MOUNTS = """\
/dev/vda1 / ext4 rw 0 0
//server/share /mnt/team cifs rw 0 0
ana@host:/srv /mnt/team/my\\040files fuse.sshfs rw 0 0
tmpfs /mnt/team/local tmpfs rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/ana/programme.db", ""),
        ("/mnt/team/programme.db", "cifs"),
        ("/mnt/teamwork/programme.db", ""),
        ("/mnt/team/my files/programme.db", "fuse.sshfs"),
        ("/mnt/team/local/programme.db", ""),
    ],
)
def test_network_drives_are_known_by_their_mount(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, kind: str
) -> None:
    mounted = tmp_path / "mounts"
    mounted.write_text(MOUNTS)
    monkeypatch.setattr(lease, "MOUNTED", str(mounted))
    assert lease.network_drive.__wrapped__(path) == kind


@pytest.mark.parametrize(
    ("mounts", "kind"),
    [
        (["a /mnt ext4 rw", "b /mnt/team cifs rw"], "cifs"),
        (["b /mnt/team cifs rw", "a /mnt ext4 rw"], "cifs"),  # the innermost counts, in any order
        (["b /mnt/team ext4 rw", "a /mnt nfs rw"], ""),
        (["a /mnt/team cifs rw", "b /mnt/team ext4 rw"], ""),  # of two on one place, the later lies on top
        (["a /mnt/team ext4 rw", "b /mnt/team cifs rw"], "cifs"),
    ],
)
def test_of_mounts_inside_each_other_the_innermost_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mounts: list[str], kind: str
) -> None:
    mounted = tmp_path / "mounts"
    mounted.write_text("\n".join(f"{line} 0 0" for line in mounts))
    monkeypatch.setattr(lease, "MOUNTED", str(mounted))
    assert lease.network_drive.__wrapped__("/mnt/team/programme.db") == kind


def test_where_mounts_cannot_be_listed_no_drive_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease, "MOUNTED", str(tmp_path / "nothing"))
    assert lease.network_drive.__wrapped__("/mnt/team/programme.db") == ""


def test_the_lease_is_given_back_after_a_failure(
    path: Path, store: Store, ana: Acting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lease, "network_drive", lambda _: "nfs")
    held = Path(f"{path}.lease")
    with pytest.raises(RuntimeError, match="no power"), store.command(ana, "win.add"):
        assert held.exists()
        assert held.stat().st_mode & 0o077 == 0
        raise RuntimeError("no power")
    assert not held.exists()


def test_mending_and_restoring_hold_the_file_too(path: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = back_up(store.connection, store.path)
    taken: list[str] = []

    def on_nfs(where: str) -> str:
        taken.append(where)
        return "nfs"

    monkeypatch.setattr(lease, "network_drive", on_nfs)
    mend(store)
    put_back(copy, path)
    assert taken == [str(path), str(path)]
    assert not Path(f"{path}.lease").exists()


def test_a_late_owner_leaves_the_lease_of_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A holds it too long, B drops it as stale and takes it; A ends, and B's is still there."""
    monkeypatch.setattr(lease, "network_drive", lambda _: "cifs")
    path = str(tmp_path / "programme.db")
    name = Path(path + ".lease")
    first = lease.held(path)
    first.__enter__()
    os.utime(name, (0, 0))
    with lease.held(path):
        mine = name.read_bytes()
        first.__exit__(None, None, None)
        assert name.read_bytes() == mine
    assert list(tmp_path.iterdir()) == []


def test_a_lease_made_since_somebody_looked_is_not_dropped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = tmp_path / "programme.db.lease"
    name.write_bytes(b"dead")
    os.utime(name, (0, 0))
    rename = os.rename

    def after_another(source: str, target: str) -> None:
        name.unlink()
        name.write_bytes(b"fresh")  # another dropped the dead one, and took it
        rename(source, target)

    monkeypatch.setattr(os, "rename", after_another)
    lease._drop_stale(str(name))
    assert name.read_bytes() == b"fresh"
    assert [file.name for file in tmp_path.iterdir()] == [name.name]


def test_the_file_is_rewritten_after_an_erasure_under_the_lease(
    store: Store, ana: Acting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lease, "network_drive", lambda _: "cifs")
    seen: list[bool] = []

    def trace(statement: str) -> None:
        if statement == "VACUUM":
            seen.append(Path(store.path + ".lease").exists())

    store.connection.set_trace_callback(trace)
    person = add(store, "person", {"display_name": "Adelheid Smithersby"}, ana)
    erase(store, person.uid, ana, reason="Asked for it")
    assert seen == [True]
