"""E-mail addresses: the one form in which they are compared, and the one in which people read them.

What stands around an address in a pill (quotes, a name, what nobody sees) is no part of it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from shared.errors import InvalidRequest

# Nearly every address that a directory tells looks like this: its form is itself in lower case.
PLAIN = re.compile(
    r"[A-Za-z0-9!$%&*+/=?^_{|}~.-][A-Za-z0-9!$%&'*+/=?^_{|}~.-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*"
)
# RFC 5321 section 4.5.3.1 with erratum 1690: 64 octets before the @, 254 in all. Dots may stand anywhere:
# telephone companies gave out addresses such as a..b@ for years, and mail reaches them. Written as what is
# excluded: a class of all of Unicode takes 20 ms to compile, which a cold start pays.
_LOCAL = r"[^\x00-\x20\"(),:;<>@\[\\\]\x7f]+"
_END = r"[^\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f]"
_INNER = r"[^\x00-\x2c\x2e\x2f\x3a-\x40\x5b-\x5e\x60\x7b-\x7f]"
_LABEL = rf"{_END}(?:{_INNER}*{_END})?"
_ADDRESS = re.compile(rf"{_LOCAL}@{_LABEL}(?:\.{_LABEL})*")
# What nobody sees, and a copied pill may hold: marks of direction, zero-width spaces, variation selectors.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_JOINERS = re.compile("[\u200c\u200d]")  # letters of some scripts need them, so a domain may hold them
_QUOTES = "\"'`\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u2039\u203a\u00ab\u00bb"
_NAMED = re.compile(r"[^<>]*<([^<>@]+@[^<>]+)>")
_PREFIX = re.compile(r"(?:smtp|mailto):\s*", re.IGNORECASE)
_QUOTED = re.compile(r"\"([^\"\\\s@]+)\"@([^\"]+)")
# What Entra makes of the address of a guest who was invited: a domain holds no underscore, so the last one
# stands for the @.
_GUEST = re.compile(r"(.+)_([^_@]+)#ext#@.+")
_MOST_LAYERS = 9  # of quotes, prefixes and names around an address
LONGEST_TYPED = 600
"""Characters of one recipient as it was typed: a name of 256, an address of 254, and what stands around them.
What is longer is no address, and composing it would take time that grows with its square."""


def normalise(text: str) -> str:
    """The form in which we compare what `text` says: trimmed, without what surrounds an address in a pill,
    lower case, the domain in A-labels.

    The domain is case-insensitive by RFC 5321 section 2.4; Exchange treats the local part so too.
    What is no address comes back trimmed, case folded, and as odd as it was; what is longer than
    LONGEST_TYPED, as it is.
    """
    if len(text) > LONGEST_TYPED:
        return text
    if PLAIN.fullmatch(text):
        return text.lower()
    for _ in range(_MOST_LAYERS):
        before, text = text, _peel(text)
        if text == before:
            break
    return text


def is_address(address: str) -> bool:
    """Whether mail may be sent to `address`, which is normalised."""
    return (
        len(address.encode(errors="replace")) <= 254
        and len(address.rpartition("@")[0].encode(errors="replace")) <= 64
        and _ADDRESS.fullmatch(address) is not None
        and "./" not in address  # a path, and of no mailbox
        and all(c.isprintable() and not c.isspace() for c in address)
    )


def parse_address(text: str, field: str) -> str:
    """The normalised address in `text`. Raises InvalidRequest naming `field` if it is not one."""
    address = normalise(text)
    if not is_address(address):
        raise InvalidRequest(field, "This is not an e-mail address.")
    return address


def domain_of(address: str) -> str:
    """What stands after the last @."""
    return address.rpartition("@")[2]


def shown(address: str) -> str:
    """The address as people read it: the domain in U-labels."""
    local, at, domain = address.rpartition("@")
    return f"{local}{at}{_to_unicode(domain)}" if "xn--" in domain else address


@lru_cache(4096)
def to_ascii(domain: str) -> str:
    """The domain in A-labels (IDNA 2008), lower case, without a dot at its end."""
    domain = domain.strip().rstrip(".")
    if domain.isascii():
        return domain.lower()
    import idna  # its tables take a while to load, and domains are rarely written so

    bare = _JOINERS.sub("", domain)
    for candidate in (domain, bare):
        try:
            return idna.encode(candidate, uts46=True, std3_rules=False).decode("ascii").rstrip(".")
        except (idna.IDNAError, UnicodeError):
            continue
    try:  # what IDNA 2008 does not allow, mail may reach all the same: as browsers write it
        mapped = unicodedata.normalize("NFC", idna.uts46_remap(bare, std3_rules=False, transitional=False))
    except idna.IDNAError:
        return _fold(domain)
    labels = mapped.rstrip(".").split(".")
    return ".".join(x if x.isascii() else f"xn--{x.encode('punycode').decode('ascii')}" for x in labels)


@lru_cache(4096)
def _to_unicode(domain: str) -> str:
    import idna

    labels = []
    for label in domain.split("."):
        try:
            labels.append(idna.decode(label) if label.startswith("xn--") else label)
        except (idna.IDNAError, UnicodeError):
            labels.append(label)
    return ".".join(labels)


def _peel(text: str) -> str:
    """`text` without one layer of what may stand around an address, in one case and spelling."""
    text = _INVISIBLE.sub("", text).replace("\uff20", "@").strip().strip(";,").strip()
    if named := _NAMED.fullmatch(text):
        text = named[1].strip()
    if quoted := _QUOTED.fullmatch(text):
        text = f"{quoted[1]}@{quoted[2]}"
    text = (
        _PREFIX.sub("", text.strip(_QUOTES).strip(), count=1) if _PREFIX.match(text) else text.strip(_QUOTES)
    )
    local, at, domain = text.strip().rpartition("@")
    if not at:
        return _fold(text.strip())
    local = _fold(_JOINERS.sub("", local))
    if guest := _GUEST.fullmatch(f"{local}@{domain}"):
        local, domain = guest[1], guest[2]
    return f"{local}@{to_ascii(domain)}"


def _fold(text: str) -> str:
    """Canonically composed and without case (Unicode, section 3.13, definition 145)."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", text).casefold())
