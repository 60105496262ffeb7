"""What the count must be, worked out from the tenant's data alone.

Nothing of `shared/` is used here: definitions are written down again, as sets, the slow and plain way.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import combinations

from sandbox.tenant.tenant import Contact, Device, Group, Person, Tenant

SEEN_BY_GRAPH = {"distribution_list", "mail_enabled_security_group", "microsoft_365_group"}
DYNAMIC = "dynamic_distribution_list"
Entry = Person | Contact | Group | Device


@dataclass
class Truth:
    """What can be found out about an audience, at best."""

    recipients: set[str] = field(default_factory=set)
    balance: Counter[str] = field(default_factory=Counter)
    under: dict[str, set[str]] = field(default_factory=dict)  # list id -> recipients
    direct: dict[str, set[str]] = field(default_factory=dict)  # list id -> recipients that it holds itself
    members: dict[str, int] = field(default_factory=dict)  # list id -> direct members
    depth: dict[str, int] = field(default_factory=dict)
    overlaps: dict[tuple[str, str], int] = field(default_factory=dict)
    external: int = 0
    problems: set[tuple[str, str]] = field(default_factory=set)


def truth(tenant: Tenant, typed: list[str], *, dynamic: bool = False) -> Truth:
    """The truth about a mail to `typed` (normalised addresses); Exchange alone knows about dynamic lists."""
    return _Oracle(tenant, SEEN_BY_GRAPH | ({DYNAMIC} if dynamic else set())).ask(typed)


class _Oracle:
    def __init__(self, tenant: Tenant, mail_lists: set[str]) -> None:
        self.tenant = tenant
        self.mail_lists = mail_lists
        everything: list[Entry] = [*tenant.people, *tenant.contacts, *tenant.groups, *tenant.devices]
        self.by_id = {entry.id: entry for entry in everything}

    def ask(self, typed: list[str]) -> Truth:
        truth = Truth()
        entries: list[tuple[str, str]] = []  # (what it is, what tells it from others), one per entry read
        roots: list[str] = []
        for address in typed:
            found = self.find(address)
            if len(found) > 1 and any(isinstance(entry, Group) for entry in found):
                truth.problems.add(("ambiguous", address))
                entries.append(("unreadable", f"typed:{address}"))
            elif found:
                # Mailboxes that share an address are one recipient.
                entries.append(min(map(self.classify, found), key=lambda what: what[0] != "recipients"))
                if entries[-1][0] == "lists":
                    roots.append(found[0].id)
            elif address.rpartition("@")[2] in self.tenant.domains:
                truth.problems.add(("not_found", address))
                entries.append(("unreadable", f"typed:{address}"))
            else:
                entries.append(("recipients", address))

        direct = truth.direct
        level, depth = list(dict.fromkeys(roots)), 1
        while level:
            nested: list[str] = []
            for identifier in level:
                if identifier in truth.depth:
                    continue
                truth.depth[identifier] = depth
                read = [] if self.group(identifier).hidden else self.members(identifier)
                if self.group(identifier).hidden:
                    truth.problems.add(("hidden_membership", str(self.group(identifier).address).lower()))
                sorted_out = [self.classify(member) for member in read]
                if any(what == "unreadable" for what, _ in sorted_out):
                    truth.problems.add(("no_permission", str(self.group(identifier).address).lower()))
                entries += sorted_out
                if not read and not self.group(identifier).hidden and (code := self.why_empty(identifier)):
                    truth.problems.add((code, str(self.group(identifier).address).lower()))
                truth.members[identifier] = len(read)
                direct[identifier] = {key for what, key in sorted_out if what == "recipients"}
                nested += [key for what, key in sorted_out if what == "lists"]
            level, depth = nested, depth + 1

        first_of = dict(reversed([(key, what) for what, key in entries]))
        truth.balance = Counter(first_of.values())
        truth.balance["duplicates"] = len(entries) - len(first_of)
        truth.balance["members_read"] = len(entries)
        truth.recipients = {key for key, what in first_of.items() if what == "recipients"}
        truth.external = sum(a.rpartition("@")[2] not in self.tenant.domains for a in truth.recipients)
        truth.under = {identifier: self.reach(identifier, direct) for identifier in direct}
        for one, other in combinations(direct, 2):
            both_typed = one in roots and other in roots
            held = truth.under if both_typed else direct
            if shared := held[one] & held[other]:
                pair = sorted(str(self.group(g).address).lower() for g in (one, other))
                truth.overlaps[pair[0], pair[1]] = len(shared)
        return truth

    def find(self, address: str) -> list[Entry]:
        return [
            entry
            for entry in self.by_id.values()
            if not isinstance(entry, Device)
            and not (isinstance(entry, Group) and entry.kind not in self.mail_lists)
            and entry.address is not None
            and address in {a.lower() for a in [entry.address, *entry.aliases]}
        ]

    def group(self, identifier: str) -> Group:
        entry = self.by_id[identifier]
        assert isinstance(entry, Group)
        return entry

    def why_empty(self, identifier: str) -> str:
        """What an empty answer may mean beside that nobody is there; "" where it means nothing else."""
        kind = self.group(identifier).kind
        if kind == DYNAMIC:
            return "being_worked_out"
        is_graph_alone = DYNAMIC not in self.mail_lists
        return "empty_or_hidden" if is_graph_alone and kind != "microsoft_365_group" else ""

    def members(self, identifier: str) -> list[Entry]:
        """What is shown: each member once, and nothing that only Exchange knows unless it is asked."""
        members = [self.by_id[m] for m in dict.fromkeys(self.group(identifier).members)]
        shown = self.mail_lists | {"security_group"}
        return [m for m in members if not (isinstance(m, Group) and m.kind not in shown)]

    def classify(self, entry: Entry) -> tuple[str, str]:
        match entry:
            case Group() if entry.kind in self.mail_lists:
                return "lists", entry.id
            case Group() | Device():
                return "not_mail", entry.id
            case Person() if not entry.readable:
                return "unreadable", entry.id
            case Person(address=None):
                return "without_address", entry.id
        return "recipients", str(entry.address).lower()

    def reach(self, start: str, direct: dict[str, set[str]]) -> set[str]:
        seen: set[str] = set()
        waiting, reached = [start], set[str]()
        while waiting:
            identifier = waiting.pop()
            if identifier not in seen:
                seen.add(identifier)
                reached |= direct[identifier]
                if not self.group(identifier).hidden:
                    read = map(self.classify, self.members(identifier))
                    waiting += [key for what, key in read if what == "lists"]
        return reached
