"""A pack is two files for one company, and nothing of any other is in them."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from cati.problems import UsageError
from cati.research.review.facts import pack_facts
from cati.research.review.pack import write_pack
from tests.conftest import Spoilable
from tests.research.review.packs import under_review

SECRETS = ("beta-secret-statement", "beta-secret-reason", "beta-secret-note", "beta-secret-reply")


def everything(paths: tuple[Path, Path]) -> str:
    """All that the two files hold, unpacked."""
    workbook, page = paths
    with zipfile.ZipFile(workbook) as archive:
        parts = [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
    return "\n".join([page.read_text(encoding="utf-8"), *parts])


def with_secrets(tiny: Spoilable) -> Spoilable:
    """Beta has evidence, answers, a note, replies and an address, each with words of its own."""
    under_review(tiny)
    tiny.write(
        "companies/beta/sources.yaml",
        "format: 1\nsources:\n  - {id: page, kind: website, title: beta-secret-statement,"
        " language: en, accessed: 2024-06-01}\n",
    )
    tiny.write(
        "companies/beta/evidence.yaml",
        "format: 1\ndisclosures:\n  - id: fact\n    statement: beta-secret-statement\n"
        "    indicators: [tiny/1.1.1]\n    polarity: supports\n    confidence: high\n"
        "    where: [{source: beta/page, locator: p. 1}]\n",
    )
    tiny.write(
        "companies/beta/assessments/first.yaml",
        "format: 1\nevaluation: first\nverdicts:\n  - criterion: 1.1.1/said\n    answer: met\n"
        "    disclosures: [beta/fact]\n    rationale: beta-secret-reason\n    assessor: Li\n"
        "    date: 2024-06-11\nnote: beta-secret-note\n",
    )
    tiny.write(
        "private/reviews/first/beta.yaml",
        "format: 1\nevaluation: first\ncompany: beta\nchallenges:\n  - id: c1\n    stage: review\n"
        "    criterion: 1.1.1/said\n    received: 2024-07-20\n    answer: met\n"
        "    text: beta-secret-reply\n    consent: true\n",
    )
    tiny.write(
        "private/contacts/first.yaml",
        "format: 1\nevaluation: first\ncontacts:\n  - {company: alpha, outcome: sent,"
        " date: 2024-07-01, by: Li, address: someone@alpha.example}\n",
    )
    assert tiny.problems() == []
    return tiny


@pytest.mark.parametrize("language", ["en", "zh"])
def test_nothing_of_another_company_is_in_it(
    tiny: Spoilable, tmp_path: Path, language: str
) -> None:
    workspace = with_secrets(tiny).open()
    code = "zh" if language == "zh" else "en"
    facts = pack_facts(workspace, "first", "alpha")
    alpha = everything(write_pack(facts, tmp_path / "alpha", code))
    for secret in (*SECRETS, "beta", "Beta", "Gamma", "Read in June.", "someone@", "Li<"):
        assert secret not in alpha, secret
    beta = everything(write_pack(pack_facts(workspace, "first", "beta"), tmp_path / "beta", code))
    assert SECRETS[0] in beta
    assert SECRETS[1] in beta


def test_a_pack_of_the_real_evaluation_names_only_those_whose_evidence_it_cites(
    real_copy: Spoilable, tmp_path: Path
) -> None:
    name = "automakers-2024"
    real_copy.write(
        f"reports/{name}/review.yaml",
        "format: 1\nevidence: cutoff\nwindows:\n  - {stage: review, opens: 2024-08-01,"
        " closes: 2024-08-31, decide_by: 2024-09-15}\n",
    )
    workspace = real_copy.open()
    found = everything(write_pack(pack_facts(workspace, name, "polestar"), tmp_path / "p", "en"))
    store = workspace.store
    cited = {
        reference
        for verdict in store.assessments[name]["polestar"].verdicts
        for reference in verdict.disclosures
    }
    told = {store.disclosures[reference].statement for reference in cited}
    leaked = [
        reference
        for reference, disclosure in store.disclosures.items()
        if reference not in cited
        and disclosure.statement not in told
        and disclosure.statement in found
    ]
    assert leaked == []
    others = [
        verdict.rationale
        for company, assessment in store.assessments[name].items()
        if company != "polestar"
        for verdict in assessment.verdicts
        if verdict.rationale
    ]
    own = {verdict.rationale for verdict in store.assessments[name]["polestar"].verdicts}
    assert others
    assert [text for text in others if text not in own and text in found] == []


def test_what_may_have_been_filled_is_not_replaced(review: Spoilable, tmp_path: Path) -> None:
    facts = pack_facts(review.open(), "first", "alpha")
    workbook, page = write_pack(facts, tmp_path / "packs", "en")
    assert (workbook.name, page.name) == (
        "alpha.first.review.en.xlsx",
        "alpha.first.review.en.html",
    )
    before = workbook.read_bytes()
    with pytest.raises(UsageError, match="would be overwritten"):
        write_pack(facts, tmp_path / "packs", "en")
    assert workbook.read_bytes() == before
