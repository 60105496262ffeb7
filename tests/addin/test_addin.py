"""The add-in's files: what may be asked for, what is filled in, and what a browser may do with them."""

from __future__ import annotations

import gzip
import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from shared.addin import fields, files
from shared.addin.files import Files, NotBuilt
from tests.support.addin_build import CDN, OFFICE, built, folder, get, rules
from tests.support.environment import ADDIN, CLIENT, TENANT, settings

__all__ = ["built", "folder"]


# -- what is filled in


def test_a_page_knows_this_deployment_and_nothing_secret(built: Files) -> None:
    page = get(built, "pane.html").body.decode()
    found = re.search(r'id="config">(.*?)</script>', page)
    assert found
    assert json.loads(found[1]) == {
        "clientId": ADDIN,
        "tenantId": TENANT,
        "authority": f"https://login.microsoftonline.com/{TENANT}",
        "scope": f"api://{CLIENT}/access_as_user",
        "modes": ["counting", "pseudonymous"],
        "tracking": "individual",
        "basis": None,
        "graphUrl": "https://graph.microsoft.com/v1.0",
        "perRecipientLimit": 10_000,
        "copiesPerMinute": 30,
        "copiesUndo": 60,
        "sendsFromPane": False,
        "smallestGroup": 5,
        "hasNotice": True,
        "offersSubject": False,
        "purposes": [],
        "teams": False,
        "limitsHosts": False,
        "mailTips": False,
        "trackingUrl": "https://rollcall.example",
        "version": fields.VERSION,
    }
    assert f'<script src="{OFFICE}">' in page
    assert "canary" not in page
    assert "vault" not in page


def test_what_is_filled_in_cannot_end_the_element_it_stands_in() -> None:
    hostile = settings()
    object.__setattr__(hostile, "graph_url", "</script><script>alert(1)//&amp;\u2028")
    text = fields.config_of(hostile)
    assert not set("<>&\u2028") & set(text)
    assert json.loads(text)["graphUrl"] == "</script><script>alert(1)//&amp;\u2028"


def test_a_manifest_has_this_deployments_urls_and_ids(built: Files) -> None:
    root = ET.fromstring(get(built, "manifest.xml").body)
    assert (root.get("host"), root[0].text) == (
        "rollcall.example",
        "https://rollcall.example/addin/pane.html",
    )
    unified = json.loads(get(built, "manifest.json").body)
    assert unified["id"] == root.get("id")
    assert (unified["client"], unified["resource"]) == (ADDIN, f"api://{CLIENT}")


@pytest.mark.parametrize("value", ["\"<&'>", 'a"b\\'])
def test_a_manifest_holds_any_value_as_it_is(value: str) -> None:
    odd = settings()
    object.__setattr__(odd, "public_url", value)
    xml, unified = (
        fields.fill(text, name, odd)
        for text, name in [
            ("<a b='{{origin}}'>{{origin}}</a>", "manifest.xml"),
            ('"{{origin}}"', "manifest.json"),
        ]
    )
    root = ET.fromstring(xml)
    assert (root.get("b"), root.text, json.loads(unified)) == (value, value, value)


def test_the_add_ins_id_stays_and_is_another_in_another_tenant(folder: Path) -> None:
    def identify(**more: str) -> str:
        found: str = json.loads(get(Files(settings(**more), folder), "manifest.json").body)["id"]
        return found

    assert identify() == identify(ROLLCALL_PUBLIC_URL="https://other.example")
    assert identify() != identify(ROLLCALL_TENANT_ID=CLIENT)


def test_a_field_that_nobody_fills_in_is_no_empty_one() -> None:
    with pytest.raises(fields.UnknownField, match="secret_thing"):
        fields.fill("{{secret_thing}}", "pane.html", settings())


# -- what may be asked for


TRICKS = [
    *("../secret.js", "..\\secret.js", "/secret.js", "//secret.js", "assets/../../secret.js", "./pane.html"),
    *("pane.html/", "pane.html\x00.png", "PANE.HTML", "pane.html.gz", "assets/pane-AB12.js.gz", "notes.sh"),
    *("%2e%2e/secret.js", "%252e%252e/secret.js", "..%2fsecret.js", "assets", "link.js", "a" * 5000),
    *("C:\\windows\\win.ini", "/etc/passwd", "pane.html?x", "\ud800.js"),
]


@pytest.mark.parametrize("name", TRICKS, ids=lambda name: repr(name)[:30])
def test_only_what_was_listed_can_be_had(built: Files, name: str) -> None:
    assert built.find(name) is None


def test_before_the_build_known_names_say_so_and_others_are_not_there(tmp_path: Path) -> None:
    unbuilt = Files(settings(), tmp_path / "public")
    for name in files.NAMED:
        with pytest.raises(NotBuilt):
            unbuilt.find(name)
    assert unbuilt.find("assets/pane-AB12.js") is None


# -- what a browser may do with it


@pytest.mark.parametrize(
    ("name", "kind", "lifetime"),
    [
        ("pane.html", "text/html; charset=utf-8", "no-cache"),
        ("manifest.xml", "application/xml; charset=utf-8", "no-cache"),
        ("manifest.json", "application/json; charset=utf-8", "no-cache"),
        ("assets/pane-AB12.js", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable"),
        ("icons/icon-16.png", "image/png", "public, max-age=86400"),
        ("events.js", "text/javascript; charset=utf-8", "public, max-age=86400"),
    ],
)
def test_each_kind_of_file_is_kept_as_long_as_it_may_be(
    built: Files, name: str, kind: str, lifetime: str
) -> None:
    headers = get(built, name).headers
    assert (headers["Content-Type"], headers["Cache-Control"]) == (kind, lifetime)
    assert "X-Frame-Options" not in headers


def test_who_has_it_already_is_told_so(built: Files) -> None:
    first = get(built, "pane.html")
    tag = first.headers["ETag"]
    for asked in (tag, f'"other", {tag}', tag.removeprefix("W/"), "*"):
        again = get(built, "pane.html", if_none_match=asked)
        assert (again.status, again.body, again.headers["ETag"]) == (304, b"", tag)
    assert get(built, "pane.html", if_none_match='"other"').status == 200


def test_another_setting_makes_another_tag(built: Files, folder: Path) -> None:
    other = Files(settings(ROLLCALL_COPIES_LIMIT="7"), folder)
    assert get(other, "pane.html").headers["ETag"] != get(built, "pane.html").headers["ETag"]


@pytest.mark.parametrize("name", ["pane.html", "assets/pane-AB12.js"])
@pytest.mark.parametrize(
    ("asked", "packed"),
    [
        ("gzip, deflate, br", True),
        ("br;q=1, GZIP; q=0.5", True),
        ("*", True),
        ("", False),
        ("br", False),
        ("gzip;q=0", False),
        ("gzip;q=0.000", False),
        ("identity", False),
    ],
)
def test_who_can_unpack_gets_it_packed(built: Files, name: str, asked: str, packed: bool) -> None:
    found = get(built, name, accept_encoding=asked)
    assert found.headers["Vary"] == "Accept-Encoding"
    assert (found.headers.get("Content-Encoding") == "gzip") is packed
    body = gzip.decompress(found.body) if packed else found.body
    assert body == get(built, name).body


def test_a_page_runs_our_scripts_and_office_js_and_talks_to_nobody_else(built: Files) -> None:
    policy = rules(get(built, "pane.html"))
    login, graph = "https://login.microsoftonline.com", "https://graph.microsoft.com"
    assert policy == {
        "default-src": ["'none'"],
        "object-src": ["'none'"],
        "script-src": ["'self'", CDN],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'", login, graph],
        "frame-src": ["'self'", login],
        "frame-ancestors": [
            *(
                "https://outlook.office.com",
                "https://outlook.office365.com",
                "https://outlook.cloud.microsoft",
            )
        ],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }


def test_the_pages_are_in_nobodys_frame_and_need_no_office_js(built: Files) -> None:
    policy = rules(get(built, "pages.html"))
    assert (policy["frame-ancestors"], policy["script-src"]) == (["'self'"], ["'self'"])


def test_where_outlook_sends_no_copies_no_page_talks_to_graph(folder: Path) -> None:
    only = Files(settings(ROLLCALL_MODES="counting"), folder)
    assert "https://graph.microsoft.com" not in rules(get(only, "pane.html"))["connect-src"]


def test_what_an_admin_says_of_names_and_purposes_reaches_the_pane(folder: Path) -> None:
    naming = Files(settings(ROLLCALL_NAMES="subject", ROLLCALL_PURPOSES="Newsletter;Staff event"), folder)
    page = get(naming, "pane.html")
    assert '"offersSubject":true,"purposes":["Newsletter","Staff event"]' in page.body.decode()


def test_where_mail_tips_are_asked_for_the_pane_knows_and_may_ask_graph(folder: Path) -> None:
    asking = Files(settings(ROLLCALL_MODES="counting", ROLLCALL_MAIL_TIPS="yes"), folder)
    page = get(asking, "pane.html")
    assert '"mailTips":true' in page.body.decode()
    assert "https://graph.microsoft.com" in rules(page)["connect-src"]


@pytest.mark.parametrize("page", ["pane.html", "events.html", "dialog.html"])
def test_outlook_and_no_other_site_may_show_the_pane(folder: Path, page: str) -> None:
    ours = Files(settings(ROLLCALL_OUTLOOK_ORIGINS="https://mail.company.com"), folder)
    ancestors = set(rules(get(ours, page))["frame-ancestors"])
    assert ancestors - {"'self'"} == {"https://mail.company.com"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ROLLCALL_OFFICE_JS_URL", "http://evil.example/office.js"),
        ("ROLLCALL_OFFICE_JS_URL", 'https://cdn.example/"><script>.js'),
        ("ROLLCALL_OFFICE_JS_URL", "https://cdn.example;script-src *;/office.js"),
        ("ROLLCALL_OUTLOOK_ORIGINS", "https://outlook.office.com *"),
        ("ROLLCALL_OUTLOOK_ORIGINS", "https://outlook.office.com; script-src *"),
        ("ROLLCALL_OUTLOOK_ORIGINS", "'self'"),
        ("ROLLCALL_AUTHORITY", "https://login.example;x"),
        ("ROLLCALL_PUBLIC_URL", "https://rollcall.example\nX-Header: 1"),
        ("ROLLCALL_COPIES_LIMIT", "10001"),
    ],
)
def test_a_setting_that_would_widen_the_policy_is_refused(name: str, value: str) -> None:
    from shared.errors import SettingsError

    with pytest.raises(SettingsError):
        settings(**{name: value})
