"""A private workspace for one company: sound from the start, with what it needs and no more."""

from __future__ import annotations

import datetime
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cati.problems import UsageError
from cati.research.self_assessment.workspace import Started, start
from cati.workspace import Workspace
from tests.conftest import ROOT

DAY = datetime.date(2026, 5, 31)
AUTOMOTIVE = "automotive-2024"


def test_a_company_that_nobody_has_scored(tmp_path: Path) -> None:
    assert start(tmp_path / "mine", "Aurora Motors Co., Ltd.", AUTOMOTIVE, DAY) == Started(
        "self-2026", "aurora-motors-co-ltd", is_peer=False
    )
    workspace = Workspace.open(tmp_path / "mine")
    assert workspace.check() == []
    evaluation = workspace.evaluation("self-2026")
    assert evaluation.self_assessment
    assert [entry.company for entry in evaluation.scope] == ["aurora-motors-co-ltd"]
    assert (evaluation.basis, evaluation.cutoff) == ("assessed", DAY)
    assert evaluation.notice.en.startswith("Private and unofficial")
    entity = workspace.entity("aurora-motors-co-ltd")
    assert (entity.name.en, entity.name_zh.basis) == ("Aurora Motors Co., Ltd.", "none")
    total = workspace.score("self-2026").total(entity.id)
    assert (total.low, total.high) == (0, 100)


@pytest.mark.parametrize("name", ["BMW", "bmw", "宝马"])
def test_a_company_with_a_published_score_is_known_by_any_name(tmp_path: Path, name: str) -> None:
    started = start(tmp_path / "mine", name, AUTOMOTIVE, DAY)
    assert (started.company, started.is_peer) == ("bmw", True)
    workspace = Workspace.open(tmp_path / "mine")
    assert workspace.check() == []
    assert len(workspace.store.entities) == 52
    assert workspace.entity("bmw").name.en == "BMW"


def test_the_peers_can_be_ranked_there(tmp_path: Path, real: Workspace) -> None:
    start(tmp_path / "mine", "Aurora", AUTOMOTIVE, DAY)
    card = Workspace.open(tmp_path / "mine").score("automakers-2024")
    assert card.order == real.score("automakers-2024").order


@pytest.mark.slow
def test_another_methodology_has_no_peers(tmp_path: Path) -> None:
    """A checkout is where methodologies come from; here, one with another beside IPE's."""
    checkout = tmp_path / "checkout"
    shutil.copytree(ROOT / "indicators", checkout / "indicators")
    for name in ("cati", "companies", "reports"):
        (checkout / name).symlink_to(ROOT / name)
    own = shutil.copytree(checkout / "indicators" / AUTOMOTIVE, checkout / "indicators/steel-2026")
    file = own / "methodology.yaml"
    text = file.read_text(encoding="utf-8").replace(f"id: {AUTOMOTIVE}", "id: steel-2026")
    file.write_text(text, encoding="utf-8")
    code = (
        "import datetime, sys, pathlib\n"
        "from cati.research.self_assessment.workspace import start\n"
        "day = datetime.date(2026, 5, 31)\n"
        "start(pathlib.Path(sys.argv[1]), 'Boreal Steel', 'steel-2026', day)\n"
    )
    subprocess.run(
        [sys.executable, "-c", code, tmp_path / "mine"],
        env={**os.environ, "PYTHONPATH": str(checkout)},
        cwd=tmp_path,
        check=True,
    )
    workspace = Workspace.open(tmp_path / "mine")
    assert workspace.check() == []
    assert list(workspace.store.evaluations) == ["self-2026"]
    assert sorted(workspace.store.entities) == ["boreal-steel", "ipe"]
    assert workspace.entity("boreal-steel").kind == "supplier"


@pytest.mark.parametrize(
    ("name", "expected"), [("Škoda Élan", "skoda-elan"), ("A" * 90, "a" * 64), ("7 Seas", "7-seas")]
)
def test_an_id_is_made_of_a_latin_name(tmp_path: Path, name: str, expected: str) -> None:
    assert start(tmp_path / "mine", name, AUTOMOTIVE, DAY).company == expected


@pytest.mark.slow
def test_a_chinese_name_needs_an_id(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    for name in ("曙光汽车", "曙光Auto"):
        with pytest.raises(UsageError, match=r"no id can be made of the name .* give one by --id"):
            start(folder, name, AUTOMOTIVE, DAY)
    assert not folder.exists()
    assert start(folder, "曙光汽车", AUTOMOTIVE, DAY, "shuguang").company == "shuguang"
    entity = Workspace.open(folder).entity("shuguang")
    assert (entity.name.zh, entity.name_zh.basis) == ("曙光汽车", "brand_usage")
    assert Workspace.open(folder).check() == []


@pytest.mark.parametrize(
    ("name", "methodology", "company_id", "message"),
    [
        ("Aurora", AUTOMOTIVE, "bmw", "the id bmw is that of BMW; choose another by --id"),
        ("Aurora", AUTOMOTIVE, "ipe", "the id ipe is that of"),
        ("BMW", AUTOMOTIVE, "beemer", "BMW is bmw among the published scores; leave --id out"),
        ("Aurora", AUTOMOTIVE, "Au Rora", "the id: expected an id of lower-case letters"),
        ("Aurora", "automotive-2023", None, "no methodology automotive-2023: did you mean"),
        ("Aurora", "corporate-2023", None, "has no criteria, .*; these have: automotive-2024"),
        (" ", AUTOMOTIVE, None, "the company's name: expected some text"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_written(
    tmp_path: Path, name: str, methodology: str, company_id: str | None, message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        start(tmp_path / "mine", name, methodology, DAY, company_id)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_content_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="expected a new or empty folder"):
        start(tmp_path, "Aurora", AUTOMOTIVE, DAY)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
