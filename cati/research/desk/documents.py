"""Documents of an entity: archiving them, their source records, and their versions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from cati.model.entity_consistency import check_source
from cati.model.source import Source, Sources
from cati.problems import Problem, ProblemsError, UsageError, did_you_mean
from cati.research.desk.archive import Archive, Kept, Progress
from cati.research.desk.asked import record, refuse
from cati.store.canonical import yaml_text
from cati.store.editing import digest, replace
from cati.store.entities import SOURCES_FILE
from cati.store.formatting import ordered
from cati.store.schemas import schema_link
from cati.store.store import Store
from cati.store.validate import read_model

What = Literal["new", "attached", "same", "version"]
"""What a file was to the sources of an entity: a new source; the copy of one that had none; the
copy that is already kept; or a new version of one."""

_OF_A_VERSION = ("kind", "title", "language", "link")
"""What a new version takes over from the earlier one, unless something else is said."""


@dataclass(frozen=True)
class Citing:
    """A disclosure that cites a source, and where it stands."""

    reference: str
    file: str
    line: int


@dataclass(frozen=True)
class Added:
    """What has become of a file.

    Attributes
    ----------
    reference : str
        Of the source it is the copy of.
    what : {"new", "attached", "same", "version"}
    kept : Kept
    citing : tuple of Citing
        Disclosures that cite an earlier version, and may need another look.
    """

    reference: str
    what: What
    kept: Kept
    citing: tuple[Citing, ...] = ()


@dataclass(frozen=True)
class Document:
    """A source, with its archived copy.

    Attributes
    ----------
    copy : Path, optional
        None where there is none here.
    replaced_by : str, optional
        Reference to the later version.
    """

    reference: str
    source: Source
    copy: Path | None
    replaced_by: str | None


def documents(store: Store, entity: str) -> list[Document]:
    """The documents of an entity, by id."""
    archive = Archive(store.root)
    later = {source.supersedes: ref for ref, source in store.sources.items() if source.supersedes}
    return [
        Document(reference, source, archive.copy(source.sha256), later.get(reference))
        for reference, source in sorted(store.sources.items())
        if reference.split("/")[0] == entity
    ]


def current(store: Store, entity: str) -> dict[str, str]:
    """Reference by checksum of the documents that are here and have no later version here."""
    found = documents(store, entity)
    here = {document.reference for document in found if document.copy is not None}
    return {
        document.source.sha256: document.reference
        for document in found
        if document.source.sha256 is not None
        and document.reference in here
        and document.replaced_by not in here
    }


def document_named(store: Store, entity: str, name: str) -> Document:
    """The document of an entity with this id, or any with this reference.

    Raises
    ------
    UsageError
        If there is none.
    """
    reference = name if "/" in name else f"{entity}/{name}"
    owner = reference.split("/")[0]
    found = {document.reference: document for document in documents(store, owner)}
    if reference not in found:
        known = [one.split("/")[1] for one in found]
        hint = did_you_mean(name.split("/")[-1], known) or "it has none yet"
        raise UsageError(f"no source {reference}: {hint}")
    return found[reference]


def citing(store: Store, reference: str) -> tuple[Citing, ...]:
    """Disclosures that cite a source, by place."""
    found = [
        Citing(name, *store.places[name])
        for name, disclosure in store.disclosures.items()
        if any(reference in (place.source, place.original) for place in disclosure.where)
    ]
    return tuple(sorted(found, key=lambda one: (one.file, one.line)))


def add_document(
    store: Store,
    entity: str,
    path: Path,
    given: Mapping[str, str | None],
    progress: Progress | None = None,
) -> Added:
    """Archive a document and write its source record.

    Parameters
    ----------
    store : Store
    entity : str
        Whose document it is.
    path : Path
    given : mapping of str to str
        Fields of the source, as `Source` has them; None where nothing is said. A
        new source needs ``id``, ``kind``, ``title`` and ``language``.
    progress : callable, optional

    Raises
    ------
    ProblemsError
        If the workspace has errors, or the document cannot be read.
    UsageError
        If the fields do not fit, or the file is kept as somebody else's.
    """
    store.require_sound()
    archive = Archive(store.root)
    kept = archive.keep(path, progress)
    try:
        source, what = _record(store, entity, kept, given)
    except UsageError:
        archive.drop(kept)
        raise
    _write(store.root, entity, source)
    with archive.index(entity) as index:
        archive.put(index, kept)
    reference = f"{entity}/{source.id}"
    replaced = source.supersedes if what == "version" else None
    return Added(reference, what, kept, citing(store, replaced) if replaced else ())


def _record(
    store: Store, entity: str, kept: Kept, given: Mapping[str, str | None]
) -> tuple[Source, What]:
    """The source record of a copy, new or changed, and what the copy is to the sources there."""
    earlier, what = _earlier(store, entity, kept, given)
    values: dict[str, object] = {"link": None, "accessed": None}
    if what in {"new", "version"}:
        values = {"link": kept.document.link, "accessed": kept.document.captured}
    if earlier is not None:
        taken = earlier.model_dump(include=set(_OF_A_VERSION) if what == "version" else None)
        values |= {key: value for key, value in taken.items() if value is not None}
    values |= {key: value for key, value in given.items() if value is not None}
    values["sha256"] = kept.sha256
    if what == "version" and earlier is not None:
        values |= {
            "id": _version_id(store, entity, earlier.id),
            "supersedes": f"{entity}/{earlier.id}",
        }
    source = record(Source, values)
    refuse(check_source(source))
    return source, what


def _earlier(
    store: Store, entity: str, kept: Kept, given: Mapping[str, str | None]
) -> tuple[Source | None, What]:
    """The source that a file belongs to, and what it is to it."""
    for reference, source in store.sources.items():
        if source.sha256 == kept.sha256:
            if reference.split("/")[0] != entity or given.get("id") not in {None, source.id}:
                raise UsageError(f"this file is kept as {reference}; cite that")
            return source, "same"
    own = {document.source.id: document for document in documents(store, entity)}
    link = given.get("link") or kept.document.link
    named = own.get(given.get("id") or "")
    if named is None and given.get("id") is None and link is not None:
        linked = [one for one in own.values() if one.source.link == link]
        named = linked[-1] if linked else None
    if named is None:
        return None, "new"
    while named.replaced_by is not None and named.replaced_by.split("/")[1] in own:
        named = own[named.replaced_by.split("/")[1]]
    return named.source, "attached" if named.source.sha256 is None else "version"


def _version_id(store: Store, entity: str, earlier: str) -> str:
    stem = re.sub(r"-v[0-9]+$", "", earlier)
    number = 2
    while f"{entity}/{stem}-v{number}" in store.sources:
        number += 1
    return f"{stem}-v{number}"


def _write(root: Path, entity: str, source: Source) -> None:
    """Put a source record into its file, in place of the one with its id."""
    file = f"companies/{entity}/{SOURCES_FILE}"
    before = digest(root / file)
    entries: tuple[Source, ...] = ()
    if before:
        problems: list[Problem] = []
        read = read_model(Sources, root / file, file, problems)
        if read is None:
            raise ProblemsError(problems)
        entries = read[0].sources
    others = tuple(entry for entry in entries if entry.id != source.id)
    if source in entries:
        return
    changed = ordered(Sources(format=1, sources=(*others, source)))
    replace(root, file, yaml_text(changed, schema_link(file)), before)
