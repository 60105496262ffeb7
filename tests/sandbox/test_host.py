"""The local host does what the Functions host does. Nothing here knows which of the two answers."""

from __future__ import annotations

import asyncio
import http.client
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import azure.functions as func
import pytest

from sandbox.host import host
from sandbox.host.routing import parse_route
from sandbox.host.timers import parse_schedule

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


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    with host.serve(sample_app(), host_json=HOST_JSON) as running:
        yield running.origin


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


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/order/first/12", "a 12"),
        ("/order/first/word", "b word"),
        ("/order/first/literal", "b literal"),  # the literal's function comes later by name: shadowed
        ("/order/first/99999999999", "b 99999999999"),  # no 32-bit integer
    ],
)
def test_functions_are_tried_in_the_order_of_their_names(origin: str, path: str, text: str) -> None:
    assert ask(origin, path).text == text


@pytest.mark.parametrize("path", ["/mixed/case", "/MIXED/CASE", "/Mixed/Case/"])
def test_literals_match_in_any_case_and_with_a_trailing_slash(origin: str, path: str) -> None:
    assert ask(origin, path).status == 200


@pytest.mark.parametrize(
    "path", ["/nowhere", "/mixed", "/mixed/case/more", "//mixed/case", "/api/mixed/case"]
)
def test_unknown_path_is_404_without_a_body(origin: str, path: str) -> None:
    reply = ask(origin, path)
    assert (reply.status, reply.body) == (404, b"")


@pytest.mark.parametrize("method", ["POST", "DELETE", "HEAD", "OPTIONS"])
def test_wrong_method_is_404_and_head_is_not_implied_by_get(origin: str, method: str) -> None:
    assert ask(origin, "/only/get", method).status == 404


def test_declared_head_is_answered_without_a_body(origin: str) -> None:
    reply = ask(origin, "/mixed/case", "HEAD")
    assert (reply.status, reply.body) == (200, b"")


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE"])
def test_a_route_without_methods_takes_every_method(origin: str, method: str) -> None:
    assert ask(origin, "/any/method", method).text == method


@pytest.mark.parametrize(
    ("path", "params"),
    [
        ("/rest", {}),
        ("/rest/", {}),
        ("/rest/a", {"rest": "a"}),
        ("/rest/a/b%20c/", {"rest": "a/b c/"}),
        ("/optional", {}),
        ("/optional/7", {"id": "7"}),
    ],
)
def test_absent_route_parameters_have_no_key(origin: str, path: str, params: dict[str, str]) -> None:
    assert ask(origin, path).text == repr(params)


@pytest.mark.parametrize(
    ("sent", "seen"),
    [
        ("a%20b", "a b"),
        ("%C3%A9", "é"),
        ("a%2Fb", "a%2Fb"),
        ("a%2fb", "a%2fb"),
        ("a%252Fb", "a%2Fb"),
        ("100%", "100%"),
        ("%FF", "%FF"),
        ("a+b", "a+b"),
        ("x/../y", "y"),
    ],
)
def test_route_parameters_are_decoded_but_for_the_slash(origin: str, sent: str, seen: str) -> None:
    assert ask(origin, f"/one/{sent}").text == repr(seen)


def test_a_parameter_may_be_part_of_a_segment(origin: str) -> None:
    assert ask(origin, "/image/a.b.gif").text == "a.b"
    assert ask(origin, "/image/a.png").status == 404


@pytest.mark.parametrize(
    ("query", "params"),
    [
        ("", {}),
        ("?a=1", {"a": "1"}),
        ("?a=1&a=2", {"a": "1,2"}),
        ("?a=1&A=2", {"a": "1,2"}),
        ("?a=&b", {}),
        ("?a=x+y%26z", {"a": "x y&z"}),
    ],
)
def test_query_drops_empty_values_and_joins_repeats(origin: str, query: str, params: dict[str, str]) -> None:
    assert ask(origin, f"/query{query}").text == f"{params} {query}"


def test_header_names_are_lower_case_and_repeats_joined(origin: str) -> None:
    reply = ask(origin, "/headers", headers=[("X-A", "1"), ("x-a", "2"), ("X-Up", "3")])
    assert reply.text == "['x-a', 'x-up'] 1,2"


@pytest.mark.parametrize(("sent", "seen"), [("a%20b%2Fc", "a%20b%2Fc"), ("100%", "100%25"), ("%41", "A")])
def test_url_is_escaped_again_and_ignores_the_forwarded_host(origin: str, sent: str, seen: str) -> None:
    reply = ask(origin, f"/url/{sent}", headers=[("X-Forwarded-Host", "elsewhere.example")])
    assert reply.text == f"{origin}/url/{seen}"


def test_body_arrives_as_bytes(origin: str) -> None:
    sent = b'{"a": 1}'
    assert ask(origin, "/body", "POST", sent, [("Content-Type", "application/json")]).text == "8 bytes"


def test_chunked_body_arrives_empty(origin: str) -> None:
    assert ask(origin, "/body", "POST", iter([b"some", b"thing"])).text == "0 bytes"


@pytest.mark.parametrize("path", ["/fails", "/nothing", "/foreign/header", "/control/header"])
def test_failure_is_a_500_that_says_nothing(origin: str, path: str) -> None:
    reply = ask(origin, path)
    assert (reply.status, reply.body) == (500, b"")


def test_a_function_past_its_timeout_is_a_500(origin: str) -> None:
    began = time.monotonic()
    assert ask(origin, "/slow/async").status == 500
    assert time.monotonic() - began < 4


def test_of_repeated_headers_the_last_survives_but_for_cookies(origin: str) -> None:
    headers = ask(origin, "/repeated").headers
    assert headers.get_all("X-Twice") == ["2"]
    cookies = headers.get_all("Set-Cookie") or []
    assert [cookie.lower().replace(" ", "").split(";")[0] for cookie in cookies] == ["a=1", "b=x%3dy"]
    assert "httponly" in cookies[0].lower()
    assert {"secure", "samesite=lax"} <= set(cookies[1].lower().replace(" ", "").split(";"))


def test_redirect_passes_unchanged(origin: str) -> None:
    reply = ask(origin, "/redirect")
    assert (reply.status, reply.headers["Location"]) == (302, "https://example.org/?q=1")


def test_bytes_are_chunked_unless_their_length_is_given(origin: str) -> None:
    chunked, counted = ask(origin, "/bytes"), ask(origin, "/bytes/counted")
    assert chunked.body == counted.body == b"\x00\xff"
    assert (chunked.headers["Transfer-Encoding"], chunked.headers["Content-Length"]) == ("chunked", None)
    assert (counted.headers["Transfer-Encoding"], counted.headers["Content-Length"]) == (None, "2")
    assert chunked.headers["Content-Type"] == "image/gif"


def test_head_tells_the_length_that_get_would_have(origin: str) -> None:
    assert ask(origin, "/bytes/counted", "HEAD").headers["Content-Length"] == "2"


@pytest.mark.parametrize("code", [204, 304])
def test_no_content_has_no_body(origin: str, code: int) -> None:
    connection = http.client.HTTPConnection(urlsplit(origin).netloc, timeout=10)
    for path, status in ((f"/status/{code}", code), ("/only/get", 200)):  # a stray body would come next
        connection.request("GET", path)
        reply = Reply(connection.getresponse())
        assert reply.status == status
    connection.close()


def test_context_is_passed_to_who_asks_for_it(origin: str) -> None:
    assert ask(origin, "/context").text == "with_context 36"


def test_root_is_the_home_page(origin: str) -> None:
    reply = ask(origin, "/")
    assert (reply.status, reply.headers["Content-Type"]) == (200, "text/html")


def test_synchronous_functions_run_side_by_side(origin: str) -> None:
    began = time.monotonic()
    with ThreadPoolExecutor(4) as pool:
        replies = list(pool.map(lambda _: ask(origin, "/slow/sync"), range(4)))
    assert {reply.status for reply in replies} == {200}
    assert time.monotonic() - began < 0.9


def test_timers_fire_when_due(origin: str) -> None:
    deadline = time.monotonic() + 5
    while len(TICKS) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert round((TICKS[1] - TICKS[0]).total_seconds()) == 1


def test_home_page_can_be_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AzureWebJobsDisableHomepage", "true")
    with host.serve(func.FunctionApp()) as running:
        reply = ask(running.origin, "/")
    assert (reply.status, reply.body) == (204, b"")


def test_threads_for_synchronous_functions_are_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_THREADPOOL_THREAD_COUNT", "1")
    with host.serve(sample_app(), host_json=HOST_JSON) as running, ThreadPoolExecutor(3) as pool:
        replies = list(pool.map(lambda _: ask(running.origin, "/slow/sync"), range(3)))
    assert len({reply.text for reply in replies}) == 1


def test_a_body_over_the_limit_is_a_failure_that_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FUNCTIONS_REQUEST_BODY_SIZE_LIMIT", "10")
    with host.serve(sample_app(), host_json=HOST_JSON) as running:
        assert ask(running.origin, "/body", "POST", b"x" * 10).status == 200
        reply = ask(running.origin, "/body", "POST", b"x" * 11)
    assert (reply.status, reply.body) == (500, b"")


def test_without_a_host_json_routes_begin_with_api() -> None:
    with host.serve(sample_app()) as running:
        assert ask(running.origin, "/only/get").status == 404
        assert ask(running.origin, "/api/only/get").status == 200


def test_a_timer_may_run_at_the_start() -> None:
    app, called = func.FunctionApp(), threading.Event()

    @app.timer_trigger(schedule="0 0 0 1 1 *", arg_name="timer", run_on_startup=True)
    async def at_start(timer: func.TimerRequest) -> None:
        called.set()

    with host.serve(app):
        assert called.wait(5)


def test_other_triggers_are_refused_rather_than_ignored() -> None:
    app = func.FunctionApp()

    @app.queue_trigger(arg_name="message", queue_name="overflow", connection="AzureWebJobsStorage")
    def on_message(message: func.QueueMessage) -> None:
        """Never called here."""

    with pytest.raises(ValueError, match="queueTrigger"), host.serve(app):
        pass


@pytest.mark.parametrize(
    "template", ["a/{b=1}", "a/{b?}/c", "a/{*b}/c", "a/{b:regex(x)}", "a/{b:nosuch}", "a/{b"]
)
def test_route_templates_that_are_not_understood_are_refused(template: str) -> None:
    with pytest.raises(ValueError, match="this host"):
        parse_route("name", "", template)


@pytest.mark.parametrize(
    ("constraint", "fitting", "unfitting"),
    [
        ("int", ["0", "-7", "2147483647"], ["a", "1.0", "2147483648"]),
        ("long", ["9223372036854775807"], ["9223372036854775808"]),
        ("bool", ["true", "FALSE"], ["1"]),
        (
            "guid",
            ["0B1A5F6E-1111-4222-8333-444455556666"],
            ["0b1a5f6e", "0b1a5f6e-11114222-8333-444455556666"],
        ),
        ("alpha", ["abcXYZ"], ["a1", "é"]),
        ("length(2)", ["ab"], ["a", "abc"]),
        ("length(2,3)", ["ab", "abc"], ["a", "abcd"]),
        ("minlength(2):maxlength(3)", ["ab", "abc"], ["a", "abcd"]),
        ("min(2)", ["2", "30"], ["1", "x"]),
        ("max(2)", ["2", "-1"], ["3"]),
        ("range(2,4)", ["2", "4"], ["1", "5"]),
    ],
)
def test_constraints_let_pass_what_they_describe(
    constraint: str, fitting: list[str], unfitting: list[str]
) -> None:
    route = parse_route("name", "", f"x/{{value:{constraint}}}")
    assert all(route.match("GET", f"/x/{value}") == {"value": value} for value in fitting)
    assert not any(route.match("GET", f"/x/{value}") for value in unfitting)


@pytest.mark.parametrize(
    ("schedule", "moment", "due"),
    [
        ("0 */5 * * * *", "2026-03-01T10:02:00", "2026-03-01T10:05:00"),
        ("0 */5 * * * *", "2026-03-01T10:05:00", "2026-03-01T10:10:00"),
        ("*/15 * * * * *", "2026-03-01T10:02:44.5", "2026-03-01T10:02:45"),
        ("0 0 3 * * *", "2026-02-28T03:00:00", "2026-03-01T03:00:00"),
        ("30 9 8-10 * * mon-fri", "2026-03-06T10:10:00", "2026-03-09T08:09:30"),
        ("0 0 0 29 feb *", "2026-03-01T00:00:00", "2028-02-29T00:00:00"),
        ("0 10,40 0 1 */6 *", "2026-03-01T00:00:00", "2026-07-01T00:10:00"),
    ],
)
def test_timers_are_due_at_the_next_matching_second(schedule: str, moment: str, due: str) -> None:
    now = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert parse_schedule(schedule).next_after(now) == datetime.fromisoformat(due).replace(tzinfo=UTC)


@pytest.mark.parametrize("schedule", ["* * *", "60 * * * * *", "* * * 0 * *", "x * * * * *", "*/0 * * * * *"])
def test_malformed_schedules_are_refused(schedule: str) -> None:
    with pytest.raises(ValueError, match="schedule"):
        parse_schedule(schedule)


def test_a_folder_must_hold_exactly_one_app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "function_app", raising=False)
    monkeypatch.setattr(sys, "path", sys.path.copy())
    (tmp_path / "host.json").write_text("{}")
    two = "import azure.functions\none, two = azure.functions.FunctionApp(), azure.functions.FunctionApp()\n"
    (tmp_path / "function_app.py").write_text(two)
    with pytest.raises(ValueError, match="exactly one"):
        host.load_host(tmp_path)
    del sys.modules["function_app"]
