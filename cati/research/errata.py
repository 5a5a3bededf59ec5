"""Corrections after publication: what was published is kept, and every change has a number."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cati.model.base import Text
from cati.model.errata import Effect, Errata, Erratum, KeptEdition, Result
from cati.model.rounding import half_up
from cati.problems import CatiError, Problem, UsageError
from cati.report.release import unsettled
from cati.scoring.scorecard import Scorecard
from cati.store.canonical import yaml_text
from cati.store.editing import replace_all
from cati.store.editions import checksum, edition_file, inputs, pack, restore, unpack
from cati.store.evaluations import ERRATA_FILE, EVALUATION_FILE
from cati.store.schemas import schema_link
from cati.workspace import Workspace


@dataclass(frozen=True)
class Correction:
    """What an erratum is about.

    Attributes
    ----------
    by : str
        Who corrects.
    """

    what: Text
    why: Text
    by: str
    date: datetime.date


def keep_first(workspace: Workspace, name: str, by: str, date: datetime.date) -> KeptEdition:
    """Keep the files of an evaluation as its first edition, on the day it is published.

    Raises
    ------
    UsageError
        If an edition is kept already: what changes after it is an erratum.
    ProblemsError
        If the files have errors.
    CatiError
        If something but an embargo stands in the way of publishing, or it cannot be written.
    """
    workspace.score(name)
    if name in workspace.store.errata:
        raise UsageError(
            f"{name} has a kept edition; 'cati erratum add' tells what changed and keeps the next"
        )
    if found := tuple(unsettled(workspace, name)):
        raise CatiError("\n  ".join([f"{name} cannot be published yet; no edition kept", *found]))
    files = inputs(workspace.store, name)
    edition = KeptEdition(number=1, date=date, by=by, sha256=checksum(files))
    _write(workspace, name, Errata(format=1, editions=(edition,)), files)
    return edition


def add_erratum(workspace: Workspace, name: str, correction: Correction) -> Erratum:
    """Number a correction, work out what it changed, and keep the corrected edition.

    Raises
    ------
    UsageError
        If no edition is kept yet, or nothing has changed since the last one.
    ProblemsError
        If the files have errors.
    CatiError
        If the last edition is damaged, or something cannot be written.
    """
    after = workspace.score(name)
    errata = kept(workspace, name)
    last = errata.editions[-1]
    files = inputs(workspace.store, name)
    if not _differs(workspace, name, files, last):
        raise UsageError(f"{name}: nothing has changed since edition {last.number}")
    erratum = Erratum(
        number=last.number,
        date=correction.date,
        what=correction.what,
        why=correction.why,
        by=correction.by,
        effects=effects(edition_card(workspace, name, last), after),
    )
    edition = KeptEdition(
        number=last.number + 1, date=correction.date, by=correction.by, sha256=checksum(files)
    )
    changed = errata.model_copy(
        update={
            "editions": (*errata.editions, edition),
            "errata": (*errata.errata, erratum),
        }
    )
    _write(workspace, name, changed, files)
    return erratum


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
    found = workspace.store.errata.get(name)
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
    file = workspace.store.evaluation_file(name, ERRATA_FILE)
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


def unkept_change(workspace: Workspace, name: str) -> bool:
    """Whether the files differ from the last kept edition, in more than the embargo.

    Raises
    ------
    UsageError
        If no edition is kept.
    CatiError
        If they differ and the edition is damaged.
    """
    last = kept(workspace, name).editions[-1]
    return _differs(workspace, name, inputs(workspace.store, name), last)


def _differs(
    workspace: Workspace, name: str, files: Mapping[str, bytes], last: KeptEdition
) -> bool:
    """Whether files differ from an edition's.

    The embargo does not count: lifting it is part of publishing, and no score follows from it.
    """
    if checksum(files) == last.sha256:
        return False
    before = edition_files(workspace, name, last.number)
    file = workspace.store.evaluation_file(name, EVALUATION_FILE)
    if {**before, file: b""} != {**files, file: b""}:
        return True
    then, now = _reopened(before).evaluation(name), workspace.evaluation(name)
    return then.model_copy(update={"embargo": None}) != now.model_copy(update={"embargo": None})


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


def _write(workspace: Workspace, name: str, errata: Errata, files: Mapping[str, bytes]) -> None:
    """Pack the files, then say so, unless somebody else has since the store was read.

    What is packed and not listed, since the writer was killed, is overwritten next time.
    """
    store = workspace.store
    file = store.evaluation_file(name, ERRATA_FILE)
    replace_all(
        store.root,
        {file: yaml_text(errata, schema_link(file))},
        {file: store.digest(file)},
        first=lambda: pack(store.root, name, errata.editions[-1].number, files),
    )
