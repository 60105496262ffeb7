"""The pane, from an empty mail to one that was sent. Copies to each recipient are in `copies`."""

from __future__ import annotations

import re

from playwright.sync_api import FrameLocator

from shared.errors import NotFound, ServiceAccountError, TooManyRequests
from tests.browser.compose import ComposeWindow
from tests.browser.gallery.audiences import BIG, BOARD, FEW, MANY, begun, counted, under_way, waiting
from tests.browser.gallery.following import BESIDE
from tests.browser.gallery.scenes import BODY, LETTER, PaneScene, Silence, refusal, refused
from tests.browser.gallery.teams import BEFORE
from tests.support.api import SALES

PEOPLE = ["lena.fischer@company.com", "kenji.watanabe@company.com"]
NOT_YET = refused(404, NotFound)
OFTEN, STOPPED = TooManyRequests(34), ServiceAccountError("disabled").for_sender()
UNDER_WAY = {"POST /api/expansions": Silence(), "GET /api/expansions/{id}": under_way}
STRANGERS = [
    {
        "emailAddress": f"guest-{number}@example.org",
        "displayName": f"Guest {number}",
        "recipientType": "other",
    }
    for number in range(500)
]
GROUP = {"emailAddress": "", "displayName": "Friends of the house", "recipientType": "distributionList"}
NAMES = [GROUP | {"displayName": f"A contact group with a long name, number {n}"} for n in range(1, 6)]


def press(pane: FrameLocator, *names: str) -> None:
    """Press buttons, one after the other."""
    for name in names:
        pane.get_by_role("button", name=name).first.click()


def choose(window: ComposeWindow) -> None:
    """On to the choice of links."""
    press(window.pane, "Continue with tracking")
    window.pane.get_by_test_id("choosing").wait_for()


def prepare(window: ComposeWindow) -> None:
    """On to a mail with tracking."""
    choose(window)
    press(window.pane, "Add tracking")
    window.pane.get_by_text("Tracking is in your mail").or_(
        window.pane.get_by_text("Now press Send").first
    ).first.wait_for()


def _cancel(window: ComposeWindow) -> None:
    press(window.pane, "Cancel")


def _open_all(window: ComposeWindow) -> None:
    press(window.pane, "Sales Team", "How this number adds up", "All recipients")
    window.pane.get_by_text("user1@company.com").wait_for()


def _open_all_of_many(window: ComposeWindow) -> None:
    pane = window.pane
    press(pane, "All Staff", "Overlaps", "How this number adds up", "All recipients")
    pane.get_by_text("person-00001@").wait_for()
    pane.get_by_label("Search recipients").fill("person-0120")


def _refuse_to_sign_in(window: ComposeWindow) -> None:
    window.page.wait_for_function("outlook.state().signIn")
    window.do("answerSignIn", False)


def _counted(window: ComposeWindow) -> None:
    window.pane.get_by_test_id("count").wait_for()


def _with_another(window: ComposeWindow) -> None:
    _counted(window)
    window.do("setRecipients", "to", [SALES, "lena.fischer@company.com"])


def _again(window: ComposeWindow) -> None:
    _with_another(window)
    press(window.pane, "Count again")


def _mistype(window: ComposeWindow) -> None:
    _counted(window)
    window.do("setRecipients", "to", ["sales-tema@company.com"])
    press(window.pane, "Count again")
    window.pane.get_by_test_id("meant").wait_for()


def _open_overlaps(window: ComposeWindow) -> None:
    press(window.pane, "Overlaps")


def _open_balance(window: ComposeWindow) -> None:
    press(window.pane, "How this number adds up")


def _others(window: ComposeWindow) -> None:
    choose(window)
    press(window.pane, "stay as they are")


def _add(window: ComposeWindow) -> None:
    choose(window)
    press(window.pane, "Add tracking")


def _go(window: ComposeWindow) -> None:
    press(window.pane, "Continue with tracking")


def _edit(window: ComposeWindow) -> None:
    prepare(window)
    window.do("edit", window.state["html"].replace("Dear colleagues", "Dear all"))


def _lose(window: ComposeWindow) -> None:
    prepare(window)
    window.do("edit", BODY)


def _silence(window: ComposeWindow) -> None:
    prepare(window)
    window.do("edit", re.sub(r'<p style="[^"]*">This mail is measured.*?</p>', "", window.state["html"]))


def _change_after(window: ComposeWindow) -> None:
    prepare(window)
    window.do("setRecipients", "to", [SALES, "lena.fischer@company.com"])


def _take_out(window: ComposeWindow) -> None:
    prepare(window)
    press(window.pane, "Remove tracking")


def _disarm(window: ComposeWindow) -> None:
    prepare(window)
    press(window.pane, "I did not send it")


def _send(window: ComposeWindow) -> None:
    prepare(window)
    press(window.pane, "Send now")


def _mangle_once(window: ComposeWindow) -> None:
    window.page.evaluate(
        "() => { outlook.knobs.mangle = html => { outlook.knobs.mangle = []; return html.slice(0, -400) } }"
    )
    _add(window)


def _let_go(window: ComposeWindow) -> None:
    press(window.pane, "Send without tracking")


def _not_mine(window: ComposeWindow) -> None:
    choose(window)
    press(window.pane, "No, it is not mine")


GUESSED = (
    '<p>Dear all, <a href="https://intranet.example/news">https://intranet.example/news</a></p>'
    '<p><a href="https://intranet.example/off">Unsubscribe</a>, '
    '<a href="https://secure-web.cisco.com/abc">the form</a></p>'
)
QUOTED = (
    '<p>Dear all, <a href="https://intranet.example/news">the news</a>. Ann writes:</p>'
    '<blockquote type="cite">The new canteen opens on Monday. '
    '<a href="https://canteen.example/">The menu</a></blockquote><p>See you there!</p>'
)

PANE = [
    PaneScene("pane-empty", "Who will get this mail?", mail=LETTER | {"to": []}),
    PaneScene("pane-only-people", "There is no list", mail=LETTER | {"to": PEOPLE}),
    PaneScene(
        "pane-counting-begun",
        "Looking up the addresses",
        answers=UNDER_WAY | {"GET /api/expansions/{id}": NOT_YET},
    ),
    PaneScene("pane-counting", "48 of 124 lists read", answers=UNDER_WAY),
    PaneScene(
        "pane-counting-nothing-yet",
        "Looking up the addresses",
        answers=UNDER_WAY | {"GET /api/expansions/{id}": begun},
    ),
    PaneScene(
        "pane-counting-waits",
        "Microsoft asked us to wait, 12 s",
        answers=UNDER_WAY | {"GET /api/expansions/{id}": waiting},
    ),
    PaneScene(
        "pane-cancelled",
        "Counting was cancelled",
        _cancel,
        answers=UNDER_WAY | {"DELETE /api/expansions/{id}": None},
    ),
    PaneScene("pane-complete", "Everyone Outlook told us about is counted"),
    PaneScene("pane-tree", "people will get this mail", _open_all),
    PaneScene("pane-incomplete", "Not everyone is counted", answers=counted(BIG)),
    PaneScene("pane-incomplete-tree", "Department 1", _open_all_of_many, answers=counted(BIG)),
    PaneScene("pane-hidden", "how many people will get", _open_balance, mail=LETTER | {"to": [BOARD]}),
    PaneScene("pane-nobody", "the mail will bounce", _mistype),
    PaneScene("pane-overlaps-capped", "the largest 12 of 840", _open_overlaps, answers=counted(MANY)),
    PaneScene("pane-changed", "The count changed since", _again),
    PaneScene("pane-stale", "The recipients changed", _with_another),
    PaneScene(
        "pane-throttled",
        "You can try again in",
        answers={"POST /api/expansions": refusal(429, OFTEN.code, OFTEN.sentence, OFTEN.remedy, 34)},
    ),
    PaneScene(
        "pane-stopped",
        "Rollcall cannot read your organisation's lists at the moment.",
        answers={
            "POST /api/expansions": refusal(503, ServiceAccountError.code, STOPPED.sentence, STOPPED.remedy),
        },
    ),
    PaneScene(
        "pane-not-signed-in", "You are not signed in", _refuse_to_sign_in, knobs={"naa": "interaction"}
    ),
    PaneScene(
        "pane-capped",
        "Outlook may not have told everybody",
        mail=LETTER | {"to": STRANGERS},
        answers=counted(FEW),
        client="classic",
    ),
    PaneScene(
        "pane-unresolved", "Names without an address", mail=LETTER | {"to": [SALES], "cc": [GROUP, *NAMES]}
    ),
    PaneScene("pane-mobile", "On this device Rollcall counts", client="mobile"),
    PaneScene("pane-choose", "What is recorded", choose),
    PaneScene("pane-choose-others", "opens a new mail", _others),
    PaneScene("pane-choose-guesses", "seems to end a subscription", choose, mail=LETTER | {"html": GUESSED}),
    PaneScene("pane-choose-doubt", "Is this part yours?", choose, mail=LETTER | {"html": QUOTED}),
    PaneScene("pane-choose-doubt-decided", "It is left as it is", _not_mine, mail=LETTER | {"html": QUOTED}),
    PaneScene("pane-no-links", "There are no links", choose, mail=LETTER | {"html": "<p>Hello</p>"}),
    PaneScene("pane-plain-text", "A plain text mail", _go, mail=LETTER | {"type": "text", "html": "Hello"}),
    PaneScene("pane-expired", "it has expired", _add, answers={"POST /api/messages": NOT_YET}),
    PaneScene("pane-restored", "Tracking was not added", _mangle_once),
    PaneScene(
        "pane-not-restored", "Look at your mail before", _add, knobs={"mangle": ["cut tail", "drop pixel"]}
    ),
    PaneScene("pane-prepared", "Tracking is in your mail", prepare),
    PaneScene("pane-prepared-edited", "You changed the mail since", _edit),
    PaneScene("pane-prepared-lost", "Some of the tracking is missing", _lose),
    PaneScene("pane-prepared-silent", "The mail no longer says", _silence),
    PaneScene("pane-prepared-stale", "The recipients changed", _change_after),
    PaneScene("pane-removed", "Tracking was removed", _take_out),
    PaneScene("pane-press-send", "Now press Send", prepare, client="mac"),
    PaneScene("pane-not-sent", "I will press Send myself", _disarm, client="mac"),
    PaneScene("pane-send-failed", "Outlook did not send the mail", _send, knobs={"sendFails": True}),
    PaneScene("pane-let-go", "Ready. Press Send", _let_go, client="mac"),
    *BESIDE,
    *BEFORE,
]
