"""The Smart Alert as classic Outlook runs it: in a bare JavaScript engine that knows Office alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.node import Node, bundle
from tools.addin import ADDIN

ENGINE = """
import vm from "node:vm";
import { stampOf } from "./outlook/stamp";
export const stamp = stampOf;
export function send(script, mail) {
  const completed = [];
  const timers = [];
  let handler;
  const answer = (name, value) => (done) => {
    const how = (mail.how ?? {})[name] ?? "succeeded";
    if (how === "throws") {
      throw new Error(name);
    }
    if (how !== "never") {
      done({ status: how, value: how === "succeeded" ? value : undefined });
    }
  };
  const field = (name) => ({ getAsync: answer(name, mail[name] ?? []) });
  const properties = { get: (name) => (mail.properties ?? {})[name] };
  const item = { to: field("to"), cc: field("cc"), bcc: field("bcc") };
  item.loadCustomPropertiesAsync = answer("properties", mail.broken ? null : properties);
  const Office = {
    context: { mailbox: { item: mail.item === null ? null : item }, displayLanguage: mail.language },
    actions: { associate: (name, what) => { handler = name === "onMessageSend" ? what : undefined; } },
  };
  const world = vm.createContext({ Office });
  if (mail.timers !== false) {
    world.setTimeout = (callback, wait) => { timers.push({ callback, wait }); };
  }
  vm.runInContext(script, world);
  handler({ completed: (options) => completed.push(options) });
  const waits = timers.map(({ wait }) => wait);
  const before = completed.length;
  for (const { callback } of timers) {
    callback();
  }
  return { completed, before, waits };
}
"""
LIST = {
    "emailAddress": "sales@contoso.example",
    "displayName": "Sales Team",
    "recipientType": "distributionList",
}
PERSON = {"emailAddress": "ann@contoso.example", "displayName": "Ann", "recipientType": "user"}
ALLOWED = {"allowEvent": True}


@pytest.fixture(scope="module")
def engine() -> Iterator[Node]:
    with Node(ENGINE, "--platform=node") as node:
        yield node


@pytest.fixture(scope="module")
def script() -> str:
    source = (ADDIN / "src" / "events.ts").read_text(encoding="utf-8")
    return bundle(source, "--format=iife", "--target=es2017", "--minify")


def verdict(engine: Node, script: str, **mail: Any) -> dict[str, Any]:
    """What Outlook is told; once, whatever happens."""
    answer = engine.call("send", script, mail)
    (only,) = answer["completed"]
    assert isinstance(only, dict)
    return only


def counted(engine: Node, *addresses: str) -> dict[str, str]:
    """The draft's property after these were counted."""
    return {"rollcall": json.dumps({"r": engine.call("stamp", addresses)})}


def test_a_mail_to_people_goes_out(engine: Node, script: str) -> None:
    assert verdict(engine, script, to=[PERSON], cc=[PERSON]) == ALLOWED
    assert verdict(engine, script) == ALLOWED


@pytest.mark.parametrize("field", ["to", "cc", "bcc"])
def test_a_mail_to_a_list_that_was_not_counted_offers_to_count(engine: Node, script: str, field: str) -> None:
    said = verdict(engine, script, **{field: [PERSON, LIST]})
    assert said["allowEvent"] is False
    assert "Sales Team" in said["errorMessage"]
    assert said["cancelLabel"] == "Count recipients"
    assert said["commandId"] == "rollcallCount"
    assert json.loads(said["contextData"]) == {"from": "send"}


@pytest.mark.parametrize("language", ["en-US", "de-DE", "fr-FR", "es-ES"])
def test_what_it_says_fits_into_outlooks_window(engine: Node, script: str, language: str) -> None:
    long = LIST | {"displayName": "A list with a very long name " * 40}
    said = verdict(engine, script, to=[long, long], language=language)
    assert len(said["errorMessage"]) <= 500
    assert len(said["cancelLabel"]) <= 20


@pytest.mark.parametrize(
    ("language", "button"),
    [
        ("de-AT", "Empfänger zählen"),
        ("fr-CA", "Compter d\u2019abord"),
        ("es-MX", "Contar destinatarios"),
        ("pl-PL", "Count recipients"),
        (None, "Count recipients"),
    ],
)
def test_it_speaks_outlooks_language_where_outlook_tells_it(
    engine: Node, script: str, language: str | None, button: str
) -> None:
    assert verdict(engine, script, to=[LIST], language=language)["cancelLabel"] == button


def test_names_are_said_as_they_are(engine: Node, script: str) -> None:
    odd = verdict(engine, script, to=[LIST | {"displayName": "$& {names} $1"}])
    assert "$& {names} $1" in odd["errorMessage"]
    nameless = verdict(engine, script, to=[LIST | {"displayName": ""}])
    assert "sales@contoso.example" in nameless["errorMessage"]


def test_a_counted_mail_goes_out_however_its_recipients_are_sorted(engine: Node, script: str) -> None:
    properties = counted(engine, "Ann@contoso.example", "sales@contoso.example")
    for mail in ({"to": [LIST], "bcc": [PERSON]}, {"cc": [PERSON, LIST, PERSON]}):
        assert verdict(engine, script, properties=properties, **mail) == ALLOWED


@pytest.mark.parametrize(
    "now", [[LIST], [PERSON], [], [LIST, PERSON, LIST | {"emailAddress": "b@c.example"}]]
)
def test_recipients_that_changed_since_are_to_be_counted_again(
    engine: Node, script: str, now: list[dict[str, str]]
) -> None:
    properties = counted(engine, "ann@contoso.example", "sales@contoso.example")
    said = verdict(engine, script, properties=properties, to=now)
    assert said["allowEvent"] is False
    assert "Count them again" in said["errorMessage"]


@pytest.mark.parametrize("kept", [None, "", "{", "null", "[]", '{"r":7}', '{"r":""}', 12])
def test_a_record_that_says_nothing_is_none(engine: Node, script: str, kept: Any) -> None:
    properties = {"rollcall": kept}
    assert verdict(engine, script, properties=properties, to=[PERSON]) == ALLOWED
    assert verdict(engine, script, properties=properties, to=[LIST])["allowEvent"] is False


@pytest.mark.parametrize("name", ["to", "cc", "bcc", "properties"])
@pytest.mark.parametrize("how", ["failed", "throws", "never"])
def test_whatever_goes_wrong_the_mail_goes_out(engine: Node, script: str, name: str, how: str) -> None:
    assert verdict(engine, script, to=[LIST], how={name: how}) == ALLOWED


def test_a_mail_without_parts_goes_out(engine: Node, script: str) -> None:
    assert verdict(engine, script, item=None) == ALLOWED
    assert verdict(engine, script, to=[LIST], broken=True) == ALLOWED
    assert verdict(engine, script, to=[LIST, None]) == ALLOWED


def test_it_decides_before_outlook_loses_patience(engine: Node, script: str) -> None:
    answer = engine.call("send", script, {"to": [LIST], "how": {"cc": "never"}})
    assert answer["before"] == 0
    assert answer["completed"] == [ALLOWED]
    assert answer["waits"]
    assert max(answer["waits"]) < 5000


def test_it_needs_no_timer(engine: Node, script: str) -> None:
    assert verdict(engine, script, to=[LIST], timers=False)["allowEvent"] is False


def test_it_is_small_and_asks_for_nothing_but_office(script: str) -> None:
    assert len(script.encode()) < 6144  # with the words of each language, as it can load nothing
    for word in ("fetch", "XMLHttpRequest", "document", "window", "localStorage", "import(", "require("):
        assert word not in script


def test_a_mail_of_which_copies_are_sent_is_held_up(engine: Node, script: str) -> None:
    for armed in (0, 1):
        record = json.loads(counted(engine, LIST["emailAddress"])["rollcall"])
        record |= {"m": "message", "a": armed, "o": "individual"}
        said = verdict(engine, script, to=[LIST], properties={"rollcall": json.dumps(record)})
        assert "twice" in said["errorMessage"]


def test_a_mail_whose_tracking_does_not_count_yet_is_held_up(engine: Node, script: str) -> None:
    record = json.loads(counted(engine, LIST["emailAddress"])["rollcall"]) | {"m": "message", "o": "counting"}
    said = verdict(engine, script, to=[LIST], properties={"rollcall": json.dumps(record | {"a": 0})})
    assert "nothing counts yet" in said["errorMessage"]
    assert (
        verdict(engine, script, to=[LIST], properties={"rollcall": json.dumps(record | {"a": 1})}) == ALLOWED
    )


@pytest.mark.parametrize(("former", "twice"), [("overall", False), ("anonymous", True)])
def test_a_draft_that_an_older_pane_stamped_is_still_understood(
    engine: Node, script: str, former: str, twice: bool
) -> None:
    record = json.loads(counted(engine, LIST["emailAddress"])["rollcall"]) | {"m": "message", "a": 1}
    said = verdict(engine, script, to=[LIST], properties={"rollcall": json.dumps(record | {"o": former})})
    assert ("twice" in said.get("errorMessage", ""), said == ALLOWED) == (twice, not twice)


FRIENDS = {"emailAddress": "", "displayName": "My customers", "recipientType": "other"}
OTHERS = [
    FRIENDS,
    FRIENDS | {"displayName": "My suppliers"},
    {"emailAddress": None, "recipientType": "distributionList"},
    {"displayName": "Bo"},
    {"emailAddress": "/o=ExchangeLabs/cn=bo", "displayName": "Bo"},
    {"emailAddress": " ", "displayName": "Bo"},
    {"emailAddress": "Bo", "displayName": ""},
    {"emailAddress": None, "displayName": None, "recipientType": "other"},
    {},
]


def counted_beside(engine: Node, *names: str) -> dict[str, str]:
    """What a draft remembers that was counted for Ann and these."""
    return {"rollcall": json.dumps({"r": engine.call("stamp", [PERSON["emailAddress"]], list(names))})}


@pytest.mark.parametrize("added", OTHERS, ids=str)
def test_a_recipient_without_an_address_that_came_since_is_noticed(
    engine: Node, script: str, added: dict[str, Any]
) -> None:
    said = verdict(engine, script, to=[PERSON, added], properties=counted_beside(engine))
    assert (said["allowEvent"], "not the ones that were counted" in said["errorMessage"]) == (False, True)


@pytest.mark.parametrize("now", [*OTHERS[1:], None], ids=str)
def test_a_recipient_without_an_address_that_was_replaced_or_taken_away_is_noticed(
    engine: Node, script: str, now: dict[str, Any] | None
) -> None:
    to = [PERSON] if now is None else [PERSON, now]
    assert not verdict(engine, script, to=to, properties=counted_beside(engine, "My customers"))["allowEvent"]


def test_the_recipients_without_an_address_that_were_there_when_it_was_counted_ask_nobody(
    engine: Node, script: str
) -> None:
    properties = counted_beside(engine, "My customers", "Bo")
    assert verdict(engine, script, to=[FRIENDS, PERSON], cc=[OTHERS[3]], properties=properties) == ALLOWED


def test_a_list_without_a_name_is_asked_about_in_a_sentence(engine: Node, script: str) -> None:
    said = verdict(engine, script, to=[OTHERS[2]])
    assert "goes to a list without a name." in said["errorMessage"]
