from __future__ import annotations

from cati.analysis.roadmap.examples import Examples
from cati.workspace import Workspace


def test_an_example_ends_at_a_source_and_a_place_in_it(real: Workspace) -> None:
    assessed = real.assess("automakers-2024")
    examples = Examples(real, "automakers-2024", assessed, "bmw")("2.3.1/value")
    polestar = next(example for example in examples if example.company == "polestar")
    (found,) = polestar.evidence
    assert found.disclosure == "polestar/product-footprints-by-model-year"
    assert all(place.source in real.store.sources and place.locator for place in found.where)


def test_nobody_is_an_example_for_oneself(real: Workspace) -> None:
    assessed = real.assess("automakers-2024")
    found = Examples(real, "automakers-2024", assessed, "polestar")("2.3.1/value")
    assert "polestar" not in {example.company for example in found}
    assert all(assessed.answers[e.company].effective("2.3.1/value") == "met" for e in found)
