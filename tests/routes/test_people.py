"""What is kept of a person, through the public door: shown, erased, objected to."""

from __future__ import annotations

import csv
import io
import re
import uuid
import zlib
from contextlib import suppress
from typing import Any
from urllib.parse import quote

import pytest
import requests
from azure.data.tables import TableServiceClient

from shared.services.process import services
from shared.tracking.mail.owners import EVERY_OWNER
from shared.tracking.mail.tokens import Click, Opening
from tests.support.api import ADA, MIA, NOAH, SALES, Api, assert_problem
from tests.support.tracked_mails import BROWSER, LINKS, register, unpacked, visit

USER = "user2@company.com"


def person(address: str) -> str:
    return f"/api/people/{quote(address, safe='')}"


def walk(api: Api, method: str, address: str) -> list[Any]:
    """All answers of a look through everything."""
    pages, after = [], ""
    while True:
        answer = api.as_person(ADA).call(method, person(address) + (f"?after={after}" if after else ""))
        assert answer.status_code == 200, answer.text
        pages.append(answer.json())
        after = pages[-1]["next"]
        if not after:
            return pages


def received(api: Api, address: str) -> dict[str, Any]:
    """What an export shows as received, by message."""
    return {entry["message_id"]: entry for page in walk(api, "GET", address) for entry in page["received"]}


def sent_mail(api: Api, mode: str = "individual") -> Any:
    body = register(api, mode)
    assert api.call("POST", f"/api/messages/{body['message_id']}/sent").status_code == 200
    return body


def set_of(body: Any, address: str) -> Any:
    [found] = [entry for entry in body["recipients"]["recipients"] if entry["address"] == address]
    return found


def everything_stored(azurite: str) -> str:
    with TableServiceClient.from_connection_string(azurite) as account:
        rows = [
            row
            for table in account.list_tables()
            for row in account.get_table_client(table.name).list_entities()
        ]
    return " ".join(legible(value) for row in rows for value in row.values())


def legible(value: object) -> str:
    """What a person could read in it."""
    with suppress(zlib.error):
        value = unpacked(value)
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def opened(api: Api, message_id: str) -> int:
    events: int = api.call("GET", f"/api/messages/{message_id}/report").json()["opened"]["person"]
    return events


# -- export


def test_an_export_shows_what_a_person_did_with_each_mail(individual: Api) -> None:
    body = sent_mail(individual)
    mail = set_of(body, USER)
    visit(mail["pixel_url"])
    visit(mail["links"][LINKS[2]])
    shown = received(individual, USER)[body["message_id"]]
    assert (shown["mode"], shown["stage"], shown["sender"], shown["recipient"]) == (
        "individual",
        "sent",
        MIA,
        2,
    )
    assert (shown["opened"], shown["clicked"], shown["events_in_all"]) == ("maybe", "maybe", 2)
    assert [(deed["did"], deed["link"]) for deed in shown["events"]] == [
        ("opened", None),
        ("clicked", LINKS[2]),
    ]
    assert "Chrome" in shown["events"][0]["agent"]
    other = received(individual, "user3@company.com")[body["message_id"]]
    assert (other["opened"], other["events_in_all"], other["events"]) == ("no", 0, [])


def test_in_the_other_modes_an_export_says_what_can_be_known(individual: Api) -> None:
    overall, anonymous = sent_mail(individual, "overall"), sent_mail(individual, "anonymous")
    visit(overall["pixel_url"])
    for mail in anonymous["recipients"]["recipients"]:
        visit(mail["pixel_url"])
    [page] = walk(individual, "GET", USER)
    shown = {entry["message_id"]: entry for entry in page["received"]}
    assert anonymous["message_id"] not in shown
    known = shown[overall["message_id"]]
    assert (known["recipient"], known["opened"], known["events_in_all"]) == (None, None, 0)
    assert "anonymous keeps nothing" in page["text"]


def test_an_export_names_what_the_person_sent_and_who_registered_it(individual: Api) -> None:
    body = sent_mail(individual, "overall")
    [page] = walk(individual, "GET", MIA.upper())
    assert page["address"] == MIA
    [shown] = [entry for entry in page["sent"] if entry["message_id"] == body["message_id"]]
    trail = individual.as_person(ADA).call("GET", f"/api/audit?actor={shown['owner']}&limit=1").json()
    assert trail["records"][0]["actor"] == shown["owner"]


def test_a_list_under_review_is_shown_to_hold_the_address(individual: Api) -> None:
    expansion_id = individual.expand(SALES).json()["id"]
    [page] = walk(individual, "GET", USER)
    assert expansion_id in [review["id"] for review in page["expansions"]]
    [page] = walk(individual, "GET", "user99@company.com")
    assert page["expansions"] == page["received"] == page["sent"] == []


# -- erase


def test_an_erased_person_is_nowhere_and_everybody_else_is_untouched(individual: Api, azurite: str) -> None:
    first, second = sent_mail(individual), sent_mail(individual, "overall")
    under_review = individual.expand(SALES).json()["id"]
    for mail in first["recipients"]["recipients"]:
        visit(mail["pixel_url"])
    others = [f"user{n}@company.com" for n in (1, 3, 4)]
    ours = {first["message_id"], second["message_id"]}
    before = {address: received(individual, address) for address in others}
    assert USER in everything_stored(azurite)
    [page] = walk(individual, "DELETE", USER)
    assert ours <= set(page["messages"])
    assert page["expansions"] >= 1
    assert "objection is kept" in page["text"]
    assert USER not in everything_stored(azurite)
    assert individual.call("GET", f"/api/expansions/{under_review}").status_code == 404
    [shown] = walk(individual, "GET", USER)
    assert shown["received"] == shown["expansions"] == []
    assert {address: received(individual, address) for address in others} == before
    [again] = walk(individual, "DELETE", USER)
    assert (again["messages"], again["expansions"]) == ([], 0)


def test_a_report_shows_an_erased_person_as_erased_and_counts_as_before(individual: Api) -> None:
    body = sent_mail(individual)
    path = f"/api/messages/{body['message_id']}"
    visit(set_of(body, USER)["pixel_url"])
    walk(individual, "DELETE", USER)
    table = individual.call("GET", f"{path}/report.csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(table)))
    assert [row[0] for row in rows[1:]] == [
        "user1@company.com",
        "erased",
        "user3@company.com",
        "user4@company.com",
    ]
    assert rows[2] == ["erased", "yes", "no"]
    assert opened(individual, body["message_id"]) == 1
    page = individual.call("GET", f"{path}/recipients").json()
    assert (page["total"], len(page["recipients"])) == (4, 3)


def test_what_an_erased_person_does_later_is_nobodys(individual: Api, azurite: str) -> None:
    body = sent_mail(individual)
    mail = set_of(body, USER)
    walk(individual, "DELETE", USER)
    assert visit(mail["links"][LINKS[0]]).status_code == 302
    assert received(individual, USER) == {}
    assert USER not in everything_stored(azurite)


def test_a_mail_that_a_person_sent_is_said_to_be_kept(individual: Api) -> None:
    body = sent_mail(individual, "overall")
    [page] = walk(individual, "DELETE", MIA)
    assert body["message_id"] in [entry["message_id"] for entry in page["sent"]]
    assert "delete them" in page["text"]


def test_the_trail_says_who_was_shown_and_erased_without_naming_them(individual: Api, azurite: str) -> None:
    sent_mail(individual)
    address = "user3@company.com"
    [shown] = walk(individual, "GET", address)
    walk(individual, "DELETE", address)
    admin = individual.as_person(ADA)
    for kind in ("person_exported", "person_erased"):
        record = admin.call("GET", f"/api/audit?kind={kind}&limit=1").json()["records"][0]
        assert record["subject"] == shown["reference"]
        assert record["actor"] not in ("", "link")
    assert "user3" not in admin.call("GET", "/api/audit?limit=1000").text
    assert address not in everything_stored(azurite)


# -- object


def choose(url: str, choice: str) -> requests.Response:
    return requests.post(url, data={"choice": choice}, timeout=10, allow_redirects=False)


def test_who_objects_is_not_tracked_any_more_in_mails_delivered_long_ago(individual: Api) -> None:
    body = sent_mail(individual)
    mail, other = set_of(body, USER), set_of(body, "user1@company.com")
    visit(mail["pixel_url"])
    page = choose(mail["notice_url"], "object")
    assert page.status_code == 200
    assert "You objected on" in page.text
    visit(mail["pixel_url"])
    assert visit(mail["links"][LINKS[2]]).headers["location"] == LINKS[2]
    visit(other["pixel_url"])
    assert opened(individual, body["message_id"]) == 2
    shown = received(individual, USER)[body["message_id"]]
    assert shown["events_in_all"] == 1
    later = sent_mail(individual)
    visit(set_of(later, USER)["pixel_url"])
    assert opened(individual, later["message_id"]) == 0
    assert "Measure mails to you again" in requests.get(mail["notice_url"], timeout=10).text
    again = choose(set_of(later, USER)["notice_url"], "withdraw")
    assert "Stop measuring mails to you" in again.text
    visit(set_of(later, USER)["pixel_url"])
    assert opened(individual, later["message_id"]) == 1


def test_an_anonymous_recipient_objects_to_what_one_mail_reports(individual: Api) -> None:
    body = sent_mail(individual, "anonymous")
    mine, other = body["recipients"]["recipients"][:2]
    page = choose(mine["notice_url"], "object")
    assert "nothing that you do with\nthis mail is recorded" in page.text
    visit(mine["pixel_url"])
    visit(other["pixel_url"])
    assert opened(individual, body["message_id"]) == 1


@pytest.mark.parametrize("agent", [BROWSER["User-Agent"], "", "Barracuda Sentinel (EE)"])
def test_whoever_fetches_the_page_changes_nothing(individual: Api, agent: str) -> None:
    url = set_of(register(individual, "individual"), "user4@company.com")["notice_url"]
    for query in ("", "?choice=object", "?choice=object&x=1"):
        for method in ("GET", "HEAD"):
            answer = requests.request(method, url + query, headers={"User-Agent": agent}, timeout=10)
            assert answer.status_code == 200
    [shown] = walk(individual, "GET", "user4@company.com")
    assert shown["objected_at"] is None


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"choice=",
        b"choice=erase",
        b"object",
        b'{"choice":"object"}',
        b"\xff\xfe",
        b"choice=object" + b"x" * 999,
    ],
)
def test_what_is_no_choice_changes_nothing(individual: Api, body: bytes) -> None:
    url = set_of(register(individual, "individual"), "user4@company.com")["notice_url"]
    answer = requests.post(url, data=body, timeout=10)
    assert answer.status_code == 400
    assert walk(individual, "GET", "user4@company.com")[0]["objected_at"] is None


def test_the_page_needs_no_script_and_holds_nothing_of_the_person(individual: Api) -> None:
    mail = set_of(register(individual, "individual"), USER)
    answer = requests.get(mail["notice_url"], timeout=10)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "form-action 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "script" not in policy + answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["x-robots-tag"] == "noindex"
    assert re.findall(r"<(?:form|button)[^>]*>", answer.text) == [
        '<form method="post">',
        '<button name="choice" value="object">',
    ]
    assert "user2" not in answer.text
    assert mail["notice_url"].rpartition("/")[2] not in answer.text


def test_where_all_share_a_mail_its_line_explains_and_nobody_can_object_for_all(api: Api) -> None:
    mail = register(api)
    url = mail["notice_url"]
    assert url.startswith(f"{services().settings.public_url}/p/")
    api.call("POST", f"/api/messages/{mail['message_id']}/sent")
    answer = requests.get(url, timeout=10)
    assert answer.status_code == 200
    assert "never by whom" in answer.text
    assert "<form" not in answer.text
    assert "form-action 'none'" in answer.headers["content-security-policy"]
    for choice in ("object", "withdraw", ""):
        refused = choose(url, choice)
        assert (refused.status_code, "Nothing was changed" in refused.text) == (400, True)
    visit(mail["pixel_url"])
    assert opened(api, mail["message_id"]) == 1
    records = api.as_person(ADA).call("GET", "/api/audit?limit=1000").text
    assert f"recipient-{mail['message_id']}" not in records


def test_who_names_no_mail_is_told_what_each_mode_measures(api: Api) -> None:
    answer = requests.get(f"{services().settings.public_url}/p", timeout=10)
    assert (answer.status_code, "Overall" in answer.text, "<form" in answer.text) == (200, True, False)


def test_forged_tokens_and_those_for_another_purpose_are_void(individual: Api) -> None:
    signer = services().tracking.signing_keys.get()
    whose = Opening("0" * 32, 1, signer.person(USER))
    good = signer.sign_objection(whose)
    click = signer.sign_click(Click("0" * 32, 1, 0, "https://a.example/", signer.person(USER)))
    spoilt = [
        good[:-1] + ("A" if good[-1] != "A" else "B"),
        good[:20] + ("A" if good[20] != "A" else "B") + good[21:],
        good + "A",
        good[:-4],
    ]
    for token in (signer.sign_open(whose), click, *spoilt, "x", "A" * 60, "%252e%252e", "<script>", "é"):
        url = f"{individual.origin}/p/{quote(token, safe='%')}"
        for answer in (requests.get(url, timeout=10), choose(url, "object")):
            assert answer.status_code == 404
            assert "script" not in answer.text
    assert walk(individual, "GET", USER)[0]["objected_at"] is None
    assert visit(f"{individual.origin}/c/{good}").status_code == 404
    assert choose(f"{individual.origin}/p/{good}", "object").status_code == 200
    assert choose(f"{individual.origin}/p/{good}", "withdraw").status_code == 200


def test_an_admin_objects_for_somebody_and_the_trail_says_so(individual: Api) -> None:
    admin, path = individual.as_person(ADA), f"{person('user4@company.com')}/objection"
    first = admin.call("POST", path).json()
    assert first["objected_at"]
    assert admin.call("POST", path).json() == first
    body = sent_mail(individual)
    visit(set_of(body, "user4@company.com")["pixel_url"])
    assert opened(individual, body["message_id"]) == 0
    record = admin.call("GET", "/api/audit?kind=objected&limit=1").json()["records"][0]
    assert record["subject"] == first["reference"]
    [erased] = walk(individual, "DELETE", "user4@company.com")
    assert erased["reference"] == first["reference"]
    assert walk(individual, "GET", "user4@company.com")[0]["objected_at"] == first["objected_at"]
    assert admin.call("DELETE", path).json()["objected_at"] is None
    record = admin.call("GET", "/api/audit?kind=objection_withdrawn&limit=1").json()["records"][0]
    assert record["subject"] == first["reference"]


def test_the_trail_does_not_know_who_used_the_link_in_a_mail(individual: Api) -> None:
    url = set_of(register(individual, "individual"), USER)["notice_url"]
    choose(url, "object")
    choose(url, "object")
    choose(url, "withdraw")
    records = individual.as_person(ADA).call("GET", "/api/audit?actor=link&limit=3").json()["records"]
    assert [record["kind"] for record in records[:2]] == ["objection_withdrawn", "objected"]
    assert "user2" not in str(records)


# -- whom it is for, and odd addresses


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", person(USER)),
        ("DELETE", person(USER)),
        ("POST", f"{person(USER)}/objection"),
        ("DELETE", f"{person(USER)}/objection"),
    ],
)
def test_a_sender_neither_sees_nor_erases_anybody(api: Api, method: str, path: str) -> None:
    for caller in (MIA, NOAH):
        assert_problem(api.as_person(caller).call(method, path), 403, "not_allowed")
    assert requests.request(method, api.origin + path, timeout=10).status_code == 401


ODD = [
    "a+b@company.com",
    "100%@company.com",
    "%41@company.com",
    "o'neil@company.com",
    "a/b@company.com",
    "jürgen@bücher.example",
    "日本@例え.example",
    "=cmd|calc@company.com",
    "..@company.com",
    "a&b=c?d#e@company.com",
    "x" * 64 + "@" + "y" * 255,
]


@pytest.mark.parametrize("address", ODD, ids=range(len(ODD)))
def test_an_odd_address_is_found_and_erased_as_it_is(individual: Api, address: str, azurite: str) -> None:
    tracking = services().tracking
    body = register(individual, "overall")
    message = tracking.messages.get(EVERY_OWNER, body["message_id"])
    tracking.message_table.keep_recipients(message, 0, ["z@company.com", address])
    assert message.id in received(individual, address)
    assert individual.as_person(ADA).call("POST", f"{person(address)}/objection").json()["objected_at"]
    assert individual.as_person(ADA).call("DELETE", f"{person(address)}/objection").status_code == 200
    assert message.id in walk(individual, "DELETE", address)[0]["messages"]
    assert message.id not in received(individual, address)
    assert tracking.message_table.list_recipients(message, 0, 9) == ["z@company.com", ""]
    assert message.id in received(individual, "z@company.com")


def test_an_address_may_travel_where_the_platform_does_not_log_it(individual: Api) -> None:
    body = sent_mail(individual)
    for named, found in ((USER, True), (quote("jürgen@company.com"), False)):
        header = {"Rollcall-Person": named}
        page = individual.as_person(ADA).call("GET", "/api/people/-", headers=header).json()
        assert (body["message_id"] in [entry["message_id"] for entry in page["received"]]) is found
    assert_problem(individual.as_person(ADA).call("GET", "/api/people/-"), 400, "invalid_request", "address")


@pytest.mark.parametrize(
    "address",
    [
        "x",
        "@",
        "a@",
        "@b",
        "a%0ab@company.com",
        "a%00@company.com",
        "a%20b@c",
        "a" * 320 + "@b",
        "%ff@b",
        "a%09@b",
    ],
)
def test_what_is_no_address_is_refused(api: Api, address: str) -> None:
    for method in ("GET", "DELETE"):
        answer = api.as_person(ADA).call(method, f"/api/people/{address}")
        assert answer.status_code in (200, 400) if address == "%ff@b" else answer.status_code == 400
    [left] = {answer.status_code for answer in [api.as_person(ADA).call("GET", "/api/people/")]}
    assert left == 404


@pytest.mark.parametrize("after", ["x", "m1", "m' or PartitionKey ne '", "z0000000000000000-12345678"])
def test_a_place_that_no_answer_named_is_refused(api: Api, after: str) -> None:
    answer = api.as_person(ADA).call("GET", f"{person(USER)}?after={quote(after)}")
    assert_problem(answer, 400, "invalid_request", "after")


def test_a_mail_registered_after_the_erasure_is_a_new_one(individual: Api) -> None:
    walk(individual, "DELETE", USER)
    body = register(
        individual, "individual", expansion_id=str(uuid.UUID(individual.expand(SALES).json()["id"]))
    )
    assert list(received(individual, USER)) == [body["message_id"]]
