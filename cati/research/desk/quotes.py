"""Checking that every quote stands in its document, on the page that is cited."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

from cati.model.evidence import Disclosure, Place, Quote
from cati.research.desk.archive import WITHOUT_TEXT, Archive, Progress
from cati.research.desk.document_text import PageText
from cati.research.desk.quote_matching import (
    Match,
    Near,
    SearchedPage,
    Wanted,
    find_exact,
    find_similar,
    likely_pages,
)
from cati.research.desk.web_codecs import LOST
from cati.research.desk.words import JOINER
from cati.store.editing import digest
from cati.store.store import Store

Outcome = Literal[
    "exact",
    "normalised",
    "fuzzy",
    "hidden",
    "elsewhere",
    "changed",
    "not_found",
    "no_page",
    "no_text",
    "no_copy",
    "other_language",
]
"""What became of a quote: found on its page, letter for letter, but for typesetting or nearly;
found only in what the page hides, or only if two numbers are taken for one; found on other pages;
found with another number; not found; its page is not there or has no text; no
source it cites has a copy here; or it is not found and not in its source's language, and so a
translation."""

GOOD: frozenset[Outcome] = frozenset(("exact", "normalised", "fuzzy"))
BAD: frozenset[Outcome] = frozenset(("elsewhere", "changed", "not_found", "no_page"))
"""The others could not be checked, or a person must look at the page."""

_UNFOUND: frozenset[Outcome] = frozenset(("changed", "not_found", "no_text"))

_WORTH: tuple[Outcome, ...] = get_args(Outcome)
"""Of several sources that a disclosure names, the first of these says most."""

_PAGE = re.compile(r"(?:\bpages?|\bpp?\.?|第)\s*([1-9][0-9]{0,3})", re.IGNORECASE)


@dataclass(frozen=True)
class QuoteCheck:
    """A quote and what became of it.

    Attributes
    ----------
    reference : str
        Of the disclosure, which stands in `file` at `line`.
    page : int, optional
        The page cited; None where the whole document is.
    source : str
        Reference to the source the outcome is about.
    found_on : tuple of int
        Pages on which it stands, or something like it.
    match : Match or Near, optional
    unchecked : bool
        Whether it stands in a transcription that no second person has compared.
    """

    reference: str
    file: str
    line: int
    quote: Quote
    page: int | None
    source: str
    outcome: Outcome
    found_on: tuple[int, ...] = ()
    match: Match | Near | None = None
    unchecked: bool = False


class SearchedDocument:
    """A document in which quotes are looked for.

    Parameters
    ----------
    pages : sequence of PageText
        From the first to the last.
    """

    def __init__(self, pages: Sequence[PageText]) -> None:
        self.pages = tuple(pages)

    @cached_property
    def searched(self) -> tuple[SearchedPage, ...]:
        """The pages, ready to be searched."""
        return tuple(SearchedPage(page.text) for page in self.pages)

    @cached_property
    def hidden(self) -> Mapping[int, SearchedPage]:
        """What pages hide, by number."""
        return {page.number: SearchedPage(page.hidden) for page in self.pages if page.hidden}

    def look(
        self, quote: str, page: int | None
    ) -> tuple[Outcome, tuple[int, ...], Match | Near | None]:
        """What became of a quote, on which pages, and how it stands there.

        Parameters
        ----------
        quote : str
        page : int, optional
            The page cited, from 1; None for any.
        """
        wanted = Wanted(quote)
        found = self._seen(wanted, page)
        if found[0] in GOOD and isinstance(found[2], Match):
            whole = all(self._is_whole(wanted, number) for number in found[1])
            return found if whole else ("hidden", found[1], found[2])
        if found[0] in _UNFOUND:
            for number, hidden in self.hidden.items():
                match = find_exact(wanted, hidden) or find_similar(wanted, hidden)
                if page in {None, number} and isinstance(match, Match):
                    return "hidden", (number,), match
        return found

    def _is_whole(self, wanted: Wanted, number: int) -> bool:
        """Whether a quote is found on a page also if no two numbers are taken for one."""
        text = self.pages[number - 1].text
        if JOINER not in text:
            return True
        apart = SearchedPage(text.replace(JOINER, LOST))
        return isinstance(find_exact(wanted, apart) or find_similar(wanted, apart), Match)

    def _seen(
        self, wanted: Wanted, page: int | None
    ) -> tuple[Outcome, tuple[int, ...], Match | Near | None]:
        """What became of a quote in what the pages show."""
        if page is not None and page > len(self.pages):
            return self._elsewhere(wanted, "no_page")
        if page is None:
            return self._anywhere(wanted)
        here = self.searched[page - 1]
        match = find_exact(wanted, here) or self._over_the_edge(wanted, page)
        if match is not None:
            return match.how, (page,), match
        if self.pages[page - 1].state in WITHOUT_TEXT:
            return self._elsewhere(wanted, "no_text")
        similar = find_similar(wanted, here)
        if isinstance(similar, Match):
            return similar.how, (page,), similar
        found = self._elsewhere(wanted, "not_found")
        if similar is not None and found[0] in {"not_found", "changed"}:
            return "changed", (page,), similar
        return found

    def _over_the_edge(self, wanted: Wanted, page: int) -> Match | None:
        """A quote that begins on a page and ends on the next."""
        if page >= len(self.pages):
            return None
        both = SearchedPage(f"{self.pages[page - 1].text}\n{self.pages[page].text}")
        match = find_exact(wanted, both)
        if match is None or find_exact(wanted, self.searched[page]) is not None:
            return None
        return match

    def _anywhere(self, wanted: Wanted) -> tuple[Outcome, tuple[int, ...], Match | Near | None]:
        outcome, pages, match = self._elsewhere(wanted, "not_found")
        if isinstance(match, Match):
            return match.how, pages, match
        readable = any(page.state not in WITHOUT_TEXT for page in self.pages)
        return ("no_text" if outcome == "not_found" and not readable else outcome), pages, match

    def _elsewhere(
        self, wanted: Wanted, otherwise: Outcome
    ) -> tuple[Outcome, tuple[int, ...], Match | Near | None]:
        exact = {
            at: match
            for at, page in enumerate(self.searched, start=1)
            if (match := find_exact(wanted, page)) is not None
        }
        if exact:
            return "elsewhere", tuple(exact), next(iter(exact.values()))
        near: tuple[int, Near] | None = None
        for at in likely_pages(wanted, self.searched):
            similar = find_similar(wanted, self.searched[at])
            if isinstance(similar, Match):
                return "elsewhere", (at + 1,), similar
            if similar is not None and near is None:
                near = (at + 1, similar)
        if near is not None and otherwise == "not_found":
            return "changed", (near[0],), near[1]
        return otherwise, (), None


def quoted(store: Store, company: str | None = None) -> list[str]:
    """References of the disclosures that have a quote, about one entity or all, by place."""
    found = [
        reference
        for reference, disclosure in store.disclosures.items()
        if disclosure.quote is not None and company in (None, reference.split("/")[0])
    ]
    return sorted(found, key=lambda reference: store.places[reference])


def check_quotes(
    store: Store, company: str | None = None, progress: Progress | None = None
) -> list[QuoteCheck]:
    """Every quote looked for in the archived copy of its source.

    Parameters
    ----------
    store : Store
    company : str, optional
        The one entity whose disclosures are checked.
    progress : callable, optional
        Is told how many of the quotes are done.

    Raises
    ------
    ProblemsError
        If the workspace has errors, a quote that is too long among them, or a
        copy is no longer what it was.
    """
    store.require_sound()
    library = _Library(store)
    checks = []
    references = quoted(store, company)
    for done, reference in enumerate(references, start=1):
        checks.append(_checked(store, library, reference))
        if progress is not None:
            progress(done, len(references))
    return checks


class _Library:
    """The documents that quotes are looked for in, each opened once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._archive = Archive(store.root)
        self._opened: dict[str, SearchedDocument | None] = {}

    def document(self, reference: str) -> SearchedDocument | None:
        """The archived copy of a source; None where there is none."""
        if reference not in self._opened:
            sha256 = self._store.sources[reference].sha256
            self._opened[reference] = None
            if sha256 is not None and (copy := self._archive.copy(sha256)) is not None:
                if digest(copy) != sha256:
                    self._archive.document(sha256)  # says what is wrong with it
                with self._archive.index(reference.split("/")[0]) as index:
                    self._archive.take_in(index, [sha256])
                    self._opened[reference] = SearchedDocument(index.pages(sha256))
        return self._opened[reference]


def _checked(store: Store, library: _Library, reference: str) -> QuoteCheck:
    disclosure = store.disclosures[reference]
    quote = disclosure.quote
    assert quote is not None  # noqa: S101  only those with a quote are asked for
    file, line = store.places[reference]
    checks = []
    for place in disclosure.where:
        page = cited_page(quote, disclosure, place)
        source = store.sources[place.source]
        found: tuple[int, ...] = ()
        match: Match | Near | None = None
        outcome: Outcome = "no_copy"
        document = library.document(place.source)
        if document is not None:
            outcome, found, match = document.look(quote.text, page)
        if outcome == "not_found" and source.language != quote.language:
            outcome = "other_language"
        unchecked = document is not None and any(
            document.pages[number - 1].state == "unchecked" for number in found
        )
        checks.append(
            QuoteCheck(
                *(reference, file, line, quote, page, place.source, outcome),
                *(found, match, unchecked),
            )
        )
    return min(checks, key=lambda check: _WORTH.index(check.outcome))


def cited_page(quote: Quote, disclosure: Disclosure, place: Place) -> int | None:
    """The page on which a quote should stand: its own, or that of its only place."""
    if quote.page is not None:
        return quote.page
    named = _PAGE.search(place.locator)
    return int(named[1]) if named is not None and len(disclosure.where) == 1 else None


def tally(checks: Iterable[QuoteCheck]) -> Counter[Outcome]:
    """How many quotes came to each outcome."""
    return Counter(check.outcome for check in checks)
