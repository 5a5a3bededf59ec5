"""Sources by what people call them: the reference, the title, or words near to both."""

from __future__ import annotations

import calendar
from collections.abc import Mapping

from cati.model.entity import Entity
from cati.model.references import owner_of
from cati.model.source import Source
from cati.problems import did_you_mean, shown
from cati.store.lookup import folded

CANDIDATES = 3
LIKENESS = 60
"""Per cent of its words that a name must share with a source to be taken for it."""


class SourceNames:
    """The sources that a disclosure can name.

    Parameters
    ----------
    sources : mapping of str to Source
        By reference.
    entities : mapping of str to Entity
        By id; their names are those of the publishers.
    """

    def __init__(self, sources: Mapping[str, Source], entities: Mapping[str, Entity]) -> None:
        self._sources = sources
        self._entities = entities

    def reference(self, text: str, company: str) -> str | None:
        """The one source of this reference, or of this title and the company or a publisher.

        Companies call their reports alike: a title alone never leads to one of another company.
        """
        if text in self._sources:
            return text
        titled = self._titled(text, company)
        own = [reference for reference in titled if self._owner(reference) == company]
        found = own or [reference for reference in titled if self._is_published(reference)]
        return found[0] if len(found) == 1 else None

    def hint(self, text: str, company: str) -> str:
        """What may have been meant, with titles."""
        titled = self._titled(text, company)
        if len(titled) == 1:
            owner = self._owner(titled[0])
            like = [ref for ref in self._like(text) if self._owner(ref) == company]
            own = f"did you mean {self._listed(like, ' or ')}? " if like else ""
            return f"{own}{titled[0]} has that title: a document of {owner} goes by its reference"
        if titled:
            return f"several have that title: {self._listed(titled, ', ')}"
        near = did_you_mean(text, self._sources)
        if near.startswith("did") and len(text.split()) == 1:
            return near
        like = self._like(text)
        return f"did you mean {self._listed(like, ' or ')}?" if like else near

    def _owner(self, reference: str) -> str:
        return owner_of(reference)

    def _is_published(self, reference: str) -> bool:
        """Whether it is by somebody who publishes on companies, which they share."""
        owner = self._entities.get(self._owner(reference))
        return owner is not None and owner.kind == "publisher"

    def _titled(self, text: str, company: str) -> list[str]:
        name = folded(text.removeprefix(f"{company}/"))
        return [ref for ref, source in self._sources.items() if folded(source.title) == name]

    def _like(self, text: str) -> list[str]:
        from rapidfuzz import fuzz, process, utils

        words = {reference: self._words(reference) for reference in self._sources}
        found = process.extract(
            text,
            words,
            scorer=fuzz.token_set_ratio,
            processor=utils.default_process,
            limit=CANDIDATES,
            score_cutoff=LIKENESS,
        )
        best = max((score for _, score, _ in found), default=0)
        return [reference for _, score, reference in found if score > best - 20]

    def _words(self, reference: str) -> str:
        """What people may call a source by: publisher, title, month and year."""
        source, owner = self._sources[reference], self._entities.get(self._owner(reference))
        names = owner.all_names if owner else ()
        year, month = (*(source.published or "").split("-"), "")[:2]
        spelled = calendar.month_name[int(month)] if month else ""
        return " ".join((reference, *names, source.title, spelled, year))

    def _listed(self, references: list[str], between: str) -> str:
        return between.join(f"{ref} ({shown(self._sources[ref].title)})" for ref in references)
