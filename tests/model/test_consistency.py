"""What must hold inside a methodology, a crosswalk and an evaluation beyond types."""

from __future__ import annotations

from decimal import Decimal

import pytest

from cati.model.consistency import (
    MOST_STEPS,
    check_crosswalk,
    check_evaluation,
    check_methodology,
    check_shares,
)
from cati.workspace import Workspace
from tests.conftest import Spoilable

METHODOLOGY = "indicators/tiny/methodology.yaml"
RULES = "indicators/tiny/1-rules.yaml"
ACTION = "indicators/tiny/2-action.yaml"
CROSSWALK = "indicators/crosswalk.yaml"
EVALUATION = "reports/first/evaluation.yaml"

CODES = [
    (
        "code: 2.1.2",
        "code: 2.1.1",
        [":14: sub_dimensions[0].indicators[1].code: expected each code once; "
         "found 2.1.1 a second time"],
    ),
    (
        "code: 2.1.2",
        "code: 2.2.9",
        [":14: sub_dimensions[0].indicators[1].code: "
         "expected a code of 3 numbers that begins with 2.1.; found '2.2.9'"],
    ),
    (
        "code: 2.1.2",
        'code: "2.1"',
        [":14: sub_dimensions[0].indicators[1].code: "
         "expected a code of 3 numbers that begins with 2.1.; found '2.1'"],
    ),
    (
        'code: "2"\n',
        "code: 2.1.1\n",
        [
            ":2: code: expected a code of 1 numbers; found '2.1.1'",
        ],
    ),
    (
        "code: 2.1.1",
        "code: 2.1.10",
        [":14: sub_dimensions[0].indicators[1].code: expected a code behind 2.1.10; found 2.1.2 "
         "(put the codes in order)"],
    ),
]  # fmt: skip

SUMS = [
    (
        ACTION,
        "points: 20",
        "points: 21",
        [
            f"{ACTION}:4: points: expected 20, the sum of its sub-dimensions; found 21",
            f"{METHODOLOGY}:8: maximum: expected 25, the sum of the dimensions; found 24",
        ],
    ),
    (
        ACTION,
        "    points: 6\n",
        "    points: 6.5\n",
        [
            f"{ACTION}:4: points: expected 20.5, the sum of its sub-dimensions; found 20",
            f"{ACTION}:8: sub_dimensions[0].points: "
            "expected 6, the sum of its indicators; found 6.5",
        ],
    ),
    (
        ACTION,
        "        points: 4\n        track: chain",
        "        points: 3.7\n        track: chain",
        [
            f"{ACTION}:20: sub_dimensions[1].points: "
            "expected 9.7, the sum of its indicators; found 10",
            f"{ACTION}:28: sub_dimensions[1].indicators[1].points: "
            "expected a multiple of 0.5; found 3.7",
        ],
    ),
    (
        METHODOLOGY,
        "maximum: 24",
        "maximum: 100",
        [f"{METHODOLOGY}:8: maximum: expected 24, the sum of the dimensions; found 100"],
    ),
    (
        METHODOLOGY,
        "grid: 0.5",
        "grid: 0.001",
        [
            f"{METHODOLOGY}:9: grid: expected at most 10,000 steps to the maximum of 24; "
            "found steps of 0.001"
        ],
    ),
]

TRACKS = [
    (
        ACTION,
        "track: own",
        "track: owm",
        [
            f"{ACTION}:13: sub_dimensions[0].indicators[0].track: "
            "expected a track of methodology.yaml; found 'owm' (did you mean own?)",
            f"{METHODOLOGY}:29: columns[1].members: "
            "expected indicators of one track; found owm, own",
        ],
    ),
    (
        METHODOLOGY,
        "share: 70",
        "share: 60",
        [
            f"{METHODOLOGY}:12: tracks: expected shares that add up to 100; found 90 "
            "(so that the maximum stays what it is after the factors)"
        ],
    ),
    (
        METHODOLOGY,
        "    share: 70\n",
        "",
        [
            f"{METHODOLOGY}:12: tracks: "
            "expected a share for every weighted track or for none; found 1 of 2"
        ],
    ),
    (
        METHODOLOGY,
        "  - id: rules\n",
        "  - id: rules\n    share: 10\n",
        [
            f"{METHODOLOGY}:14: tracks[0].share: "
            "expected no share, since the track is not weighted; found 10 "
            "(add weighted: true or take the share away)"
        ],
    ),
    (
        METHODOLOGY,
        "columns:\n",
        "  - id: own\n    name: {en: Own, zh: 自身}\ncolumns:\n",
        [f"{METHODOLOGY}:23: tracks[3].id: expected each track once; found own a second time"],
    ),
    (
        METHODOLOGY,
        "columns:\n",
        "  - id: spare\n    name: {en: Spare, zh: 备用}\ncolumns:\n",
        [f"{METHODOLOGY}:23: tracks[3]: expected a track with indicators; found none in spare"],
    ),
]

COLUMNS = [
    (
        'members: ["2.2"]',
        'members: ["2.2", 2.1.1]',
        [
            ":32: columns[2].members: expected no indicator of column own_action; found 2.1.1 "
            "(a column that overlaps others needs overlaps: true)",
            ":32: columns[2].members: expected indicators of one track; found chain, own",
        ],
    ),
    (
        'members: ["2.1"]',
        "members: [2.1.1]",
        [
            ":23: columns: expected a column with indicator 2.1.2; found none "
            "(add a column with printed: false for what the table leaves out)"
        ],
    ),
    (
        'members: ["2.3"]',
        'members: ["2.3", 2.9.9]',
        [
            ":44: columns[5].members[1]: expected a code of tiny; found '2.9.9' "
            "(did you mean 2.3.1 or 2.2.2 or 2.2.1?)"
        ],
    ),
    (
        "id: metals",
        "id: rules",
        [":33: columns[3].id: expected each column once; found rules a second time"],
    ),
    (
        "    make_up: unproven\n",
        "",
        [
            ":39: columns[4].members: expected all or nothing of column rules; found 1.1.2 "
            "(nest the columns, or say make_up: unproven)",
            ":39: columns[4].members: expected all or nothing of column chain_action; found 2.2.1 "
            "(nest the columns, or say make_up: unproven)",
        ],
    ),
    (
        '    members: ["2.1"]\n',
        '    members: ["2.1"]\n    make_up: unproven\n',
        [
            ":30: columns[1].make_up: "
            "expected proven, since the column counts in the total; found unproven"
        ],
    ),
    (
        "members: [2.2.2]",
        "members: [2.2.1, 2.2.2]",
        [
            ":35: columns[3].members: expected other indicators than those of column chain_action; "
            "found the same (take one of the two away)"
        ],
    ),
    (
        "    overlaps: true\n  - id: guidance",
        "    overlaps: true\n    printed: false\n  - id: guidance",
        [
            ":33: columns[3]: expected a column that is printed or counts in the total; "
            "found printed: false with overlaps: true (take the column away)"
        ],
    ),
    (
        'members: ["2.1"]\n    fraction',
        'members: ["2.8"]\n    fraction',
        [
            ":49: inheritance[0].members[0]: expected a code of tiny; found '2.8' "
            "(did you mean 2.3 or 2.2 or 2.1?)"
        ],
    ),
]

AT = "sub_dimensions[0].indicators[0].routes[0].criteria"
ROUTES = [
    (
        "points: 1.5",
        "points: 1",
        [f":16: {AT}: expected criteria worth 2, as the indicator; found 1.5"],
    ),
    (
        "points: 0.5",
        "points: 0.3",
        [
            f":16: {AT}: expected criteria worth 2, as the indicator; found 1.8",
            f":18: {AT}[0].points: expected a multiple of 0.5; found 0.3",
        ],
    ),
    (
        "id: said",
        "id: dated",
        [
            f":20: {AT}[1].id: expected each criterion once; found 1.1.1/dated a second time",
            f":23: {AT}[1].requires[0]: expected a criterion as <code>/<criterion>; "
            "found '1.1.1/said' (did you mean 1.1.1/dated?)",
        ],
    ),
    (
        "[1.1.1/said]",
        "[1.1.1/sadi]",
        [
            f":23: {AT}[1].requires[0]: expected a criterion as <code>/<criterion>; "
            "found '1.1.1/sadi' (did you mean 1.1.1/said or 1.1.1/dated?)"
        ],
    ),
    (
        "[1.1.1/said]",
        "[1.1.1/dated]",
        [
            f":23: {AT}[1].requires: "
            "expected requirements without a circle; found 1.1.1/dated requires itself"
        ],
    ),
    (
        "          - id: main\n",
        "          - id: main\n          - id: main\n",
        [
            ":16: sub_dimensions[0].indicators[0].routes[1].id: "
            "expected each route once; found main a second time"
        ],
    ),
]

CROSSWALKS = [
    (
        "  - {left: 2.3.1, relation: none}\n",
        "",
        [
            ":4: pairs: expected every indicator of tiny; found no pair with left: 2.3.1 "
            "(give its counterpart, or relation: none)"
        ],
    ),
    (
        "right: 1.1.2",
        "right: 1.1.1",
        [
            ":4: pairs: expected every indicator of other; found no pair with right: 1.1.2 "
            "(give its counterpart, or relation: none)",
            ":6: pairs[1].right: expected each indicator once; found 1.1.1 a second time",
        ],
    ),
    (
        "{left: 2.3.1, relation: none}",
        "{left: 2.3.1, relation: same}",
        [":11: pairs[6].relation: expected none, since one side is empty; found 'same'"],
    ),
    (
        "relation: related",
        "relation: none",
        [":6: pairs[1].relation: expected same or related; found 'none'"],
    ),
    (
        "{left: 2.3.1, relation: none}",
        "{left: 2.3.1, relation: none}\n  - {relation: none}",
        [":12: pairs[7]: expected left, right or both; found neither"],
    ),
    (
        "left: 2.3.1",
        "left: 2.3.2",
        [
            ":4: pairs: expected every indicator of tiny; found no pair with left: 2.3.1 "
            "(give its counterpart, or relation: none)",
            ":11: pairs[6].left: expected an indicator of tiny; found '2.3.2' "
            "(did you mean 2.3.1 or 2.2.2 or 2.1.2?)",
        ],
    ),
]

EVALUATIONS = [
    (
        "company: beta",
        "company: betta",
        [
            ":24: scope[1].company: expected a company with a folder in companies/; found 'betta' "
            "(did you mean beta?)"
        ],
    ),
    (
        "company: gamma",
        "company: beta",
        [":25: scope[2].company: expected each company once; found beta a second time"],
    ),
    (
        "{company: beta, reason: sales}",
        "{company: beta, reason: sale}",
        [
            ":24: scope[1].reason: expected a reason from the list above; found 'sale' "
            "(did you mean sales?)"
        ],
    ),
    (
        "companies: 2",
        "companies: 3",
        [":15: contact: expected 3 companies, as in the scope; found 4"],
    ),
    (
        "bands: [5, 10]",
        "shares: {own: 50, chain: 60}",
        [":11: shares: expected shares that add up to 100; found 110"],
    ),
    (
        "bands: [5, 10]",
        "shares: {own: 150, chain: -50}",
        [":11: shares.chain: expected 0 or more; found -50"],
    ),
    (
        "bands: [5, 10]",
        "shares: {own: 50, chan: 50}",
        [":11: shares: expected a share for each of own, chain; found own, chan"],
    ),
    (
        "bands: [5, 10]",
        "shares: {}",
        [":11: shares: expected a share for each of own, chain; found none"],
    ),
    ("bands: [5, 10]", "bands: [10, 5]", [":11: bands: expected rising numbers; found 10, 5"]),
    ("bands: [5, 10]", "bands: [5, 5]", [":11: bands: expected rising numbers; found 5, 5"]),
    (
        "published:\n  where: {source: press/report, locator: Table 1}\n  numbering: serial\n",
        "",
        [":1: published: expected the printed table's source; found nothing"],
    ),
]


def inside(tiny: Spoilable, *files: str) -> list[str]:
    return [problem for problem in tiny.problems() if problem.split(":")[0] in files]


@pytest.mark.parametrize(("old", "new", "messages"), CODES)
def test_codes_are_nested_unique_and_in_order(
    tiny: Spoilable, old: str, new: str, messages: list[str]
) -> None:
    tiny.change(ACTION, old, new)
    assert inside(tiny, ACTION)[: len(messages)] == [ACTION + message for message in messages]


@pytest.mark.parametrize(("file", "old", "new", "messages"), SUMS)
def test_points_add_up_on_the_grid(
    tiny: Spoilable, file: str, old: str, new: str, messages: list[str]
) -> None:
    tiny.change(file, old, new)
    assert inside(tiny, ACTION, METHODOLOGY) == messages


def test_an_indicator_is_worth_something(tiny: Spoilable) -> None:
    tiny.change(ACTION, "        points: 3\n", "        points: 0\n")
    assert inside(tiny, ACTION) == [
        f"{ACTION}:8: sub_dimensions[0].points: expected 3, the sum of its indicators; found 6",
        f"{ACTION}:12: sub_dimensions[0].indicators[0].points: expected more than 0; found 0",
    ]


@pytest.mark.parametrize(("file", "old", "new", "messages"), TRACKS)
def test_tracks_are_known_used_and_share_a_hundred_per_cent(
    tiny: Spoilable, file: str, old: str, new: str, messages: list[str]
) -> None:
    tiny.change(file, old, new)
    assert inside(tiny, ACTION, METHODOLOGY) == messages


@pytest.mark.parametrize(("old", "new", "messages"), COLUMNS)
def test_columns_hold_every_indicator_once_and_overlap_only_where_they_say_so(
    tiny: Spoilable, old: str, new: str, messages: list[str]
) -> None:
    tiny.change(METHODOLOGY, old, new)
    assert inside(tiny, METHODOLOGY) == [METHODOLOGY + message for message in messages]


@pytest.mark.parametrize(("old", "new", "messages"), ROUTES)
def test_criteria_make_up_the_points_of_their_indicator(
    tiny: Spoilable, old: str, new: str, messages: list[str]
) -> None:
    tiny.change(RULES, old, new)
    assert tiny.problems() == [RULES + message for message in messages]


def test_a_longer_circle_of_requirements_is_found_from_every_criterion_in_it(
    tiny: Spoilable,
) -> None:
    tiny.change(
        RULES, "zh: 已声明。}\n", "zh: 已声明。}\n                requires: [1.1.1/dated]\n"
    )
    assert tiny.problems() == [
        f"{RULES}:20: {AT}[0].requires: "
        "expected requirements without a circle; found 1.1.1/said requires itself",
        f"{RULES}:24: {AT}[1].requires: "
        "expected requirements without a circle; found 1.1.1/dated requires itself",
    ]


@pytest.mark.parametrize(("old", "new", "messages"), CROSSWALKS)
def test_a_crosswalk_pairs_every_indicator_of_both_sides_once(
    tiny: Spoilable, old: str, new: str, messages: list[str]
) -> None:
    tiny.change(CROSSWALK, old, new)
    assert tiny.problems() == [CROSSWALK + message for message in messages]


@pytest.mark.parametrize(("old", "new", "messages"), EVALUATIONS)
def test_an_evaluation_agrees_with_its_methodology_and_the_companies(
    tiny: Spoilable, old: str, new: str, messages: list[str]
) -> None:
    tiny.change(EVALUATION, old, new)
    assert inside(tiny, EVALUATION) == [EVALUATION + message for message in messages]


@pytest.mark.parametrize(
    ("shares", "breaches"),
    [
        ({"scope12": Decimal(30), "scope3": Decimal(70)}, []),
        ({"scope12": Decimal(0), "scope3": Decimal(100)}, []),
        (
            {"scope12": Decimal("33.3"), "scope3": Decimal("66.6")},
            ["shares that add up to 100; 99.9"],
        ),
        ({"scope3": Decimal(100)}, ["a share for each of scope12, scope3; scope3"]),
    ],
)
def test_shares_name_every_weighted_track_and_add_up(
    real: Workspace, shares: dict[str, Decimal], breaches: list[str]
) -> None:
    methodology = real.methodology("automotive-2024")
    found = [f"{f.expected}; {f.found}" for f in check_shares((), methodology, shares)]
    assert found == breaches


def test_the_registry_is_consistent(real: Workspace) -> None:
    automotive, corporate = real.methodology("automotive-2024"), real.methodology("corporate-2023")
    crosswalk = real.store.crosswalk
    assert crosswalk is not None
    assert list(check_methodology(automotive)) == []
    assert list(check_methodology(corporate)) == []
    assert list(check_crosswalk(crosswalk, automotive, corporate)) == []
    evaluation = real.evaluation("automakers-2024")
    assert list(check_evaluation(evaluation, automotive, real.store.entities)) == []


def test_the_registry_stays_far_below_the_limit_of_steps(real: Workspace) -> None:
    for methodology in real.store.methodologies.values():
        assert methodology.maximum / methodology.grid <= MOST_STEPS / 10
