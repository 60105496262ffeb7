"""An attacker who knows what all others did, and has every number that is told of lists that overlap."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from shared.tracking.mail.by_list import Members, divide, everybody_of
from shared.tracking.mail.messages import Message, Sender, Stage
from shared.tracking.mail.modes import Mode
from shared.tracking.mail.tokens import Keyring, Signer
from shared.tracking.reporting.publishing import Publisher, Terms
from shared.tracking.reporting.report import ListReport

SENT = datetime(2027, 1, 15, 8, tzinfo=UTC)
LATER = SENT + timedelta(days=30)
PEOPLE, MAILS = 1000, 3000
LISTS = tuple(f"list{number}@company.example" for number in range(12))
MESSAGE = Message(
    "mia", "", "", Mode.PSEUDONYMOUS, Stage.SENT, Sender("Mia", "mia@company.example"), PEOPLE, True, SENT,
    SENT, lists=LISTS, by_list=True,
)  # fmt: skip


def overlapping(dice: Random) -> Members:
    """Lists that all hold the first person, half of them with one other person more than another has."""
    sets = [1 | dice.getrandbits(PEOPLE) for _ in LISTS[::2]]
    both = [each for one in sets for each in (one, one ^ 2)]
    return Members((True,) * len(LISTS), tuple(each.to_bytes(PEOPLE // 8, "little") for each in both))


def told(publisher: Publisher, number: int, known: Members, acts: list[int]) -> list[ListReport]:
    """What is told by list where so many of each group opened the mail."""
    assert known.groups
    message = replace(MESSAGE, id=f"{number:032x}")
    [moment], _ = publisher.terms.moments(message, LATER)
    ends = [sum(acts), sum(acts), 0, 0, *(end for n in acts for end in (n, n, 0, 0))]
    return publisher.report(message, LATER, [], {moment: [moment, *ends]}, known).by_list


@pytest.mark.parametrize("terms", [Terms(), Terms(10)])
def test_however_many_lists_hold_a_person_their_act_is_told_in_one_of_a_hundred_mails_at_most(
    terms: Terms,
) -> None:
    dice, found = Random(5), 0
    publisher = Publisher(terms, lambda: Signer(Keyring(b"a" * 32, (b"b" * 32,))).place)
    members = overlapping(dice)
    groups, sets = divide(members, everybody_of(PEOPLE, ()), terms.step, terms.smallest)
    known, own = Members(members.whole, groups=groups), next(n for n, each in enumerate(sets) if each & 1)
    assert len(groups.sizes) > 2
    for number in range(MAILS):
        acts = [dice.randrange(size) for size in groups.sizes]
        without = told(publisher, number, known, acts)
        acts[own] += 1
        found += without != told(publisher, number, known, acts)
    print(f"groups of {groups.sizes}: told in {found / MAILS:.2%} of mails")
    assert found / MAILS <= 0.0135  # one in a hundred, and what 3,000 mails may differ from that


def test_without_groups_the_same_attacker_would_be_told_each_time() -> None:
    dice, exact = Random(5), Terms(smallest=1)
    publisher = Publisher(exact, lambda: Signer(Keyring(b"a" * 32, (b"b" * 32,))).place)
    groups, _ = divide(overlapping(dice), everybody_of(PEOPLE, ()), 1, 1)
    known, acts = Members((True,) * len(LISTS), groups=groups), [0] * len(groups.sizes)
    assert told(publisher, 1, known, acts) != told(publisher, 1, known, [1, *acts[1:]])
