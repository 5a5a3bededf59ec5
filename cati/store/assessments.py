"""Reading assessments: one file for each company and evaluation."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from cati.model.assessment import Assessment, Change, Original
from cati.model.assessment_consistency import check_assessment
from cati.model.evaluation import Evaluation
from cati.model.methodology import Methodology
from cati.problems import Finding, did_you_mean, shown
from cati.store.reading import Reading
from cati.store.validate import read_model
from cati.store.yaml_file import YamlDocument

FOLDER = "assessments"

Assessments = dict[str, dict[str, Assessment]]
"""By evaluation, then by company."""


def read_assessments(
    reading: Reading,
    evaluations: Mapping[str, Evaluation],
    methodologies: Mapping[str, Methodology],
) -> Assessments:
    """All assessments, with what is wrong in them."""
    found: Assessments = {name: {} for name in evaluations}
    for company in sorted(reading.folders["companies"]):
        folder = reading.root / "companies" / company
        if reading.refuses_link_out(folder, "folder"):
            continue
        for path in reading.optional_files(folder / FOLDER, ".yaml"):
            _read(reading, path, company, evaluations, methodologies, found)
    return found


def _read(
    reading: Reading,
    path: Path,
    company: str,
    evaluations: Mapping[str, Evaluation],
    methodologies: Mapping[str, Methodology],
    found: Assessments,
) -> None:
    file = path.relative_to(reading.root).as_posix()
    read = read_model(Assessment, path, file, reading.problems)
    if read is None:
        return
    assessment, document = read
    known = reading.folders["reports"]
    if path.stem not in known:
        hint = did_you_mean(path.stem, known)
        expected = "a file named after an evaluation in reports/"
        reading.report([Finding((), expected, shown(path.name), hint)], document)
    evaluation = evaluations.get(path.stem)
    if evaluation is None:
        return
    if all(entry.company != company for entry in evaluation.scope):
        expected = f"a company in the scope of {evaluation.id}"
        reading.report([Finding((), expected, company, _out_of_scope(assessment))], document)
    methodology = methodologies[evaluation.methodology]
    report_assessment(reading, assessment, document, evaluation, methodology)
    reading.report(_check_proposals(assessment, known), document)
    found[evaluation.id][company] = assessment


def _out_of_scope(assessment: Assessment) -> str:
    """What to do with answers about a company that is not evaluated any more."""
    answered = sum(not verdict.is_proposal for verdict in assessment.verdicts)
    answered += len(assessment.no_disclosure)
    holds = f"{answered} answers" if answered else "nothing but proposals"
    return f"put it back into the scope, or delete this file; it holds {holds}"


def report_assessment(
    reading: Reading,
    assessment: Assessment,
    document: YamlDocument,
    evaluation: Evaluation,
    methodology: Methodology,
) -> None:
    """Report what is wrong in an assessment, and note what it cites."""
    reading.report(check_assessment(assessment, evaluation, methodology), document)
    for position, verdict in enumerate(assessment.verdicts):
        for place, reference in enumerate(verdict.disclosures):
            at = ("verdicts", position, "disclosures", place)
            reading.refer("disclosure", document, at, reference)
        earlier: Mapping[str, Sequence[Original | Change]] = {
            "originals": verdict.originals,
            "history": verdict.history,
        }
        for part, entries in earlier.items():
            for number, entry in enumerate(entries):
                for place, reference in enumerate(entry.disclosures):
                    path = ("verdicts", position, part, number, "disclosures", place)
                    reading.refer("disclosure", document, path, reference)


def _check_proposals(assessment: Assessment, evaluations: Collection[str]) -> Iterator[Finding]:
    """Answers carried over from evaluations that are not there."""
    for position, verdict in enumerate(assessment.verdicts):
        if verdict.proposed is not None and verdict.proposed.evaluation not in evaluations:
            hint = did_you_mean(verdict.proposed.evaluation, evaluations)
            path = ("verdicts", position, "proposed", "evaluation")
            found = shown(verdict.proposed.evaluation)
            yield Finding(path, "an evaluation in reports/", found, hint)
