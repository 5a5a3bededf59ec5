"""Editions of an evaluation that were published, and the corrections between them."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from cati.model.base import Date, Exact, Format, Id, Many, Model, NameLine, Text, repeated
from cati.model.source import Sha256
from cati.problems import Finding


class Result(Model):
    """What an edition says of a company, as it is displayed.

    Attributes
    ----------
    total, total_high : Decimal
        The total, or its least and greatest.
    rank, rank_worst : int
        The rank, or the best and the worst.
    """

    total: Exact
    total_high: Exact
    rank: int = Field(ge=1)
    rank_worst: int = Field(ge=1)


class Effect(Model):
    """What a correction changed for one company.

    Attributes
    ----------
    before, after : Result, optional
        None in an edition that does not have the company.
    """

    company: Id
    before: Result | None = None
    after: Result | None = None


class Erratum(Model):
    """One correction after publication.

    Attributes
    ----------
    number : int
        From 1; it corrects the edition of this number into the next one.
    effects : tuple of Effect
        Every company whose total or rank it changed; computed, never typed.
    """

    number: int = Field(ge=1)
    date: Date
    what: Text
    why: Text
    by: NameLine
    effects: Many[Effect] = ()


class KeptEdition(Model):
    """The inputs of an edition, kept in ``editions/<number>.zip``.

    Attributes
    ----------
    sha256 : str
        Checksum of the names and contents of the files in it.
    """

    number: int = Field(ge=1)
    date: Date
    by: NameLine
    sha256: Sha256


class Errata(Model):
    """What ``errata.yaml`` says of an evaluation."""

    format: Format
    editions: Many[KeptEdition] = Field(min_length=1)
    errata: Many[Erratum] = ()


def check_errata(errata: Errata) -> Iterator[Finding]:
    """Breaches in numbering and dates: one erratum between each edition and the next."""
    for position, edition in enumerate(errata.editions):
        if edition.number != position + 1:
            place = ("editions", position, "number")
            yield Finding(place, str(position + 1), str(edition.number))
    for position, erratum in enumerate(errata.errata):
        if erratum.number != position + 1:
            place = ("errata", position, "number")
            yield Finding(place, str(position + 1), str(erratum.number))
        companies = [effect.company for effect in erratum.effects]
        for place_inside, company in repeated(companies):
            path = ("errata", position, "effects", place_inside, "company")
            yield Finding(path, "each company once", f"{company} a second time")
    if len(errata.editions) != len(errata.errata) + 1:
        expected = f"{len(errata.errata) + 1}, one more than there are errata"
        yield Finding(("editions",), expected, str(len(errata.editions)))
