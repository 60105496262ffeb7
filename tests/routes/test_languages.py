"""Whoever asks is answered in their language: the pane, a recipient, whoever followed a damaged link."""

from __future__ import annotations

import re

import pytest
import requests

from tests.support.api import SALES, Api

GERMAN = {"Accept-Language": "de-AT,de;q=0.9,en;q=0.5"}
A_TOKEN = "A" * 40


def test_what_is_wrong_with_a_request_is_told_in_the_language_that_it_asks_for(api: Api) -> None:
    english = api.call("GET", "/api/messages/none-such-0001/report")
    german = api.call("GET", "/api/messages/none-such-0001/report", headers=GERMAN)
    assert english.json()["detail"] == "There is no such message, or it was deleted."
    assert german.json()["detail"] == "Diese E-Mail gibt es nicht, oder sie wurde gelöscht."
    assert german.json()["remedy"] != english.json()["remedy"]
    assert german.json()["code"] == english.json()["code"] == "not_found"


def test_a_count_that_is_kept_is_told_to_each_reader_in_their_language(api: Api) -> None:
    counted = api.expand(SALES, "nobody-at-all@company.com").json()
    english = api.call("GET", f"/api/expansions/{counted['id']}").json()
    german = api.call("GET", f"/api/expansions/{counted['id']}", headers=GERMAN).json()
    (said,) = [one for one in english["problems"] if one["code"] == "not_found"]
    (told,) = [one for one in german["problems"] if one["code"] == "not_found"]
    assert said["text"].startswith("company.com is one of your organisation's domains")
    assert told["text"].startswith("company.com ist eine Domäne Ihrer Organisation")
    assert {**german, "problems": [], "warnings": [], "delivery": {}} == {
        **english,
        "problems": [],
        "warnings": [],
        "delivery": {},
    }


@pytest.mark.parametrize("path", ["p", f"p/{A_TOKEN}", f"c/{A_TOKEN}"])
def test_a_page_for_recipients_is_in_the_browsers_language(api: Api, path: str) -> None:
    english = requests.get(f"{api.origin}/{path}", timeout=10)
    german = requests.get(f"{api.origin}/{path}", headers=GERMAN, timeout=10)
    polish = requests.get(f"{api.origin}/{path}", headers={"Accept-Language": "pl"}, timeout=10)
    assert (english.status_code, '<html lang="en">' in english.text) == (german.status_code, True)
    assert '<html lang="de">' in german.text
    assert (german.headers["Content-Language"], german.headers["Vary"]) == ("de", "Accept-Language")
    assert polish.text == english.text
    paragraphs = re.compile(r"<(p|li|h1|title|button)\b[^>]*>(.*?)</\1>", re.DOTALL)
    shared = {text for _, text in paragraphs.findall(english.text)} & {
        text for _, text in paragraphs.findall(german.text)
    }
    assert shared == set()
