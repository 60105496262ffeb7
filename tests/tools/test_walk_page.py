"""docs/walk.md: numbered steps, each with what it prints; what can be known without Azure is from a run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from infra.entra.register import run_check, run_make, run_reconcile, run_remove
from infra.entra.registration.entra import Entra
from infra.entra.registration.wanted import Wanted
from tests.support.entra_tenant import Tenant
from tests.support.registrations import AFTER, BEFORE
from tests.tools.documented import FENCE

PAGE = (Path(__file__).parents[2] / "docs" / "walk.md").read_text()
STEPS = [step for step in re.split(r"^(?=\d+\. )", PAGE, flags=re.MULTILINE) if re.match(r"\d+\. ", step)]


def printed(command: str) -> list[str]:
    """What the page says that this run of register.py prints, each time it stands there."""
    found = []
    for step in STEPS:
        script, *output = [(block[1], block[3]) for block in FENCE.finditer(step)] or [("", "")]
        if script[1].strip().endswith(command) and output:
            indent, text = output[0]
            found.append(re.sub(rf"^{indent}", "", text, flags=re.MULTILINE))
    return found


def test_the_steps_are_numbered_in_a_row() -> None:
    assert [int(step.partition(".")[0]) for step in STEPS] == list(range(1, len(STEPS) + 1))
    assert len(STEPS) > 25


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.partition("\n")[0][:50])
def test_each_command_says_what_it_prints(step: str) -> None:
    if "```bash" in step:
        assert "\n   Prints" in step or "\n    Prints" in step


def test_what_register_py_prints_is_from_a_run(capsys: pytest.CaptureFixture[str]) -> None:
    tenant = Tenant()
    entra = Entra(tenant, tenant.sleep, tenant.clock)
    less = Wanted.of(AFTER | {"ROLLCALL_SENDER_IDS": "mia"})

    def said() -> str:
        return capsys.readouterr().out

    run_make(entra, Wanted.of(BEFORE))
    first = said()
    run_make(entra, Wanted.of(AFTER))
    assert printed("register.py") == [first, said()]
    run_check(entra, Wanted.of(AFTER))
    assert printed("register.py check") == [said()]
    run_reconcile(entra, Wanted.of(AFTER), withdrawing=False)
    nothing = said()
    run_reconcile(entra, less, withdrawing=False)
    assert printed("register.py reconcile") == [nothing, said()]
    run_reconcile(entra, less, withdrawing=True)
    assert printed("register.py reconcile --withdraw") == [said()]
    run_remove(entra, less, deleting=False)
    assert printed("register.py remove") == [said()]
    run_remove(entra, less, deleting=True)
    assert printed("register.py remove --delete") == [said()]
