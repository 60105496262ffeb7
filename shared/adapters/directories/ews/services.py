"""exchangelib's ExpandDL and ResolveNames, asked once and read as a stream.

exchangelib would ask again by itself (for ever, when a token has expired), try older versions of the
schema, mend a broken answer by dropping what is behind the break, and not say that a list was cut short.
What is overridden for that is not part of its public interface: one reason to pin its version exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from exchangelib.errors import ErrorServerBusy
from exchangelib.properties import DLMailbox
from exchangelib.services import ExpandDL, ResolveNames
from exchangelib.services.common import EWSService
from exchangelib.util import SOAPNS, TNS, sanitize_xml
from lxml import etree

from shared.adapters.directories.ews.connections import VERSION, EwsConnections

_MAILBOX = f"{{{TNS}}}Mailbox"
_FIELDS = [f"{{{TNS}}}{name}" for name in ("Name", "EmailAddress", "RoutingType", "MailboxType")]
_CHUNK = 65_536  # bytes


class MailEntry(NamedTuple):
    """A mailbox in the sense of EWS: what mail can be sent to. What was not told is empty."""

    name: str
    address: str
    routing: str
    kind: str  # MailboxType

    @property
    def is_smtp(self) -> bool:
        """Whether `address` is an SMTP address, rather than an X.500 name."""
        return self.routing.upper() in ("SMTP", "") and "@" in self.address


class _Once(EWSService):  # type: ignore[misc]
    """One request for mailboxes, which go to `take` as they are parsed.

    `errors` are those that stand in the answer's messages; `whole` is whether the server had nothing to
    complain of and left nothing out. What is raised: exchangelib's errors, ValueError for what makes no
    sense, and Refused.
    """

    def __init__(
        self,
        connections: EwsConnections,
        headers: Mapping[str, str],
        timeout: float,
        take: Callable[[MailEntry], None],
    ) -> None:
        super().__init__(protocol=connections, timeout=timeout)
        self.errors: list[Exception] = []
        self.whole = True
        self._headers = headers
        self._take = take
        self._taken = 0

    def _run(self, answers: Iterable[object]) -> None:
        self.errors = [answer for answer in answers if isinstance(answer, Exception)]

    def _extra_headers(self) -> dict[str, str]:
        return dict(self._headers)

    def _get_elements(self, payload: Any) -> Iterator[Any]:
        yield from self._response_generator(payload=payload)

    def _elems_to_objs(self, elems: Iterable[Any]) -> Iterator[Any]:
        return (elem for elem in elems if isinstance(elem, Exception))

    def _get_response_xml(self, payload: Any) -> Any:
        response = self._get_response(payload=payload, api_version=VERSION.api_version)
        root = self._parse(response.content)
        messages = self._get_soap_messages(body=root.find(f"{{{SOAPNS}}}Body"))
        if not messages:
            raise ValueError("an answer without messages")
        return messages

    def _parse(self, content: bytes) -> Any:
        """The answer without its mailboxes, which were taken. Raises ValueError."""
        # Names may hold characters that XML does not allow, even escaped. Seldom, so looked for first.
        content = sanitize_xml(content) if b"&#" in content else content
        parser = etree.XMLPullParser(("end",), tag=_MAILBOX, resolve_entities=False)
        try:
            for start in range(0, len(content), _CHUNK):
                parser.feed(content[start : start + _CHUNK])
                self._take_all(parser)
            root = parser.close()
            self._take_all(parser)
        except etree.XMLSyntaxError:
            raise ValueError("not well-formed") from None
        if root.getroottree().docinfo.doctype or root.find(f"{{{SOAPNS}}}Body") is None:
            raise ValueError("not SOAP")
        # The schema lets them stand on the response message as well as on what it contains.
        for element in root.iter():
            is_last = element.get("IncludesLastItemInRange", "true").strip().lower() in ("true", "1")
            total = int(element.get("TotalItemsInView", "0"))
            is_plain = element.get("ResponseClass", "Success") == "Success"
            self.whole = self.whole and is_last and is_plain and total <= self._taken
        return root

    def _take_all(self, parser: etree.XMLPullParser) -> None:
        """Take the mailboxes that are complete, and drop them from the tree."""
        last = None
        for _, mailbox in parser.read_events():
            told = {child.tag: (child.text or "").strip() for child in mailbox}
            self._take(MailEntry(*(told.get(name, "") for name in _FIELDS)))
            self._taken += 1
            mailbox.clear()
            last = mailbox
        if last is not None:
            # The parser may still be behind the last one, so that one stays.
            parent = last.getparent()
            del parent[: parent.index(last)]

    def _get_element_container(self, message: Any, name: str | None = None) -> Any:
        return EWSService._get_element_container(self, message, name)

    @staticmethod
    def _get_exception(
        code: str, text: str | None, msg_xml: Any = None, rule_errors: Any = None
    ) -> Exception:
        error: Exception = EWSService._get_exception(code, text or "", msg_xml, rule_errors)
        if isinstance(error, ErrorServerBusy) and msg_xml is not None:
            for value in msg_xml.findall(f"{{{TNS}}}Value"):
                if value.get("Name") == "BackOffMilliseconds":
                    error.back_off = int(value.text) / 1000
        return error


class Expand(_Once, ExpandDL):  # type: ignore[misc]
    """The direct members of a list."""

    def run(self, address: str) -> None:
        """Ask for the list at `address`."""
        self._run(self.call(DLMailbox(email_address=address, mailbox_type="PublicDL")))


class Resolve(_Once, ResolveNames):  # type: ignore[misc]
    """What answers to a name."""

    def run(self, name: str) -> None:
        """Ask for `name`: `smtp:` and an address, or an X.500 name."""
        self._run(self.call([name], search_scope="ActiveDirectory"))
