"""What the report says of itself: on its title page, and in the properties of the file."""

from __future__ import annotations

from cati import __version__
from cati.report.edition import Edition
from cati.report.pdf.sources import source_text
from cati.report.wording import Wording


def imprint(edition: Edition, words: Wording) -> list[list[str]]:
    """Who made it, from what and with what, and how it may be used; labels with texts.

    The commit is not part of it: it would change the file with every commit, so
    that nobody could make the same bytes again. It stands in the manifest.

    Parameters
    ----------
    edition : Edition
    words : Wording
        Of the language.
    """
    _ = words.gettext
    evaluation = edition.evaluation
    references = [edition.methodology.source]
    if evaluation.published is not None:
        references.append(evaluation.published.where.source)
    sources = [source_text(edition, words, reference) for reference in dict.fromkeys(references)]
    made = _("cati {version}; its commit and all files it read stand in manifest.json").format(
        version=__version__
    )
    return [
        [_("Author"), _("The cati developers")],
        [_("Made with"), made],
        [_("Source"), _("; ").join(sources)],
        [_("How to cite"), _citation(edition, words)],
        [
            _("Rights"),
            _(
                "No licence is granted for these data. Facts and figures are told with their "
                "sources; rights in the documents they stand in belong to those who published "
                "them, company names and trade marks to their owners."
            ),
        ],
    ]


def properties(edition: Edition, words: Wording) -> dict[str, object]:
    """Author, description and keywords of the file; nothing that a clock decides.

    Parameters
    ----------
    edition : Edition
    words : Wording
        Of the language.
    """
    methodology, language = edition.methodology, words.language
    names = [methodology.name, *(dimension.name for dimension in methodology.dimensions)]
    keywords = [name.get(language) for name in names]
    return {
        "author": words.gettext("The cati developers"),
        "description": edition.evaluation.notice.get(language),
        "keywords": [*keywords, "cati"],
    }


def _citation(edition: Edition, words: Wording) -> str:
    """How to cite the report; a draft is not to be cited."""
    _ = words.gettext
    if edition.draft:
        return _("Draft. Not released: do not quote or pass on.")
    errata = edition.store.errata.get(edition.evaluation.id)
    text = _(
        "{who}: {name}. Made with cati {version}. Data up to {cutoff}. Unofficial reconstruction."
    )
    issue = {}
    if errata:
        text = _(
            "{who}: {name}. Edition {number}, {day}, made with cati {version}. Data up to "
            "{cutoff}. Unofficial reconstruction."
        )
        kept = errata.editions[-1]
        issue = {"number": str(kept.number), "day": words.date(kept.date)}
    return text.format(
        who=_("The cati developers"),
        name=edition.evaluation.name.get(words.language),
        version=__version__,
        cutoff=words.date(edition.evaluation.cutoff),
        **issue,
    )
