"""What a walk amounts to: the count, the tree of lists, the balance sheet, the overlaps, the warnings.

Nothing here depends on the order in which answers arrived, so the same audience gives the same result.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Set
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import combinations

from shared.audience.directory import MailboxKind
from shared.audience.record import ListNode, Walk
from shared.audience.result import Audience, Balance, ListEntry, Mailboxes, Overlap
from shared.audience.thresholds import DEFAULTS, Thresholds
from shared.audience.warnings import warnings_about

MAX_OVERLAPS = 50
# A recipient who is directly in more lists than this adds to the overlaps of the first ones only:
# pairs grow with the square, and no sender reads a table of thousands.
MAX_LISTS_PER_RECIPIENT = 64


def audience(walk: Walk, now: datetime, thresholds: Thresholds = DEFAULTS) -> Audience:
    """The audience that `walk` found by `now`."""
    counts, typed, short = reach(walk)
    shared, in_all = overlaps(walk, typed)
    found = Audience(
        complete=not walk.problems,
        count=len(walk.numbers),
        lists=list(tree(walk, counts, short, now)),
        balance=Balance(
            members_read=walk.members_read,
            lists=len(walk.lists),
            duplicates=walk.duplicates,
            without_address=walk.without_address,
            unreadable=walk.unreadable,
            not_mail=walk.not_mail,
            recipients=len(walk.numbers),
        ),
        overlaps=shared,
        overlaps_in_all=in_all,
        external=external(walk.numbers, walk.domains, walk.outside),
        problems=sorted(walk.problems, key=lambda p: (p.list is None, p.list or "", p.code)),
        mailboxes=mailboxes(walk.mailboxes.values()),
    )
    return replace(found, warnings=warnings_about(found, thresholds))


def mailboxes(kinds: Iterable[MailboxKind]) -> Mailboxes:
    """How many there are of each kind."""
    counts = Counter(kinds)
    return Mailboxes(
        *(counts[kind] for kind in (MailboxKind.SHARED, MailboxKind.ROOM, MailboxKind.EQUIPMENT))
    )


def external(
    addresses: Iterable[str], domains: frozenset[str], outside: Set[str] = frozenset()
) -> int | None:
    """How many addresses are in none of `domains` or are known to lead `outside`, None where `domains` is
    empty."""
    if not domains:
        return None
    own = tuple(f"@{domain}" for domain in domains)
    return sum(not address.endswith(own) or address in outside for address in addresses)


def tree(walk: Walk, recipients: dict[str, int], short: Set[str], now: datetime) -> Iterator[ListEntry]:
    """The lists in the order in which a reader would indent them, each behind its parent.
    `recipients` is how many are under each, at least under those that are `short`."""
    parents = dict.fromkeys(walk.typed, None) | _parents(walk)
    children: dict[str | None, list[str]] = {}
    for identifier, parent in parents.items():
        children.setdefault(parent, []).append(identifier)
    waiting = children.get(None, [])[::-1]
    while waiting:
        identifier = waiting.pop()
        node = walk.lists[identifier]
        yield ListEntry(
            id=identifier,
            address=node.source.address,
            name=node.source.name,
            kind=node.source.kind,
            directory=node.directory or node.source.directory,
            members=node.members,
            recipients=recipients[identifier],
            parent=parents[identifier],
            depth=node.depth,
            problem=node.problem,
            as_of=now - timedelta(seconds=node.age) if node.age else None,
            whole=identifier not in short,
        )
        waiting += children.get(identifier, [])[::-1]


def _parents(walk: Walk) -> dict[str, str]:
    """The first list on the way to each nested one, breadth first from the typed ones."""
    parents: dict[str, str] = {}
    typed = set(walk.typed)
    level = list(walk.typed)
    while level:
        below = []
        for identifier in level:
            for nested in walk.lists[identifier].nested:
                if nested not in parents and nested not in typed:
                    parents[nested] = identifier
                    below.append(nested)
        level = below
    return parents


def reach(walk: Walk) -> tuple[dict[str, int], dict[str, int], set[str]]:
    """How many unique recipients are under each list; for the typed ones also which, as a set of bits,
    the recipients' numbers; both by the lists' ids. Then the lists that were not read whole, or hold one.

    As bits, joining two lists of 100,000 recipients costs microseconds; a set that is not asked for is
    dropped with the last list that holds it.
    """
    masks: dict[int, int] = {}
    counts: dict[str, int] = {}
    typed: dict[str, int] = {}
    short: set[str] = set()
    groups = list(_strongly_connected(walk.lists))
    group_of = {identifier: number for number, group in enumerate(groups) for identifier in group}
    below = [
        {group_of[nested] for identifier in group for nested in walk.lists[identifier].nested} - {number}
        for number, group in enumerate(groups)
    ]
    holders = Counter(held for holds in below for held in holds)
    for number, group in enumerate(groups):
        mask = _bits(walk.lists[identifier].recipients for identifier in group)
        for held in below[number]:
            mask |= masks[held]
            holders[held] -= 1
            if not holders[held]:
                del masks[held]
        counts |= dict.fromkeys(group, mask.bit_count())
        if any(walk.lists[one].problem for one in group) or any(
            groups[held][0] in short for held in below[number]
        ):
            short.update(group)
        typed |= {identifier: mask for identifier in walk.typed if group_of[identifier] == number}
        if holders[number]:
            masks[number] = mask
    return counts, typed, short


def _bits(numbers: Iterable[array[int]]) -> int:
    columns = [column for column in numbers if column]
    if not columns:
        return 0
    bits = bytearray(max(map(max, columns)) // 8 + 1)
    for column in columns:
        for number in column:
            bits[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(bits, "little")


def _strongly_connected(lists: dict[str, ListNode]) -> Iterator[list[str]]:
    """Groups of lists that contain one another, each after all that it holds.

    Tarjan, "Depth-first search and linear graph algorithms" (1972), without recursion.
    """
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    grouped: set[str] = set()
    for start in lists:
        if start in order:
            continue
        order[start] = low[start] = len(order)
        stack.append(start)
        path: list[tuple[str, Iterator[str]]] = [(start, iter(lists[start].nested))]
        while path:
            identifier, nested = path[-1]
            for held in nested:
                if held not in order:
                    order[held] = low[held] = len(order)
                    stack.append(held)
                    path.append((held, iter(lists[held].nested)))
                    break
                if held not in grouped:
                    low[identifier] = min(low[identifier], order[held])
            else:
                path.pop()
                if path:
                    low[path[-1][0]] = min(low[path[-1][0]], low[identifier])
                if low[identifier] == order[identifier]:
                    cut = stack.index(identifier)
                    group, stack[cut:] = stack[cut:], []
                    grouped.update(group)
                    yield group


def overlaps(walk: Walk, typed: dict[str, int]) -> tuple[list[Overlap], int | None]:
    """The pairs of lists that share recipients, largest first, at most MAX_OVERLAPS; and how many there are,
    None where not all were looked at.

    Lists share the recipients that are direct members of both; two `typed` ones (sets of bits by id)
    also those of the lists nested in them.
    """
    pairs, is_all = _shared_directly(list(walk.lists.values()))
    for (one, mask), (other, mask_of_other) in combinations(typed.items(), 2):
        if shared := (mask & mask_of_other).bit_count():
            pairs[_pair(walk.lists[one].source.address, walk.lists[other].source.address)] = shared
    ranked = sorted(pairs.items(), key=lambda item: (-item[1], item[0]))
    largest = [Overlap(pair, recipients) for pair, recipients in ranked[:MAX_OVERLAPS]]
    return largest, len(ranked) if is_all else None


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one <= other else (other, one)


def _shared_directly(nodes: list[ListNode]) -> tuple[Counter[tuple[str, str]], bool]:
    seen, again = set[int](), set[int]()
    for node in nodes:
        direct = set(node.recipients)
        again |= seen & direct
        seen |= direct
    several: dict[int, list[int]] = {}
    for position, node in enumerate(nodes):
        for number in again.intersection(node.recipients):
            several.setdefault(number, []).append(position)
    pairs: Counter[tuple[str, str]] = Counter()
    for positions, recipients in Counter(map(tuple, several.values())).items():
        addresses = sorted(nodes[position].source.address for position in positions)
        for pair in combinations(addresses[:MAX_LISTS_PER_RECIPIENT], 2):
            pairs[pair] += recipients
    return pairs, max(map(len, several.values()), default=0) <= MAX_LISTS_PER_RECIPIENT
