"""What an edition that was kept says, and whether today's files are still those of it."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from cati.model.errata import Effect, Errata, KeptEdition, Result
from cati.model.rounding import half_up
from cati.problems import CatiError, Problem, UsageError
from cati.scoring.scorecard import Scorecard
from cati.store.editions import checksum, edition_file, inputs, restore, unpack
from cati.store.file_kinds import ERRATA, EVALUATION
from cati.workspace import Workspace


def kept(workspace: Workspace, name: str) -> Errata:
    """The editions and errata of an evaluation.

    Raises
    ------
    UsageError
        If no edition is kept.
    ProblemsError
        If that cannot be told, since the files have errors.
    """
    workspace.evaluation(name)
    found = workspace.store.of(ERRATA).get(name)
    if found is None:
        workspace.store.require_sound()
        raise UsageError(f"{name} has no kept edition yet; 'cati edition keep {name}' makes one")
    return found


def edition_files(workspace: Workspace, name: str, number: int) -> dict[str, bytes]:
    """The files of a kept edition, found to be those that were kept.

    Raises
    ------
    UsageError
        If there is no such edition.
    CatiError
        If it is damaged.
    """
    editions = {edition.number: edition for edition in kept(workspace, name).editions}
    if number not in editions:
        raise UsageError(f"{name} has no edition {number}; the last is {max(editions)}")
    files = unpack(workspace.store.root, name, number)
    if checksum(files) != editions[number].sha256:
        raise CatiError(
            f"{edition_file(name, number)}: expected the files that were kept on "
            f"{editions[number].date}; found others"
        )
    return files


def edition_card(workspace: Workspace, name: str, edition: KeptEdition) -> Scorecard:
    """The scorecard of a kept edition, worked out again from its files.

    Raises
    ------
    CatiError
        If it is damaged.
    """
    return _reopened(edition_files(workspace, name, edition.number)).score(name)


def effects(before: Scorecard, after: Scorecard) -> tuple[Effect, ...]:
    """Every company whose total or rank differs between two scorecards, by id."""
    companies = sorted({*before.companies, *after.companies})
    changed = (
        Effect(company=c, before=_result(before, c), after=_result(after, c)) for c in companies
    )
    return tuple(effect for effect in changed if effect.before != effect.after)


def verify_errata(workspace: Workspace, name: str) -> list[Problem]:
    """Where kept editions or the effects told of errata differ from what follows from the files.

    Raises
    ------
    UsageError
        If no edition is kept.
    CatiError
        If an edition is damaged.
    """
    errata = kept(workspace, name)
    cards = [edition_card(workspace, name, edition) for edition in errata.editions]
    file = ERRATA.file(evaluation=name)
    problems = []
    for position, erratum in enumerate(errata.errata):
        told: Mapping[str, Effect] = {effect.company: effect for effect in erratum.effects}
        found = {e.company: e for e in effects(cards[position], cards[position + 1])}
        for company in sorted({*told, *found}):
            if told.get(company) != found.get(company):
                problems.append(
                    Problem(
                        file,
                        _shown(found.get(company)),
                        _shown(told.get(company)),
                        field=f"errata[{position}], {company}",
                        hint="effects are worked out, never typed",
                    )
                )
    return problems


def corrected_files(workspace: Workspace, name: str) -> tuple[str, ...]:
    """Files that are others than in the last kept edition; none where no edition is kept.

    The embargo does not count: lifting it is part of publishing, and no score follows from it.

    Raises
    ------
    CatiError
        If there may be some and the edition is damaged.
    """
    errata = workspace.store.of(ERRATA).get(name)
    if errata is None:
        return ()
    last = errata.editions[-1]
    files = inputs(workspace.store, name)
    if checksum(files) == last.sha256:
        return ()
    before = edition_files(workspace, name, last.number)
    changed = {file for file in {*before, *files} if before.get(file) != files.get(file)}
    own = EVALUATION.file(evaluation=name)
    if changed == {own} and _same_but_embargo(workspace, name, before):
        return ()
    return tuple(sorted(changed))


def _same_but_embargo(workspace: Workspace, name: str, before: Mapping[str, bytes]) -> bool:
    then, now = _reopened(before).evaluation(name), workspace.evaluation(name)
    return then.model_copy(update={"embargo": None}) == now.model_copy(update={"embargo": None})


def _reopened(files: Mapping[str, bytes]) -> Workspace:
    """The workspace that the files of an edition are."""
    with tempfile.TemporaryDirectory(prefix="cati-edition-") as folder:
        restore(files, Path(folder))
        return Workspace.open(folder)


def _result(card: Scorecard, company: str) -> Result | None:
    if company not in card.companies:
        return None
    total, rank = card.total(company), card.rank(company)
    decimals = card.methodology.total_decimals
    return Result(
        total=half_up(total.low, decimals),
        total_high=half_up(total.high, decimals),
        rank=rank.best,
        rank_worst=rank.worst,
    )


def _shown(effect: Effect | None) -> str:
    if effect is None:
        return "no change"
    return f"{_result_text(effect.before)}, then {_result_text(effect.after)}"


def _result_text(result: Result | None) -> str:
    if result is None:
        return "not ranked"
    total = _span(result.total, result.total_high)
    return f"total {total}, rank {_span(result.rank, result.rank_worst)}"


def _span(low: object, high: object) -> str:
    return f"{low}" if low == high else f"{low} to {high}"
