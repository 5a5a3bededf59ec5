"""Everything the files of a workspace say, read and checked in one go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cati.model.consistency import check_evaluation
from cati.model.crosswalk import Crosswalk
from cati.model.entity import Citation, Entity
from cati.model.evaluation import Evaluation
from cati.model.methodology import Methodology
from cati.model.printed import PointsRow, PrintedRow
from cati.model.source import Source, Sources
from cati.problems import Finding, Problem, ProblemsError, UsageError, did_you_mean, shown
from cati.store.printed_files import read_points, read_published
from cati.store.registry import CROSSWALK_FILE, read_crosswalk, read_methodology
from cati.store.validate import located, read_model

FOLDERS = ("indicators", "companies", "reports")
EVALUATION_FILE = "evaluation.yaml"
PUBLISHED_FILE = "published.csv"
POINTS_FILE = "points.csv"


@dataclass(frozen=True)
class Printed:
    """What an evaluation knows from a printed table.

    Attributes
    ----------
    rows : tuple of PrintedRow
        ``published.csv``.
    points : tuple of PointsRow
        ``points.csv``; empty where it has not been worked out yet.
    """

    rows: tuple[PrintedRow, ...] = ()
    points: tuple[PointsRow, ...] = ()


@dataclass(frozen=True)
class Store:
    """The content of a workspace's files.

    Attributes
    ----------
    root : Path
        The folder with ``indicators/``, ``companies/`` and ``reports/``.
    methodologies : dict of str to Methodology
        By id; likewise `entities` and `evaluations`.
    sources : dict of str to Source
        By reference ``<entity>/<id>``.
    printed : dict of str to Printed
        By evaluation id, for evaluations with a printed table.
    problems : list of Problem
        What is wrong with the files. What could not be read is missing above.
    """

    root: Path
    methodologies: dict[str, Methodology] = field(default_factory=dict)
    crosswalk: Crosswalk | None = None
    entities: dict[str, Entity] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    evaluations: dict[str, Evaluation] = field(default_factory=dict)
    printed: dict[str, Printed] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @classmethod
    def open(cls, folder: Path) -> Store:
        """Read a workspace.

        Parameters
        ----------
        folder : Path
            The workspace or a folder inside it.

        Raises
        ------
        UsageError
            If there is no workspace here.
        """
        return _Reader(find_workspace(folder)).read()

    def require_sound(self) -> None:
        """Refuse to go on with files that cannot be trusted.

        Raises
        ------
        ProblemsError
            With all errors.
        """
        errors = [problem for problem in self.problems if problem.severity == "error"]
        if errors:
            raise ProblemsError(errors)

    def evaluation_file(self, evaluation: str, name: str) -> str:
        """How messages name a file of an evaluation."""
        return f"reports/{evaluation}/{name}"


def find_workspace(folder: Path) -> Path:
    """The nearest folder, upwards from this one, that is a workspace.

    Raises
    ------
    UsageError
        If there is none.
    """
    start = folder.absolute()
    for candidate in (start, *start.parents):
        if all((candidate / name).is_dir() for name in FOLDERS):
            return candidate
    expected = ", ".join(f"{name}/" for name in FOLDERS)
    raise UsageError(
        f"{folder}: no workspace here (a folder with {expected}); 'cati init DIR' makes one"
    )


class _Reader:
    """Fills a store from its folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []
        self.citations: list[tuple[str, int | None, str, str]] = []

    def read(self) -> Store:
        methodologies = dict(self._methodologies())
        crosswalk = self._crosswalk(methodologies)
        entities, sources = self._entities()
        evaluations, printed = self._evaluations(methodologies, entities)
        self._check_citations(sources)
        return Store(
            self.root,
            methodologies,
            crosswalk,
            entities,
            sources,
            evaluations,
            printed,
            self.problems,
        )

    def _folders(self, name: str, besides: Iterable[str] = ()) -> Iterator[Path]:
        """The folders in one of the three, sorted; anything else there is a problem."""
        for path in sorted((self.root / name).iterdir()):
            if path.name.startswith(".") or path.name in besides:
                continue
            if path.is_dir():
                yield path
            else:
                self.problems.append(Problem(f"{name}/{path.name}", "a folder", "a file"))

    def _methodologies(self) -> Iterator[tuple[str, Methodology]]:
        for folder in self._folders("indicators", besides=(CROSSWALK_FILE,)):
            file = f"indicators/{folder.name}"
            methodology, problems = read_methodology(folder, file)
            self.problems += problems
            if methodology is not None:
                self._cite(f"{file}/methodology.yaml", None, "source", methodology.source)
                yield folder.name, methodology

    def _crosswalk(self, methodologies: Mapping[str, Methodology]) -> Crosswalk | None:
        path = self.root / "indicators" / CROSSWALK_FILE
        if not path.exists():
            return None
        file = f"indicators/{CROSSWALK_FILE}"
        crosswalk, problems = read_crosswalk(path, file, methodologies)
        self.problems += problems
        return crosswalk

    def _entities(self) -> tuple[dict[str, Entity], dict[str, Source]]:
        entities: dict[str, Entity] = {}
        sources: dict[str, Source] = {}
        documents = {}
        for folder in self._folders("companies"):
            file = f"companies/{folder.name}/company.yaml"
            read = read_model(Entity, folder / "company.yaml", file, self.problems)
            if read is not None:
                entities[folder.name], documents[folder.name] = read
            sources |= self._sources(folder)
        for name, entity in entities.items():
            self.problems += located(self._check_entity(name, entity, entities), documents[name])
            for path, citation in _citations(entity):
                line = documents[name].line(path)
                self._cite(documents[name].file, line, "source", citation.source)
        return entities, sources

    def _check_entity(
        self, folder: str, entity: Entity, entities: Mapping[str, Entity]
    ) -> Iterator[Finding]:
        if entity.id != folder:
            yield Finding(("id",), f"{folder}, the folder's name", shown(entity.id))
        for position, relation in enumerate(entity.relations):
            path = ("relations", position)
            if (relation.to is None) == (relation.name is None):
                found = "neither" if relation.to is None else "both"
                yield Finding(path, "either to (an entity's id) or name", found)
            elif relation.to is not None and relation.to not in entities:
                yield Finding(
                    (*path, "to"),
                    "an entity with a folder in companies/",
                    shown(relation.to),
                    did_you_mean(relation.to, entities) or "use name for others",
                )

    def _sources(self, folder: Path) -> dict[str, Source]:
        path = folder / "sources.yaml"
        if not path.exists():
            return {}
        file = f"companies/{folder.name}/sources.yaml"
        read = read_model(Sources, path, file, self.problems)
        if read is None:
            return {}
        sources: dict[str, Source] = {}
        for position, source in enumerate(read[0].sources):
            reference = f"{folder.name}/{source.id}"
            if reference in sources:
                again = Finding(
                    ("sources", position, "id"), "each source once", f"{source.id} a second time"
                )
                self.problems += located([again], read[1])
            sources[reference] = source
            if source.supersedes is not None:
                line = read[1].line(("sources", position, "supersedes"))
                self._cite(file, line, "supersedes", source.supersedes)
        return sources

    def _evaluations(
        self, methodologies: Mapping[str, Methodology], entities: Mapping[str, Entity]
    ) -> tuple[dict[str, Evaluation], dict[str, Printed]]:
        evaluations: dict[str, Evaluation] = {}
        printed: dict[str, Printed] = {}
        for folder in self._folders("reports"):
            file = f"reports/{folder.name}/{EVALUATION_FILE}"
            read = read_model(Evaluation, folder / EVALUATION_FILE, file, self.problems)
            if read is None:
                continue
            evaluation, document = read
            findings = []
            if evaluation.id != folder.name:
                findings.append(
                    Finding(("id",), f"{folder.name}, the folder's name", shown(evaluation.id))
                )
            methodology = methodologies.get(evaluation.methodology)
            if methodology is None:
                findings.append(
                    Finding(
                        ("methodology",),
                        "a methodology in indicators/ without errors that hide it",
                        shown(evaluation.methodology),
                        did_you_mean(evaluation.methodology, methodologies),
                    )
                )
            else:
                findings += check_evaluation(evaluation, methodology, list(entities))
                evaluations[folder.name] = evaluation
                if evaluation.published is not None:
                    line = document.line(("published", "where"))
                    self._cite(file, line, "source", evaluation.published.where.source)
                    printed[folder.name] = self._printed(folder, evaluation, methodology)
            self.problems += located(findings, document)
        return evaluations, printed

    def _printed(self, folder: Path, evaluation: Evaluation, methodology: Methodology) -> Printed:
        rows: tuple[PrintedRow, ...] = ()
        points: tuple[PointsRow, ...] = ()
        place = f"reports/{folder.name}"
        try:
            file = f"{place}/{PUBLISHED_FILE}"
            rows, found = read_published(folder / PUBLISHED_FILE, file, evaluation, methodology)
            self.problems += found
            if (folder / POINTS_FILE).exists():
                file = f"{place}/{POINTS_FILE}"
                points, found = read_points(folder / POINTS_FILE, file, evaluation, methodology)
                self.problems += found
        except ProblemsError as error:
            self.problems += error.problems
        return Printed(rows, points)

    def _cite(self, file: str, line: int | None, name: str, reference: str) -> None:
        self.citations.append((file, line, name, reference))

    def _check_citations(self, sources: Mapping[str, Source]) -> None:
        self.problems += [
            Problem(
                file,
                "a source in companies/<entity>/sources.yaml",
                shown(reference),
                line,
                name,
                did_you_mean(reference, sources),
            )
            for file, line, name, reference in self.citations
            if reference not in sources
        ]


def _citations(entity: Entity) -> Iterator[tuple[tuple[str | int, ...], Citation]]:
    """Every citation in a profile, with its place."""
    for group in ("names", "listed", "relations"):
        for position, item in enumerate(getattr(entity, group)):
            if item.where is not None:
                yield (group, position, "where", "source"), item.where
