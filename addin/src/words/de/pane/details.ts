/** Woraus sich eine Zahl zusammensetzt, Liste für Liste und einer nach dem anderen. */

import type { In } from "../../languages";
import type * as english from "../../pane/details";

export const lists: In<typeof english.lists> = {
  title: "Listen",
  amount: "{n} Listen",
  amountOne: "1 Liste",
  members: {
    one: "1 Mitglied",
    many: "{n} Mitglieder",
    oneOrMore: "mindestens 1 Mitglied",
    atLeast: "mindestens {n} Mitglieder",
    unknown: "Zahl der Mitglieder unbekannt",
  },
  recipients: {
    one: "1 Empfänger",
    many: "{n} Empfänger",
    oneOrMore: "mindestens 1 Empfänger",
    atLeast: "mindestens {n} Empfänger",
    unknown: "Zahl der Empfänger unbekannt",
  },
  numbers: { one: "{n}", many: "{n}", oneOrMore: "≥ {n}", atLeast: "≥ {n}", unknown: "?" },
  open: "Listen in {name} anzeigen",
  more: "{n} weitere Listen anzeigen",
  asOf: "Stand {time}",
  notWhole: "nicht vollständig gelesen",
  once: "Eine Liste, die mehrmals vorkommt, steht nur beim ersten Mal.",
};

export const overlaps: In<typeof english.overlaps> = {
  title: "Überschneidungen",
  text: "Niemand erhält die E-Mail doppelt, auch wer in mehreren Listen steht.",
  pair: "in beiden",
  amount: { all: "{n}", largest: "die {n} größten von {all}", largestOfMany: "die {n} größten" },
  show: {
    all: "Alle {n} Überschneidungen anzeigen",
    largest: "Die {n} größten von {all} Überschneidungen anzeigen",
    largestOfMany: "Die {n} größten Überschneidungen anzeigen",
  },
};

export const balance: In<typeof english.balance> = {
  title: "So setzt sich die Zahl zusammen",
  read: "Gelesene Adressen und Mitglieder",
  lists: "Listen selbst",
  duplicates: "Mehrfach vorhanden",
  without_address: "Personen ohne Postfach",
  unreadable: "Mitglieder, die Rollcall nicht sieht",
  not_mail: "Geräte und andere, die keine E-Mail erhalten",
  recipients: "Empfänger",
  item: "Posten",
  amount: "Anzahl",
  minus: "minus {n}",
};

export const people: In<typeof english.people> = {
  title: "Alle Empfänger",
  search: "Empfänger suchen",
  found: "{n} von {total}",
  all: "{n} Empfänger",
  none: "Kein Empfänger passt.",
  through: "über {list}",
  throughAndOne: "über {list} und 1 weitere Liste",
  throughAndMore: "über {list} und {n} weitere Listen",
  more: "Mehr anzeigen",
  loading: "Empfänger werden geladen …",
  copy: "Adressen kopieren",
  copied: "{n} Adressen kopiert.",
  copiedOne: "1 Adresse kopiert.",
  notCopied: "Der Browser hat das Kopieren nicht zugelassen.",
};
