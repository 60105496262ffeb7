"""What Entra refuses, how it fails, and how the app proves itself to it."""

from __future__ import annotations

from typing import Any

import pytest

from shared.adapters.entra import ServiceAccount
from shared.adapters.entra.refusals import REFUSALS, refusal
from shared.errors import ServiceAccountError
from tests.support.access_tokens import another
from tests.support.entra_refusals import error_of
from tests.support.fake_entra import (
    CALLBACK,
    Clock,
    FakeEntra,
    FakeVault,
    account_of,
    connect,
    refused,
    reply,
)

# Those that a new sign-in mends, all others, and those that pass by themselves.
MENDED_BY_SIGN_IN = {
    50055, 50072, 50074, 50076, 50078, 50079, 50132, 50133, 50144, 50158, 50173,
    65001, 70000, 70008, 70043, 700082, 700084,
}  # fmt: skip


OTHERS = {
    50057, 50053, 50126, 50034, 51004, 50020, 53003, 53000, 53001, 53011, 50105, 65004, 650056, 650057,
    7000215, 7000222, 700027, 50012, 700016, 70001, 50011, 90002, 900023, 501481, 54005, 28000, 28002, 70011,
}  # fmt: skip


PASSING = {90055, 50196}


MENDED_BY_SIGN_IN |= {530035, 530004, 90093, 90094, 90095, 90097, 900971}


PASSING |= {90006, 90024, 90033, 90036}


OTHERS |= {
    *(530032, 50131, 53004, 53010, 530001, 530002, 530003, 530021, 50005, 50097, 50129, 50155),
    *(53002, 53009, 530034, 530027, 530029, 700024, 700023, 7000274, 50027),
    *(500014, 7000112, 7000114, 7000113, 500011, 650052, 650051),
    *(70021, 700211, 700212, 700213, 700222, 700223, 7002131),
}


class TestCodes:
    def test_the_table_has_every_code_that_is_known(self) -> None:
        assert REFUSALS.keys() == MENDED_BY_SIGN_IN | OTHERS | PASSING

    @pytest.mark.parametrize("code", sorted(REFUSALS))
    def test_each_code_has_its_own_plain_words(
        self, account: ServiceAccount, entra: FakeEntra, code: int
    ) -> None:
        entra.planned = [refused(code)]
        error = error_of(account)
        assert error.sentence == REFUSALS[code].sentence
        assert error.remedy == REFUSALS[code].remedy
        assert error.reason == REFUSALS[code].reason
        assert error.needs_sign_in == (code in MENDED_BY_SIGN_IN)
        assert error.passing == (code in PASSING)
        assert len(entra.asked) == 2

    def test_reasons_are_words_for_programs_and_sentences_for_people(self) -> None:
        for found in REFUSALS.values():
            assert found.reason.replace("_", "").isalpha()
            assert found.sentence.endswith(".")
            assert found.remedy.endswith(".")
            assert "AADSTS" not in found.sentence

    @pytest.mark.parametrize(
        ("error", "reason", "needs_sign_in", "passing"),
        [
            ("invalid_grant", "sign_in_needed", True, False),
            ("interaction_required", "sign_in_needed", True, False),
            ("login_required", "sign_in_needed", True, False),
            ("consent_required", "consent_missing", True, False),
            ("access_denied", "consent_declined", False, False),
            ("invalid_client", "client_refused", False, False),
            ("unauthorized_client", "app_unknown", False, False),
            ("invalid_scope", "wrong_request", False, False),
            ("temporarily_unavailable", "busy", False, True),
            ("server_error", "busy", False, True),
            ("what_is_this", "unknown", False, False),
        ],
    )
    def test_an_unknown_code_is_judged_by_its_error_and_named_by_its_number(
        self,
        account: ServiceAccount,
        entra: FakeEntra,
        error: str,
        reason: str,
        needs_sign_in: bool,
        passing: bool,
    ) -> None:
        entra.planned = [refused(999123, error)]
        caught = error_of(account)
        assert (caught.reason, caught.needs_sign_in, caught.passing) == (reason, needs_sign_in, passing)
        assert caught.sentence.endswith(" (AADSTS999123).")

    @pytest.mark.parametrize(
        ("code", "reason", "remedy"),
        [
            (530003, "device_policy", "Exempt"),
            (50097, "device_policy", "Exempt"),
            (53002, "app_policy", "Exempt"),
            (530027, "network_policy", "Exempt"),
            (530035, "security_defaults", "multi-factor"),
            (530099, "conditional_access", "policy"),
            (53099, "conditional_access", "policy"),
            (700024, "clock", "clock"),
            (500014, "resource_disabled", "Enable"),
            (90094, "consent_missing", "consent"),
            (900999, "consent_missing", "consent"),
            (7000299, "client_refused", "Key Vault"),
            (700213, "federation", "federated credential"),
        ],
    )
    def test_a_policy_is_told_by_its_kind_whatever_its_number(
        self, account: ServiceAccount, entra: FakeEntra, code: int, reason: str, remedy: str
    ) -> None:
        entra.planned = [refused(code)]
        caught = error_of(account)
        assert (caught.reason, remedy in caught.remedy) == (reason, True)
        assert code in REFUSALS or f"AADSTS{code}" in caught.sentence
        if reason not in ("security_defaults", "consent_missing"):
            assert "connect the service account again" not in caught.remedy

    @pytest.mark.parametrize("lifetime", ["soon", None, {}, []])
    def test_a_token_of_an_odd_lifetime_poisons_nothing(
        self, account: ServiceAccount, entra: FakeEntra, lifetime: Any
    ) -> None:
        odd = {"access_token": "x", "token_type": "Bearer", "expires_in": lifetime}
        entra.planned = [reply(odd, 200)]
        assert error_of(account).passing
        assert account.access_token("graph")

    @pytest.mark.parametrize(
        "garbage",
        [{"code": "x"}, ["x"], 5, None, True],
        ids=["an object", "a list", "a number", "null", "true"],
    )
    def test_an_error_that_is_no_word_poisons_nothing(
        self, account: ServiceAccount, entra: FakeEntra, garbage: Any
    ) -> None:
        entra.planned = [reply({"error": garbage, "error_description": "odd"}, 400)]
        caught = error_of(account)
        assert caught.reason == "token_refused"
        assert account.access_token("graph")

    @pytest.mark.parametrize(
        "answer",
        [
            {"error": "invalid_grant"},
            {"error": "invalid_grant", "error_codes": None, "error_description": None},
            {"error": "invalid_grant", "error_codes": "none", "error_description": "AADSTS"},
            {"error": "invalid_grant", "error_codes": {}, "error_description": ["AADSTS5"]},
        ],
    )
    def test_a_refusal_without_a_number_is_judged_by_its_error(self, answer: dict[str, Any]) -> None:
        assert refusal(answer).reason == "sign_in_needed"
        assert "AADSTS" not in refusal(answer).sentence

    @pytest.mark.parametrize("code", [50076, 999123])
    def test_nothing_of_entras_text_is_passed_on(
        self, account: ServiceAccount, entra: FakeEntra, code: int
    ) -> None:
        entra.planned = [refused(code)]
        error = error_of(account)
        assert "anna" not in error.sentence + error.remedy + str(error)

    @pytest.mark.parametrize(
        ("params", "reason"),
        [
            ({"error": "access_denied", "error_description": "AADSTS65004: declined"}, "consent_declined"),
            ({"error": "access_denied"}, "consent_declined"),
            ({"error": "consent_required", "error_description": "AADSTS65001: missing"}, "consent_missing"),
            ({"error": "server_error"}, "busy"),
            (
                {"error": "invalid_client", "error_description": "AADSTS650056: x"},
                "permission_not_registered",
            ),
            ({"error": "<script>", "error_description": "<script>"}, "unknown"),
        ],
    )
    def test_what_the_callback_brings_instead_of_a_code_is_told_plainly(
        self, entra: FakeEntra, vault: FakeVault, clock: Clock, params: dict[str, str], reason: str
    ) -> None:
        account = account_of(entra, vault, clock)
        flow = account.start(CALLBACK)
        with pytest.raises(ServiceAccountError) as caught:
            account.finish(flow, params | {"state": flow["state"]})
        assert caught.value.reason == reason
        assert "<" not in caught.value.sentence
        assert not vault.writes

    def test_entra_is_not_asked_again_for_a_minute_after_it_refused(
        self, account: ServiceAccount, entra: FakeEntra
    ) -> None:
        entra.refresh_tokens.clear()
        assert {error_of(account).reason for _ in range(5)} == {"sign_in_revoked"}
        assert len(entra.asked) == 2

    def test_a_refusal_of_the_app_itself_is_not_asked_for_twice(
        self, account: ServiceAccount, entra: FakeEntra, vault: FakeVault
    ) -> None:
        entra.secret = "another"
        assert error_of(account).reason == "client_secret_wrong"
        assert len(entra.asked) == 2

    def test_a_new_sign_in_ends_that_minute(self, account: ServiceAccount, entra: FakeEntra) -> None:
        entra.refresh_tokens.clear()
        error_of(account)
        connect(account, entra)
        assert another(account).startswith("access-token-3")
