"""Take the pictures of the site that the documentation shows: ``python docs/images/make.py``.

Needs a program named chromium. Every picture of the folder is made here.
"""

from __future__ import annotations

import shutil
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from cati import Workspace
from cati.report.publish import edition_of
from cati.report.site.pages import write_pages

IMAGES = Path(__file__).parent
ROOT = IMAGES.parents[1]
DESKTOP, PHONE = (1280, 1000), (390, 844)
PICTURES = {
    "ranking": ("en/ranking.html", DESKTOP),
    "site-front": ("en/index.html", DESKTOP),
    "site-ranking-zh": ("zh/ranking.html#region=chinese&joint=without&share=50", DESKTOP),
    "site-company": ("en/companies/geely-auto.html", DESKTOP),
    "site-company-zh": ("zh/companies/mercedes-benz.html#i5.3.2", DESKTOP),
    "site-indicator": ("en/indicators/5.3.2.html", DESKTOP),
    "site-compare": ("en/compare.html#c=geely-auto+byd+bmw", DESKTOP),
    "site-groups-zh": ("zh/groups.html", DESKTOP),
    "site-methodology": ("en/methodology.html", DESKTOP),
    "site-phone-zh": ("zh/ranking.html", PHONE),
    "site-phone-company-zh": ("zh/companies/geely-auto.html#sum", PHONE),
}


def main() -> None:
    """Write the pages of the 2024 evaluation into a temporary folder, and take the pictures."""
    edition = edition_of(Workspace.open(ROOT), "automakers-2024")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        write_pages(edition, Path(folder), {})
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        for name, (address, (width, height)) in PICTURES.items():
            page = browser.new_page(
                viewport={"width": width, "height": height}, reduced_motion="reduce"
            )
            page.goto(f"{Path(folder).as_uri()}/{address}")
            picture = Image.open(BytesIO(page.screenshot()))
            picture.quantize(256).save(IMAGES / f"{name}.png", optimize=True)
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
