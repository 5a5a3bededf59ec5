"""The indicator registry: methodologies and the crosswalk between them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from cati.model.consistency import check_crosswalk, check_methodology
from cati.model.crosswalk import Crosswalk
from cati.model.methodology import Dimension, Methodology, MethodologyHeader
from cati.problems import Finding, Problem, did_you_mean, shown
from cati.store.validate import located, read_model
from cati.store.yaml_file import YamlDocument

HEADER_FILE = "methodology.yaml"
CROSSWALK_FILE = "crosswalk.yaml"
_DIMENSION_FILE = re.compile(r"[1-9][0-9]?-[a-z0-9-]+\.yaml")


def read_methodology(folder: Path, place: str) -> tuple[Methodology | None, list[Problem]]:
    """A methodology from its folder, with every breach in it.

    Parameters
    ----------
    folder : Path
    place : str
        How messages name the folder.

    Returns
    -------
    Methodology or None
        None where a file is so broken that there is no methodology.
    list of Problem
    """
    problems: list[Problem] = []
    header_file = f"{place}/{HEADER_FILE}"
    header = read_model(MethodologyHeader, folder / HEADER_FILE, header_file, problems)
    parts = []
    for path in sorted(folder.iterdir(), key=_number):
        if path.name == HEADER_FILE:
            continue
        file = f"{place}/{path.name}"
        if _DIMENSION_FILE.fullmatch(path.name):
            parts.append(read_model(Dimension, path, file, problems))
        elif not path.name.startswith("."):
            expected = f"{HEADER_FILE} or a dimension such as 1-governance.yaml"
            problems.append(Problem(file, expected, "another file"))
    if not parts:
        problems.append(Problem(place, "dimension files such as 1-governance.yaml", "none"))
    dimensions = [part for part in parts if part is not None]
    if header is None or len(dimensions) < len(parts) or not dimensions:
        return None, problems
    methodology = Methodology.from_parts(header[0], [dimension for dimension, _ in dimensions])
    documents = [document for _, document in dimensions]
    if methodology.id != folder.name:
        name = Finding(("id",), f"{folder.name}, the folder's name", shown(methodology.id))
        problems += located([name], header[1])
    problems += _place(check_methodology(methodology), header[1], documents)
    return methodology, problems


def read_crosswalk(
    path: Path, file: str, methodologies: Mapping[str, Methodology]
) -> tuple[Crosswalk | None, list[Problem]]:
    """The crosswalk, with every breach in it."""
    problems: list[Problem] = []
    read = read_model(Crosswalk, path, file, problems)
    if read is None:
        return None, problems
    crosswalk, document = read
    unknown = [
        Finding(
            (side,), "a methodology in indicators/", shown(name), did_you_mean(name, methodologies)
        )
        for side, name in (("left", crosswalk.left), ("right", crosswalk.right))
        if name not in methodologies
    ]
    if unknown:
        return None, located(unknown, document)
    left, right = methodologies[crosswalk.left], methodologies[crosswalk.right]
    return crosswalk, located(check_crosswalk(crosswalk, left, right), document)


def _number(path: Path) -> tuple[int, str]:
    """Sort key that puts ``10-….yaml`` behind ``9-….yaml``."""
    number = re.match(r"[0-9]+", path.name)
    return (int(number.group()) if number else 0, path.name)


def _place(
    findings: Iterable[Finding], header: YamlDocument, dimensions: Sequence[YamlDocument]
) -> list[Problem]:
    """Findings in the whole methodology as problems in the file that each stands in."""
    problems = []
    for finding in findings:
        if finding.path[0] == "dimensions":
            document = dimensions[int(finding.path[1])]
            finding = replace(finding, path=finding.path[2:])
            problems += located([finding], document)
        else:
            problems += located([finding], header)
    return problems
