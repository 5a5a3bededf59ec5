"""One indicator across companies, and whether like evidence was graded alike.

Two disclosures are alike where they have the same polarity and subject and
their statements read alike, numbers and names aside, or give figures of the
same measure. Numbers are compared apart: other numbers may be why the answers
differ, the same ones hardly are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import Literal

from cati.model.assessment import Answer, NoDisclosure, Verdict
from cati.model.entity import Entity
from cati.model.evidence import Disclosure
from cati.model.interval import Interval
from cati.model.methodology import Indicator
from cati.problems import UsageError, did_you_mean
from cati.scoring.reasons import Cited, Reasons
from cati.workspace import Workspace

FlagKind = Literal["same_disclosure", "like_evidence", "no_rationale", "weak_evidence"]
FLAGS: tuple[FlagKind, ...] = (
    "same_disclosure",
    "like_evidence",
    "no_rationale",
    "weak_evidence",
)

ALIKE = 75
"""Per cent from which two statements read alike."""

ALIKE_WITH_FIGURES = 55
"""Per cent that is enough where both give figures of the same measure."""

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*\s*%?")
_YEAR = re.compile(r"(19|20)\d\d")


@dataclass(frozen=True)
class CriterionRow:
    """A company's answer to a criterion of the indicator.

    Attributes
    ----------
    verdict : Verdict, optional
        None where nobody answered.
    effective : {"met", "not_met", "unknown", "unpublished"}
        As it counts.
    nothing : NoDisclosure, optional
        Where somebody looked for the whole indicator and found nothing.
    cited : tuple of Cited
    """

    company: str
    criterion: str
    verdict: Verdict | None
    effective: Answer
    nothing: NoDisclosure | None
    cited: tuple[Cited, ...]


@dataclass(frozen=True)
class Flag:
    """Something to look at again.

    Attributes
    ----------
    companies : tuple of str
        One, or those that are graded unlike.
    answers : tuple of str
        Theirs, in the same order.
    disclosures : tuple of str
        References: the one they share, those that are alike, or the weak ones.
    alike : int, optional
        How far two statements read alike, in per cent, without numbers and names.
    numbers : tuple of str
        The numbers of the two disclosures; empty where there are none.
    reasons : tuple of str
        Why evidence is weak, as in `cati.model.standing`.
    """

    kind: FlagKind
    criterion: str
    companies: tuple[str, ...]
    answers: tuple[Answer, ...]
    disclosures: tuple[str, ...] = ()
    alike: int | None = None
    numbers: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()

    @property
    def same_numbers(self) -> bool:
        """Whether two disclosures that are alike give the same numbers."""
        return len(set(self.numbers)) == 1


@dataclass(frozen=True)
class SideBySide:
    """All companies beside each other for one indicator.

    Attributes
    ----------
    companies : tuple of str
        All of the evaluation: the base.
    points : mapping of str to Interval
        By company.
    rows : tuple of CriterionRow
        By company, then in the order of the criteria.
    flags : tuple of Flag
    """

    evaluation: str
    indicator: Indicator
    companies: tuple[str, ...]
    points: Mapping[str, Interval]
    rows: tuple[CriterionRow, ...]
    flags: tuple[Flag, ...]

    @property
    def answered(self) -> tuple[str, ...]:
        """Companies for which somebody answered, or looked and found nothing."""
        found = (row.company for row in self.rows if row.verdict or row.nothing)
        return tuple(dict.fromkeys(found))


def side_by_side(workspace: Workspace, evaluation: str, code: str) -> SideBySide:
    """All companies beside each other for one indicator.

    Raises
    ------
    UsageError
        If there is no such evaluation or indicator, or nobody assessed anything.
    ProblemsError
        If the files have errors.
    """
    workspace.store.require_sound()
    methodology = workspace.methodology(workspace.evaluation(evaluation).methodology)
    codes = [indicator.code for indicator in methodology.indicators()]
    if code not in codes:
        hint = did_you_mean(code, codes)
        raise UsageError(f"no indicator {code} in {methodology.id}: {hint or 'see its codes'}")
    reasons = workspace.reasons(evaluation)
    companies = tuple(sorted(reasons.card.companies))
    rows = tuple(row for company in companies for row in _rows(reasons, company, code))
    return SideBySide(
        evaluation=evaluation,
        indicator=methodology.indicator(code),
        companies=companies,
        points={company: reasons.indicator(company, code).points for company in companies},
        rows=rows,
        flags=tuple(_flags(rows, workspace.store.entities)),
    )


def likeness(one: Disclosure, other: Disclosure, names: Sequence[str] = ()) -> int | None:
    """How far two disclosures are alike, in per cent of their statements; None if they are not.

    Parameters
    ----------
    one, other : Disclosure
    names : sequence of str
        Names that make no difference, such as the companies'.
    """
    from rapidfuzz import fuzz

    if (one.polarity, one.subject, one.language) != (other.polarity, other.subject, other.language):
        return None
    texts = (_masked(one.statement, names), _masked(other.statement, names))
    alike = round(max(fuzz.ratio(*texts), fuzz.token_sort_ratio(*texts)))
    shared = measures(one) & measures(other)
    return alike if alike >= (ALIKE_WITH_FIGURES if shared else ALIKE) else None


def measures(disclosure: Disclosure) -> set[tuple[str, str]]:
    """What its figures measure: the unit, and of what."""
    return {(figure.unit.casefold(), (figure.of or "").casefold()) for figure in disclosure.figures}


def numbers(disclosure: Disclosure) -> str:
    """The numbers of a disclosure: of its figures, or else of its statement, years aside."""
    if disclosure.figures:
        told = [
            f"{figure.value}{f'–{figure.to}' if figure.to is not None else ''} {figure.unit}"
            for figure in disclosure.figures
        ]
    else:
        found = (match.group().strip() for match in _NUMBER.finditer(disclosure.statement))
        told = [number for number in found if not _YEAR.fullmatch(number)]
    return ", ".join(sorted(told))


def _rows(reasons: Reasons, company: str, code: str) -> Iterator[CriterionRow]:
    for criterion in reasons.indicator(company, code).criteria:
        yield CriterionRow(
            company=company,
            criterion=criterion.name,
            verdict=criterion.verdict,
            effective=criterion.effective,
            nothing=criterion.nothing,
            cited=criterion.cited,
        )


def _flags(rows: Iterable[CriterionRow], entities: Mapping[str, Entity]) -> Iterator[Flag]:
    by_criterion: dict[str, list[CriterionRow]] = {}
    for row in rows:
        if row.verdict is not None:
            by_criterion.setdefault(row.criterion, []).append(row)
    found = [
        flag
        for criterion, answered in by_criterion.items()
        for flag in (
            *_same_disclosure(criterion, answered),
            *_like_evidence(criterion, answered, entities),
            *_by_itself(criterion, answered),
        )
    ]
    yield from sorted(found, key=lambda flag: FLAGS.index(flag.kind))


def _same_disclosure(criterion: str, rows: Iterable[CriterionRow]) -> Iterator[Flag]:
    """Disclosures that several companies cite and that were answered differently."""
    citing: dict[str, list[CriterionRow]] = {}
    for row in rows:
        for cited in row.cited:
            citing.setdefault(cited.backing.disclosure, []).append(row)
    for reference, cited_by in sorted(citing.items()):
        answers = tuple(_answer(row) for row in cited_by)
        if len(set(answers)) > 1:
            companies = tuple(row.company for row in cited_by)
            yield Flag("same_disclosure", criterion, companies, answers, (reference,))


def _like_evidence(
    criterion: str, rows: Iterable[CriterionRow], entities: Mapping[str, Entity]
) -> Iterator[Flag]:
    """Pairs of companies with other answers and evidence that is alike; the most alike of each."""
    for one, other in combinations(rows, 2):
        answers = (_answer(one), _answer(other))
        if answers[0] == answers[1]:
            continue
        names = (*_names(one.company, entities), *_names(other.company, entities))
        pairs = [
            (alike, a, b)
            for a in one.cited
            for b in other.cited
            if a.backing.disclosure != b.backing.disclosure
            and (alike := likeness(a.disclosure, b.disclosure, names)) is not None
        ]
        if pairs:
            alike, a, b = max(pairs, key=lambda pair: pair[0])
            yield Flag(
                kind="like_evidence",
                criterion=criterion,
                companies=(one.company, other.company),
                answers=answers,
                disclosures=(a.backing.disclosure, b.backing.disclosure),
                alike=alike,
                numbers=(numbers(a.disclosure), numbers(b.disclosure)),
            )


def _by_itself(criterion: str, rows: Iterable[CriterionRow]) -> Iterator[Flag]:
    """Answers that say nothing of why, or rest on what is weak."""
    for row in rows:
        if row.verdict is None or row.verdict.answer == "unknown":
            continue
        who, answers = (row.company,), (row.verdict.answer,)
        if row.verdict.rationale is None:
            cited = row.verdict.disclosures
            yield Flag("no_rationale", criterion, who, answers, cited)
        backings = [cited.backing for cited in row.cited]
        weak = [backing for backing in backings if backing.reasons or backing.despite]
        if weak:
            reasons = [r for backing in weak for r in (*backing.reasons, *backing.despite)]
            yield Flag(
                kind="weak_evidence",
                criterion=criterion,
                companies=who,
                answers=answers,
                disclosures=tuple(backing.disclosure for backing in weak),
                reasons=tuple(dict.fromkeys(reasons)),
            )


def _answer(row: CriterionRow) -> Answer:
    return row.verdict.answer if row.verdict else "unknown"


def _names(company: str, entities: Mapping[str, Entity]) -> tuple[str, ...]:
    entity = entities.get(company)
    return tuple(entity.all_names) if entity else ()


def _masked(statement: str, names: Sequence[str]) -> str:
    text = _NUMBER.sub("#", statement)
    pattern = _any_of(tuple(sorted({name for name in names if name}, key=lambda n: (-len(n), n))))
    return (pattern.sub("", text) if pattern else text).casefold()


@cache
def _any_of(names: tuple[str, ...]) -> re.Pattern[str] | None:
    return re.compile("|".join(map(re.escape, names)), re.IGNORECASE) if names else None
