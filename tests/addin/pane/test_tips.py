"""How the pane asks Exchange for mail tips, in Node.js."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.node import Node

SOURCE = """
import { askTips, MOST, BATCH } from "./pane/tips";
import { asciiOf, keyOf } from "./pane/address-key";
import { wantsConsent } from "./pane/doubts";
export { asciiOf, keyOf, wantsConsent };
export const limits = () => ({ MOST, BATCH });
const tipped = (address, more = {}) => ({
  emailAddress: { name: "", address },
  deliveryRestricted: false, isModerated: false, mailboxFull: false, recipientScope: "internal", ...more,
});
/** A Graph that does what each of `steps` says, one for each request, the last for ever. */
export async function ask(addresses, steps, more = {}) {
  const asked = [];
  const tokens = [];
  const script = [...steps];
  let time = 0;
  const told = await askTips(addresses, {
    graphUrl: "https://graph.example/v1.0",
    signal: new AbortController().signal,
    now: () => time,
    wait: async (milliseconds) => { time += milliseconds; },
    token: async (fresh) => {
      tokens.push(fresh);
      if (more.noToken) { throw new Error("no"); }
      return "t";
    },
    fetch: async (url, { body, signal }) => {
      const given = JSON.parse(body).EmailAddresses;
      asked.push(given);
      const step = script.length > 1 ? script.shift() : script[0];
      time += step.takes ?? 0;
      if (step.never) {
        await new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("late"))));
      }
      if (step.throws) { throw new Error("offline"); }
      const spoilt = given.some((address) => (step.spoiling ?? []).includes(address));
      const status = spoilt ? 400 : step.status ?? 200;
      const value = given
        .filter((address) => !(step.without ?? []).includes(address))
        .map((address) => tipped(address, (step.tips ?? {})[address]))
        .reverse();
      const headers = step.retryAfter === undefined ? {} : { "Retry-After": String(step.retryAfter) };
      const body200 = step.body ?? JSON.stringify({ value });
      return new Response(status === 200 ? body200 : "{}", { status, headers });
    },
  });
  return { ...told, asked, tokens, time };
}
"""
A, B, C = "a@company.com", "b@company.com", "c@company.com"


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    with Node(SOURCE) as node:
        yield node


def ask(node: Node, addresses: list[str], *steps: dict[str, Any], **more: Any) -> dict[str, Any]:
    found: dict[str, Any] = node.call("ask", addresses, list(steps) or [{}], more)
    return found


def why(found: dict[str, Any]) -> dict[str, str]:
    return {one["address"]: one["why"] for one in found["unknown"]}


def people(number: int) -> list[str]:
    return [f"p{n}@company.com" for n in range(number)]


def test_each_address_is_asked_about_once_in_batches_of_what_exchange_takes(node: Node) -> None:
    found = ask(node, [*people(120), "P0@COMPANY.COM"])
    assert [len(batch) for batch in found["asked"]] == [50, 50, 20]
    assert sorted(chain(*found["asked"])) == sorted(people(120))
    assert found["unknown"] == []
    assert len(found["tips"]) == 120


def test_more_than_it_may_ask_about_are_named_as_not_asked(node: Node) -> None:
    found = ask(node, people(503))
    assert sum(map(len, found["asked"])) == node.call("limits")["MOST"] == 500
    assert set(why(found).values()) == {"too many"}
    assert len(found["unknown"]) == 3


def test_an_address_that_is_left_out_is_not_known_rather_than_fine(node: Node) -> None:
    found = ask(node, [A, B], {"without": [A]})
    assert [tip["address"] for tip in found["tips"]] == [B]
    assert why(found) == {A: "silent"}


def test_a_tip_that_is_missing_or_makes_no_sense_is_not_known(node: Node) -> None:
    odd = {"mailboxFull": None, "isModerated": "yes", "totalMemberCount": -1, "maxMessageSize": 0}
    [tip] = ask(node, [A], {"tips": {A: odd}})["tips"]
    assert [tip[name] for name in ("full", "moderated", "members", "largest", "away")] == [None] * 5
    assert tip["restricted"] is False


@pytest.mark.parametrize(
    ("message", "away"),
    [("", False), ("<p>Back on Monday</p>", True), ("<html><style>p{}</style><p>&nbsp;</p></html>", None)],
)
def test_somebody_is_away_where_the_automatic_reply_says_something(
    node: Node, message: str, away: bool | None
) -> None:
    [tip] = ask(node, [A], {"tips": {A: {"automaticReplies": {"message": message}}}})["tips"]
    assert tip["away"] is away


def test_tips_that_are_turned_off_are_told_from_an_address_that_nobody_has(node: Node) -> None:
    found = ask(
        node,
        [A, B],
        {"tips": {A: {"error": {"code": "ErrorMailTipsDisabled"}}, B: {"error": {"code": "Other"}}}},
    )
    assert why(found) == {A: "off", B: "silent"}
    assert found["tips"] == []


def test_one_address_that_is_no_good_costs_the_others_nothing(node: Node) -> None:
    found = ask(node, people(50), {"spoiling": ["p17@company.com"]})
    assert why(found) == {"p17@company.com": "silent"}
    assert len(found["tips"]) == 49
    assert len(found["asked"]) < 16


def test_a_graph_that_takes_nothing_is_left_alone_soon(node: Node) -> None:
    found = ask(node, people(500), {"status": 400})
    assert len(found["asked"]) <= 20
    assert len(found["unknown"]) == 500


def test_throttling_is_waited_for_as_long_as_graph_says(node: Node) -> None:
    found = ask(node, [A], {"status": 429, "retryAfter": 3}, {})
    assert (found["time"], len(found["tips"])) == (3000, 1)


@pytest.mark.parametrize("step", [{"status": 429, "retryAfter": 60}, {"status": 503}, {"status": 504}])
def test_who_is_throttled_for_long_learns_what_is_not_known_in_time(node: Node, step: dict[str, Any]) -> None:
    found = ask(node, people(60), {}, step)
    assert found["time"] <= 20_000
    assert len(found["tips"]) == 50
    assert set(why(found).values()) == {"busy"}


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ([{"status": 403}], "refused"),
        ([{"status": 401}], "refused"),
        ([{"status": 500}], "failed"),
        ([{"throws": True}], "failed"),
        ([{"body": "<html>"}], "failed"),
        ([{"body": '{"value": 3}'}], "failed"),
        ([{"body": '{"value": [null, 3, {"emailAddress": null}]}'}], "silent"),
        ([{"status": 503, "retryAfter": 0, "takes": 19_900}, {"never": True}], "failed"),
    ],
)
def test_whatever_graph_does_it_is_not_known_and_never_none(
    node: Node, steps: list[dict[str, Any]], said: str
) -> None:
    found = ask(node, [A, B], *steps)
    assert found["tips"] == []
    assert why(found) == {A: said, B: said}


def test_a_refused_token_is_fetched_anew_once(node: Node) -> None:
    found = ask(node, [A], {"status": 401}, {})
    assert found["tokens"] == [False, True]
    assert len(found["tips"]) == 1


def test_without_a_token_nothing_is_asked_and_consent_is_wanted(node: Node) -> None:
    found = ask(node, [A, B], noToken=True)
    assert (found["asked"], why(found)) == ([], {A: "consent", B: "consent"})
    assert node.call("wantsConsent", found)
    assert not node.call("wantsConsent", ask(node, [A], {"status": 403}))


@given(st.lists(st.sampled_from(["", "without", "error", "spoiling"]), min_size=1, max_size=60))
def test_every_address_is_told_of_or_named_as_unknown(node: Node, fates: list[str]) -> None:
    addresses = people(len(fates))
    fated = {fate: [a for a, f in zip(addresses, fates, strict=True) if f == fate] for fate in set(fates)}
    step = {
        "without": fated.get("without", []),
        "spoiling": fated.get("spoiling", [])[:1],
        "tips": {address: {"error": {"code": "X"}} for address in fated.get("error", [])},
    }
    found = ask(node, addresses, step)
    told = {tip["address"] for tip in found["tips"]}
    assert told.isdisjoint(why(found))
    assert told | set(why(found)) == set(addresses)
    assert told.isdisjoint({*fated.get("error", []), *fated.get("without", [])})


def test_an_address_is_recognised_in_another_case_and_in_a_labels(node: Node) -> None:
    assert node.call("keyOf", " Info@Müller.example ") == "info@xn--mller-kva.example"
    assert node.call("keyOf", "odd@a/b") == "odd@a/b"
    assert node.call("keyOf", "a@123") == "a@123"
    assert node.call("asciiOf", "Ann@müller.example") == "Ann@xn--mller-kva.example"
    [tip] = ask(node, ["Info@Müller.example"])["tips"]
    assert tip["address"] == "Info@Müller.example"
