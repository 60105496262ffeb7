"""What the Functions host and its Python worker do around one function: loading, arguments, answers.

Sources: azure-functions-host, GrpcMessageConversionExtensions and RawScriptResult;
azure-functions-python-worker, dispatcher. azure-functions' own classes do the converting.
"""

from __future__ import annotations

import functools
import importlib
import inspect
import re
import sys
import threading
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote

import azure.functions as func
from azure.functions.http import HttpRequest, HttpResponseConverter

from sandbox.host.kestrel import WireResponse

_PATH_SAFE = "/!$&'()*+,;=:@-._~%"
_LONE_PERCENT = re.compile(r"%(?![0-9a-fA-F]{2})")
# Kestrel refuses to send anything else in a header.
_HEADER_VALUE = re.compile(r"[\t\x20-\x7e]*")
_COOKIE_ATTRIBUTES = ("expires", "max-age", "domain", "path", "secure", "samesite", "httponly")


class Invocation(func.Context):
    """The `context` argument of one call."""

    thread_local_storage = threading.local  # the id in it serves the worker's log, which is not here
    trace_context: Any = None  # the host's tracing and retries are not imitated
    retry_context: Any = None

    def __init__(self, function_name: str, function_directory: str) -> None:
        self._function_name = function_name
        self._function_directory = function_directory
        self._invocation_id = str(uuid.uuid4())

    @property
    def invocation_id(self) -> str:
        return self._invocation_id

    @property
    def function_name(self) -> str:
        return self._function_name

    @property
    def function_directory(self) -> str:
        return self._function_directory


@dataclass(frozen=True, slots=True)
class Function:
    """A function as the worker indexes it."""

    name: str
    call: Callable[..., Any]
    trigger: Any
    is_async: bool
    wants_context: bool

    def arguments(self, value: object, folder: str) -> dict[str, object]:
        """What to call it with, given its trigger's value."""
        arguments = {self.trigger.name: value}
        if self.wants_context:
            arguments["context"] = Invocation(self.name, folder)
        return arguments


def load_app(folder: Path) -> func.FunctionApp:
    """The one FunctionApp of `folder`'s function_app.py. Raises ValueError if there is not exactly one."""
    sys.path.insert(0, str(folder))
    module = importlib.import_module("function_app")
    apps = {id(value): value for value in vars(module).values() if isinstance(value, func.FunctionApp)}
    if len(apps) != 1:
        raise ValueError(f"function_app.py must hold exactly one FunctionApp, not {len(apps)}")
    return next(iter(apps.values()))


@functools.cache  # a FunctionApp tells its functions only once
def functions_of(app: func.FunctionApp) -> tuple[Function, ...]:
    """The functions of `app` in the order in which the host tries them.

    Raises ValueError for a trigger or a parameter that this host cannot serve.
    """
    return tuple(sorted(map(_index, app.get_functions()), key=lambda function: function.name.lower()))


def _index(built: Any) -> Function:
    name, trigger, call = built.get_function_name(), built.get_trigger(), built.get_user_function()
    if trigger.type not in ("httpTrigger", "timerTrigger"):
        raise ValueError(f"{name}: the local host serves HTTP and timer triggers, not {trigger.type}")
    parameters = set(inspect.signature(call).parameters)
    if parameters - {"context"} != {trigger.name}:
        raise ValueError(
            f"{name}: takes {trigger.name} and perhaps context, not {', '.join(sorted(parameters))}"
        )
    return Function(name, call, trigger, inspect.iscoroutinefunction(call), "context" in parameters)


def build_request(
    method: str,
    origin: str,
    path: str,
    query: str,
    headers: Iterable[tuple[str, str]],
    params: dict[str, str],
    body: bytes,
) -> HttpRequest:
    """The request as a function in Azure gets it. `path` is decoded, `query` raw, names in lower case."""
    joined: dict[str, str] = {}
    for name, value in headers:
        joined[name] = f"{joined[name]},{value}" if name in joined else value
    asked: dict[str, tuple[str, list[str]]] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        asked.setdefault(name.lower(), (name, []))[1].append(value)
    escaped = quote(_LONE_PERCENT.sub("%25", path), safe=_PATH_SAFE)
    return HttpRequest(
        method=method,
        url=f"{origin}{escaped}{'?' if query else ''}{query}",
        headers=joined,
        params={name: ",".join(values) for name, values in asked.values() if any(values)},
        route_params=params,
        body_type="bytes",
        body=body,
    )


def encode(result: object) -> WireResponse:
    """The answer for what a function returned. Raises TypeError or ValueError for what cannot be sent."""
    if isinstance(result, str):
        return WireResponse(200, [(b"content-type", b"text/plain; charset=utf-8")], result.encode())
    if not isinstance(result, func.HttpResponse):
        raise TypeError(f"an HTTP function must return an HttpResponse, not {type(result).__name__}")
    value = HttpResponseConverter.encode(result, expected_type=None).value
    headers: dict[str, tuple[bytes, bytes]] = {}
    for name, header in value["headers"].items():
        if not _HEADER_VALUE.fullmatch(header.value):
            raise ValueError(f"the header {name} holds a character that HTTP cannot carry")
        # Of equal names the worker kept the last; of two spellings of one, the host keeps one.
        headers.setdefault(name.lower(), (name.encode("ascii"), header.value.encode("ascii")))
    cookies = [(b"set-cookie", line) for jar in value["cookies"] or () for line in _cookie_lines(jar)]
    status = int(value["status_code"].value)
    body = b"" if status in (204, 304) else value["body"].value
    return WireResponse(status, [*headers.values(), *cookies], body)


def _cookie_lines(jar: SimpleCookie) -> Iterable[bytes]:
    """Set-Cookie lines as ASP.NET writes them: the value percent-escaped, words in lower case. The worker
    sends domain and path also where they are empty, and the host writes `domain=` then."""
    for name, morsel in jar.items():
        parts = [f"{name}={quote(morsel.value, safe='')}"]
        for attribute in _COOKIE_ATTRIBUTES:
            setting = morsel[attribute]
            if attribute in ("secure", "httponly"):
                parts += [attribute] if setting else []
            elif setting or attribute in ("domain", "path"):
                parts.append(f"{attribute}={setting.lower() if attribute == 'samesite' else setting}")
        yield "; ".join(parts).encode("latin-1", "replace")
