"""Finding an entity by any of its names.

Only a name that is known leads to an entity. For anything else there are
candidates to choose from, never a match by similarity.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from cati.model.entity import Entity, EntityRelation, Name
from cati.problems import UsageError
from cati.store.characters import plain

CANDIDATES = 5
SIMILARITY = 0.8
"""Jaro-Winkler similarity, from 0 to 1, below which two names have little in common."""


@dataclass(frozen=True)
class Found:
    """An entity and the name under which it was found.

    Attributes
    ----------
    entity : Entity
    name : Name, optional
        The variant that matched; None for the id or the main name.
    """

    entity: Entity
    name: Name | None

    @property
    def successions(self) -> tuple[EntityRelation, ...]:
        """What became of the entity, or what it came from: mergers and renamings."""
        kinds = ("renamed_from", "merged_into")
        return tuple(r for r in self.entity.relations if r.kind in kinds)


class Lookup:
    """The names of all entities.

    Parameters
    ----------
    entities : mapping of str to Entity
        By id.
    """

    def __init__(self, entities: Mapping[str, Entity]) -> None:
        self.entities = entities
        self._found: dict[str, dict[str, Found]] = {}
        for entity in entities.values():
            for text in (entity.id, *entity.name.values()):
                self._add(text, Found(entity, None))
            for name in entity.names:
                self._add(name.name, Found(entity, name))

    def _add(self, text: str, found: Found) -> None:
        self._found.setdefault(folded(text), {}).setdefault(found.entity.id, found)

    def find(self, text: str) -> Found:
        """The entity that goes by this name.

        Capitals, spaces, hyphens and full stops do not matter, nor whether Chinese characters
        are traditional or simplified.

        Raises
        ------
        UsageError
            If no entity or more than one does; names the candidates.
        """
        found = self._found.get(folded(text), {})
        if len(found) == 1:
            return next(iter(found.values()))
        if found:
            raise UsageError(f"'{text}' is a name of several: {', '.join(sorted(found))}")
        candidates = self.candidates(text)
        if not candidates:
            raise UsageError(f"no company of the name '{text}', nor one like it")
        listed = ", ".join(f"{e.id} ({name})" for e, name in candidates)
        raise UsageError(f"no company of the name '{text}'; like it: {listed}")

    def candidates(self, text: str) -> list[tuple[Entity, str]]:
        """Entities with a similar name, the most similar first, and that name."""
        from rapidfuzz import process
        from rapidfuzz.distance import JaroWinkler

        names = {
            (entity.id, name): folded(name)
            for entity in self.entities.values()
            for name in (entity.id, *entity.all_names)
        }
        ranked = process.extract(
            folded(text),
            names,
            scorer=JaroWinkler.normalized_similarity,
            score_cutoff=SIMILARITY,
            limit=None,
        )
        best: dict[str, str] = {}
        for _, _, (entity, name) in sorted(ranked, key=lambda match: (-match[1], match[2])):
            best.setdefault(entity, name)
        return [(self.entities[entity], name) for entity, name in best.items()][:CANDIDATES]


def folded(text: str) -> str:
    """A name without what people vary: case, script and width of characters, spaces, hyphens."""
    return "".join(
        char
        for char in unicodedata.normalize("NFKC", plain(text)).casefold()
        if char.isalnum() or char in "&+"
    )
