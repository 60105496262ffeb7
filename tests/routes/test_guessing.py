"""What shows of a count before anything is read to its end, through the public door."""

from __future__ import annotations

import threading
import time
import uuid

from tests.support.amounts import exactly
from tests.support.api import ALL, Api


def test_a_running_count_says_about_how_many_there_may_be_and_the_result_does_not(api: Api) -> None:
    api.sandbox.world.faults.set([{"service": "graph", "path": "/members", "delay": 1.5}])
    identifier = str(uuid.uuid4())
    posting = threading.Thread(target=api.expand, args=[ALL], kwargs={"id": identifier})
    posting.start()
    seen: set[int | None] = set()
    until = time.monotonic() + 60
    while posting.is_alive() and time.monotonic() < until:
        time.sleep(0.1)
        answer = api.call("GET", f"/api/expansions/{identifier}").json()
        if answer.get("state") == "running":
            seen.add(answer["progress"]["estimate"])
    posting.join()
    done = api.call("GET", f"/api/expansions/{identifier}").json()
    assert done["count"] == exactly(15)
    # One of Graph's people has no mailbox: a guess, and no promise.
    assert seen == {None, 16}
    assert "progress" not in done
