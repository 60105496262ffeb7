"""The service account's life: an admin signs it in, sees how it stands, and takes it away.

A sign-in is bound to the admin who began it three times over: `state` finds it, once; PKCE and the nonce
bind Entra's code to it (`msal` sees to those); and a cookie binds it to the admin's browser, so that a
sign-in page that somebody else was lured to, or stole, cannot connect that somebody's account.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from shared import trace
from shared.account.answers import AccountAnswer, ConnectionAnswer, DirectoryAnswer
from shared.account.grants import api_of, ask_grants, grants_beyond
from shared.account.needs import Need
from shared.account.ports import Connectable, ConnectionTold, DirectoryProfile, Named, SignIns
from shared.account.setup import Seen, look_at_setup
from shared.errors import InvalidRequest, RollcallError, ServiceAccountError, StoreUnavailable

SIGN_IN_LASTS = timedelta(minutes=10)
_AGAIN = "Start the sign-in again, and finish it in the same browser."
_STATE = re.compile(r"[A-Za-z0-9_-]{8,200}")  # what msal makes, and what a table's key may hold


@dataclass(frozen=True, slots=True)
class BegunSignIn:
    """A sign-in that began. `proof` goes into the admin's browser, and comes back with the callback."""

    authorize_url: str
    proof: str


@dataclass(frozen=True, slots=True)
class Connected:
    """A sign-in that ended well. `warnings` are sentences for the admin."""

    username: str
    warnings: list[str]


class Connection:
    """Connects, watches and disconnects the service account. `tell` hears what happens."""

    def __init__(
        self,
        account: Connectable,
        sign_ins: SignIns,
        profile: Callable[[str], DirectoryProfile],
        public_url: str,
        now: Callable[[], datetime],
        tell: ConnectionTold,
        seen: Callable[[str], RollcallError | None] = lambda directory: None,
        asked: Sequence[Need] = (),
    ) -> None:
        """`seen` is why a directory refused this process the last time; None where it did not. `asked` is
        what the set-up needs."""
        self.account = account
        self.sign_ins = sign_ins
        self.profile = profile
        self.redirect_uri = f"{public_url}/api/connection/callback"
        self.now = now
        self.tell = tell
        self.seen = seen
        self.asked = asked

    def start(self, admin: str) -> BegunSignIn:
        """Begin a sign-in for the admin of that id, who goes on with it within ten minutes."""
        with trace.act():
            flow = self.account.start(self.redirect_uri)
            proof = secrets.token_urlsafe(32)
            kept = {"flow": flow, "admin": admin, "proof": _digest(proof), "trace": trace.beginning()}
            self.sign_ins.add(flow["state"], kept, self.now() + SIGN_IN_LASTS)
            self.tell.connection_started(admin)
            return BegunSignIn(flow["auth_uri"], proof)

    def finish(self, params: Mapping[str, str], proof: str) -> Connected:
        """End the sign-in that `params`, the callback's query, belongs to.

        Raises InvalidRequest for a sign-in that is unknown, used, too old or another browser's,
        ServiceAccountError when Entra or we refuse the account, and VaultUnavailable or StoreUnavailable
        when it cannot be kept, or not be recorded: then nothing was kept.
        """
        state = params.get("state", "")
        kept = self.sign_ins.take(state, self.now()) if _STATE.fullmatch(state) else None
        if kept is None:
            raise InvalidRequest(
                "state", "This sign-in was used already, or is older than ten minutes.", _AGAIN
            )
        if not hmac.compare_digest(kept["proof"], _digest(proof)):
            self.tell.connection_refused(kept["admin"], "another_browser")
            raise InvalidRequest(
                "state", "This sign-in was begun in another browser; nothing was kept.", _AGAIN
            )
        with trace.act(kept["trace"]):
            return self._redeem(kept["flow"], kept["admin"], params)

    def _redeem(self, flow: Mapping[str, Any], admin: str, params: Mapping[str, str]) -> Connected:
        warnings: list[str] = []

        def examine(access_token: str, account: Named) -> None:
            warnings.extend(self._examine(access_token))
            # Before anything is kept: what cannot be recorded must not be done.
            self.tell.connecting(admin, account.id)

        try:
            account = self.account.finish(flow, params, examine)
        except StoreUnavailable as error:
            raise StoreUnavailable(
                "Rollcall's storage cannot be reached, so nothing of this sign-in was kept.",
                "Start the sign-in again in a minute. If it lasts, check the storage account.",
            ) from error
        except RollcallError as error:
            with suppress(StoreUnavailable):  # nothing was done; the admin shall hear why
                self.tell.connection_refused(admin, _code(error))
            raise
        try:
            self.tell.connected(admin, account.id, len(warnings))
        except StoreUnavailable:  # the record before has whose account it is, and who connected it
            warnings.append(
                "The audit trail could not be written to the end: it says connecting, for connected."
            )
        return Connected(account.username, warnings)

    def _examine(self, access_token: str) -> list[str]:
        """What an admin should know of the account that signed in. Raises ServiceAccountError for a guest."""
        try:
            profile = self.profile(access_token)
        except RollcallError:
            return ["Microsoft Graph did not answer, so Rollcall could not look at the account's rights."]
        if profile.is_guest:
            raise ServiceAccountError(
                "guest_account",
                "That account is a guest, who does not see the whole directory; nothing was kept.",
                "Connect an account of your own organisation.",
                needs_sign_in=True,
            )
        warnings = []
        if profile.is_global_admin:
            warnings.append(
                "This account is a Global Administrator, far more than Rollcall needs: connect one that "
                "has no role in Entra."
            )
        if not profile.has_mailbox and self.account.scopes.get("ews"):
            warnings.append(
                "This account has no mailbox, which Exchange Web Services ask for: give it one, or connect "
                "another account."
            )
        return warnings

    def look(self, admin: str | None = None, *, by_addin: bool = False) -> ConnectionAnswer:
        """How the service account stands, asked of Key Vault, Entra and Graph now. `by_addin`: who looks came
        by the add-in's own registration."""
        with trace.act():
            answer = self._look(by_addin=by_addin)
            with suppress(StoreUnavailable):  # it was a look, which changed nothing
                self.tell.connection_checked(admin, answer.code or "connected")
            return answer

    def _look(self, *, by_addin: bool) -> ConnectionAnswer:
        failures = self._ask()
        worst = next(iter(failures.values()), None)
        try:
            standing = self.account.standing()
        except RollcallError:  # it is among the failures
            standing = None
        directories: list[DirectoryAnswer] = []
        for name, asked in self.account.scopes.items():
            failure = (failures.get(api_of(name)) if asked else None) or self.seen(name)
            sentence, remedy = _words(failure)
            directories.append(DirectoryAnswer(name, asked, failure is None, sentence, remedy))
        account = standing.account if standing else None
        granted = ask_grants(self.account, failures) if account else {}
        beyond = grants_beyond(self.account, granted)
        renewed = account is not None and "graph" not in failures
        seen = Seen(
            renewed=renewed,
            failures=failures,
            granted=granted,
            beyond=beyond,
            refused={name: self.seen(name) for name in self.account.scopes},
            profile=self._profile() if renewed else None,
            by_addin=by_addin,
        )
        refused = [each for each in directories if not each.ok]
        sentence, remedy = _words(worst)
        if refused and not worst:  # signed in, and yet "connected" alone would promise too much
            names = ", ".join(each.name for each in refused)
            sentence = (
                f"Signed in as {account.username if account else ''}, but {names} refused: {refused[0].text}"
            )
            remedy = refused[0].remedy
        return ConnectionAnswer(
            state="limited" if refused and not worst else _state(worst),
            text=sentence or f"Connected as {account.username if account else ''}.",
            remedy=remedy,
            code=_code(worst) if worst else None,
            account=AccountAnswer(account.id, account.username) if account else None,
            connected_at=standing.connected_at if standing else None,
            last_success_at=standing.used_at if standing else None,
            days_left=max(0, (standing.lapses_at - self.now()).days) if standing else None,
            directories=directories,
            grants=beyond,
            setup=look_at_setup(self.asked, seen),
            consent_url=self.account.consent_url(self.redirect_uri),
        )

    def _profile(self) -> DirectoryProfile | None:
        """What Graph says of the account; None where it does not say."""
        try:
            return self.profile(self.account.access_token("graph"))
        except RollcallError:
            return None

    def _ask(self) -> dict[str, RollcallError]:
        """What is wrong, by resource."""
        failures: dict[str, RollcallError] = {}
        resources = [api_of(name) for name, asked in self.account.scopes.items() if asked]
        for resource in dict.fromkeys(resources):
            try:
                self.account.renew(resource)
            except RollcallError as error:
                failures[resource] = error
        return failures

    def disconnect(self, admin: str) -> None:
        """Forget the sign-in: expansion stops, here at once and elsewhere within minutes.

        Stopping waits for nothing, so it is recorded afterwards. Raises VaultUnavailable, and
        StoreUnavailable when all was done but that.
        """
        with trace.act():
            self.account.disconnect()
            try:
                self.tell.disconnected(admin)
            except StoreUnavailable as error:
                raise StoreUnavailable(
                    "The service account is disconnected, but the audit trail could not be written.",
                    "Disconnect once more in a minute, so that the trail tells of it.",
                ) from error

    def keep_alive(self) -> None:
        """Use the sign-in, which would end after 90 idle days. When it has ended, that was alerted."""
        with trace.act():
            outcome = "connected"
            try:
                self.account.renew("graph")
            except RollcallError as error:
                outcome = _code(error)
            with suppress(StoreUnavailable):
                self.tell.kept_alive(outcome)

    def purge(self) -> None:
        """Forget sign-ins that nobody finished."""
        self.sign_ins.purge(self.now())


def _words(error: RollcallError | None) -> tuple[str, str]:
    return (error.sentence, error.remedy) if error else ("", "")


def _code(error: RollcallError) -> str:
    return error.reason if isinstance(error, ServiceAccountError) else error.code


def _state(error: RollcallError | None) -> str:
    if error is None:
        return "connected"
    return "disconnected" if _code(error) == "no_account" else "stopped"


def _digest(proof: str) -> str:
    return hashlib.sha256(proof.encode()).hexdigest()
