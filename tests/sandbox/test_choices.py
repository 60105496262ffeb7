"""What may be chosen of the stack, what it says of that, and the sample of its settings."""

from __future__ import annotations

import argparse
import json
import re
import signal
import urllib.request
from dataclasses import fields

import pytest

from sandbox.server.server import Running
from sandbox.stack.choices import BASIS, DEPLOYED, FORMER, USUAL, add_options, choices_of, options_of
from sandbox.stack.processes import ROOT
from shared.settings import Settings
from shared.tracking.mail.modes import FORMER_MODES, Mode
from tests.support.newcomer import Newcomer, needs_proc, newcomer, read_until

__all__ = ["newcomer"]

DEFAULTS = {one.metadata["name"]: one.metadata["default"] or "" for one in fields(Settings)}
# Where things are, and by what they are told apart: a deployment has its own.
PLACES = {
    *("ROLLCALL_TENANT_ID", "ROLLCALL_CLIENT_ID", "ROLLCALL_ADDIN_CLIENT_IDS", "ROLLCALL_AUTHORITY"),
    *("ROLLCALL_GRAPH_URL", "ROLLCALL_EXCHANGE_URL", "ROLLCALL_EWS_URL", "ROLLCALL_KEY_VAULT_URL"),
    *("ROLLCALL_OFFICE_JS_URL", "ROLLCALL_OUTLOOK_ORIGINS"),
}


def chosen(*options: str, **environment: str) -> dict[str, str]:
    parser = argparse.ArgumentParser()
    add_options(parser)
    arguments = parser.parse_args(options)
    again = parser.parse_args(options_of(arguments))
    assert again == arguments
    return {**choices_of(arguments, environment).settings}


def test_modes_are_taken_by_their_names_and_by_their_former_ones() -> None:
    assert set(FORMER.items()) == {(once, now) for once, now in FORMER_MODES.items() if once != now}
    modes = chosen("--modes", "overall,individual,anonymous")["ROLLCALL_MODES"].split(",")
    assert [Mode(one) for one in modes] == [Mode.COUNTING, Mode.INDIVIDUAL, Mode.PSEUDONYMOUS]
    assert chosen("--history") == chosen() == {}
    assert chosen("--send-from-pane", "no") == {"ROLLCALL_SEND_FROM_PANE": "no"}


def test_the_mode_individual_gets_a_basis_without_which_it_would_be_off() -> None:
    assert chosen("--modes", "individual")["ROLLCALL_INDIVIDUAL_BASIS"] == BASIS
    given = chosen("--modes", "individual", ROLLCALL_INDIVIDUAL_BASIS="consent")
    assert "ROLLCALL_INDIVIDUAL_BASIS" not in given


@pytest.mark.parametrize("wrong", ["", "everybody", "counting,everybody"])
def test_what_is_no_mode_is_refused_and_the_modes_are_named(
    wrong: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        chosen("--modes", wrong)
    assert "there are counting, pseudonymous, individual" in capsys.readouterr().err


def test_a_default_deployment_is_what_azd_deploys_where_nothing_is_set() -> None:
    text = (ROOT / "infra" / "main.bicepparam").read_text(encoding="utf-8")
    deployed = dict(re.findall(r"readEnvironmentVariable\('(\w+)', '([^']*)'\)", text))
    assert {name: deployed.get(name) or DEFAULTS[name] for name in DEPLOYED} == DEPLOYED
    assert {name: DEFAULTS[name] for name in USUAL} == USUAL


def test_whatever_the_stack_sets_otherwise_is_said(tenant_company: Running) -> None:
    here = {n: v for n, v in tenant_company.settings_env().items() if n.startswith("ROLLCALL_")}
    otherwise = {name for name, value in here.items() if name not in PLACES and value != DEFAULTS[name]}
    assert otherwise <= set(DEPLOYED)
    arguments = argparse.Namespace(tenant="enterprise", modes=None, send_from_pane=None, history=False)
    said = [*choices_of(arguments, {}).differences(here)]
    assert said[0] == "the tenant is enterprise"
    for name in otherwise:
        assert any(line.startswith(f"{name}=") for line in said)
    assert "ROLLCALL_MODES=counting,pseudonymous, and by default counting" in said


def test_the_sample_of_settings_has_the_values_of_the_stack(tenant_company: Running) -> None:
    sample = json.loads((ROOT / "local.settings.sample.json").read_text(encoding="utf-8"))["Values"]
    outlook = tenant_company.outlook_url.removesuffix("/outlook")
    here = {
        name: value.replace(tenant_company.origin, "https://localhost:8443")
        .replace(outlook, "http://localhost:8444")
        .replace(str(tenant_company.ca_path), ".dev/sandbox/ca.pem")
        for name, value in tenant_company.settings_env().items()
    }
    here["ROLLCALL_PUBLIC_URL"] = "http://localhost:7071"
    here["ROLLCALL_STORAGE_CONNECTION"] = "UseDevelopmentStorage=true"
    ours = {name: value for name, value in sample.items() if name.startswith("ROLLCALL_") or name in here}
    assert ours == DEFAULTS | here


@needs_proc
@pytest.mark.slow
def test_a_large_tenant_with_other_modes_runs_and_says_how_it_differs(newcomer: Newcomer) -> None:
    options = ["--tenant", "enterprise", "--modes", "overall,individual", "--send-from-pane", "no"]
    with newcomer.start("up", *options) as process:
        printed = read_until(process, "ROLLCALL_PUBLISHED_AFTER=130", 0)
        url = re.search(r"http://localhost:\d+/api/health", printed)
        assert url, printed
        with urllib.request.urlopen(url[0], timeout=10) as answer:
            assert answer.status == 200
        assert "the tenant is enterprise" in printed
        assert "ROLLCALL_MODES=counting,individual, and by default counting" in printed
        assert "ROLLCALL_INDIVIDUAL_BASIS=objection, and by default nothing" in printed
        assert "ROLLCALL_SEND_FROM_PANE" not in printed
        process.send_signal(signal.SIGINT)
        process.wait(30)
    newcomer.assert_nothing_is_left()
