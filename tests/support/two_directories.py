"""A tenant that Graph and Exchange see differently."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from shared.audience.balance import audience
from shared.audience.limits import Limits, Progress
from shared.audience.planner import Planner
from shared.audience.result import Audience
from shared.audience.walk import walk
from tests.support import fake_exchange, fake_graph
from tests.support.fake_exchange import FakeExchange
from tests.support.fake_graph import BASE, FakeGraph, QuickPatience, Reply
from tests.support.listed import NOW

P1, P2 = "aaaaaaaa-0000-4000-8000-000000000001", "aaaaaaaa-0000-4000-8000-000000000002"


UNIFIED = {"groupTypes": ["Unified"]}


class Tenant:
    """Microsoft's two services, scripted at the wire, and the real adapters before them."""

    def __init__(self, *domains: str) -> None:
        self.graph, self.exchange = FakeGraph(), FakeExchange()
        named = [{"name": domain} for domain in domains or ("x.com", "t.onmicrosoft.com")]
        self.graph.on("/organization", Reply(body={"value": [{"verifiedDomains": named}]}))

    def know(self, address: str, entry: dict[str, Any], collection: str = "groups") -> None:
        """Graph finds `entry` in `collection` behind `address`."""
        known = self.graph.answer

        def answer(path: str) -> Reply:
            is_it = path.startswith(f"/{collection}?") and f"'smtp:{address}'" in unquote(path)
            return fake_graph.members(entry) if is_it else known(path)

        self.graph.answer = answer  # type: ignore[method-assign]

    def show(self, id: str, *pages: Reply) -> None:
        """What Graph answers for the list `id`, page by page."""
        for number, page in enumerate(pages):
            path = f"/groups/{id}/more{number}" if number else f"/groups/{id}/members?"
            if number + 1 < len(pages):
                page.body["@odata.nextLink"] = f"{BASE}/groups/{id}/more{number + 1}"
            self.graph.on(path, page)

    def count(self, *typed: str, exchange: bool = True, limits: Limits | None = None) -> Audience:
        self.numbers: dict[str, int] = {}
        others = [fake_exchange.directory_on(self.exchange)] if exchange else []
        planner = Planner(fake_graph.directory_on(self.graph), others, dynamic_lists=False)
        found = walk(typed, planner, limits or Limits(concurrency=1), QuickPatience(), Progress())
        self.numbers = found.numbers
        return audience(found, NOW)


def codes(found: Audience) -> list[tuple[str, str | None]]:
    return [(problem.code, problem.list) for problem in found.problems]
