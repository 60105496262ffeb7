"""What the trail says of an expansion."""

from __future__ import annotations

from collections.abc import Mapping

from shared import trace
from shared.audience.expansion_store import Expansion
from shared.audience.result import Audience
from shared.audit import Kind
from shared.errors import RollcallError, ServiceAccountError


def describe_expansion(
    expansion: Expansion, outcome: Audience | RollcallError
) -> tuple[Kind, str, Mapping[str, object]]:
    """Kind, subject and facts of a walk's record: the lists that were typed, and never a member."""
    facts: dict[str, object] = {
        "expansion": expansion.id,
        "client_request_ids": f"{trace.beginning_of(expansion.runner)}*",
    }
    if isinstance(outcome, RollcallError):
        code = outcome.reason if isinstance(outcome, ServiceAccountError) else outcome.code
        return Kind.EXPANSION_FAILED, "", facts | {"failure": code}
    typed = [entry.address for entry in outcome.lists if entry.parent is None]
    facts |= {
        "count": outcome.count,
        "complete": outcome.complete,
        "lists": len(outcome.lists),
        "problems": sorted({problem.code for problem in outcome.problems}),
    }
    return Kind.EXPANDED, " ".join(typed), facts
