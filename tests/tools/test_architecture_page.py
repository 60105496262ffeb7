"""The page about the architecture shows the house that stands, and leads to where things are decided."""

from __future__ import annotations

import re
from pathlib import Path

from docs.house import PAGE, ROOT, architecture_page


def test_the_page_has_every_room_in_its_own_words_and_none_that_is_gone() -> None:
    assert PAGE.read_text(encoding="utf-8") == architecture_page(), "run dev.py docs"


def test_every_module_of_the_house_says_in_a_sentence_what_it_is_about() -> None:
    silent = [
        path
        for folder in ("shared", "sandbox", "routes")
        for path in (ROOT / folder).rglob("*.py")
        if not re.match(r'"""\S', path.read_text(encoding="utf-8"))
    ]
    assert silent == []


def test_each_question_is_answered_where_the_page_says() -> None:
    section = PAGE.read_text(encoding="utf-8").partition("## Where is it decided?")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| [^|]+ \| `([\w/.]+)`, `([^`]+)` \|$", section, re.MULTILINE)
    assert len(rows) >= 12
    for path, words in rows:
        assert words in (Path(ROOT) / path).read_text(encoding="utf-8"), path


def test_every_decision_says_what_it_costs_and_what_holds_it() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert len(pages) >= 12
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert [
            word for word in ("**Chosen.**", "**Rejected.**", "**What it costs.**") if word not in text
        ] == []
        assert "**Held by**" in text, page.name
        for path in re.findall(r"`(tests/[\w/]+(?:\.py|/))`", text):
            assert (ROOT / path).exists(), path
