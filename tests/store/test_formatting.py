"""cati format: every file in its canonical form, and nothing lost."""

from __future__ import annotations

import pytest

from cati.problems import ProblemsError
from cati.store.formatting import data_files, format_workspace
from tests.conftest import Spoilable


@pytest.mark.slow
def test_this_repository_is_formatted(real_copy: Spoilable) -> None:
    before = {path: path.read_bytes() for path in real_copy.root.rglob("*.yaml")}
    changed = format_workspace(real_copy.root)
    assert {file for file in changed if not file.startswith("schemas/")} == set()
    assert {path: path.read_bytes() for path in before} == before


def test_a_second_run_changes_nothing(tiny: Spoilable) -> None:
    assert "companies/alpha/company.yaml" in format_workspace(tiny.root)
    assert format_workspace(tiny.root) == []


def test_what_the_files_say_stays_the_same(tiny: Spoilable) -> None:
    before = tiny.open().store
    format_workspace(tiny.root)
    after = tiny.open().store
    assert (after.entities, after.sources, after.evaluations) == (
        before.entities,
        before.sources,
        before.evaluations,
    )
    assert tiny.problems() == []


def test_a_broken_file_stops_it_before_anything_is_written(tiny: Spoilable) -> None:
    tiny.change("companies/beta/company.yaml", "country: CN", "country: [")
    before = {path: path.read_bytes() for path in tiny.root.rglob("*.yaml")}
    with pytest.raises(ProblemsError, match=r"companies/beta/company\.yaml"):
        format_workspace(tiny.root)
    assert {path: path.read_bytes() for path in before} == before


def test_sources_and_disclosures_are_sorted(tiny: Spoilable) -> None:
    assert list(tiny.open().store.sources) == ["press/report", "press/draft"]
    format_workspace(tiny.root)
    assert list(tiny.open().store.sources) == ["press/draft", "press/report"]


def test_what_is_hidden_or_led_to_by_a_link_out_is_left_alone(
    tiny: Spoilable, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    for name in ("company.yaml", "sources.yaml"):
        (elsewhere / name).write_bytes((tiny.root / "companies/alpha/company.yaml").read_bytes())
    (tiny.root / "companies/alpha/sources.yaml").symlink_to(elsewhere / "sources.yaml")
    (tiny.root / "companies/gone").symlink_to(elsewhere)
    tiny.write("companies/.x/company.yaml", "format: 1\nof: somebody's own\n")
    found = [file for file, _ in data_files(tiny.root)]
    assert "companies/alpha/company.yaml" in found
    assert not [file for file in found if "/." in file or "gone" in file or "alpha/sources" in file]
    format_workspace(tiny.root)
    assert (tiny.root / "companies/alpha/sources.yaml").is_symlink()


@pytest.mark.parametrize("mode", [0o600, 0o664])
def test_who_may_read_a_file_stays_the_same(tiny: Spoilable, mode: int) -> None:
    path = tiny.root / "companies/alpha/company.yaml"
    path.chmod(mode)
    assert "companies/alpha/company.yaml" in format_workspace(tiny.root)
    assert path.stat().st_mode & 0o777 == mode


def test_tables_are_written_in_one_form_whatever_a_spreadsheet_made_of_them(
    tiny: Spoilable,
) -> None:
    tables = ["reports/first/published.csv", "reports/first/points.csv"]
    format_workspace(tiny.root)
    before = {file: tiny.read(file) for file in tables}
    for file, text in before.items():
        saved = text.replace(",", ";").replace(".", ",").replace("\n", ";;\r\n") + ";;;\r\n"
        (tiny.root / file).write_bytes(saved.encode("utf-8-sig"))
    assert format_workspace(tiny.root) == tables
    assert {file: tiny.read(file) for file in tables} == before


def test_a_table_with_a_fault_is_left_as_it_is(tiny: Spoilable) -> None:
    tiny.change("reports/first/published.csv", "1,alpha", "first,alpha")
    before = tiny.read("reports/first/published.csv")
    assert "reports/first/published.csv" not in format_workspace(tiny.root)
    assert tiny.read("reports/first/published.csv") == before
