"""The command that gives tracking links one more key."""

from __future__ import annotations

import pytest
import requests

from shared.tracking.mail.tokens import Keyring
from tests.support.api import Api
from tests.support.tracked_mails import register
from tools import rotate_keys

SECRET = "rollcall-signing-keys"


@pytest.fixture(autouse=True)
def command_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["rotate-keys"])


def keys(api: Api) -> tuple[bytes, ...]:
    return Keyring.parse(api.sandbox.world.secrets[SECRET][-1].value).keys


def test_links_that_were_sent_work_on_and_new_ones_are_signed_with_the_new_key(
    api: Api, capsys: pytest.CaptureFixture[str]
) -> None:
    sent = register(api)
    before = keys(api)
    assert rotate_keys.main() == 0
    assert keys(api)[:-1] == before
    printed = capsys.readouterr().out
    assert printed == f"There are {len(before) + 1} keys now. The newest signs, all are read.\n"
    for message in (sent, register(api)):
        for target, link in message["links"].items():
            answer = requests.get(link, timeout=10, allow_redirects=False)
            assert answer.headers["location"].lower() == target.lower()
    for version in api.sandbox.world.secrets[SECRET]:
        assert not any(word in printed for word in version.value.split())


def test_where_nothing_was_ever_signed_there_is_nothing_to_rotate(
    api: Api, capsys: pytest.CaptureFixture[str]
) -> None:
    api.sandbox.world.secrets.pop(SECRET, None)
    assert rotate_keys.main() == 1
    assert "no keys yet" in capsys.readouterr().err
    assert SECRET not in api.sandbox.world.secrets


def test_a_damaged_secret_is_left_as_it_is(api: Api, capsys: pytest.CaptureFixture[str]) -> None:
    api.sandbox.world.secrets.pop(SECRET, None)
    api.sandbox.world.set_secret(SECRET, "canary-damaged")
    assert rotate_keys.main() == 1
    assert "canary-damaged" not in "".join(capsys.readouterr())
    assert [version.value for version in api.sandbox.world.secrets[SECRET]] == ["canary-damaged"]
    api.sandbox.world.secrets.pop(SECRET)


def test_a_vault_that_refuses_is_said_to_in_plain_words(api: Api, capsys: pytest.CaptureFixture[str]) -> None:
    api.sandbox.world.switches.set(vault_denied=True)
    assert rotate_keys.main() == 2
    assert "Key Vault refuses" in capsys.readouterr().err
