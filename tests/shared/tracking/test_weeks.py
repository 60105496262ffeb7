"""The week in a token: a hit on a mail of long ago leaves nothing, and needs no look at storage for that."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.tracking.mail.links import TrackingUrls
from shared.tracking.mail.tokens import (
    MOST_RECIPIENTS,
    NOBODY,
    UNDATED,
    Click,
    Keyring,
    Opening,
    Signer,
    end_of,
    week_of,
)
from shared.tracking.privacy.opt_outs import OptOuts, of_undated, of_week
from shared.tracking.recording.events import Event
from tests.support.memory_opt_outs import MemoryOptOuts

MESSAGE = "0123456789abcdef0123456789abcdef"
TARGET = "https://intranet.company.example/news?id=5#top"
moments = st.datetimes(datetime(2020, 1, 1), datetime(2098, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis wants them naive


@given(
    st.binary(min_size=16, max_size=16).map(bytes.hex),
    st.integers(0, MOST_RECIPIENTS),
    st.binary(min_size=8, max_size=8),
    moments.map(week_of),
)
def test_a_token_says_its_week_beside_all_else(
    message: str, recipient: int, person: bytes, week: int
) -> None:
    signer, whose = Signer(Keyring.new()), Opening(message, recipient, person, week)
    assert signer.read_open(signer.sign_open(whose)) == whose
    assert signer.read_objection(signer.sign_objection(whose)) == whose
    click = Click(message, recipient, 3, TARGET, person, week)
    assert signer.read_click(signer.sign_click(click)) == click


def test_a_week_makes_no_token_longer() -> None:
    signer = Signer(Keyring.new())
    assert len(signer.sign_open(Opening(MESSAGE, 7, week=360))) == len(signer.sign_open(Opening(MESSAGE, 7)))


def test_a_number_that_would_be_read_as_another_week_is_not_signed() -> None:
    with pytest.raises(ValueError, match="number"):
        Signer(Keyring.new()).sign_open(Opening(MESSAGE, MOST_RECIPIENTS + 1, week=360))


@given(moments)
def test_a_week_lasts_seven_days_and_holds_its_moments(moment: datetime) -> None:
    week = week_of(moment)
    assert end_of(week) - timedelta(weeks=1) <= moment < end_of(week)
    assert week_of(end_of(week)) == week + 1


@pytest.mark.parametrize("year", [1970, 2019, 2150, 9999])
def test_a_clock_that_is_far_off_still_gives_a_week(year: int) -> None:
    week = week_of(datetime(year, 6, 1, tzinfo=UTC))
    assert week != UNDATED
    signer = Signer(Keyring.new())
    assert signer.read_open(signer.sign_open(Opening(MESSAGE, 7, week=week))).week == week


def test_every_url_in_a_mail_says_the_week_in_which_it_was_registered() -> None:
    signer = Signer(Keyring.new())
    urls = TrackingUrls("https://r.example", signer).of_week(360)
    [link] = urls.links(MESSAGE, 7, NOBODY, [TARGET])
    assert signer.read_open(urls.pixel(MESSAGE, 7, NOBODY).rpartition("/")[2]).week == 360
    assert signer.read_click(link.rpartition("/")[2]).week == 360


def kept(opt_outs: OptOuts, week: int) -> bool:
    """Whether an event of a mail of that week is kept."""
    return bool(opt_outs.screen(secrets.token_hex(16), [(Event(1, 0, 1, 0, 0, 0, ""), NOBODY)], week))


def test_once_a_week_is_measured_no_more_nothing_of_it_or_of_any_before_is_kept() -> None:
    store = MemoryOptOuts()
    store.add(of_week(300))
    store.add(of_week(299))  # an earlier word, that nobody took away
    opt_outs = OptOuts(lambda: store)
    assert [kept(opt_outs, week) for week in (1, 299, 300, 301, 400)] == [False, False, False, True, True]


def test_mails_without_a_week_are_measured_until_the_week_is_over_to_which_they_count() -> None:
    store = MemoryOptOuts()
    store.add(of_week(300))
    assert kept(OptOuts(lambda: store), UNDATED)  # nobody said yet to which
    store.add(of_undated(301))
    assert kept(OptOuts(lambda: store), UNDATED)
    store.add(of_week(301))
    assert not kept(OptOuts(lambda: store), UNDATED)
