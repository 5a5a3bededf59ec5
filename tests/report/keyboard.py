"""A reader without a mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page


def tab_to(
    page: Page, name: str, role: Literal["button", "combobox", "link", "searchbox", "slider"]
) -> None:
    """Go with the tabulator to what is called so, and see that it is marked there."""
    wanted = page.get_by_role(role, name=name, exact=True).first
    for _ in range(40):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            assert wanted.evaluate("element => getComputedStyle(element).outlineStyle") != "none"
            return
    pytest.fail(f"the keyboard does not reach {name}")
