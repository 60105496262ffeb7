"""The page about the API is for everybody, and its policy lets in what it needs."""

from __future__ import annotations

import pytest

from tests.browser.conftest import NewContext
from tests.browser.test_accessibility import OVERFLOW, violations
from tests.support.api import Api

OPEN_ALL = "for (const each of document.querySelectorAll('details')) each.open = true"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_about_the_api_is_for_everybody(
    unconnected: Api, new_context: NewContext, scheme: str
) -> None:
    noises: list[str] = []
    # Its policy lets no script in, axe neither.
    context = new_context(color_scheme=scheme, viewport={"width": 320, "height": 800}, bypass_csp=True)
    page = context.new_page()
    page.goto(f"{unconnected.origin}/api")
    page.evaluate(OPEN_ALL)
    assert page.evaluate(OVERFLOW) == 0
    assert violations(page.main_frame) == []
    strict = new_context(color_scheme=scheme).new_page()
    strict.on("console", lambda said: noises.append(said.text))
    strict.goto(f"{unconnected.origin}/api")
    assert strict.evaluate("getComputedStyle(document.querySelector('h1')).fontWeight") == "600"
    assert noises == []


def test_whoever_looks_for_a_route_finds_how_to_call_it(unconnected: Api, new_context: NewContext) -> None:
    page = new_context().new_page()
    page.goto(f"{unconnected.origin}/api")
    page.get_by_role("link", name="expansions").click()
    page.get_by_text("Count whom a mail to these addresses reaches").click()
    shown = page.locator("#expansions_create")
    assert "Idempotency-Key" in shown.inner_text()
    assert "sales-team@company.com" in shown.inner_text()
    shown.get_by_role("link", name="NewExpansion").first.click()
    assert page.url.endswith("#schema-NewExpansion")
