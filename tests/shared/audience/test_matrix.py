"""Every kind of list against every set of directories: a count is true, or says that it is not."""

from __future__ import annotations

from operator import attrgetter
from pathlib import Path

import pytest

from docs.compatibility import compatibility_page
from tests.support.matrix import COLUMNS, EWS, EXCHANGE, GRAPH, ROWS, Cell, Row, run

PAGE = Path(__file__).parents[3] / "docs" / "compatibility.md"
EVERYTHING = COLUMNS[-1]
Cells = dict[tuple[str, tuple[str, ...]], Cell]


@pytest.fixture(scope="module")
def cells() -> Cells:
    """All of them, by row and by what is connected."""
    return {(cell.row.name, cell.connected): cell for cell in run()}


@pytest.mark.parametrize("connected", COLUMNS, ids="+".join)
@pytest.mark.parametrize("row", ROWS, ids=attrgetter("name"))
def test_no_count_is_called_complete_and_wrong(cells: Cells, row: Row, connected: tuple[str, ...]) -> None:
    found = cells[row.name, connected].audience
    if found is None:
        assert "@" not in row.typed  # refused as no address, and not counted as nobody
    elif found.complete:
        assert (found.count, found.problems) == (row.true, [])
    else:
        assert found.count <= row.true
        assert found.problems
        known = {row.typed, *(entry.address for entry in found.lists), None}
        assert all(problem.list in known and problem.text and problem.remedy for problem in found.problems)
        short = [entry for entry in found.lists if entry.problem]
        assert short or not found.lists


@pytest.mark.parametrize("connected", COLUMNS[1:], ids="+".join)
def test_with_exchange_connected_a_nested_dynamic_list_is_counted_exactly(
    cells: Cells, connected: tuple[str, ...]
) -> None:
    for name in ("dynamic", "nested_dynamic", "nested_public_folder"):
        assert cells[name, connected].complete


def test_without_exchange_a_dynamic_list_is_reported(
    cells: Cells,
) -> None:
    assert cells["dynamic", (GRAPH,)].codes == ["not_found"]
    assert cells["nested_dynamic", (GRAPH,)].codes == ["dynamic_not_visible"]


def test_with_everything_connected_all_is_counted_that_any_directory_shows(
    cells: Cells,
) -> None:
    short = {row.name for row in ROWS if not cells[row.name, EVERYTHING].complete}
    assert short == {"personal", "security", "hidden_microsoft_365", "on_premises"}


def test_microsoft_365_groups_are_read_from_graph_and_lists_from_exchange(
    cells: Cells,
) -> None:
    assert cells["nested_microsoft_365", EVERYTHING].answered == [GRAPH, EXCHANGE]
    assert cells["nested_microsoft_365", (GRAPH, EWS)].answered == [GRAPH, EWS]
    assert cells["microsoft_365", EVERYTHING].answered == [GRAPH]


@pytest.mark.parametrize("connected", COLUMNS, ids="+".join)
def test_external_recipients_are_told_apart_by_every_directory(
    cells: Cells, connected: tuple[str, ...]
) -> None:
    found = cells["external", connected].audience
    assert found
    assert found.external == 2
    assert "external_recipients" in {warning.code for warning in found.warnings}


def test_the_compatibility_page_is_what_the_run_says(
    cells: Cells,
) -> None:
    page = compatibility_page(list(cells.values()))
    assert PAGE.read_text(encoding="utf-8") == page, "run dev.py docs for compatibility.md"
