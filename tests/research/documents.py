"""Documents for tests: PDFs set by typst, or written byte by byte; saved web pages."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache

from cati.report.fonts import TYPEFACES
from tests.conftest import missing

PAD = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
FONTS = '("Noto Sans SC Subset", "Libertinus Serif")'
"""Of the package and of typst: the same on every machine."""


@cache
def set_pdf(*pages: str) -> bytes:
    """A PDF of these pages, in English or Chinese, as a designer's program would make it."""
    try:
        import typst
    except ImportError:
        missing("the package typst")
    source = f'#set text(font: {FONTS}, size: 9pt, lang: "en", hyphenate: true)\n'
    source += "#set par(justify: true)\n#set page(width: 330pt, height: 500pt)\n"
    marked = (page.translate({ord(c): f"\\{c}" for c in "#$*_`@<>[]\\~"}) for page in pages)
    source += "\n#pagebreak()\n".join(marked)
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[TYPEFACES])
    content: bytes = typst.compile(source.encode(), format="pdf", font_paths=fonts)
    return content


def written_pdf(pages: Sequence[str | None], password: str | None = None) -> bytes:
    """A PDF of one line on each page, or of a grey square on a page that is None.

    With a password it is encrypted (RC4, 40 bits); an empty one opens by itself.
    """
    square = "q 200 0 0 200 50 50 cm /I Do Q"
    drawn = [square if page is None else f"BT /F 12 Tf 40 700 Td ({page}) Tj ET" for page in pages]
    return drawn_pdf(*drawn, password=password)


def line(*runs: tuple[str, float, float], x: float = 40, y: float = 700) -> str:
    """A line of a drawn page: texts with their sizes and by how much each is raised."""
    shown = ""
    for text, size, rise in runs:
        escaped = text.replace("(", "\\(").replace(")", "\\)")
        shown += f"/F {size} Tf {rise} Ts ({escaped}) Tj "
    return f"BT {x} {y} Td {shown}ET "


def drawn_pdf(*pages: str, password: str | None = None) -> bytes:
    """A PDF of pages of 600 by 800 points, each drawn by its operators: /F a font, /I an image."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b""]
    objects.append(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
    objects.append(
        b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray"
        b"/BitsPerComponent 8/Length 1>>stream\n\x80\nendstream"
    )
    kids = []
    key = None if password is None else _key(password)
    for page in pages:
        drawn = page.encode("ascii")
        number = len(objects) + 1
        kids.append(f"{number} 0 R")
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents {number + 1} 0 R"
            "/Resources<</Font<</F 3 0 R>>/XObject<</I 4 0 R>>>>>>".encode()
        )
        if key is not None:
            drawn = _rc4(_of_object(key, number + 1), drawn)
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn))
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>".encode()
    trailer = b"/Root 1 0 R"
    if key is not None:
        user = _rc4(key, PAD).hex().encode()
        objects.append(
            b"<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -4>>" % (PAD.hex().encode(), user)
        )
        trailer += b"/Encrypt %d 0 R/ID[<00><00>]" % len(objects)
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n" % size
    return (
        out
        + head
        + table
        + b"trailer<</Size %d%s>>\nstartxref\n%d\n%%%%EOF"
        % (
            size,
            trailer,
            len(out),
        )
    )


def _key(password: str) -> bytes:
    padded = (password.encode() + PAD)[:32]
    permissions = (-4 & 0xFFFFFFFF).to_bytes(4, "little")
    return hashlib.md5(padded + PAD + permissions + b"\0").digest()[:5]  # noqa: S324  PDF 1.4


def _of_object(key: bytes, number: int) -> bytes:
    content = key + number.to_bytes(3, "little") + b"\0\0"
    return hashlib.md5(content).digest()[:10]  # noqa: S324  PDF 1.4


def _rc4(key: bytes, content: bytes) -> bytes:
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in content:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def saved_page(html: str, charset: str = "utf-8") -> bytes:
    """A web page as Chromium saves it in one file."""
    import base64

    body = base64.encodebytes(html.encode(charset)).decode()
    return (
        "From: <Saved by Blink>\n"
        "Snapshot-Content-Location: https://aurora.example/supply-chain\n"
        "Subject: Supply chain\n"
        "Date: Thu, 20 Mar 2025 08:00:00 +0800\n"
        "MIME-Version: 1.0\n"
        'Content-Type: multipart/related; type="text/html"; boundary="----edge"\n\n'
        "------edge\n"
        f"Content-Type: text/html; charset={charset}\n"
        "Content-Transfer-Encoding: base64\n"
        "Content-Location: https://aurora.example/supply-chain\n\n"
        f"{body}\n"
        "------edge\n"
        "Content-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n"
        "------edge--\n"
    ).encode()
