"""What a process builds, and how often."""

from __future__ import annotations

import logging
import threading
import time

import pytest

from shared.services.once import once
from shared.services.process import Services
from shared.settings import Settings
from tests.support.environment import COMPLETE


@pytest.fixture
def built() -> Services:
    return Services(Settings.from_env(COMPLETE))


def test_azures_own_logging_of_every_request_is_silent(built: Services) -> None:
    assert not logging.getLogger("azure.core.pipeline.policies.http_logging_policy").isEnabledFor(
        logging.INFO
    )


def test_threads_that_ask_at_once_get_the_one_object() -> None:
    class Slow(Services):
        made = 0

        @once
        def thing(self) -> object:
            time.sleep(0.05)
            Slow.made += 1
            return object()

    services = Slow(Settings.from_env(COMPLETE))
    seen: list[object] = []
    threads = [threading.Thread(target=lambda: seen.append(services.thing)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Slow.made == 1
    assert len(set(map(id, seen))) == 1


def test_settings_do_not_show_the_storage_key(built: Services) -> None:
    assert "canary-secret" not in repr(built.settings)
