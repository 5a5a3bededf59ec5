"""Make the Chinese typeface that the package carries, from Noto Sans CJK SC.

    python tools/typefaces.py REGULAR.ttc BOLD.ttc

Both faces keep the characters of GB 2312, every one that a file of this repository
uses, and the Latin, Greek and punctuation that stand between them. To be run again
where a text brings a character that they lack; `tests/report/test_fonts.py` tells.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

ROOT = Path(__file__).parents[1]
TYPEFACES = ROOT / "cati/report/typefaces"
FAMILY = "Noto Sans CJK SC"
CARRIED = "Noto Sans SC Subset"
"""Of another name than the whole family, which a system may have as well."""

BETWEEN = (
    *(range(0x20, 0x7F), range(0xA0, 0x250), range(0x370, 0x400), range(0x2000, 0x2070)),
    *(range(0x2190, 0x2300), range(0x2460, 0x2500), range(0xFF01, 0xFF5F)),
)
"""Latin, Greek, punctuation, arrows, mathematics, numbers in circles, full-width forms."""

FAMILY_NAMES, FULL_NAMES, POSTSCRIPT_NAME = (1, 16), (4,), 6
"""Numbers of entries in a font's table of names."""


def characters() -> set[str]:
    """All characters that the typeface is to have, as far as the whole one has them."""
    rows = [bytes((high, low)) for high in range(0xA1, 0xF8) for low in range(0xA1, 0xFF)]
    found = set("".join(row.decode("gb2312", "ignore") for row in rows))
    for name in files_of_the_repository():
        try:
            found |= set((ROOT / name).read_text(encoding="utf-8"))
        except UnicodeDecodeError:
            continue  # no text
    return found | {chr(code) for codes in BETWEEN for code in codes}


def files_of_the_repository() -> list[str]:
    """Tracked files but those of the tests, which try characters of all kinds."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return [name for name in listed.stdout.split("\0") if name and not name.startswith("tests/")]


def carried(collection: Path, weight: str) -> TTFont:
    """One face of a collection, cut down and renamed."""
    options = subset.Options(
        hinting=False, layout_features=["kern"], name_IDs=["*"], name_languages=["*"]
    )
    font = subset.load_font(str(collection), subset.Options(font_number=_face(collection)))
    cutter = subset.Subsetter(options)
    cutter.populate(text="".join(sorted(characters())))
    cutter.subset(font)
    for record in font["name"].names:
        if record.nameID in FAMILY_NAMES:
            record.string = CARRIED
        elif record.nameID in FULL_NAMES:
            record.string = f"{CARRIED} {weight}"
        elif record.nameID == POSTSCRIPT_NAME:
            record.string = f"{CARRIED.replace(' ', '')}-{weight}"
    top = font["CFF "].cff
    top.fontNames = [f"{CARRIED.replace(' ', '')}-{weight}"]
    top.topDictIndex[0].FamilyName = CARRIED
    top.topDictIndex[0].FullName = f"{CARRIED} {weight}"
    return font


def _face(collection: Path) -> int:
    """Where the Simplified Chinese face stands in a collection."""
    number = 0
    while True:
        face = TTFont(collection, fontNumber=number, lazy=True)
        if face["name"].getDebugName(1) == FAMILY:
            return number
        number += 1


def main() -> None:
    """Write both faces."""
    for weight, collection in zip(("Regular", "Bold"), sys.argv[1:3], strict=True):
        target = TYPEFACES / f"NotoSansSC-{weight}.otf"
        carried(Path(collection), weight).save(target)
        print(f"{target.relative_to(ROOT)}  {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
