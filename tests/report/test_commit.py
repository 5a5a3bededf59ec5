"""The commit is read from git's files, and nothing that comes with a workspace is run or opened."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from cati.report.commit import commit_of
from tests.conftest import missing

HASH = "0123456789abcdef0123456789abcdef01234567"
WHO = ("-c", "user.name=a", "-c", "user.email=a@b.example", "-c", "init.defaultBranch=main")


def git(folder: Path, *arguments: str) -> str:
    program = shutil.which("git")
    if program is None:
        missing("a program named git")
    command = [program, *WHO, "-C", str(folder), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A folder with one commit."""
    folder = tmp_path / "kept"
    folder.mkdir()
    git(folder, "init", "-q")
    git(folder, "commit", "-q", "--allow-empty", "-m", "a")
    return folder


def detach(folder: Path) -> None:
    git(folder, "checkout", "-q", "--detach")


def pack(folder: Path) -> None:
    git(folder, "pack-refs", "--all")
    assert not list((folder / ".git/refs/heads").iterdir())


def branch(folder: Path) -> None:
    git(folder, "checkout", "-q", "-b", "season/2025.x-ü")
    git(folder, "commit", "-q", "--allow-empty", "-m", "b")


@pytest.mark.parametrize("change", [lambda _: None, detach, pack, branch])
def test_it_is_the_one_that_git_names(kept: Path, change: Callable[[Path], None]) -> None:
    change(kept)
    assert commit_of(kept) == git(kept, "rev-parse", "HEAD")
    (kept / "inside/further").mkdir(parents=True)
    assert commit_of(kept / "inside/further") == git(kept, "rev-parse", "HEAD")


def test_it_is_that_of_a_further_working_tree(kept: Path) -> None:
    further = kept.parent / "further"
    git(kept, "worktree", "add", "-q", str(further))
    git(further, "commit", "-q", "--allow-empty", "-m", "b")
    assert commit_of(further) == git(further, "rev-parse", "HEAD")
    assert commit_of(further) != commit_of(kept)


def test_there_is_none_outside_of_git_or_before_the_first(tmp_path: Path) -> None:
    assert commit_of(tmp_path) is None
    git(tmp_path, "init", "-q")
    assert commit_of(tmp_path) is None


def is_file_elsewhere(folder: Path) -> None:
    (folder / ".git").rename(folder.parent / "elsewhere")
    (folder / ".git").write_text("gitdir: ../elsewhere\n")


def is_link(folder: Path) -> None:
    (folder / ".git").rename(folder.parent / "elsewhere")
    (folder / ".git").symlink_to("../elsewhere")


def is_false_worktree(folder: Path) -> None:
    (folder / ".git").rename(folder.parent / "worktrees")
    (folder.parent / "worktrees/gitdir").write_text("/elsewhere/.git\n")
    (folder / ".git").write_text("gitdir: ../worktrees\n")


def has_pipe(folder: Path) -> None:
    (folder / ".git/HEAD").unlink()
    os.mkfifo(folder / ".git/HEAD")


def has_linked_head(folder: Path) -> None:
    (folder.parent / "secret").write_text(f"{HASH}\n")
    (folder / ".git/HEAD").unlink()
    (folder / ".git/HEAD").symlink_to("../../secret")


def has_linked_branches(folder: Path) -> None:
    (folder / ".git/refs").rename(folder.parent / "refs")
    (folder / ".git/refs").symlink_to("../../refs")


@pytest.mark.parametrize(
    "spoil",
    [is_file_elsewhere, is_link, is_false_worktree, has_pipe, has_linked_head, has_linked_branches],
)
def test_nothing_is_followed_out_of_it(kept: Path, spoil: Callable[[Path], None]) -> None:
    spoil(kept)
    assert commit_of(kept) is None


@pytest.mark.parametrize(
    "head",
    ["", "x", HASH[1:], "ref: refs/../../../secret\n", "ref: refs/heads/\n", "ref: /etc/passwd\n"],
)
def test_what_is_no_commit_is_none(kept: Path, head: str) -> None:
    (kept.parent / "secret").write_text(f"{HASH}\n")
    (kept / ".git/HEAD").write_text(head)
    assert commit_of(kept) is None


def test_no_hook_of_it_runs(kept: Path) -> None:
    mark = kept.parent / "has-run"
    hook = kept / "hook.sh"
    hook.write_text(f"#!/bin/sh\ntouch {mark}\n")
    hook.chmod(0o755)
    git(kept, "config", "core.fsmonitor", str(hook))
    git(kept, "config", "filter.x.clean", str(hook))
    (kept / ".git/info/attributes").write_text("* filter=x\n")
    assert commit_of(kept) is not None
    assert not mark.exists()
