"""Statements that nobody has written an expression for before, on the real tables.

The right verdicts were read from the printed tables: 17 of the 32 rows of Table 3-4-1 say yes, of
the makers Nio, BYD, Xpeng, Li Auto, Leapmotor, Hozonauto, Seres and Dongfeng in China, Polestar,
Volvo Cars, Mercedes-Benz and Jaguar Land Rover in Europe, Rivian and Tesla in America, Honda in
Japan, Hyundai and Kia in Korea. Table 3-4-2 has eight companies, Table 3-4-3 is not complete in
the store.
"""

from __future__ import annotations

import pytest

from cati.analysis.claims.expression import ExpressionError
from cati.analysis.claims.inquiry import Inquiry
from cati.workspace import Workspace

YES = 'recorded(place: "Table 3-4-1")'
SHARE = 'figure(of: "sales that are new-energy vehicles", unit: "%")'


@pytest.fixture(scope="module")
def inquiry(real: Workspace) -> Inquiry:
    return Inquiry(real, "automakers-2024")


@pytest.mark.parametrize(
    ("said", "question", "verdict"),
    [
        ("Eight Chinese makers commit themselves.", f"count({YES} and chinese) == 8", "confirmed"),
        ("Both Korean makers do.", f'all({YES} where region == "korean")', "confirmed"),
        (
            "Honda alone does in Japan.",
            f'companies({YES} where region == "japanese") == "honda"',
            "confirmed",
        ),
        ("Volkswagen does.", f'value("volkswagen", {YES})', "contradicted"),
        ("BMW and Volvo Cars do.", f'all({YES} where company in ["bmw", "volvo"])', "contradicted"),
        ("No joint venture does.", f"count({YES} and joint_venture) == 0", "confirmed"),
        (
            "Renault sells the largest share of the makers that also burn fuel.",
            f'leader({SHARE} where known({SHARE}) and {SHARE} < 60) == "renault"',
            "confirmed",
        ),
        ("Eight makers have a target.", 'count(recorded(place: "Table 3-4-2")) == 8', "confirmed"),
        (
            "GAC has none for steel or aluminium.",
            'not recorded("GAC", place: "Table 3-4-2", subject: ["steel", "aluminium"])',
            "confirmed",
        ),
        (
            "GAC takes no action on steel.",
            'not recorded("GAC", place: "Table 3-4-3", subject: "steel")',
            "undecided",
        ),
        ("At least 18 act.", 'count(recorded(place: "Table 3-4-3")) >= 18', "confirmed"),
        ("Exactly 18 act.", 'count(recorded(place: "Table 3-4-3")) == 18', "undecided"),
        (
            "Ford takes more than 9,000 t of metal from parts.",
            'figure_sum("ford", place: "Table 3-4-3", unit: "t") > 9000',
            "confirmed",
        ),
        ("The serial number of Subaru is 18.", 'printed_rank("subaru") == 18', "confirmed"),
        ("The rank of Subaru is 18.", 'rank("subaru") == 18', "contradicted"),
        (
            "Every printed total but those above 70 is below 66.",
            "all(printed_total < 66 where not total > 70)",
            "confirmed",
        ),
    ],
    ids=lambda value: value if str(value).endswith(".") else "",
)
def test_statements_come_to_what_the_tables_say(
    inquiry: Inquiry, said: str, question: str, verdict: str
) -> None:
    assert inquiry.ask(question, base="all").verdict == verdict, said


@pytest.mark.parametrize(
    "question",
    [
        'count(recorded(place: "Table 4-2-1", subject: "steel")) == 0',
        'count(recorded(of: "emissions peak")) == 0',
        'count(recorded(statement: "perpetual motion")) == 0',
        'count(recorded(place: "Table 33-4-1")) == 0',
        'records("bmw", year: "1875") == 0',
    ],
)
def test_nothing_counts_zero_for_want_of_a_label(inquiry: Inquiry, question: str) -> None:
    with pytest.raises(ExpressionError, match=r"expected .+; found "):
        inquiry.ask(question)
