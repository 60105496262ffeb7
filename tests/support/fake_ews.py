"""Exchange Web Services on loopback, scripted by a test; and what such scripts are made of."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from xml.sax.saxutils import escape

from shared.adapters.directories.ews import EwsDirectory
from shared.audience.directory import Cursor, DistributionList, ListKind, Page
from shared.errors import RollcallError
from tests.support.fake_graph import QuickPatience

M = "http://schemas.microsoft.com/exchange/services/2006/messages"
T = "http://schemas.microsoft.com/exchange/services/2006/types"
E = "http://schemas.microsoft.com/exchange/services/2006/errors"
S = "http://schemas.xmlsoap.org/soap/envelope/"
XML = "text/xml; charset=utf-8"
SMTP_ADDRESS = "rollcall@contoso.com"
DN = "/o=ExchangeLabs/ou=Exchange Administrative Group/cn=Recipients/cn=a"


@dataclass
class Reply:
    """One answer of Exchange. `drop` closes the connection instead, `pause` is in seconds, and
    `trickle` sends a byte every so often for a second."""

    status: int = 200
    body: str | bytes = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    drop: bool = False
    pause: float = 0.0
    trickle: bool = False


@dataclass
class Asked:
    """One request as it arrived. `connection` tells one from another."""

    operation: str
    headers: Mapping[str, str]
    body: bytes
    connection: int


class FakeEws:
    """What Exchange is to answer, by operation, the last reply for ever; and what it was asked.

    `judge` sees each request first, and may answer it.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.script: dict[str, list[Reply]] = {"ResolveNames": [nobody()]}
        self.asked: list[Asked] = []
        self.judge: Callable[[Asked], Reply | None] = lambda asked: None
        self.lock = threading.Lock()

    def on(self, operation: str, *replies: Reply) -> None:
        self.script[operation] = list(replies)

    def answer(self, asked: Asked) -> Reply:
        with self.lock:
            self.asked.append(asked)
        if judged := self.judge(asked):
            return judged
        with self.lock:
            scripted = self.script.get(asked.operation) or [fault("ErrorInvalidRequest")]
            return scripted.pop(0) if len(scripted) > 1 else scripted[0]

    @property
    def operations(self) -> list[str]:
        return [asked.operation for asked in self.asked]

    @property
    def names(self) -> list[str]:
        """What was asked for: addresses of lists, names to resolve."""
        pattern = rb"<(?:t:EmailAddress|m:UnresolvedEntry)>(.*?)</"
        return [re.findall(pattern, asked.body)[0].decode() for asked in self.asked]


@contextmanager
def serve() -> Iterator[FakeEws]:
    """A FakeEws that listens until the block ends. Plain http: no access token of anybody's goes there."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # head and body go out apart, and would wait for each other

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            operation = re.search(rb"<s:Body><m:(\w+)", body)
            name = operation[1].decode() if operation else ""
            reply = ews.answer(Asked(name, dict(self.headers), body, self.client_address[1]))
            time.sleep(reply.pause)
            if reply.drop:
                self.close_connection = True
                return
            content = reply.body.encode() if isinstance(reply.body, str) else reply.body
            self.send_response(reply.status)
            headers = {"Content-Type": XML, "Content-Length": str(len(content)), **reply.headers}
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                if reply.trickle:
                    for byte in content[:20]:
                        self.wfile.write(bytes([byte]))
                        time.sleep(0.05)
                    self.close_connection = True
                else:
                    self.wfile.write(content)
            except OSError:  # they hung up, as they should
                self.close_connection = True

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.block_on_close = False
    ews = FakeEws(f"http://127.0.0.1:{server.server_port}/EWS/Exchange.asmx")
    thread = threading.Thread(target=server.serve_forever, args=[0.02])
    thread.start()
    try:
        yield ews
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


# -- SOAP


def envelope(content: str, status: int = 200, **headers: str) -> Reply:
    version = (
        f'<h:ServerVersionInfo MajorVersion="15" MinorVersion="20" Version="V2018_01_08" xmlns:h="{T}"/>'
    )
    head = f'<s:Header>{version}</s:Header><s:Body xmlns:m="{M}" xmlns:t="{T}">'
    document = f'<s:Envelope xmlns:s="{S}">{head}{content}</s:Body></s:Envelope>'
    return Reply(status, f'<?xml version="1.0" encoding="utf-8"?>{document}', headers)


def answer(operation: str, *messages: str) -> Reply:
    inner = "".join(messages)
    return envelope(
        f"<m:{operation}Response><m:ResponseMessages>{inner}</m:ResponseMessages></m:{operation}Response>"
    )


def message(
    operation: str, content: str = "", code: str = "NoError", outcome: str = "Success", **values: str
) -> str:
    text = "" if code == "NoError" else "<m:MessageText>all@contoso.com went wrong.</m:MessageText>"
    xml = "".join(f'<t:Value Name="{name}">{value}</t:Value>' for name, value in values.items())
    xml = f"<m:MessageXml>{xml}</m:MessageXml>" if xml else ""
    return (
        f'<m:{operation}ResponseMessage ResponseClass="{outcome}">{text}<m:ResponseCode>{code}'
        f"</m:ResponseCode>{xml}{content}</m:{operation}ResponseMessage>"
    )


def error(code: str, operation: str = "ExpandDL", **values: str) -> Reply:
    """An error inside a response message."""
    return answer(operation, message(operation, "", code, "Error", **values))


def mailbox(
    address: str | None = "a@x.com",
    kind: str | None = "Mailbox",
    routing: str | None = "SMTP",
    name: str = "A",
) -> str:
    told = {"Name": name, "EmailAddress": address, "RoutingType": routing, "MailboxType": kind}
    fields = "".join(f"<t:{tag}>{escape(text)}</t:{tag}>" for tag, text in told.items() if text is not None)
    return f"<t:Mailbox>{fields}</t:Mailbox>"


def expansion(*mailboxes: str, attributes: str | None = None) -> str:
    paging = f'TotalItemsInView="{len(mailboxes)}" IncludesLastItemInRange="true"'
    return (
        f"<m:DLExpansion {paging if attributes is None else attributes}>{''.join(mailboxes)}</m:DLExpansion>"
    )


def members(*mailboxes: str, attributes: str | None = None) -> Reply:
    return answer("ExpandDL", message("ExpandDL", expansion(*mailboxes, attributes=attributes)))


def hits(*mailboxes: str) -> Reply:
    found = "".join(f"<t:Resolution>{one}</t:Resolution>" for one in mailboxes)
    paging = f'TotalItemsInView="{len(mailboxes)}" IncludesLastItemInRange="true"'
    content = f"<m:ResolutionSet {paging}>{found}</m:ResolutionSet>"
    several = ("ErrorNameResolutionMultipleResults", "Warning") if len(mailboxes) > 1 else ()
    return answer("ResolveNames", message("ResolveNames", content, *several))


def nobody() -> Reply:
    return error("ErrorNameResolutionNoResults", "ResolveNames")


def fault(code: str, status: int = 500, **values: str) -> Reply:
    xml = "".join(f'<t:Value Name="{name}">{value}</t:Value>' for name, value in values.items())
    xml = f'<t:MessageXml xmlns:t="{T}">{xml}</t:MessageXml>' if xml else ""
    return envelope(
        f'<s:Fault><faultcode xmlns:a="{T}">a:{code}</faultcode><faultstring>all@contoso.com: it went wrong.'
        f'</faultstring><detail><e:ResponseCode xmlns:e="{E}">{code}</e:ResponseCode>'
        f'<e:Message xmlns:e="{E}">all@contoso.com: it went wrong.</e:Message>{xml}</detail></s:Fault>',
        status,
    )


# -- the directory


def directory_on(
    ews: FakeEws,
    access_token: Callable[[str], str] = lambda force: "token",
    account: Callable[[], str] = lambda: SMTP_ADDRESS,
    *,
    timeout: float = 5,
    connections: int = 4,
    **more: Any,
) -> EwsDirectory:
    return EwsDirectory(ews.url, access_token, account, timeout=timeout, connections=connections, **more)


def a_list(address: str = "all@contoso.com", kind: ListKind = ListKind.DISTRIBUTION_LIST) -> DistributionList:
    return DistributionList(address, address, "All", kind, "ews")


def read_one(ews: FakeEws, *replies: Reply, source: DistributionList | None = None) -> Page | RollcallError:
    ews.on("ExpandDL", *replies)
    (page,) = directory_on(ews).read([Cursor(source or a_list())], QuickPatience())
    return page


def find_one(ews: FakeEws, reply: Reply, address: str = "a@x.com") -> Any:
    ews.on("ResolveNames", reply)
    return directory_on(ews).find([address], QuickPatience())[address]


def read(directory: EwsDirectory, patience: QuickPatience) -> Any:
    """What reading the list comes to, an error included."""
    (outcome,) = directory.read([Cursor(a_list())], patience)
    return outcome
