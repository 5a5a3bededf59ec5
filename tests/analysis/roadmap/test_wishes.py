from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from cati.analysis.roadmap.wishes import Steps, Wishes, step_names, whole_costs
from cati.model.efforts import Efforts
from cati.model.methodology import criterion_names
from cati.problems import UsageError
from cati.workspace import Workspace


def efforts(*entries: tuple[str, str, str | None]) -> Efforts:
    rows = [
        {"step": step, "effort": Decimal(effort), **({"ready": ready} if ready else {})}
        for step, effort, ready in entries
    ]
    return Efforts.model_validate({"format": 1, "efforts": rows})


@pytest.mark.parametrize("name", ["automotive-2024", "corporate-2023"])
def test_offsets_are_left_out_unless_asked_for_and_the_registry_says_which(
    real: Workspace, name: str
) -> None:
    methodology = real.methodology(name)
    offsets = methodology.indicator("5.1.6")
    assert "offset" in offsets.title.en
    names = criterion_names(offsets) or ("5.1.6",)
    assert Steps(methodology).left_out == dict.fromkeys(names, "offsets")
    assert Steps(methodology, Wishes(include_offsets=True)).left_out == {}


def test_codes_of_any_level_and_criteria_can_be_excluded(real: Workspace) -> None:
    methodology = real.methodology("automotive-2024")
    wishes = Wishes(exclude=("5.4", "2.3.1/stages"), include_offsets=True)
    left_out = Steps(methodology, wishes).left_out
    assert set(left_out.values()) == {"asked"}
    assert {name.partition("/")[0] for name in left_out} == {
        "2.3.1",
        *(f"5.4.{n}" for n in range(1, 8)),
    }
    assert [name for name in left_out if name.startswith("2.3.1")] == ["2.3.1/stages"]


@pytest.mark.parametrize("name", ["5.9", "scope3_targets", "2.3.1/stage"])
def test_what_is_not_there_cannot_be_excluded(real: Workspace, name: str) -> None:
    with pytest.raises(UsageError, match=f"no code or criterion {name}"):
        Steps(real.methodology("automotive-2024"), Wishes(exclude=(name,)))


@pytest.mark.parametrize(
    ("name", "codes"), [("scope3_action", "5.3"), ("steel_aluminium", "5.3.2")]
)
def test_whoever_excludes_a_column_is_told_its_codes(
    real: Workspace, name: str, codes: str
) -> None:
    with pytest.raises(UsageError, match=f"exclude its codes, {codes}$"):
        Steps(real.methodology("automotive-2024"), Wishes(exclude=(name,)))


def test_a_block_costs_what_the_smallest_entry_around_all_of_it_says(real: Workspace) -> None:
    """Upstream suppliers are 5.4; steel and aluminium lie in 5.3; affiliates, 5.2, have both."""
    card = real.score("automakers-2024")
    costs = efforts(
        ("5.4", "3", None),
        ("5", "2", None),
        ("affiliates", "7", None),
        ("2.2.1", "9", None),
        ("5.4.1/asks", "9", None),
    )
    steps = Steps(card.methodology, Wishes(costs))
    found = {block.id: int(steps.block_effort(block)) for block in card.blocks}
    assert found["upstream_suppliers"] == 3
    assert found["steel_aluminium"] == found["scope3_action_rest"] == 2
    assert found["affiliates"] == 7
    assert found["scope3_disclosure"] == 1, "2.2.1 is only a part of it"
    assert found["scope12_targets"] == 1, "no group holds 3.1 and 4.1"


def test_entries_that_no_cost_comes_from_are_known(real: Workspace) -> None:
    costs = efforts(("5.2", "2", None), ("affiliates", "7", None), ("5.4.1/asks", "9", None))
    steps = Steps(real.methodology("automotive-2024"), Wishes(costs))
    assert steps.unused("published") == ("5.2", "5.4.1/asks")
    assert steps.unused("assessed") == ("affiliates",)
    assert Steps(real.methodology("automotive-2024")).unused("published") == ()


def test_without_a_hint_there_is_no_colon(real: Workspace) -> None:
    with pytest.raises(UsageError) as error:
        Steps(real.methodology("automotive-2024"), Wishes(exclude=("9.9",)))
    assert str(error.value) == "no code or criterion 9.9 in automotive-2024"


def test_the_smallest_group_that_efforts_name_decides(real: Workspace) -> None:
    methodology = real.methodology("automotive-2024")
    costs = efforts(("5", "2", None), ("5.3.2", "4", None), ("5.3.2/method", "0.5", None))
    steps = Steps(methodology, Wishes(costs))
    assert steps.effort("5.3.2/method") == Decimal("0.5")
    assert steps.effort("5.3.2/at-supplier") == 4
    assert steps.effort("5.4.1/asks") == 2
    assert steps.effort("2.3.1/value") == 1


def test_what_is_ready_too_late_is_left_out_and_what_says_nothing_is_in_time(
    real: Workspace,
) -> None:
    methodology = real.methodology("automotive-2024")
    costs = efforts(("2.3.1", "1", "2026-01-01"), ("2.3.1/value", "1", "2025-01-01"))
    day = datetime.date(2025, 6, 30)
    steps = Steps(methodology, Wishes(costs, include_offsets=True, by=day))
    late = set(criterion_names(methodology.indicator("2.3.1"))) - {"2.3.1/value"}
    assert steps.left_out == dict.fromkeys(late, "late")
    assert not Steps(methodology, Wishes(costs, include_offsets=True)).left_out


@pytest.mark.parametrize(("by", "late"), [("2025-12-31", True), ("2026-01-01", False)])
def test_what_is_ready_on_the_very_day_is_in_time(real: Workspace, by: str, late: bool) -> None:
    card = real.score("automakers-2024")
    costs = efforts(("2.3.1/value", "1", "2026-01-01"), ("affiliates", "1", "2026-01-01"))
    wishes = Wishes(costs, include_offsets=True, by=datetime.date.fromisoformat(by))
    steps = Steps(card.methodology, wishes)
    assert ("2.3.1/value" in steps.left_out) is late
    assert {b.id for b in card.blocks if steps.is_late(b)} == ({"affiliates"} if late else set())


def test_a_late_group_closes_a_block_but_for_what_is_ready_sooner(real: Workspace) -> None:
    """Of 5.4 only what 5.4.1 asks, half a point, is ready."""
    card = real.score("automakers-2024")
    (block,) = (b for b in card.blocks if b.id == "upstream_suppliers")
    costs = efforts(("5.4", "3", "2026-01-01"), ("5.4.1/asks", "1", "2025-01-01"))
    steps = Steps(card.methodology, Wishes(costs, by=datetime.date(2025, 6, 30)))
    asks = card.methodology.steps(card.methodology.criteria["5.4.1/asks"].points)
    assert not steps.is_late(block)
    assert block.steps - steps.closed(block) == asks > 0


def test_a_deadline_means_nothing_without_efforts(real: Workspace) -> None:
    with pytest.raises(UsageError, match="a deadline needs efforts"):
        Steps(real.methodology("automotive-2024"), Wishes(by=datetime.date(2025, 1, 1)))


def test_a_block_is_closed_as_far_as_only_what_is_left_out_earns_it(real: Workspace) -> None:
    card = real.score("automakers-2024")
    blocks = {block.id: block for block in card.blocks}
    grid = Fraction(card.methodology.grid)

    def closed(block: str, *exclude: str, include_offsets: bool = True) -> Fraction:
        wishes = Wishes(exclude=exclude, include_offsets=include_offsets)
        return Steps(card.methodology, wishes).closed(blocks[block]) * grid

    assert closed("scope12_action", include_offsets=False) == 2
    assert closed("scope12_action") == 0
    assert closed("product_footprint", "2.3.1/stages") == 2
    assert closed("upstream_suppliers", "5.4.7/users") == 0, "its other route earns them too"
    assert closed("upstream_suppliers", "5.4.7") == 2


def test_names_cover_codes_criteria_and_blocks(real: Workspace) -> None:
    names = step_names(real.methodology("automotive-2024"))
    assert {"5", "5.3", "5.3.2", "5.3.2/method", "steel_aluminium", "scope3_action_rest"} <= set(
        names
    )


def test_costs_become_whole_numbers_that_stand_for_the_same() -> None:
    costs, unit = whole_costs({"a": Decimal("0.5"), "b": Decimal("2.25"), "c": Decimal(1)})
    assert {name: cost * unit for name, cost in costs.items()} == {
        "a": Fraction(1, 2),
        "b": Fraction(9, 4),
        "c": 1,
    }
    assert whole_costs({"a": Decimal(3), "b": Decimal(3)})[0] == {"a": 1, "b": 1}
