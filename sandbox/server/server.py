"""Runs a World: all services over TLS, and Outlook's stand-in in plain HTTP, on loopback."""

from __future__ import annotations

import contextlib
import http.client
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.applications import Starlette
from starlette.types import ASGIApp

from sandbox import vault
from sandbox.entra import http as entra
from sandbox.entra import tokens
from sandbox.exchange import admin_api as exchange
from sandbox.exchange import ews
from sandbox.graph import http as graph
from sandbox.mailboxes.post_office import PostOffice
from sandbox.outlook import listener
from sandbox.server import control
from sandbox.serving import certificates
from sandbox.serving.cors import GraphCors
from sandbox.serving.loopback import listen
from sandbox.serving.serving import Spoiler, refused, serving
from sandbox.tenant import enterprise
from sandbox.tenant.tenant import Tenant
from sandbox.tenant.world import Refused, World

TENANTS = Path(__file__).parent.parent / "tenant" / "tenants"
FOLDER = Path(".dev/sandbox")


@dataclass(frozen=True, slots=True)
class Running:
    """A sandbox that is up. `ca_path` is the certificate authority to trust, `outlook_url` the compose
    window of Outlook's stand-in."""

    origin: str
    ca_path: Path
    world: World
    post_office: PostOffice
    outlook_url: str

    def settings_env(self) -> dict[str, str]:
        """What the app's environment needs to have this tenant as its outside."""
        return {
            "ROLLCALL_TENANT_ID": self.world.tenant.tenant_id,
            "ROLLCALL_CLIENT_ID": self.world.tenant.client_id,
            "ROLLCALL_ADDIN_CLIENT_IDS": self.world.addin.client_id,
            "ROLLCALL_DIRECTORIES": "graph,exchange",
            "ROLLCALL_AUTHORITY": self.origin,
            "ROLLCALL_GRAPH_URL": f"{self.origin}/v1.0",
            "ROLLCALL_EXCHANGE_URL": f"{self.origin}/adminapi/v2.0",
            "ROLLCALL_EWS_URL": f"{self.origin}/EWS/Exchange.asmx",
            "ROLLCALL_KEY_VAULT_URL": self.origin,
            # Readers do in two minutes what they would do in a morning.
            "ROLLCALL_PUBLISHED_AFTER": "130",
            "ROLLCALL_SEND_FROM_PANE": "yes",
            "ROLLCALL_OFFICE_JS_URL": f"{self.outlook_url.removesuffix('/outlook')}/office.js",
            "ROLLCALL_OUTLOOK_ORIGINS": self.outlook_url.removesuffix("/outlook"),
            "AZURE_CLIENT_ID": self.world.managed_identity.client_id,
            "IDENTITY_ENDPOINT": f"{self.origin}/msi/token",
            "IDENTITY_HEADER": self.world.managed_identity.header,
            "REQUESTS_CA_BUNDLE": str(self.ca_path),
            "SSL_CERT_FILE": str(self.ca_path),
        }

    def caller_token(self, person: str = "", **claims: Any) -> str:
        """An access token for the backend's API, as the add-in gets one for `person` (the tenant's
        first sender when empty). `claims` replace the true ones; one that is None is left out."""
        return tokens.caller_token(self.world, person, claims)

    def program_token(self, name: str) -> str:
        """An access token for the backend's API, as the program of that name gets one for itself."""
        app = next(app for app in self.world.apps.values() if app.principal and app.name == name)
        return tokens.program_token(self.world, app, self.world.tenant.client_id)

    def sign_in_service_account(self, authorize_url: str, account: str = "") -> str:
        """Act as the person who picks `account` (the tenant's service account when empty) on the sign-in
        page and accepts.

        Returns the callback URL with code and state. Raises PermissionError with the page's words
        when the sign-in is refused.
        """
        parts = urlsplit(authorize_url)
        query = dict(parse_qsl(parts.query)) | {"response_mode": "query"}
        form = urlencode({"account": account or self.world.tenant.service_account, "action": "accept"})
        trust = ssl.create_default_context(cafile=self.ca_path)
        connection = http.client.HTTPSConnection(parts.netloc, timeout=10, context=trust)
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        with contextlib.closing(connection):
            connection.request("POST", f"{parts.path}?{urlencode(query)}", form, headers)
            answer = connection.getresponse()
            location = answer.getheader("Location")
            if location is None:
                raise PermissionError(answer.read().decode())
        return location


@contextlib.contextmanager
def serve(
    tenant: Tenant | Path | str,
    port: int = 0,
    folder: Path = FOLDER,
    *,
    outlook_port: int = 0,
    app_url: str = "",
) -> Iterator[Running]:
    """Run `tenant` (itself, its file, or the name of one that ships) until the block ends.

    Certificates are kept in `folder`. Port 0 picks a free one. `outlook_port` is where Outlook's stand-in is
    served, `app_url` where the app is; it can be told later.
    """
    tls = certificates.issue(folder)
    given = find_tenant(tenant)
    sockets, plain = listen(port), listen(outlook_port)
    origin, outlook = (
        f"{scheme}://localhost:{some[0].getsockname()[1]}"
        for scheme, some in (("https", sockets), ("http", plain))
    )
    world = World(given, origin)
    world.app_url, world.outlook_url = app_url, f"{outlook}/outlook"
    post_office = PostOffice(world)
    with contextlib.ExitStack() as stack:
        stack.callback(post_office.agents.close)
        stack.enter_context(serving(application(world, post_office), sockets, certificate=tls.server))
        stack.enter_context(serving(listener.application(world, post_office, outlook), plain))
        yield Running(origin, tls.ca.resolve(), world, post_office, world.outlook_url)


def find_tenant(tenant: Tenant | Path | str) -> Tenant:
    """The tenant itself, the one in a file, or the one that ships under a name.

    Raises FileNotFoundError when there is none.
    """
    if isinstance(tenant, Tenant):
        return tenant
    if tenant == "enterprise":
        return enterprise.generate()
    shipped = TENANTS / f"{tenant}.json"
    return Tenant.load(shipped if shipped.exists() else Path(tenant))


def application(world: World, post_office: PostOffice) -> ASGIApp:
    """The ASGI application: every service of `world`, behind its faults and latency."""
    others = (exchange, ews, vault, control, entra)  # Entra's paths begin with a tenant: last
    routes = [*graph.routes(world, post_office.deliver)]
    routes += [route for service in others for route in service.routes(world)]
    handlers = {Refused: refused}
    return GraphCors(Spoiler(Starlette(routes=routes, exception_handlers=handlers), world), world)
