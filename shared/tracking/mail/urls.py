"""A web address as a browser would have it.

Source: the WHATWG URL Standard, sections 3.5 (host parsing), 4.4 (URL parsing) and 4.5 (URL serializing),
as far as they concern http and https. What the standard mends and nobody writes by accident (control
characters, a user or password before the host) is refused instead.
"""

from __future__ import annotations

import re
import unicodedata
from ipaddress import AddressValueError, IPv6Address
from urllib.parse import quote, unquote_to_bytes

_PORTS = {"http": 80, "https": 443}
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_AUTHORITY = re.compile(r"[/\\]*([^/\\?#]*)([^?#]*)(\?[^#]*)?(#.*)?", re.DOTALL)
_HOST = re.compile(r"(\[[^\]]*\]|[^:\[\]]*)(?::([0-9]*))?")
_FORBIDDEN_IN_DOMAIN = re.compile(r"[\x00-\x20\"#%/:<>?@\[\\\]^`{|}\x7f]")
_NUMBER = re.compile(r"0[xX][0-9a-fA-F]*|[0-9]+")
_DOT = re.compile(r"\.|%2e", re.IGNORECASE)
_DOUBLE_DOT = re.compile(r"(?:\.|%2e){2}", re.IGNORECASE)

# What the percent-encode sets of section 1.3 leave as it is, beside letters and digits. What is encoded
# already stays as it is.
_IN_PATH = "!$%&'()*+,-./:;=@[\\]_|~"
_IN_QUERY = "!$%&()*+,-./:;=?@[\\]^_`{|}~"
_IN_FRAGMENT = "!#$%&'()*+,-./:;=?@[\\]^_{|}~"

_LONGEST_HOST = 600
"""Characters. A domain name has 253 at most, and its spelling here may be longer; what is longer still is
none, and would only cost time."""


class NotAUrl(ValueError):
    """The text is no web address of the kind that may be tracked; the argument says why, to people."""


def canonical(text: str) -> str:
    """The one spelling of the http or https URL in `text`, all ASCII. Raises NotAUrl."""
    text = text.strip(" ")
    if _CONTROL.search(text):
        raise NotAUrl("It holds a control character.")
    scheme = _SCHEME.match(text)
    if scheme is None or scheme[1].lower() not in _PORTS:
        raise NotAUrl("It does not begin with http:// or https://.")
    name = scheme[1].lower()
    parts = _AUTHORITY.fullmatch(text, scheme.end())
    assert parts is not None  # the pattern fits any text
    authority, path, query, fragment = parts.groups(default="")
    if "@" in authority:
        raise NotAUrl("It holds a user name or a password.")
    return (
        f"{name}://{_host_and_port(authority, _PORTS[name])}{_path(path)}"
        f"{quote(query, _IN_QUERY)}{fragment[:1]}{quote(fragment[1:], _IN_FRAGMENT)}"
    )


def host_of(url: str) -> str:
    """The host of a canonical URL, without the dot that may end it."""
    authority = url.split("/", 3)[2]
    return (authority if authority.endswith("]") else authority.partition(":")[0]).rstrip(".")


def _host_and_port(authority: str, default_port: int) -> str:
    found = _HOST.fullmatch(authority)
    if found is None or not found[1]:
        raise NotAUrl("It names no host.")
    if len(found[1]) > 9 * _LONGEST_HOST:  # each character may be written as three bytes of three
        raise NotAUrl("Its host is too long.")
    digits = (found[2] or "").lstrip("0")
    port = int(digits[:6] or "0") if found[2] else default_port
    if port > 65535:
        raise NotAUrl("Its port is too high.")
    host = _literal(found[1]) if found[1].startswith("[") else _domain(found[1])
    return host if port == default_port else f"{host}:{port}"


def _literal(text: str) -> str:
    try:
        address = IPv6Address(text[1:-1])
    except AddressValueError:
        raise NotAUrl("Its host is not a network address.") from None
    if address.ipv4_mapped or address.scope_id:
        raise NotAUrl("Its host is not a network address that others can reach.")
    return f"[{address}]"


def _domain(text: str) -> str:
    host = unquote_to_bytes(text).decode("utf-8", "replace")
    if len(host) > _LONGEST_HOST:
        raise NotAUrl("Its host is too long.")
    host = host.lower() if host.isascii() else _to_ascii(host)
    if not host.strip(".") or _FORBIDDEN_IN_DOMAIN.search(host):
        raise NotAUrl("Its host is not a domain name.")
    labels = host.split(".")
    last = labels[-1] if labels[-1] or len(labels) == 1 else labels[-2]
    if _NUMBER.fullmatch(last):
        return _ipv4(labels if labels[-1] else labels[:-1])
    return host


def _to_ascii(host: str) -> str:
    """Section 3.3: the mapping of UTS 46, then Punycode. Looser than IDNA 2008, as browsers are."""
    import idna  # its tables take a while to load, and hosts are rarely written so

    try:
        mapped = unicodedata.normalize("NFC", idna.uts46_remap(host, std3_rules=False, transitional=False))
    except idna.IDNAError:
        raise NotAUrl("Its host is not a domain name.") from None
    return ".".join(
        label if label.isascii() else f"xn--{label.encode('punycode').decode('ascii')}"
        for label in mapped.split(".")
    )


def _ipv4(labels: list[str]) -> str:
    """Section 3.5's IPv4 parser: up to four numbers, hexadecimal or octal too, of which the last fills
    what is left."""
    if len(labels) > 4 or not all(_NUMBER.fullmatch(label) for label in labels):
        raise NotAUrl("Its host is neither a domain name nor a network address.")
    try:
        *first, last = map(_number, labels)
    except ValueError:
        first, last = [256], 0
    if any(number > 255 for number in first) or last >= 256 ** (4 - len(first)):
        raise NotAUrl("Its host is not a network address.")
    packed = bytes(first) + last.to_bytes(4 - len(first))
    return ".".join(map(str, packed))


def _number(text: str) -> int:
    if text[:2] in ("0x", "0X"):
        return int(text[2:] or "0", 16)
    return int(text, 8) if text[0] == "0" and len(text) > 1 else int(text)


def _path(text: str) -> str:
    kept: list[str] = []
    segments = text.replace("\\", "/").split("/")[1:] or [""]
    for segment in segments:
        if _DOUBLE_DOT.fullmatch(segment):
            del kept[-1:]
        elif not _DOT.fullmatch(segment):
            kept.append(quote(segment, _IN_PATH))
    if _DOT.fullmatch(segments[-1]) or _DOUBLE_DOT.fullmatch(segments[-1]):
        kept.append("")
    return "/" + "/".join(kept)
