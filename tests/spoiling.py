"""Workspaces spoilt on purpose: overlays on the tiny one, and what git or an editor cannot hold.

A folder in ``tests/broken/`` holds the files that differ from ``tests/tiny``, an
optional ``build.txt`` with one instruction a line, and ``expected.txt``: what
``cati check`` prints.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import ROOT

TINY = ROOT / "tests" / "tiny"
BROKEN = ROOT / "tests" / "broken"
EXPECTED = "expected.txt"
BUILD = "build.txt"
NOBODY = 65534


def build(case: Path, workspace: Path) -> None:
    """Make a broken workspace: the tiny one, the case's files on it, then its instructions.

    Beside the workspace lies a folder ``outside`` with sound files, for links to lead to.
    """
    for name in ("indicators", "companies", "reports"):
        shutil.copytree(TINY / name, workspace / name)
    outside = workspace.parent / "outside"
    outside.mkdir()
    shutil.copy(TINY / "companies" / "beta" / "company.yaml", outside)
    (outside / "evidence.yaml").write_text("format: 1\ndisclosures: []\n", encoding="utf-8")
    left_out = shutil.ignore_patterns(EXPECTED, BUILD)
    shutil.copytree(case, workspace, dirs_exist_ok=True, ignore=left_out)
    if (case / BUILD).exists():
        for line in (case / BUILD).read_text(encoding="utf-8").splitlines():
            verb, name, *rest = line.split()
            VERBS[verb](workspace / name, *rest)


def expected_lines(case: Path) -> list[str]:
    """What ``cati check`` prints about a case."""
    return (case / EXPECTED).read_text(encoding="utf-8").splitlines()


def has_unreadable_parts(case: Path) -> bool:
    """Whether a case is about what the user may not read."""
    return (case / BUILD).exists() and "unreadable " in (case / BUILD).read_text(encoding="utf-8")


def _append(path: Path, digits: str) -> None:
    path.write_bytes(path.read_bytes() + bytes.fromhex(digits))


def _crlf(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))


def _encode(path: Path, encoding: str) -> None:
    path.write_bytes(path.read_text(encoding="utf-8").encode(encoding))


def _grow(path: Path, size: str) -> None:
    os.truncate(path, int(size))


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        before = Path.cwd()
        os.chdir(path.parent)  # the address of a socket is short, a temporary folder's may not be
        try:
            listening.bind(path.name)
        finally:
            os.chdir(before)


VERBS: dict[str, Callable[..., object]] = {
    "append": _append,
    "crlf": _crlf,
    "encode": _encode,
    "fifo": os.mkfifo,
    "folder": Path.mkdir,
    "grow": _grow,
    "link": Path.symlink_to,
    "move": lambda path, to: path.rename(path.parent / to),
    "remove": Path.unlink,
    "socket": _socket,
    "unreadable": lambda path, mode="0": path.chmod(int(mode, base=8)),
}
"""What a line of ``build.txt`` can ask for: ``verb path`` and what the verb needs."""


@contextmanager
def as_nobody(folder: Path) -> Iterator[None]:
    """Be a user who may not read everything; root may, whatever a file's mode says."""
    if os.geteuid() != 0:
        yield
        return
    for path in (folder, folder.parent):
        path.chmod(0o755)
    try:
        os.seteuid(NOBODY)
    except OSError:
        pytest.skip("root here cannot be anybody else, and may read everything")
    try:
        yield
    finally:
        os.seteuid(0)


def readable_again(workspace: Path) -> None:
    """Give back the modes that were taken away, so that the folder can be removed."""
    for parent, folders, _ in os.walk(workspace):
        for name in folders:
            path = Path(parent, name)
            if not path.is_symlink():
                path.chmod(0o755)


def fingerprints(workspace: Path) -> dict[str, str]:
    """What every file, link and folder is, by path; to see that nothing was changed."""
    found = {}
    for path in sorted(workspace.rglob("*")):
        if path.is_symlink():
            content = os.readlink(path).encode()
        elif path.is_file():
            content = path.read_bytes()
        else:
            content = b""
        kind = stat.filemode(path.lstat().st_mode)
        found[path.relative_to(workspace).as_posix()] = (
            f"{kind} {len(content)} {hashlib.sha256(content).hexdigest()}"
        )
    return found
