"""Numbers in sentences: what a reader takes for a figure, in either language, and nothing else."""

from __future__ import annotations

import pytest

from cati.model.typed_numbers import typed_numbers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Seven companies have full marks.", ["7"]),
        ("One company has a total above 70.", ["1", "70"]),
        ("only one joint venture", ["1"]),
        ("a dozen, a hundred, nineteen or twenty-one", ["12", "100", "19", "21"]),
        ("more than half of the companies", ["50"]),
        ("a third of them; one third; two thirds; two-thirds", ["33", "67"]),
        ("a quarter of them, three quarters of those", ["25", "75"]),
        (
            "2030 companies; 1990 Chinese companies; 2024 points; 2025 %",
            ["2030", "1990", "2024", "2025"],
        ),
        ("1,200 t and 4.75 points", ["1200", "4.75"]),
        ("七家企业得满分", ["7"]),
        ("一家企业的总分超过 70 分", ["1", "70"]),
        ("仅有一家企业", ["1"]),
        ("五十一家、十二项、一百零三款、二十个、两倍", ["51", "12", "103", "20", "2"]),
        ("百分之六十、六成、三分之一、四分之三", ["60", "33", "75"]),
        ("半数以上、超过一半", ["50"]),
        ("三十分、二十%", ["30", "20"]),
        ("2030 家企业、2030家、2025 个", ["2030", "2025"]),
        ("７ 家企业", ["7"]),
    ],
)
def test_what_a_reader_takes_for_a_figure(text: str, numbers: list[str]) -> None:
    assert set(typed_numbers(text).values()) == set(numbers)


@pytest.mark.parametrize(
    "text",
    [
        "In 2024 companies disclosed more; by 2030 targets end; the 2021 model of 2025",
        "2024 年成立，2030 目标，2021 款到 2025 款，2024 分析",
        "Scope 3, Scopes 1 and 2, Scopes one and two, scope three, Table 3-4-3, chapter two",
        "范围3、范围 1和2、表 3-4-3、第 3 章",
        "no one, not one company, one of the leaders, the one above, each one, one another",
        "third-party verification, a third party, the third company, in the third place",
        "first half of 2024, the other half, half-year, the first quarter of 2024",
        "two-wheelers, someone, often, none, net-zero, five-year plan",
        "第一、第二家、第三方、第一梯队",
        "没有一家企业、每一家企业、任何一家、另一家、唯一设有目标的企业、唯一一家企业",
        "是一个重要问题，发布了一项目标，一种做法",
        "十分重要、二氧化碳、一汽、三菱、三一重工、一体化、十四五规划、上半年、零碳",
        "零分之三",
    ],
)
def test_what_says_no_figure(text: str) -> None:
    assert typed_numbers(text) == {}


def test_a_word_is_shown_with_its_number() -> None:
    assert typed_numbers("Seven of 51") == {"Seven (7)": "7", "51": "51"}
