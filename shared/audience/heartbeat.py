"""A walk's sign of life in the store, and the way in which it is called off."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from shared.audience.limits import Progress
from shared.audience.patience import Patience
from shared.errors import Cancelled, StoreUnavailable

if TYPE_CHECKING:
    from shared.audience.expansion_store import Expansion, ExpansionStore


class Heartbeat:
    """Writes a walk's progress beside it. Stops the walk when its row is gone or somebody else's."""

    def __init__(
        self,
        store: ExpansionStore,
        expansion: Expansion,
        progress: Progress,
        patience: Patience,
        beat: float,
        now: Callable[[], datetime],
    ) -> None:
        self.store = store
        self.expansion = expansion
        self.progress = progress
        self.ahead: Progress | None = None
        """The count by Graph alone, once there is one."""
        self.patience = patience
        self.beat = beat
        self.now = now
        self.stopping = False
        self.waking = threading.Event()
        self.thread = threading.Thread(target=self._beat, name="heartbeat", daemon=True)

    def __enter__(self) -> Heartbeat:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> Expansion:
        """Beat no more; the row as it was last written."""
        self.stopping = True
        self.waking.set()
        self.thread.join()
        return self.current()

    def hurry(self) -> None:
        """Beat now: there is something to show."""
        self.waking.set()

    def current(self) -> Expansion:
        now, wait = self.now(), self.patience.wait
        return replace(
            self.expansion,
            beat_at=now,
            waits_until=now + timedelta(seconds=wait) if wait else None,
            lists_done=self.progress.lists_done,
            lists_known=self.progress.lists_known,
            recipients=self.progress.recipients,
            before=self.progress.before,
            provisional=self.ahead.recipients if self.ahead else None,
            estimate=self.progress.estimate,
        )

    def _beat(self) -> None:
        while True:
            self.waking.wait(self.beat)
            self.waking.clear()
            if self.stopping:
                return
            try:
                self.expansion = self.store.update(self.current())
            except Cancelled:
                self.patience.stop()
                return
            except StoreUnavailable:  # the walk goes on; `keep` will tell whether storage came back
                continue
