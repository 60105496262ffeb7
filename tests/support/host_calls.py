"""A small app on the local host, and requests to it."""

from __future__ import annotations

import asyncio
import http.client
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import azure.functions as func

TICKS: list[datetime] = []


def sample_app() -> func.FunctionApp:
    """One function for each behaviour. Names matter: the host tries them in their order."""
    app = func.FunctionApp(http_auth_level=func.AuthLevel.FUNCTION)

    def answer(text: str) -> func.HttpResponse:
        return func.HttpResponse(text)

    def route(path: str, **options: Any) -> Callable[[Any], Any]:
        decorate: Callable[[Any], Any] = app.route(path, auth_level=func.AuthLevel.ANONYMOUS, **options)
        return decorate

    @route("order/first/{id}", methods=["GET"])
    def b_parameter(req: func.HttpRequest) -> func.HttpResponse:
        return answer(f"b {req.route_params['id']}")

    @route("order/first/literal", methods=["GET"])
    def C_literal(req: func.HttpRequest) -> func.HttpResponse:
        return answer("c")

    @route("order/first/{id:int}", methods=["GET"])
    def A_number(req: func.HttpRequest) -> func.HttpResponse:
        return answer(f"a {req.route_params['id']}")

    @route("Mixed/Case", methods=["GET", "HEAD", "POST"])
    async def mixed_case(req: func.HttpRequest) -> func.HttpResponse:
        return answer(req.method)

    @route("only/get", methods=["GET"])
    def only_get(req: func.HttpRequest) -> func.HttpResponse:
        return answer("got")

    @route("any/method")
    def any_method(req: func.HttpRequest) -> func.HttpResponse:
        return answer(req.method)

    @route("rest/{*rest}", methods=["GET"])
    def rest(req: func.HttpRequest) -> func.HttpResponse:
        return answer(repr(dict(req.route_params)))

    @route("optional/{id:int?}", methods=["GET"])
    def optional(req: func.HttpRequest) -> func.HttpResponse:
        return answer(repr(dict(req.route_params)))

    @route("one/{value}", methods=["GET"])
    def one(req: func.HttpRequest) -> func.HttpResponse:
        return answer(repr(req.route_params["value"]))

    @route("image/{token}.gif", methods=["GET"])
    def image(req: func.HttpRequest) -> func.HttpResponse:
        return answer(req.route_params["token"])

    @route("query", methods=["GET"])
    def query(req: func.HttpRequest) -> func.HttpResponse:
        return answer(f"{dict(req.params)} {req.url.partition('/query')[2]}")

    @route("headers", methods=["GET"])
    def headers(req: func.HttpRequest) -> func.HttpResponse:
        return answer(f"{[n for n in req.headers if n.startswith('x-')]} {req.headers.get('X-A')}")

    @route("url/{value}", methods=["GET"])
    def url(req: func.HttpRequest) -> func.HttpResponse:
        return answer(req.url)

    @route("body", methods=["POST"])
    def body(req: func.HttpRequest) -> func.HttpResponse:
        return answer(f"{len(req.get_body())} {type(req.get_body()).__name__}")

    @route("fails", methods=["GET"])
    def fails(req: func.HttpRequest) -> func.HttpResponse:
        raise RuntimeError("this text stays in the log")

    @route("nothing", methods=["GET"])
    async def nothing(req: func.HttpRequest) -> func.HttpResponse:
        return None  # type: ignore[return-value]

    @route("slow/async", methods=["GET"])
    async def slow_async(req: func.HttpRequest) -> func.HttpResponse:
        await asyncio.sleep(5)
        return answer("late")

    @route("slow/sync", methods=["GET"])
    def slow_sync(req: func.HttpRequest) -> func.HttpResponse:
        time.sleep(0.3)
        return answer(threading.current_thread().name)

    @route("repeated", methods=["GET"])
    def repeated(req: func.HttpRequest) -> func.HttpResponse:
        response = answer("")
        response.headers.add("X-Twice", "1")
        response.headers.add("X-Twice", "2")
        response.headers.add("Set-Cookie", "a=1; Path=/; HttpOnly")
        response.headers.add("Set-Cookie", "b=x=y; Path=/; SameSite=Lax; Secure")
        return response

    @route("foreign/header", methods=["GET"])
    def foreign_header(req: func.HttpRequest) -> func.HttpResponse:
        return func.HttpResponse(status_code=302, headers={"Location": "https://example.org/ä"})

    @route("control/header", methods=["GET"])
    def control_header(req: func.HttpRequest) -> func.HttpResponse:
        return func.HttpResponse(headers={"X-Name": "a\x01b"})

    @route("redirect", methods=["GET"])
    def redirect(req: func.HttpRequest) -> func.HttpResponse:
        return func.HttpResponse(status_code=302, headers={"Location": "https://example.org/?q=1"})

    @route("bytes", methods=["GET", "HEAD"])
    def raw_bytes(req: func.HttpRequest) -> func.HttpResponse:
        return func.HttpResponse(b"\x00\xff", mimetype="image/gif")

    @route("bytes/counted", methods=["GET", "HEAD"])
    def raw_bytes_counted(req: func.HttpRequest) -> func.HttpResponse:
        return func.HttpResponse(b"\x00\xff", mimetype="image/gif", headers={"Content-Length": "2"})

    @route("status/{code:int}", methods=["GET"])
    def status(req: func.HttpRequest) -> func.HttpResponse:
        return func.HttpResponse("text", status_code=int(req.route_params["code"]))

    @route("context", methods=["GET"])
    def with_context(req: func.HttpRequest, context: func.Context) -> func.HttpResponse:
        return answer(f"{context.function_name} {len(context.invocation_id)}")

    @app.timer_trigger(schedule="* * * * * *", arg_name="timer", run_on_startup=False)
    def ticking(timer: func.TimerRequest) -> None:
        TICKS.append(datetime.now(UTC))

    return app


HOST_JSON = {"extensions": {"http": {"routePrefix": ""}}, "functionTimeout": "00:00:01"}


class Reply:
    """A response, read to its end."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    @property
    def text(self) -> str:
        return self.body.decode()


def ask(
    origin: str,
    path: str,
    method: str = "GET",
    body: object = None,
    headers: list[tuple[str, str]] | None = None,
) -> Reply:
    """`path` goes to the wire untouched, which no friendlier client does."""
    connection = http.client.HTTPConnection(urlsplit(origin).netloc, timeout=10)
    try:
        connection.putrequest(method, path, skip_accept_encoding=True)
        if isinstance(body, bytes):
            connection.putheader("Content-Length", str(len(body)))
        elif body is not None:
            connection.putheader("Transfer-Encoding", "chunked")
        for name, value in headers or []:
            connection.putheader(name, value)
        connection.endheaders(body, encode_chunked=not isinstance(body, bytes))  # type: ignore[arg-type]
        return Reply(connection.getresponse())
    finally:
        connection.close()
