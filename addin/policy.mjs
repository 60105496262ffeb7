/** The privacy policy, and what stands behind it, as pages that need no script and no sign-in. */

const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** The languages of the policy, by their own names; each has its text in policy/. */
export const LANGUAGES = { en: "English", de: "Deutsch", fr: "Français", es: "Español" };

/** The way back to the web pages, in each language. */
const BACK = { en: "To Rollcall", de: "Zu Rollcall", fr: "Vers Rollcall", es: "Ir a Rollcall" };

/** The policy: `texts` are what it says, by language. Whoever chose a language sees that one alone. */
export function policyPage(texts, style) {
  const tags = Object.keys(LANGUAGES);
  const choices = tags.map(
    (tag) => `<a href="#${tag}" lang="${tag}" hreflang="${tag}">${LANGUAGES[tag]}</a>`,
  );
  const articles = tags.map(
    (tag) => `      <article id="${tag}" lang="${tag}" class="stack policy">
        <p><a href="pages.html">${BACK[tag]}</a></p>
${body(blocks(texts[tag]), `${tag}-`)}
      </article>`,
  );
  const title = tags.map((tag) => titleOf(texts[tag])).join(" · ");
  const content = `    <header class="languages">
      <nav aria-label="Languages">${choices.join(" ")}</nav>
    </header>
    <main id="content" class="policies">
${articles.join("\n")}
    </main>`;
  return page(title, style, content);
}

/** The documentation of what is kept of people, docs/privacy.md, for those who examine it. */
export function detailsPage(markdown, style) {
  const content = `    <main id="content" class="stack policy">
      <p><a href="privacy.html">${titleOf(markdown)}</a></p>
${body(blocks(markdown), "")}
    </main>`;
  return page(titleOf(markdown), style, content);
}

function page(title, style, content) {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${title} · Rollcall</title>
    <link rel="icon" href="icons/icon-32.png">
    <link rel="stylesheet" href="${style}">
  </head>
  <body>
${content}
  </body>
</html>
`;
}

function titleOf(markdown) {
  return inline(/^# (.*)$/m.exec(markdown)?.[1] ?? "");
}

/** The blocks in HTML; `prefix` tells the ids of one text from those of another on the same page. */
function body(texts, prefix) {
  let title = "";
  return texts
    .map((text) => {
      title = text.startsWith("#") ? prefix + anchorOf(text.replace(/^#+ /, "")) : title;
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
    return `<h${level} id="${title}">${inline(heading[2])}</h${level}>`;
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
  return /^(?:https:|#|pages\.html|privacy-details\.html)/.test(to) ? `<a href="${to}">${text}</a>` : text;
}

function anchorOf(heading) {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} -]/gu, "")
    .replaceAll(" ", "-");
}
