"""What proves exported papers: hashes that other programs check, and what they were made of."""

import json
import shutil
import subprocess
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from sample_report import sample

from tracker.errors import TrackerError
from tracker.reports.branding.brand import NO_BRANDING, Branding
from tracker.reports.files.canonical import digest
from tracker.reports.files.manifest import MANIFEST, SUMS, Made, read_manifest
from tracker.reports.formats import FORMATS
from tracker.reports.formats import make as make_format
from tracker.reports.model import NotRendered, Rendered
from tracker.services.papers import files as exporting
from tracker.services.papers.files import Exported, make_files, write_export

PLAIN_PAPER = sample(hostile=False)
NAME = "pack-2026-11-12"


@pytest.fixture(scope="module")
def made() -> Exported:
    return make_files(PLAIN_PAPER, ("md", "txt", "csv", "json"), NAME)


def sums(folder: Path) -> dict[str, str]:
    lines = (folder / SUMS).read_text(encoding="ascii").splitlines()
    return {name: given for given, name in (line.split("  ") for line in lines)}


def holds(folder: Path) -> bool:
    """Return whether the sums are those of all other files of a folder, no more and no fewer."""
    here = {file.name: sha256(file.read_bytes()).hexdigest() for file in folder.iterdir() if file.name != SUMS}
    return sums(folder) == here


def test_everything_in_the_folder_has_its_hash(made: Exported, tmp_path: Path) -> None:
    folder = tmp_path / "board"
    written = write_export(folder, NAME, PLAIN_PAPER, made)
    assert sorted(path.name for path in written) == sorted(file.name for file in folder.iterdir())
    assert holds(folder)
    if shutil.which("sha256sum"):
        subprocess.run(["sha256sum", "--strict", "-c", SUMS], cwd=folder, check=True, capture_output=True)


def test_the_manifest_says_what_made_the_files(made: Exported, tmp_path: Path) -> None:
    house = Branding(NO_BRANDING.brand._replace(docx=b"PK a template"))
    paper = sample()
    export = make_files(paper, ("md", "csv"), NAME, house)
    failing = export._replace(failed={"pdf": "PDF cannot be made here."})
    write_export(tmp_path / "board", NAME, paper, failing, house)
    told = read_manifest((tmp_path / "board" / MANIFEST).read_bytes())[NAME]
    assert told["data_sha256"] == digest(paper)
    assert (told["as_of"], told["since"], told["pack"]) == ("2026-11-12", "2026-10-08", "SN-002")
    assert told["not_made"] == {"pdf": "PDF cannot be made here."}
    assert told["template_sha256"] == {"docx": sha256(b"PK a template").hexdigest()}
    assert "transformation-tracker" in told["versions"]
    package = told["files"][f"{NAME}.csv.zip"]
    assert package["media_type"] == "application/zip" and package["notes"][0].startswith("CSV: ")


def test_the_same_export_gives_the_same_bytes(made: Exported, tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_export(tmp_path / name, NAME, PLAIN_PAPER, made)
    first, second = ({file.name: file.read_bytes() for file in (tmp_path / n).iterdir()} for n in ("one", "two"))
    assert first == second


def test_the_versions_are_those_of_the_libraries_that_were_used(tmp_path: Path) -> None:
    files = {"a.pdf": Made("pdf", b"%PDF"), "a.md": Made("md", b"#")}
    write_export(tmp_path / "board", NAME, PLAIN_PAPER, Exported(files, {}))
    told = read_manifest((tmp_path / "board" / MANIFEST).read_bytes())[NAME]
    assert set(told["versions"]) == {"transformation-tracker", "typst"}
    assert told["versions"]["typst"][0].isdigit()


def test_a_second_paper_joins_the_first(made: Exported, tmp_path: Path) -> None:
    folder = tmp_path / "board"
    write_export(folder, NAME, PLAIN_PAPER, made)
    other = make_files(PLAIN_PAPER, ("md",), "summary-2026-11-12")
    write_export(folder, "summary-2026-11-12", PLAIN_PAPER, other)
    assert set(read_manifest((folder / MANIFEST).read_bytes())) == {NAME, "summary-2026-11-12"}
    assert holds(folder)


def test_more_formats_of_the_same_paper_and_files_that_went(made: Exported, tmp_path: Path) -> None:
    folder = tmp_path / "board"
    write_export(folder, NAME, PLAIN_PAPER, made)
    (folder / f"{NAME}.md").unlink()
    write_export(folder, NAME, PLAIN_PAPER, Exported({f"{NAME}.pdf": Made("pdf", b"%PDF")}, {}))
    (one,) = read_manifest((folder / MANIFEST).read_bytes()).values()
    assert set(one["files"]) == {f"{NAME}{FORMATS[kind].suffix}" for kind in ("txt", "csv", "json", "pdf")}
    assert holds(folder)


def test_files_of_other_data_are_told_apart(made: Exported, tmp_path: Path) -> None:
    folder = tmp_path / "board"
    write_export(folder, NAME, PLAIN_PAPER, made)
    later = replace(PLAIN_PAPER, header=replace(PLAIN_PAPER.header, version="Second draft"))
    write_export(folder, NAME, later, make_files(later, ("md",), NAME), force=True)
    papers = read_manifest((folder / MANIFEST).read_bytes())
    assert set(papers) == {NAME, f"{NAME} (data {digest(PLAIN_PAPER)[:12]})"}
    assert set(papers[NAME]["files"]) == {f"{NAME}.md"} and papers[NAME]["data_sha256"] == digest(later)
    assert holds(folder)


@pytest.mark.parametrize("strange", [b"", b"[]", b"{}", b'{"manifest": 1, "papers": [1]}', b"\xff", b"[" * 100_000,
                                     b'{"manifest": 1, "papers": {"a": {"files": {"b": 1}}}}'])  # fmt: skip
def test_a_manifest_of_another_program_is_left_alone(made: Exported, tmp_path: Path, strange: bytes) -> None:
    (tmp_path / MANIFEST).write_bytes(strange)
    with pytest.raises(TrackerError, match="did not write"):
        write_export(tmp_path, NAME, PLAIN_PAPER, made, force=True)
    assert {file.name for file in tmp_path.iterdir() if file.is_file()} == {MANIFEST}


def test_one_format_that_fails_keeps_back_no_other(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    real = make_format

    def make(report: object, kind: str, brand: object) -> Rendered:
        if kind == "pdf":
            raise NotRendered("PDF cannot be made here.")
        return real(report, kind, brand)  # type: ignore[arg-type]

    monkeypatch.setattr(exporting, "make", make)
    steps: list[tuple[int, int, str]] = []
    found = make_files(PLAIN_PAPER, ("md", "pdf", "txt"), NAME, step=lambda *told: steps.append(told))
    assert set(found.files) == {f"{NAME}.md", f"{NAME}.txt"} and found.failed == {"pdf": "PDF cannot be made here."}
    assert [told[:2] for told in steps] == [(0, 3), (1, 3), (2, 3)]
    none = make_files(PLAIN_PAPER, ("pdf",), NAME)
    with pytest.raises(TrackerError, match="PDF cannot be made here"):
        write_export(tmp_path / "none", NAME, PLAIN_PAPER, none)
    assert not (tmp_path / "none").exists()


def test_the_manifest_is_json_for_people_too(made: Exported, tmp_path: Path) -> None:
    write_export(tmp_path / "board", NAME, PLAIN_PAPER, made)
    text = (tmp_path / "board" / MANIFEST).read_text(encoding="utf-8")
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
