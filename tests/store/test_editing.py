"""Nothing half written, nothing lost: kills, full disks, several writers at once."""

from __future__ import annotations

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
from cati.problems import CatiError, ProblemsError
from cati.store.atomic import write_text
from cati.store.canonical import yaml_text
from cati.store.editing import digest, locked, replace, update
from cati.store.schemas import schema_link
from cati.store.yaml_file import read_yaml

FILE = "companies/acme/evidence.yaml"
WRITERS, WRITES = 8, 50
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


def write_many(root: Path, writer: int) -> None:
    for number in range(WRITES):
        update(root, FILE, Evidence, add(f"w{writer}-n{number}"))


@pytest.mark.slow
def test_eight_writers_at_once_lose_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cati.store.editing.PATIENCE", 600)
    fork = multiprocessing.get_context("fork")
    writers = [fork.Process(target=write_many, args=(root, n)) for n in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0] * WRITERS
    expected = {"first", *(f"w{w}-n{n}" for w in range(WRITERS) for n in range(WRITES))}
    found = names(root)
    assert (len(found), set(found)) == (WRITERS * WRITES + 1, expected)


@pytest.mark.slow
def test_a_writer_killed_at_any_point_leaves_the_old_file_or_the_new(root: Path) -> None:
    texts = [yaml_text(evidence(*(f"d{n}" for n in range(size)))) for size in (50, 400)]
    (root / FILE).write_text(texts[0], encoding="utf-8")
    rng = random.Random(2024)  # noqa: S311  the moment of a kill is no secret
    left = {0: 0, 1: 0}
    longest = _write_time(root, texts)
    for kill in range(KILLS):
        text = texts[kill % 2]
        child = os.fork()
        if child == 0:
            while True:
                replace(root, FILE, text, digest(root / FILE))
                text = texts[texts.index(text) - 1]
        time.sleep(rng.uniform(0, 3 * longest))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
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
