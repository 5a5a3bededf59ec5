"""Calibration: answers that are settled, by which a new assessor's are measured."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Annotated, Literal

from pydantic import Field

from cati.model.assessment import CriterionName
from cati.model.base import Exact, Format, Id, Line, Many, Model, repeated
from cati.model.evaluation import Evaluation
from cati.problems import Finding, did_you_mean, shown


class ReferenceAnswer(Model):
    """The settled answer to a criterion about a company.

    Attributes
    ----------
    why : str
        The reason, told to whoever answers otherwise.
    """

    company: Id
    criterion: CriterionName
    answer: Literal["met", "not_met", "unknown"]
    why: Line


class Calibration(Model):
    """What a calibration file says of an evaluation.

    Attributes
    ----------
    pass_mark : Decimal
        Per cent of the references that an assessor has to answer alike.
    """

    format: Format
    evaluation: Id
    pass_mark: Annotated[Exact, Field(gt=0, le=100, decimal_places=2)]
    references: Many[ReferenceAnswer] = Field(min_length=1)


def check_calibration(
    calibration: Calibration, evaluation: Evaluation, criteria: Collection[str]
) -> Iterator[Finding]:
    """Breaches in a calibration file: what it names, and that it does so once.

    Parameters
    ----------
    calibration : Calibration
    evaluation : Evaluation
        The one its file is named after.
    criteria : collection of str
        All criteria of the evaluation's methodology, as ``<code>/<criterion>``.
    """
    if calibration.evaluation != evaluation.id:
        expected = f"{evaluation.id}, the file's name"
        yield Finding(("evaluation",), expected, shown(calibration.evaluation))
    scope = [entry.company for entry in evaluation.scope]
    for position, entry in enumerate(calibration.references):
        for field, name, known, expected in (
            ("company", entry.company, scope, f"a company in the scope of {evaluation.id}"),
            ("criterion", entry.criterion, criteria, f"a criterion of {evaluation.methodology}"),
        ):
            if name not in known:
                path = ("references", position, field)
                yield Finding(path, expected, shown(name), did_you_mean(name, known))
    named = ((entry.company, entry.criterion) for entry in calibration.references)
    for position, (company, criterion) in repeated(named):
        found = f"{criterion} of {company} a second time"
        yield Finding(("references", position, "criterion"), "each criterion once", found)
