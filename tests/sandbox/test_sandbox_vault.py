"""The simulated Key Vault and managed identity, asked by Azure's own clients, and by hand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests
from azure.core.exceptions import (
    ClientAuthenticationError,
    HttpResponseError,
    ResourceExistsError,
    ResourceNotFoundError,
)
from azure.identity import DefaultAzureCredential, ManagedIdentityCredential
from azure.keyvault.secrets import SecretClient

from sandbox.server.server import Running, find_tenant

VAULT = "https://vault.azure.net"


@pytest.fixture
def running(served: Running) -> Running:
    served.world.load(find_tenant("company"))
    served.world.secrets = {"rollcall-client-secret": served.world.secrets["rollcall-client-secret"]}
    served.world.deleted_secrets = {}
    return served


@pytest.fixture
def vault(running: Running) -> Iterator[SecretClient]:
    """A client as the app builds it: identity from the environment, no second tries."""
    with (
        DefaultAzureCredential() as credential,
        SecretClient(running.origin, credential, verify_challenge_resource=False, retry_total=0) as client,
    ):
        yield client


def get_token(running: Running, resource: str = VAULT, **changes: Any) -> requests.Response:
    headers = {"X-IDENTITY-HEADER": running.world.managed_identity.header}
    query = {
        "api-version": "2019-08-01",
        "resource": resource,
        "client_id": running.world.managed_identity.client_id,
    }
    url = f"{running.origin}/msi/token"
    return requests.get(
        url, params=query | changes.get("query", {}), headers=changes.get("headers", headers), timeout=10
    )


def ask_vault(running: Running, token: str | None, path: str = "/secrets/rollcall-client-secret") -> Any:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return requests.get(f"{running.origin}{path}?api-version=7.6", headers=headers, timeout=10)


def test_the_client_secret_is_there_from_the_start(running: Running, vault: SecretClient) -> None:
    assert vault.get_secret("rollcall-client-secret").value == running.world.client_secret


def test_the_identity_of_the_environment_is_found_by_either_credential(running: Running) -> None:
    identity = running.world.managed_identity
    for credential in (DefaultAzureCredential(), ManagedIdentityCredential(client_id=identity.client_id)):
        with credential:
            claims = running.world.keys.read(credential.get_token(f"{VAULT}/.default").token)
        assert (claims["aud"], claims["oid"]) == (VAULT, identity.object_id)


def test_setting_a_secret_adds_a_version_and_the_newest_is_the_answer(vault: SecretClient) -> None:
    first = vault.set_secret("rollcall-token-cache", "one", tags={"for": "rollcall"})
    second = vault.set_secret("rollcall-token-cache", "two", content_type="application/json")
    assert vault.get_secret("rollcall-token-cache").value == "two"
    old = vault.get_secret("rollcall-token-cache", first.properties.version)
    assert (old.value, old.properties.tags) == ("one", {"for": "rollcall"})
    versions = list(vault.list_properties_of_secret_versions("rollcall-token-cache"))
    assert [v.version for v in versions] == [first.properties.version, second.properties.version]
    assert versions[1].content_type == "application/json"


def test_names_of_secrets_differ_in_more_than_case(vault: SecretClient) -> None:
    vault.set_secret("Rollcall-Signing-Keys", "k")
    assert vault.get_secret("rollcall-signing-keys").value == "k"


def test_a_long_list_of_secrets_comes_in_pages(vault: SecretClient) -> None:
    for number in range(30):
        vault.set_secret(f"secret-{number}", "x")
    names = [properties.name for properties in vault.list_properties_of_secrets()]
    assert len(set(names)) == len(names) == 31
    pages = vault.list_properties_of_secrets(max_page_size=10).by_page()
    assert [len(list(page)) for page in pages] == [10, 10, 10, 1]


def test_there_is_no_such_secret_or_version(vault: SecretClient) -> None:
    with pytest.raises(ResourceNotFoundError, match="SecretNotFound"):
        vault.get_secret("nothing")
    with pytest.raises(ResourceNotFoundError, match="SecretNotFound"):
        vault.get_secret("rollcall-client-secret", "0123456789abcdef0123456789abcdef")


def test_a_deleted_secret_blocks_its_name(vault: SecretClient) -> None:
    vault.set_secret("gone", "x")
    vault.begin_delete_secret("gone").wait()
    with pytest.raises(ResourceNotFoundError):
        vault.get_secret("gone")
    with pytest.raises(ResourceExistsError, match="deleted but recoverable"):
        vault.set_secret("gone", "y")
    assert vault.get_deleted_secret("gone").name == "gone"


def test_a_secret_holds_25000_characters_and_no_more(vault: SecretClient) -> None:
    vault.set_secret("large", "x" * 25_000)
    with pytest.raises(HttpResponseError) as refused:
        vault.set_secret("large", "x" * 25_001)
    assert refused.value.status_code == 400
    assert len(vault.get_secret("large").value or "") == 25_000


def test_a_vault_that_denies_says_forbidden(running: Running, vault: SecretClient) -> None:
    running.world.switches.vault_denied = True
    with pytest.raises(HttpResponseError) as refused:
        vault.get_secret("rollcall-client-secret")
    assert refused.value.status_code == 403


def test_without_a_token_the_challenge_says_where_to_get_one(running: Running) -> None:
    answer = ask_vault(running, None)
    assert answer.status_code == 401
    challenge = answer.headers["WWW-Authenticate"]
    authority = f"{running.origin}/{running.world.tenant.tenant_id}"
    assert challenge == f'Bearer authorization="{authority}", resource="{VAULT}"'
    assert answer.json()["error"]["code"] == "Unauthorized"


def test_only_a_token_for_the_vault_opens_it(running: Running) -> None:
    good = get_token(running).json()["access_token"]
    foreign = get_token(running, "https://storage.azure.com/").json()["access_token"]
    assert ask_vault(running, good).status_code == 200
    for token in (foreign, running.caller_token(), good[:-4] + "AAAA", "nonsense"):
        assert ask_vault(running, token).status_code == 401
        assert ask_vault(running, token, "/secrets").status_code == 401


def test_an_expired_token_opens_nothing(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running.world, "access_token_lifetime", -1)
    assert ask_vault(running, get_token(running).json()["access_token"]).status_code == 401


def test_access_tokens_of_people_being_revoked_leaves_the_vault_open(running: Running) -> None:
    token = get_token(running).json()["access_token"]
    running.world.switches.access_tokens_revoked = True
    assert ask_vault(running, token).status_code == 200


def test_a_managed_identity_answers_in_the_form_of_app_service(running: Running) -> None:
    body = get_token(running).json()
    assert (body["token_type"], body["resource"]) == ("Bearer", VAULT)
    assert body["expires_on"] == str(running.world.keys.read(body["access_token"])["exp"])


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"headers": {}}, 403),
        ({"headers": {"X-IDENTITY-HEADER": "guessed"}}, 403),
        ({"query": {"client_id": "00000000-0000-0000-0000-000000000000"}}, 400),
        ({"query": {"resource": "https://elsewhere.example"}}, 400),
    ],
    ids=["no header", "wrong header", "unknown identity", "unknown resource"],
)
def test_a_managed_identity_is_not_for_everybody(
    running: Running, changes: dict[str, Any], status: int
) -> None:
    assert get_token(running, **changes).status_code == status


def test_a_credential_for_another_identity_fails(running: Running) -> None:
    other = ManagedIdentityCredential(client_id="00000000-0000-0000-0000-000000000000")
    with other, pytest.raises(ClientAuthenticationError):
        other.get_token(f"{VAULT}/.default")


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"value": 7}', "not json"])
def test_a_secret_without_a_value_is_refused(running: Running, body: str) -> None:
    headers = {"Authorization": f"Bearer {get_token(running).json()['access_token']}"}
    answer = requests.put(f"{running.origin}/secrets/odd", data=body, headers=headers, timeout=10)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "BadParameter")
