"""The walk: from typed addresses to unique recipients.

One thread coordinates and owns all state; `concurrency` others do nothing but ask the directory. A
list is read as soon as it is met, so the walk takes as long as its slowest chain of answers, not as
its slowest level. Each list is read once, however often it is nested or typed, and a list whose
shortest way from a typed address passes `max_depth` is not read, whichever way was met first.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace

from shared import trace
from shared.audience import problems
from shared.audience.addresses import domain_of, is_address
from shared.audience.directory import PAGE_EXPIRED, Cursor, DistributionList, Mailbox, Page
from shared.audience.identity import Recipients, settle
from shared.audience.limits import Full, Limits, Progress
from shared.audience.lookup import Found, look_up
from shared.audience.patience import Patience
from shared.audience.planner import Planner
from shared.audience.problems import Problem
from shared.audience.readers import Pages, Readers
from shared.audience.record import ListNode, Walk
from shared.audience.turns import DESK
from shared.errors import Cancelled, DirectoryError, RollcallError, UnreadableAnswer


def walk(
    addresses: Sequence[str], planner: Planner, limits: Limits, patience: Patience, progress: Progress
) -> Walk:
    """Walk from `addresses` (normalised) to the recipients at the end.

    A list that cannot be read becomes a problem of the result. Raises RollcallError when nothing
    could be learnt at all, Cancelled when `patience` was stopped.
    """
    with ThreadPoolExecutor(limits.concurrency, "directory", trace.begin, (patience.trace,)) as readers:
        try:
            return _Walker(planner, limits, patience, progress, readers).run(addresses)
        except BaseException:
            patience.stop()
            raise


class _Walker:
    def __init__(
        self,
        planner: Planner,
        limits: Limits,
        patience: Patience,
        progress: Progress,
        readers: ThreadPoolExecutor,
    ) -> None:
        self.planner = planner
        self.limits = limits
        self.patience = patience
        self.progress = progress
        self.pool = readers
        self.readers = Readers(planner, patience, readers, limits.concurrency)
        self.walk = Walk()
        self.people = Recipients(limits.max_recipients)
        self.queued = 0
        self.told: set[Problem] = set()
        self.targets: dict[str, str] = {}  # where mail to some is passed on to
        self.met: set[str] = set()  # ids of members that have no address to tell them apart by
        self.stopped_by: RollcallError | None = None

    def run(self, addresses: Sequence[str]) -> Walk:
        typed = list(dict.fromkeys(addresses))
        known = [address for address in typed if is_address(address)]
        found, self.walk.domains = look_up(known, self.planner, self.patience, self.pool)
        for notice in self.planner.notices():
            self.tell(notice)
        for address in typed:
            if address in found:
                self.take_typed(address, found[address])
            else:
                self.walk.unreadable += 1
                self.tell(problems.not_an_address(address))
        self.walk.members_read += len(addresses)
        self.walk.duplicates += len(addresses) - len(set(addresses))
        self.ask()
        while self.readers.under_way:
            answer = self.readers.wait()
            with DESK:
                self.absorb(*answer)
            self.ask()
        with DESK:
            self.close()
        return self.walk

    def ask(self) -> None:
        if not self.stopped_by:
            self.readers.ask()

    # -- typed addresses

    def take_typed(self, address: str, found: Found) -> None:
        walk = self.walk
        match found:
            case DistributionList():
                if self.meet(found, 1, address):
                    walk.typed.append(found.id)
            case Mailbox(address=str(primary)):
                self.people.learn({address: primary} if address != primary else {})
                self.count_typed(primary, "" if "@" in found.id else found.id, found.name)
            case Mailbox():
                walk.without_address += self.first_met([found.id])
                self.tell(problems.without_address(address))
            case None:
                domain = domain_of(address)
                if walk.domains and domain not in walk.domains:
                    self.count_typed(address)
                else:
                    walk.unreadable += 1
                    known, is_asked = domain if walk.domains else None, bool(self.planner.others)
                    self.tell(problems.not_found(address, known, exchange=is_asked))
            case error:
                walk.unreadable += 1
                self.tell(problems.from_error(error, address))

    def count_typed(self, address: str, identifier: str = "", name: str | None = None) -> None:
        before = self.people.count
        if not self.people.take([address], [identifier], [name], array("I")):
            self.walk.unreadable += 1
            self.stop_full()
        elif self.people.count == before:
            self.walk.duplicates += 1

    # -- lists

    def meet(self, found: DistributionList, depth: int, typed: str = "") -> bool:
        """Take note of a list, which a sender may have `typed`; False where it was known already."""
        node = self.walk.lists.get(found.id)
        if node is not None:
            self.walk.duplicates += 1
            self.come_nearer(node, depth)
            return False
        node = self.walk.lists[found.id] = ListNode(found, depth)
        self.progress.lists_known += 1
        if self.limits.rules.forbid(found, typed):
            self.give_up(node, problems.list_not_allowed(found.address))
        else:
            self.enqueue(node)
        return True

    def come_nearer(self, node: ListNode, depth: int) -> None:
        """A shorter way to a list was found: its nested ones come nearer too."""
        nearer = [(node, depth)]
        while nearer:
            node, depth = nearer.pop()
            if depth < node.depth:
                node.depth = depth
                self.enqueue(node)
                nearer += [(self.walk.lists[nested], depth + 1) for nested in node.nested]

    def enqueue(self, node: ListNode) -> None:
        limits = self.limits
        if node.queued or node.done or node.depth > limits.max_depth or self.queued >= limits.max_lists:
            return
        if node.depth == 1:
            self.progress.typed.append(node.source)
        node.queued = True
        self.queued += 1
        self.readers.begin(Cursor(node.source))

    # -- reading

    def absorb(self, cursors: Sequence[Cursor], answer: Future[Pages]) -> None:
        try:
            pages = answer.result()
        except Cancelled:
            raise
        except DirectoryError as error:
            pages = [error] * len(cursors)
        except RollcallError as error:  # not this list's trouble: nothing more can be read at all
            self.stopped_by = error
            pages = [error] * len(cursors)
        for cursor, page in zip(cursors, pages, strict=True):
            node = self.walk.lists[cursor.list.id]
            if isinstance(page, Page):
                self.take_page(node, page)
            elif page.reason == PAGE_EXPIRED and node.begin_anew():
                self.readers.go_on(Cursor(cursor.list))
            else:
                self.give_up(node, problems.from_error(page, node.source.address))

    def note(self, node: ListNode, problem: Problem) -> None:
        """The list has a problem; one that it shares with others, or had before, is told once."""
        node.problem = node.problem or problem.code
        self.tell(problem)

    def tell(self, problem: Problem) -> None:
        if problem not in self.told:
            self.told.add(problem)
            self.walk.problems.append(problem)

    def give_up(self, node: ListNode, problem: Problem) -> None:
        self.note(node, problem)
        self.finish(node)

    def finish(self, node: ListNode) -> None:
        node.done = True
        self.progress.lists_done += 1

    def take_page(self, node: ListNode, page: Page) -> None:
        known = self.people.count
        by_exchange = (page.directory or "graph") != "graph"
        taken = self.people.take(
            page.addresses, page.ids, page.names, node.recipients, from_exchange=by_exchange
        )
        self.walk.duplicates += known + taken - self.people.count
        self.progress.recipients = self.people.count
        if taken < len(page.addresses):
            node.members += taken
            self.walk.members_read += taken
            self.stop_full(node)
            return
        if self.planner.others:  # Graph alone tells an id of everybody
            self.people.learn(page.aliases)
        self.targets.update(page.targets)
        self.walk.without_address += self.first_met(page.without_address)
        self.walk.not_mail += self.first_met(page.not_mail)
        self.walk.unreadable += self.first_met(page.unreadable)
        if page.unreadable:
            shown_by = page.directory or node.source.directory
            self.note(node, problems.members_not_shown(node.source.address, shown_by))
        if page.truncated:
            self.note(node, problems.truncated(node.source.address))
        if page.problem:
            self.note(node, page.problem)
        self.walk.mailboxes.update(page.mailboxes)
        node.directory = page.directory or node.source.directory
        node.age = page.age
        if page.about:
            node.source = replace(page.about, id=node.source.id, directory=node.source.directory)
        node.nested += [nested.id for nested in page.lists]
        for nested in page.lists:
            self.meet(nested, node.depth + 1)
        node.members += page.members
        self.walk.members_read += page.members
        self.readers.seen(self.walk.members_read)
        if page.next in node.followed:
            self.give_up(node, problems.from_error(UnreadableAnswer(), node.source.address))
        elif page.next is not None:
            node.followed.add(page.next)
            self.readers.go_on(Cursor(node.source, page.next))
        else:
            self.finish_read(node)

    def finish_read(self, node: ListNode) -> None:
        """The last page was read, so what concerns the whole list can be asked."""
        if not node.members and not node.problem:
            problem = self.planner.judge_empty(node.source, node.directory)
            if problem:
                self.note(node, problem)
        self.finish(node)

    def first_met(self, ids: list[str]) -> int:
        """How many of `ids` are new; the others are duplicates."""
        before = len(self.met)
        self.met.update(ids)
        new = len(self.met) - before
        self.walk.duplicates += len(ids) - new
        return new

    # -- the end

    def stop_full(self, node: ListNode | None = None) -> None:
        """The limit on recipients is reached, and there are more: stop reading, keep what is counted."""
        if self.stopped_by is None:
            self.tell(problems.too_many_recipients(self.limits.max_recipients))
            self.stopped_by = Full()
        if node:
            node.problem = "too_large"
            self.finish(node)

    def close(self) -> None:
        """Name what was not read, and why. Raises what stopped the walk if nothing was counted."""
        if self.stopped_by and not self.people.count and not isinstance(self.stopped_by, Full):
            raise self.stopped_by
        settle(self.walk, self.people, self.targets, self.planner.catalogue)
        unread = [node for node in self.walk.lists.values() if not node.done]
        left = 0
        for node in unread:
            if node.depth > self.limits.max_depth:
                self.give_up(node, problems.too_deep(node.source.address, self.limits.max_depth))
            elif isinstance(self.stopped_by, Full):
                node.problem = "too_large"
            elif self.stopped_by:
                self.give_up(node, problems.from_error(self.stopped_by, node.source.address))
            else:
                node.problem = "too_large"
                left += 1
        if left:
            self.walk.problems.append(problems.too_many_lists(left, self.limits.max_lists))
