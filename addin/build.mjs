/**
 * Builds the add-in and the pages into ../public, which the app serves below /addin.
 *
 * `node build.mjs`, from this folder, after `npm ci`. The same sources always make the same bytes.
 * Scripts and styles carry a hash of their content in their name, so that a browser may keep them for ever;
 * `events.js` does not, because the manifest names it. Every text file has a compressed twin (.gz), as the
 * Functions host compresses nothing.
 */
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, join, relative } from "node:path";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import { json, translations } from "./manifest-unified.mjs";
import { xml } from "./manifest-xml.mjs";
import { detailsPage, LANGUAGES, policyPage } from "./policy.mjs";

const HERE = import.meta.dirname;
const OUT = join(HERE, "..", "public");
const PAGES = ["pane", "pages", "dialog"];
const TEXT = /\.(html|js|css|xml|json|svg|txt)$/;

const common = {
  absWorkingDir: HERE,
  bundle: true,
  minify: true,
  legalComments: "linked",
  charset: "utf8",
  logLevel: "warning",
  define: { "process.env.NODE_ENV": '"production"' },
};

await rm(OUT, { recursive: true, force: true });
await mkdir(OUT, { recursive: true });

// Each page apart, so that none loads the words and parts of another.
const outputs = {};
for (const page of PAGES) {
  const built = await esbuild.build({
    ...common,
    entryPoints: [`src/${page}/main.tsx`],
    outbase: "src",
    outdir: join(OUT, "assets"),
    entryNames: "[dir]-[hash]",
    chunkNames: "chunk-[hash]",
    assetNames: "[name]-[hash]",
    format: "esm",
    target: ["es2022"],
    splitting: true,
    jsx: "automatic",
    jsxImportSource: "preact",
    metafile: true,
  });
  Object.assign(outputs, built.metafile.outputs);
}

// Outlook's classic runtime: one file, no modules, no page around it.
await esbuild.build({
  ...common,
  entryPoints: ["src/events.ts"],
  outfile: join(OUT, "events.js"),
  format: "iife",
  target: ["es2017"],
  legalComments: "none",
});

for (const page of PAGES) {
  const { script, style } = outputsOf(page);
  const template = await readFile(join(HERE, "html", `${page}.html`), "utf8");
  const html = template.replaceAll("{{script}}", script).replaceAll("{{style}}", style);
  await writeFile(join(OUT, `${page}.html`), html);
}
await cp(join(HERE, "html", "events.html"), join(OUT, "events.html"));
await cp(join(HERE, "icons"), join(OUT, "icons"), { recursive: true });
const policy = {};
for (const tag of Object.keys(LANGUAGES)) {
  policy[tag] = await readFile(join(HERE, "policy", `${tag}.md`), "utf8");
}
await writeFile(join(OUT, "privacy.html"), policyPage(policy, outputsOf("pages").style));
const details = await readFile(join(HERE, "..", "docs", "privacy.md"), "utf8");
await writeFile(join(OUT, "privacy-details.html"), detailsPage(details, outputsOf("pages").style));
await writeFile(join(OUT, "manifest.xml"), xml());
await writeFile(join(OUT, "manifest.json"), json());
for (const [name, text] of Object.entries(translations())) {
  await writeFile(join(OUT, name), text);
}

for (const path of await filesBelow(OUT)) {
  if (TEXT.test(path)) {
    await writeFile(`${path}.gz`, gzipSync(await readFile(path), { level: 9 }));
  }
}

/** What a page must load, as paths below the page's own folder. */
function outputsOf(page) {
  const entry = `src/${page}/main.tsx`;
  for (const [path, output] of Object.entries(outputs)) {
    if (output.entryPoint === entry) {
      const folder = relative(OUT, join(HERE, path, ".."));
      const name = (file) => (file ? `${folder}/${basename(file)}` : "");
      return { script: name(path), style: name(output.cssBundle) };
    }
  }
  throw new Error(`nothing was built from ${entry}`);
}

async function filesBelow(folder) {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name));
}
