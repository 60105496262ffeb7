"""The keys that callers' access tokens are verified with."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from shared.errors import NotAuthenticated, SignInUnavailable
from shared.settings import Settings
from shared.web.callers import Callers, EntraKeys
from tests.support.callers import (
    PERSON,
    Jwks,
    access_token,
    bearer,
)
from tests.support.fake_entra import Clock


class TestKeys:
    def test_they_are_fetched_once_an_hour(self, callers: Callers, jwks: Jwks, clock: Clock) -> None:
        for _ in range(60):
            callers.identify(bearer(access_token()))
            clock.now += 60
        assert jwks.fetches == 1
        clock.now += 61
        callers.identify(bearer(access_token()))
        assert jwks.fetches == 2

    def test_a_key_that_rolled_is_fetched(self, callers: Callers, jwks: Jwks, clock: Clock) -> None:
        callers.identify(bearer(access_token()))
        jwks.publish("first", "second")
        clock.now += EntraKeys.PAUSE
        assert callers.identify(bearer(access_token("second"))).id == PERSON
        assert jwks.fetches == 2

    def test_a_key_that_was_withdrawn_is_refused_within_the_hour(
        self, callers: Callers, jwks: Jwks, clock: Clock
    ) -> None:
        callers.identify(bearer(access_token()))
        jwks.publish("second")
        clock.now += EntraKeys.LIFESPAN + 1
        with pytest.raises(NotAuthenticated):
            callers.identify(bearer(access_token()))

    def test_a_flood_of_unknown_keys_causes_one_fetch(
        self, callers: Callers, jwks: Jwks, clock: Clock
    ) -> None:
        callers.identify(bearer(access_token()))
        clock.now += EntraKeys.PAUSE
        tokens = [bearer(access_token("second", {"kid": f"unknown-{n}"})) for n in range(50)]

        def refused(authorization: str) -> bool:
            with pytest.raises(NotAuthenticated):
                callers.identify(authorization)
            return True

        with ThreadPoolExecutor(8) as pool:
            assert all(pool.map(refused, tokens))
        assert jwks.fetches == 2

    def test_who_has_a_known_key_does_not_wait_for_one_who_has_not(
        self, callers: Callers, jwks: Jwks, clock: Clock
    ) -> None:
        callers.identify(bearer(access_token()))
        clock.now += EntraKeys.LIFESPAN + 1
        jwks.delay = 1.0
        with ThreadPoolExecutor(1) as pool:
            unknown = pool.submit(callers.identify, bearer(access_token("second", {"kid": "unknown"})))
            while jwks.fetches < 2:
                time.sleep(0.005)
            started_at = time.perf_counter()
            callers.identify(bearer(access_token()))
            assert time.perf_counter() - started_at < 0.5
            assert isinstance(unknown.exception(), NotAuthenticated)

    @pytest.mark.parametrize(
        ("status", "body"),
        [(500, ""), (404, "{}"), (302, ""), (200, "<html>"), (200, ""), (200, "[]"), (200, '{"keys": []}'),
         (200, '{"keys": [{"kty": "RSA"}]}'), (200, '{"keys": 5}')],
    )  # fmt: skip
    def test_no_keys_is_our_trouble_and_not_the_callers(
        self, callers: Callers, jwks: Jwks, status: int, body: str
    ) -> None:
        jwks.status, jwks.body = status, body
        with pytest.raises(SignInUnavailable):
            callers.identify(bearer(access_token()))

    def test_an_endpoint_that_is_down_is_our_trouble(self, config: Settings, clock: Clock) -> None:
        callers = Callers(config)
        callers._keys = EntraKeys("http://127.0.0.1:1/keys", clock=clock)
        with pytest.raises(SignInUnavailable):
            callers.identify(bearer(access_token()))

    def test_an_endpoint_that_is_down_is_not_asked_by_everyone(
        self, callers: Callers, jwks: Jwks, clock: Clock
    ) -> None:
        jwks.status = 500
        for _ in range(10):
            with pytest.raises(SignInUnavailable):
                callers.identify(bearer(access_token()))
        assert jwks.fetches == 1
        jwks.status = 200
        clock.now += EntraKeys.PAUSE_AFTER_FAILURE
        assert callers.identify(bearer(access_token())).id == PERSON
        with pytest.raises(NotAuthenticated):
            callers.identify(bearer(access_token("second")))

    def test_an_outage_locks_nobody_out_whose_key_is_known(
        self, callers: Callers, jwks: Jwks, clock: Clock
    ) -> None:
        callers.identify(bearer(access_token()))
        jwks.status = 500
        clock.now += EntraKeys.LONGEST_OUTAGE - 1
        assert callers.identify(bearer(access_token())).id == PERSON
        with pytest.raises(SignInUnavailable):
            callers.identify(bearer(access_token("second")))
        clock.now += 2
        with pytest.raises(SignInUnavailable):
            callers.identify(bearer(access_token()))
