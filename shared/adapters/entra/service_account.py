"""The service account: signs in once, with a person in front of the screen; hands out access tokens silently.

What outlives the process is one Key Vault secret with the refresh token. Access tokens stay in memory.
Source: "Refresh tokens in the Microsoft identity platform", learn.microsoft.com/entra/identity-platform.
"""

from __future__ import annotations

import logging
import threading
import time
import warnings
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, TypeGuard

from shared import telemetry, trace
from shared.adapters.entra import client, refusals
from shared.adapters.entra.connections import SignInVault, VaultSecrets, VaultSnapshot
from shared.adapters.entra.scopes import (
    consent_url,
    default_scopes,
    directory_scopes,
    granted_names,
    resource_scopes,
)
from shared.adapters.entra.sign_in import AccountIdentity
from shared.adapters.entra.standing import AccessToken, Standing
from shared.errors import RollcallError, ServiceAccountError, VaultUnavailable
from shared.settings import Settings

# Seconds before its end at which an access token is no longer handed out: clocks differ, requests last.
MARGIN = 300

log = logging.getLogger(__name__)


class ServiceAccount:
    """The account that reads the directories. Thread-safe.

    Every method raises ServiceAccountError, which says what an administrator must do, or VaultUnavailable.
    """

    def __init__(
        self,
        settings: Settings,
        vault: VaultSecrets,
        *,
        http_client: Any = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._settings = settings
        self._http_client = http_client
        self._clock = clock
        self._scopes = resource_scopes(settings)
        self._connections = SignInVault(settings, vault, clock)
        self._working = threading.Lock()
        self._told: dict[str, str] = {}  # by resource: the code of what keeps it from us, as last logged
        self._latest: dict[str, AccessToken | RollcallError] = {}

    def access_token(self, resource: str, refused: str = "") -> str:
        """An access token for `graph` or `exchange`, other than `refused`, that is good for some minutes at
        least.

        It lives an hour and more; we go by it for `recheck_after` seconds, so that we notice when the
        sign-in behind it has ended.
        One thread fetches at a time; those who wait share its outcome, so that readers who were refused
        together renew it once.
        """
        seen = self._latest.get(resource)
        outcome = seen if self._serves(seen, refused) else self._next(seen, resource, refused)
        if isinstance(outcome, RollcallError):
            raise outcome
        return outcome.value

    def account(self) -> AccountIdentity | None:
        """Who is connected, by what the vault said some minutes ago at most."""
        connection = self._connections.settled()
        if not connection:
            with self._working:
                connection = self._connections.current()
        return connection.sign_in.account if connection.sign_in else None

    def renew(self, resource: str) -> None:
        """Have Key Vault and Entra confirm the sign-in now, whatever is in memory."""
        with self._working:
            try:
                connection = self._connections.read()
                connection.client = None  # msal answers a refused request from memory for a minute
                outcome: AccessToken | RollcallError = self._fetch(connection, resource)
            except RollcallError as error:
                outcome = error
            self._keep(resource, outcome)
        if isinstance(outcome, RollcallError):
            raise outcome

    def standing(self) -> Standing | None:
        """How the sign-in stands, by what the vault said some minutes ago at most; None without one."""
        if self.account() is None:
            return None
        connection = self._connections.settled()
        sign_in = connection.sign_in if connection else None
        if sign_in is None:
            return None
        fetched = [t.fetched_at for t in self._latest.values() if isinstance(t, AccessToken)]
        used_at = [datetime.fromtimestamp(moment, UTC) for moment in fetched]
        return Standing(sign_in.account, sign_in.connected_at, max([sign_in.written_at, *used_at]))

    def granted(self, resource: str) -> list[str]:
        """The permissions that Entra grants on `graph` or `exchange`, whether a directory needs them or not.

        Nothing is kept of the access token that tells so, and no alert is raised.
        """
        with self._working:
            connection = self._connections.current()
            try:
                with client.unpoisoned(connection):
                    answer = self._redeem(connection, default_scopes(resource))
            except ServiceAccountError as error:
                if error.reason == refusals.CONSENT_MISSING.reason:
                    return []
                raise
            finally:
                connection.client = None  # and with it the access token, which may more than we need
        return granted_names(answer)

    @property
    def scopes(self) -> Mapping[str, list[str]]:
        """What each enabled directory asks for; nothing where it does without Entra."""
        return directory_scopes(self._settings)

    def consent_url(self, redirect_uri: str) -> str:
        """Where a tenant administrator grants exactly these scopes."""
        return consent_url(self._settings, redirect_uri)

    def start(self, redirect_uri: str, login_hint: str | None = None) -> dict[str, Any]:
        """Begin a sign-in: `auth_uri` is where to send the person, the rest is for `finish`.

        JSON-able, and secret: it holds the PKCE verifier. Entra sends `state` back, to find it by.
        """
        # msal would have Entra POST the code, to keep it out of logs. A cookie that comes along with another
        # site's POST is SameSite=None; ours, which binds the sign-in to a browser, is Lax. In the query the
        # Functions host takes `code` for a function key as well, finds none and goes on. The code is redeemed
        # before a log is read, works once, and is worth nothing without the verifier: docs/security.md.
        warnings.filterwarnings("ignore", "response_mode='form_post'", module="msal")
        app = self._new_client(self._connections.credential(), {}).app
        flow: dict[str, Any] = app.initiate_auth_code_flow(
            # Consent to everything at once; tokens are asked for one resource at a time.
            [scope for scopes in self._scopes.values() for scope in scopes],
            redirect_uri=redirect_uri,
            login_hint=login_hint,
            prompt="select_account",
        )
        # Entra's log of sign-ins has it as the correlation id of the person's own.
        flow["auth_uri"] += f"&client-request-id={trace.client_request_id()}"
        return flow

    def finish(
        self,
        flow: Mapping[str, Any],
        params: Mapping[str, str],
        examine: Callable[[str, AccountIdentity], object] = lambda access_token, account: None,
    ) -> AccountIdentity:
        """Connect the account whose sign-in came back with `params`; `flow` is what `start` gave.

        `examine` is given the access token for Graph and the account, and may raise. When this raises,
        nothing was kept and what was connected before still is.
        """
        resource = next(iter(self._scopes))
        credential = self._connections.credential()
        # Apart from the client in use: the account connected so far must not be mixed in.
        new = self._new_client(credential, {})
        with client.conversation():
            try:
                answer = new.app.acquire_token_by_auth_code_flow(
                    dict(flow), dict(params), scopes=self._scopes[resource]
                )
            # ValueError: another state, or neither code nor error. RuntimeError: another nonce.
            except (ValueError, RuntimeError) as error:
                raise refusals.SIGN_IN_MISMATCH.error() from error
        if "error" in answer:
            raise refusals.refusal(answer)
        # msal decodes the ID token without judging it. It came straight from Entra, so its signature
        # need not be checked; whom it is about and for must be.
        claims = answer.get("id_token_claims", {})
        if claims.get("tid") != self._settings.tenant_id or claims.get("aud") != self._settings.client_id:
            raise refusals.WRONG_TENANT.error()
        try:
            account = AccountIdentity(claims["oid"], claims["tid"], claims.get("preferred_username", ""))
            examine(answer["access_token"], account)
            with self._working:
                connection = self._connections.connect(account, credential, new)
                self._keep(resource, self._token(answer, connection))
        # The answer lacks the account or the refresh token.
        except KeyError as error:
            raise refusals.UNREADABLE.error() from error
        log.info("a service account was connected")
        return account

    def disconnect(self) -> None:
        """Forget the account: here at once, in other processes within minutes.

        Entra honours the refresh token until an administrator revokes the account's sessions. The
        vault's older versions, which hold it, are disabled.
        """
        with self._working:
            self._connections.disconnect()

    def _serves(self, latest: AccessToken | RollcallError | None, refused: str) -> TypeGuard[AccessToken]:
        """Whether `latest` answers the call as it is."""
        if not isinstance(latest, AccessToken) or self._clock() >= latest.usable_until:
            return False
        return latest.connection is self._connections.settled() and latest.value != refused

    def _next(
        self, seen: AccessToken | RollcallError | None, resource: str, refused: str
    ) -> AccessToken | RollcallError:
        """The outcome after `seen`: our own attempt's, or that of the thread we had to wait for."""
        with self._working:
            latest = self._latest.get(resource)
            if latest is None or latest is seen:
                latest = self._keep(resource, self._attempt(resource, refused))
            return latest

    def _keep(self, resource: str, outcome: AccessToken | RollcallError) -> AccessToken | RollcallError:
        """Remember the outcome, and raise or end the alert that goes with it."""
        self._latest[resource] = outcome
        passing = isinstance(outcome, ServiceAccountError) and outcome.passing
        code = outcome.code if isinstance(outcome, RollcallError) else ""
        code = outcome.reason if isinstance(outcome, ServiceAccountError) else code
        if not passing:
            telemetry.CONNECTION.set(resource, 0 if code else 1, code or "connected")
        if code != self._told.get(resource, "") and not passing:
            self._told[resource] = code
            if code:
                log.error("alert connection_stopped: %s", code)
            else:
                log.warning("alert connection_recovered")
        return outcome

    def _attempt(self, resource: str, refused: str) -> AccessToken | RollcallError:
        try:
            connection = self._connections.current()
            latest = self._latest.get(resource)
            return latest if self._serves(latest, refused) else self._fetch(connection, resource)
        except RollcallError as error:
            return error

    def _fetch(self, connection: VaultSnapshot, resource: str) -> AccessToken:
        try:
            return self._ask(connection, resource)
        except ServiceAccountError as error:
            # Perhaps an administrator mended it through another process. If not, asking again and again
            # costs Entra little: msal answers a refused request from memory for a minute.
            if error.passing:
                raise
            mended = connection
            with suppress(VaultUnavailable):
                mended = self._connections.read()
            if mended is connection:
                raise
        return self._ask(mended, resource)

    def _ask(self, connection: VaultSnapshot, resource: str) -> AccessToken:
        with client.unpoisoned(connection):
            return self._token(self._redeem(connection, self._scopes[resource]), connection)

    def _redeem(self, connection: VaultSnapshot, scopes: list[str]) -> dict[str, Any]:
        """What Entra answers to the refresh token, and keep the new one."""
        if not connection.sign_in:
            raise refusals.NO_ACCOUNT.error()
        if not connection.client:
            connection.client = self._new_client(connection.credential, connection.sign_in.cache)
        app = connection.client.app
        with client.conversation():
            answer: dict[str, Any] | None = app.acquire_token_silent_with_error(
                scopes,
                account=next(iter(app.get_accounts()), None),
                force_refresh=True,  # what is in memory was looked at already
            )
        # Kept by another app registration, or from another authority.
        if answer is None:
            raise refusals.NO_ACCOUNT.error()
        if "error" in answer:
            raise refusals.refusal(answer)
        self._connections.renew(connection, connection.sign_in, connection.client)
        return answer

    def _new_client(self, credential: str, kept: Mapping[str, Any]) -> client.Client:
        return client.build(self._settings, credential, kept, self._http_client)

    def _token(self, answer: Mapping[str, Any], connection: VaultSnapshot) -> AccessToken:
        now = self._clock()
        lasts = min(int(answer["expires_in"]) - MARGIN, self._settings.recheck_after)
        return AccessToken(answer["access_token"], now + lasts, now, connection)
