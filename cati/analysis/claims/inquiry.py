"""Statements checked and filled.

Each is confirmed, contradicted, true on a smaller base only, or not decidable.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TypeVar

from cati.analysis.claims.circular import repeats
from cati.analysis.claims.evaluation import Answer, Definition, check_definition, evaluate
from cati.analysis.claims.expression import ExpressionError
from cati.analysis.claims.facts import Base, Facts, Measured, standard_bases, suppliers
from cati.analysis.claims.functions import FUNCTIONS
from cati.analysis.claims.records import NotKnownError, bounded
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
    """One expression, answered on every standard base where it can be asked, or on one base.

    Attributes
    ----------
    answers : tuple of (Base, Answer)
        First that of all companies, or of the base that is asked for.
    """

    text: str
    answers: tuple[tuple[Base, Answer], ...]

    @property
    def verdict(self) -> Verdict:
        """What it comes to, where it is a statement."""
        truth = self.answers[0][1].truth
        if truth is not False:
            return "confirmed" if truth else "undecided"
        return _refuted(self.bases(True), self.bases(None))

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
    true_on, open_on : tuple of Base
        Standard bases on which all expressions hold, and on which that is not known, where they do
        not hold on `base`.
    values : mapping of str to Value
        What each placeholder of the sentence comes to.
    circular : tuple of str
        References to records that it rests on and that only repeat it.
    """

    statement: Statement
    verdict: Verdict
    base: Base
    answers: tuple[Answer, ...]
    true_on: tuple[Base, ...]
    open_on: tuple[Base, ...]
    values: Mapping[str, Value]
    circular: tuple[str, ...]

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
        self.bases = standard_bases(workspace, self.card)
        self.all = self.bases["all"]
        self.facts = Facts(workspace, self.card, self.all, _numbers(claims) if claims else {})
        self.taken = frozenset((*self.facts.names, *FUNCTIONS))
        self.definitions = {
            definition.name: Definition(definition.expression, definition.parameters)
            for definition in (claims.definitions if claims else ())
            if definition.name not in self.taken
        }

    def ask(self, text: str, base: str | None = None) -> Asked:
        """What an expression comes to on all companies and on every other standard base.

        Parameters
        ----------
        text : str
        base : str, optional
            The only base that it is about: a standard base, ``suppliers`` or a condition.

        Raises
        ------
        ExpressionError
            If it means nothing.
        """
        if base is not None:
            named = self._base(base)
            answer = evaluate(text, self.facts.on(named), self.definitions)
            return Asked(text, ((named, answer),))
        answers = [(self.all, evaluate(text, self.facts, self.definitions))]
        for other in self.bases.values():
            if other is self.all:
                continue
            try:
                facts = self.facts.on(other, tried=True)
                answers.append((other, evaluate(text, facts, self.definitions)))
            except ElsewhereError:
                continue
        return Asked(text, tuple(answers))

    def check(self) -> tuple[Checked, ...]:
        """Every statement of the file that can be checked.

        Raises
        ------
        UsageError
            If the evaluation has no ``claims.yaml``.
        """
        return self._looked_through[0]

    @property
    def unchecked(self) -> int:
        """How many statements of the file could not be checked."""
        return 0 if self.file is None else len(self.file.claims.statements) - len(self.check())

    def problems(self) -> tuple[Problem, ...]:
        """Every expression of the file that means nothing, by line.

        Raises
        ------
        UsageError
            If the evaluation has no ``claims.yaml``.
        """
        return self._looked_through[1]

    @cached_property
    def _looked_through(self) -> tuple[tuple[Checked, ...], tuple[Problem, ...]]:
        if self.file is None:
            raise UsageError(f"{self.evaluation} has no claims.yaml; --ask answers one question")
        findings = list(self._wrong_definitions(self.file.claims))
        checked = []
        for position, statement in enumerate(self.file.claims.statements):
            found = _found(partial(self._checked, statement, ("statements", position)), findings)
            if found is not None:
                checked.append(found)
        return tuple(checked), tuple(self.file.problems(findings))

    def _wrong_definitions(self, claims: Claims) -> list[Finding]:
        findings: list[Finding] = []
        before: dict[str, Definition] = {}
        for position, definition in enumerate(claims.definitions):
            path = ("definitions", position, "name")
            if definition.name in self.taken:
                findings.append(Finding(path, "a new name", shown(definition.name)))
                continue
            for inner, name in enumerate(definition.parameters):
                if name in self.taken or name in before:
                    inside = ("definitions", position, "parameters", inner)
                    findings.append(Finding(inside, "a new name", shown(name)))
            place = ("definitions", position, "expression")
            meant = self.definitions[definition.name]
            _found(partial(_at, place, partial(self._check_definition, meant, before)), findings)
            before = {**before, definition.name: meant}
        return findings

    def _check_definition(self, definition: Definition, before: Mapping[str, Definition]) -> None:
        with suppress(ElsewhereError):  # it may be meant for a base of its own
            check_definition(definition, self.facts, before)

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
        open_on: tuple[Base, ...] = ()
        if verdict != "confirmed" and statement.base is None and not statement.whole:
            true_on, open_on = (self._on(statement, truth) for truth in (True, None))
        if verdict == "contradicted":
            verdict = _refuted(true_on, open_on)
        rests_on = dict.fromkeys(name for answer in answers for name in answer.rests_on)
        disclosures = self.workspace.store.disclosures
        circular = tuple(name for name in rests_on if repeats(disclosures[name], statement))
        return Checked(statement, verdict, base, answers, true_on, open_on, values, circular)

    def _on(self, statement: Statement, truth: Open) -> tuple[Base, ...]:
        """The standard bases on which all expressions hold, or on which that is not known."""
        found = []
        for base in self.bases.values():
            facts = self.facts.on(base, tried=True)
            try:
                answers = [self._truth(text, facts) for text in statement.expressions]
            except ElsewhereError:
                continue
            held: Open = True
            for answer in answers:
                held = both(held, answer.truth)
            if answers and held is truth and not any(a.is_empty for a in answers):
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
            problems = Inquiry(workspace, evaluation).problems()
        except (ProblemsError, UsageError):
            continue  # nothing to score yet, which scoring says
        found += [replace(problem, severity="warning") for problem in problems]
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


def _refuted(true_on: Sequence[Base], open_on: Sequence[Base]) -> Verdict:
    """What is false on its base comes to: not decidable as long as it may hold on a smaller one."""
    if true_on:
        return "subset"
    return "undecided" if open_on else "contradicted"


def _numbers(claims: Claims) -> dict[str, Measured]:
    return {
        fact.id: Measured(bounded(fact.value, fact.to, fact.bound), fact.unit)
        for fact in claims.facts
    }


def _kind(value: Value) -> str:
    names = {"Number": "a number", "Truth": "true or false", "Word": "a word", "Texts": "text"}
    names |= {"Companies": "a set of companies", "Column": "a figure of every company"}
    return names[type(value).__name__]
