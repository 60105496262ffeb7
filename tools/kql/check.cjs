// Reads queries as Kusto does. Standard input: {"tables": {name: "(column: type, ...)"}, "queries": {name: text}}, as
// JSON. Standard output: what is wrong with each query, by its name: [[line, column, message], ...].
const fs = require("node:fs");
const from = process.argv[2];
require(`${from}/@kusto/language-service-next/bridge.min.js`);
require(`${from}/@kusto/language-service-next/Kusto.Language.Bridge.min.js`);

const { GlobalState, KustoCode, Symbols } = globalThis.Kusto.Language;
const { tables, queries } = JSON.parse(fs.readFileSync(0, "utf8"));
const symbols = Object.entries(tables).map(([name, schema]) => new Symbols.TableSymbol.$ctor7(name, schema, null));
const database = new Symbols.DatabaseSymbol.ctor("logs", symbols);
const globals = GlobalState.Default.WithDatabase(database);

const found = {};
for (const [name, text] of Object.entries(queries)) {
  const diagnostics = KustoCode.ParseAndAnalyze(text, globals).GetDiagnostics();
  found[name] = [];
  for (let at = 0; at < diagnostics.Count; at++) {
    const { Message, Start } = diagnostics.getItem(at);
    const before = text.slice(0, Start).split("\n");
    found[name].push([before.length, before.at(-1).length + 1, Message]);
  }
}
process.stdout.write(JSON.stringify(found));
