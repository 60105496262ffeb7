"""Who is calling: judges the Entra access tokens that the add-in sends.

Source: "Access token claims reference" and "Validate tokens", learn.microsoft.com/entra/identity-platform.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from shared import trace
from shared.api.declaration import Program
from shared.audience.addresses import normalise
from shared.brevity import brief
from shared.errors import NotAllowed, NotAuthenticated, SignInUnavailable
from shared.settings import Settings

if TYPE_CHECKING:
    import jwt

SENDER = "Rollcall.Sender"
ADMIN = "Rollcall.Admin"
AUDITOR = "Rollcall.Auditor"
SCOPE = "access_as_user"

# An access token with many claims is 2 to 4 KB. Nothing longer is worth the decoding.
MAX_HEADER = 16 * 1024
# Clocks differ. Seconds.
LEEWAY = 60

_BEARER = re.compile(r"Bearer +([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+)", re.IGNORECASE)
# Given by Entra alone. Not `email`, which may be whatever somebody wrote into the directory.
_NAMES = ("preferred_username", "upn")
_FOR_PROGRAMS = frozenset(Program)
_REQUIRED = ["exp", "iat", "nbf", "iss", "aud", "tid", "oid", "sub"]

log = brief(__name__)


class NotAdmitted(NotAllowed):
    """The bearer of a good access token, `person` by their object id, may not do this."""

    def __init__(self, person: str, sentence: str, remedy: str | None = None) -> None:
        super().__init__(sentence, remedy)
        self.person = person


@dataclass(frozen=True, slots=True)
class Caller:
    """The person behind an API call. `id` never changes; `name` is for display only and may be empty. By
    `names`, normalised, Entra knows them now: somebody else may be called so later. `groups` are those that
    Entra names in the token, by id; it names none to whoever is in too many. `client` is the program that
    they use, by its client id.

    Or the program, where nobody is signed in: `is_program`, and `id` is that of its service principal. It has
    roles for programs alone, and a person none of these."""

    id: str
    tenant_id: str
    name: str
    roles: frozenset[str]
    names: frozenset[str] = frozenset()
    is_program: bool = False
    groups: frozenset[str] = frozenset()
    client: str = ""

    @property
    def is_admin(self) -> bool:
        """Whether the caller may set Rollcall up and see what others sent."""
        return ADMIN in self.roles

    @property
    def is_auditor(self) -> bool:
        """Whether the caller may see how Rollcall is set up, and what was done; an admin may too."""
        return AUDITOR in self.roles or self.is_admin

    @property
    def is_sender(self) -> bool:
        """Whether the caller may expand lists and send; an admin may do what a sender may."""
        return SENDER in self.roles or self.is_admin

    @property
    def known_as(self) -> frozenset[str]:
        """Every object id by which an admin may mean them."""
        return self.groups | {self.id.lower()}


class Callers:
    """Recognises callers by their access tokens. Thread-safe."""

    def __init__(self, settings: Settings) -> None:
        origin = f"{settings.authority}/{settings.tenant_id}"
        self._settings = settings
        self._issuer = f"{origin}/v2.0"
        self._keys = EntraKeys(f"{origin}/discovery/v2.0/keys")

    def identify(
        self, authorization: str | None, *, needs_role: bool = True, program: Program | None = None
    ) -> Caller:
        """The caller whose access token stands in this Authorization header: a person, or, where a role for
        programs is named by `program`, a program that has it.

        Raises NotAuthenticated when there is none or it is not a good one for this deployment,
        NotAdmitted when it is good but its client, tenant, scope or, where it `needs_role`, roles do not
        suffice, and SignInUnavailable when Entra's signing keys cannot be had.
        """
        if not authorization:
            raise NotAuthenticated
        found = _BEARER.fullmatch(authorization) if len(authorization) <= MAX_HEADER else None
        if not found:
            raise _refused("not a bearer token")
        claims = self._verify(found.group(1))
        if claims["tid"] != self._settings.tenant_id:
            raise NotAdmitted(
                claims["oid"], "Your account belongs to another organisation.", "Use your work account."
            )
        if claims.get("idtyp") == "app":
            return self._admit_program(claims, program)
        return self._admit(claims, needs_role=needs_role)

    def _verify(self, access_token: str) -> Mapping[str, Any]:
        """The claims of an access token that Entra signed for us and that is valid now."""
        import jwt

        try:
            header = jwt.get_unverified_header(access_token)
            # Asked before the key, so that `alg: none` and the like never make us fetch anything.
            if header.get("alg") != "RS256":
                raise jwt.InvalidAlgorithmError
            claims: Mapping[str, Any] = jwt.decode(
                access_token,
                self._keys.find(str(header.get("kid"))),
                algorithms=["RS256"],
                audience=self._settings.client_id,
                issuer=self._issuer,
                leeway=LEEWAY,
                options={"require": _REQUIRED, "strict_aud": True},
            )
        except jwt.ExpiredSignatureError as error:
            raise NotAuthenticated("Your sign-in has expired.") from error
        except jwt.PyJWTError as error:
            raise _refused(type(error).__name__) from error
        # A v1 token names its client and its issuer otherwise; the app's manifest decides which we get.
        if claims.get("ver") != "2.0":
            raise _refused("not a v2.0 token: set requestedAccessTokenVersion to 2 in the app's manifest")
        return claims

    def _admit(self, claims: Mapping[str, Any], *, needs_role: bool) -> Caller:
        person = claims["oid"]
        if claims.get("azp") not in self._settings.addin_client_ids:
            raise NotAdmitted(person, "This program may not call Rollcall.", "Use Rollcall's own add-in.")
        # Absent from tokens that no person stands behind, and from ID tokens.
        if SCOPE not in str(claims.get("scp", "")).split():
            raise NotAdmitted(
                person,
                "Your sign-in does not cover Rollcall.",
                f"Your administrator must allow the add-in the permission {SCOPE}.",
            )
        caller = Caller(
            id=person,
            tenant_id=claims["tid"],
            name=str(claims.get("name", "")),
            roles=frozenset(claims.get("roles", [])) - _FOR_PROGRAMS,
            names=frozenset(normalise(str(claims[name])) for name in _NAMES if claims.get(name)),
            groups=_groups_in(claims),
            client=claims["azp"],
        )
        if needs_role and not caller.is_sender:
            raise NotAdmitted(
                person,
                "You have no role in Rollcall.",
                f"Ask your administrator to assign you {SENDER} in Entra's enterprise applications.",
            )
        return caller

    def _admit_program(self, claims: Mapping[str, Any], wanted: Program | None) -> Caller:
        """The program behind a token of the client credentials flow, which Entra marks as such, and which no
        consent of a person, no scope and no public client can lead to."""
        if "scp" in claims or claims.get("azpacr") not in ("1", "2"):
            raise _refused("it says that it is a program's, and is not made like one")
        program = claims["oid"]
        if wanted is None:
            raise NotAdmitted(program, "Programs may not do this.", "Let a person do it who has a role.")
        if self._settings.programs == "off":
            raise NotAdmitted(
                program,
                "This organisation's Rollcall lets no program in.",
                "An administrator decides on that: ROLLCALL_PROGRAMS.",
            )
        roles = frozenset(claims.get("roles", [])) & _FOR_PROGRAMS
        if wanted not in roles:
            raise NotAdmitted(
                program,
                "This program has no role for this.",
                f"An administrator may assign {wanted} to it, and consent.",
            )
        return Caller(program, claims["tid"], "", roles, is_program=True)


def _groups_in(claims: Mapping[str, Any]) -> frozenset[str]:
    groups = claims.get("groups")
    return frozenset(str(one).lower() for one in groups) if isinstance(groups, list) else frozenset()


_KEYS_TIMEOUT = 5.0  # seconds


class EntraKeys:
    """Entra's public keys, by their `kid`. Thread-safe.

    PyJWT's own client keeps every caller waiting while it looks an unknown key up, forgets good keys when
    they grow old during an outage, and waits without an end for an answer that trickles in; so PyJWT only
    reads the keys.
    """

    LIFESPAN = 3600.0
    # Keys roll, so an unknown one is worth a look, but strangers can name as many as they like.
    PAUSE = 30.0
    PAUSE_AFTER_FAILURE = 5.0
    # How long an outage may keep us from learning that a key was withdrawn.
    LONGEST_OUTAGE = 24 * 3600.0

    def __init__(self, url: str, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._url = url
        self._clock = clock
        self._keys: dict[str, jwt.PyJWK] = {}
        self._fetched_at = float("-inf")
        self._next_try_at = float("-inf")
        self._down = False
        self._fetching = threading.Lock()

    def find(self, kid: str) -> jwt.PyJWK:
        """The key of that name. Raises NotAuthenticated when Entra has none such, SignInUnavailable
        when Entra cannot be asked."""
        key = self._keys.get(kid)
        if key is None or self._age() > self.LIFESPAN:
            # Whoever has a usable key does not wait for one who fetches.
            if self._fetching.acquire(blocking=key is None or self._age() > self.LONGEST_OUTAGE):
                try:
                    self._refresh()
                finally:
                    self._fetching.release()
            key = self._keys.get(kid)
        if self._age() > self.LONGEST_OUTAGE or (key is None and self._down):
            raise SignInUnavailable
        if key is None:
            raise _refused("signed with an unknown key")
        return key

    def _age(self) -> float:
        return self._clock() - self._fetched_at

    def _refresh(self) -> None:
        """Fetch the keys, unless that was tried a moment ago. Keeps the old ones when it fails."""
        import jwt

        if self._clock() < self._next_try_at:
            return
        try:
            keys = jwt.PyJWKSet.from_dict(self._fetch()).keys
        # OSError: no answer in time; ValueError: it is not JSON; the others: not of the documented shape.
        except (jwt.PyJWTError, OSError, ValueError, TypeError, AttributeError) as error:
            self._down = True
            self._next_try_at = self._clock() + self.PAUSE_AFTER_FAILURE
            log.warning("Entra's signing keys cannot be fetched: %s", type(error).__name__)
            return
        self._down = False
        self._keys = {key.key_id: key for key in keys if key.key_id and key.public_key_use in (None, "sig")}
        self._fetched_at = self._clock()
        self._next_try_at = self._fetched_at + self.PAUSE

    def _fetch(self) -> dict[str, Any]:
        """Entra's key set. Raises OSError or ValueError."""
        from shared.sessions import bounded_session

        headers: dict[str, str] = {}
        trace.mark(headers)
        with bounded_session(1) as session:
            answer = session.get(self._url, timeout=_KEYS_TIMEOUT, headers=headers, allow_redirects=False)
        answer.raise_for_status()
        return dict(answer.json())


def _refused(why: str) -> NotAuthenticated:
    """An admin finds the reason in the log; the caller, who may be anyone, does not learn it."""
    log.info("An access token was refused: %s", why)
    return NotAuthenticated("Your sign-in is not valid for Rollcall.")
