"""Following up: in parts that a mail takes, in an address that opens one, and without who objects."""

from __future__ import annotations

from tests.support.node import Node

LONG = "a-person-with-a-rather-long-name@subsidiary.with-a-long-name.example.com"


def test_who_objects_is_not_followed(pages: Node) -> None:
    deeds = {"a@x.example": "no", "b@x.example": "not_measured", "c@x.example": "maybe", "d@x.example": "yes"}
    found = [{"address": address, "opened": opened, "clicked": "no"} for address, opened in deeds.items()]
    assert pages.call("followed", found) == ["a@x.example", "c@x.example", "d@x.example"]


def test_parts_hold_everybody_once_and_no_more_than_a_mail_takes(pages: Node) -> None:
    everybody = [f"user{n}@company.com" for n in range(1, 242)]
    parts = pages.call("inParts", everybody, 100)
    assert [len(part) for part in parts] == [100, 100, 41]
    assert [one for part in parts for one in part] == everybody
    assert pages.call("inParts", [], 100) == []


def test_an_address_that_opens_a_mail_holds_all_of_them_or_is_none(pages: Node) -> None:
    odd = ["o'neill+news@company.com", "a&b=c?d@company.com"]
    assert (
        pages.call("mailtoOf", odd) == "mailto:?bcc=o'neill%2Bnews%40company.com,a%26b%3Dc%3Fd%40company.com"
    )
    assert pages.call("mailtoOf", [LONG] * 100) is None


def test_a_mail_that_tells_of_a_report_says_its_name_and_address_as_they_are(pages: Node) -> None:
    telling = {"subject": "Report: a & b", "text": "See <it>", "url": "https://app/x?a=1&b=2#/messages/id"}
    link = pages.call("tellingLink", ["noah@company.com", "ana@company.com"], telling)
    assert link.startswith(
        "mailto:noah%40company.com,ana%40company.com?subject=Report%3A%20a%20%26%20b&body="
    )
    assert link.endswith("https%3A%2F%2Fapp%2Fx%3Fa%3D1%26b%3D2%23%2Fmessages%2Fid")
    html = pages.call("tellingHtml", telling)
    assert html.startswith("<p>See &lt;it&gt;</p>")
    assert 'href="https://app/x?a=1&amp;b=2#/messages/id"' in html


def test_a_file_of_addresses_has_one_a_line(pages: Node) -> None:
    assert pages.call("fileText", ["a@x.example", "b@x.example"]) == ["a@x.example", "b@x.example", ""]
