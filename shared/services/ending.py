"""The end of a process: what is in memory alone goes home before SIGTERM ends it.

The Functions host ends its Python worker with SIGTERM, of which the worker takes no notice: Python dies at
once, and nothing that was registered with `atexit` runs. A local host ends by itself, so both lead here.
"""

from __future__ import annotations

import atexit
import logging
import os
import signal
import threading
from collections.abc import Callable
from typing import Any

log = logging.getLogger(__name__)


class Ending:
    """Runs acts once, when the process ends. Thread-safe."""

    def __init__(self) -> None:
        self._acts: list[Callable[[], None]] = []
        self._lock = threading.Lock()
        self._before: Any = None
        self._watching = False
        self._begun = False
        self._over = False

    def add(self, act: Callable[[], None]) -> None:
        """Have `act` run at the end. It may take some seconds, and shall not raise."""
        with self._lock:
            self._acts.append(act)
        atexit.register(self.run)
        self.watch()

    def watch(self) -> None:
        """Listen for SIGTERM, which only the main thread may begin; from any other, nothing happens."""
        if self._watching or threading.current_thread() is not threading.main_thread():
            return
        self._before = signal.signal(signal.SIGTERM, self._ended) or signal.SIG_DFL
        self._watching = True

    def run(self) -> None:
        """Run what has not been run."""
        with self._lock:
            acts, self._acts = self._acts, []
        for act in acts:
            try:
                act()
            except Exception:
                log.exception("something could not be brought home at the end of the process")

    def _ended(self, number: int, frame: object) -> None:
        if not self._begun:
            # In a thread of its own: the loop goes on meanwhile, and what it holds is not waited for twice.
            self._begun = True
            threading.Thread(target=self._run_and_ask_again, name="ending", daemon=True).start()
        elif self._over:  # now as if we had never listened: Python's own end, or another handler's
            signal.signal(signal.SIGTERM, self._before)
            os.kill(os.getpid(), signal.SIGTERM)

    def _run_and_ask_again(self) -> None:
        self.run()
        self._over = True
        os.kill(os.getpid(), signal.SIGTERM)


ending = Ending()
