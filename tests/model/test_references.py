from __future__ import annotations

from cati.model.references import code_of, codes_in, id_of, indicator_of, owner_of


def test_names_fall_into_their_parts() -> None:
    assert (owner_of("ipe/report-2024"), id_of("ipe/report-2024")) == ("ipe", "report-2024")
    assert (indicator_of("5.3.2/named"), id_of("5.3.2/named")) == ("5.3.2", "named")
    assert code_of("automotive-2024/5.3.2") == "5.3.2"


def test_codes_are_those_of_one_methodology() -> None:
    questions = ("automotive-2024/5.3.2", "corporate-2023/1.1", "automotive-2024/2.1.1")
    assert codes_in("automotive-2024", questions) == ("5.3.2", "2.1.1")
    assert codes_in("automotive", questions) == ()
