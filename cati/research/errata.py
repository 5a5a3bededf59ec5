"""Corrections after publication: what was published is kept, and every change has a number."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from cati.model.base import Text
from cati.model.errata import Errata, Erratum, KeptEdition
from cati.problems import CatiError, UsageError
from cati.report.kept import corrected_files, edition_card, effects, kept
from cati.report.release import unsettled
from cati.store.canonical import yaml_text
from cati.store.editing import replace_all
from cati.store.editions import checksum, inputs, pack
from cati.store.file_kinds import ERRATA
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
    if name in workspace.store.of(ERRATA):
        raise UsageError(
            f"{name} has a kept edition; 'cati erratum add' tells what changed and keeps the next"
        )
    if found := tuple(unsettled(workspace, name)):
        raise CatiError("\n  ".join([f"{name} cannot be published yet; no edition kept", *found]))
    files = inputs(workspace.store, name)
    edition = KeptEdition(number=1, date=date, by=by, sha256=checksum(files))
    _write(workspace, name, Errata(format=1, editions=(edition,)), files)
    return edition


def new_erratum(workspace: Workspace, name: str, correction: Correction) -> Erratum:
    """Number a correction and work out what it changed; nothing is written.

    Raises
    ------
    UsageError
        If no edition is kept yet, or nothing has changed since the last one.
    ProblemsError
        If the files have errors.
    CatiError
        If the last edition is damaged.
    """
    after = workspace.score(name)
    last = kept(workspace, name).editions[-1]
    if not corrected_files(workspace, name):
        raise UsageError(f"{name}: nothing has changed since edition {last.number}")
    return Erratum(
        number=last.number,
        date=correction.date,
        what=correction.what,
        why=correction.why,
        by=correction.by,
        effects=effects(edition_card(workspace, name, last), after),
    )


def add_erratum(workspace: Workspace, name: str, correction: Correction) -> Erratum:
    """Number a correction, work out what it changed, and keep the corrected edition.

    Raises
    ------
    UsageError, ProblemsError
        As in `new_erratum`.
    CatiError
        If the last edition is damaged, or something cannot be written.
    """
    erratum = new_erratum(workspace, name, correction)
    errata, files = kept(workspace, name), inputs(workspace.store, name)
    edition = KeptEdition(
        number=erratum.number + 1, date=correction.date, by=correction.by, sha256=checksum(files)
    )
    changed = errata.model_copy(
        update={
            "editions": (*errata.editions, edition),
            "errata": (*errata.errata, erratum),
        }
    )
    _write(workspace, name, changed, files)
    return erratum


def _write(workspace: Workspace, name: str, errata: Errata, files: Mapping[str, bytes]) -> None:
    """Pack the files, then say so, unless somebody else has since the store was read.

    What is packed and not listed, since the writer was killed, is overwritten next time.
    """
    store = workspace.store
    file = ERRATA.file(evaluation=name)
    replace_all(
        store.root,
        {file: yaml_text(errata, schema_link(file))},
        {file: store.digest(file)},
        first=lambda: pack(store.root, name, errata.editions[-1].number, files),
    )
