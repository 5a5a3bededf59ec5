"""The page on citing: the source of the data, and this edition."""

from __future__ import annotations

from collections.abc import Iterator

from cati import __version__
from cati.model.errata import KeptEdition
from cati.model.source import Source
from cati.report.site.frame import Site

PATH = "cite.html"


def pages(site: Site) -> Iterator[tuple[str, str]]:
    """The one page."""
    edition = site.edition
    reference = edition.methodology.source
    if edition.evaluation.published is not None and not edition.is_assessed:
        reference = edition.evaluation.published.where.source
    source = edition.sources[reference]
    publisher = site.facts.publisher(reference).get(source.language)
    kept = _kept(site)
    yield (
        PATH,
        site.render(
            "cite.html",
            PATH,
            version=__version__,
            kept=kept,
            reference=reference,
            source=source,
            bibtex=[_of_source(source, publisher), _of_edition(site, kept)],
        ),
    )


def _kept(site: Site) -> KeptEdition | None:
    """The latest edition that was published and kept, if any was."""
    errata = site.edition.store.errata.get(site.edition.evaluation.id)
    return errata.editions[-1] if errata else None


def _of_source(source: Source, publisher: str) -> str:
    fields = {"title": source.title, "author": f"{{{publisher}}}", "institution": publisher}
    if source.published:
        year, _, rest = source.published.partition("-")
        fields["year"] = year
        if rest:
            fields["month"] = str(int(rest[:2]))
    if source.link:
        fields["url"] = source.link
    return _bibtex("techreport", f"{source.id}", fields)


def _of_edition(site: Site, kept: KeptEdition | None) -> str:
    _, evaluation = site.wording.gettext, site.edition.evaluation
    author, version = _("The cati developers"), f"cati {__version__}"
    if kept:
        version = _("{version}, edition {n}").format(version=version, n=kept.number)
    fields = {
        "title": evaluation.name.get(site.language),
        "author": f"{{{author}}}",
        "version": version,
        "note": _("Unofficial reconstruction; data up to {day}").format(day=evaluation.cutoff),
    }
    if kept:
        fields["year"] = str(kept.date.year)
    return _bibtex("misc", f"cati-{evaluation.id}", fields)


def _bibtex(kind: str, key: str, fields: dict[str, str]) -> str:
    """An entry; braces of a title cannot end a field early, since they come in pairs or go."""
    lines = [f"  {name} = {{{_balanced(value)}}}," for name, value in fields.items()]
    return "\n".join([f"@{kind}{{{key},", *lines, "}"])


def _balanced(value: str) -> str:
    return value if value.startswith("{") else value.replace("{", "(").replace("}", ")")
