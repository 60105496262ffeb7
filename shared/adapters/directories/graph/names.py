"""What Graph calls people: asked once, for whoever looks at their ids, and kept nowhere.

Source: "Get a user", learn.microsoft.com/graph/api.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from shared.adapters.directories.graph.wire import BATCH, GraphWire
from shared.adapters.directories.http import DirectoryResponse, Session


class _User(msgspec.Struct):
    displayName: str | None = None


def fetch_names(url: str, access_token: str, ids: Sequence[str], timeout: float) -> dict[str, str]:
    """By object id, of at most a batch of them; whom Graph at `url` does not name is missing. `timeout` is in
    seconds. Raises DirectoryDown or UnreadableAnswer."""
    asked = ids[:BATCH]
    with Session(1) as session:
        paths = [f"/users/{each}?$select=displayName" for each in asked]
        answers = GraphWire(url, session).batch(paths, access_token, timeout)
    named = {each: _name(answer) for each, answer in zip(asked, answers, strict=True)}
    return {each: name for each, name in named.items() if name}


def _name(answer: DirectoryResponse) -> str:
    try:
        user = msgspec.json.decode(answer.body, type=_User) if answer.status == 200 else _User()
    except ValueError:
        return ""
    return (user.displayName or "").strip()
