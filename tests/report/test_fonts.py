from __future__ import annotations

import os
from pathlib import Path

import pytest
from matplotlib import font_manager
from matplotlib.font_manager import FontPath

from cati.report import fonts
from cati.report.fonts import MissingFontError, faces_for, font_for


def file_of(text: str) -> FontPath:
    path = font_for(text).get_file()
    assert isinstance(path, FontPath)
    return path


@pytest.fixture
def chinese() -> FontPath:
    """A font with Chinese; without one the tests are skipped, unless everything is required."""
    try:
        return file_of("气候")
    except MissingFontError as error:
        if os.environ.get("CATI_REQUIRE_ALL") == "1":
            pytest.fail(str(error))
        pytest.skip(str(error))


@pytest.fixture
def no_chinese(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A system without any Chinese font."""
    everything = font_manager.fontManager.ttflist
    files = {entry.fname for entry in everything if entry.name in fonts.FAMILIES}
    listed = [entry for entry in everything if entry.fname not in files]
    monkeypatch.setattr(font_manager.fontManager, "ttflist", listed)
    monkeypatch.setattr(font_manager, "findSystemFonts", list)
    return monkeypatch


def test_european_text_takes_the_font_that_comes_with_matplotlib() -> None:
    path = file_of("Citroën – Škoda 95 † *")

    assert Path(path).name == "DejaVuSans.ttf"
    assert "mpl-data" in path


def test_chinese_text_takes_a_font_that_has_every_character(chinese: FontPath) -> None:
    text = "华晨宝马 BMW 73.1–75 † 范围一"

    font = font_manager.get_font(file_of(text))

    assert font.family_name in fonts.FAMILIES
    assert {ord(char) for char in text} <= set(font.get_charmap())


def test_of_a_collection_the_simplified_chinese_face_is_taken(chinese: FontPath) -> None:
    if Path(chinese).name != "NotoSansCJK-Regular.ttc":
        pytest.skip("the font here is no collection of several languages' forms")

    assert font_manager.get_font(chinese).family_name == "Noto Sans CJK SC"


def test_a_character_that_no_font_has_is_named_with_what_to_install() -> None:
    # the last-resort font that matplotlib carries has it, as a box
    with pytest.raises(MissingFontError) as error:
        font_for("CATI \ue000")

    assert error.value.missing == "\ue000"
    assert str(error.value) == (
        "no font here can draw '\\ue000'; for Chinese install the package fonts-noto-cjk "
        "(Debian, Ubuntu) or the font Noto Sans CJK SC (elsewhere)"
    )


@pytest.mark.usefixtures("no_chinese")
def test_without_a_chinese_font_the_missing_characters_are_named_and_counted() -> None:
    with pytest.raises(MissingFontError, match=r"draw '业', '中', '价', .* and 4 more; for"):
        font_for("BYD 汽车企业气候行动评价中国")


def test_a_font_installed_after_matplotlib_made_its_list_is_found(
    chinese: FontPath, no_chinese: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.ttf"
    broken.write_text("not a font")
    no_chinese.setattr(font_manager, "findSystemFonts", lambda: [str(broken), str(chinese)])

    assert Path(file_of("气候")) == Path(chinese)


def test_a_font_that_was_taken_away_is_passed_over(
    monkeypatch: pytest.MonkeyPatch, chinese: FontPath, tmp_path: Path
) -> None:
    gone = font_manager.FontEntry(fname=str(tmp_path / "gone.otf"), name=fonts.FAMILIES[0])
    listed = [gone, *font_manager.fontManager.ttflist]
    monkeypatch.setattr(font_manager.fontManager, "ttflist", listed)

    assert Path(file_of("气候")).exists()


@pytest.mark.parametrize("text", ["Citroën 95", "气候 95"])
def test_a_bold_face_is_of_the_same_family_and_has_every_character(text: str) -> None:
    try:
        faces = faces_for(text)
    except MissingFontError as error:
        if os.environ.get("CATI_REQUIRE_ALL") == "1":
            pytest.fail(str(error))
        pytest.skip(str(error))

    if faces.bold is None:
        pytest.skip("the font here has no bold face")
    bold = font_manager.get_font(faces.bold)
    assert bold.family_name == faces.family
    assert "Bold" in bold.style_name
    assert {ord(char) for char in text} <= set(bold.get_charmap())


def test_a_bold_face_without_a_character_is_not_taken() -> None:
    regular = set(font_manager.get_font(faces_for("a").regular).get_charmap())
    bold = faces_for("a").bold
    assert bold is not None
    only = sorted(regular - set(font_manager.get_font(bold).get_charmap()))

    assert faces_for(chr(only[0])).bold is None
