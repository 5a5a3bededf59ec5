"""What the report says of itself: on its title page, and in the properties of the file."""

from __future__ import annotations

from cati import __version__
from cati.report.edition import Edition
from cati.report.pdf.sources import source_text
from cati.report.texts.citing import author, citation, mark_notice
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
    publisher = evaluation.publisher
    contact = [[_("Write to"), publisher.contact]] if publisher and publisher.contact else []
    return [
        [_("Author"), author(edition, words)],
        *contact,
        [_("Made with"), made],
        [_("Source"), _("; ").join(sources)],
        [_("How to cite"), _how_to_cite(edition, words)],
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
        "author": author(edition, words),
        "description": edition.evaluation.notice.get(language),
        "keywords": [*keywords, "cati"],
    }


def _how_to_cite(edition: Edition, words: Wording) -> str:
    """How to cite the report; one that is not final is not to be cited."""
    if mark := mark_notice(edition, words):
        return mark
    text, publisher = citation(edition, words), edition.evaluation.publisher
    if publisher is None or publisher.url is None:
        return text
    return words.gettext("{citation} {link}").format(citation=text, link=publisher.url)
