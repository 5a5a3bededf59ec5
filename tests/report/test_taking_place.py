"""A report takes the place of an earlier one in one step, and of nothing that is somebody's own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cati.problems import CatiError
from cati.report import taking_place
from cati.report.manifest import MANIFEST, digests
from cati.report.taking_place import beside, require_own, take_place

ENDED = """
import os, signal, sys
from pathlib import Path
from cati.report import taking_place
root, folder, when = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
taking_place._exchange = lambda one, other: False
with taking_place.beside(root, folder) as fresh:
    fresh.mkdir()
    (fresh / "index.html").write_text("half")
    if when == "between the renames":
        rename = Path.rename
        def then_ended(self, target):
            rename(self, target)
            os.kill(os.getpid(), signal.SIGKILL)
        Path.rename = then_ended
        taking_place.take_place(root, fresh, folder)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def written(folder: Path, **files: str) -> Path:
    """A folder as a report writes it, with a manifest that lists all there is in it."""
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    content = {"format": 99, "files": digests(folder)}
    (folder / MANIFEST).write_text(json.dumps(content), encoding="utf-8")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "reports/first").mkdir(parents=True)
    return written(tmp_path / "reports/first/out", index_html="old", en__index_html="old")


def published(root: Path, folder: Path) -> None:
    with beside(root, folder) as fresh:
        fresh.mkdir()
        written(fresh, index_html="new")
        take_place(root, fresh, folder)


def listed(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.parent.iterdir())


@pytest.mark.parametrize("exchange", [None, lambda *_: False])
def test_an_earlier_report_makes_way(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exchange: object
) -> None:
    if exchange is not None:
        monkeypatch.setattr(taking_place, "_exchange", exchange)
    published(tmp_path, folder)
    assert (folder / "index.html").read_text() == "new"
    assert not (folder / "en").exists()
    assert listed(folder) == ["out"]


@pytest.mark.skipif(sys.platform != "linux", reason="asks what Linux can do")
def test_it_is_never_away_while_it_does(folder: Path, tmp_path: Path) -> None:
    other = written(tmp_path / "other", index_html="new")
    assert taking_place._exchange(other, folder)
    assert (folder / "index.html").read_text() == "new"
    assert (other / "index.html").read_text() == "old"
    assert not taking_place._exchange(tmp_path / "nothing", folder)


def test_a_first_report_needs_no_way_made(tmp_path: Path) -> None:
    (tmp_path / "reports/first").mkdir(parents=True)
    folder = tmp_path / "reports/first/out"
    published(tmp_path, folder)
    folder.joinpath("index.html").unlink()
    folder.joinpath(MANIFEST).unlink()
    published(tmp_path, folder)  # an empty one holds nothing of anybody's
    assert (folder / "index.html").read_text() == "new"


def has_name(folder: Path) -> None:
    (folder / "CNAME").write_text("ranking.example")


def has_repository(folder: Path) -> None:
    (folder / ".git/refs").mkdir(parents=True)
    (folder / ".git/HEAD").write_text("ref: refs/heads/main")


def has_link(folder: Path) -> None:
    (folder / "en/latest").symlink_to("..")


def has_no_manifest(folder: Path) -> None:
    (folder / MANIFEST).unlink()


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (has_name, "CNAME"),
        (has_repository, ".git/"),
        (has_link, "en/latest"),
        (has_no_manifest, "en/, index.html"),
    ],
)
def test_what_no_report_has_written_is_not_deleted(
    folder: Path, tmp_path: Path, change: Callable[[Path], None], named: str
) -> None:
    change(folder)
    with pytest.raises(CatiError) as caught:
        published(tmp_path, folder)
    assert str(caught.value) == (
        f"{folder}: a new report would delete what no report has written: {named}; "
        "move it out, and have it in a copy of the report elsewhere"
    )
    assert (folder / "index.html").read_text() == "old"
    assert listed(folder) == ["out"]


def test_what_comes_while_a_report_is_made_is_not_deleted_either(
    folder: Path, tmp_path: Path
) -> None:
    with beside(tmp_path, folder) as fresh:
        fresh.mkdir()
        has_name(folder)
        with pytest.raises(CatiError, match="CNAME"):
            take_place(tmp_path, fresh, folder)
    assert (folder / "CNAME").exists()


def test_a_link_in_the_place_is_refused(folder: Path, tmp_path: Path) -> None:
    folder.rename(tmp_path / "elsewhere")
    folder.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(CatiError, match="expected a folder of reports"):
        require_own(folder)


@pytest.mark.slow
@pytest.mark.parametrize("when", ["before", "between the renames"])
def test_what_a_killed_run_left_is_cleared_away_and_the_earlier_report_is_back(
    folder: Path, tmp_path: Path, when: str
) -> None:
    (folder.parent / ".out-x1y2").mkdir()
    (folder.parent / ".out-own.bak").write_text("x")
    own = listed(folder)
    run = subprocess.run([sys.executable, "-c", ENDED, tmp_path, folder, when], check=False)
    assert run.returncode == -signal.SIGKILL
    assert len(listed(folder)) == len(own) + (when == "before")
    assert folder.exists() == (when == "before")
    with beside(tmp_path, folder):
        assert (folder / "index.html").read_text() == "old"
    assert listed(folder) == own


def test_two_reports_at_once_are_both_whole(folder: Path, tmp_path: Path) -> None:
    with beside(tmp_path, folder) as one:
        published(tmp_path, folder)
        one.mkdir()
        written(one, index_html="last")
        take_place(tmp_path, one, folder)
    assert (folder / "index.html").read_text() == "last"
    assert listed(folder) == ["out"]
    assert os.stat(folder).st_mode & 0o777 == os.stat(folder.parent).st_mode & 0o777
