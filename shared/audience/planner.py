"""Which directory reads which list.

Every address is looked for in Graph first: it knows people, contacts and most lists, and answers at
once. Microsoft 365 groups are read from Graph, which alone has their members. Distribution lists are
read from Exchange where it is connected, because Graph leaves out the dynamic lists nested in them and
does not say so. When a directory fails, the next one that can reads the list from its beginning.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

from shared.audience import problems
from shared.audience.addresses import domain_of
from shared.audience.catalogue import GRAPH, Catalogue
from shared.audience.directory import (
    PAGE_EXPIRED,
    Cursor,
    Directory,
    DistributionList,
    ListKind,
    Mailbox,
    Page,
)
from shared.audience.patience import Patience
from shared.audience.problems import Problem
from shared.audience.record import MOST_BEGINNINGS
from shared.errors import (
    AmbiguousAddress,
    DirectoryClosed,
    DirectoryDown,
    DirectoryError,
    HiddenMembership,
    ListNotFound,
    RollcallError,
    ServiceAccountError,
    Throttled,
    UnreadableAnswer,
)

T = TypeVar("T")

EWS = "ews"
# Dynamic lists live in Exchange alone, and a Microsoft 365 group cannot hold any list.
MAY_HOLD_DYNAMIC = frozenset({ListKind.DISTRIBUTION_LIST, ListKind.MAIL_ENABLED_SECURITY_GROUP})
_CLOSED = (DirectoryClosed, DirectoryDown, ServiceAccountError, Throttled)


class Planner:
    """Several directories as one, for one expansion. Thread-safe.

    `graph` is asked first; `others` (`exchange`, `ews`) are in the order in which they are preferred.
    `dynamic_lists` False: an admin vouches that there are none, so Graph's word is enough.
    """

    def __init__(self, graph: Directory, others: Sequence[Directory], *, dynamic_lists: bool = True) -> None:
        self.graph = graph
        self.others = list(others)
        self.dynamic_lists = dynamic_lists
        self.find_batch = graph.find_batch
        self._closed: dict[str, RollcallError] = {}  # by directory
        self.catalogue = Catalogue()
        self.answered: set[str] = set()
        """Addresses about which Graph had an answer, if only that it knows none."""

    def graph_alone(self) -> Planner | None:
        """A plan that leaves Exchange out, for a count that is there sooner; None where this one does."""
        return Planner(self.graph, []) if self.others else None

    def estimate(self, lists: Sequence[DistributionList], patience: Patience) -> int | None:
        """About how many mailboxes are below them; None where Graph does not know. Raises like `find`."""
        known = [self.catalogue.in_graph(one) for one in lists]
        return self.graph.estimate([one for one in known if one], patience) if all(known) else None

    def find(
        self, addresses: Sequence[str], patience: Patience
    ) -> Mapping[str, DistributionList | Mailbox | RollcallError | None]:
        """What stands behind each address, at most `find_batch` of them; like a directory's."""
        found: dict[str, DistributionList | Mailbox | RollcallError | None] = {}
        for address, answer in self.graph.find(addresses, patience).items():
            if answer is None:
                self.answered.add(address)
            if isinstance(answer, DistributionList):
                found[address] = self._adopt(answer, GRAPH)
            elif isinstance(answer, Mailbox | AmbiguousAddress):
                found[address] = answer
            else:
                found[address] = self._find_elsewhere(address, answer, patience)
        return found

    def read(self, cursors: Sequence[Cursor], patience: Patience) -> Sequence[Page | RollcallError]:
        """One page for each cursor, like a directory's; at most `batch_of` them, and of one directory.

        A list of Exchange's is read whole at once, so that another can begin anew where it fails midway.
        """
        if cursors[0].list.directory != GRAPH:
            return [self._read_whole(cursor.list, patience) for cursor in cursors]
        known = [self._as_graph_knows(cursor.list, patience) for cursor in cursors]
        asked = [
            Cursor(source, cursor.next)
            for cursor, source in zip(cursors, known, strict=True)
            if isinstance(source, DistributionList)
        ]
        pages = iter(self.graph.read(asked, patience) if asked else ())
        return [
            self._take(cursor.list, next(pages), patience) if isinstance(source, DistributionList) else source
            for cursor, source in zip(cursors, known, strict=True)
        ]

    def domains(self, patience: Patience) -> frozenset[str]:
        """The organisation's own mail domains, like a directory's."""
        return self.graph.domains(patience)

    def notices(self) -> list[Problem]:
        """What Graph did not show, whatever the list; said once."""
        why_not = getattr(self.graph, "why_not", lambda: None)()
        return [problems.from_error(why_not, None)] if why_not else []

    def batch_of(self, source: DistributionList) -> int:
        """How many cursors of lists such as `source` one `read` may take."""
        return self.graph.batch if source.directory == GRAPH else 1

    # -- finding

    def _find_elsewhere(
        self, address: str, said: RollcallError | None, patience: Patience
    ) -> DistributionList | Mailbox | RollcallError | None:
        """What Exchange says of an address that Graph does not know, or could not look for.

        Also of one whose domain is not among Entra's: an Exchange Server on premises has domains of its own.
        """
        is_ours = self._may_be_ours(address, patience)
        for directory in self.others:
            answer = self._ask(directory, lambda d: d.find([address], patience)[address])
            if isinstance(answer, DistributionList):
                return self._name_surely(self._adopt(answer, directory.name), directory, patience)
            if isinstance(answer, Mailbox):
                return answer
            if is_ours or _may_know_other_domains(directory, answer):
                said = said or answer  # an address that could not be looked for everywhere is not unknown
        return said

    def _name_surely(self, found: DistributionList, asked: Directory, patience: Patience) -> DistributionList:
        """The list under its primary address, where a directory can tell it."""
        address = found.address
        ews = next((one for one in self.others if one.name == EWS and one is not asked), None)
        if found.address_is_sure or ews is None:
            return found
        answer = self._ask(ews, lambda d: d.find([address], patience)[address])
        if not isinstance(answer, DistributionList):
            return found
        # By what was asked for they are the same list.
        return self._adopt(replace(answer, others=answer.others | {address}), EWS)

    def _may_be_ours(self, address: str, patience: Patience) -> bool:
        try:
            return domain_of(address) in self.graph.domains(patience)
        except DirectoryError:
            return True

    def _adopt(self, found: DistributionList, directory: str) -> DistributionList:
        """What is known of a list that `directory` told of, with the directory that is to read it."""
        known = self.catalogue.add(found, directory)
        first = next(iter(self._able(known.kind)), None)
        return replace(known, directory=first.name) if first else known

    # -- reading

    def _able(self, kind: ListKind) -> list[Directory]:
        """Those who can read such a list, the preferred first."""
        if kind is ListKind.MICROSOFT_365_GROUP:
            return [self.graph]
        return [directory for directory in (*self.others, self.graph) if kind in directory.kinds]

    def _read_whole(self, source: DistributionList, patience: Patience) -> Page | RollcallError:
        failure: RollcallError | None = None
        for directory in self._able(source.kind):
            page = self._ask(directory, partial(self._collect_anew, source=source, patience=patience))
            if isinstance(page, Page):
                if page.kind:
                    told = replace(source, kind=page.kind, kind_is_sure=True)
                    source = self.catalogue.add(told, directory.name)
                page.directory, page.age = directory.name, directory.ages.get(source.kind, 0.0)
                page.problem = self._unseen(directory, source, failure)
                if directory.name == EWS and not page.members and not page.truncated:
                    self._as_graph_knows(source, patience)  # whose word says what that means
                page.about = self.catalogue.latest(source)
                return page
            failure = failure or page
        return failure or ListNotFound()

    def _ask(self, directory: Directory, question: Callable[[Directory], T]) -> T | RollcallError:
        """What `question` gives, or why the directory has no answer. One that refuses everything, or
        does not work, is not asked again: the next list would only wait for the same."""
        if closed := self._closed.get(directory.name):
            return closed
        try:
            answer: T | RollcallError = question(directory)
        except (DirectoryError, ServiceAccountError) as error:
            if directory is self.graph and isinstance(error, ServiceAccountError):
                raise
            answer = error
        if directory is not self.graph and isinstance(answer, _CLOSED):
            self._closed[directory.name] = answer
        return answer

    def _collect_anew(self, directory: Directory, source: DistributionList, patience: Patience) -> Page:
        """Like `_collect`, from the first page again where the directory lost its place."""
        for _ in range(MOST_BEGINNINGS):
            try:
                return self._collect(directory, source, patience)
            except DirectoryError as error:
                if error.reason != PAGE_EXPIRED:
                    raise
        return self._collect(directory, source, patience)

    def _collect(self, directory: Directory, source: DistributionList, patience: Patience) -> Page:
        """Every page of the list in one. Raises the error of the first page that failed."""
        if directory is self.graph:
            known = self._as_graph_knows(source, patience)
            if isinstance(known, RollcallError):
                raise known
        else:
            known = source
        whole, cursor = Page(), Cursor(known)
        followed: set[str] = set()
        while True:
            [page] = directory.read([cursor], patience)
            if isinstance(page, RollcallError):
                raise page
            whole.extend(page)
            if page.next is None:
                whole.lists = [self._adopt(nested, directory.name) for nested in whole.lists]
                return whole
            if page.next in followed:
                raise UnreadableAnswer
            followed.add(page.next)
            cursor = Cursor(known, page.next)

    def _as_graph_knows(
        self, source: DistributionList, patience: Patience
    ) -> DistributionList | RollcallError:
        """Graph's own description of a list that another directory may have told us of."""
        if not self.catalogue.asked_graph(source):
            found = self.graph.find([source.address], patience)[source.address]
            if isinstance(found, RollcallError):
                return found
            if isinstance(found, DistributionList):
                # It answers to this address, so it is the same list, whatever it is called there.
                self.catalogue.add(replace(found, others=found.others | {source.address}), GRAPH)
            self.catalogue.missing_in_graph(source)
        return self.catalogue.in_graph(source) or ListNotFound()

    def _take(
        self, source: DistributionList, page: Page | RollcallError, patience: Patience
    ) -> Page | RollcallError:
        """A page of Graph's, with the lists on it as they are planned."""
        if isinstance(page, Page):
            page.lists = [self._adopt(nested, GRAPH) for nested in page.lists]
            page.problem = self._unseen(self.graph, source, None)
            page.about = self.catalogue.latest(source)
        return page

    def _unseen(
        self, directory: Directory, source: DistributionList, failure: RollcallError | None
    ) -> Problem | None:
        """What the directory that answered may not have seen."""
        if directory is not self.graph or source.kind not in MAY_HOLD_DYNAMIC or not self.dynamic_lists:
            return None
        if failure is None or failure in self._closed.values():
            return problems.dynamic_not_visible(None, failure)  # the same for every list: said once
        return problems.dynamic_not_visible(source.address, failure)

    # -- what an empty answer means

    def judge_empty(self, source: DistributionList, directory: str) -> Problem | None:
        """Why the list, of which `directory` showed nobody on any page, may have members all the same; None
        where it is empty. Only here is that decided, for all directories."""
        known = self.catalogue.latest(source)
        if known.hidden:
            return problems.from_error(HiddenMembership(), known.address)
        if known.kind is ListKind.DYNAMIC_DISTRIBUTION_LIST:
            return problems.being_worked_out(known.address)
        if directory == GRAPH and known.kind in MAY_HOLD_DYNAMIC:
            return problems.empty_or_hidden(known.address)
        if directory != GRAPH and not known.kind_is_sure and self.catalogue.in_graph(known) is None:
            # EWS shows a list that is empty and a dynamic one that it could not expand alike, and so does the
            # Admin API one whose membership is being worked out; Graph knows the first and not the others.
            return problems.shown_empty(known.address)
        return None


def _may_know_other_domains(directory: Directory, answer: object) -> bool:
    """Whether an address of a domain that Entra does not know may stand behind the failed `answer`. Exchange
    Online takes mail for no such domain, and what Microsoft retired knows none any more."""
    return directory.name == EWS and not (isinstance(answer, DirectoryClosed) and answer.reason == "retired")
