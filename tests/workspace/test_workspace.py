"""The workspace as a notebook uses it: what it gives, and what it says when asked for nonsense."""

from __future__ import annotations

import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

import cati
from cati.problems import ProblemsError, UsageError
from cati.workspace import Workspace
from tests.conftest import Spoilable

HALF = {"own": Decimal(50), "chain": Decimal(50)}


def test_a_notebook_needs_one_import(root: Path) -> None:
    card = cati.Workspace.open(root).score("automakers-2024")
    assert isinstance(card, cati.Scorecard)
    assert card.ranking().index[0] == "mercedes-benz"


def test_importing_the_package_imports_nothing_else() -> None:
    heavy = "[m for m in ('pydantic', 'numpy', 'pandas', 'yaml', 'click') if m in sys.modules]"
    code = f"import cati, sys; print({heavy})"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"


def test_the_package_has_no_other_names() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'Wokspace'"):
        _ = cati.Wokspace


@pytest.mark.parametrize("name", ["", "companies", "companies/volvo-cars"])
def test_a_workspace_opens_from_any_folder_inside_it(root: Path, name: str) -> None:
    assert Workspace.open(str(root / name)).store.root == root


def test_parts_are_found_by_their_ids(tiny: Spoilable) -> None:
    workspace = tiny.open()
    assert workspace.evaluation("first").id == "first"
    assert workspace.methodology("tiny").id == "tiny"
    assert workspace.entity("gamma").is_joint_venture


@pytest.mark.parametrize(
    ("kind", "name", "message"),
    [
        ("evaluation", "frist", "no evaluation frist: did you mean first?"),
        ("methodology", "tinny", "no methodology tinny: did you mean tiny?"),
        ("entity", "x", "no entity x: known: alpha, beta, gamma, press"),
    ],
)
def test_a_wrong_id_is_answered_with_the_nearest(
    tiny: Spoilable, kind: str, name: str, message: str
) -> None:
    with pytest.raises(UsageError) as caught:
        getattr(tiny.open(), kind)(name)
    assert str(caught.value) == message


def test_totals_follow_from_points_and_shares(tiny: Spoilable) -> None:
    workspace = tiny.open()
    assert workspace.score("first").total("alpha").low == Decimal("13.3")
    assert workspace.score("first", shares=HALF).total("alpha").low == Decimal("13.5")


def test_shares_of_the_evaluation_go_before_those_of_the_methodology(tiny: Spoilable) -> None:
    tiny.change("reports/first/evaluation.yaml", "bands:", "shares: {own: 50, chain: 50}\nbands:")
    tiny.print_with_equal_weights()
    workspace = tiny.open()
    assert workspace.score("first").total("alpha").low == Decimal("13.5")
    back = {"own": Decimal(30), "chain": Decimal(70)}
    assert workspace.score("first", shares=back).total("alpha").low == Decimal("13.3")


@pytest.mark.parametrize(
    ("shares", "message"),
    [
        ({"own": Decimal(50)}, "shares: expected a share for each of own, chain; found own"),
        (
            {"own": Decimal(50), "chain": Decimal(51)},
            "shares: expected shares that add up to 100; found 101",
        ),
        ({"own": Decimal(150), "chain": Decimal(-50)}, "shares: expected 0 or more; found -50"),
    ],
)
def test_shares_that_do_not_fit_are_refused(
    tiny: Spoilable, shares: dict[str, Decimal], message: str
) -> None:
    with pytest.raises(UsageError) as caught:
        tiny.open().score("first", shares=shares)
    assert str(caught.value) == message


def test_shares_are_typed_in_the_order_of_the_tracks(tiny: Spoilable) -> None:
    workspace = tiny.open()
    assert workspace.parse_shares("first", "50:50") == HALF
    assert workspace.parse_shares("first", None) is None
    assert workspace.parse_shares("first", "12.5:87.5") == {
        "own": Decimal("12.5"),
        "chain": Decimal("87.5"),
    }


@pytest.mark.parametrize(
    "text", ["50", "50:50:0", "a:b", "50;50", "1e1:90", "-10:110", "NaN:1", ""]
)
def test_shares_typed_otherwise_are_refused_with_the_form(tiny: Spoilable, text: str) -> None:
    with pytest.raises(UsageError) as caught:
        tiny.open().parse_shares("first", text)
    assert str(caught.value) == (
        f"shares: expected own:chain in per cent, such as 50:50; found {text}"
    )


def test_the_only_evaluation_need_not_be_named(tiny: Spoilable) -> None:
    assert tiny.open().chosen_evaluation(None).id == "first"
    assert tiny.open().chosen_evaluation("first").id == "first"
    shutil.copytree(tiny.root / "reports/first", tiny.root / "reports/second")
    tiny.change("reports/second/evaluation.yaml", "id: first", "id: second")
    with pytest.raises(UsageError, match=r"^which evaluation\? first, second$"):
        tiny.open().chosen_evaluation(None)
    shutil.rmtree(tiny.root / "reports/first")
    shutil.rmtree(tiny.root / "reports/second")
    with pytest.raises(UsageError, match=r"^which evaluation\? there is none$"):
        tiny.open().chosen_evaluation(None)


def test_an_indicator_is_referred_to_with_its_methodology(tiny: Spoilable) -> None:
    assert tiny.open().question("tiny", "2.1.1") == "tiny/2.1.1"
    with pytest.raises(UsageError, match=r"no indicator 2\.1: did you mean 2\."):
        tiny.open().question("tiny", "2.1")


def test_an_entity_is_found_by_any_of_its_names(tiny: Spoilable) -> None:
    workspace = tiny.open()
    for name in ("alpha", "Alpha Motors", "阿尔法汽车", "ALPHA"):
        assert workspace.find(name).entity.id == "alpha"
    with pytest.raises(UsageError, match="Alfa"):
        workspace.find("Alfa Motors")


def test_nothing_is_scored_while_files_have_errors(tiny: Spoilable) -> None:
    tiny.change("companies/gamma/company.yaml", "to: alpha", "to: alfa")
    workspace = tiny.open()
    for act in (workspace.score, workspace.derive, workspace.verify):
        with pytest.raises(ProblemsError, match=r"company\.yaml:9: relations\[0\]\.to"):
            act("first")
    with pytest.raises(ProblemsError):
        workspace.explain("first", "alpha")


def test_points_that_were_never_worked_out_are_asked_for(tiny: Spoilable) -> None:
    (tiny.root / "reports/first/points.csv").unlink()
    with pytest.raises(UsageError, match=r"^first has no points\.csv yet; .* works it out$"):
        tiny.open().score("first")


def test_an_evaluation_without_table_has_nothing_to_derive(assessed: Spoilable) -> None:
    workspace = assessed.open()
    assert workspace.check() == []
    for act in (workspace.derive, workspace.verify):
        with pytest.raises(UsageError, match=r"^first has no printed table$"):
            act("first")


def test_derived_points_are_written_as_they_are_kept(tiny: Spoilable) -> None:
    workspace = tiny.open()
    derivation = workspace.derive("first")
    assert workspace.view("first").points_problems == []
    before = tiny.read("reports/first/points.csv")
    (tiny.root / "reports/first/points.csv").unlink()
    path = tiny.open().write_points("first", derivation)
    assert path == tiny.root / "reports/first/points.csv"
    assert tiny.read("reports/first/points.csv") == before


def test_points_that_changed_since_they_were_read_are_not_replaced(tiny: Spoilable) -> None:
    workspace = tiny.open()
    tiny.write("reports/first/points.csv", "by hand")
    with pytest.raises(ProblemsError, match=r"points\.csv: expected the file as it was read"):
        workspace.write_points("first", workspace.derive("first"))
    assert tiny.read("reports/first/points.csv") == "by hand"


def test_the_joint_ventures_of_a_scorecard_are_those_of_its_companies(tiny: Spoilable) -> None:
    workspace = tiny.open()
    card = workspace.score("first")
    assert workspace.joint_ventures(card) == ("gamma",)
    assert workspace.joint_ventures(card.without(["gamma"])) == ()


def test_an_assessed_score_refuses_shares_that_do_not_fit(real: Workspace) -> None:
    with pytest.raises(UsageError, match=r"^shares: expected"):
        real.assess("automakers-2024", {"scope12": Decimal(50), "scope3": Decimal(60)})


def test_the_basis_is_the_evaluations_own_unless_another_is_asked_for(
    real: Workspace, assessed: Spoilable
) -> None:
    assert real.basis("automakers-2024") == "published"
    assert real.basis("automakers-2024", "assessed") == "assessed"
    assert assessed.open().basis("first") == "assessed"
    with pytest.raises(UsageError, match=r"^no evaluation"):
        real.basis("automakers-2042")


def test_reasons_explain_the_score_with_the_same_shares(real: Workspace) -> None:
    shares = {"scope12": Decimal(50), "scope3": Decimal(50)}
    reasons = real.reasons("automakers-2024", shares)
    assert reasons.card.total("polestar") == real.assess("automakers-2024", shares).card.total(
        "polestar"
    )


def test_a_printed_name_without_its_place_is_told_by_the_check(tiny: Spoilable) -> None:
    """As by verify: without it a report says only that something is wrong."""
    place = "\n    where: {source: press/report, locator: Table 1}"
    tiny.change("companies/alpha/company.yaml", f"kind: short{place}", "kind: printed")
    line = (
        "reports/first/published.csv:2: alpha, name: expected 'Alpha Motors', as printed; found "
        "'Alpha' (companies/alpha/company.yaml has 'Alpha' without this place: add where: "
        "{source: press/report, locator: Table 1})"
    )
    workspace = tiny.open()
    assert [str(problem) for problem in workspace.check()] == [line]
    assert [str(problem) for problem in workspace.verify("first").problems] == [line]


def test_a_printed_name_that_no_profile_knows_is_told_by_the_check(tiny: Spoilable) -> None:
    tiny.change("reports/first/published.csv", "alpha,Alpha", "alpha,Alfa")
    (problem,) = tiny.open().check()
    assert problem.hint == (
        "if it is printed so, companies/alpha/company.yaml needs it in names, with where: "
        "{source: press/report, locator: Table 1}"
    )
