"""Settings: complete, loud, and the same in code, docs and sample."""

from __future__ import annotations

import importlib.util
import json
from dataclasses import fields
from pathlib import Path

import pytest

from shared.errors import SettingsError
from shared.settings import Settings
from tests.support.environment import CLIENT, COMPLETE

ROOT = Path(__file__).parents[2]


def complaints(**changes: str) -> list[str]:
    with pytest.raises(SettingsError) as refused:
        Settings.from_env(COMPLETE | changes)
    return refused.value.complaints


def test_what_is_required_suffices() -> None:
    settings = Settings.from_env(COMPLETE)
    assert settings.public_url == "https://rollcall.example"
    assert settings.directories == ("graph",)
    assert settings.addin_client_ids == (CLIENT,)
    assert settings.max_recipients == 200_000


def test_every_missing_setting_is_named_at_once() -> None:
    with pytest.raises(SettingsError) as refused:
        Settings.from_env({})
    required = [f.metadata["name"] for f in fields(Settings) if f.metadata["required"]]
    assert len(required) == 4
    assert all(any(name in complaint for complaint in refused.value.complaints) for name in required)
    assert all(name in str(refused.value) for name in required)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ROLLCALL_TENANT_ID", "common"),
        ("ROLLCALL_ADDIN_CLIENT_IDS", f"{CLIENT},nonsense"),
        ("ROLLCALL_DIRECTORIES", "graph,outlook"),
        ("ROLLCALL_DIRECTORIES", "graph,graph"),
        ("ROLLCALL_DIRECTORIES", "exchange"),
        ("ROLLCALL_GRAPH_URL", "http://graph.microsoft.com/v1.0"),
        ("ROLLCALL_GRAPH_URL", "https://user@graph.microsoft.com/v1.0"),
        ("ROLLCALL_AUTHORITY", "https://login.microsoftonline.com?x=y"),
        ("ROLLCALL_PUBLIC_URL", "http://rollcall.example"),
        ("ROLLCALL_PUBLIC_URL", "https://rollcall.example/path"),
        ("ROLLCALL_CREDENTIAL", "password"),
        ("ROLLCALL_DENY_LISTS", "kind:security_group"),
        ("ROLLCALL_DENY_LISTS", "board@company.com, board"),
        ("ROLLCALL_ALLOW_LISTS", "everything"),
        ("ROLLCALL_CANARY_LIST", "a@company.com,b@company.com"),
        ("ROLLCALL_SMALLEST_GROUP", "five"),
        ("ROLLCALL_PUBLISHED_AFTER", "86400,3600"),
        ("ROLLCALL_PUBLISHED_AFTER", "3600 3600"),
        ("ROLLCALL_PUBLISHED_AFTER", "59"),
        ("ROLLCALL_PUBLISHED_AFTER", "1h"),
        ("ROLLCALL_PUBLISHED_AFTER", "60,61,62,63,64,65"),
        ("ROLLCALL_MAX_DEPTH", "-7"),
        ("ROLLCALL_MAX_DEPTH", "3.5"),
        ("ROLLCALL_REQUEST_TIMEOUT", "nan"),
        ("ROLLCALL_REQUEST_TIMEOUT", "soon"),
        ("ROLLCALL_KEY_VAULT_URL", "@Microsoft.KeyVault(SecretUri=https://x)"),
    ],
)
def test_a_malformed_setting_is_named_and_its_value_is_not_repeated(name: str, value: str) -> None:
    [complaint] = complaints(**{name: value})
    assert complaint.startswith(f"{name} ")
    assert value not in complaint.removeprefix(name)


def test_storage_is_needed_one_way_or_the_other() -> None:
    assert complaints(ROLLCALL_STORAGE_CONNECTION="") == [
        "ROLLCALL_TABLES_URL or ROLLCALL_STORAGE_CONNECTION is required"
    ]
    by_identity = COMPLETE | {"ROLLCALL_STORAGE_CONNECTION": "", "ROLLCALL_TABLES_URL": "https://t.example"}
    assert Settings.from_env(by_identity).tables_url == "https://t.example"


def test_plain_http_is_for_this_machine_only() -> None:
    local = Settings.from_env(COMPLETE | {"ROLLCALL_PUBLIC_URL": "http://localhost:7071"})
    assert local.public_url == "http://localhost:7071"


def test_directories_come_in_the_order_in_which_they_are_asked() -> None:
    settings = Settings.from_env(COMPLETE | {"ROLLCALL_DIRECTORIES": "EWS, graph"})
    assert settings.directories == ("graph", "ews")


def test_the_fingerprint_tells_settings_apart_and_no_secret_from_another() -> None:
    plain = Settings.from_env(COMPLETE).fingerprint
    assert Settings.from_env(COMPLETE | {"ROLLCALL_MAX_DEPTH": "7"}).fingerprint != plain
    assert Settings.from_env(COMPLETE | {"ROLLCALL_STORAGE_CONNECTION": "other"}).fingerprint == plain


def test_a_secret_does_not_show() -> None:
    assert "canary-secret" not in repr(Settings.from_env(COMPLETE))


def test_the_settings_page_is_what_the_code_says() -> None:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec
    assert spec.loader
    generate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generate)
    for name, page in generate.PAGES.items():
        assert (ROOT / "docs" / name).read_text(encoding="utf-8") == page(), f"run dev.py docs for {name}"


def test_the_local_sample_has_every_setting_and_no_other() -> None:
    sample = json.loads((ROOT / "local.settings.sample.json").read_text(encoding="utf-8"))["Values"]
    ours = {name for name in sample if name.startswith("ROLLCALL_")}
    assert ours == {setting.metadata["name"] for setting in fields(Settings)}
    Settings.from_env(sample)
