"""Reading the evidence store: profiles, sources and disclosures of every entity."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from cati.model.entity import Entity
from cati.model.entity_consistency import (
    check_disclosure,
    check_entity,
    check_source,
    check_supersessions,
)
from cati.model.evidence import Disclosure
from cati.model.source import Source
from cati.problems import Finding, shown
from cati.store.file_kinds import COMPANY, EVIDENCE, SOURCES, FileKind, YamlKind, names_in
from cati.store.reading import Reading
from cati.store.validate import read_model
from cati.store.yaml_file import YamlDocument, YamlPath

HOLDS: dict[FileKind, str] = {COMPANY: "profile", SOURCES: "source", EVIDENCE: "disclosure"}
"""What each file holds, as references name it."""

M = TypeVar("M", bound=BaseModel)


@dataclass
class Entities:
    """Everything in ``companies/``.

    Attributes
    ----------
    profiles : dict of str to Entity
        By id.
    sources : dict of str to Source
        By reference ``<entity>/<id>``; likewise `disclosures`.
    places : dict of str to (str, int)
        File and line of each disclosure, by reference.
    """

    profiles: dict[str, Entity] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    disclosures: dict[str, Disclosure] = field(default_factory=dict)
    places: dict[str, tuple[str, int]] = field(default_factory=dict)


def read_entities(reading: Reading) -> Entities:
    """All entities, with what is wrong in their files and between them."""
    entities = Entities()
    documents: dict[str, YamlDocument] = {}
    places: dict[str, tuple[YamlDocument, YamlPath]] = {}
    for folder in reading.subfolders("companies"):
        files = reading.files(folder, COMPANY.file_name)
        reading.report_others(files, *names_in("companies/{company}"))
        read = _read(reading, folder, files, COMPANY)
        if read is not None:
            entities.profiles[folder.name], documents[folder.name] = read
            _refer_from_profile(reading, *read)
        entities.sources |= _read_sources(reading, folder, files)
        for disclosure, document, path in _read_disclosures(reading, folder, files):
            reference = f"{folder.name}/{disclosure.id}"
            entities.disclosures[reference] = disclosure
            entities.places[reference] = (document.file, document.line(path))
            places[reference] = (document, path)
    companies = reading.folders["companies"]
    for name, profile in entities.profiles.items():
        reading.report(check_entity(name, profile, companies), documents[name])
    for reference, (document, path) in places.items():
        disclosure = entities.disclosures[reference]
        findings = check_disclosure(reference, disclosure, entities.disclosures, companies)
        reading.report(_below(path, findings), document)
    for reference, finding in check_supersessions(entities.disclosures):
        document, path = places[reference]
        reading.report(_below(path, [finding]), document)
    return entities


def _below(path: YamlPath, findings: Iterator[Finding] | list[Finding]) -> Iterator[Finding]:
    for finding in findings:
        yield Finding((*path, *finding.path), finding.expected, finding.found, finding.hint)


def _read(
    reading: Reading,
    folder: Path,
    files: Mapping[str, Path],
    kind: YamlKind[M],
) -> tuple[M, YamlDocument] | None:
    """A file of an entity; None where there is none, or none that can be read."""
    read, name = None, kind.file_name
    if name in files:
        file = kind.file(company=folder.name)
        read = read_model(kind.model, files[name], file, reading.problems)
    if read is None and (not files or os.path.lexists(folder / name)):
        reading.hide(HOLDS[kind], folder.name)
    return read


def _read_sources(reading: Reading, folder: Path, files: Mapping[str, Path]) -> dict[str, Source]:
    read = _read(reading, folder, files, SOURCES)
    if read is None:
        return {}
    sources: dict[str, Source] = {}
    for position, source in enumerate(read[0].sources):
        path = ("sources", position)
        if f"{folder.name}/{source.id}" in sources:
            again = Finding((*path, "id"), "each source once", f"{shown(source.id)} a second time")
            reading.report([again], read[1])
        reading.report(_below(path, check_source(source)), read[1])
        sources[f"{folder.name}/{source.id}"] = source
        if source.supersedes is not None:
            reading.refer("source", read[1], (*path, "supersedes"), source.supersedes)
    return sources


def _read_disclosures(
    reading: Reading, folder: Path, files: Mapping[str, Path]
) -> Iterator[tuple[Disclosure, YamlDocument, YamlPath]]:
    read = _read(reading, folder, files, EVIDENCE)
    if read is None:
        return
    seen: set[str] = set()
    for position, disclosure in enumerate(read[0].disclosures):
        path = ("disclosures", position)
        if disclosure.id in seen:
            found = f"{shown(disclosure.id)} a second time"
            reading.report([Finding((*path, "id"), "each disclosure once", found)], read[1])
            continue
        seen.add(disclosure.id)
        _refer_from_disclosure(reading, disclosure, read[1], path)
        yield disclosure, read[1], path


def _refer_from_profile(reading: Reading, entity: Entity, document: YamlDocument) -> None:
    for group in ("names", "listed", "relations"):
        for position, item in enumerate(getattr(entity, group)):
            if item.where is not None:
                path = (group, position, "where", "source")
                reading.refer("source", document, path, item.where.source)


def _refer_from_disclosure(
    reading: Reading, disclosure: Disclosure, document: YamlDocument, path: YamlPath
) -> None:
    for position, question in enumerate(disclosure.indicators):
        reading.refer("question", document, (*path, "indicators", position), question)
    for position, place in enumerate(disclosure.where):
        at = (*path, "where", position)
        reading.refer("source", document, (*at, "source"), place.source)
        if place.original is not None:
            reading.refer("source", document, (*at, "original"), place.original)
    for position, other in enumerate(disclosure.conflicts_with):
        reading.refer("disclosure", document, (*path, "conflicts_with", position), other)
    if disclosure.supersedes is not None:
        to = disclosure.supersedes.disclosure
        reading.refer("disclosure", document, (*path, "supersedes", "disclosure"), to)
