"""Profiles, sources and disclosures: what is wrong with them is said where it stands."""

from __future__ import annotations

from tests.conftest import Spoilable

ALPHA = "companies/alpha/company.yaml"
SOURCES = "companies/press/sources.yaml"
EVIDENCE = "companies/alpha/evidence.yaml"

ONE = """\
format: 1
disclosures:
  - id: coal-exit
    statement: Alpha leaves coal by 2030.
    indicators: [tiny/1.1.1]
    polarity: supports
    confidence: high
    where:
      - {source: press/report, locator: p. 7}
"""


def with_line(after: str, line: str) -> str:
    assert after in ONE
    return ONE.replace(after, f"{after}\n{line}")


def test_a_sound_disclosure_is_no_problem(tiny: Spoilable) -> None:
    tiny.write(EVIDENCE, ONE)
    assert tiny.problems() == []
    assert list(tiny.open().store.disclosures) == ["alpha/coal-exit"]


def test_a_disclosure_needs_a_source(tiny: Spoilable) -> None:
    tiny.write(EVIDENCE, ONE.replace("      - {source: press/report, locator: p. 7}\n", ""))
    assert tiny.problems() == [
        f"{EVIDENCE}:8: disclosures[0].where: expected a list; found nothing"
    ]


def test_a_source_that_does_not_exist_gets_a_hint(tiny: Spoilable) -> None:
    tiny.write(EVIDENCE, ONE.replace("press/report", "press/raport"))
    (problem,) = tiny.problems()
    assert problem.startswith(
        f"{EVIDENCE}:9: disclosures[0].where[0].source: expected a source in "
        "companies/<entity>/sources.yaml; found 'press/raport' (did you mean press/report"
    )


def test_an_indicator_that_does_not_exist_is_named(tiny: Spoilable) -> None:
    tiny.write(EVIDENCE, ONE.replace("tiny/1.1.1", "tiny/1.1.9"))
    (problem,) = tiny.problems()
    assert problem.startswith(
        f"{EVIDENCE}:5: disclosures[0].indicators[0]: expected an indicator as "
        "<methodology>/<code>; found 'tiny/1.1.9' (did you mean tiny/"
    )


def test_a_conflict_points_back(tiny: Spoilable) -> None:
    second = ONE[ONE.index("  - id") :].replace("coal-exit", "coal-stays")
    first = with_line("p. 7}", "    conflicts_with: [alpha/coal-stays]")
    tiny.write(EVIDENCE, first + second)
    assert tiny.problems() == [
        f"{EVIDENCE}:10: disclosures[0].conflicts_with[0]: expected a conflict that points back: "
        "alpha/coal-stays with conflicts_with alpha/coal-exit; found none"
    ]


def test_a_disclosure_cannot_replace_itself(tiny: Spoilable) -> None:
    line = "    supersedes: {disclosure: alpha/coal-exit, was: 2040, reason: newer}"
    tiny.write(EVIDENCE, with_line("p. 7}", line.replace("2040", "'2040'")))
    assert tiny.problems() == [
        f"{EVIDENCE}:10: disclosures[0].supersedes.disclosure: expected an earlier disclosure; "
        "found a circle back to itself"
    ]


def test_an_id_is_given_once(tiny: Spoilable) -> None:
    tiny.write(EVIDENCE, ONE + ONE[ONE.index("  - id") :])
    assert tiny.problems() == [
        f"{EVIDENCE}:10: disclosures[1].id: expected each disclosure once; "
        "found 'coal-exit' a second time"
    ]


def test_whose_act_it_is_must_be_known(tiny: Spoilable) -> None:
    tiny.write(EVIDENCE, with_line("[tiny/1.1.1]", "    act_of: gama"))
    assert tiny.problems() == [
        f"{EVIDENCE}:6: disclosures[0].act_of: expected an entity with a folder in companies/; "
        "found 'gama' (did you mean gamma?)"
    ]


def test_a_range_has_its_ends_in_order(tiny: Spoilable) -> None:
    tiny.write(EVIDENCE, with_line("[tiny/1.1.1]", "    figures: [{value: 80, to: 50, unit: '%'}]"))
    assert tiny.problems() == [
        f"{EVIDENCE}:6: disclosures[0].figures[0].to: expected 80 or more; found 50"
    ]


def test_nothing_is_read_before_it_was_published(tiny: Spoilable) -> None:
    tiny.change(SOURCES, "    language: en\n", "    language: en\n    accessed: 1999-01-01\n")
    (problem,) = tiny.problems()
    assert problem.startswith(f"{SOURCES}:")
    assert "sources[0].accessed: expected a date not before" in problem


def test_a_relation_ends_after_it_began(tiny: Spoilable) -> None:
    file = "companies/gamma/company.yaml"
    tiny.change(file, "    share: 50\n", "    since: 2020-05\n    until: 2019\n")
    (problem,) = tiny.problems()
    assert "relations[0].until: expected a date not before 2020-05; found 2019" in problem


def test_broken_evidence_is_one_problem_and_not_one_for_each_reference(tiny: Spoilable) -> None:
    line = "    conflicts_with: [beta/coal-stays]"
    tiny.write(EVIDENCE, with_line("p. 7}", line))
    tiny.write("companies/beta/evidence.yaml", ONE.replace("supports", "yes"))
    assert tiny.problems() == [
        "companies/beta/evidence.yaml:6: disclosures[0].polarity: "
        "expected supports, partial or absent; found 'yes'"
    ]


def test_evidence_after_the_cutoff_is_a_warning(tiny: Spoilable) -> None:
    cutoff = tiny.open().evaluation("first").cutoff
    late = f"{cutoff.year + 1}-01"
    tiny.write(
        SOURCES,
        tiny.read(SOURCES)
        + f"  - {{id: late, kind: other, title: Late, language: en, published: {late}}}\n",
    )
    tiny.write(EVIDENCE, ONE.replace("press/report", "press/late"))
    (problem,) = tiny.open().check()
    assert problem.severity == "warning"
    assert str(problem) == (
        f"{EVIDENCE}:3: expected evidence public by {cutoff}, the cut-off date of "
        f"first; found alpha/coal-exit, public since {late}-01"
    )
