"""Runs a Python module that ends when the process that started it does, even when that one is killed.

`python -m sandbox.stack.tether MODULE ARGUMENTS...`: the starter keeps our standard input open, and the
system closes it on the starter's death. The module is then interrupted as by Ctrl-C, and ended if that takes
long.
"""

from __future__ import annotations

import _thread
import os
import runpy
import signal
import sys
import threading
import time

GRACE = 15.0  # seconds to tidy up in


def main() -> None:
    """Run the module with standard input empty."""
    module = sys.argv[1]
    sys.argv = sys.argv[1:]
    # Shells start background jobs deaf to Ctrl-C, and their children inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    leash = os.dup(0)
    empty = os.open(os.devnull, os.O_RDONLY)
    os.dup2(empty, 0)
    os.close(empty)
    threading.Thread(target=_watch, args=(leash,), name="tether", daemon=True).start()
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    except KeyboardInterrupt:
        sys.exit(130)


def _watch(leash: int) -> None:
    while os.read(leash, 4096):
        pass
    if os.name == "posix":
        # Unlike interrupt_main, a real signal also wakes a main thread that waits in the system.
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
    else:
        _thread.interrupt_main()
    time.sleep(GRACE)
    os._exit(1)


if __name__ == "__main__":
    main()
