"""Statements checked and filled.

Each is confirmed, contradicted, true on a smaller base only, or not decidable.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import TypeVar

from cati.analysis.claims.evaluation import Answer, evaluate
from cati.analysis.claims.expression import ExpressionError
from cati.analysis.claims.facts import Base, Facts, standard_bases, suppliers
from cati.analysis.claims.functions import FUNCTIONS
from cati.analysis.claims.records import NotKnownError
from cati.analysis.claims.values import Column, Number, Open, Texts, Truth, Value, both, truth_in
from cati.analysis.claims.working import ElsewhereError
from cati.model.claims import Claims, Statement, Verdict
from cati.problems import Finding, Problem, ProblemsError, UsageError, did_you_mean, shown
from cati.scoring.scorecard import Basis
from cati.store.claims import ClaimsFile
from cati.workspace import Workspace

T = TypeVar("T")

SUPPLIERS = "suppliers"
"""The base of all suppliers; it holds no company of the evaluation."""


@dataclass(frozen=True)
class Asked:
    """One expression, answered on every standard base where it can be asked.

    Attributes
    ----------
    answers : tuple of (Base, Answer)
        First that of all companies.
    """

    text: str
    answers: tuple[tuple[Base, Answer], ...]

    def bases(self, truth: Open) -> tuple[Base, ...]:
        """The bases on which it is true, false or open, without those where it looks at nobody."""
        return tuple(
            base
            for base, answer in self.answers
            if isinstance(answer.value, Truth) and answer.truth is truth and not answer.is_empty
        )


@dataclass(frozen=True)
class Checked:
    """A statement and what became of it.

    Attributes
    ----------
    statement : Statement
    verdict : {"confirmed", "contradicted", "subset", "undecided"}
    base : Base
        What the answers are about.
    answers : tuple of Answer
        One for each expression.
    true_on : tuple of Base
        Standard bases on which all expressions hold, where they do not hold on `base`.
    values : mapping of str to Value
        What each placeholder of the sentence comes to.
    """

    statement: Statement
    verdict: Verdict
    base: Base
    answers: tuple[Answer, ...]
    true_on: tuple[Base, ...]
    values: Mapping[str, Value]

    @property
    def as_expected(self) -> bool:
        """Whether the verdict is the one that the file demands."""
        return self.verdict == self.statement.verdict


class Inquiry:
    """Questions about one evaluation.

    Parameters
    ----------
    workspace : Workspace
    evaluation : str
        Its id.
    basis : {"published", "assessed"}, optional
        Where points come from; the evaluation's own unless given.
    file : ClaimsFile, optional
        Definitions, facts and statements; those of the evaluation unless given.

    Raises
    ------
    ProblemsError
        If the files have errors.
    UsageError
        If there is no such evaluation.
    """

    def __init__(
        self,
        workspace: Workspace,
        evaluation: str,
        basis: Basis | None = None,
        file: ClaimsFile | None = None,
    ) -> None:
        self.workspace, self.evaluation = workspace, evaluation
        self.card = workspace.score(evaluation, basis)
        self.file = workspace.store.claims.get(evaluation) if file is None else file
        claims = None if self.file is None else self.file.claims
        self.definitions = {d.name: d.expression for d in claims.definitions} if claims else {}
        self.bases = standard_bases(workspace, self.card)
        self.all = self.bases["all"]
        self.facts = Facts(workspace, self.card, self.all, _numbers(claims) if claims else {})

    def ask(self, text: str) -> Asked:
        """What an expression comes to on all companies and on every other standard base.

        Raises
        ------
        ExpressionError
            If it means nothing.
        """
        answers = [(self.all, evaluate(text, self.facts, self.definitions))]
        for base in self.bases.values():
            if base is self.all:
                continue
            try:
                answers.append((base, evaluate(text, self.facts.on(base), self.definitions)))
            except ElsewhereError:
                continue
        return Asked(text, tuple(answers))

    def check(self) -> tuple[Checked, ...]:
        """Every statement of the file.

        Raises
        ------
        UsageError
            If the evaluation has no ``claims.yaml``.
        ProblemsError
            With every expression that means nothing, by line.
        """
        if self.file is None:
            raise UsageError(f"{self.evaluation} has no claims.yaml; --ask answers one question")
        findings = list(self._wrong_definitions(self.file.claims))
        checked = []
        for position, statement in enumerate(self.file.claims.statements):
            found = _found(partial(self._checked, statement, ("statements", position)), findings)
            if found is not None:
                checked.append(found)
        if findings:
            raise ProblemsError(self.file.problems(findings))
        return tuple(checked)

    def _wrong_definitions(self, claims: Claims) -> list[Finding]:
        taken = {*self.facts.names, *FUNCTIONS}
        findings: list[Finding] = []
        before: dict[str, str] = {}
        for position, definition in enumerate(claims.definitions):
            path = ("definitions", position, "name")
            if definition.name in taken:
                findings.append(Finding(path, "a new name", shown(definition.name)))
            text = definition.expression
            place = ("definitions", position, "expression")
            work = partial(evaluate, text, self.facts, before)
            _found(partial(_at, place, work), findings)
            before = {**before, definition.name: text}
        return findings

    def _checked(self, statement: Statement, path: tuple[str | int, ...]) -> Checked:
        base = _at((*path, "base"), partial(self._base, statement.base))
        facts = self.facts if base is self.all else self.facts.on(base)
        answers = tuple(
            _at((*path, "expressions", position), partial(self._truth, text, facts))
            for position, text in enumerate(statement.expressions)
        )
        values = {
            text: _at((*path, "statement"), partial(self._filling, text, facts))
            for text in statement.placeholders
        }
        verdict = _verdict(answers, values)
        true_on: tuple[Base, ...] = ()
        if verdict != "confirmed" and statement.base is None and not statement.whole:
            true_on = self._true_on(statement)
        if verdict == "contradicted" and true_on:
            verdict = "subset"
        return Checked(statement, verdict, base, answers, true_on, values)

    def _true_on(self, statement: Statement) -> tuple[Base, ...]:
        found = []
        for base in self.bases.values():
            facts = self.facts.on(base)
            try:
                answers = [self._truth(text, facts) for text in statement.expressions]
            except ElsewhereError:
                continue
            if answers and all(a.truth and not a.is_empty for a in answers):
                found.append(base)
        return tuple(found)

    def _truth(self, text: str, facts: Facts) -> Answer:
        answer = evaluate(text, facts, self.definitions)
        if not isinstance(answer.value, Truth):
            hint = "compare it, or count the companies for which it holds"
            raise ExpressionError(text, 1, "something true or false", _kind(answer.value), hint)
        return answer

    def _filling(self, text: str, facts: Facts) -> Value:
        value = evaluate(text, facts, self.definitions).value
        if isinstance(value, (Column, Texts, Truth)):
            expected = "a number, a word or a set of companies"
            raise ExpressionError(text, 1, expected, _kind(value))
        return value

    def _base(self, text: str | None) -> Base:
        """A standard base by id, suppliers, or the companies that a condition chooses."""
        if text is None:
            return self.all
        if text == SUPPLIERS:
            found = suppliers(self.workspace)
            if not found.companies:
                raise ExpressionError(text, 1, "a base with companies", "no supplier")
            return found
        if text in self.bases:
            return self.bases[text]
        try:
            value = evaluate(text, self.facts, self.definitions).value
        except ExpressionError as error:
            near = did_you_mean(text, (*self.bases, SUPPLIERS))
            if "-" in text and " " not in text:
                raise ExpressionError(text, 1, "a standard base", shown(text), near) from None
            raise error from None
        if not isinstance(value, Column) or not isinstance(value.cells[0], Truth):
            raise ExpressionError(text, 1, "a condition on every company", _kind(value))
        held = [both(truth_in(c), m) for c, m in zip(value.cells, value.members, strict=True)]
        named = list(zip(self.all.companies, held, strict=True))
        if unknown := [company for company, chosen in named if chosen is None]:
            expected = "a condition that is known of every company"
            raise ExpressionError(text, 1, expected, f"not known of {', '.join(unknown)}")
        chosen = tuple(company for company, held_there in named if held_there)
        if not chosen:
            raise ExpressionError(text, 1, "a condition that some company meets", "none")
        return Base(text, chosen)


def expression_problems(workspace: Workspace) -> list[Problem]:
    """Expressions of all ``claims.yaml`` files that mean nothing, by line.

    They are warnings: the statements cannot be checked, and scores do not depend on them.
    """
    found: list[Problem] = []
    for evaluation in workspace.store.claims:
        try:
            Inquiry(workspace, evaluation).check()
        except ProblemsError as error:
            found += [replace(problem, severity="warning") for problem in error.problems]
        except UsageError:
            continue  # nothing to score yet, which scoring says
    return found


class _PlacedError(Exception):
    """An expression that means nothing, with its place in the file."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.expected)
        self.finding = finding


def _at(path: tuple[str | int, ...], work: Callable[[], T]) -> T:
    """The result of some work on an expression, whose errors get its place in the file."""
    try:
        return work()
    except ExpressionError as error:
        found = f"{error.found} in column {error.column} of {shown(error.text)}"
        raise _PlacedError(Finding(path, error.expected, found, error.hint)) from None
    except NotKnownError as error:
        raise _PlacedError(Finding(path, error.expected, error.found, error.hint)) from None


def _found(work: Callable[[], T], findings: list[Finding]) -> T | None:
    try:
        return work()
    except _PlacedError as error:
        findings.append(error.finding)
        return None


def _verdict(answers: tuple[Answer, ...], values: Mapping[str, Value]) -> Verdict:
    """What readings come to together: they must agree, and what fills the sentence be known."""
    truths = {answer.truth for answer in answers}
    settled = all(value.is_exact for value in values.values() if isinstance(value, Number))
    if truths <= {True} and settled:
        return "confirmed"
    return "contradicted" if truths == {False} else "undecided"


def _numbers(claims: Claims) -> dict[str, Number]:
    return {
        fact.id: Number(Fraction(fact.value), Fraction(fact.value if fact.to is None else fact.to))
        for fact in claims.facts
    }


def _kind(value: Value) -> str:
    names = {"Number": "a number", "Truth": "true or false", "Word": "a word", "Texts": "text"}
    names |= {"Companies": "a set of companies", "Column": "a figure of every company"}
    return names[type(value).__name__]
