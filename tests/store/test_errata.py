"""Errata are read with the evaluation they belong to."""

from __future__ import annotations

from cati.store.file_kinds import ERRATA
from tests.conftest import Spoilable
from tests.model.test_errata import FILE, GOOD


def test_an_evaluation_without_errata_has_none(tiny: Spoilable) -> None:
    assert tiny.open().store.of(ERRATA) == {}


def test_a_link_out_of_the_workspace_is_refused(tiny: Spoilable) -> None:
    outside = tiny.root.parent / "errata.yaml"
    outside.write_text(GOOD, encoding="utf-8")
    (tiny.root / FILE).symlink_to(outside)
    assert tiny.problems() == [f"{FILE}: expected a file of the workspace; found a link out"]
