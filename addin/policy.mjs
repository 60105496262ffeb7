/** The privacy policy as a page that needs no script and no sign-in: docs/privacy.md, in HTML. */

const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** What the page says of itself to who reads no English: it is the same file for everybody, so it says it to all. */
const PREFACES = {
  de: {
    title: "Datenschutz",
    text: "Was Rollcall misst, was es über Sie aufbewahrt und wie Sie widersprechen. Der Text ist auf Englisch.",
    back: "Zu Rollcall",
  },
  fr: {
    title: "Confidentialité",
    text: "Ce que Rollcall mesure, ce qu’il garde de vous et comment vous y opposer. Le texte est en anglais.",
    back: "Vers Rollcall",
  },
  es: {
    title: "Privacidad",
    text: "Qué mide Rollcall, qué guarda de usted y cómo oponerse. El texto está en inglés.",
    back: "Ir a Rollcall",
  },
};

/** The page; `style` is the address of its style sheet. */
export function policyPage(markdown, style) {
  const [first = ""] = /^# .*$/m.exec(markdown) ?? [];
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${inline(first.replace(/^# /, ""))} · Rollcall</title>
    <link rel="icon" href="icons/icon-32.png">
    <link rel="stylesheet" href="${style}">
  </head>
  <body>
    <header class="prefaces">
      <p><a href="pages.html">To Rollcall</a></p>
${prefaces()}
    </header>
    <main id="content" class="stack policy">
${body(blocks(markdown))}
    </main>
  </body>
</html>
`;
}

function prefaces() {
  return Object.entries(PREFACES)
    .map(
      ([tag, { title, text, back }]) =>
        `      <p lang="${tag}"><strong>${title}.</strong> ${text} <a href="pages.html">${back}</a></p>`,
    )
    .join("\n");
}

function body(texts) {
  let title = "";
  return texts
    .map((text) => {
      title = text.startsWith("#") ? anchorOf(text.replace(/^#+ /, "")) : title;
      return block(text, title);
    })
    .join("\n");
}

/** Paragraphs, tables, lists and quotes are apart by empty lines; a heading is a line. */
function blocks(markdown) {
  return markdown
    .replace(/^(#{1,3} .*)$/gm, "\n$1\n")
    .split(/\n\s*\n/)
    .map((text) => text.replace(/^\n+|\s+$/g, ""))
    .filter(Boolean);
}

function block(text, title) {
  const heading = /^(#{1,3}) (.*)$/.exec(text);
  if (heading) {
    const level = heading[1].length;
    return `<h${level} id="${anchorOf(heading[2])}">${inline(heading[2])}</h${level}>`;
  }
  if (text.startsWith("|")) {
    return table(text.split("\n"), title);
  }
  if (/^- /.test(text)) {
    return `<ul class="bulleted">${items(text, /^- /m)}</ul>`;
  }
  if (/^1\. /.test(text)) {
    return `<ol>${items(text, /^\d+\. /m)}</ol>`;
  }
  if (text.startsWith("> ")) {
    return `<blockquote><p>${inline(text.replace(/^> ?/gm, ""))}</p></blockquote>`;
  }
  return `<p class="prose">${inline(text)}</p>`;
}

function items(text, begin) {
  return text
    .split(new RegExp(`\\n(?=${begin.source.slice(1)})`))
    .map((item) => `<li>${inline(item.replace(new RegExp(begin.source), ""))}</li>`)
    .join("");
}

/** A table wider than the window scrolls; `title` is the id of the heading above it. */
function table([head, , ...rows], title) {
  const cells = (row, tag) =>
    row
      .trim()
      .replace(/^\||\|$/g, "")
      .split("|")
      .map((cell) => `<${tag}>${inline(cell.trim())}</${tag}>`)
      .join("");
  const lines = rows.map((row) => `<tr>${cells(row, "td")}</tr>`).join("\n");
  return `<section class="table-scroll" tabindex="0" aria-labelledby="${title}"><table>
<thead><tr>${cells(head, "th")}</tr></thead>
<tbody>
${lines}
</tbody></table></section>`;
}

function inline(text) {
  return text
    .replace(/\s*\n\s*/g, " ")
    .replace(/[&<>"]/g, (one) => ESCAPES[one])
    .replace(/`([^`]+)`/g, "<code>$1</code>")
    .replace(/\*\*([^*]+)\*\*/g, "<strong>$1</strong>")
    .replace(/\*([^*]+)\*/g, "<em>$1</em>")
    .replace(/\[([^\]]+)\]\(([^)]+)\)/g, link);
}

/** Other pages of the documentation are not served: their names stay. */
function link(_all, text, to) {
  return /^(?:https:|#)/.test(to) ? `<a href="${to}">${text}</a>` : text;
}

function anchorOf(heading) {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} -]/gu, "")
    .replaceAll(" ", "-");
}
