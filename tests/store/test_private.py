"""What is private stays with its owner and out of git, each time something is written."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from cati.problems import CatiError
from cati.store.editing import replace, replace_all
from cati.store.private import private_folder
from tests.conftest import missing

FILE = "private/contacts/first.yaml"


def modes(root: Path) -> dict[str, int]:
    found = [root / "private", *(root / "private").rglob("*")]
    return {path.relative_to(root).as_posix(): path.stat().st_mode & 0o777 for path in found}


def test_its_folders_and_files_are_for_their_owner_alone(tmp_path: Path) -> None:
    replace(tmp_path, FILE, "x", "")
    replace_all(
        tmp_path, {"private/queue/first/alpha.yaml": "x"}, {"private/queue/first/alpha.yaml": ""}
    )
    assert modes(tmp_path) == {
        "private": 0o700,
        "private/.gitignore": 0o600,
        "private/contacts": 0o700,
        FILE: 0o600,
        "private/queue": 0o700,
        "private/queue/first": 0o700,
        "private/queue/first/alpha.yaml": 0o600,
    }


def test_what_a_group_shares_it_goes_on_sharing(tmp_path: Path) -> None:
    (tmp_path / "private/contacts").mkdir(parents=True, mode=0o750)
    (tmp_path / FILE).write_text("old")
    (tmp_path / FILE).chmod(0o640)
    before = modes(tmp_path)
    replace(tmp_path, FILE, "new", digest_before(tmp_path))
    assert modes(tmp_path) == before | {"private/.gitignore": 0o600}


def digest_before(root: Path) -> str:
    from cati.store.editing import digest

    return digest(root / FILE)


@pytest.mark.parametrize(
    ("there", "after"),
    [
        (None, "*\n"),
        ("", "*\n"),
        ("*\n", "*\n"),
        ("# ours\n*\n!shared.md\n", "# ours\n*\n!shared.md\n"),
        ("documents/\n", "*\ndocuments/\n"),
    ],
)
def test_git_is_told_each_time(tmp_path: Path, there: str | None, after: str) -> None:
    git = shutil.which("git")
    if git is None:
        missing("a program named git")
    if there is not None:
        (tmp_path / "private").mkdir()
        (tmp_path / "private/.gitignore").write_text(there)
    replace(tmp_path, FILE, "x", "")
    assert (tmp_path / "private/.gitignore").read_text() == after
    subprocess.run([git, "init", "-q", tmp_path], check=True)
    seen = [git, "-C", tmp_path, "ls-files", "--others", "--exclude-standard", "private"]
    assert subprocess.run(seen, check=True, capture_output=True, text=True).stdout == ""


def test_a_full_disk_leaves_nothing_private_that_git_is_not_told_of(tmp_path: Path) -> None:
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        try:
            replace(tmp_path, FILE, "x", "")
        except CatiError as error:
            os._exit(3 if "cannot be written: File too large" in str(error) else 4)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 3
    assert not [path for path in (tmp_path / "private").rglob("*") if path.is_file()]
    replace(tmp_path, FILE, "x", "")
    assert (tmp_path / "private/.gitignore").read_text() == "*\n"


@pytest.mark.parametrize("link", ["private", "private/documents"])
def test_nothing_is_written_through_a_link(tmp_path: Path, link: str) -> None:
    elsewhere, root = tmp_path / "elsewhere", tmp_path / "root"
    elsewhere.mkdir()
    (root / link).parent.mkdir(parents=True)
    (root / link).symlink_to(elsewhere)
    with pytest.raises(CatiError, match="expected a folder of the workspace; found a link to"):
        private_folder(root, "documents")
    assert list(elsewhere.iterdir()) == []
