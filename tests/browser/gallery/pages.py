"""The pages, for senders and for admins."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from playwright.sync_api import Page

from shared.tracking.reporting.report import Report
from tests.browser.gallery import amended, dashboards, halved, offices, persons, reports, told, unrecorded
from tests.browser.gallery.by_list import BY_LIST
from tests.browser.gallery.policies import POLICIES
from tests.browser.gallery.runs import RUNS
from tests.browser.gallery.scenes import BUSY, Answer, Answers, Asked, PageScene, refusal
from tests.browser.gallery.statements import STATEMENTS
from tests.browser.gallery.teams import SHARED_WORK
from tests.support.api import MIA

GONE = refusal(404, "not_found", "There is no such message, or it was deleted.", "Look at the list.")
FORBIDDEN = refusal(403, "forbidden", "You may not use Rollcall.", "Ask for the role.")
FIRST, SECOND = reports.name_of(5), reports.name_of(6)
USUAL: Answers = {
    "GET /api/messages": reports.messages,
    "GET /api/messages/{id}": reports.message,
    "PATCH /api/messages/{id}": reports.message,
    "GET /api/headlines": reports.headlines,
    **reports.MORE,
    "GET /api/messages/{id}/report/recipients": reports.recipients,
    "GET /api/connection": offices.CONNECTED,
    "GET /api/health": offices.HEALTHY,
    "GET /api/audit": offices.TRAIL,
    "GET /api/audit/names": offices.NAMES,
}
UNCONNECTED = USUAL | {"GET /api/connection": offices.NONE}
ME: Answers = {"GET /api/me": persons.WITHOUT_ROLE}
FAIR = {FIRST: reports.shown("counting"), SECOND: reports.shown("counting-other")}
TOLD = {FIRST: reports.shown("published"), SECOND: reports.shown("too-few")}
UNFAIR = {FIRST: reports.shown("individual-incomplete"), SECOND: reports.shown("young")}


def _of(answer: Answer) -> Answers:
    return USUAL | {"GET /api/messages/{id}/report": answer}


def _of_two(made: Mapping[str, Callable[[Asked], Report]]) -> Answers:
    return _of(lambda asked: made.get(asked.id, made[FIRST])(asked))


def _press(*names: str) -> Callable[[Page], None]:
    def press(page: Page) -> None:
        for name in names:
            page.get_by_role("button", name=name).first.click()

    return press


def _choose_unmeasured(page: Page) -> None:
    _press("Show recipients")(page)
    page.get_by_label("Show", exact=True).select_option("unmeasured")


def _choose_two(page: Page) -> None:
    page.get_by_role("checkbox").nth(1).check()
    page.get_by_role("checkbox").nth(4).check()


def _share(page: Page) -> None:
    _press("Share …")(page)
    page.get_by_label("Work address").fill("noah")
    page.get_by_role("button", name="Add", exact=True).click()


def _as_table(page: Page) -> None:
    page.get_by_text("As a table").first.click()


def _test_list(page: Page) -> None:
    page.get_by_label("Address of a list").fill("all-staff@company.com")
    page.get_by_role("button", name="Test", exact=True).click()


def _test_and_look(page: Page) -> None:
    _test_list(page)
    page.get_by_text("Missing in").first.click()


def _details(page: Page) -> None:
    page.get_by_text("Details").first.click()


def _look(page: Page) -> None:
    page.get_by_label("Address of the person").fill(persons.ADDRESS)
    page.get_by_role("button", name="Look", exact=True).click()


def _look_closely(page: Page) -> None:
    _look(page)
    page.get_by_text("4 requests").first.click()


def _begin_to_erase(page: Page) -> None:
    _look(page)
    page.get_by_role("button", name="Erase").first.click()


def _erase(page: Page) -> None:
    _begin_to_erase(page)
    page.get_by_role("dialog").get_by_role("button", name="Erase").click()


PERSON: Answers = {"GET /api/people/{address}": persons.FOUND, "DELETE /api/people/{address}": persons.ERASED}
COUNTED = _of(reports.shown("counting"))
REPORT = f"messages/{reports.name_of(1)}"
PAGES = [
    *(*dashboards.SCENES, *RUNS, *amended.SCENES, *told.SCENES, *halved.SCENES, *unrecorded.SCENES),
    PageScene("messages", "Tracked mails", "messages", answers=USUAL),
    PageScene(
        "messages-older",
        "10 of 12 are shown.",
        "messages",
        _press("Show older mails"),
        USUAL | {"GET /api/messages": reports.few_messages},
    ),
    PageScene("messages-chosen", "Two mails chosen", "messages", _choose_two, USUAL),
    PageScene("messages-delete", "Delete for good", "messages", _press("Delete the mail"), USUAL),
    PageScene(
        "messages-nothing-fits",
        "No mail fits",
        "messages?q=unheard-of",
        answers=USUAL | {"GET /api/messages": reports.NO_MESSAGES},
    ),
    PageScene("report-naming", "What is this mail called?", REPORT, _press("Name"), COUNTED),
    PageScene("messages-error", "storage cannot be reached", "messages", answers={"GET /api/messages": BUSY}),
    PageScene(
        "messages-empty",
        "No tracked mails yet",
        "messages",
        answers={"GET /api/messages": reports.NO_MESSAGES},
        person=MIA,
    ),
    PageScene("report", "Over time", REPORT, answers=COUNTED),
    PageScene(
        "report-individual",
        "abara@company.com",
        REPORT,
        _press("Show recipients"),
        _of(reports.shown("individual")),
    ),
    PageScene(
        "report-not-measured",
        "Do not remind them",
        REPORT,
        _choose_unmeasured,
        _of(reports.shown("individual")),
    ),
    PageScene(
        "report-incomplete",
        "is a lower bound",
        REPORT,
        _as_table,
        _of(reports.shown("incomplete")),
    ),
    PageScene(
        "report-audited",
        "How often each rule applied",
        REPORT,
        lambda page: page.get_by_text("What was recorded, and how").click(),
        COUNTED,
    ),
    PageScene(
        "report-without-a-notice",
        "was taken out before sending",
        REPORT,
        answers=_of(reports.shown("without-a-notice")),
    ),
    PageScene("report-first-hour", "by minute", REPORT, answers=_of(reports.shown("first-hour"))),
    PageScene("report-young", "Over time", REPORT, answers=_of(reports.shown("young"))),
    PageScene("report-unsent", "has not been sent yet", REPORT, answers=_of(reports.shown("unsent"))),
    PageScene("report-too-few", "shows no numbers", REPORT, answers=_of(reports.shown("too-few"))),
    PageScene(
        "report-too-few-known",
        "shows no numbers",
        REPORT,
        answers=_of(reports.shown("too-few-known")),
    ),
    PageScene("report-not-yet", "shows no numbers", REPORT, answers=_of(reports.shown("not-yet"))),
    PageScene("report-published", "last numbers", REPORT, answers=_of(reports.shown("published"))),
    PageScene("report-published-once", "next numbers", REPORT, answers=_of(reports.shown("published-once"))),
    PageScene("report-closed", "Measured until", REPORT, answers=_of(reports.shown("year-later"))),
    PageScene("report-nobody-looked", "Nobody of 400", REPORT, answers=_of(reports.shown("nobody-looked"))),
    PageScene("report-all-scanned", "At most 3", REPORT, answers=_of(reports.shown("everybody-scanned"))),
    PageScene("report-hidden", "unknown number of", REPORT, answers=_of(reports.shown("hidden-list"))),
    PageScene("report-one", "of 1 recipient", REPORT, answers=_of(reports.shown("one-recipient"))),
    PageScene("report-large", "of 100,000", REPORT, answers=_of(reports.shown("hundred-thousand"))),
    PageScene("report-ten-minutes", "by minute", REPORT, answers=_of(reports.shown("first-ten-minutes"))),
    PageScene("report-gone", "There is no such report", REPORT, answers=_of(GONE)),
    PageScene("report-share", "Write a whole address", REPORT, _share, COUNTED),
    PageScene("compare", "Side by side", f"compare/{FIRST}/{SECOND}", answers=_of_two(FAIR)),
    PageScene("compare-withheld", "shows no numbers", f"compare/{FIRST}/{SECOND}", answers=_of_two(TOLD)),
    PageScene("compare-unfair", "cannot be compared", f"compare/{FIRST}/{SECOND}", answers=_of_two(UNFAIR)),
    PageScene(
        "connection",
        "All directories found the same",
        "connection",
        _test_list,
        USUAL | {"POST /api/connection/test": offices.SAME},
    ),
    PageScene(
        "connection-stopped",
        "person-1@company.com",
        "connection",
        _test_and_look,
        USUAL
        | {
            "GET /api/connection": offices.STOPPED,
            "GET /api/health": offices.DEGRADED,
            "POST /api/connection/test": offices.DIFFERENT,
        },
    ),
    PageScene(
        "connection-beyond",
        "Entra grants more than the directories need",
        "connection",
        answers=USUAL | {"GET /api/connection": offices.BEYOND},
    ),
    PageScene(
        "connection-half-known",
        "is not known",
        "connection",
        answers=USUAL | {"GET /api/connection": offices.HALF_KNOWN},
    ),
    PageScene("connection-none", "Not connected", "connection", answers=UNCONNECTED),
    PageScene(
        "connection-disconnect",
        "Disconnect the service account?",
        "connection",
        _press("Disconnect …"),
        USUAL,
    ),
    PageScene("people", "Address of the person", "people"),
    PageScene("people-found", "The image was loaded", "people", _look_closely, PERSON),
    PageScene("people-erase", "Cancel", "people", _begin_to_erase, PERSON),
    PageScene("people-erased", "Erase again in ten minutes", "people", _erase, PERSON),
    PageScene(
        "people-nothing",
        "Rollcall keeps nothing about this address",
        "people",
        _look,
        {"GET /api/people/{address}": persons.NOTHING},
    ),
    *POLICIES,
    PageScene("audit", "Records, newest first", "audit", answers=USUAL),
    PageScene("audit-details", "Hash of the record before", "audit", _details, USUAL),
    PageScene(
        "audit-filtered",
        "No record fits this filter",
        "audit?kind=expanded&since=2026-11-01",
        answers=USUAL | {"GET /api/audit": offices.NO_TRAIL},
    ),
    PageScene("audit-refused", "for Rollcall admins", "audit", person=MIA),
    PageScene("me", "It takes your yes", "me", answers=ME | {"GET /api/me/measuring": persons.ASKED}),
    PageScene(
        "me-yes",
        "What you were shown",
        "me",
        lambda tab: tab.get_by_text("What you were shown").click(),
        ME | {"GET /api/me/measuring": persons.SAID_YES},
    ),
    PageScene(
        "me-off",
        "measures nobody by name",
        "me",
        answers=ME | {"GET /api/me/measuring": persons.NOBODY_MEASURED},
    ),
    PageScene(
        "me-erase",
        "Erase everything that is kept of you?",
        "me",
        _press("Erase what is kept of me"),
        ME | {"GET /api/me/measuring": persons.SAID_YES},
    ),
    PageScene("me-error", "storage cannot be reached", "me", answers=ME | {"GET /api/me/measuring": BUSY}),
    PageScene("unknown", "There is no page at this address", "nowhere/at-all"),
    PageScene("signed-out", "Sign in to see your messages", "messages", person=None, apart=True),
    PageScene("left", "You are signed out", "messages", _press("Sign out"), person=MIA, apart=True),
    PageScene(
        "no-role",
        "You have no role in Rollcall yet",
        "messages",
        answers={"GET /api/me": FORBIDDEN},
        person=MIA,
        apart=True,
    ),
    PageScene(
        "error", "cannot be reached", "messages", answers={"GET /api/me": BUSY}, person=MIA, apart=True
    ),
    *BY_LIST,
    *SHARED_WORK,
    *STATEMENTS,
]
