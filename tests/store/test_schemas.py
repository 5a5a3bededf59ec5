"""The schemas that editors use follow from the models and fit the files."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest

from cati.store.file_kinds import kind_of
from cati.store.formatting import data_files
from cati.store.schemas import SCHEMAS, schema_link, schema_text
from cati.store.yaml_file import read_yaml

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_committed_schema_is_current(name: str) -> None:
    committed = (ROOT / "schemas" / f"{name}.json").read_text(encoding="utf-8")
    assert committed == schema_text(name), "run 'cati format'"


def plain(value: object) -> object:
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return float(value) if isinstance(value, Decimal) else value


@pytest.mark.slow
def test_every_file_fits_its_schema_and_points_at_it() -> None:
    files = list(data_files(ROOT))
    assert len(files) > 60
    for file, kind in files:
        schema = json.loads(schema_text(kind.schema))
        jsonschema.Draft202012Validator(schema).validate(plain(read_yaml(ROOT / file, file).data))
        first = (ROOT / file).read_text(encoding="utf-8").splitlines()[0]
        link = first.removeprefix("# yaml-language-server: $schema=")
        assert (ROOT / file).parent.joinpath(link).resolve() == ROOT / f"schemas/{kind.schema}.json"


@pytest.mark.parametrize(
    ("field", "value"), [("country", "China"), ("kind", "carmaker"), ("colour", "red")]
)
def test_a_schema_refuses_what_cati_refuses(field: str, value: str) -> None:
    file = "companies/byd/company.yaml"
    data = plain(read_yaml(ROOT / file, file).data)
    assert isinstance(data, dict)
    validator = jsonschema.Draft202012Validator(json.loads(schema_text("company")))
    assert validator.is_valid(data)
    assert not validator.is_valid({**data, field: value})


def test_files_cati_does_not_read_have_no_kind() -> None:
    assert kind_of("companies/byd/notes.yaml") is None
    with pytest.raises(ValueError, match=r"notes\.yaml has no schema"):
        schema_link("companies/byd/notes.yaml")
