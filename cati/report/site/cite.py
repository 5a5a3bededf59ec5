"""The page on citing: the source of the data, and this edition."""

from __future__ import annotations

from collections.abc import Iterator

from cati import __version__
from cati.model.source import Source
from cati.report.site.frame import Site
from cati.report.texts.citing import author, citation

PATH = "cite.html"

_IN_TEX = str.maketrans(
    {
        **{mark: f"\\{mark}" for mark in "&%$#_"},
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "\\": r"\textbackslash{}",
        # BibTeX counts braces even behind a backslash: one without its pair would end the field
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
    }
)
_IN_LINK = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})


def pages(site: Site) -> Iterator[tuple[str, str]]:
    """The one page."""
    edition = site.edition
    reference = edition.methodology.source
    if edition.evaluation.published is not None and not edition.is_assessed:
        reference = edition.evaluation.published.where.source
    source = edition.sources[reference]
    publisher = site.facts.publisher(reference).get(source.language)
    yield (
        PATH,
        site.render(
            "cite.html",
            PATH,
            citation=citation(edition, site.wording),
            reference=reference,
            source=source,
            bibtex=[_of_source(source, publisher), _of_edition(site)],
        ),
    )


def _of_source(source: Source, publisher: str) -> str:
    fields = {"title": source.title, "institution": publisher}
    if source.published:
        year, _, rest = source.published.partition("-")
        fields["year"] = year
        if rest:
            fields["month"] = str(int(rest[:2]))
    return _bibtex("techreport", source.id, publisher, fields, source.link)


def _of_edition(site: Site) -> str:
    _, edition = site.wording.gettext, site.edition
    evaluation = edition.evaluation
    fields = {
        "title": evaluation.name.get(site.language),
        "version": f"cati {__version__}",
        "note": _("Unofficial reconstruction; data up to {day}").format(day=evaluation.cutoff),
    }
    if edition.kept:
        fields["version"] = _("{version}, edition {n}").format(
            version=fields["version"], n=edition.kept.number
        )
        fields["year"] = str(edition.kept.date.year)
    link = evaluation.publisher.url if evaluation.publisher else None
    return _bibtex("misc", f"cati-{evaluation.id}", author(edition, site.wording), fields, link)


def _bibtex(kind: str, key: str, who: str, fields: dict[str, str], link: str | None) -> str:
    """An entry whose author is an institution: inner braces keep its name in one piece."""
    written = {"author": f"{{{who.translate(_IN_TEX)}}}"}
    written |= {name: value.translate(_IN_TEX) for name, value in fields.items()}
    if link is not None:
        written["url"] = link.translate(_IN_LINK)
    lines = [f"  {name} = {{{value}}}," for name, value in written.items()]
    return "\n".join([f"@{kind}{{{key},", *lines, "}"])
