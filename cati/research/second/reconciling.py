"""Bringing two assessors' answers together in the company's own file."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from cati.model.assessment import (
    LEVELS,
    Assessment,
    Change,
    NoDisclosure,
    Verdict,
)
from cati.model.assessment_consistency import check_assessment
from cati.model.base import NameLine
from cati.model.evaluation import Evaluation
from cati.model.methodology import Methodology, code_order
from cati.model.references import indicator_of
from cati.problems import Problem, ProblemsError, UsageError, did_you_mean, with_hint
from cati.research.second.pairs import Both, Pair, Pairs
from cati.research.typed import typed
from cati.research.workbook.cells import criteria
from cati.store.canonical import yaml_text
from cati.store.editing import replace_all
from cati.store.file_kinds import ASSESSMENT
from cati.store.schemas import schema_link
from cati.workspace import Workspace

Decision = Literal["met", "not_met", "unknown"]


@dataclass(frozen=True)
class Taken:
    """What was taken over where two assessors agree.

    Attributes
    ----------
    reviewed : tuple of (str, str)
        Company and criterion, or the code of an indicator of which nothing was found.
    before : int
        Criteria that were taken over before, or stand higher.
    otherwise : tuple of (str, str)
        Company and criterion where the company's file says something else.
    open : tuple of Both
        Criteria that they answer differently and nobody has decided yet.
    one_sided : tuple of Both
        Criteria that only one answered.
    """

    reviewed: tuple[tuple[str, str], ...]
    before: int
    otherwise: tuple[tuple[str, str], ...]
    open: tuple[Both, ...]
    one_sided: tuple[Both, ...]


def reconcile(
    workspace: Workspace,
    pairs: Pairs,
    place: tuple[str, str, str],
    answer: Decision,
    why: str,
    by: str,
    today: datetime.date,
) -> Verdict:
    """Decide a criterion that two assessors answered; gives what the company's file then says.

    It rests on the disclosures of whoever gave this answer, or on all of
    them where nobody did.

    Parameters
    ----------
    place : tuple of str
        Evaluation, company and criterion.
    why : str
        The reason, kept in the history.
    by : str
        Who decides.

    Raises
    ------
    UsageError
        If the two have not both locked it, neither answered the criterion, or
        it is to be met without any disclosure.
    ProblemsError
        If someone else is changing the file.
    """
    evaluation, company, criterion = place
    typed("the reason", NameLine, why)
    typed("who decides", NameLine, by)
    main = _Main.read(workspace, evaluation, company)
    if criterion not in main.order:
        hint = did_you_mean(criterion, main.order)
        raise UsageError(with_hint(f"no criterion {criterion} in {main.methodology.id}", hint))
    both = pairs.of(company).both(criterion)
    if not both.given:
        raise UsageError(f"{company} {criterion}: neither has answered it")
    same = [one for one in both.given if one.answer == answer]
    cited = tuple(dict.fromkeys(d for one in same or both.given for d in one.disclosures))
    if answer == "met" and not cited:
        raise UsageError(
            f"{company} {criterion}: met by what? Neither cites a disclosure; use a workbook"
        )
    old = main.verdict(criterion)
    before = old.superseded() if old else {"was": "unknown"}
    change = Change(who=by, when=today, now=answer, why=why, **before)
    verdict = Verdict(
        criterion=criterion,
        answer=answer,
        disclosures=cited,
        rationale=next((one.rationale for one in same if one.rationale), why),
        assessor=by,
        date=today,
        level="reconciled",
        proposed=old.proposed if old else None,
        originals=both.given,
        history=(*(old.history if old else ()), change),
    )
    main.put(verdict)
    _write(workspace, [main])
    return verdict


def take_agreed(workspace: Workspace, evaluation: str, pairs: Iterable[Pair]) -> Taken:
    """Take over what two assessors agree on, as reviewed; all companies or none.

    What the company's file says otherwise stays as it is.

    Raises
    ------
    ProblemsError
        If someone else is changing one of the files.
    """
    reviewed: list[tuple[str, str]] = []
    otherwise: list[tuple[str, str]] = []
    undecided: list[Both] = []
    one_sided: list[Both] = []
    before = 0
    mains = []
    for pair in pairs:
        main = _Main.read(workspace, evaluation, pair.company)
        alike = main.take_nothing_found(pair)
        reviewed += [(pair.company, code) for code in alike]
        for both in pair.answers(main.methodology):
            old = main.verdict(both.criterion)
            if indicator_of(both.criterion) in alike:
                continue
            if len(both.given) < 2:
                one_sided.append(both)
            elif both.agreed is None:
                if old is None or old.level != "reconciled":
                    undecided.append(both)
            elif old is not None and LEVELS.index(old.level) >= LEVELS.index("reviewed"):
                before += 1
            elif old is None or old.answer == both.agreed or old.is_proposal:
                main.put(_reviewed(both, old))
                reviewed.append((pair.company, both.criterion))
            else:
                otherwise.append((pair.company, both.criterion))
        if main.changed:
            mains.append(main)
    _write(workspace, mains)
    return Taken(tuple(reviewed), before, tuple(otherwise), tuple(undecided), tuple(one_sided))


def _reviewed(both: Both, old: Verdict | None) -> Verdict:
    """The answer of both; what stands in the company's file already is kept."""
    first = both.given[0]
    if old is not None and old.answer == both.agreed:
        return old.model_copy(update={"level": "reviewed", "originals": both.given})
    return Verdict(
        criterion=both.criterion,
        answer=first.answer,
        disclosures=tuple(dict.fromkeys(d for one in both.given for d in one.disclosures)),
        rationale=next((one.rationale for one in both.given if one.rationale), None),
        assessor=first.assessor,
        date=first.date,
        level="reviewed",
        proposed=old.proposed if old else None,
        originals=both.given,
    )


@dataclass
class _Main:
    """A company's own file being changed."""

    company: str
    evaluation: Evaluation
    methodology: Methodology
    old: Assessment
    order: dict[str, int]
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    nothing: dict[str, NoDisclosure] = field(default_factory=dict)
    changed: bool = False

    @classmethod
    def read(cls, workspace: Workspace, evaluation: str, company: str) -> _Main:
        found = workspace.evaluation(evaluation)
        methodology = workspace.methodology(found.methodology)
        old = workspace.store.assessments[evaluation].get(company)
        old = old or Assessment(format=1, evaluation=evaluation)
        return cls(
            company=company,
            evaluation=found,
            methodology=methodology,
            old=old,
            order={name: place for place, (name, *_) in enumerate(criteria(methodology))},
            verdicts={verdict.criterion: verdict for verdict in old.verdicts},
            nothing={entry.code: entry for entry in old.no_disclosure},
        )

    def verdict(self, criterion: str) -> Verdict | None:
        """The answer to a criterion, also where nothing was found for the whole indicator."""
        found = self.verdicts.get(criterion)
        entry = self.nothing.get(indicator_of(criterion))
        return found if found or not entry else entry.as_verdict(criterion)

    def put(self, verdict: Verdict) -> None:
        """Set an answer; what was said of the whole indicator becomes answers of its criteria."""
        code = indicator_of(verdict.criterion)
        entry = self.nothing.pop(code, None)
        if entry is not None:
            own = [name for name in self.order if indicator_of(name) == code]
            self.verdicts |= {name: entry.as_verdict(name) for name in own}
        self.verdicts[verdict.criterion] = verdict
        self.changed = True

    def take_nothing_found(self, pair: Pair) -> list[str]:
        """Indicators for which both found nothing; gives those that are new as reviewed."""
        answered = {indicator_of(name) for name in self.verdicts}
        found = []
        for mine in pair.first.assessment.no_disclosure:
            other, old = pair.second.nothing_found(mine.code), self.nothing.get(mine.code)
            if other is None or mine.code in answered or (old and old.level != "unverified"):
                continue
            parts = (*(old.looked_in if old else ()), *mine.looked_in, *other.looked_in)
            places = tuple(dict.fromkeys(parts))
            kept = old or mine
            entry = kept.model_copy(update={"looked_in": places, "level": "reviewed"})
            self.nothing[mine.code] = entry
            self.changed = True
            found.append(mine.code)
        return found

    @property
    def made(self) -> Assessment:
        """The new content of the file."""
        return Assessment(
            format=1,
            evaluation=self.evaluation.id,
            verdicts=tuple(sorted(self.verdicts.values(), key=lambda v: self.order[v.criterion])),
            no_disclosure=tuple(sorted(self.nothing.values(), key=lambda n: code_order(n.code))),
            note=self.old.note,
        )


def _write(workspace: Workspace, mains: Sequence[_Main]) -> None:
    """Write the files, unless one of them would be wrong then."""
    texts: dict[str, str] = {}
    read: dict[str, str] = {}
    problems: list[Problem] = []
    for main in mains:
        file, made = ASSESSMENT.file(evaluation=main.evaluation.id, company=main.company), main.made
        for finding in check_assessment(made, main.evaluation, main.methodology):
            path = ".".join(map(str, finding.path))
            problems.append(
                Problem(file, finding.expected, finding.found, field=path, hint=finding.hint)
            )
        texts[file] = yaml_text(made, schema_link(file))
        read[file] = workspace.store.digest(file)
    if problems:
        raise ProblemsError(problems)
    if texts:
        replace_all(workspace.store.root, texts, read)
