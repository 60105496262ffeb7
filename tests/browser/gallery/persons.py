"""Made-up answers about one person."""

from __future__ import annotations

from datetime import timedelta

import msgspec

from shared.api.about import MeAnswer
from shared.api.me import MeasuringAnswer, QuestionAnswer
from shared.tracking.mail.ceiling import Basis
from shared.tracking.mail.messages import Stage
from shared.tracking.mail.modes import Mode
from shared.tracking.privacy.asking import question_of
from shared.tracking.privacy.consents import Answer
from shared.tracking.privacy.own import Ground
from shared.tracking.privacy.person import Erasure, KeptEvent, Person, Received, Review, Sent
from tests.browser.gallery.recording import LINKS
from tests.browser.gallery.reports import NOW, name_of

ADDRESS = "lena.fischer@company.com"
REFERENCE = "k3fJ0cQ2mZ7xW9aB"
_MIA = "8c001369-6356-5ed0-8864-e0b0ef17eb8e"
_AGENT = "Mozilla/5.0 AppleWebKit/537.36 Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0"
_DEEDS = [
    KeptEvent(NOW - timedelta(hours=30), "opened", None, _AGENT, "other", []),
    KeptEvent(NOW - timedelta(hours=29), "clicked", LINKS[1], _AGENT, "other", []),
    KeptEvent(NOW - timedelta(hours=29), "noticed", None, _AGENT, "other", []),
    KeptEvent(NOW - timedelta(hours=28), "opened", None, "", "microsoft", ["prefetch"]),
]
_SENT_AT = NOW - timedelta(hours=31)
_SENT = Sent(name_of(3), _MIA, "Lena Fischer", Stage.SENT, _SENT_AT, _SENT_AT)
FOUND = Person(
    address=ADDRESS,
    reference=REFERENCE,
    objected_at=NOW - timedelta(days=3),
    received=[
        Received(
            name_of(1),
            Mode.INDIVIDUAL,
            Stage.SENT,
            "Mia Lambert",
            _SENT_AT,
            _SENT_AT,
            17,
            "yes",
            "maybe",
            len(_DEEDS),
            _DEEDS,
            sender_checked=True,
            lists=["all-staff@company.com", "region-north@company.com"],
        ),
        Received(name_of(2), Mode.COUNTING, Stage.SENT, "Noah Brandt", _SENT_AT, _SENT_AT),
    ],
    sent=[_SENT],
    claimed=[Sent(name_of(6), _MIA, "The Chief Executive", Stage.SENT, _SENT_AT, _SENT_AT)],
    expansions=[Review("made-up-0009", _MIA, NOW + timedelta(minutes=40))],
    shown=[name_of(4)],
)
NOTHING = Person(address=ADDRESS, reference=REFERENCE, objected_at=None)
ERASED = Erasure(ADDRESS, REFERENCE, [name_of(1), name_of(2)], 1, [name_of(5)], [_SENT], [name_of(4)])


_QUESTION = question_of(Basis.CONSENT)
ASKED = MeasuringAnswer(
    ["user3@company.com"], False, Ground.NO_ANSWER, Basis.CONSENT, None, None,
    QuestionAnswer(_QUESTION.version, _QUESTION.texts), "privacy@company.com",
)  # fmt: skip
"""Somebody who was asked, and said nothing yet."""
SAID_YES = msgspec.structs.replace(
    ASKED,
    measured=True,
    why=Ground.YES,
    answered=Answer(True, _SENT_AT, _QUESTION.version, "en", _QUESTION.texts["en"]),
)
NOBODY_MEASURED = msgspec.structs.replace(ASKED, why=Ground.OFF, basis=None, question=None)
TEAMS = ["Internal communications", "Transformation programme for Northern and Western Europe"]
WITHOUT_ROLE = MeAnswer("Uma User", [], [], [], [], [])
IN_TEAMS = MeAnswer("Mia Lambert", ["sender"], TEAMS, TEAMS, [], [])
WITHIN_HOSTS = MeAnswer("Mia Lambert", ["sender"], [], [], ["intranet.company.com"], [])
