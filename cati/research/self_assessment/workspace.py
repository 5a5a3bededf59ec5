"""The private workspace in which one company assesses itself."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cati.model.assessment import Assessment
from cati.model.base import Id, Model, NameLine, Text
from cati.model.entity import ChineseNameBasis, Entity, Kind
from cati.model.evaluation import Evaluation, Reason, ScopeEntry
from cati.model.language import Language
from cati.problems import UsageError, shown
from cati.report.language import translations
from cati.research.typed import typed
from cati.store.atomic import filled_folder, make_folder, write_text
from cati.store.canonical import yaml_text
from cati.store.file_kinds import ASSESSMENT, COMPANY, EVALUATION
from cati.store.lookup import Lookup
from cati.store.new_workspace import PUBLISHER, bundled, bundled_peers, copy_peers, new_workspace
from cati.store.schemas import schema_link
from cati.workspace import Workspace

METHODOLOGY = "automotive-2024"
"""What a company assesses itself by unless it says otherwise."""

WORKBOOKS = "workbooks"
"""Folder of the workspace for the workbook to fill."""

LONGEST_ID = 64

_HAN = re.compile("[\u4e00-\u9fff]")


def _notice(language: Language) -> str:
    return translations(language).gettext(
        "Private and unofficial: a company's assessment of itself, by criteria that are this "
        "project's and not IPE's. Nobody has verified it, and IPE has not endorsed it."
    )


@dataclass(frozen=True)
class Started:
    """A workspace for a self-assessment.

    Attributes
    ----------
    evaluation : str
        Id of the self-assessment.
    company : str
        Id of the company.
    is_peer : bool
        Whether the company is one of those with a published score.
    """

    evaluation: str
    company: str
    is_peer: bool


def start(
    folder: Path,
    company: str,
    methodology: str,
    cutoff: datetime.date,
    company_id: str | None = None,
) -> Started:
    """Make a private workspace with one company, its self-assessment and its peers' scores.

    Parameters
    ----------
    folder : Path
        Is created; must not hold anything yet.
    company : str
        Its name, by which it is found among the peers if it is one of them.
    methodology : str
        Id of a methodology that comes with cati and has criteria. There are
        peers only where they were scored with it.
    cutoff : date
    company_id : str, optional
        Its id; made of the name unless given.

    Raises
    ------
    UsageError
        If there is something in the folder, no such methodology, nothing to
        answer in it, no id can be made of the name, or the id is taken.
    CatiError
        If the workspace cannot be written.
    """
    typed("the company's name", NameLine, company)
    source = Workspace.open(bundled())
    _require_criteria(source, methodology)
    peers = bundled_peers() if bundled_peers().methodology == methodology else None
    entities = source.store.entities
    known = {e.company: entities[e.company] for e in peers.scope} if peers else {}
    found = _found(company, company_id, known)
    if found is not None:
        own = found.id
    else:
        own = _made_id(company) if company_id is None else typed("the id", Id, company_id)
    if found is None and own in {*known, PUBLISHER}:
        raise UsageError(f"the id {own} is that of {entities[own].name.en}; choose another by --id")
    evaluation = _evaluation(company, own, methodology, cutoff)
    files: dict[str, Model] = {
        ASSESSMENT.file(evaluation=evaluation.id, company=own): Assessment(
            format=1, evaluation=evaluation.id
        ),
        EVALUATION.file(evaluation=evaluation.id): evaluation,
    }
    if found is None:
        files[COMPANY.file(company=own)] = _profile(
            own, company, "automaker" if peers else "supplier"
        )
    with filled_folder(folder):
        new_workspace(folder, private=True)
        if peers is not None:
            copy_peers(folder)
        for file, model in files.items():
            make_folder((folder / file).parent)
            write_text(folder / file, yaml_text(model, schema_link(file)))
    return Started(evaluation.id, own, found is not None)


def _require_criteria(source: Workspace, name: str) -> None:
    if source.methodology(name).criteria:
        return
    able = ", ".join(m.id for m in source.store.methodologies.values() if m.criteria)
    raise UsageError(f"{name} has no criteria, so there is nothing to answer; these have: {able}")


def _found(name: str, company_id: str | None, known: Mapping[str, Entity]) -> Entity | None:
    """The peer that goes by the name, if one does."""
    try:
        found = Lookup(known).find(name).entity
    except UsageError:
        return None
    if company_id not in (None, found.id):
        raise UsageError(f"{name} is {found.id} among the published scores; leave --id out")
    return found


def _made_id(name: str) -> str:
    """An id of the letters and digits of a name in Latin script.

    Raises
    ------
    UsageError
        If it has letters of another script, which nobody should guess.
    """
    plain = unicodedata.normalize("NFKD", name).casefold()
    letters = [char for char in plain if char.isalpha()]
    made = re.sub(r"[^a-z0-9]+", "-", "".join(c for c in plain if not unicodedata.combining(c)))
    made = made.strip("-")[:LONGEST_ID].rstrip("-")
    if not made or any(not char.isascii() for char in letters):
        raise UsageError(
            f"no id can be made of the name {shown(name)}; give one by --id, such as my-company"
        )
    return made


def _profile(own: str, name: str, kind: Kind) -> Entity:
    """A profile that says nothing but the name; in Chinese characters it is a Chinese name."""
    is_chinese = bool(_HAN.search(name))
    return Entity(
        format=1,
        id=own,
        kind=kind,
        name=Text.of(lambda _: name),
        name_zh=ChineseNameBasis(
            basis="brand_usage" if is_chinese else "none", note="As given to cati init."
        ),
    )


def _evaluation(name: str, own: str, methodology: str, cutoff: datetime.date) -> Evaluation:
    def called(language: Language) -> str:
        title = translations(language).gettext("Self-assessment of {name}, {year}")
        return title.format(name=name, year=cutoff.year)

    def reason(language: Language) -> str:
        return translations(language).gettext("Self-assessment")

    return Evaluation(
        format=1,
        id=f"self-{cutoff.year}",
        name=Text.of(called),
        methodology=methodology,
        cutoff=cutoff,
        basis="assessed",
        notice=Text.of(_notice),
        self_assessment=True,
        reasons=(Reason(id="self", name=Text.of(reason)),),
        scope=(ScopeEntry(company=own, reason="self"),),
    )
