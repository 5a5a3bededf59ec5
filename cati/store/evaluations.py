"""Reading evaluations, with their printed tables."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cati.model.consistency import check_evaluation
from cati.model.evaluation import RANK, TOTAL, Evaluation, Misprint
from cati.model.methodology import Methodology
from cati.model.printed import PointsRow, PrintedRow
from cati.problems import Finding, Problem, ProblemsError, did_you_mean, shown
from cati.store.file_kinds import EVALUATION, POINTS, PUBLISHED, names_in
from cati.store.printed_files import read_points, read_published
from cati.store.reading import Reading
from cati.store.validate import located, read_model
from cati.store.yaml_file import YamlDocument


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


def read_evaluations(
    reading: Reading, methodologies: Mapping[str, Methodology]
) -> tuple[dict[str, Evaluation], dict[str, Printed]]:
    """All evaluations and the printed tables of those that have one, by id."""
    evaluations: dict[str, Evaluation] = {}
    printed: dict[str, Printed] = {}
    for folder in reading.subfolders("reports"):
        files = reading.files(folder, EVALUATION.file_name)
        reading.report_others(files, *names_in("reports/{evaluation}"))
        read = _read_evaluation(reading, folder, files, methodologies)
        if read is None:
            continue
        evaluation, document = read
        evaluations[folder.name] = evaluation
        if evaluation.published is not None:
            methodology = methodologies[evaluation.methodology]
            table = _read_printed(reading, folder, files, evaluation, methodology)
            printed[folder.name] = table
            found = _misquoted(folder.name, evaluation.published.misprints, table.rows)
            reading.report(found, document)
    return evaluations, printed


def _misquoted(
    name: str, misprints: Sequence[Misprint], rows: Sequence[PrintedRow]
) -> Iterator[Finding]:
    """Misprints whose printed number is another than stands in the table."""
    of_company = {row.company: row for row in rows}
    for position, misprint in enumerate(misprints):
        row = of_company.get(misprint.company)
        if row is None or misprint.column not in (RANK, TOTAL, *row.rates):
            continue
        printed = row.cell(misprint.column)
        if printed != misprint.printed:
            expected = f"{printed}, as {PUBLISHED.file(evaluation=name)}:{row.line} has it"
            path = ("published", "misprints", position, "printed")
            yield Finding(path, expected, shown(misprint.printed))


def _read_evaluation(
    reading: Reading,
    folder: Path,
    files: Mapping[str, Path],
    methodologies: Mapping[str, Methodology],
) -> tuple[Evaluation, YamlDocument] | None:
    """The evaluation with its document; None where it or its methodology could not be read."""
    if EVALUATION.file_name not in files:
        return None
    file = EVALUATION.file(evaluation=folder.name)
    read = read_model(Evaluation, files[EVALUATION.file_name], file, reading.problems)
    if read is None:
        return None
    evaluation, document = read
    findings = []
    if evaluation.id != folder.name:
        findings.append(Finding(("id",), f"{folder.name}, the folder's name", shown(evaluation.id)))
    known = reading.folders["indicators"]
    if evaluation.methodology not in known:
        findings.append(
            Finding(
                ("methodology",),
                "a methodology with a folder in indicators/",
                shown(evaluation.methodology),
                did_you_mean(evaluation.methodology, known),
            )
        )
    methodology = methodologies.get(evaluation.methodology)
    if methodology is not None:
        findings += check_evaluation(evaluation, methodology, reading.folders["companies"])
    if (
        PUBLISHED.file_name in files
        and evaluation.published is None
        and evaluation.basis != "published"
    ):
        expected = f"the source of the table in {PUBLISHED.file_name}"
        findings.append(Finding(("published",), expected, "nothing"))
    reading.report(findings, document)
    reading.problems += _to_confirm(evaluation, document)
    if evaluation.published is not None:
        path = ("published", "where", "source")
        reading.refer("source", document, path, evaluation.published.where.source)
    return None if methodology is None else (evaluation, document)


def _to_confirm(evaluation: Evaluation, document: YamlDocument) -> Iterator[Problem]:
    """A warning for each text that was carried over and that nobody has confirmed yet."""
    for place in evaluation.to_confirm:
        if place in evaluation.season_texts:
            path, text = evaluation.season_texts[place]
            expected = "a text of this season that somebody has confirmed"
            hint = f"correct it if need be, then take '{place}' out of to_confirm"
            for problem in located([Finding(path, expected, shown(text), hint)], document):
                yield replace(problem, severity="warning")


def _read_printed(
    reading: Reading,
    folder: Path,
    files: Mapping[str, Path],
    evaluation: Evaluation,
    methodology: Methodology,
) -> Printed:
    rows: tuple[PrintedRow, ...] = ()
    points: tuple[PointsRow, ...] = ()
    if PUBLISHED.file_name not in files and os.path.lexists(folder / PUBLISHED.file_name):
        return Printed()  # a link out of the workspace, which is a problem already
    try:
        file = PUBLISHED.file(evaluation=folder.name)
        rows, problems = read_published(folder / PUBLISHED.file_name, file, evaluation, methodology)
        reading.problems += problems
        if POINTS.file_name in files:
            file = POINTS.file(evaluation=folder.name)
            points, problems = read_points(folder / POINTS.file_name, file, evaluation, methodology)
            reading.problems += problems
    except ProblemsError as error:
        reading.problems += error.problems
    return Printed(rows, points)
