"""Places in a source, and how a source names its own source, in each language.

The files say them in English, as in ``section 3.5(3), Figure 3-5-8``. Each part that is known
is translated; any other stays as it is.
"""

from __future__ import annotations

import re
from itertools import pairwise

from markupsafe import Markup, escape

from cati.model.language import Language
from cati.report.language import translations

_BREAK = re.compile(r"(,? and |, |; |: )(?![^(]*\))")
"""What stands between two parts; a part keeps what it has in brackets."""

ENGLISH = Markup('<span lang="en">{}</span>')
"""Marks English among words of another language."""

_NUMBERED = re.compile(r"(.+) ([\w.()-]+)")
_NUMBERS = re.compile(r"[0-9-]+")
"""A part of its own in ``footnotes 57 and 61``."""


class Places:
    """Words of one language for the places that the files name.

    Parameters
    ----------
    language : {"en", "zh"}
    """

    def __init__(self, language: Language) -> None:
        self.language = language
        _, pgettext = translations(language).gettext, translations(language).pgettext
        self._breaks = {
            ", ": pgettext("place", ", "),
            "; ": pgettext("place", "; "),
            ": ": pgettext("place", ": "),
            " and ": pgettext("place", " and "),
            ", and ": pgettext("place", ", and "),
        }
        self._numbered = {
            "Table": _("Table {number}"),
            "Figure": _("Figure {number}"),
            "text of Figure": _("text of Figure {number}"),
            "Appendix": _("Appendix {number}"),
            "footnote": _("footnote {number}"),
            "footnotes": _("footnotes {number}"),
            "chapter": _("chapter {number}"),
            "section": _("section {number}"),
            "page": _("page {number}"),
            "Case": _("Case {number}"),
            "major indicator list item": _("major indicator list item {number}"),
            "industry channels": _("industry channels {number}"),
        }
        self._named = {
            "Executive Summary": _("Executive Summary"),
            "paragraph before the list": _("paragraph before the list"),
            "table of aluminium companies' targets": _("table of aluminium companies' targets"),
            "nearest footnote": _("nearest footnote"),
            "by position": _("by position"),
            "named in the text": _("named in the text"),
            "company websites": _("company websites"),
            "annual reports": _("annual reports"),
            "sustainability reports": _("sustainability reports"),
            "production": pgettext("place", "production"),
            "sales bulletins": _("sales bulletins"),
            "collected by IPE through public information": _(
                "collected by IPE through public information"
            ),
            "IPE's own calculation": _("IPE's own calculation"),
        }

    def plain(self, locator: str) -> str:
        """A place as text without marks."""
        return "".join(text for text, _ in self._pieces(locator))

    def marked(self, locator: str) -> str | Markup:
        """A place in which whatever stays English among other words is marked as English."""
        pieces = self._pieces(locator)
        if all(is_said for _, is_said in pieces):
            return "".join(text for text, _ in pieces)
        return Markup().join(
            escape(text) if is_said else ENGLISH.format(text) for text, is_said in pieces
        )

    def _pieces(self, locator: str) -> list[tuple[str, bool]]:
        """A place cut where the language changes, each piece with whether it is said in ours."""
        if self.language == "en":
            return [(locator, True)]
        parts = _BREAK.split(locator)
        said = [self._said(part) for part in parts[::2]]
        pieces = [_piece(parts[0], said[0])]
        for mark, part, (before, now) in zip(parts[1::2], parts[2::2], pairwise(said), strict=True):
            if before is None and now is None:
                pieces[-1] = (pieces[-1][0] + mark + part, False)
            else:
                pieces += [(self._breaks[mark], True), _piece(part, now)]
        return pieces

    def _said(self, part: str) -> str | None:
        """A part in this language; None where it has no words for it."""
        if part in self._named:
            return self._named[part]
        if _NUMBERS.fullmatch(part):
            return part
        found = _NUMBERED.fullmatch(part)
        form = self._numbered.get(found[1]) if found else None
        return form.format(number=found[2]) if found and form else None


def _piece(part: str, said: str | None) -> tuple[str, bool]:
    return (part, False) if said is None else (said, True)
