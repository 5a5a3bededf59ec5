"""Reading a calibration file, when somebody is to be measured by it."""

from __future__ import annotations

from pathlib import Path

from cati.model.calibration import Calibration, check_calibration
from cati.model.evaluation import Evaluation
from cati.model.methodology import Methodology
from cati.problems import Problem, ProblemsError, UsageError
from cati.store.file_kinds import CALIBRATION
from cati.store.validate import located, read_model


def read_calibration(root: Path, evaluation: Evaluation, methodology: Methodology) -> Calibration:
    """The reference answers of an evaluation.

    Raises
    ------
    UsageError
        If there are none.
    ProblemsError
        If the file cannot be read, or names what is not there.
    """
    file = CALIBRATION.file(evaluation=evaluation.id)
    if not (root / file).is_file():
        raise UsageError(f"{evaluation.id} has no reference answers: expected {file}")
    problems: list[Problem] = []
    read = read_model(Calibration, root / file, file, problems)
    if read is None:
        raise ProblemsError(problems)
    problems += located(check_calibration(read[0], evaluation, methodology.criteria), read[1])
    if problems:
        raise ProblemsError(problems)
    return read[0]
