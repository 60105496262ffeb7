"""Requests and answers: the one place where HTTP is spoken."""

from __future__ import annotations

import base64
import time
import traceback
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextvars import ContextVar
from functools import wraps
from http import HTTPStatus
from math import ceil
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import azure.functions as func

from shared import errors, telemetry
from shared.brevity import brief
from shared.helpers import Words
from shared.languages.reader import listen, say, told
from shared.web import pages
from shared.web.headers import ALWAYS
from shared.web.nowhere import MethodNotAllowed

if TYPE_CHECKING:
    from shared.api.declaration import Declaration

Door = Callable[[errors.RollcallError], func.HttpResponse]
AsyncHandler = Callable[[func.HttpRequest], Awaitable[func.HttpResponse]]

log = brief(__name__)

reader_is_admin: ContextVar[bool] = ContextVar("reader_is_admin", default=False)
"""Whether an administrator reads the answer of the request at hand: what went wrong is told accordingly."""

# The nearest class wins.
STATUS: dict[type[errors.RollcallError], HTTPStatus] = {
    errors.NotAuthenticated: HTTPStatus.UNAUTHORIZED,
    errors.NotAllowed: HTTPStatus.FORBIDDEN,
    errors.BadToken: HTTPStatus.NOT_FOUND,
    errors.NotFound: HTTPStatus.NOT_FOUND,
    MethodNotAllowed: HTTPStatus.METHOD_NOT_ALLOWED,
    errors.Conflict: HTTPStatus.CONFLICT,
    errors.Cancelled: HTTPStatus.GONE,
    errors.TooManyRequests: HTTPStatus.TOO_MANY_REQUESTS,
    errors.SignInUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.StoreUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.VaultUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.ServiceAccountError: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.Throttled: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.DirectoryError: HTTPStatus.BAD_GATEWAY,
    errors.RollcallError: HTTPStatus.INTERNAL_SERVER_ERROR,
}


_PRECISE = (errors.ServiceAccountError, errors.NotAllowed)
"""Whose reason is a word of its own for programs."""


def guarded(name: str, serve: Callable[[], func.HttpResponse], door: Door) -> func.HttpResponse:
    """What `serve` answers. Whatever leaves it as an error goes out by `door`, and never as a stack trace."""
    began = time.perf_counter()
    reader_is_admin.set(False)
    try:
        answer = serve()
    except Exception as error:  # noqa: BLE001 - the last door
        answer = door(_expected(name, error))
    telemetry.served(name, answer.status_code, time.perf_counter() - began)
    return answer


def always(answer: Callable[[], func.HttpResponse]) -> Callable[[AsyncHandler], AsyncHandler]:
    """Give `answer` when anything goes wrong in a coroutine: the reader never pays for our trouble. It is
    counted as failed, whatever the reader is shown."""

    def decorate(handler: AsyncHandler) -> AsyncHandler:
        @wraps(handler)
        async def wrapped(req: func.HttpRequest) -> func.HttpResponse:
            began = time.perf_counter()
            try:
                given = await handler(req)
                status = given.status_code
            except Exception as error:  # noqa: BLE001 - the last door
                _expected(handler.__name__, error, quiet=())
                listen(req.headers.get("accept-language"))
                given, status = answer(), 500
            telemetry.served(handler.__name__, status, time.perf_counter() - began)
            return given

        return wrapped

    return decorate


def _expected(
    name: str, error: Exception, quiet: type[errors.RollcallError] | tuple[()] = errors.RollcallError
) -> errors.RollcallError:
    """What is said of `error` to whoever called `name`. Only those that are `quiet` stay out of the log."""
    if isinstance(error, errors.SettingsError):
        log.error("settings are incomplete: %s", "; ".join(error.complaints))
        return _NotConfigured()
    if not isinstance(error, quiet):
        _log_unexpected(name, error)
    return error if isinstance(error, errors.RollcallError) else errors.RollcallError()


def _log_unexpected(name: str, error: Exception) -> None:
    """The error's own text may hold an address or a secret, so only its kind and place are logged."""
    place = "".join(traceback.format_tb(error.__traceback__))
    log.error("unexpected %s in %s:\n%s", type(error).__name__, name, place)


class _NotConfigured(errors.RollcallError):
    code = "not_configured"
    sentence = "Rollcall is not set up completely."
    remedy = "Your administrator finds the missing settings in the app's log."


def answer(value: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> func.HttpResponse:
    """`value` (a struct or dataclass) as JSON."""
    import msgspec

    body = msgspec.json.encode(told(value))
    return func.HttpResponse(body, status_code=status, headers=headers, mimetype="application/json")


def lines(values: Sequence[Any]) -> func.HttpResponse:
    """Values as JSON, one a line."""
    import msgspec

    from shared.api.declaration import NDJSON

    body = msgspec.json.Encoder().encode_lines([told(value) for value in values])
    return func.HttpResponse(body, mimetype=NDJSON)


def spreadsheet(body: bytes, name: str) -> func.HttpResponse:
    """CSV as a file of that name, to which its ending is added."""
    return func.HttpResponse(body, headers=_saved_as(f"{name}.csv"), mimetype="text/csv", charset="utf-8")


def workbook(body: bytes, name: str) -> func.HttpResponse:
    """A workbook as a file of that name, to which its ending is added."""
    from shared.api.declaration import XLSX

    return func.HttpResponse(body, headers=_saved_as(f"{name}.xlsx"), mimetype=XLSX)


def _saved_as(name: str) -> dict[str, str]:
    """The header that names a file: in ASCII, and where that is not all, as it is (RFC 6266)."""
    plain = name.encode("ascii", "replace").decode().replace("?", "_")
    exact = "" if plain == name else f"; filename*=UTF-8''{quote(name, safe='')}"
    return {"Content-Disposition": f'attachment; filename="{plain}"{exact}'}


def file(status: int, body: bytes, headers: Mapping[str, str]) -> func.HttpResponse:
    """A file, with headers that are complete."""
    return func.HttpResponse(body, status_code=status, headers=dict(headers))


def no_content() -> func.HttpResponse:
    """Done, and nothing to say about it."""
    return func.HttpResponse(status_code=204)


# 43 bytes, transparent, one by one.
_PIXEL = base64.b64decode("R0lGODlhAQABAIAAAAAAAAAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==")
_TRACKING_HEADERS = {
    **ALWAYS,
    "Cache-Control": "no-store, no-cache, must-revalidate, max-age=0",
    "X-Robots-Tag": "noindex",
}
_PIXEL_HEADERS = _TRACKING_HEADERS | {
    "Content-Length": str(len(_PIXEL)),
    # Without it a page that isolates itself, as some web mailers do, does not show the image.
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Pragma": "no-cache",
}


def pixel() -> func.HttpResponse:
    """The tracking pixel."""
    return func.HttpResponse(_PIXEL, headers=_PIXEL_HEADERS, mimetype="image/gif")


def redirect(target: str) -> func.HttpResponse:
    """On to `target`, a canonical URL."""
    return func.HttpResponse(status_code=302, headers={"Location": target, **_TRACKING_HEADERS})


def link_damaged() -> func.HttpResponse:
    """What a forged or damaged link shows; nothing of the request is in it."""
    return pages.notice("Link not found", errors.BadToken.sentence, errors.BadToken.remedy, 404)


def link_withdrawn() -> func.HttpResponse:
    """What a link shows that was withdrawn; not where it led."""
    return pages.notice(
        "This link was withdrawn",
        "Whoever sent the mail, or an administrator, took this link back. There is nothing you need to do.",
        "If you expected something here, ask whoever sent you the mail.",
        410,
    )


def link_unavailable() -> func.HttpResponse:
    """What a link shows that we cannot judge now."""
    return pages.notice("Try again", "This link cannot be opened right now.", "Try again in a minute.", 503)


def cookie(name: str, value: str, path: str, seconds: float, *, secure: bool) -> Mapping[str, str]:
    """The header that has a browser keep `value` for `path`, and send it when another site leads there."""
    kept = f"{cookie_name(name, secure=secure)}={value}"
    parts = [kept, f"Path={path}", f"Max-Age={seconds:.0f}", "HttpOnly", "SameSite=Lax"]
    return {"Set-Cookie": "; ".join([*parts, "Secure"] if secure else parts)}


def cookie_name(name: str, *, secure: bool) -> str:
    """What the cookie is called: where it is secure, by a name under which no page over http can set one.

    Not `__Host-`, which allows no Domain, while the Functions host writes an empty one into every cookie.
    Source: RFC 6265bis, "Cookie Name Prefixes".
    """
    return f"__Secure-{name}" if secure else name


def problem(error: errors.RollcallError) -> func.HttpResponse:
    """Problem details for `error`, in the words for who reads it."""
    import msgspec

    from shared.api.problem import ProblemAnswer

    status = status_of(error)
    words = Words(error.sentence, error.remedy) if reader_is_admin.get() else error.for_sender()
    waits = errors.Throttled | errors.TooManyRequests
    retry_after = max(1, ceil(error.retry_after)) if isinstance(error, waits) else None
    body = ProblemAnswer(
        title=status.phrase,
        status=status,
        code=error.reason if isinstance(error, _PRECISE) else error.code,
        detail=say(words.sentence),
        remedy=say(words.remedy),
        forward=words.forward and say(words.forward),
        field=error.field if isinstance(error, errors.InvalidRequest) else None,
        retry_after=retry_after,
    )
    headers = _allowed(error)
    if retry_after is not None:
        headers["Retry-After"] = str(retry_after)
    if isinstance(error, errors.NotAuthenticated):
        headers["WWW-Authenticate"] = 'Bearer error="invalid_token"'
    return func.HttpResponse(
        msgspec.json.encode(body), status_code=status, headers=headers, mimetype="application/problem+json"
    )


def door_of(declaration: Declaration) -> Door:
    """How what goes wrong at a route is told to those who ask it."""
    return error_page if declaration.is_page else problem


def error_page(error: errors.RollcallError) -> func.HttpResponse:
    """A page that says what went wrong, and what helps."""
    title = "Nothing here" if isinstance(error, errors.NotFound) else "Not available"
    page = pages.notice(title, error.sentence, error.remedy, status_of(error))
    page.headers.update(_allowed(error))
    return page


def _allowed(error: errors.RollcallError) -> dict[str, str]:
    """The header that a refusal of the method has (RFC 9110, section 15.5.6)."""
    return {"Allow": ", ".join(error.allowed)} if isinstance(error, MethodNotAllowed) else {}


def status_of(error: errors.RollcallError) -> HTTPStatus:
    """The HTTP status that says what `error` says."""
    if isinstance(error, errors.InvalidRequest):
        return HTTPStatus(error.status)
    if isinstance(error, _NotConfigured):
        return HTTPStatus.SERVICE_UNAVAILABLE
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)
