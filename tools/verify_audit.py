"""Finds a changed, removed or inserted record in the audit trail.

    python3 dev.py verify-audit --url https://ACCOUNT.table.core.windows.net [--log FILE] [--kept DAYS]
        [--anchors https://ACCOUNT.blob.core.windows.net/audit-anchors]

It reads the storage account as whoever is signed in (`az login`, role Storage Table Data Reader), or by
ROLLCALL_STORAGE_CONNECTION. FILE holds what the platform's log has, lines with `audit CHAIN NUMBER HASH`.
`--anchors` is ROLLCALL_AUDIT_ANCHORS_URL, whose blobs of the last DAYS are held against the trail (role
Storage Blob Data Reader on the container).
DAYS is how long records must have been kept, ROLLCALL_AUDIT_KEPT: a record that says that younger ones were
cut off is a finding. Without it, 30 days, which is the least that can be set.
Exit code 1 when it found something.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from shared.adapters.identity import own_identity
from shared.adapters.storage.anchors import Anchor, AnchorContainer
from shared.adapters.storage.tables.account import Tables
from shared.adapters.storage.tables.audit import AuditTable
from shared.audit import Record, read_all
from shared.errors import StoreUnavailable
from shared.record_kinds import Kind

LEAST_KEPT = timedelta(days=30)
_LOGGED = re.compile(r"\baudit ([0-9a-f]{16}) (\d+) ([0-9a-f]{64})\b")


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with the trail: a record was `changed`, `removed`, `inserted`, differs from what was
    `anchored` elsewhere, or says that records were cut off that were too young for it."""

    what: str
    chain: str
    number: int

    def __str__(self) -> str:
        return f"{self.what}: record {self.number} of chain {self.chain}"


def verify(
    records: Iterable[Record], heads: Iterable[tuple[str, int, str]] = (), kept: timedelta = LEAST_KEPT
) -> list[Finding]:
    """What is wrong with `records`, all of the trail in any order. `heads` are chain, number and hash of
    records as the platform's log has them. What a record says was cut off at the beginning may be gone, if it
    was older than `kept` then."""
    findings: list[Finding] = []
    chains: dict[str, list[tuple[int, str, str]]] = {}
    cuts: dict[str, tuple[int, str]] = {}
    known = list(heads)
    for record in records:
        if record.hash != record.digest():
            findings.append(Finding("changed", record.chain, record.number))
        chains.setdefault(record.chain, []).append((record.number, record.previous, record.hash))
        if record.kind in (Kind.ANCHORED, Kind.TRAIL_CUT):
            known += [(chain, number, hash) for chain, (number, hash) in _heads(record)]
        if record.kind == Kind.TRAIL_CUT:
            if _cut_before(record) > record.at - kept:
                findings.append(Finding("cut too early", record.chain, record.number))
            for chain, head in _heads(record):
                cuts[chain] = max(head, cuts.get(chain, head))
    for chain, links in chains.items():
        findings += _verify_chain(chain, sorted(links), *cuts.get(chain, (-1, "")))
    hashes = {(chain, number): hash for chain, links in chains.items() for number, _, hash in links}
    for chain, number, hash in known:
        if (chain, number) not in hashes:
            if number > cuts.get(chain, (-1, ""))[0]:
                findings.append(Finding("removed", chain, number))
        elif hashes[chain, number] != hash:
            findings.append(Finding("not what was anchored", chain, number))
    return list(dict.fromkeys(findings))


def _verify_chain(
    chain: str, links: Sequence[tuple[int, str, str]], cut: int, cut_hash: str
) -> Iterable[Finding]:
    """What is wrong with a chain whose records up to number `cut`, which has that hash, may be gone."""
    expected, last = cut + 1, cut_hash
    for number, previous, hash in links:
        if number <= cut:
            continue  # a cut that was interrupted left it
        if number < expected:
            yield Finding("inserted", chain, number)
            continue
        for missing in range(expected, number):
            yield Finding("removed", chain, missing)
        if number == expected and previous != last:
            yield Finding("inserted", chain, number)
        expected, last = number + 1, hash


def _heads(record: Record) -> Iterable[tuple[str, tuple[int, str]]]:
    try:
        heads = json.loads(record.facts)["heads"]
        return [(chain, (int(number), str(hash))) for chain, (number, hash) in heads.items()]
    except (ValueError, KeyError, TypeError, AttributeError):
        return []  # the record was changed, and is among the findings


def _cut_before(record: Record) -> datetime:
    try:
        return datetime.fromisoformat(json.loads(record.facts)["before"])
    except (ValueError, KeyError, TypeError):
        return record.at  # as above; and if not, it says nothing that would excuse a gap


def read_log(text: str) -> Iterator[tuple[str, int, str]]:
    """Chain, number and hash of each record that `text`, the platform's log, tells of."""
    for chain, number, hash in _LOGGED.findall(text):
        yield chain, int(number), hash


def heads_of(anchors: Iterable[Anchor]) -> Iterator[tuple[str, int, str]]:
    """Chain, number and hash of each record that the blobs tell of."""
    for anchor in anchors:
        for chain, (number, hash) in (anchor.heads or {}).items():
            yield chain, number, hash


def proof_of(anchors: Sequence[Anchor], now: datetime, *, has_policy: bool) -> Iterator[str]:
    """What the blobs prove of the trail and what not, a sentence each."""
    if not has_policy:
        yield "The container has no policy: whoever may write there can change what is in it."
    else:
        yield "The container has a policy. Until that is locked, whoever may remove it can change the rest."
    if not anchors:
        yield "There is no blob of these days: what could be rewritten unnoticed is everything."
        return
    times = [anchor.at for anchor in anchors]
    first, last = (f"{at:%Y-%m-%d %H:%M}" for at in (times[0], times[-1]))
    longest = max((after - before for before, after in pairwise(times)), default=timedelta())
    yield (
        f"{len(anchors)} blobs, from {first} to {last} UTC, at the most {_hours(longest)} hours apart. "
        f"What was written in the {_hours(now - times[-1])} hours since the last is held by the log alone."
    )


def _hours(time: timedelta) -> int:
    return round(time / timedelta(hours=1))


def main() -> int:
    """Verify the trail and say what is wrong with it; the exit code."""
    parser = argparse.ArgumentParser(prog="verify-audit", description="Finds tampering with the audit trail.")
    parser.add_argument("--url", default=os.environ.get("ROLLCALL_TABLES_URL"), help="of Table Storage")
    parser.add_argument("--log", type=Path, help="a file from the platform's log")
    parser.add_argument("--kept", type=int, default=LEAST_KEPT.days, help="days that records must be kept")
    parser.add_argument("--anchors", help="the URL of the container that the newest hashes go to")
    arguments = parser.parse_args()
    connection = os.environ.get("ROLLCALL_STORAGE_CONNECTION")
    if not arguments.url and not connection:
        parser.error("give --url, or set ROLLCALL_STORAGE_CONNECTION")
    if arguments.url:
        tables = Tables.by_identity(arguments.url, own_identity())
    else:
        tables = Tables.by_connection(str(connection))
    heads = [*read_log(arguments.log.read_text(encoding="utf-8"))] if arguments.log else []
    now, kept = datetime.now(UTC), timedelta(days=arguments.kept)
    anchors: list[Anchor] = []
    try:
        if arguments.anchors:
            # Before the trail is read: what is anchored meanwhile would be missing in it.
            container = _container(arguments.anchors, "" if arguments.url else str(connection))
            anchors = list(container.read(now - kept))
            print(*proof_of(anchors, now, has_policy=container.has_policy()), sep="\n")
        records = list(read_all(AuditTable(tables)))
    except StoreUnavailable as error:
        print(f"{error.sentence} {error.remedy}", file=sys.stderr)
        return 2
    findings = verify(records, [*heads, *heads_of(anchors)], kept)
    forged = [anchor.name for anchor in anchors if anchor.heads is None]
    chains = len({record.chain for record in records})
    cuts = [record for record in records if record.kind == Kind.TRAIL_CUT]
    if cuts:
        latest = max(map(_cut_before, cuts))
        print(f"Records from before {latest:%Y-%m-%d %H:%M} UTC were cut off, as {len(cuts)} records say.")
    print(f"{len(records)} records in {chains} chains, {len(findings) + len(forged)} findings.")
    for finding in findings:
        print(f"  {finding}")
    for name in forged:
        print(f"  not what its name says: blob {name}")
    return bool(findings or forged)


def _container(url: str, connection: str) -> AnchorContainer:
    if connection:
        return AnchorContainer.by_connection(url, connection)
    return AnchorContainer.by_identity(url, own_identity())


if __name__ == "__main__":
    sys.exit(main())
