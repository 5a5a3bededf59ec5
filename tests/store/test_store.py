"""A workspace as a whole: what is read, what refers to what, and what is refused."""

from __future__ import annotations

import multiprocessing
import os
import shutil
from contextlib import suppress
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cati.problems import CatiError, ProblemsError, UsageError
from cati.store.editing import digest, replace_all
from cati.store.store import Store, find_workspace
from cati.workspace import Workspace
from tests.conftest import ROOT, Spoilable

TINY = ROOT / "tests" / "tiny"


def test_this_repository_has_no_problems(real: Workspace) -> None:
    assert real.check() == []


def test_this_repository_holds_51_companies_their_publisher_and_one_evaluation(
    real: Workspace,
) -> None:
    store = real.store
    assert len(store.entities) >= 52
    assert {"ipe", "volvo-cars", "geely-auto"} <= store.entities.keys()
    assert len(store.evaluations["automakers-2024"].scope) == 51
    assert "ipe/automotive-report-2024" in store.sources


def test_the_tiny_workspace_is_sound(tiny: Spoilable) -> None:
    assert tiny.problems() == []


def test_a_workspace_is_found_from_any_folder_inside_it(tiny: Spoilable) -> None:
    assert find_workspace(tiny.root / "companies" / "alpha") == tiny.root
    assert Store.open(tiny.root / "reports").root == tiny.root


def test_a_folder_without_workspace_says_what_one_is(tmp_path: Path) -> None:
    (tmp_path / "indicators").mkdir()
    (tmp_path / "companies").mkdir()
    with pytest.raises(UsageError) as caught:
        find_workspace(tmp_path)
    assert str(caught.value) == (
        f"{tmp_path}: no workspace here (a folder with indicators/, companies/, reports/); "
        "'cati init DIR' makes one"
    )


def test_a_file_among_folders_is_named_and_hidden_ones_are_not(tiny: Spoilable) -> None:
    tiny.write("companies/notes.txt", "x")
    tiny.write("reports/.DS_Store", "x")
    assert tiny.problems() == ["companies/notes.txt: expected a folder; found a file"]


@pytest.mark.parametrize("folder", ["companies/alpha", "reports/first"])
def test_a_folder_without_its_file_is_named(tiny: Spoilable, folder: str) -> None:
    name = "company.yaml" if folder.startswith("companies") else "evaluation.yaml"
    (tiny.root / folder / name).unlink()
    assert tiny.problems() == [f"{folder}/{name}: expected a file; found nothing of that name"]


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (
            "companies/alpha/company.yaml",
            "id: alpha",
            "id: alfa",
            ":2: id: expected alpha, the folder's name; found 'alfa'",
        ),
        (
            "reports/first/evaluation.yaml",
            "id: first",
            "id: frist",
            ":2: id: expected first, the folder's name; found 'frist'",
        ),
        (
            "reports/first/evaluation.yaml",
            "methodology: tiny",
            "methodology: tniy",
            ":4: methodology: expected a methodology with a folder in indicators/; found 'tniy' "
            "(did you mean tiny?)",
        ),
        (
            "reports/first/evaluation.yaml",
            "source: press/report",
            "source: prss/report",
            ":9: published.where.source: "
            "expected a source in companies/<entity>/sources.yaml; found 'prss/report' "
            "(did you mean press/report or press/draft?)",
        ),
        (
            "companies/alpha/company.yaml",
            "source: press/report, locator: Table 1",
            "source: press/annex, locator: Table 1",
            ":9: names[0].where.source: "
            "expected a source in companies/<entity>/sources.yaml; found 'press/annex' "
            "(did you mean press/draft or press/report?)",
        ),
        (
            "companies/press/sources.yaml",
            "supersedes: press/draft",
            "supersedes: press/draf",
            ":9: sources[0].supersedes: "
            "expected a source in companies/<entity>/sources.yaml; found 'press/draf' "
            "(did you mean press/draft or press/report?)",
        ),
        (
            "companies/gamma/company.yaml",
            "to: alpha",
            "to: alfa",
            ":9: relations[0].to: expected an entity with a folder in companies/; found 'alfa' "
            "(did you mean alpha?)",
        ),
    ],
)
def test_a_reference_that_leads_nowhere_is_named_with_the_nearest_that_does(
    tiny: Spoilable, file: str, old: str, new: str, message: str
) -> None:
    tiny.change(file, old, new)
    assert tiny.problems() == [file + message]


def test_a_broken_company_is_one_problem_and_not_one_for_each_reference(tiny: Spoilable) -> None:
    tiny.change("companies/alpha/company.yaml", "country: DE", "country: Germany")
    assert tiny.problems() == [
        "companies/alpha/company.yaml:10: country: "
        "expected a country as two capital letters, such as CN; found 'Germany'"
    ]


def test_a_broken_file_of_sources_is_one_problem_and_not_one_for_each_reference(
    tiny: Spoilable,
) -> None:
    tiny.change("companies/press/sources.yaml", "link: https", "link: ftp")
    assert tiny.problems() == [
        "companies/press/sources.yaml:7: sources[0].link: "
        "expected a link that begins with https:// or http://; found 'ftp://example.org/report'"
    ]


def test_problems_of_all_files_come_together_in_the_order_of_files_and_lines(
    tiny: Spoilable,
) -> None:
    tiny.change("reports/first/published.csv", "75,67", "x,67")
    tiny.change("reports/first/evaluation.yaml", "companies: 2", "companies: 1")
    tiny.change("companies/gamma/company.yaml", "to: alpha", "to: alfa")
    tiny.change("companies/gamma/company.yaml", "id: gamma", "id: gama")
    tiny.change("indicators/crosswalk.yaml", "relation: related", "relation: none")
    places = [problem.split(": ")[0] for problem in tiny.problems()]
    assert places == [
        "companies/gamma/company.yaml:2",
        "companies/gamma/company.yaml:9",
        "indicators/crosswalk.yaml:6",
        "reports/first/evaluation.yaml:15",
        "reports/first/published.csv:2",
    ]


def test_files_with_errors_are_refused_with_all_of_them(tiny: Spoilable) -> None:
    tiny.change("companies/gamma/company.yaml", "to: alpha", "to: alfa")
    tiny.change("reports/first/published.csv", "75,67", "x,67")
    store = Store.open(tiny.root)
    with pytest.raises(ProblemsError) as caught:
        store.require_sound()
    assert caught.value.problems == tuple(store.problems)
    assert len(store.problems) == 2


def test_an_evaluation_is_worked_on_only_where_it_and_its_methodology_are_sound(
    tiny: Spoilable,
) -> None:
    assert Store.open(tiny.root).can_be_worked_on("first")
    tiny.change("companies/gamma/company.yaml", "to: alpha", "to: alfa")
    assert Store.open(tiny.root).can_be_worked_on("first")
    tiny.change("indicators/tiny/2-action.yaml", "track: own", "track: owm")
    assert not Store.open(tiny.root).can_be_worked_on("first")


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("indicators/tiny/2-action.yaml", "track: own", "track: owm"),
        ("indicators/tiny/2-action.yaml", "        points: 3\n", "        points: 0.3\n"),
        ("indicators/tiny/2-action.yaml", "code: 2.1.1", 'code: "1"'),
        ("indicators/tiny/methodology.yaml", 'members: ["2.1"]', 'members: ["9"]'),
        ("indicators/tiny/methodology.yaml", "grid: 0.5", "grid: 0.00000000001"),
        ("reports/first/evaluation.yaml", "bands: [5, 10]", "shares: {own: 100}"),
    ],
)
def test_tables_are_not_worked_on_with_a_methodology_that_has_errors(
    tiny: Spoilable, file: str, old: str, new: str
) -> None:
    tiny.change(file, old, new)
    assert any(problem.startswith(file) for problem in tiny.problems())


FILES = sorted(str(path.relative_to(TINY)) for path in TINY.rglob("*.*"))
WORDS = ["", "0", "-1", "1.5", "null", "[]", "{}", "x", "'1'", "1.1.1", "alpha", "own", "1000"]


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(TINY, tmp_path_factory.mktemp("scratch") / "tiny"))


@st.composite
def spoilt_files(draw: st.DrawFn) -> tuple[str, str]:
    """A file of the tiny workspace with lines lost, doubled, moved or replaced in part."""
    file = draw(st.sampled_from(FILES))
    lines = (TINY / file).read_text(encoding="utf-8").splitlines()
    at = draw(st.integers(0, len(lines) - 1))
    change = draw(st.sampled_from(["drop", "double", "swap", "word", "indent"]))
    if change == "drop":
        del lines[at]
    elif change == "double":
        lines.insert(at, lines[at])
    elif change == "swap":
        lines[at - 1], lines[at] = lines[at], lines[at - 1]
    elif change == "indent":
        lines[at] = "  " + lines[at]
    else:
        separator = "," if file.endswith("csv") else " "
        words = lines[at].split(separator)
        words[draw(st.integers(0, len(words) - 1))] = draw(st.sampled_from(WORDS))
        lines[at] = separator.join(words)
    return file, "\n".join(lines) + "\n"


@pytest.mark.slow
@settings(max_examples=250, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spoilt_files())
def test_a_spoilt_file_never_makes_it_stumble(scratch: Path, spoilt: tuple[str, str]) -> None:
    file, content = spoilt
    original = (scratch / file).read_bytes()
    (scratch / file).write_text(content, encoding="utf-8")
    try:
        with suppress(CatiError):
            workspace = Workspace.open(scratch)
            if not workspace.check():
                workspace.score("first").ranking()
                workspace.explain_part("first", "alpha", "2.2.1")
                workspace.verify("first")
    finally:
        (scratch / file).write_bytes(original)


def test_it_knows_every_file_that_it_read_and_what_was_in_it(tiny: Spoilable) -> None:
    for hidden in ("companies/.x/company.yaml", "indicators/.y.yaml", "reports/first/.z.yaml"):
        tiny.write(hidden, "secret")
    tiny.write("companies/alpha/evidence.yaml", "not: [yaml")
    store = Store.open(tiny.root)
    assert not [file for file in store.read if "/." in file]
    for file, read in store.read.items():
        assert read == digest(tiny.root / file), file
    assert {"companies/alpha/company.yaml", "companies/alpha/evidence.yaml"} <= store.read.keys()
    assert {"reports/first/published.csv", "indicators/tiny/methodology.yaml"} <= store.read.keys()
    assert store.digest("companies/alpha/nothing.yaml") == ""


SEVERAL = ("companies/alpha/sources.yaml", "companies/alpha/evidence.yaml")
SOURCES = "format: 1\nsources: [{{id: r{n}, kind: other, title: R, language: en}}]\n"
EVIDENCE = """\
format: 1
disclosures:
  - id: d{n}
    statement: It says {n}.
    indicators: [tiny/1.1.1]
    polarity: supports
    confidence: high
    where: [{{source: alpha/r{n}, locator: p. 1}}]
"""


def write_on(root: Path, ceased: Event) -> None:
    number = 1
    while not ceased.is_set():
        number += 1
        texts = (SOURCES.format(n=number), EVIDENCE.format(n=number))
        read = {file: digest(root / file) for file in SEVERAL}
        replace_all(root, dict(zip(SEVERAL, texts, strict=True)), read)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_beside_a_busy_writer_nobody_reads_half_of_a_change(
    tiny: Spoilable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cati.store.editing.PATIENCE", 600)
    for file, text in zip(SEVERAL, (SOURCES, EVIDENCE), strict=True):
        tiny.write(file, text.format(n=1))
    fork = multiprocessing.get_context("fork")
    ceased = fork.Event()
    writer = fork.Process(target=write_on, args=(tiny.root, ceased))
    writer.start()
    try:
        seen = []
        for _ in range(30):
            store = Store.open(tiny.root)
            (source,) = [name for name in store.sources if name.startswith("alpha/")]
            (said,) = store.disclosures.values()
            seen.append((store.problems, said.where[0].source == source))
    finally:
        ceased.set()
        writer.join()
    assert seen == [([], True)] * 30
    assert writer.exitcode == 0
