/** Der Bericht zu einer E-Mail: seine Zahlen, warum ein Abruf so beurteilt wird, wer was getan hat. */

import type { In } from "../../languages";
import type * as english from "../../pages/report";

export const ranges: In<typeof english.ranges> = {
  people: {
    nobody: "niemand",
    exactly: "{least}",
    all: "alle {least}",
    atLeast: "mindestens {least}",
    atMost: "höchstens {most}",
    between: "zwischen {least} und {most}",
    unknown: "unbekannt viele",
  },
  share: "{least} bis {most}",
  of: "von {of} Empfänger",
  ofSeveral: "von {of} Empfängern",
  ofAtLeast: "von mindestens {of} Empfängern",
  ofUnknown: "von unbekannt vielen Empfängern",
  unknownShare: "Anteil unbekannt",
  bar: "Von 0 bis {of}",
  surely: "sicher",
  perhaps: "vielleicht",
};

export const sentence: In<typeof english.sentence> = {
  opened: {
    nobody: "Bei niemandem {of} war zu sehen, dass die E-Mail geöffnet wurde",
    exactly: "Von {least} {of} geöffnet",
    all: "Von {least} {of} geöffnet",
    atLeast: "Von mindestens {least} {of} geöffnet",
    atMost: "Von höchstens {most} {of} geöffnet",
    between: "Von {least} bis {most} {of} geöffnet",
    unknown: "Von unbekannt vielen {of} geöffnet",
  },
  clicked: {
    nobody: "bei niemandem war zu sehen, dass ein Link angeklickt wurde",
    exactly: "Links angeklickt von {least}",
    all: "Links angeklickt von {least}",
    atLeast: "Links angeklickt von mindestens {least}",
    atMost: "Links angeklickt von höchstens {most}",
    between: "Links angeklickt von {least} bis {most}",
    unknown: "Links angeklickt von unbekannt vielen",
  },
  most: "am häufigsten angeklickt: „{link}“, von mindestens {least}",
  mostExactly: "am häufigsten angeklickt: „{link}“, von {least}",
  some: "„{link}“ angeklickt von mindestens {least}",
  someExactly: "„{link}“ angeklickt von {least}",
  both: "{first}; {second}.",
  alone: "{first}.",
  partly: "{sentence} Es wurde nicht alles erfasst.",
  label: "In einem Satz",
  copy: "Satz kopieren",
  copied: "Kopiert.",
};

export const silence: In<typeof english.silence> = {
  none: "Die E-Mail sagte nicht, dass sie gemessen wird (ROLLCALL_NOTICE ist none). An dieser Zeile erkennt Rollcall auch Sicherheitsscanner; ohne sie gelten weniger Personen als sicher.",
  gone: "Die Zeile, die auf die Messung hinweist, wurde vor dem Senden entfernt. An ihr erkennt Rollcall auch Sicherheitsscanner; ohne sie gelten weniger Personen als sicher.",
};

export const report: In<typeof english.report> = {
  heading: "Bericht",
  headingOf: "Bericht zur E-Mail vom {when}",
  sent: "Gesendet",
  from: "Von",
  team: "Team",
  teamText: "Wer dazugehört, sieht und verwaltet diesen Bericht.",
  recipients: "Empfänger",
  mode: "Modus",
  prepared: "Vorbereitet",
  delivery: "Zustellung",
  deliveryText: "wie in Outlook gesetzt; ab dann laufen die Zeiten",
  asOf: "Stand {time}.",
  renewed: "Wird alle 30 Sekunden erneuert, solange Sie hinsehen.",
  stale: "Die Zahlen ließen sich seit {time} nicht erneuern.",
  asPublished: "Wie veröffentlicht für {time}.",
  withheldTitle: "Dieser Bericht zeigt keine Zahlen",
  withheld: {
    too_few:
      "Die E-Mail hat weniger als {n} Empfänger. Zahlen über so wenige würden verraten, was Einzelne getan haben.",
    too_few_known:
      "Von dieser E-Mail sind weniger als {n} Empfänger bekannt. Zahlen über so wenige würden verraten, was Einzelne getan haben.",
    not_yet:
      "Zahlen erscheinen zu festen Zeiten nach der Zustellung, für alle dieselben. Die ersten: {when}.",
    not_recorded:
      "Von dieser E-Mail wurde seit dem Senden nichts erfasst. Das liegt an den Einstellungen Ihrer Organisation oder an ihrer Vereinbarung. Was die Empfänger getan haben, ist nicht bekannt.",
  },
  noNumbers: "Es gibt keine Zahlen, die gezeigt werden dürfen.",
  publishedText:
    "Damit in diesem Bericht niemand zu finden ist, werden Personen in Schritten von {step} genannt, die an geheimen Stellen beginnen, und zu festen Zeiten. Weniger als {n}, oder alle bis auf weniger als {n}, werden nie unterschieden.",
  publishedNext: "Die nächsten Zahlen: {when}.",
  publishedLast: "Das sind die letzten Zahlen.",
  publishedCaption: "Personen, wie veröffentlicht",
  publishedAt: "Stand",
  notSentTitle: "Diese E-Mail ist noch nicht gesendet",
  notSentText: "Öffnungen und Klicks zählen ab dem Senden. Was vorher kam, ist der eigene Entwurf im Editor.",
  incompleteTitle: "Die Zahl der Empfänger ist eine Untergrenze",
  incompleteText:
    "Vor dem Senden konnte nicht jede Liste vollständig gezählt werden. Anteile sind deshalb Obergrenzen: Bei mehr Empfängern sind sie kleiner.",
  unknownTitle: "Wie viele Empfänger es sind, ist nicht bekannt",
  unknownText:
    "Keine Liste dieser E-Mail zeigte vor dem Senden ihre Mitglieder; Anteile lassen sich deshalb nicht nennen.",
  closedTitle: "Gemessen bis {when}",
  closedText:
    "Die Zahlen bleiben, wie sie sind. Öffnungen und Klicks wurden bis dahin zu Summen, und nichts sagt mehr, was eine einzelne Person getan hat.",
  missing: "Er wurde vielleicht gelöscht, oder er wurde nicht mit Ihnen geteilt.",
  opened: "Geöffnet",
  clicked: "Link angeklickt",
  openedNote:
    "Wer geklickt hat, gilt auch als jemand, der geöffnet hat. Wer die E-Mail ohne Bilder ansieht und nichts anklickt, hinterlässt keine Spur; es können also mehr gewesen sein.",
  noOpens:
    "Öffnungen werden in dieser E-Mail nicht gemessen, nur Klicks: Wie viele sie geöffnet haben, ist nicht bekannt.",
  notMeasuredAtAll: "nicht gemessen",
  notMeasured:
    "{n} Empfänger werden nicht gemessen, weil sie widersprochen haben. Sie können unter denen sein, die geöffnet oder geklickt haben; jedes obere Ende schließt sie ein.",
  notMeasuredOne:
    "Eine Person wird nicht gemessen, weil sie widersprochen hat. Sie kann unter denen sein, die geöffnet oder geklickt haben; jedes obere Ende schließt sie ein.",
  countingNote:
    "Alle E-Mails teilen sich ein Bild; Personen werden deshalb geschätzt: mindestens halb so viele wie Orte, die innerhalb einer Stunde abgerufen haben, höchstens so viele wie Abrufe.",
  toldApartNote:
    "Jede Kopie hat ein eigenes Bild. Die Spanne reicht von denen, die es sicher waren, bis zu denen mit zweifelhaften Zeichen.",
  time: "Zeitverlauf",
  opensOverTime: "Öffnungen",
  clicksOverTime: "Klicks",
  unit: { minute: "nach Minuten", hour: "nach Stunden", day: "nach Tagen", week: "nach Wochen" },
  unitOf: { minute: "Minute", hour: "Stunde", day: "Tag", week: "Woche ab" },
  overTimeText: "{all} insgesamt, gezeigt {unit}. Am meisten durch Menschen: {when}, mit {most}.",
  overTimeNoPeople: "{all} insgesamt, gezeigt {unit}. Keine davon sicher durch einen Menschen.",
  showMachines: "Maschinen mitzeichnen",
  notDrawn: "(nicht gezeichnet)",
  nothingYet: "Noch ist nichts gekommen.",
  asTable: "Als Tabelle",
  chartFailed: "Die Zeichnung ließ sich nicht laden; die Tabelle unten enthält alles.",
  allRequests: "Alle",
  links: "Links",
  linksCaption: "Klicks nach Link, am meisten durch Menschen angeklickte zuerst",
  link: "Link",
  clickedBy: "Personen",
  split: "{person} durch Menschen, {unsure} unsicher, {machine} durch Maschinen",
  noLinks: "Kein Link dieser E-Mail wird getrackt.",
  linksNote: "Die Balken zeigen Personen, auf einer Skala bis {n}.",
  judged: "Was aufgezeichnet und wie es beurteilt wurde",
  judgedText:
    "Auch Sicherheitssoftware und Mailprogramme rufen Bilder und Links ab. Jeder Abruf bleibt gespeichert, wie er kam; daneben steht, wie er beurteilt wird und warum. Werden die Regeln besser, werden alte E-Mails neu beurteilt.",
  judgedCaption: "Abrufe, wie sie kamen und wie sie beurteilt wurden",
  raw: "Alle Abrufe",
  opens: "Öffnungen",
  clicks: "Klicks",
  reasons: "Gründe",
  reasonsText:
    "Wie oft jede Regel zutraf. Ein Abruf kann mehrere Gründe haben; der erste in dieser Reihenfolge entscheidet.",
  reason: "Grund",
  speaksFor: "Spricht für",
  times: "Anzahl",
  noReasons: "Noch wurde kein Abruf beurteilt.",
  notCounted: "Nicht gezählt",
  notCountedText: "Diese Abrufe sind in keiner der Zahlen oben enthalten.",
  otherReason: "Eine andere Regel ({name}).",
  share: "Teilen …",
  print: "Drucken",
  workbook: "Für Excel herunterladen",
  gone: "Diesen Bericht gibt es nicht",
};

export const byList: In<typeof english.byList> = {
  heading: "Nach Liste",
  caption: "Was in jeder eingegebenen Liste aus der E-Mail wurde",
  list: "Liste",
  recipients: "Empfänger",
  overlap: "Wer in mehreren dieser Listen ist, zählt in jeder von ihnen.",
  groups:
    "Listen mit weniger als {n} Empfängern stehen zusammen in einer Zeile; was von weniger als {n} Personen handelt, ist ein Bereich.",
  steps:
    "Gezählt wird in Gruppen von mindestens {step} Personen, in denselben Schritten und zu denselben Zeiten wie oben. Listen mit weniger als {n} Empfängern stehen zusammen in einer Zeile.",
  together: "{n} kleine Listen zusammen",
  tooFew: "zu wenige für eine Angabe",
  notKept: "nicht aufbewahrt",
};

export const rules: In<typeof english.rules> = {
  before_send: {
    verdict: "none",
    text: "Der Abruf kam vor dem Senden: der eigene Entwurf im Editor.",
  },
  head_request: {
    verdict: "none",
    text: "Es wurden nur die Kopfzeilen abgerufen, nicht das Bild oder der Link.",
  },
  prefetch_header: { verdict: "machine", text: "Der Abruf gibt selbst an, auf Vorrat zu geschehen." },
  gmail_prefetch: {
    verdict: "machine",
    text: "Gmail lädt Bilder auf Vorrat, solange ein Postfach offen ist; genau so sah es aus.",
  },
  image_proxy: {
    verdict: "person",
    text: "Der Proxy des Mailanbieters lädt das Bild, wenn jemand die E-Mail öffnet.",
  },
  notice_followed: {
    verdict: "machine",
    text: "Dasselbe Programm folgte auch der kleinen Zeile, die auf die Messung hinweist.",
  },
  burst: {
    verdict: "machine",
    text: "Mehrere oder alle Links wurden innerhalb von Sekunden abgerufen, oder das Bild unmittelbar daneben.",
  },
  scanner_network: {
    verdict: "machine",
    text: "Der Abruf kam aus einem Netz für E-Mail-Sicherheit, oder ein Klick aus dem von Microsoft, das Links prüft.",
  },
  scanner_agent: {
    verdict: "machine",
    text: "Das Programm nennt sich selbst E-Mail-Sicherheit oder steht auf der gepflegten Liste der Crawler.",
  },
  no_agent_click: {
    verdict: "machine",
    text: "Ein Programm, das sich nicht zu erkennen gibt, folgte einem Link; Browser tun das immer.",
  },
  no_browser_click: {
    verdict: "machine",
    text: "Ein Programm, das nach eigener Angabe kein Browser ist, folgte einem Link.",
  },
  before_delivery: {
    verdict: "unsure",
    text: "Es kam vor dem gesetzten Zeitpunkt der Zustellung: ein Blick der Absenderin oder des Absenders, oder Outlook hat die E-Mail sofort gesendet.",
  },
  apple_prefetch: {
    verdict: "unsure",
    text: "Apples Mail-Datenschutz lädt nach der Zustellung jedes Bild, ob jemand hinsieht oder nicht.",
  },
  no_agent_open: {
    verdict: "unsure",
    text: "Ein Programm, das sich nicht zu erkennen gibt, hat das Bild geladen.",
  },
  no_browser_open: {
    verdict: "unsure",
    text: "Das Bild lud ein Programm, das weder Browser noch bekanntes Mailprogramm ist.",
  },
  scan_time_click: {
    verdict: "unsure",
    text: "Ein Klick innerhalb einer Minute nach der Ankunft, wenn die meisten Sicherheitsprüfungen laufen.",
  },
  scan_time_open: {
    verdict: "unsure",
    text: "Eine Öffnung aus Microsofts Netz innerhalb einer Minute nach der Ankunft: dessen Bildproxy oder eine Prüfung.",
  },
  microsoft_click: {
    verdict: "unsure",
    text: "Ein Klick aus Microsofts Netz: eine Linkprüfung beim Klicken oder ein Cloud-Desktop.",
  },
  hurry: {
    verdict: "unsure",
    text: "Zu schnell zum Lesen: ein Klick gleich nach dem ersten Blick, oder mehrere Links auf einmal.",
  },
  sweep: {
    verdict: "unsure",
    text: "Fünf Links derselben Person innerhalb von fünf Minuten: ein langsamer Scanner oder jemand sehr Neugieriges.",
  },
  unopened_click: {
    verdict: "unsure",
    text: "Ein Klick in der ersten halben Stunde von jemandem, der die E-Mail nicht geöffnet hatte.",
  },
  no_sign_of_a_machine: { verdict: "person", text: "Kein Anzeichen für eine Maschine." },
};

export const who: In<typeof english.who> = {
  heading: "Empfänger",
  text: "Diese E-Mail wurde in Kopien gesendet; der Bericht weiß deshalb, wer geöffnet und geklickt hat. Der Blick auf einzelne Personen wird im Protokoll festgehalten.",
  show: "Empfänger anzeigen",
  filter: "Anzeigen",
  filters: {
    all: "Alle",
    unopened: "Nicht geöffnet",
    unsure: "Nicht oder vielleicht nicht geöffnet",
    maybe: "Vielleicht geöffnet",
    opened: "Geöffnet",
    clicked: "Geklickt",
    unmeasured: "Nicht gemessen",
  },
  search: "Adressen suchen",
  unopenedNote:
    "Nicht geöffnet heißt, dass kein Bild geladen und kein Link angeklickt wurde. Wer Bilder blockiert, kann die E-Mail trotzdem angesehen haben. Wer der Messung widersprochen hat, steht hier nicht.",
  unmeasuredNote:
    "Diese Personen haben der Messung widersprochen; was sie getan haben, ist nicht bekannt. Erinnern Sie sie nicht daran.",
  caption: "Empfänger und was sie getan haben",
  address: "Adresse",
  opened: "Geöffnet",
  clicked: "Geklickt",
  answers: { yes: "ja", maybe: "vielleicht", no: "nein", not_measured: "nicht gemessen" },
  nobody: "Niemand passt.",
  found: "{n} Empfänger",
  foundOne: "1 Empfänger",
  loading: "Empfänger werden geladen: {n} von {total} …",
  previous: "Zurück",
  next: "Weiter",
  capped: "Aufgeführt sind die ersten {n}. Die CSV-Datei enthält alle.",
};
