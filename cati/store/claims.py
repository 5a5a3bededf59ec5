"""Reading statements: at most one ``claims.yaml`` for each evaluation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cati.model.claims import Claims, check_claims
from cati.problems import Finding, Problem
from cati.store.file_kinds import CLAIMS
from cati.store.reading import Reading
from cati.store.validate import located, read_model
from cati.store.yaml_file import YamlDocument


@dataclass(frozen=True)
class ClaimsFile:
    """Statements, and where each part of them stands.

    Attributes
    ----------
    claims : Claims
    document : YamlDocument
    """

    claims: Claims
    document: YamlDocument

    def problems(self, findings: Iterable[Finding]) -> list[Problem]:
        """Findings in the structure as problems in lines of the file."""
        return located(findings, self.document)


def read_claims_file(path: Path, file: str, problems: list[Problem]) -> ClaimsFile | None:
    """A file with statements, whatever its place.

    Parameters
    ----------
    path : Path
    file : str
        How messages name it.
    problems : list of Problem
        Receives what is wrong; the result is then None if the file cannot be used.
    """
    return _checked(read_model(Claims, path, file, problems), problems)


def _checked(
    read: tuple[Claims, YamlDocument] | None, problems: list[Problem]
) -> ClaimsFile | None:
    if read is None:
        return None
    found = ClaimsFile(*read)
    problems += found.problems(check_claims(found.claims))
    return found


def read_claims(reading: Reading, evaluations: Iterable[str]) -> dict[str, ClaimsFile]:
    """The statements about the evaluations that have some, by evaluation."""
    found = {}
    for name in evaluations:
        file = CLAIMS.file(evaluation=name)
        read = _checked(reading.optional_model(Claims, file), reading.problems)
        if read is None:
            continue
        found[name] = read
        for part in ("facts", "statements"):
            for position, entry in enumerate(getattr(read.claims, part)):
                if entry.where is not None:
                    place = (part, position, "where", "source")
                    reading.refer("source", read.document, place, entry.where.source)
    return found
