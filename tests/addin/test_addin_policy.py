"""The privacy policy says the same in every language, and of times and limits what settings begin with."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.support.environment import settings
from tests.support.node import Node
from tools.addin import ADDIN, ROOT

TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in (ADDIN / "policy").glob("*.md")}
SPOKEN = {path.name for path in (ADDIN / "src" / "words").iterdir() if path.is_dir()} - {"pane", "pages"}
DETAILS = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
# The rows of its table, in their order.
TIMES = [
    ("expansion_lifetime", 3600),
    ("messages_kept", 1),
    ("events_kept", 1),
    (None, None),
    ("audit_kept", 365),
]


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    with Node('export { detailsPage, policyPage } from "../policy.mjs";') as node:
        yield node


def test_every_language_of_the_pane_has_the_policy() -> None:
    assert TEXTS.keys() == {"en", *SPOKEN}


@pytest.mark.parametrize("language", sorted(SPOKEN))
def test_it_is_whole_in_every_language(language: str) -> None:
    english, other = TEXTS["en"], TEXTS[language]
    assert shape(other) == shape(english)
    assert re.findall(r"\]\(([^)]+)\)", other) == re.findall(r"\]\(([^)]+)\)", english)
    paragraphs = [text for text in re.split(r"\n\s*\n", english) if len(text) > 30]
    assert [text for text in paragraphs if text in other] == []


@pytest.mark.parametrize("language", sorted(TEXTS))
def test_its_times_are_those_that_settings_begin_with(language: str) -> None:
    rows = re.findall(r"^\|(?!-).*\|([^|]+)\|$", TEXTS[language], re.MULTILINE)[1:]
    for row, (name, unit) in zip(rows, TIMES, strict=True):
        numbers = [int(found) for found in re.findall(r"\d+", row)]
        assert numbers == ([int(getattr(settings(), name) / unit)] if name and unit else [])
    assert settings().smallest_group == 5
    assert settings().published_after == (24 * 3600,)


def test_the_page_has_all_of_each_text_and_no_link_or_script_too_many(node: Node) -> None:
    assert_whole(node.call("policyPage", TEXTS, "assets/pages.css"), TEXTS.values())


def test_what_stands_behind_it_is_all_on_a_page_too(node: Node) -> None:
    assert_whole(node.call("detailsPage", DETAILS, "assets/pages.css"), [DETAILS])


def assert_whole(page: str, texts: object) -> None:
    written = "\n".join(texts)  # type: ignore[arg-type]
    assert "<script" not in page
    for heading in re.findall(r"^#{1,2} (.+)$", written, re.MULTILINE):
        assert re.search(rf">{re.escape(heading)}</h[12]>", page)
    identifiers = re.findall(r' id="([^"]+)"', page)
    assert len(identifiers) == len(set(identifiers))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(identifiers)
    assert page.count("<tr>") == len(re.findall(r"^\|(?!-)", written, re.MULTILINE))
    assert not re.search(r"\*\*|\]\(|^\|", page, re.MULTILINE)


def shape(text: str) -> list[str]:
    """How each block of a text begins, and how many words it has in bold and links."""
    blocks = re.split(r"\n(?=- )|\n(?=\|)|\n\s*\n", text.strip())
    kinds = [re.match(r"#+|- |\||", block) for block in blocks]
    counted = [(block.count("**"), block.count("](")) for block in blocks]
    return [f"{kind[0] if kind else ''} {marks}" for kind, marks in zip(kinds, counted, strict=True)]
