"""What is said where no request carries it to the platform's log is printed; all else is left to the worker.

`Worker` does what azure_functions_worker does with a line: it finds the invocation of the task, or of the
thread, and the host drops the line where there is none.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from shared import console

log = logging.getLogger("shared.test_console")
Say = Callable[[], None]


class Worker(logging.Handler):
    """`carried` is what reaches the platform's log with a request."""

    def __init__(self) -> None:
        super().__init__()
        self.carried: list[str] = []
        self.thread = threading.local()
        self.tasks: set[object] = set()

    def emit(self, record: logging.LogRecord) -> None:
        task = None
        with contextlib.suppress(RuntimeError):
            task = asyncio.current_task()
        if task in self.tasks or getattr(self.thread, "invocation", False):
            self.carried.append(record.getMessage())

    def invoke(self, work: Say) -> None:
        """A function that is not async, on a thread of the worker's."""

        def run() -> None:
            self.thread.invocation = True
            with console.carried():
                work()
            self.thread.invocation = False

        with ThreadPoolExecutor(1) as pool:
            pool.submit(run).result()

    def invoke_async(self, work: Callable[[], object]) -> None:
        """An async function: a task on the worker's loop."""

        async def run() -> None:
            self.tasks.add(asyncio.current_task())
            with console.carried():
                found = work()
                if asyncio.iscoroutine(found):
                    await found
            await asyncio.sleep(0.05)

        asyncio.run(run())


@pytest.fixture
def worker(monkeypatch: pytest.MonkeyPatch) -> Iterator[Worker]:
    console.listen()
    found, level = Worker(), logging.getLogger().level
    logging.getLogger().addHandler(found)
    logging.getLogger().setLevel(logging.INFO)
    yield found
    logging.getLogger().setLevel(level)
    logging.getLogger().removeHandler(found)


def say() -> None:
    log.info("said %d", 1)


def in_a_thread() -> None:
    thread = threading.Thread(target=say)
    thread.start()
    thread.join()


def in_a_pool() -> None:
    with ThreadPoolExecutor(1) as pool:
        pool.submit(say).result()


def later() -> None:
    asyncio.get_running_loop().call_later(0.01, say)


async def in_the_loops_pool() -> None:
    await asyncio.to_thread(say)


async def after_waiting() -> None:
    await asyncio.sleep(0)
    say()


@pytest.mark.parametrize("work", [say, after_waiting])
def test_what_a_request_carries_is_not_printed(
    worker: Worker, capsys: pytest.CaptureFixture[str], work: Callable[[], object]
) -> None:
    worker.invoke_async(work)
    if work is say:
        worker.invoke(say)
    assert worker.carried == ["said 1"] * (2 if work is say else 1)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("work", [in_a_thread, in_a_pool])
def test_what_a_thread_of_our_own_says_is_printed(
    worker: Worker, capsys: pytest.CaptureFixture[str], work: Say
) -> None:
    worker.invoke(work)
    worker.invoke_async(work)
    work()
    assert worker.carried == []
    assert capsys.readouterr().out == "said 1\n" * 3


@pytest.mark.parametrize("work", [later, in_the_loops_pool])
def test_what_the_loop_says_between_requests_is_printed(
    worker: Worker, capsys: pytest.CaptureFixture[str], work: Callable[[], object]
) -> None:
    worker.invoke_async(work)
    assert worker.carried == []
    assert capsys.readouterr().out == "said 1\n"


def test_an_invocation_that_is_over_carries_nothing_more(
    worker: Worker, capsys: pytest.CaptureFixture[str]
) -> None:
    worker.invoke(say)
    say()
    assert worker.carried == ["said 1"]
    assert capsys.readouterr().out == "said 1\n"


def test_a_line_with_its_trouble_stays_one_line(worker: Worker, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        raise OSError("down")
    except OSError:
        log.exception("not\nstored")
    [line] = capsys.readouterr().out.splitlines()
    assert line.startswith("not | stored | Traceback")
    assert line.endswith("OSError: down")


def test_what_others_libraries_say_is_not_printed(worker: Worker, capsys: pytest.CaptureFixture[str]) -> None:
    logging.getLogger("azure.core").error("of theirs")
    assert capsys.readouterr().out == ""


def test_a_console_that_is_gone_hinders_nobody(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    class Gone:
        def write(self, _: str) -> None:
            raise BrokenPipeError

        def flush(self) -> None:
            raise BrokenPipeError

    monkeypatch.setattr(logging, "raiseExceptions", False)
    monkeypatch.setattr(sys, "stdout", Gone())
    say()


def test_it_listens_once_however_often_it_is_told(worker: Worker, capsys: pytest.CaptureFixture[str]) -> None:
    console.listen()
    console.listen()
    say()
    assert capsys.readouterr().out == "said 1\n"
