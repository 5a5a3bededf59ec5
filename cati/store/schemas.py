"""JSON Schemas of the files, so that editors complete and check them.

They are generated from the models and lie in ``schemas/`` of a workspace;
the first line of every YAML file points at its own.
"""

from __future__ import annotations

import json
from pathlib import PurePosixPath

from cati.store.file_kinds import YAML_KINDS, kind_of

FOLDER = "schemas"

SCHEMAS = {kind.schema: kind.model for kind in YAML_KINDS}
"""What the files that a schema describes say, by the schema's name."""


def schema_text(name: str) -> str:
    """The JSON Schema of this name."""
    schema = SCHEMAS[name].model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def schema_link(file: str) -> str:
    """The path from a file to its schema, both in one workspace.

    Raises
    ------
    ValueError
        If cati does not read such a file.
    """
    kind = kind_of(file)
    if kind is None:
        raise ValueError(f"{file} has no schema")
    up = "../" * (len(PurePosixPath(file).parts) - 1)
    return f"{up}{FOLDER}/{kind.schema}.json"
