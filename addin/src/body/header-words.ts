/**
 * What the header of a quoted mail says in front of sender, time, recipients and subject, in the languages that
 * Outlook ships. Compared in lower case, without blanks around.
 *
 * Sources: the headers in the test mails of crisp-oss/email-forward-parser (Outlook 2013, 2019, new Outlook for
 * Mac, Outlook.com) and mailgun/talon; for languages that are in neither, Outlook's own message form.
 */

export type Part = "from" | "sent" | "to" | "cc" | "subject";

type Language = Readonly<Record<Part, readonly string[]>>;

function language(from: string, sent: string, to: string, cc: string, subject: string): Language {
  const words = (text: string) => text.split("|");
  return { from: words(from), sent: words(sent), to: words(to), cc: words(cc), subject: words(subject) };
}

/** By the language's code. */
export const LANGUAGES: Readonly<Record<string, Language>> = {
  ar: language("من", "تاريخ الإرسال|تم الإرسال|التاريخ", "إلى", "نسخة|نسخة إلى", "الموضوع"),
  bg: language("от", "изпратено|дата", "до", "копие", "относно|тема"),
  ca: language("de", "enviat|enviat el|data", "per a|a", "a/c|cc", "assumpte|tema"),
  cs: language("od", "odesláno|datum", "komu", "kopie", "předmět"),
  da: language("fra", "sendt|dato", "til", "cc", "emne"),
  de: language("von", "gesendet|datum", "an", "cc|kopie", "betreff"),
  el: language("από", "στάλθηκε|εστάλη|ημερομηνία", "προς", "κοιν.|κοιν", "θέμα"),
  en: language("from", "sent|date", "to", "cc", "subject"),
  es: language("de", "enviado|enviado el|fecha", "para|a", "cc", "asunto"),
  et: language("saatja|kellelt", "saadetud|kuupäev", "adressaat|kellele", "koopia", "teema"),
  eu: language("nork|nondik", "bidaltze-data|data", "nori|hona", "cc", "gaia"),
  fi: language("lähettäjä", "lähetetty|päivämäärä|päiväys", "vastaanottaja", "kopio", "aihe"),
  fr: language("de", "envoyé|date", "à|pour", "cc|copie à", "objet|sujet"),
  gl: language("de", "enviado|data", "para", "cc", "asunto"),
  he: language("מאת", "נשלח|תאריך", "אל", "עותק", "נושא"),
  hi: language("प्रेषक|से", "भेजा गया|दिनांक", "प्रति", "प्रतिलिपि", "विषय"),
  hr: language("šalje|od|pošiljatelj", "poslano|datum", "prima|za", "kopija|cc", "predmet|naslov"),
  hu: language("feladó", "elküldve|dátum", "címzett", "másolatot kap|másolat", "tárgy"),
  id: language("dari", "dikirim|tanggal", "kepada|ke", "cc", "subjek|perihal"),
  it: language("da|mittente", "inviato|data", "a", "cc", "oggetto"),
  ja: language("差出人|送信元", "送信日時|日付", "宛先|送信先", "cc", "件名"),
  ko: language("보낸 사람", "보낸 날짜|날짜", "받는 사람", "참조", "제목"),
  lt: language("nuo", "išsiųsta|data", "kam|iki", "kopija", "tema"),
  lv: language("no", "nosūtīts|datums", "kam", "kopija", "tēma|temats"),
  ms: language("daripada|dari", "dihantar|tarikh", "kepada", "sk", "subjek"),
  nb: language("fra", "sendt|dato", "til", "kopi", "emne"),
  nl: language("van", "verzonden|datum", "aan", "cc|kopie", "onderwerp"),
  pl: language("od|nadawca", "wysłano|data", "do|adresat", "dw|kopia", "temat"),
  pt: language("de", "enviado|enviada|enviada em|data", "para", "cc", "assunto"),
  ro: language("de la|expeditorul", "trimis|dată|data", "către|destinatarul", "cc", "subiect|subiectul"),
  ru: language("от|отправитель", "отправлено|дата", "кому", "копия", "тема"),
  sk: language("od", "odoslané|dátum", "komu|pre", "kópia", "predmet"),
  sl: language("od", "poslano|datum", "za", "kp|cc", "zadeva"),
  sr: language("od|шаље|од", "poslato|послато|datum|датум", "za|за", "kopija|копија|cc", "tema|тема|predmet"),
  sv: language("från", "skickat|datum", "till", "kopia", "ämne"),
  th: language("จาก", "ส่ง|ส่งเมื่อ|วันที่", "ถึง", "สำเนา", "เรื่อง|ชื่อเรื่อง"),
  tr: language("kimden|gönderen", "gönderildi|gönderilen|gönderme tarihi|tarih", "kime", "bilgi", "konu"),
  uk: language("від|від кого", "надіслано|відправлено|дата", "кому", "копія", "тема"),
  vi: language("từ|người gửi", "đã gửi|ngày", "đến|người nhận|tới", "cc", "chủ đề"),
  "zh-Hans": language("发件人", "发送时间|发送日期|日期", "收件人", "抄送", "主题"),
  "zh-Hant": language("寄件者|寄件人", "寄件日期|傳送時間|日期", "收件者|收件人", "副本", "主旨"),
};

const PARTS: readonly Part[] = ["from", "sent", "to", "cc", "subject"];

/** What a label means in which languages. */
const MEANINGS: ReadonlyMap<string, readonly { part: Part; language: string }[]> = meanings();

/** What `label`, the text before a colon, stands in front of, and in which languages; nothing where it is none. */
export function meaningsOf(label: string): readonly { part: Part; language: string }[] {
  return MEANINGS.get(label.toLowerCase().trim()) ?? [];
}

function meanings(): Map<string, { part: Part; language: string }[]> {
  const found = new Map<string, { part: Part; language: string }[]>();
  for (const [code, words] of Object.entries(LANGUAGES)) {
    for (const part of PARTS) {
      for (const word of words[part]) {
        const known = found.get(word) ?? [];
        known.push({ part, language: code });
        found.set(word, known);
      }
    }
  }
  return found;
}
