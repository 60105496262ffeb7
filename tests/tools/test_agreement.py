"""dev.py agreement, as a works council and an administrator use it."""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from infra import preflight
from tests.support.agreements import KEY, TERMS, signed
from tools.agreement import __main__ as agreement
from tools.agreement import keys

ROOT = Path(__file__).parents[2]
PASSPHRASE = "canary horse battery staple"


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., None]:
    """What is typed at the terminal, line by line, and as passphrases."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(keys, "ROOT", ROOT / "shared")  # a test's own folder lies in the repository
    for name in [name for name in os.environ if name.startswith("ROLLCALL_")]:
        monkeypatch.delenv(name)

    def typed(*lines: str, passphrases: tuple[str, ...] = ()) -> None:
        given, secret = iter(lines), iter(passphrases)
        monkeypatch.setattr("builtins.input", lambda _="": _next(given))
        monkeypatch.setattr(agreement, "getpass", lambda _: _next(secret))

    return typed


def _next(lines: Iterator[str]) -> str:
    try:
        return next(lines)
    except StopIteration:
        raise EOFError from None


def make(answers: Callable[..., None]) -> None:
    answers("", "Company GmbH; Works council", "Intranet", *[""] * 40)
    assert agreement.main(["new", "agreement.json"]) == 0


def test_whoever_presses_enter_makes_a_strict_agreement(answers: Callable[..., None]) -> None:
    make(answers)
    found = json.loads(Path("agreement.json").read_text(encoding="utf-8"))
    assert (found["tracking"], found["allowed"], found["notice"]) == ("counting", [], "line")
    assert found["parties"] == ["Company GmbH", "Works council"]
    assert (found["smallest_group"], found["events_kept"]) == (5, 90)


def test_an_answer_that_cannot_be_is_asked_for_again(
    answers: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    names = ["Title", "A; B", "Intranet", "tomorrow", "2027-02-01", "2027-01-01x", "2029-01-01"]
    rest = ["all", "individual", "maybe", "no", "0", "7", *[""] * 5, "consent, maybe", "consent", "ja", "yes"]
    answers(*names, *rest, *[""] * 40)
    assert agreement.main(["new", "agreement.json"]) == 0
    found = json.loads(Path("agreement.json").read_text(encoding="utf-8"))
    assert (found["smallest_group"], found["individual_basis"], found["notice"]) == (7, ["consent"], "none")
    assert found["allowed"] == ["admins_see_reports"]
    assert capsys.readouterr().out.count("Please write") == 7


def test_what_was_signed_is_verified_with_the_printed_lines(
    answers: Callable[..., None], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    make(answers)
    text = Path("agreement.json").read_text(encoding="utf-8")
    Path("agreement.json").write_text(text.replace('"valid_from": "2', '"valid_from": "1'), encoding="utf-8")
    answers("yes", passphrases=(PASSPHRASE, PASSPHRASE))
    assert agreement.main(["sign", "agreement.json", "--key", "council.pem"]) == 0
    printed = capsys.readouterr().out
    assert "Opens and followed links may be counted" in printed
    settings = dict(
        line.strip().removeprefix("azd env set ").split(" ", 1)
        for line in printed.splitlines()
        if line.strip().startswith("azd env set")
    )
    lines = "\n".join(f"{name}={value}" for name, value in settings.items())
    Path("settings.env").write_text(f"{lines}\nROLLCALL_TRACKING=counting\n", encoding="utf-8")
    assert agreement.main(["verify", "--settings", "settings.env"]) == 0
    assert "genuine and in force" in capsys.readouterr().out
    public = settings[KEY].strip('"')
    monkeypatch.setenv("ROLLCALL_TRACKING", "counting")
    assert agreement.main(["verify", "agreement.signed", "--public-key", public]) == 0
    answers("yes", passphrases=(PASSPHRASE,))
    assert agreement.main(["sign", "agreement.json", "--key", "council.pem"]) == 0
    assert public in capsys.readouterr().out, "the second signature is by the same key"


def test_a_key_opens_by_its_passphrase_alone_and_is_its_owners(answers: Callable[..., None]) -> None:
    make(answers)
    answers("yes", passphrases=(PASSPHRASE, PASSPHRASE))
    agreement.main(["sign", "agreement.json", "--key", "council.pem"])
    key = Path("council.pem")
    assert "ENCRYPTED" in key.read_text(encoding="ascii")
    if sys.platform != "win32":
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
    answers("yes", passphrases=("another passphrase",))
    assert "does not open" in str(agreement.main(["sign", "agreement.json", "--key", "council.pem"]))


def test_no_key_is_made_where_the_code_is(
    answers: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    make(answers)
    monkeypatch.setattr(keys, "ROOT", ROOT)
    place = ROOT / ".dev" / "council.pem"
    answers("yes", passphrases=(PASSPHRASE, PASSPHRASE))
    assert "might be deployed" in str(agreement.main(["sign", "agreement.json", "--key", str(place)]))
    assert not place.exists()


@pytest.mark.parametrize(
    ("passphrases", "why"), [(("short", "short"), "at least"), ((PASSPHRASE, "other"), "not the same")]
)
def test_a_passphrase_is_long_and_typed_twice(
    answers: Callable[..., None], passphrases: tuple[str, str], why: str
) -> None:
    make(answers)
    answers("yes", passphrases=passphrases)
    assert why in str(agreement.main(["sign", "agreement.json", "--key", "council.pem"]))
    assert not Path("council.pem").exists()


def test_nothing_is_signed_by_whoever_does_not_say_yes_and_nothing_overwritten(
    answers: Callable[..., None],
) -> None:
    make(answers)
    answers("y")
    assert agreement.main(["sign", "agreement.json", "--key", "council.pem"]) == 1
    assert [path.name for path in Path().iterdir()] == ["agreement.json"]
    assert "not overwritten" in str(agreement.main(["new", "agreement.json"]))
    answers()
    assert "Stopped" in str(agreement.main(["new", "other.json"]))
    assert not Path("other.json").exists()


def test_verifying_says_which_setting_exceeds_it_and_what_was_agreed(
    answers: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    answers()
    lines = [f'{name}="{value}"' for name, value in signed(TERMS).items()]
    Path("settings.env").write_text(
        "\n".join([*lines, "ROLLCALL_EVENTS_KEPT=91", "ROLLCALL_TRACKING=counting"]), encoding="utf-8"
    )
    assert agreement.main(["verify", "--settings", "settings.env"]) == 1
    assert "ROLLCALL_EVENTS_KEPT exceeds it: 90 was agreed." in capsys.readouterr().out


def test_without_an_agreement_verifying_says_so(
    answers: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    answers()
    assert agreement.main(["verify"]) == 1
    assert "There is no agreement" in capsys.readouterr().out
    assert "cannot be read" in str(agreement.main(["verify", "nowhere.signed"]))


def test_settings_that_exceed_the_agreement_are_refused_before_anything_is_made() -> None:
    within = {"PATH": "/usr/bin:/bin", "ROLLCALL_TRACKING": "counting"} | signed(TERMS)
    python = Path(sys.executable)
    assert preflight.beyond_agreement({}, python) == []
    assert preflight.beyond_agreement(within, python) == []
    [said] = preflight.beyond_agreement(within | {"ROLLCALL_SMALLEST_GROUP": "4"}, python)
    assert "ROLLCALL_SMALLEST_GROUP exceeds it: 5 was agreed." in said
    [said] = preflight.beyond_agreement(within | {KEY: ""}, python)
    assert "no key" in said


def test_an_agreement_that_has_expired_keeps_nobody_from_deploying(
    capsys: pytest.CaptureFixture[str],
) -> None:
    over = signed(TERMS | {"valid_until": "2026-02-01T00:00:00Z"})
    values = {"PATH": "/usr/bin:/bin", "ROLLCALL_TRACKING": "counting"} | over
    assert preflight.beyond_agreement(values, Path(sys.executable)) == []
    assert "expired" in capsys.readouterr().out


def test_where_nothing_verifies_an_agreement_that_is_said(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert preflight.beyond_agreement(signed(TERMS), tmp_path / "python") == []
    assert "Nobody looked" in capsys.readouterr().out
