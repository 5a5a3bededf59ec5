"""Editions are kept, and every correction has a number and its effects."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from cati.model.base import Text
from cati.problems import ProblemsError, UsageError
from cati.report.kept import corrected_files, edition_files, kept, verify_errata
from cati.research.errata import Correction, add_erratum, keep_first
from cati.store.editions import restore
from cati.workspace import Workspace
from tests.at_once import DONE, at_once
from tests.conftest import Spoilable

pytestmark = pytest.mark.slow

DAY = datetime.date(2026, 3, 1)
EVALUATION = "automakers-2024"
POLESTAR = f"companies/polestar/assessments/{EVALUATION}.yaml"
CORRECTION = Correction(
    what=Text(en="A verdict on Polestar", zh="对极星的一项判定"),
    why=Text(en="Page 12 was overlooked", zh="漏看了第12页"),
    by="Wen",
    date=DAY,
)


@pytest.fixture
def published(real_copy: Spoilable) -> Spoilable:
    """The real workspace on its assessed basis, with its first edition kept."""
    real_copy.change(f"reports/{EVALUATION}/evaluation.yaml", "basis: published", "basis: assessed")
    (real_copy.root / f"reports/{EVALUATION}/claims.yaml").unlink()
    keep_first(real_copy.open(), EVALUATION, "Wen", DAY)
    return real_copy


def correct(published: Spoilable) -> None:
    """Turn Polestar's only verdict of not met into met."""
    published.change(POLESTAR, "answer: not_met", "answer: met")


def test_an_edition_is_a_workspace_with_the_same_scores(
    published: Spoilable, tmp_path: Path
) -> None:
    before = published.open().score(EVALUATION)
    correct(published)
    restore(edition_files(published.open(), EVALUATION, 1), tmp_path / "as-it-was")
    as_it_was = Workspace.open(tmp_path / "as-it-was")
    assert [p for p in as_it_was.check() if p.severity == "error"] == []
    again = as_it_was.score(EVALUATION)
    assert [(again.total(c), again.rank(c)) for c in again.companies] == [
        (before.total(c), before.rank(c)) for c in before.companies
    ]
    now = published.open().score(EVALUATION)
    assert now.total("polestar") != again.total("polestar")


def test_an_erratum_tells_totals_and_ranks_before_and_after(published: Spoilable) -> None:
    before = published.open().score(EVALUATION)
    correct(published)
    erratum = add_erratum(published.open(), EVALUATION, CORRECTION)
    after = published.open().score(EVALUATION)
    (polestar,) = [effect for effect in erratum.effects if effect.company == "polestar"]
    assert polestar.before is not None
    assert polestar.after is not None
    gain = Fraction(polestar.after.total) - Fraction(polestar.before.total)
    # One criterion of 4.2.1 at the factor of scope 3, 7/5.
    points = after.group(["4.2.1"]).points("polestar").low
    assert gain == points * Fraction(7, 5)
    assert erratum.number == 1
    for effect in erratum.effects:
        assert effect.before != effect.after
    untold = set(after.companies) - {effect.company for effect in erratum.effects}
    assert all(before.rank(c) == after.rank(c) for c in untold)
    assert verify_errata(published.open(), EVALUATION) == []


def test_editions_are_numbered_on_and_each_stays_as_it_was(published: Spoilable) -> None:
    first = edition_files(published.open(), EVALUATION, 1)
    correct(published)
    add_erratum(published.open(), EVALUATION, CORRECTION)
    published.change(
        POLESTAR,
        "answer: met\n    disclosures: [polestar/steel-target-2030]",
        "answer: unknown\n    disclosures: [polestar/steel-target-2030]",
    )
    add_erratum(published.open(), EVALUATION, CORRECTION)
    workspace = published.open()
    assert [edition.number for edition in kept(workspace, EVALUATION).editions] == [1, 2, 3]
    assert edition_files(workspace, EVALUATION, 1) == first
    assert verify_errata(workspace, EVALUATION) == []
    assert not corrected_files(workspace, EVALUATION)


def test_an_erratum_needs_a_change(published: Spoilable) -> None:
    with pytest.raises(UsageError, match="nothing has changed since edition 1"):
        add_erratum(published.open(), EVALUATION, CORRECTION)
    with pytest.raises(UsageError, match="has a kept edition"):
        keep_first(published.open(), EVALUATION, "Wen", DAY)


@pytest.mark.parametrize("kept_under_embargo", [True, False])
def test_an_embargo_is_no_change(real_copy: Spoilable, kept_under_embargo: bool) -> None:
    file = f"reports/{EVALUATION}/evaluation.yaml"
    embargo = "basis: published\nembargo: '2026-10-01'\n"
    before, after = "basis: published\n", embargo
    if kept_under_embargo:
        real_copy.change(file, before, embargo)
        before, after = after, before
    keep_first(real_copy.open(), EVALUATION, "Wen", DAY)
    real_copy.change(file, before, after)
    assert not corrected_files(real_copy.open(), EVALUATION)
    with pytest.raises(UsageError, match="nothing has changed since edition 1"):
        add_erratum(real_copy.open(), EVALUATION, CORRECTION)
    real_copy.change(file, "cutoff: '2024-07-30'", "cutoff: '2024-07-31'")
    assert corrected_files(real_copy.open(), EVALUATION)


def test_without_a_kept_edition_there_is_no_erratum(real_copy: Spoilable) -> None:
    with pytest.raises(UsageError, match=f"'cati edition keep {EVALUATION}' makes one"):
        add_erratum(real_copy.open(), EVALUATION, CORRECTION)


def test_of_two_who_keep_at_once_one_is_refused_and_its_files_are_not_packed(
    tiny: Spoilable,
) -> None:
    def keeping(by: str) -> Callable[[Callable[[], object]], object]:
        def keep(all_have_read: Callable[[], object]) -> None:
            workspace = tiny.open()
            workspace.score("first")
            all_have_read()
            keep_first(workspace, "first", by, DAY)

        return keep

    said = at_once(keeping("Wen"), keeping("Li"))
    (refused,) = [told for told in said if told != DONE]
    assert refused.startswith("reports/first/errata.yaml: expected the file as it was read; found")
    workspace = tiny.open()
    (edition,) = kept(workspace, "first").editions
    assert edition.by == ("Wen", "Li")[said.index(DONE)]
    assert edition_files(workspace, "first", 1)


def test_an_erratum_from_an_earlier_reading_replaces_none(tiny: Spoilable) -> None:
    keep_first(tiny.open(), "first", "Wen", DAY)
    tiny.change("companies/alpha/company.yaml", "format: 1", "format:  1")
    stale = tiny.open()
    add_erratum(tiny.open(), "first", CORRECTION)
    packed = (tiny.root / "reports/first/editions/2.zip").read_bytes()
    with pytest.raises(ProblemsError, match=r"errata\.yaml: expected the file as it was read"):
        add_erratum(stale, "first", replace(CORRECTION, by="Li"))
    assert (tiny.root / "reports/first/editions/2.zip").read_bytes() == packed
    assert [erratum.by for erratum in kept(tiny.open(), "first").errata] == ["Wen"]
