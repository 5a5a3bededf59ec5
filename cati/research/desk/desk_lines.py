"""Documents, found passages and checked quotes as text for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import get_args

from cati.model.language import Language
from cati.model.methodology import Methodology
from cati.model.queue import QueuedPassage
from cati.problems import ascii_controls
from cati.report.glossary import word
from cati.report.language import translations
from cati.research.desk.document_text import Caveats, PageText, State, caveats
from cati.research.desk.documents import Added, Document
from cati.research.desk.quote_matching import Match, Near
from cati.research.desk.quotes import BAD, GOOD, QuoteCheck, tally
from cati.research.desk.words import marked


def added_lines(added: Added, language: Language) -> Iterator[str]:
    """What has become of a file that was added."""
    _ = translations(language).gettext
    words = {
        "new": _("{reference}: a new source"),
        "attached": _("{reference}: the copy of a source that had none"),
        "same": _("{reference}: this copy was here already"),
        "back": _("{reference}: its copy was missing and is here now"),
        "version": _("{reference}: a new version of {earlier}"),
    }
    yield words[added.what].format(reference=added.reference, earlier=added.earlier)
    if added.saved is not None:
        told = _("it does not say when it was saved: taken as of {day}, unless --accessed is given")
        yield "  " + told.format(day=added.saved)
    document = added.kept.document
    yield from page_count_lines(document.pages, language)
    for line in caveat_lines(caveats(document.pages, document.guessed), language):
        yield f"  {line}"
    if added.citing:
        yield _("These disclosures cite an earlier version and may need another look:")
        for one in added.citing:
            yield f"  {one.file}:{one.line}: {one.reference}"


def caveat_lines(told: Caveats, language: Language) -> Iterator[str]:
    """What is to be known of a document before its text is relied on."""
    translated = translations(language)
    _ = translated.gettext
    if told.lost:
        lost = translated.ngettext(
            "{n} character could not be read and stands as \ufffd",
            "{n} characters could not be read and stand as \ufffd",
            told.lost,
        )
        yield lost.format(n=f"{told.lost:,}")
    if told.hidden:
        hidden = translated.ngettext(
            "{n} character is hidden or struck out: a quote from there is not taken as found",
            "{n} characters are hidden or struck out: a quote from there is not taken as found",
            told.hidden,
        )
        yield hidden.format(n=f"{told.hidden:,}")
    if told.guessed is not None:
        guessed = _("it says no encoding, or a wrong one: read as {charset}")
        yield guessed.format(charset=told.guessed)


def source_caveat_lines(told: Mapping[str, Caveats], language: Language) -> Iterator[str]:
    """The same of several sources, by reference."""
    for reference, one in sorted(told.items()):
        yield from (f"{reference}: {line}" for line in caveat_lines(one, language))


def page_count_lines(pages: Sequence[PageText], language: Language) -> Iterator[str]:
    """How many pages a document has, and which of them have no text."""
    translated = translations(language)
    counts = Counter(page.state for page in pages)
    total = len(pages)
    yield "  " + translated.ngettext("{n} page", "{n} pages", total).format(n=f"{total:,}")
    for state in get_args(State):
        if state != "text" and counts[state]:
            numbers = _numbers([page.number for page in pages if page.state == state])
            yield f"  {word('page_state', state, language)}: {counts[state]:,} ({numbers})"


def _numbers(numbers: Sequence[int]) -> str:
    """Page numbers with runs drawn together: 1, 4-7."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    told = [str(a) if a == b else f"{a}-{b}" for a, b in runs]
    return ", ".join(told if len(told) <= 12 else [*told[:12], "…"])


def document_lines(found: Sequence[Document], language: Language) -> Iterator[str]:
    """The documents of an entity: title, dates and whether a copy is here."""
    _ = translations(language).gettext
    for document in found:
        yield f"{document.reference}: {ascii_controls(document.source.title)}"
        yield f"  {_copy_words(document, language)}"
        if document.replaced_by is not None:
            yield "  " + _("replaced by {reference}").format(reference=document.replaced_by)


def _copy_words(document: Document, language: Language) -> str:
    _ = translations(language).gettext
    if document.copy is not None:
        return _("copy: {file}").format(file=f"private/documents/{document.copy.name}")
    if document.source.sha256 is not None:
        return _("no copy here; its SHA-256 is {sha256}").format(sha256=document.source.sha256)
    return _("no copy")


def head_lines(document: Document, language: Language) -> Iterator[str]:
    """What a document is and where and when it was public."""
    _ = translations(language).gettext
    source = document.source
    yield from document_lines([document], language)
    facts = {
        _("link"): source.link,
        _("published"): source.published,
        _("as it was on"): source.accessed,
        _("data as of"): source.data_as_of,
    }
    for label, fact in facts.items():
        if fact is not None:
            yield f"  {label}: {ascii_controls(str(fact))}"


def page_lines(page: PageText, language: Language) -> Iterator[str]:
    """A page's text, or why there is none."""
    _ = translations(language).gettext
    head = _("page {number}").format(number=page.number)
    if page.state != "text":
        head += f": {word('page_state', page.state, language)}"
    yield head
    if page.text.strip():
        yield ""
        yield from (ascii_controls(line.replace("\xad", "-")) for line in page.text.splitlines())
    if page.hidden:
        yield ""
        yield _("hidden or struck out:")
        yield from (ascii_controls(line) for line in page.hidden.splitlines())


def passage_lines(
    waiting: Mapping[str, Sequence[QueuedPassage]],
    methodology: Methodology,
    scores: Mapping[tuple[str, str], float],
    language: Language,
) -> Iterator[str]:
    """Open passages by indicator, with the search terms marked.

    Parameters
    ----------
    waiting : mapping of str to sequence of QueuedPassage
        By indicator, best first.
    methodology : Methodology
    scores : mapping of (str, str) to float
        By indicator and passage, of all that were found, also if they are decided on.
    language : {"en", "zh"}
    """
    _ = translations(language).gettext
    for code, entries in waiting.items():
        yield f"{code} {methodology.levels[code].get(language)}"
        if not entries:
            decided = sum(indicator == code for indicator, passage in scores)
            told = _("nothing open; found and decided on: {n}") if decided else _("nothing found")
            yield "  " + told.format(n=f"{decided:,}")
        for entry in entries:
            place = _place(entry, language)
            score = scores.get((code, entry.passage))
            told = "" if score is None else f"  ({score:.1f})"
            yield f"  {entry.passage}  {place}{told}"
            yield f"    {ascii_controls(marked(entry.text, entry.terms))}"
        yield ""


def queue_lines(
    entries: Sequence[QueuedPassage],
    outdated: Mapping[str, str],
    methodology: Methodology,
    language: Language,
) -> Iterator[str]:
    """Passages of a queue with every decision on them.

    Parameters
    ----------
    entries : sequence of QueuedPassage
    outdated : mapping of str to str
        The latest version of each source that has been replaced.
    methodology : Methodology
    language : {"en", "zh"}
    """
    _ = translations(language).gettext
    code = ""
    for entry in entries:
        if entry.indicator != code:
            code = entry.indicator
            title = methodology.levels.get(code)
            yield f"{code} {'' if title is None else title.get(language)}"
        place = _place(entry, language)
        if entry.source in outdated:
            place += "; " + _("replaced by {reference}").format(reference=outdated[entry.source])
        yield f"  {entry.passage}  {place}"
        yield f"    {ascii_controls(marked(entry.text, entry.terms))}"
        for decision in entry.decisions:
            what = f"{word('queued', decision.what, language)}: {decision.who}, {decision.when}"
            why = decision.disclosure or decision.reason or ""
            yield f"    > {ascii_controls(f'{what}; {why}' if why else what)}"


def _place(entry: QueuedPassage, language: Language) -> str:
    """Where a passage stands, and whether a reader of the page sees it."""
    _ = translations(language).gettext
    place = _("{source}, page {page}").format(source=entry.source, page=entry.page)
    hidden = _("hidden or struck out")
    return f"{place}; {hidden}" if entry.hidden else place


def quote_lines(checks: Sequence[QuoteCheck], language: Language) -> Iterator[str]:
    """Quotes that do not stand where they should, those that differ a little, and the tally."""
    for check in checks:
        if check.outcome not in {"exact", "normalised"} or check.unchecked:
            yield f"{check.file}:{check.line}: {check.reference}: {_outcome(check, language)}"
            yield f"  {ascii_controls(check.quote.text)}"
    yield from _tally_lines(checks, language)


def _outcome(check: QuoteCheck, language: Language) -> str:
    _ = translations(language).gettext
    pages = _numbers(check.found_on)
    words = {
        "exact": _("found on page {pages}"),
        "normalised": _("found on page {pages}"),
        "fuzzy": _("nearly found on page {pages} ({similarity} % alike): {text}"),
        "hidden": _(
            "not visible: page {pages} of {source} has it, but not so that a reader sees it;"
            " look at the page"
        ),
        "elsewhere": _("not on page {page} of {source}, but on {pages}"),
        "changed": _("{source} says otherwise: the quote has '{quoted}', the page '{printed}'"),
        "not_found": _("not found in {source}"),
        "no_page": _("{source} has no page {page}"),
        "no_text": _(
            "page {page} of {source} has no text; 'cati document transcribe' gives it one"
        ),
        "no_copy": _("not checked: no copy of {source} here"),
        "other_language": _("not checked: not in the language of {source}, so a translation"),
    }
    match = check.match
    if isinstance(match, Near) and match.digit_more and check.outcome == "changed":
        words["changed"] = _(
            "the page has a digit more, perhaps a footnote:"
            " the quote has '{quoted}', {source} '{printed}'"
        )
    told = words[check.outcome].format(
        pages=pages,
        page=check.page or "?",
        source=check.source,
        similarity=f"{match.similarity:.0f}" if isinstance(match, Match) else "",
        text=ascii_controls(match.text) if isinstance(match, Match) else "",
        quoted=", ".join(match.quoted) if isinstance(match, Near) else "",
        printed=", ".join(match.printed) if isinstance(match, Near) else "",
    )
    if check.unchecked:
        told += "; " + _("the transcription is not confirmed")
    return told


def _tally_lines(checks: Sequence[QuoteCheck], language: Language) -> Iterator[str]:
    translated = translations(language)
    _ = translated.gettext
    counts = tally(checks)
    good = sum(counts[outcome] for outcome in GOOD)
    bad = sum(counts[outcome] for outcome in BAD)
    head = translated.ngettext("{n} quote", "{n} quotes", len(checks)).format(n=len(checks))
    yield (
        head
        + ": "
        + _("{good} found, {bad} not as cited, {rest} not checked").format(
            good=good, bad=bad, rest=len(checks) - good - bad
        )
    )
