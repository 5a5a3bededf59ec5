"""The printed report: a tagged PDF (PDF/UA-1) that looks the same everywhere, set by typst."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import resources
from pathlib import Path

import typst

from cati.model.language import Language
from cati.problems import ascii_controls
from cati.report.edition import Edition
from cati.report.figures.drawing import Figure
from cati.report.fonts import SHOWN, Faces, MissingFontError, chain_for
from cati.report.pdf.content import Content, report_content

LONGEST_WORD, STEP = 34, 12
"""Characters without a space beyond which a word may be broken, and how often at least."""
PART = re.compile(r"[^/.]*[/.]+|[^/.]+")
"""Links and the like are broken behind slashes and full stops."""
BREAK = "\u200b"
WORD = re.compile(rf"[^\s\u2e80-\uffef]{{{LONGEST_WORD + 1},}}")
"""Chinese needs no place to break: it has one between any two characters."""
Change = Callable[[str], str]

VERBATIM = ("svg", "url", "font")
"""Fields that are not printed as text."""


def write_pdf(
    edition: Edition,
    path: Path,
    language: Language,
    figures: Mapping[Language, Mapping[str, Figure]],
) -> list[str]:
    """Write the printed report of an edition, if there is a font for it.

    Parameters
    ----------
    edition : Edition
    path : Path
    language : {"en", "zh"}
    figures : mapping
        By language and name. A language without any shows none.

    Returns
    -------
    list of str
        What could not be printed and why; without a font nothing is written.
    """
    content = printable(report_content(edition, language, figures.get(language, {})))
    try:
        faces, unknown = faces_of(content)
    except MissingFontError as error:
        return [f"no PDF in language {language}: {error}"]
    notes = []
    if unknown:
        content = spelt_out(content, unknown)
        codes = " ".join(f"U+{ord(char):04X}" for char in unknown[:SHOWN])
        notes.append(
            f"PDF in language {language}: no font here has {len(unknown)} characters of the files; "
            f"their codes stand instead ({codes})"
        )
    path.write_bytes(typeset({**content, "font": [one.family for one in faces]}, faces))
    return notes


def typeset(content: Content, faces: Sequence[Faces]) -> bytes:
    """The report as a PDF.

    Parameters
    ----------
    content : dict
        As `report_content` gives it, with the families of the fonts.
    faces : sequence of Faces
        The only fonts there are, the first one used wherever it can be.
    """
    layout = resources.files("cati.report") / "typst" / "report.typ"
    with tempfile.TemporaryDirectory() as folder:
        files = [face for one in faces for face in (one.regular, one.bold)]
        for number, face in enumerate(files):
            if face is not None:
                (Path(folder) / f"{number}{Path(face).suffix}").symlink_to(Path(face).resolve())
        fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
        )
        pdf = typst.compile(
            layout.read_bytes(),
            font_paths=fonts,
            sys_inputs={"data": json.dumps(content, ensure_ascii=False)},
            pdf_standards=["ua-1"],
        )
    if not isinstance(pdf, bytes):
        raise TypeError("a report is one file")
    return pdf


def faces_of(content: Content) -> tuple[tuple[Faces, ...], str]:
    """Fonts for everything that is printed, and the characters they lack.

    Raises
    ------
    MissingFontError
        If none has all of the interface, the evaluation or the methodology. Names and
        titles may need a second one, and single characters of theirs may be missing.
    """
    own = "".join(_texts([content[key] for key in ("words", "title", "notice", "method")]))
    codes = "U+0123456789ABCDEF[]"
    needed, everything = (
        "".join(sorted({*text} - {BREAK})) for text in (own + codes, "".join(_texts(content)))
    )
    return chain_for(needed, everything)


def printable(content: Content) -> Content:
    """The same with no hidden character, and with places to break long words."""
    changed = _changed(content, _printable)
    assert isinstance(changed, dict)  # noqa: S101  it keeps its form
    return changed


def spelt_out(content: Content, characters: str) -> Content:
    """The same with the codes of some characters in their place."""
    codes = {ord(char): f"[U+{ord(char):04X}]" for char in characters}
    changed = _changed(content, lambda text: text.translate(codes))
    assert isinstance(changed, dict)  # noqa: S101  it keeps its form
    return changed


def _printable(text: str) -> str:
    return WORD.sub(_with_breaks, ascii_controls(text.replace("\u00a0", " ")))


def _with_breaks(word: re.Match[str]) -> str:
    return BREAK.join(part for found in PART.finditer(word[0]) for part in _steps(found[0]))


def _steps(part: str) -> list[str]:
    if len(part) <= LONGEST_WORD:
        return [part]
    return [part[at : at + STEP] for at in range(0, len(part), STEP)]


def _changed(part: object, change: Change) -> object:
    if isinstance(part, str):
        return change(part)
    if isinstance(part, dict):
        return {k: v if k in VERBATIM else _changed(v, change) for k, v in part.items()}
    return [_changed(one, change) for one in part] if isinstance(part, list) else part


def _texts(part: object) -> Iterator[str]:
    """Every text that is printed."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        for key, value in part.items():
            if key not in VERBATIM:
                yield from _texts(value)
    elif isinstance(part, list):
        for one in part:
            yield from _texts(one)
