"""What whoever starts the stack may choose, and how that differs from what azd deploys by itself."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

MODES = ("counting", "pseudonymous", "individual")
FORMER = {"overall": "counting", "anonymous": "pseudonymous"}
"""What modes were called before, which is taken as well."""
BASIS = "objection"
"""On which the mode `individual` rests where nothing else is set; without a basis it is off."""
DEPLOYED: Mapping[str, str] = {
    "ROLLCALL_DIRECTORIES": "graph",
    "ROLLCALL_MODES": "counting",
    "ROLLCALL_INDIVIDUAL_BASIS": "",
    "ROLLCALL_PUBLISHED_AFTER": "86400",
    "ROLLCALL_SEND_FROM_PANE": "no",
    "ROLLCALL_TRACKING": "individual",
}
"""The settings that are chosen here or differ here, as a deployment has them that sets nothing."""
USUAL: Mapping[str, str] = {"ROLLCALL_MODES": "counting,pseudonymous"}
"""What the app goes by where the stack says nothing, and azd does."""
_COMPANY = "company"


@dataclass(frozen=True, slots=True)
class Choices:
    """What was chosen. `settings` go before whatever else the stack or the environment says; `history`: it
    begins with a year of mails, of the demo's tenant."""

    tenant: str
    settings: Mapping[str, str]
    history: bool = False

    @property
    def is_demonstrated(self) -> bool:
        """Whether the tenant is the one whose lists the demo knows."""
        return self.tenant == _COMPANY

    def differences(self, environment: Mapping[str, str]) -> Iterator[str]:
        """How an app with this environment differs from a deployment by default, a line each."""
        if not self.is_demonstrated:
            yield f"the tenant is {self.tenant}"
        for name, deployed in sorted(DEPLOYED.items()):
            here = environment.get(name) or USUAL.get(name, deployed)
            if here != deployed:
                yield f"{name}={here}, and by default {deployed or 'nothing'}"


def add_options(parser: argparse.ArgumentParser) -> None:
    """What may be chosen, as options."""
    parser.add_argument(
        "--tenant", default=_COMPANY, help="company, enterprise, or the path of a tenant's file"
    )
    parser.add_argument(
        "--modes",
        type=_read_modes,
        metavar="MODE,...",
        help=f"how senders may have mails tracked: any of {', '.join(MODES)}",
    )
    parser.add_argument(
        "--send-from-pane", choices=("no", "yes"), help="whether the pane may have Outlook send the mail"
    )
    parser.add_argument(
        "--history", action="store_true", help="begin with a year of mails, of the tenant company"
    )


def options_of(arguments: argparse.Namespace) -> list[str]:
    """The same options, to be read again by another process."""
    options = ["--tenant", arguments.tenant]
    if arguments.modes:
        options += ["--modes", ",".join(arguments.modes)]
    if arguments.send_from_pane:
        options += ["--send-from-pane", arguments.send_from_pane]
    return options + (["--history"] if arguments.history else [])


def choices_of(arguments: argparse.Namespace, environment: Mapping[str, str]) -> Choices:
    """What was chosen on a command line; the basis of the mode `individual` may be in the environment."""
    settings: dict[str, str] = {}
    if arguments.modes:
        settings["ROLLCALL_MODES"] = ",".join(arguments.modes)
        if "individual" in arguments.modes and not environment.get("ROLLCALL_INDIVIDUAL_BASIS"):
            settings["ROLLCALL_INDIVIDUAL_BASIS"] = BASIS
    if arguments.send_from_pane:
        settings["ROLLCALL_SEND_FROM_PANE"] = arguments.send_from_pane
    return Choices(arguments.tenant, settings, arguments.history)


def _read_modes(text: str) -> list[str]:
    """Raises ArgumentTypeError for what is no mode."""
    given = [FORMER.get(one, one) for one in (part.strip() for part in text.split(",")) if one]
    wrong = sorted({*given} - {*MODES})
    if wrong or not given:
        raise argparse.ArgumentTypeError(
            f"there are {', '.join(MODES)}, and no {', '.join(wrong) or 'other'}"
        )
    return list(dict.fromkeys(given))
