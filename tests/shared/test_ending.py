"""SIGTERM, as the platform sends it: what was in memory alone is home before the process is gone."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# Storage is down until the signal; nothing of this process runs at its usual exit.
PROCESS = """
import asyncio, os, sys, time
from pathlib import Path
from shared.errors import StoreUnavailable
from shared.services.ending import Ending
from shared.tracking.recording.batches import JournalPace
from shared.tracking.recording.events import Event
from shared.tracking.recording.journal import Journal

home, down = Path(sys.argv[1]), Path(sys.argv[2])

def put(entry):
    if down.exists():
        raise StoreUnavailable
    with home.open("a") as file:
        file.write(entry.key + "\\n")

ending = Ending()
screen = lambda message, events, week: [e for e, _ in events]
journal = Journal(lambda: put, lambda: put, screen, JournalPace())
ending.add(journal.close)

async def main():
    for number in range(3):
        await journal.add(f"{number:032x}", Event(1, 0, 1, 0, 0, 0, ""), b"")
    print("ready", flush=True)
    while True:
        await asyncio.sleep(60)

if sys.argv[3] == "thread":
    import threading
    threading.Thread(target=lambda: asyncio.run(main()), daemon=True).start()
    while True:
        time.sleep(60)
asyncio.run(main())
"""


@pytest.mark.parametrize("where", ["loop", "thread"])
def test_what_storage_had_not_taken_is_home_before_the_process_is_gone(tmp_path: Path, where: str) -> None:
    home, down = tmp_path / "home", tmp_path / "down"
    down.touch()
    process = subprocess.Popen(
        [sys.executable, "-c", PROCESS, str(home), str(down), where],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        assert not home.exists()
        down.unlink()
        process.send_signal(signal.SIGTERM)
        assert process.wait(15) == -signal.SIGTERM
    finally:
        process.kill()
        process.communicate()
    assert len(set(home.read_text().split())) == 3


def test_a_process_that_has_nothing_to_bring_home_ends_at_once() -> None:
    code = (
        "import time; from shared.services.ending import ending; ending.watch(); print('ready', flush=True);"
        "time.sleep(60)"
    )
    process = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGTERM)
        assert process.wait(5) == -signal.SIGTERM
    finally:
        process.kill()
        process.communicate()
