/** Was darüber gesagt wird, wer eine E-Mail am Ende erhält. */

import type { In } from "../../languages";
import type * as english from "../../pane/delivery";

export const delivery: In<typeof english.delivery> = {
  title: "Wer sie am Ende erhält",
  sentence:
    "Gezählt ist, an wen die E-Mail gerichtet ist; wer sie am Ende erhält, kann vorher niemand wissen: {doubts}.",
  doubts: {
    followers: "aus einer Microsoft 365-Gruppe bekommt nur eine Kopie in den Posteingang, wer ihr folgt",
    restricted: "eine Liste kann Post nur von bestimmten Absendern annehmen",
    outside: "eine Adresse außerhalb Ihrer Organisation kann dort wieder eine Liste sein",
    forwarding: "jeder kann sie weiterleiten",
  },
  asking: "Exchange wird gefragt, was es über diese Adressen weiß …",
  consent:
    "Rollcall kann Exchange in Ihrem Namen fragen, ob Ihre E-Mail diese Adressen erreicht. E-Mails werden dabei nicht gelesen.",
  ask: "Exchange fragen",
  findings: {
    restricted: "Nimmt nur Post von bestimmten Absendern an, Ihre nicht.",
    full: "Das Postfach ist voll und nimmt zurzeit keine Post an.",
    tooLarge: "Nimmt keine so große E-Mail an: Schon die Anlagen sind größer.",
    moderated: "Ein Moderator liest Ihre E-Mail zuerst und lässt sie durch oder nicht.",
    away: "Antwortet automatisch; Ihre E-Mail wird vielleicht erst später gelesen.",
    outside: "Laut Exchange außerhalb Ihrer Organisation oder mit Mitgliedern von dort.",
  },
  members:
    "Hatte {n} Mitglieder, als Exchange zuletzt zählte, mehr als gelesen wurden. Eine Liste darunter zählt als eines.",
  clear:
    "Bei {n} Adressen weiß Exchange von nichts, was Ihre E-Mail aufhält. Nach den Mitgliedern wurde nicht gefragt.",
  clearOne:
    "Bei einer Adresse weiß Exchange von nichts, was Ihre E-Mail aufhält. Nach den Mitgliedern wurde nicht gefragt.",
  unknown: {
    consent:
      "Exchange wurde nicht gefragt: Sie haben es nicht erlaubt, oder Ihre Organisation erlaubt es nicht.",
    refused: "Exchange hat Ihnen die Antwort verweigert.",
    off: "Ihre Organisation hat abgeschaltet, was Exchange über Empfänger mitteilt.",
    busy: "Exchange war zu beschäftigt, um rechtzeitig zu antworten.",
    failed: "Exchange konnte nicht gefragt werden, oder seine Antwort war unverständlich.",
    silent: "Exchange hat dazu nichts mitgeteilt.",
    "too many": "Nach so vielen Adressen wurde Exchange nicht gefragt.",
  },
};
