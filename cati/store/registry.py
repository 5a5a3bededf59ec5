"""The indicator registry: methodologies and the crosswalk between them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from cati.model.consistency import check_crosswalk, check_methodology
from cati.model.crosswalk import Crosswalk
from cati.model.methodology import Dimension, Methodology, MethodologyHeader
from cati.problems import Finding, Problem, did_you_mean, shown
from cati.store.file_kinds import CROSSWALK, METHODOLOGY, PRECEDENTS
from cati.store.reading import Reading
from cati.store.validate import read_model

_DIMENSION_FILE = re.compile(r"[1-9][0-9]?-[a-z0-9-]+\.yaml")


def read_registry(reading: Reading) -> tuple[dict[str, Methodology], Crosswalk | None]:
    """All methodologies by id, and the crosswalk, with every breach in them."""
    methodologies: dict[str, Methodology] = {}
    for folder in reading.subfolders("indicators", besides=(CROSSWALK.file_name,)):
        methodology = _read_methodology(reading, folder)
        if methodology is None:
            reading.hide("question", folder.name)
        else:
            methodologies[folder.name] = methodology
    return methodologies, _read_crosswalk(reading, methodologies)


def _read_methodology(reading: Reading, folder: Path) -> Methodology | None:
    """A methodology; None where a file is so broken that there is none."""
    place = f"indicators/{folder.name}"
    file = METHODOLOGY.file(methodology=folder.name)
    files = reading.files(folder, METHODOLOGY.file_name)
    if METHODOLOGY.file_name not in files:
        return None
    header = read_model(MethodologyHeader, files.pop(METHODOLOGY.file_name), file, reading.problems)
    files.pop(PRECEDENTS.file_name, None)
    parts = []
    for path in sorted(files.values(), key=_number):
        file = f"{place}/{path.name}"
        if _DIMENSION_FILE.fullmatch(path.name):
            parts.append(read_model(Dimension, path, file, reading.problems))
        else:
            expected = f"{METHODOLOGY.file_name} or a dimension such as 1-governance.yaml"
            reading.problems.append(Problem(file, expected, "another file"))
    if not parts:
        expected = "dimension files such as 1-governance.yaml"
        reading.problems.append(Problem(place, expected, "none"))
    dimensions = [part for part in parts if part is not None]
    if header is None or len(dimensions) < len(parts) or not dimensions:
        return None
    methodology = Methodology.from_parts(header[0], [dimension for dimension, _ in dimensions])
    if methodology.id != folder.name:
        name = Finding(("id",), f"{folder.name}, the folder's name", shown(methodology.id))
        reading.report([name], header[1])
    reading.refer("source", header[1], ("source",), methodology.source)
    for finding in check_methodology(methodology):
        if finding.path[0] == "dimensions":
            inside = replace(finding, path=finding.path[2:])
            reading.report([inside], dimensions[int(finding.path[1])][1])
        else:
            reading.report([finding], header[1])
    return methodology


def _read_crosswalk(reading: Reading, methodologies: Mapping[str, Methodology]) -> Crosswalk | None:
    read = reading.optional_model(Crosswalk, CROSSWALK.file())
    if read is None:
        return None
    crosswalk, document = read
    folders = reading.folders["indicators"]
    expected = "a methodology with a folder in indicators/"
    for side, name in (("left", crosswalk.left), ("right", crosswalk.right)):
        if name not in folders:
            unknown = Finding((side,), expected, shown(name), did_you_mean(name, folders))
            reading.report([unknown], document)
    if {crosswalk.left, crosswalk.right} <= methodologies.keys():
        left, right = methodologies[crosswalk.left], methodologies[crosswalk.right]
        reading.report(check_crosswalk(crosswalk, left, right), document)
    return crosswalk


def _number(path: Path) -> tuple[int, str]:
    """Sort key that puts ``10-….yaml`` behind ``9-….yaml``."""
    number = re.match(r"[0-9]+", path.name)
    return (int(number.group()) if number else 0, path.name)
