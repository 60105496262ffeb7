"""What a person is asked on /me before they are measured individually, or told so that they may object.

The version follows from the words: whoever changes one, changes it, and answers go on to say what was read.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from shared.tracking.mail.ceiling import Basis


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: a text by language, and the version of them all."""

    version: str
    texts: dict[str, str]

    def text(self, language: str) -> str:
        """What is asked in that language; empty where it is not."""
        return self.texts.get(language, "")


_KEPT = {
    "en": "Kept for each mail: that and when it was opened from your mailbox, which of its links were "
    "followed, and with what kind of program. Not kept: your network address, where you were, "
    "what the mail says. Whoever sent the mail sees it, those whom they let see it, and "
    "administrators.",
    "de": "Gespeichert wird je E-Mail: dass und wann sie in Ihrem Postfach geöffnet wurde, welchen "
    "Links gefolgt wurde und mit welcher Art von Programm. Nicht gespeichert werden Ihre "
    "Netzwerkadresse, Ihr Aufenthaltsort und der Inhalt der E-Mail. Sehen können es, wer die "
    "E-Mail gesendet hat, wem diese Person es zeigt, und die Administration.",
    "fr": "Est conservé pour chaque message\u00a0: qu'il a été ouvert depuis votre boîte aux lettres et "
    "quand, lesquels de ses liens ont été suivis, et avec quel type de programme. Ne sont pas conservés "
    "votre adresse réseau, l'endroit où vous étiez et ce que dit le message. Le voient la personne qui a "
    "envoyé le message, celles à qui elle le montre, et les administrateurs.",
    "es": "Se guarda de cada mensaje: que se abrió desde su buzón y cuándo, qué enlaces se siguieron y con "
    "qué tipo de programa. No se guardan su dirección de red, dónde estaba ni lo que dice el mensaje. Lo ven "
    "quien envió el mensaje, aquellos a quienes se lo muestra y los administradores.",
}
_TEXTS = {
    Basis.CONSENT: {
        "en": "May senders in your organisation see whether you, by name, opened their mails and "
        "followed their links?"
        f" {_KEPT['en']} "
        "You need not say yes: without it you get the same mails, and are counted without a name. "
        "You can take your yes back here at any time, also for mails that you have already.",
        "de": "Dürfen Absender in Ihrer Organisation mit Ihrem Namen sehen, ob Sie ihre E-Mails "
        "geöffnet haben und ihren Links gefolgt sind?"
        f" {_KEPT['de']} "
        "Sie müssen nicht zustimmen: Ohne Zustimmung erhalten Sie dieselben E-Mails und werden "
        "ohne Namen gezählt. Sie können die Zustimmung hier jederzeit zurücknehmen, auch für "
        "E-Mails, die Sie schon haben.",
        "fr": "Les expéditeurs de votre organisation peuvent-ils voir si vous, nommément, avez ouvert leurs "
        "messages et suivi leurs liens\u00a0?"
        f" {_KEPT['fr']} "
        "Vous n'êtes pas obligé d'accepter\u00a0: sans cela, vous recevez les mêmes messages et êtes compté "
        "sans nom. Vous pouvez retirer votre accord ici à tout moment, aussi pour des messages que vous "
        "avez déjà.",
        "es": "¿Pueden ver los remitentes de su organización si usted, con su nombre, abrió sus mensajes y "
        "siguió sus enlaces?"
        f" {_KEPT['es']} "
        "No tiene por qué aceptar: sin ello recibe los mismos mensajes y se le cuenta sin nombre. Puede "
        "retirar su consentimiento aquí en cualquier momento, también para mensajes que ya tiene.",
    },
    Basis.OBJECTION: {
        "en": "Senders in your organisation may see whether you, by name, opened their mails and "
        "followed their links, unless you object."
        f" {_KEPT['en']} "
        "You can object here at any time, also for mails that you have already, and take that "
        "back.",
        "de": "Absender in Ihrer Organisation dürfen mit Ihrem Namen sehen, ob Sie ihre E-Mails "
        "geöffnet haben und ihren Links gefolgt sind, solange Sie nicht widersprechen."
        f" {_KEPT['de']} "
        "Sie können hier jederzeit widersprechen, auch für E-Mails, die Sie schon haben, und den "
        "Widerspruch zurücknehmen.",
        "fr": "Les expéditeurs de votre organisation peuvent voir si vous, nommément, avez ouvert leurs "
        "messages et suivi leurs liens, tant que vous ne vous y opposez pas."
        f" {_KEPT['fr']} "
        "Vous pouvez vous opposer ici à tout moment, aussi pour des messages que vous avez déjà, et retirer "
        "cette opposition.",
        "es": "Los remitentes de su organización pueden ver si usted, con su nombre, abrió sus mensajes y "
        "siguió sus enlaces, mientras no se oponga."
        f" {_KEPT['es']} "
        "Puede oponerse aquí en cualquier momento, también para mensajes que ya tiene, y retirar esa "
        "oposición.",
    },
}


def question_of(basis: Basis) -> Question:
    """What is asked where individual measuring rests on that."""
    texts = _TEXTS[basis]
    words = "\n".join(f"{language}: {text}" for language, text in sorted(texts.items()))
    return Question(hashlib.sha256(words.encode()).hexdigest()[:12], dict(texts))
