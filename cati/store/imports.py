"""Reading what was imported from workbooks."""

from __future__ import annotations

from cati.model.imports import Imports
from cati.store.reading import Reading
from cati.store.validate import read_model

FOLDER = "private/imports"


def imports_file(company: str) -> str:
    """Where it stands what was imported of a company, relative to the workspace."""
    return f"{FOLDER}/{company}.yaml"


def read_imports(reading: Reading) -> dict[str, Imports]:
    """What was imported, by company."""
    found = {}
    for path in reading.optional_files(reading.root / FOLDER, ".yaml"):
        read = read_model(Imports, path, imports_file(path.stem), reading.problems)
        if read is not None:
            found[path.stem] = read[0]
    return found
