"""Assessors who answer apart from each other, and what they have locked."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator

from cati.model.base import Date, Format, Id, Many, Model, NameLine, repeated
from cati.model.source import Sha256
from cati.problems import Finding, shown

_LONGEST = 48


class Lock(Model):
    """Answers about a company that are not to change any more.

    Attributes
    ----------
    date : date
        When they were locked.
    sha256 : str
        Checksum of their file in its canonical form, so that a later change is noticed.
    """

    company: Id
    date: Date
    sha256: Sha256


class Assessor(Model):
    """Who answers an evaluation apart from others.

    Attributes
    ----------
    name : str
    locks : tuple of Lock
        By company.
    """

    format: Format
    evaluation: Id
    name: NameLine
    locks: Many[Lock] = ()

    def lock(self, company: str) -> Lock | None:
        """The lock on a company's answers, if they are locked."""
        return next((lock for lock in self.locks if lock.company == company), None)


def assessor_id(name: str) -> str:
    """The id of whoever goes by a name; two names of one id are one person.

    The letters and digits of a Latin name, without accents; a checksum of them
    for other scripts, which nobody should guess a spelling of. Capitals, and
    whatever is neither letter nor digit, make no difference.
    """
    apart = unicodedata.normalize("NFKD", name).casefold()
    letters = "".join(char for char in apart if char.isalnum())
    if letters.isascii() and 0 < len(letters) <= _LONGEST:
        return letters
    return f"assessor-{hashlib.sha256((letters or apart).encode()).hexdigest()[:12]}"


def same_person(one: str, other: str) -> bool:
    """Whether two names are one person's."""
    return assessor_id(one) == assessor_id(other)


def check_assessor(assessor: Assessor, name: str, evaluation: str) -> Iterator[Finding]:
    """Breaches in what is said of an assessor.

    Parameters
    ----------
    assessor : Assessor
    name : str
        The file's name, without its ending.
    evaluation : str
        The folder it lies in.
    """
    if assessor.evaluation != evaluation:
        expected = f"{evaluation}, the folder's name"
        yield Finding(("evaluation",), expected, shown(assessor.evaluation))
    if assessor_id(assessor.name) != name:
        found = f"{shown(assessor.name)}, of {assessor_id(assessor.name)}"
        yield Finding(("name",), f"a name of {name}, the file's name", found)
    for position, company in repeated(lock.company for lock in assessor.locks):
        path = ("locks", position, "company")
        yield Finding(path, "each company once", f"{company} a second time")
