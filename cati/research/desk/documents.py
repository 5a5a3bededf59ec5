"""Documents of an entity: archiving them, their source records, and their versions."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from cati.model.entity_consistency import check_source
from cati.model.references import owner_of
from cati.model.source import Source, Sources
from cati.problems import UsageError, did_you_mean
from cati.research.desk.archive import Archive, Kept, Progress
from cati.research.desk.asked import record, refuse
from cati.store.canonical import yaml_text
from cati.store.editing import digest, replace_all
from cati.store.file_kinds import SOURCES
from cati.store.formatting import ordered
from cati.store.schemas import schema_link
from cati.store.store import Store

What = Literal["new", "attached", "same", "back", "version"]
"""What a file was to the sources of an entity: a new source; the copy of one that had none; the
copy that is already kept, or that had gone missing; or a new version of one."""

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
    what : {"new", "attached", "same", "back", "version"}
    kept : Kept
    earlier : str, optional
        Reference to the version before it, where it is a new one.
    citing : tuple of Citing
        Disclosures that cite any earlier version, and may need another look.
    saved : date, optional
        The day that was taken for the one on which a web page was saved, as nothing said it.
    """

    reference: str
    what: What
    kept: Kept
    earlier: str | None = None
    citing: tuple[Citing, ...] = ()
    saved: datetime.date | None = None


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
    """The documents of an entity, by id.

    Raises
    ------
    ProblemsError
        If its sources have errors.
    """
    store.require_readable(f"companies/{entity}", SOURCES.file_name)
    archive = Archive(store.root)
    later = {source.supersedes: ref for ref, source in store.sources.items() if source.supersedes}
    return [
        Document(reference, source, archive.copy(source.sha256), later.get(reference))
        for reference, source in sorted(store.sources.items())
        if reference.split("/")[0] == entity
    ]


def current(store: Store, entity: str) -> dict[str, str]:
    """Reference by checksum of the documents that are here and have no later version here."""
    old = outdated(store, entity)
    return {
        document.source.sha256: document.reference
        for document in documents(store, entity)
        if document.source.sha256 is not None
        and document.copy is not None
        and document.reference not in old
    }


def outdated(store: Store, entity: str) -> dict[str, str]:
    """The latest version that is here of each document of an entity that has a later one here."""
    found = {document.reference: document for document in documents(store, entity)}
    later = {reference: document.replaced_by for reference, document in found.items()}
    latest = {}
    for reference in found:
        versions = _followed(reference, later)[1:]
        here = [one for one in versions if one in found and found[one].copy is not None]
        if here:
            latest[reference] = here[-1]
    return latest


def _followed(reference: str, step: Mapping[str, str | None]) -> list[str]:
    """A source, and step by step the later or the earlier versions of it."""
    way = [reference]
    while (following := step.get(way[-1])) is not None and following not in way:
        way.append(following)
    return way


def document_named(store: Store, entity: str, name: str) -> Document:
    """The document of an entity with this id, or any with this reference.

    Raises
    ------
    ProblemsError
        If the entity's sources have errors.
    UsageError
        If there is none.
    """
    reference = name if "/" in name else f"{entity}/{name}"
    owner = reference.split("/")[0]
    found = {document.reference: document for document in documents(store, owner)}
    if reference not in found:
        known = [one.split("/")[1] for one in found]
        listed = f"'cati document list {owner}' shows those there are"
        hint = did_you_mean(name.split("/")[-1], known) or (listed if known else "it has none yet")
        raise UsageError(f"no source {reference}: {hint}")
    return found[reference]


def citing(store: Store, references: Collection[str]) -> tuple[Citing, ...]:
    """Disclosures that stand and cite one of some sources, by place."""
    wanted = set(references)
    replaced = {
        later.supersedes.disclosure
        for later in store.disclosures.values()
        if later.supersedes is not None
    }
    found = [
        Citing(name, *store.places[name])
        for name, disclosure in store.disclosures.items()
        if disclosure.retracted is None
        and name not in replaced
        and any({place.source, place.original} & wanted for place in disclosure.where)
    ]
    return tuple(sorted(found, key=lambda one: (one.file, one.line)))


def add_document(
    store: Store,
    entity: str,
    path: Path,
    given: Mapping[str, str | None],
    day: datetime.date,
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
    day : date
        Is taken for the day on which a web page was saved, where nothing says it.
    progress : callable, optional

    Raises
    ------
    ProblemsError
        If the workspace has errors, the document cannot be read, or someone else has changed
        any sources meanwhile.
    UsageError
        If the fields do not fit, or the file is kept as somebody else's.
    CatiError
        If it cannot be written. Nothing is kept then, nor in the cases above.
    """
    store.require_sound()
    archive = Archive(store.root)
    with archive.index(entity) as index:
        with archive.received(path, progress) as kept:
            store = _now(store)  # reading a document may take minutes
            source, what, saved = _record(store, entity, kept, given, day)
            _write(store, entity, source, kept)
        archive.put(index, kept)
    reference = f"{entity}/{source.id}"
    replaced = source.supersedes if what == "version" else None
    before = {name: known.supersedes for name, known in store.sources.items()}
    cited = () if replaced is None else citing(store, _followed(replaced, before))
    return Added(reference, what, kept, replaced, cited, saved)


def _record(
    store: Store,
    entity: str,
    kept: Kept,
    given: Mapping[str, str | None],
    day: datetime.date,
) -> tuple[Source, What, datetime.date | None]:
    """The source record of a copy, what the copy is to the sources there, and `Added.saved`."""
    earlier, what = _earlier(store, entity, kept, given)
    values: dict[str, object] = {}
    if what not in {"same", "back"}:
        values = {"link": kept.document.link, "accessed": kept.document.captured}
    if earlier is not None:
        taken = earlier.model_dump(include=set(_OF_A_VERSION) if what == "version" else None)
        values |= {key: value for key, value in taken.items() if value is not None}
    values |= {key: value for key, value in given.items() if value is not None}
    values["sha256"] = kept.sha256
    if earlier is not None:
        values["id"] = earlier.id
    if earlier is not None and what == "version":
        values["id"] = _version_id(store, entity, earlier.id, given.get("id"))
        values["supersedes"] = f"{entity}/{earlier.id}"
    saved = None
    web = kept.document.kind in {"html", "mhtml"}
    if web and what not in {"same", "back"} and values.get("accessed") is None:
        saved = values["accessed"] = day
    source = record(Source, values)
    refuse(check_source(source))
    return source, what, saved


def _earlier(
    store: Store, entity: str, kept: Kept, given: Mapping[str, str | None]
) -> tuple[Source | None, What]:
    """The source that a file belongs to, and what it is to it."""
    for reference, source in store.sources.items():
        if source.sha256 == kept.sha256:
            if reference.split("/")[0] != entity or given.get("id") not in {None, source.id}:
                raise UsageError(f"this file is kept as {reference}; cite that")
            return source, "back" if kept.new else "same"
    own = {document.reference: document for document in documents(store, entity)}
    link = given.get("link") or kept.document.link
    named = f"{entity}/{given.get('id')}"
    known = named in own
    if not known and link is not None:
        linked = [name for name, one in own.items() if one.source.link == link]
        named = linked[-1] if linked else named
    if named not in own:
        return None, "new"
    later = {reference: document.replaced_by for reference, document in own.items()}
    latest = own[[one for one in _followed(named, later) if one in own][-1]].source
    without_copy = latest.sha256 is None and (known or given.get("id") is None)
    return latest, "attached" if without_copy else "version"


def _version_id(store: Store, entity: str, earlier: str, wanted: str | None) -> str:
    """The id asked for unless a source has it; else that of the earlier version with a number."""
    if wanted is not None and f"{entity}/{wanted}" not in store.sources:
        return wanted
    stem = re.sub(r"-v[0-9]+$", "", earlier)
    number = 2
    while f"{entity}/{stem}-v{number}" in store.sources:
        number += 1
    return f"{stem}-v{number}"


def _write(store: Store, entity: str, source: Source, kept: Kept) -> None:
    """Keep the copy and put its source into the file, in place of the one with its id.

    All sources must be as they were read: which of them the copy belongs to hangs on them.
    """
    file = SOURCES.file(company=entity)
    own = [one for name, one in store.sources.items() if owner_of(name) == entity]
    texts = {}
    if source not in own:
        entries = (*(one for one in own if one.id != source.id), source)
        texts[file] = yaml_text(ordered(Sources(format=1, sources=entries)), schema_link(file))
    replace_all(store.root, texts, _sources_read(store), first=kept.put_in_place)


def _now(store: Store) -> Store:
    """The store, read again if any sources have changed."""
    if all(digest(store.root / file) == read for file, read in _sources_read(store).items()):
        return store
    again = Store.open(store.root)
    again.require_sound()
    return again


def _sources_read(store: Store) -> dict[str, str]:
    """The files in which there are sources, or could be, with their digests as they were read."""
    files = (SOURCES.file(company=entity) for entity in store.entities)
    return {file: store.digest(file) for file in files}
