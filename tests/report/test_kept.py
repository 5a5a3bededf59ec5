"""What a kept edition says, and whether today's files are still those of it."""

from __future__ import annotations

import datetime
import zipfile

import pytest

from cati.model.base import Text
from cati.problems import CatiError, UsageError
from cati.report.kept import (
    corrected_files,
    edition_card,
    edition_files,
    effects,
    kept,
    verify_errata,
)
from cati.research.errata import Correction, add_erratum, keep_first
from tests.conftest import Spoilable

DAY = datetime.date(2026, 3, 1)
EVALUATION = "automakers-2024"
POLESTAR = f"companies/polestar/assessments/{EVALUATION}.yaml"


@pytest.fixture
def published(real_copy: Spoilable) -> Spoilable:
    """The real workspace on its assessed basis, with its first edition kept."""
    real_copy.change(f"reports/{EVALUATION}/evaluation.yaml", "basis: published", "basis: assessed")
    (real_copy.root / f"reports/{EVALUATION}/claims.yaml").unlink()
    keep_first(real_copy.open(), EVALUATION, "Wen", DAY)
    return real_copy


def test_files_that_are_not_those_of_the_kept_edition_are_named(tiny: Spoilable) -> None:
    assert corrected_files(tiny.open(), "first") == (), "nothing is kept"
    keep_first(tiny.open(), "first", "Wen", DAY)
    assert corrected_files(tiny.open(), "first") == ()
    tiny.change("reports/first/evaluation.yaml", "bands:", "embargo: '2030-01-01'\nbands:")
    assert corrected_files(tiny.open(), "first") == (), "an embargo is no correction"
    tiny.change(
        "companies/alpha/company.yaml", "format: 1", "format: 1\nnote: {en: Another., zh: 另一条。}"
    )
    assert corrected_files(tiny.open(), "first") == (
        "companies/alpha/company.yaml",
        "reports/first/evaluation.yaml",
    )


@pytest.mark.slow
def test_a_typed_effect_is_noticed(published: Spoilable) -> None:
    published.change(POLESTAR, "answer: not_met", "answer: met")
    text = Text(en="A verdict", zh="一项判定")
    erratum = add_erratum(published.open(), EVALUATION, Correction(text, text, "Wen", DAY))
    told = next(e for e in erratum.effects if e.company == "polestar").after
    assert told is not None
    file = f"reports/{EVALUATION}/errata.yaml"
    text = published.read(file)
    block = text[text.index("company: polestar") :]
    at = text.index("company: polestar") + block.index(f"total: {told.total}", block.index("after"))
    published.write(file, text[:at] + "total: 99.9" + text[at + len(f"total: {told.total}") :])
    (problem,) = verify_errata(published.open(), EVALUATION)
    assert f"total {told.total}" in problem.expected
    assert "total 99.9" in problem.found
    assert "polestar" in problem.field


@pytest.mark.slow
def test_an_edition_that_was_changed_or_lost_is_said_to_be(published: Spoilable) -> None:
    archive = published.root / f"reports/{EVALUATION}/editions/1.zip"
    files = edition_files(published.open(), EVALUATION, 1)
    with zipfile.ZipFile(archive, "w") as changed:
        for name, content in files.items():
            changed.writestr(name, content + b"\n" if name == POLESTAR else content)
    with pytest.raises(CatiError, match="expected the files that were kept on 2026-03-01"):
        edition_files(published.open(), EVALUATION, 1)
    archive.write_bytes(b"PK not a zip")
    with pytest.raises(CatiError, match="expected a zip file that can be read"):
        edition_files(published.open(), EVALUATION, 1)
    archive.unlink()
    with pytest.raises(CatiError, match="found no file"):
        edition_files(published.open(), EVALUATION, 1)
    with pytest.raises(UsageError, match="has no edition 2; the last is 1"):
        edition_files(published.open(), EVALUATION, 2)


@pytest.mark.slow
def test_a_hostile_archive_writes_nowhere_else(published: Spoilable) -> None:
    archive = published.root / f"reports/{EVALUATION}/editions/1.zip"
    with zipfile.ZipFile(archive, "w") as hostile:
        hostile.writestr("companies/../../evil.yaml", b"")
    with pytest.raises(CatiError, match="expected files of an edition"):
        edition_files(published.open(), EVALUATION, 1)


@pytest.mark.slow
def test_a_company_that_enters_has_no_result_before(published: Spoilable) -> None:
    workspace = published.open()
    card = workspace.score(EVALUATION)
    first = kept(workspace, EVALUATION).editions[0]
    without = card.without(["polestar"])
    told = {effect.company: effect for effect in effects(without, card)}
    assert told["polestar"].before is None
    assert told["polestar"].after is not None
    assert effects(card, edition_card(workspace, EVALUATION, first)) == ()
