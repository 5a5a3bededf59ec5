"""A calibration file is read when it is asked for, with everything that is wrong in it."""

from __future__ import annotations

import pytest

from cati.model.calibration import Calibration
from cati.problems import ProblemsError, UsageError
from cati.store.calibration import read_calibration
from cati.store.file_kinds import CALIBRATION
from tests.conftest import Spoilable

TEXT = """\
format: 1
evaluation: first
pass_mark: 80
references:
  - {company: alpha, criterion: 1.1.1/said, answer: met, why: Page 3.}
"""


def read(workspace: Spoilable) -> Calibration:
    ws = workspace.open()
    return read_calibration(workspace.root, ws.evaluation("first"), ws.methodology("tiny"))


def test_a_file_of_settled_answers(tiny: Spoilable) -> None:
    tiny.write(CALIBRATION.file(evaluation="first"), TEXT)
    assert [entry.why for entry in read(tiny).references] == ["Page 3."]


def test_all_that_is_wrong_is_said(tiny: Spoilable) -> None:
    text = TEXT.replace("alpha", "press").replace("said", "sad")
    tiny.write(CALIBRATION.file(evaluation="first"), text)
    with pytest.raises(ProblemsError) as caught:
        read(tiny)
    assert [problem.field for problem in caught.value.problems] == [
        "references[0].company",
        "references[0].criterion",
    ]
    tiny.write(CALIBRATION.file(evaluation="first"), "format: 1\n")
    with pytest.raises(ProblemsError):
        read(tiny)


def test_without_one_it_says_where_it_should_be(tiny: Spoilable) -> None:
    with pytest.raises(UsageError, match=r"expected private/calibration/first\.yaml"):
        read(tiny)
