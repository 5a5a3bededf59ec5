from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from matplotlib import font_manager
from matplotlib.font_manager import FontPath

from cati.report import fonts
from cati.report.fonts import MissingFontError, faces_for, font_for
from tests.conftest import ROOT


def file_of(text: str) -> FontPath:
    path = font_for(text).get_file()
    assert isinstance(path, FontPath)
    return path


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A machine without any font of its own."""
    monkeypatch.setattr(font_manager.fontManager, "ttflist", [])
    monkeypatch.setattr(font_manager, "findSystemFonts", list)
    return monkeypatch


@pytest.fixture(scope="module")
def rare(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """A character that no carried font has, and a font of a known family that has it."""
    path = tmp_path_factory.mktemp("rare") / "rare.otf"
    font = TTFont(fonts.TYPEFACES / "NotoSansSC-Regular.otf")
    for record in font["name"].names:
        if record.nameID == 1:
            record.string = "Noto Sans CJK SC"
    for table in font["cmap"].tables:
        table.cmap[0x3AC8] = table.cmap[ord("气")]
    font.save(path)
    return "\u3ac8", path


def test_european_text_takes_the_font_that_comes_with_matplotlib() -> None:
    path = file_of("Citroën – Škoda 95 † *")

    assert Path(path).name == "DejaVuSans.ttf"
    assert "mpl-data" in path


def test_chinese_text_takes_the_font_that_cati_carries() -> None:
    text = "华晨宝马 BMW 73.1–75 † 范围一"

    font = font_manager.get_font(file_of(text))

    assert font.family_name == "Noto Sans SC Subset"
    assert {ord(char) for char in text} <= set(font.get_charmap())


@pytest.mark.parametrize("face", [0, 1], ids=["regular", "bold"])
def test_the_carried_font_has_all_of_gb_2312(face: int) -> None:
    rows = (bytes((high, low)) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    characters = "".join(row.decode("gb2312", "ignore") for row in rows)
    assert len(characters) == 6763

    carried = font_manager.get_font(fonts.CARRIED["Noto Sans SC Subset"][face]).get_charmap()
    assert {ord(char) for char in characters} <= set(carried)


def test_everything_the_repository_says_can_be_drawn_without_a_font_of_the_machine() -> None:
    places = ("indicators/**/*.yaml", "companies/**/*.yaml", "reports/*/*.*", "cati/**/*.po")
    files = [path for place in places for path in ROOT.glob(place)]
    assert len(files) > 100

    text = "".join({char for path in files for char in path.read_text(encoding="utf-8")})
    assert fonts.beyond(text) == "", "run tools/typefaces.py"


def test_a_character_that_no_font_has_is_named_with_what_to_install() -> None:
    # the last-resort font that matplotlib carries has it, as a box
    with pytest.raises(MissingFontError) as error:
        font_for("CATI \ue000")

    assert error.value.missing == "\ue000"
    assert str(error.value) == (
        "no font here can draw '\\ue000'; for rare or traditional Chinese characters install the "
        "package fonts-noto-cjk (Debian, Ubuntu) or the font Noto Sans CJK SC (elsewhere)"
    )


@pytest.mark.usefixtures("bare")
def test_without_a_font_of_the_machine_missing_characters_are_named_and_counted() -> None:
    rare = "".join(map(chr, range(0x3400, 0x340C)))
    with pytest.raises(MissingFontError, match=r"draw '㐀', '㐁', '㐂', .* and 4 more; for rare"):
        font_for(f"BYD 汽车{rare}")


@pytest.mark.slow
def test_a_rare_character_takes_a_font_of_the_machine_and_is_told(
    rare: tuple[str, Path], bare: pytest.MonkeyPatch
) -> None:
    char, path = rare
    assert fonts.beyond("气候 CO₂ \n\u200b") == ""
    assert fonts.beyond(f"气{char}") == "none here"

    bare.setattr(font_manager, "findSystemFonts", lambda: [str(path)])
    assert Path(file_of(f"气{char}")) == path
    assert Path(file_of("气")).name == "NotoSansSC-Regular.otf"
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    assert fonts.beyond(f"气{char}") == f"Noto Sans CJK SC {digest}"


@pytest.mark.slow
def test_a_font_installed_after_matplotlib_made_its_list_is_found_and_a_broken_one_is_none(
    rare: tuple[str, Path], bare: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    char, path = rare
    broken = tmp_path / "broken.ttf"
    broken.write_text("not a font")
    bare.setattr(font_manager, "findSystemFonts", lambda: [str(broken), str(path)])

    assert Path(file_of(char)) == path


@pytest.mark.slow
def test_a_font_that_was_taken_away_is_passed_over(
    bare: pytest.MonkeyPatch, rare: tuple[str, Path], tmp_path: Path
) -> None:
    char, path = rare
    gone = font_manager.FontEntry(fname=str(tmp_path / "gone.otf"), name=fonts.FAMILIES[0])
    there = font_manager.FontEntry(fname=str(path), name=fonts.FAMILIES[0])
    bare.setattr(font_manager.fontManager, "ttflist", [gone, there])

    assert Path(file_of(char)) == path


@pytest.mark.parametrize("text", ["Citroën 95", "气候 95"])
def test_a_bold_face_is_of_the_same_family_and_has_every_character(text: str) -> None:
    faces = faces_for(text)
    assert faces.bold is not None
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
