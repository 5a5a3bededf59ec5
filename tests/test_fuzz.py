"""Whatever stands in a file, reading it ends in problems, soon, and changes nothing."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cati.model.consistency import check_crosswalk, check_evaluation, check_methodology
from cati.model.crosswalk import Crosswalk
from cati.model.entity import Entity
from cati.model.entity_consistency import (
    check_disclosure,
    check_entity,
    check_source,
    check_supersessions,
)
from cati.model.evaluation import Evaluation
from cati.model.evidence import Evidence
from cati.model.methodology import Dimension, Methodology, MethodologyHeader
from cati.model.source import Sources
from cati.model.weighting import track_factors
from cati.problems import CatiError, Problem, ProblemsError, report_lines
from cati.scoring.published import Deriver
from cati.scoring.scorecard import Scorecard
from cati.store.canonical import yaml_text
from cati.store.file_kinds import PUBLISHED, kind_of
from cati.store.formatting import ordered
from cati.store.printed_files import read_points, read_published
from cati.store.store import FOLDERS
from cati.store.validate import read_model
from cati.workspace import Workspace
from tests.conftest import ROOT, Spoilable
from tests.mutations import Mutant, mutant, shrunk
from tests.spoiling import TINY, fingerprints

SECONDS = 2.0
CHUNKS = 16
READ_IN_A_CHUNK = 1_400
CHECKED_IN_A_CHUNK = 200
ONE_AND_ALL = [
    pytest.param(chunk, marks=pytest.mark.soak if chunk else pytest.mark.slow)
    for chunk in range(CHUNKS)
]
"""The first chunk with the other tests, the rest in their long form."""


def data_files(root: Path) -> list[str]:
    paths = [path for folder in FOLDERS for path in (root / folder).rglob("*.*")]
    files = [path.relative_to(root).as_posix() for path in paths if path.is_file()]
    return sorted(
        file for file in files if kind_of(file) or (file.endswith(".csv") and "/out/" not in file)
    )


class TooSlowError(Exception):
    """Reading took longer than anyone waits."""


@contextmanager
def soon() -> Iterator[None]:
    """Fail what takes too long, and stop what would never end."""

    def stop(_: int, __: FrameType | None) -> None:
        raise TooSlowError("still not done")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(20)
    start = time.process_time()
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
    taken = time.process_time() - start
    if taken > SECONDS:
        raise TooSlowError(f"took {taken:.1f} s")


def fault_of(use: Callable[[bytes], None], content: bytes) -> Exception | None:
    """What using a content raises that it should not."""
    try:
        with soon():
            use(content)
    except CatiError:
        return None
    except Exception as error:
        return error
    return None


def demand_no_fault(changed: Mutant, use: Callable[[bytes], None]) -> None:
    error = fault_of(use, changed.content)
    if error is not None:
        least = shrunk(changed.content, lambda content: type(fault_of(use, content)) is type(error))
        raise AssertionError(
            f"{changed.file} from seed {changed.seed!r} ({', '.join(changed.steps)}) "
            f"raises {error!r}; so does {least[:2_000]!r}"
        ) from error


class Bench:
    """The real workspace in memory, in which one file at a time is another."""

    def __init__(self, workspace: Workspace, folder: Path) -> None:
        self.store = workspace.store
        self.path = folder / "file"

    def use(self, file: str, content: bytes) -> None:
        """Read a file's new content and do with it what reading a workspace does."""
        self.path.write_bytes(content)
        kind = kind_of(file)
        problems: list[Problem] = []
        if kind is None:
            self._use_table(file)
            return
        read = read_model(kind.model, self.path, file, problems)
        if read is None:
            assert problems
            raise ProblemsError(problems)
        model, document = read
        self._check(file, model, document.line)
        self._demand_same_after_formatting(file, model)

    def _demand_same_after_formatting(self, file: str, model: object) -> None:
        text = yaml_text(ordered(model))
        self.path.write_text(text, encoding="utf-8")
        again = read_model(type(model), self.path, file, [])
        assert again is not None
        assert again[0] == ordered(model)
        assert yaml_text(again[0]) == text

    def _check(self, file: str, model: object, line: Callable[..., int]) -> None:
        store = self.store
        owner = file.split("/")[1]
        findings = []
        if isinstance(model, Entity):
            findings += check_entity(owner, model, store.entities)
        elif isinstance(model, Sources):
            findings += [finding for source in model.sources for finding in check_source(source)]
        elif isinstance(model, Evidence):
            mine = {f"{owner}/{d.id}": d for d in model.disclosures}
            everything = {**store.disclosures, **mine}
            for reference, disclosure in mine.items():
                findings += check_disclosure(reference, disclosure, everything, store.entities)
            findings += [finding for _, finding in check_supersessions(everything)]
        elif isinstance(model, Crosswalk):
            left, right = (store.methodologies[m] for m in ("automotive-2024", "corporate-2023"))
            findings += check_crosswalk(model, left, right)
        elif isinstance(model, Evaluation):
            methodology = store.methodologies["automotive-2024"]
            findings += check_evaluation(model, methodology, store.entities)
        elif isinstance(model, (MethodologyHeader, Dimension)):
            changed = self._with_part(store.methodologies[owner], model)
            findings += check_methodology(changed)
            if not findings:
                self._derive(changed)
        for finding in findings:
            assert str(line(finding.path))

    def _with_part(
        self, methodology: Methodology, part: MethodologyHeader | Dimension
    ) -> Methodology:
        if isinstance(part, MethodologyHeader):
            return Methodology.from_parts(part, methodology.dimensions)
        dimensions = {**{d.code: d for d in methodology.dimensions}, part.code: part}
        fields = {name: getattr(methodology, name) for name in MethodologyHeader.model_fields}
        header = MethodologyHeader.model_construct(**fields)
        return Methodology.from_parts(header, tuple(dimensions.values()))

    def _use_table(self, file: str) -> None:
        evaluation = self.store.evaluations["automakers-2024"]
        methodology = self.store.methodologies["automotive-2024"]
        if file.endswith(PUBLISHED.file_name):
            rows, problems = read_published(self.path, file, evaluation, methodology)
            factors = track_factors(methodology)
            problems += Deriver(methodology, factors, file).derive(rows).problems
        else:
            points, problems = read_points(self.path, file, evaluation, methodology)
            if not problems:
                Scorecard.from_points("automakers-2024", methodology, points).ranks()
        if problems:
            raise ProblemsError(problems)

    def _derive(self, methodology: Methodology) -> None:
        rows = self.store.printed["automakers-2024"].rows
        columns = {column.id for column in methodology.printed_columns}
        if methodology.columns and columns <= rows[0].rates.keys():
            known = [
                replace(row, rates={name: row.rates[name] for name in columns}) for row in rows
            ]
            Deriver(methodology, track_factors(methodology), "some.csv").derive(known[:5])


FILES = data_files(ROOT)


@pytest.mark.parametrize("chunk", ONE_AND_ALL)
def test_no_change_of_a_real_file_makes_reading_it_stumble(
    real: Workspace, tmp_path: Path, chunk: int
) -> None:
    bench = Bench(real, tmp_path)
    for number in range(READ_IN_A_CHUNK):
        changed = mutant(f"read-{chunk}-{number}", ROOT, FILES)
        demand_no_fault(changed, lambda content, file=changed.file: bench.use(file, content))


# Whole workspaces

TINY_FILES = data_files(TINY)
EVIDENCE_FILE = "companies/alpha/evidence.yaml"
EVIDENCE = """\
format: 1
disclosures:
  - id: target-2040
    statement: Alpha wants to be carbon neutral by 2040.
    indicators: [tiny/1.1.1]
    act_of: gamma
    figures:
      - {value: 40, to: 50, unit: '%', year: 2030}
    polarity: supports
    confidence: high
    where:
      - {source: press/report, locator: page 5}
    period: 2023
    valid_until: 2024-12-31
    conflicts_with: [alpha/target-2050]
  - id: target-2050
    statement: Alpha wants to be carbon neutral by 2050.
    indicators: [tiny/1.1.1, tiny/2.1.2]
    polarity: partial
    confidence: medium
    where:
      - {source: press/draft, locator: page 9}
    conflicts_with: [alpha/target-2040]
    supersedes: {disclosure: alpha/target-2040, was: by 2040, reason: a later report}
"""


def work_through(root: Path) -> None:
    """Check a workspace, and where it is sound ask it everything."""
    workspace = Workspace.open(root)
    problems = workspace.check()
    lines = list(report_lines(problems))
    assert all(line.isprintable() for line in lines)
    workspace.score("first").ranking()
    workspace.verify("first")
    workspace.derive("first")
    workspace.standings("first")
    for company in workspace.score("first").companies:
        workspace.explain(company=company, name="first")
        workspace.explain_part("first", company, "1")


def use_in(root: Path, file: str) -> Callable[[bytes], None]:
    """A function that puts a content in a file's place, works with it and puts back what was."""

    def use(content: bytes) -> None:
        original = (root / file).read_bytes()
        (root / file).write_bytes(content)
        before = fingerprints(root)
        try:
            work_through(root)
        finally:
            unchanged = fingerprints(root) == before
            (root / file).write_bytes(original)
        assert unchanged

    return use


@pytest.mark.parametrize("chunk", ONE_AND_ALL)
def test_no_change_of_a_file_makes_its_workspace_stumble(tiny: Spoilable, chunk: int) -> None:
    tiny.write(EVIDENCE_FILE, EVIDENCE)
    for number in range(CHECKED_IN_A_CHUNK):
        changed = mutant(f"check-{chunk}-{number}", tiny.root, [*TINY_FILES, EVIDENCE_FILE])
        demand_no_fault(changed, use_in(tiny.root, changed.file))


PIECES = [line for file in TINY_FILES for line in (TINY / file).read_text("utf-8").splitlines()]
CONTENTS = (
    st.binary(max_size=200)
    | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass"))
    | st.lists(st.sampled_from(PIECES) | st.text(max_size=20), max_size=12).map(
        lambda lines: "\n".join(lines).encode("utf-8", "surrogatepass")
    )
)


@pytest.mark.slow
@pytest.mark.parametrize("file", [EVIDENCE_FILE, *TINY_FILES])
@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(content=CONTENTS, behind=st.booleans())
def test_no_content_makes_a_workspace_stumble(
    tiny: Spoilable, file: str, content: bytes, behind: bool
) -> None:
    tiny.write(EVIDENCE_FILE, EVIDENCE)
    whole = (tiny.root / file).read_bytes() + content if behind else content
    error = fault_of(use_in(tiny.root, file), whole)
    if error is not None:
        raise error


@pytest.mark.parametrize("seed", ["a", "b", "read-0-17"])
def test_a_mutant_is_made_again_from_its_seed(seed: str) -> None:
    assert mutant(seed, ROOT, FILES) == mutant(seed, ROOT, FILES)


def test_a_failing_content_is_shrunk_to_the_lines_that_matter() -> None:
    content = b"".join(b"%d\n" % n for n in range(100))
    assert shrunk(content, lambda c: b"17\n" in c and b"83\n" in c) == b"17\n83\n"
