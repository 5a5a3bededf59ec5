"""Statements checked: the verdicts, the bases, and what a message says of a wrong file."""

from __future__ import annotations

import pytest

from cati.analysis.claims.inquiry import Checked, Inquiry, expression_problems
from cati.analysis.claims.values import exact
from cati.problems import UsageError
from cati.workspace import Workspace
from tests.conftest import Spoilable

FILE = "reports/first/claims.yaml"


def inquire(tiny: Spoilable, *statements: str, head: str = "") -> Inquiry:
    """A file of statements; each is given as its fields behind id and sentence."""
    text = f"format: 1\n{head}statements:\n"
    for number, fields in enumerate(statements):
        sentence = "" if "statement:" in fields else ", statement: {en: Said., zh: 说过。}"
        text += f"  - {{id: s{number}{sentence}, {fields}}}\n"
    tiny.write(FILE, text)
    return Inquiry(tiny.open(), "first")


def check(tiny: Spoilable, *statements: str, head: str = "") -> tuple[Checked, ...]:
    """The statements of a file, all of which can be checked."""
    inquiry = inquire(tiny, *statements, head=head)
    assert inquiry.problems() == ()
    return inquiry.check()


def test_the_four_verdicts(tiny: Spoilable) -> None:
    checked = check(
        tiny,
        "expressions: ['count(total < 5) == 2']",
        "expressions: ['count(total < 5) == 3']",
        "expressions: ['count(total < 5) == companies']",
        "expressions: [\"points('alpha', '1.1.1') > 1\"]",
    )
    assert [c.verdict for c in checked] == ["confirmed", "contradicted", "subset", "undecided"]
    assert [c.as_expected for c in checked] == [True, False, False, False]
    assert [base.id for base in checked[2].true_on] == [
        "joint-ventures",
        "chinese",
        "chinese-without-joint-ventures",
    ]


def test_readings_that_disagree_decide_nothing(tiny: Spoilable) -> None:
    (checked,) = check(tiny, "expressions: ['count(total > 5) == 1', 'count(total > 2) == 1']")
    assert checked.verdict == "undecided"
    (checked,) = check(tiny, "expressions: ['count(total > 5) == 1', 'count(total > 2) == 3']")
    assert checked.verdict == "confirmed"


def test_a_base_of_its_own_is_not_changed(tiny: Spoilable) -> None:
    (checked,) = check(tiny, "base: without-joint-ventures, expressions: ['companies == 3']")
    assert (checked.verdict, len(checked.base.companies)) == ("contradicted", 2)
    (checked,) = check(tiny, "base: total < 5, expressions: ['companies == 2']")
    assert (checked.verdict, checked.base.companies) == ("confirmed", ("beta", "gamma"))


def test_a_statement_about_everybody_has_no_smaller_base(tiny: Spoilable) -> None:
    fields = "expressions: ['all(total < 5)']"
    (checked,) = check(tiny, fields)
    assert checked.verdict == "subset"
    (checked,) = check(tiny, f"whole: true, {fields}")
    assert (checked.verdict, checked.true_on) == ("contradicted", ())


def test_a_base_where_nobody_is_looked_at_confirms_nothing(tiny: Spoilable) -> None:
    (checked,) = check(tiny, "expressions: ['all(total > 50 where overseas)']")
    assert checked.verdict == "contradicted"


def test_a_company_that_a_base_leaves_out_is_not_asked_for_there(tiny: Spoilable) -> None:
    (checked,) = check(tiny, "expressions: [\"rank('alpha') == 2\"]")
    assert (checked.verdict, checked.true_on) == ("contradicted", ())
    asked = Inquiry(tiny.open(), "first").ask("rank('alpha') == 1")
    assert "chinese" not in {base.id for base, _ in asked.answers}


def test_a_number_of_places_that_a_base_does_not_have_is_not_asked_for_there(
    tiny: Spoilable,
) -> None:
    asked = Inquiry(tiny.open(), "first").ask("top(count(joint_venture)) == 'alpha'")
    bases = {base.id for base, _ in asked.answers}
    assert "all" in bases
    assert "without-joint-ventures" not in bases


def test_definitions_that_grow_without_end_are_told_by_line(tiny: Spoilable) -> None:
    head = "definitions:\n  - {name: d0, expression: '999999999999999'}\n"
    head += "".join(f"  - {{name: d{i}, expression: d{i - 1} * d{i - 1}}}\n" for i in range(1, 40))
    first = str(inquire(tiny, "expressions: [total > 1]", head=head).problems()[0])
    assert first.startswith(f"{FILE}:4: definitions[1].expression: expected numbers below 10^20")


def test_definitions_that_rest_on_each_other_without_end_are_told_by_line(tiny: Spoilable) -> None:
    head = "definitions:\n  - {name: d0, expression: '1'}\n"
    head += "".join(f"  - {{name: d{i}, expression: d{i - 1} + 1}}\n" for i in range(1, 600))
    tiny.write(FILE, f"format: 1\n{head}statements:\n  - {{id: a, statement: {{en: x, zh: y}}, ")
    with (tiny.root / FILE).open("a", encoding="utf-8") as stream:
        stream.write("expressions: [total > 1]}\n")
    problems = expression_problems(tiny.open())
    assert [p.severity for p in problems[:1]] == ["warning"]
    assert str(problems[0]).startswith(
        f"{FILE}:44: definitions[41].expression: expected at most 40 definitions"
    )


def test_sentences_are_filled(tiny: Spoilable) -> None:
    sentence = "'{count(total < 5)} of {companies}', zh: '{companies} 家中有 {count(total < 5)} 家'"
    (checked,) = check(tiny, f"statement: {{en: {sentence}}}")
    assert checked.verdict == "confirmed"
    assert checked.values == {"count(total < 5)": exact(2), "companies": exact(3)}


def test_a_sentence_that_cannot_be_filled_exactly_is_not_decidable(tiny: Spoilable) -> None:
    value = "{count(points('1.1.1') > 1)}"
    (checked,) = check(
        tiny, f'statement: {{en: "{value} have a pledge.", zh: "{value} 家有承诺。"}}'
    )
    assert checked.verdict == "undecided"


def test_facts_and_definitions_belong_to_the_file(tiny: Spoilable) -> None:
    head = (
        "facts:\n  - {id: cars, value: 90, unit: million, cites: an almanac}\n"
        "  - {id: span, value: 1.5, to: 3, unit: t, cites: a book}\n"
        "definitions:\n  - {name: low_total, expression: total < 5}\n"
    )
    checked = check(
        tiny,
        "expressions: [fact('cars') == 90 and count(low_total) == 2]",
        "expressions: [fact('span') > 1]",
        "expressions: [fact('span') > 2]",
        head=head,
    )
    assert [c.verdict for c in checked] == ["confirmed", "confirmed", "undecided"]


def test_every_expression_that_means_nothing_is_told_by_line(tiny: Spoilable) -> None:
    head = (
        "definitions:\n  - {name: total, expression: rank}\n  - {name: good, expression: goood}\n"
    )
    inquiry = inquire(
        tiny,
        "expressions: ['count(totl > 1) == 1']",
        "expressions: [count(total > 1)]",
        "base: chineze-ones, expressions: ['companies == 1']",
        "base: listed, expressions: ['companies == 1']",
        "base: total > 90, expressions: ['companies == 1']",
        "base: suppliers, expressions: ['companies == 1']",
        "statement: {en: '{total}', zh: '{total}'}",
        "expressions: ['count(total > 5) == 1']",
        head=head,
    )
    assert [(c.statement.id, c.verdict) for c in inquiry.check()] == [("s7", "confirmed")]
    assert inquiry.unchecked == 7
    said = [str(problem).removeprefix(f"{FILE}:") for problem in inquiry.problems()]
    assert said == [
        "3: definitions[0].name: expected a new name; found 'total'",
        "4: definitions[1].expression: expected a known name; found 'goood' in column 1 of 'goood' "
        "(docs/howto/claims.md lists the names)",
        "6: statements[0].expressions[0]: expected a known name; found 'totl' in column 7 of "
        "'count(totl > 1) == 1' (did you mean total?)",
        "7: statements[1].expressions[0]: expected something true or false; found a number in "
        "column 1 of 'count(total > 1)' (compare it, or count the companies for which it holds)",
        "8: statements[2].base: expected a standard base; found 'chineze-ones' in column 1 of "
        "'chineze-ones' (did you mean chinese?)",
        "9: statements[3].base: expected a condition that is known of every company; found not "
        "known of beta, gamma in column 1 of 'listed'",
        "10: statements[4].base: expected a condition that some company meets; found none in "
        "column 1 of 'total > 90'",
        "11: statements[5].base: expected a base with companies; found no supplier in column 1 of "
        "'suppliers'",
        "12: statements[6].statement: expected a number, a word or a set of companies; found a "
        "figure of every company in column 1 of 'total'",
    ]


def test_all_files_are_looked_through(tiny: Spoilable) -> None:
    assert expression_problems(tiny.open()) == []
    inquire(tiny, "expressions: [totl > 1]")
    (problem,) = expression_problems(tiny.open())
    assert (problem.place, problem.severity) == (f"{FILE}:3", "warning")
    (tiny.root / "reports/first/points.csv").unlink()
    assert expression_problems(tiny.open()) == []


def test_without_a_file_only_questions_can_be_asked(tiny: Spoilable) -> None:
    inquiry = Inquiry(tiny.open(), "first")
    with pytest.raises(UsageError, match=r"first has no claims\.yaml; --ask answers one question"):
        inquiry.check()
    (base, answer), *_ = inquiry.ask("max(total)").answers
    assert (base.id, answer.value) == ("all", exact(inquiry.card.total("alpha").low))


def test_a_question_is_answered_on_every_base(real: Workspace) -> None:
    asked = Inquiry(real, "automakers-2024").ask("share(steel_aluminium > 0) > 60")
    assert {base.id for base in asked.bases(True)} == {
        "without-joint-ventures",
        "overseas",
        "listed",
        "new-energy",
        "traditional-without-joint-ventures",
        "american",
        "european",
        "japanese",
        "korean",
    }
    assert "all" in {base.id for base in asked.bases(False)}
    assert asked.bases(None) == ()


def test_assessed_points_give_bounds(real: Workspace) -> None:
    inquiry = Inquiry(real, "automakers-2024", "assessed")
    (_, answer), *_ = inquiry.ask("count(total > 50)").answers
    assert not answer.value.is_exact  # type: ignore[union-attr]


NAMED = [
    'all(total > 60 where company in ["mercedes-benz", "tesla"])',
    'all(total > 60 where company == "mercedes-benz" or company == "tesla")',
    'count(total > 60 and company in ["mercedes-benz", "tesla"]) == 2',
    'min(total where company in ["mercedes-benz", "tesla"]) > 60',
    'companies(total > 60 where company in ["tesla", "kia"]) == ["mercedes-benz", "tesla"]',
    'all(total > 60 where company in ["Mercedes", "特斯拉"])',
    'total("mercedes-benz") > 60 and total("tesla") > 60',
]


@pytest.mark.parametrize("text", NAMED)
def test_who_is_named_belongs_to_every_base(real: Workspace, text: str) -> None:
    asked = Inquiry(real, "automakers-2024").ask(text)
    assert asked.verdict == "contradicted"
    for base, _ in asked.answers:
        assert {"mercedes-benz", "tesla"} <= set(base.companies)


def test_the_first_ten_are_not_asked_for_where_there_are_no_more(real: Workspace) -> None:
    asked = Inquiry(real, "automakers-2024").ask('"tesla" in top(10)')
    assert asked.verdict == "contradicted"
    assert min(len(base.companies) for base, _ in asked.answers) > 10


def test_who_is_named_by_a_word_belongs_to_every_base(real: Workspace) -> None:
    inquiry = Inquiry(real, "automakers-2024")
    asked = inquiry.ask('all(total > 40 where country in ["Germany", "Japan"])')
    bases = {base.id for base, _ in asked.answers}
    assert {"all", "overseas"} <= bases
    assert bases.isdisjoint({"european", "japanese", "chinese"})
    without = inquiry.ask('count(country == "Japan") == 0', base="european")
    assert without.verdict == "confirmed", "a base of its own may have none"


def test_a_definition_with_names_leaves_nobody_out_either(tiny: Spoilable) -> None:
    head = 'definitions:\n  - {name: both, expression: \'company in ["alpha", "beta"]\'}\n'
    (checked,) = check(tiny, "expressions: [all(total < 5 where both)]", head=head)
    assert (checked.verdict, checked.true_on) == ("contradicted", ())


def test_a_question_may_be_asked_of_one_base(real: Workspace) -> None:
    inquiry = Inquiry(real, "automakers-2024")
    asked = inquiry.ask('count(recorded(place: "Table 4-2-1")) >= 21', base="suppliers")
    assert [base.id for base, _ in asked.answers] == ["suppliers"]
    assert asked.verdict == "confirmed"
    asked = inquiry.ask("companies == 2", base='company in ["bmw", "tesla"]')
    assert asked.verdict == "confirmed"
    with pytest.raises(UsageError, match="name their base, such as suppliers"):
        inquiry.ask('count(recorded(place: "Table 4-2-1")) == 0')
    with pytest.raises(UsageError, match="did you mean suppliers"):
        inquiry.ask("companies == 2", base="supplier-s")


def test_what_may_hold_on_a_smaller_base_is_not_contradicted(real: Workspace) -> None:
    inquiry = Inquiry(real, "automakers-2024")
    text = 'count(recorded(of: "net saving")) == 0'
    asked = inquiry.ask(text)
    assert asked.answers[0][1].truth is False
    assert asked.bases(None)
    assert asked.verdict == "undecided"
    assert inquiry.ask(text, base="all").verdict == "contradicted"


def test_a_file_has_the_same_verdicts(tiny: Spoilable) -> None:
    fields = "expressions: [\"all(points('1.1.1') > 1)\"]"
    (checked,) = check(tiny, fields)
    asked = Inquiry(tiny.open(), "first").ask("all(points('1.1.1') > 1)")
    assert checked.verdict == asked.verdict
    (checked,) = check(tiny, f"whole: true, {fields}")
    assert checked.open_on == ()


def test_definitions_that_take_a_name_of_the_language_are_not_used(tiny: Spoilable) -> None:
    head = "definitions:\n  - {name: total, expression: rank}\n"
    inquiry = inquire(tiny, "expressions: [count(total > 5) == 1]", head=head)
    assert [c.verdict for c in inquiry.check()] == ["confirmed"]
    (problem,) = inquiry.problems()
    assert "definitions[0].name: expected a new name; found 'total'" in str(problem)


def test_definitions_with_parameters_are_looked_at_before_they_are_used(tiny: Spoilable) -> None:
    head = (
        "definitions:\n  - {name: above, parameters: [least], expression: totl > least}\n"
        "  - {name: below, parameters: [total], expression: total > 3}\n"
        "  - {name: fine, parameters: [most], expression: total < most}\n"
    )
    inquiry = inquire(tiny, "expressions: [count(fine(5)) == 2]", head=head)
    assert [c.verdict for c in inquiry.check()] == ["confirmed"]
    assert [str(p).removeprefix(f"{FILE}:") for p in inquiry.problems()] == [
        "3: definitions[0].expression: expected a known name; found 'totl' in column 1 of "
        "'totl > least' (did you mean total?)",
        "4: definitions[1].parameters[0]: expected a new name; found 'total'",
    ]


def test_facts_have_bounds(tiny: Spoilable) -> None:
    head = (
        "facts:\n  - {id: cars, value: 20, bound: more_than, unit: '%', cites: an almanac}\n"
        "  - {id: vans, value: 20, bound: up_to, unit: '%', cites: an almanac}\n"
    )
    checked = check(
        tiny,
        "expressions: [fact('cars') > 20 and fact('vans') <= 20]",
        "expressions: [fact('vans') < 20]",
        "expressions: [fact('cars') <= 20]",
        head=head,
    )
    assert [c.verdict for c in checked] == ["confirmed", "undecided", "contradicted"]
