"""Key Vault's secrets, and the managed identity endpoint that App Service gives an app."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.entra import tokens
from sandbox.tenant.world import VAULT_AUDIENCE, Refused, SecretVersion, World

LARGEST_VALUE = 25_000  # characters
_NAME = re.compile(r"[0-9A-Za-z-]{1,127}")
_PAGE = 25
_RESOURCES = (VAULT_AUDIENCE, tokens.FEDERATION_AUDIENCE, "https://storage.azure.com")
# What is kept of a secret beside its value.
_PROPERTIES = ("contentType", "tags", "attributes")


def routes(world: World) -> list[Route]:
    """`/secrets`, `/deletedsecrets` and `/msi/token`."""

    async def get_secret(request: Request) -> Response:
        versions = opened(request)
        wanted = request.path_params.get("version")
        found = [version for version in versions if wanted in (None, version.version)]
        if not found:
            raise _not_found(request.path_params["name"])
        if not found[-1].attributes.get("attributes", {}).get("enabled", True):
            message = "Operation get is not allowed on a disabled secret."
            raise _refusal(403, "Forbidden", message, innererror={"code": "SecretDisabled"})
        return JSONResponse(bundle(request.path_params["name"], found[-1]) | {"value": found[-1].value})

    async def set_secret(request: Request) -> Response:
        allow(request)
        name = request.path_params["name"]
        if name.lower() in world.deleted_secrets:
            raise _refusal(
                409,
                "Conflict",
                f"Secret {name} is currently in a deleted but recoverable state, and its name cannot be"
                " reused; in this state, the secret can only be recovered or purged.",
                innererror={"code": "ObjectIsDeletedButRecoverable"},
            )
        value, properties = _parse_secret(name, await request.body())
        return JSONResponse(bundle(name, world.set_secret(name, value, **properties)) | {"value": value})

    async def update_secret(request: Request) -> Response:
        name, given = request.path_params["name"], json.loads(await request.body())
        found = [v for v in opened(request) if v.version == request.path_params["version"]]
        if not found:
            raise _not_found(name)
        changed = given.get("attributes", {})
        found[0].attributes["attributes"] = found[0].attributes.get("attributes", {}) | changed
        return JSONResponse(bundle(name, found[0]))

    async def delete_secret(request: Request) -> Response:
        versions = opened(request)
        name = request.path_params["name"]
        del world.secrets[name.lower()]
        world.deleted_secrets[name.lower()] = versions
        return JSONResponse(deleted(name, versions))

    async def list_secrets(request: Request) -> Response:
        allow(request)
        return page(request, [item(name, versions[-1], "") for name, versions in world.secrets.items()])

    async def list_versions(request: Request) -> Response:
        versions, name = opened(request), request.path_params["name"]
        return page(request, [item(name, version, f"/{version.version}") for version in versions])

    async def get_deleted(request: Request) -> Response:
        allow(request)
        name = request.path_params["name"]
        if name.lower() not in world.deleted_secrets:
            raise _refusal(404, "SecretNotFound", f"Deleted Secret not found: {name}")
        return JSONResponse(deleted(name, world.deleted_secrets[name.lower()]))

    async def managed_identity(request: Request) -> Response:
        identity, query = world.managed_identity, request.query_params
        if request.headers.get("x-identity-header") != identity.header:
            return _identity_refusal(403, "The identity header is missing or wrong.")
        if query.get("client_id", identity.client_id) != identity.client_id:
            return _identity_refusal(400, "No managed identity found for the specified client id.")
        resource = query.get("resource", "").rstrip("/")
        if resource not in _RESOURCES:
            return _identity_refusal(400, f"The resource principal named {resource} was not found.")
        token, expires_at = tokens.managed_identity_token(world, identity, resource)
        body = {"access_token": token, "expires_on": str(expires_at), "resource": resource}
        return JSONResponse(body | {"token_type": "Bearer", "client_id": identity.client_id})

    def allow(request: Request) -> None:
        claims = world.check_bearer(request, VAULT_AUDIENCE, unauthorized)
        if world.switches.vault_denied:
            message = (
                f"Caller is not authorized to perform action on resource.\r\nCaller: appid={claims['appid']};"
                f"oid={claims['oid']}\r\nAssignment: (not found)"
            )
            raise _refusal(403, "Forbidden", message, innererror={"code": "ForbiddenByRbac"})

    def unauthorized(reason: str) -> Response:
        message = {
            "missing": "AKV10000: Request is missing a Bearer or PoP token.",
            "expired": "AKV10022: Invalid token. The token is expired.",
            "audience": "AKV10022: Invalid audience. Expected https://vault.azure.net.",
        }.get(reason, "AKV10022: Invalid token.")
        authority = f"{world.origin}/{world.tenant.tenant_id}"
        challenge = f'Bearer authorization="{authority}", resource="{VAULT_AUDIENCE}"'
        refused = _refusal(401, "Unauthorized", message)
        refused.response.headers["WWW-Authenticate"] = challenge
        return refused.response

    def opened(request: Request) -> list[SecretVersion]:
        allow(request)
        name = request.path_params["name"]
        if name.lower() not in world.secrets:
            raise _not_found(name)
        return world.secrets[name.lower()]

    def item(name: str, version: SecretVersion, suffix: str) -> dict[str, Any]:
        times: dict[str, Any] = {
            "enabled": True,
            "created": version.created_at,
            "updated": version.created_at,
        }
        times |= {"recoveryLevel": "Recoverable+Purgeable", "recoverableDays": 90}
        properties = dict(version.attributes)
        attributes = times | properties.pop("attributes", {})
        return {"id": f"{world.origin}/secrets/{name}{suffix}", "attributes": attributes, **properties}

    def bundle(name: str, version: SecretVersion) -> dict[str, Any]:
        return item(name, version, f"/{version.version}")

    def deleted(name: str, versions: list[SecretVersion]) -> dict[str, Any]:
        last = versions[-1]
        recovery = {"recoveryId": f"{world.origin}/deletedsecrets/{name}"}
        dates = {"deletedDate": last.created_at, "scheduledPurgeDate": last.created_at + 90 * 86_400}
        return bundle(name, last) | recovery | dates

    def page(request: Request, items: list[dict[str, Any]]) -> Response:
        skip = request.query_params.get("$skiptoken", "0")
        start = int(skip) if skip.isdecimal() else 0
        size = request.query_params.get("maxresults", "")
        end = start + (min(int(size), _PAGE) if size.isdecimal() else _PAGE)
        rest = dict(request.query_params) | {"$skiptoken": str(end)}
        link = f"{world.origin}{request.url.path}?{urlencode(rest)}"
        return JSONResponse({"value": items[start:end], "nextLink": link if end < len(items) else None})

    return [
        Route("/secrets", list_secrets),
        Route("/secrets/{name}/versions", list_versions),
        Route("/secrets/{name}", set_secret, methods=["PUT"]),
        Route("/secrets/{name}", delete_secret, methods=["DELETE"]),
        Route("/secrets/{name}", get_secret),
        Route("/secrets/{name}/", get_secret),  # how the client asks for the latest version
        Route("/secrets/{name}/{version}", get_secret),
        Route("/secrets/{name}/{version}", update_secret, methods=["PATCH"]),
        Route("/deletedsecrets/{name}", get_deleted),
        Route("/msi/token", managed_identity),
    ]


def _parse_secret(name: str, body: bytes) -> tuple[str, dict[str, Any]]:
    """The value and properties in a request to set a secret. Raises Refused."""
    try:
        given = json.loads(body)
        value = given["value"]
    except (ValueError, KeyError, TypeError):
        raise _refusal(400, "BadParameter", "Property  has invalid value\r\n") from None
    if not isinstance(value, str) or len(value) > LARGEST_VALUE:
        message = f"Secret value must be a string of at most {LARGEST_VALUE} characters."
        raise _refusal(400, "BadParameter", message)
    if not _NAME.fullmatch(name):
        raise _refusal(400, "BadParameter", f"The request URI contains an invalid name: {name}")
    return value, {key: given[key] for key in _PROPERTIES if given.get(key)}


def _not_found(name: str) -> Refused:
    message = (
        f"A secret with (name/id) {name} was not found in this key vault. If you recently deleted this"
        " secret you may be able to recover it using the correct recovery command."
    )
    return _refusal(404, "SecretNotFound", message)


def _identity_refusal(status: int, message: str) -> Response:
    return JSONResponse({"statusCode": status, "message": message}, status)


def _refusal(status: int, code: str, message: str, **more: Any) -> Refused:
    return Refused(JSONResponse({"error": {"code": code, "message": message, **more}}, status))
