"""What must hold in profiles, sources and disclosures beyond types.

Each function gives the breaches it finds, with their place in the record.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from cati.model.dates import first_day, last_day
from cati.model.entity import Entity
from cati.model.evidence import Disclosure
from cati.model.source import Source
from cati.problems import Finding, did_you_mean, shown

ENTITY = "an entity with a folder in companies/"


def check_entity(folder: str, entity: Entity, known: Collection[str]) -> Iterator[Finding]:
    """Breaches in a profile: its id, and relations to whom and when.

    Parameters
    ----------
    folder : str
        Name of its folder.
    entity : Entity
    known : collection of str
        Ids of all entities.
    """
    if entity.id != folder:
        yield Finding(("id",), f"{folder}, the folder's name", shown(entity.id))
    for position, relation in enumerate(entity.relations):
        path = ("relations", position)
        if (relation.to is None) == (relation.name is None):
            found = "neither" if relation.to is None else "both"
            yield Finding(path, "either to (an entity's id) or name", found)
        elif relation.to == folder:
            yield Finding((*path, "to"), "another entity", "itself")
        elif relation.to is not None and relation.to not in known:
            hint = did_you_mean(relation.to, known) or "use name for others"
            yield Finding((*path, "to"), ENTITY, shown(relation.to), hint)
        since, until = relation.since, relation.until
        if since is not None and until is not None and first_day(since) > last_day(until):
            yield Finding((*path, "until"), f"a date not before {since}", until)


def check_source(source: Source) -> Iterator[Finding]:
    """Breaches in the order of a source's dates."""
    published, accessed, as_of = source.published, source.accessed, source.data_as_of
    if published is not None and accessed is not None and accessed < first_day(published):
        yield Finding(("accessed",), f"a date not before {published} (published)", str(accessed))
    if published is not None and as_of is not None and as_of > last_day(published):
        yield Finding(("data_as_of",), f"a date not after {published} (published)", str(as_of))
    if accessed is not None and as_of is not None and as_of > accessed:
        yield Finding(("data_as_of",), f"a date not after {accessed} (accessed)", str(as_of))


def check_disclosure(
    reference: str,
    disclosure: Disclosure,
    disclosures: Mapping[str, Disclosure],
    known: Collection[str],
) -> Iterator[Finding]:
    """Breaches in a disclosure: whose act it is, conflicts, figures and dates.

    Parameters
    ----------
    reference : str
        ``<entity>/<id>`` of the disclosure.
    disclosure : Disclosure
    disclosures : mapping of str to Disclosure
        All of them, by reference.
    known : collection of str
        Ids of all entities.
    """
    if disclosure.act_of is not None and disclosure.act_of not in known:
        hint = did_you_mean(disclosure.act_of, known)
        yield Finding(("act_of",), ENTITY, shown(disclosure.act_of), hint)
    for position, other in enumerate(disclosure.conflicts_with):
        path = ("conflicts_with", position)
        if other == reference:
            yield Finding(path, "another disclosure", "itself")
        elif other in disclosures and reference not in disclosures[other].conflicts_with:
            expected = f"a conflict that points back: {other} with conflicts_with {reference}"
            yield Finding(path, expected, "none")
    for position, figure in enumerate(disclosure.figures):
        if figure.to is not None and figure.to < figure.value:
            end = ("figures", position, "to")
            yield Finding(end, f"{figure.value} or more", str(figure.to))
    period, valid = disclosure.period, disclosure.valid_until
    if period is not None and valid is not None and valid < first_day(period):
        yield Finding(("valid_until",), f"a date not before the period ({period})", str(valid))


def check_supersessions(disclosures: Mapping[str, Disclosure]) -> Iterator[tuple[str, Finding]]:
    """Disclosures that in the end replace themselves, by reference."""
    for reference in disclosures:
        seen = {reference}
        current = disclosures[reference].supersedes
        while current is not None and current.disclosure not in seen:
            seen.add(current.disclosure)
            earlier = disclosures.get(current.disclosure)
            current = None if earlier is None else earlier.supersedes
        if current is not None and current.disclosure == reference:
            path = ("supersedes", "disclosure")
            yield reference, Finding(path, "an earlier disclosure", "a circle back to itself")
