"""Nothing half written, nothing lost: kills, full disks, several writers at once."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import resource
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from cati.model.evidence import Disclosure, Evidence, Place
from cati.model.source import Source, Sources
from cati.problems import CatiError, ProblemsError
from cati.store.atomic import write_text
from cati.store.canonical import yaml_text
from cati.store.editing import (
    CHANGES_FILE,
    JOURNAL_FILE,
    LOCK_FILE,
    digest,
    digest_of,
    finish,
    locked,
    replace,
    replace_all,
    update,
)
from cati.store.schemas import schema_link
from cati.store.yaml_file import read_yaml
from tests.killing import killed_at_every_step

FILE = "companies/acme/evidence.yaml"
WRITERS, WRITES = 8, 15
KILLS = 500

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


def disclosure(name: str) -> Disclosure:
    return Disclosure(
        id=name,
        statement=f"Statement {name}.",
        indicators=("tiny/1.1.1",),
        polarity="supports",
        confidence="high",
        where=(Place(source="acme/report", locator="p. 1"),),
    )


def evidence(*names: str) -> Evidence:
    return Evidence(format=1, disclosures=tuple(disclosure(name) for name in names))


def add(name: str) -> Callable[[Evidence], Evidence]:
    return lambda old: Evidence(format=1, disclosures=(*old.disclosures, disclosure(name)))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    path = tmp_path / FILE
    path.parent.mkdir(parents=True)
    path.write_text(yaml_text(evidence("first"), schema_link(FILE)), encoding="utf-8")
    return tmp_path


def names(root: Path) -> list[str]:
    data = read_yaml(root / FILE, FILE).data
    assert isinstance(data, dict)
    return [disclosure["id"] for disclosure in data["disclosures"]]


def in_child(action: Callable[[], object]) -> int:
    """Run an action in a forked process; gives its exit code."""
    child = os.fork()
    if child == 0:
        try:
            action()
            os._exit(0)
        except CatiError:
            os._exit(3)
        except BaseException:
            os._exit(4)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_update_changes_what_the_file_says_and_keeps_its_schema_line(root: Path) -> None:
    update(root, FILE, Evidence, add("second"))
    assert names(root) == ["first", "second"]
    first = (root / FILE).read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=../../schemas/evidence.json"


def test_replace_refuses_a_file_that_someone_else_changed(root: Path) -> None:
    read = digest(root / FILE)
    update(root, FILE, Evidence, add("theirs"))
    with pytest.raises(ProblemsError) as caught:
        replace(root, FILE, yaml_text(evidence("mine")), read)
    assert str(caught.value) == (
        f"{FILE}: expected the file as it was read; found a change by someone else (read it again)"
    )
    assert names(root) == ["first", "theirs"]


def test_update_of_a_broken_file_is_a_problem_and_leaves_it(root: Path) -> None:
    (root / FILE).write_text("format: 1\ndisclosures: [", encoding="utf-8")
    with pytest.raises(ProblemsError, match=r"evidence\.yaml:3: expected"):
        update(root, FILE, Evidence, add("second"))
    assert (root / FILE).read_text(encoding="utf-8") == "format: 1\ndisclosures: ["


def test_a_full_disk_is_a_message_and_leaves_the_old_file(root: Path) -> None:
    before = (root / FILE).read_bytes()

    def write() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, 1_000))
        write_text(root / FILE, "x" * 100_000)

    assert in_child(write) == 3
    assert (root / FILE).read_bytes() == before
    assert [path.name for path in (root / FILE).parent.iterdir()] == ["evidence.yaml"]


def test_a_read_only_folder_is_a_message(root: Path) -> None:
    before = (root / FILE).read_bytes()
    (root / FILE).parent.chmod(0o555)

    def write() -> None:
        if os.getuid() == 0:
            for folder in (root, *root.parents):
                if folder != Path("/") and folder.stat().st_uid == 0:
                    folder.chmod(folder.stat().st_mode | 0o055)
            os.setuid(65534)
        write_text(root / FILE, "changed")

    try:
        assert in_child(write) == 3
    finally:
        (root / FILE).parent.chmod(0o755)
    assert (root / FILE).read_bytes() == before


def test_a_lock_that_is_never_released_is_a_message(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cati.store.editing.PATIENCE", 0.1)
    before = (root / FILE).read_bytes()
    with locked(root):
        assert in_child(lambda: update(root, FILE, Evidence, add("late"))) == 3
    assert (root / FILE).read_bytes() == before


SOURCES = "companies/acme/sources.yaml"


def with_source(name: str) -> Callable[[Sources], Sources]:
    new = Source(id=name, kind="other", title=name, language="en")
    return lambda old: Sources(format=1, sources=(*old.sources, new))


def write_many(root: Path, writer: int) -> None:
    for number in range(WRITES):
        update(root, SOURCES, Sources, with_source(f"w{writer}-n{number}"))


@pytest.mark.slow
def test_eight_writers_at_once_lose_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cati.store.editing.PATIENCE", 600)
    first = with_source("first")(Sources(format=1, sources=()))
    (root / SOURCES).write_text(yaml_text(first, schema_link(SOURCES)), encoding="utf-8")
    fork = multiprocessing.get_context("fork")
    writers = [fork.Process(target=write_many, args=(root, n)) for n in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0] * WRITERS
    expected = {"first", *(f"w{w}-n{n}" for w in range(WRITERS) for n in range(WRITES))}
    data = read_yaml(root / SOURCES, SOURCES).data
    assert isinstance(data, dict)
    found = [source["id"] for source in data["sources"]]
    assert (len(found), set(found)) == (WRITERS * WRITES + 1, expected)


def test_a_writer_killed_at_every_step_leaves_the_old_file_or_the_new(root: Path) -> None:
    old, new = (yaml_text(evidence(*names)) for names in (("first",), ("first", "second")))
    (root / FILE).write_text(old, encoding="utf-8")
    left = []
    for killed in killed_at_every_step(lambda: replace(root, FILE, new, digest_of(old.encode()))):
        left.append((root / FILE).read_text(encoding="utf-8"))
        assert killed or left[-1] == new
        (root / FILE).write_text(old, encoding="utf-8")
    assert set(left) == {old, new}
    replace(root, FILE, new, digest(root / FILE))
    assert all_files(root) == [FILE]


@pytest.mark.slow
def test_a_writer_of_several_killed_at_every_step_leaves_all_old_or_all_new(root: Path) -> None:
    replace_all(root, several(1), digests(root))
    left = []
    for killed in killed_at_every_step(lambda: replace_all(root, several(2), digests(root))):
        finish(root)
        left.append(state(root))
        assert killed or left[-1] == several(2)
        replace_all(root, several(1), digests(root))
    assert several(1) in left[:-1]
    assert several(2) in left[:-1]
    assert all(found in (several(1), several(2)) for found in left)
    assert all_files(root) == [SECOND, FILE]


@pytest.mark.soak
def test_a_writer_killed_at_any_point_leaves_the_old_file_or_the_new(root: Path) -> None:
    texts = [yaml_text(evidence(*(f"d{n}" for n in range(size)))) for size in (20, 200)]
    (root / FILE).write_text(texts[0], encoding="utf-8")
    rng = random.Random(2024)  # noqa: S311  the moment of a kill is no secret
    left = {0: 0, 1: 0}
    longest = _write_time(root, texts)
    for kill in range(KILLS):
        begun, begin = os.pipe()
        child = os.fork()
        if child == 0:
            while True:
                for text in (texts[1 - kill % 2], texts[kill % 2]):
                    os.write(begin, b".")
                    replace(root, FILE, text, digest(root / FILE))
        for _ in range(rng.randint(1, 3)):  # the pace of the writer counts, not that of the clock
            os.read(begun, 1)
        time.sleep(rng.uniform(0, 2 * longest))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(begun)
        os.close(begin)
        found = (root / FILE).read_text(encoding="utf-8")
        assert found in texts
        left[texts.index(found)] += 1
    assert min(left.values()) > 0
    replace(root, FILE, texts[0], digest(root / FILE))
    assert [path.name for path in (root / FILE).parent.iterdir()] == ["evidence.yaml"]


def _write_time(root: Path, texts: list[str]) -> float:
    start = time.perf_counter()
    replace(root, FILE, texts[0], digest(root / FILE))
    return time.perf_counter() - start


SECOND = "companies/acme/assessments/first.yaml"
"""A file, and a folder, that are not there before."""


def several(size: int) -> dict[str, str]:
    """Two files that belong together: each says the same number."""
    return {FILE: f"# {size}\n" + "x" * size * 1_000, SECOND: f"# {size}\n"}


def state(root: Path) -> dict[str, str]:
    return {
        file: (root / file).read_text(encoding="utf-8") if (root / file).exists() else ""
        for file in (FILE, SECOND)
    }


def all_files(root: Path) -> list[str]:
    """Every file but the lock, and the count of changes."""
    found = (path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())
    return sorted(file for file in found if file not in {LOCK_FILE, CHANGES_FILE})


def digests(root: Path) -> dict[str, str]:
    return {file: digest(root / file) for file in (FILE, SECOND)}


def test_several_files_change_together(root: Path) -> None:
    replace_all(root, several(1), digests(root))
    assert (state(root), all_files(root)) == (several(1), [SECOND, FILE])
    replace_all(root, several(2), digests(root))
    assert (state(root), all_files(root)) == (several(2), [SECOND, FILE])


def test_nothing_changes_where_one_of_several_has_changed(root: Path) -> None:
    replace_all(root, several(1), digests(root))
    read = digests(root)
    (root / SECOND).write_text("theirs", encoding="utf-8")
    with pytest.raises(ProblemsError) as caught:
        replace_all(root, several(2), read)
    assert [problem.file for problem in caught.value.problems] == [SECOND]
    assert state(root) == {FILE: several(1)[FILE], SECOND: "theirs"}
    assert all_files(root) == [SECOND, FILE]


def test_nothing_changes_where_one_of_several_cannot_be_written(root: Path) -> None:
    before, read = state(root), digests(root)
    (root / SECOND).parent.write_text("a file in the place of the folder", encoding="utf-8")
    with pytest.raises(CatiError, match="assessments: cannot be made"):
        replace_all(root, {**several(1), SECOND: "x"}, read)
    assert (root / FILE).read_text(encoding="utf-8") == before[FILE]
    assert JOURNAL_FILE not in all_files(root)


def test_a_full_disk_leaves_all_of_several(root: Path) -> None:
    replace_all(root, several(1), digests(root))

    def write() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (5_000, 5_000))
        replace_all(root, several(9), digests(root))

    assert in_child(write) == 3
    assert (state(root), all_files(root)) == (several(1), [SECOND, FILE])


def killed_at(root: Path, rename: int) -> None:
    """Change several files in a child that dies just before one of its renames."""

    def change() -> None:
        renames = 0
        rename_file = Path.replace

        def counted(self: Path, target: Path) -> Path:
            nonlocal renames
            renames += 1
            if renames == rename:
                os.kill(os.getpid(), signal.SIGKILL)
            return rename_file(self, target)

        Path.replace = counted  # type: ignore[method-assign,assignment]
        replace_all(root, several(2), digests(root))

    assert in_child(change) == -signal.SIGKILL


@pytest.mark.parametrize(("rename", "left"), [(1, 1), (2, 2), (3, 2)])
def test_a_writer_killed_at_any_rename_leaves_all_old_or_all_new(
    root: Path, rename: int, left: int
) -> None:
    replace_all(root, several(1), digests(root))
    killed_at(root, rename)
    finish(root)
    assert state(root) == several(left)
    replace_all(root, several(3), digests(root))
    assert (state(root), all_files(root)) == (several(3), [SECOND, FILE])


def test_the_next_writer_finishes_what_a_killed_one_began(root: Path) -> None:
    replace_all(root, several(1), digests(root))
    killed_at(root, 2)
    replace(root, FILE, "mine", digest_of(several(2)[FILE].encode()))
    assert state(root) == {FILE: "mine", SECOND: several(2)[SECOND]}


def test_what_was_changed_by_hand_after_a_kill_is_not_overwritten(root: Path) -> None:
    replace_all(root, several(1), digests(root))
    killed_at(root, 2)
    (root / FILE).write_text("by hand", encoding="utf-8")
    with pytest.raises(CatiError, match=r"evidence\.yaml has been changed since; put the files"):
        finish(root)
    assert state(root) == {FILE: "by hand", SECOND: several(1)[SECOND]}
    (root / JOURNAL_FILE).unlink()
    replace_all(root, several(3), digests(root))
    assert (state(root), all_files(root)) == (several(3), [SECOND, FILE])


def test_lost_new_content_is_a_message(root: Path) -> None:
    replace_all(root, several(1), digests(root))
    killed_at(root, 2)
    next((root / FILE).parent.glob(".evidence.yaml.*")).unlink()
    with pytest.raises(CatiError, match=r"evidence\.yaml has lost its new content"):
        finish(root)


@pytest.mark.parametrize(
    "steps",
    [
        "no list",
        [1],
        [{"file": FILE}],
        [{"file": "../out.yaml", "prepared": ".out.yaml.x", "old": "", "new": ""}],
        [{"file": "companies/../../a/evidence.yaml", "prepared": ".e.x", "old": "", "new": ""}],
        [{"file": FILE, "prepared": "../../secret", "old": "", "new": ""}],
        [{"file": FILE, "prepared": ".evidence.yaml.x/y", "old": "", "new": ""}],
        [{"file": FILE, "prepared": 1, "old": "", "new": ""}],
        [{"file": "README.md", "prepared": ".README.md.x", "old": "", "new": ""}],
    ],
)
def test_a_journal_of_somebody_elses_touches_nothing(root: Path, steps: object) -> None:
    before = all_files(root)
    (root / JOURNAL_FILE).write_text(json.dumps(steps), encoding="utf-8")
    with pytest.raises(CatiError, match="expected a journal of this version of cati; delete it"):
        finish(root)
    assert all_files(root) == sorted([*before, JOURNAL_FILE])


@pytest.mark.parametrize("make", ["fifo", "device"])
def test_a_journal_that_never_ends_is_not_read(root: Path, make: str) -> None:
    journal = root / JOURNAL_FILE
    if make == "fifo":
        os.mkfifo(journal)
    else:
        journal.symlink_to("/dev/zero")
    with pytest.raises(CatiError, match="expected a journal of this version of cati; delete it"):
        finish(root)


def test_a_journal_cannot_lead_out_of_the_workspace(root: Path) -> None:
    outside = root.parent / f"{root.name}-outside"
    outside.mkdir()
    (outside / ".evidence.yaml.x1").write_text("new", encoding="utf-8")
    (root / "companies" / "link").symlink_to(outside)
    step = {"file": "companies/link/evidence.yaml", "prepared": ".evidence.yaml.x1"}
    step |= {"old": "", "new": "x"}
    (root / JOURNAL_FILE).write_text(json.dumps([step]), encoding="utf-8")
    with pytest.raises(CatiError, match="expected a journal"):
        finish(root)
    assert [path.name for path in outside.iterdir()] == [".evidence.yaml.x1"]


@pytest.mark.soak
def test_a_writer_of_several_killed_at_any_point_leaves_all_old_or_all_new(root: Path) -> None:
    sizes = (1, 40)
    replace_all(root, several(1), digests(root))
    rng = random.Random(2024)  # noqa: S311  the moment of a kill is no secret
    start = time.perf_counter()
    replace_all(root, several(1), digests(root))
    span = 4 * (time.perf_counter() - start)
    left, before = dict.fromkeys(sizes, 0), sizes[0]
    journals = 0
    for kill in range(KILLS):
        if kill >= KILLS // 5 and journals:  # enough of them, one of them in the very middle
            break
        child = os.fork()
        if child == 0:
            size = sizes[0] if state(root)[FILE] == several(sizes[1])[FILE] else sizes[1]
            while True:
                replace_all(root, several(size), digests(root))
                size = sizes[1 - sizes.index(size)]
        time.sleep(rng.uniform(0, span))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        journals += (root / JOURNAL_FILE).exists()
        finish(root)
        found = next(size for size in sizes if state(root) == several(size))
        left[found] += 1
        span *= 1.1 if found == before else 1 / 1.1  # hunts the moment of the change
        before = found
    assert min(left.values()) > 0
    assert journals > 0
    replace_all(root, several(2), digests(root))
    assert all_files(root) == [SECOND, FILE]


def test_what_a_change_rests_on_must_be_as_it_was_read(root: Path) -> None:
    replace_all(root, several(1), digests(root))
    read, done = digests(root), []
    (root / SECOND).write_text("theirs", encoding="utf-8")
    with pytest.raises(ProblemsError, match=r"first\.yaml: expected the file as it was read"):
        replace_all(root, {FILE: "x"}, read, first=lambda: done.append("something"))
    assert state(root) == {FILE: several(1)[FILE], SECOND: "theirs"}
    assert done == []


def test_nothing_is_written_through_a_link_out_of_the_workspace(root: Path) -> None:
    elsewhere = root.parent / f"{root.name}-elsewhere"
    elsewhere.mkdir()
    (root / "companies/linked").symlink_to(elsewhere)
    file = "companies/linked/a/company.yaml"
    with pytest.raises(CatiError, match="found a link to"):
        replace(root, file, "x", "")
    with pytest.raises(CatiError, match="found a link to"):
        replace_all(root, {file: "x"}, {file: ""})
    assert list(elsewhere.iterdir()) == []
