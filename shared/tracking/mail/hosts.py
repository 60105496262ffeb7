"""Which hosts an admin lets tracked links lead to.

A name stands for itself and for everything below it: `company.com` for `intranet.company.com`, too. What is
denied is denied also of links in mails delivered long ago. What is not allowed is left as it is when a mail
is registered, and nothing more: an admin who begins to allow some hosts means no harm to links of before.
"""

from __future__ import annotations

from collections.abc import Iterable


class Hosts:
    """What `allow` names, all if it is empty, unless `deny` names it too. Names are in lower case, ASCII."""

    def __init__(self, allow: Iterable[str] = (), deny: Iterable[str] = ()) -> None:
        self._allow, self._deny = frozenset(allow), frozenset(deny)

    def deny(self, target: str) -> bool:
        """Whether no link may lead to `target`, a canonical URL, whenever it was made."""
        return bool(self._deny) and _is_below(target, self._deny)

    def admit(self, target: str) -> bool:
        """Whether a link that is made now may lead to `target`, a canonical URL."""
        return not self.deny(target) and (not self._allow or self.name(target))

    def name(self, target: str) -> bool:
        """Whether an admin named the target's host as one that is allowed."""
        return _is_below(target, self._allow)


EVERY_HOST = Hosts()


def _is_below(target: str, names: frozenset[str]) -> bool:
    """Whether one of the names is the target's host, or something above it."""
    from shared.tracking.mail.urls import host_of  # the first click in a process need not load it

    labels = host_of(target).split(".")
    return any(".".join(labels[place:]) in names for place in range(len(labels)))
