"""cati migrate: older formats become the current one, newer ones are refused."""

from __future__ import annotations

import pytest

from cati.problems import ProblemsError
from cati.store.migrations import Values, migrate
from tests.conftest import Spoilable

FILE = "companies/beta/company.yaml"


def test_files_of_the_current_format_stay_as_they_are(tiny: Spoilable) -> None:
    before = tiny.read(FILE)
    assert migrate(tiny.root) == []
    assert tiny.read(FILE) == before


def rename_nation(values: Values) -> Values:
    country = values.pop("nation")
    return {**values, "country": country}


def test_an_older_file_goes_through_its_step_and_fits_the_model(tiny: Spoilable) -> None:
    tiny.change(FILE, "format: 1", "format: 0")
    tiny.change(FILE, "country: CN", "nation: CN")
    assert migrate(tiny.root, migrations={("company", 0): rename_nation}) == [FILE]
    assert tiny.open().store.entities["beta"].country == "CN"
    assert tiny.problems() == []


def test_a_newer_file_is_refused_and_nothing_is_written(tiny: Spoilable) -> None:
    tiny.change(FILE, "format: 1", "format: 2")
    tiny.change("companies/alpha/company.yaml", "format: 1", "format: 0")
    before = tiny.read("companies/alpha/company.yaml")
    with pytest.raises(ProblemsError) as caught:
        migrate(tiny.root)
    assert f"{FILE}:1: format: expected 1 or older; found 2 (update cati)" in str(caught.value)
    assert tiny.read("companies/alpha/company.yaml") == before


@pytest.mark.parametrize("found", ["", "format: one", "format: true"])
def test_a_format_is_never_guessed(tiny: Spoilable, found: str) -> None:
    tiny.change(FILE, "format: 1", found)
    with pytest.raises(ProblemsError, match="expected a format from 1 to 1"):
        migrate(tiny.root)


def test_a_migrated_file_that_does_not_fit_is_a_problem(tiny: Spoilable) -> None:
    tiny.change(FILE, "format: 1", "format: 0")
    tiny.change(FILE, "country: CN", "nation: CN")
    with pytest.raises(ProblemsError, match="nation: expected a known field"):
        migrate(tiny.root)
    assert tiny.read(FILE).startswith("format: 0")
