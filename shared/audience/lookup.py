"""What stands behind the typed addresses, asked for a few at a time and all at once."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeGuard

from shared.audience.directory import DistributionList, Mailbox
from shared.audience.patience import Patience
from shared.audience.planner import Planner
from shared.errors import AmbiguousAddress, Cancelled, DirectoryError, RollcallError

Found = DistributionList | Mailbox | RollcallError | None


def look_up(
    addresses: Sequence[str], planner: Planner, patience: Patience, readers: ThreadPoolExecutor
) -> tuple[dict[str, Found], frozenset[str]]:
    """What was found for each of `addresses` (unique), and the organisation's own domains, empty where
    they may not be known. Raises the first failure when not one address could be looked for."""
    domains = readers.submit(planner.domains, patience)
    size = planner.find_batch
    chunks = [addresses[start : start + size] for start in range(0, len(addresses), size)]
    asked = [readers.submit(planner.find, chunk, patience) for chunk in chunks]
    found: dict[str, Found] = {}
    for chunk, answer in zip(chunks, asked, strict=True):
        try:
            found.update(answer.result())
        except Cancelled:
            raise
        except RollcallError as error:
            found.update(dict.fromkeys(chunk, error))
    failures = [a for address, a in found.items() if _is_failure(a) and address not in planner.answered]
    if failures and len(failures) == len(found):
        raise failures[0]
    return found, _own(domains)


def _own(domains: Future[frozenset[str]]) -> frozenset[str]:
    try:
        return domains.result()
    except DirectoryError:  # not worth failing for: unknown addresses are reported then, not guessed
        return frozenset()


def _is_failure(found: Found) -> TypeGuard[RollcallError]:
    """Whether nothing could be asked; an ambiguous address is an answer."""
    return isinstance(found, RollcallError) and not isinstance(found, AmbiguousAddress)
