// Reads a query as Power Query does. Standard input: its text. Standard output, as JSON: "refused", [line, column, message]
// or null; "fields", each chain of fields that it reads of something, [name, ...]; "calls", what it calls with texts
// written out, [function, text, ...]; "records", the fields of each record that it makes; and "columns", those of a table's
// type.
const fs = require("node:fs");
const { DefaultSettings, TaskUtils } = require(`${process.argv[2]}/@microsoft/powerquery-parser`);

const plain = (literal) => literal.replace(/^#"(.*)"$/, "$1");
const nameOf = (selector) => plain(selector.content.literal);
const csv = (node) => node.content.elements.map((each) => each.node);

function* nodes(part) {
  if (part === null || typeof part !== "object") return;
  if (part.kind) yield part;
  for (const inner of Object.values(part)) yield* nodes(inner);
}

function placeOf(error) {
  // An error of the lexer names its line alone.
  const line = /line\(s\): (\d+)/.exec(error.message);
  const at = error.innerError?.foundToken?.token?.positionStart ?? error.innerError?.foundToken?.positionStart;
  return line ? [Number(line[1]), 1] : at ? [at.lineNumber + 1, at.lineCodeUnit + 1] : [1, 1];
}

async function read(text) {
  const task = await TaskUtils.tryLexParse(DefaultSettings, text);
  if (task.error) return { refused: [...placeOf(task.error), task.error.message], fields: [], calls: [], records: [], columns: [] };
  const fields = [];
  const calls = [];
  const records = [];
  const columns = [];
  const inChains = new Set();
  for (const node of nodes(task.ast)) {
    if (node.kind === "RecursivePrimaryExpression") {
      const steps = [node.head, ...node.recursiveExpressions.elements];
      const chain = steps.filter((step) => step.kind === "FieldSelector");
      for (const step of chain) inChains.add(step);
      if (chain.length) fields.push(chain.map(nameOf));
      const call = node.recursiveExpressions.elements[0];
      if (call.kind === "InvokeExpression" && node.head.kind === "IdentifierExpression") {
        const given = csv(call).filter((one) => one.kind === "LiteralExpression" && one.literalKind === "Text");
        if (given.length) calls.push([node.head.identifier.literal, ...given.map((one) => JSON.parse(one.literal))]);
      }
    } else if (node.kind === "FieldSelector" && !inChains.has(node)) {
      fields.push([nameOf(node)]);
    } else if (node.kind === "RecordExpression") {
      records.push(csv(node).map((pair) => plain(pair.key.literal)));
    } else if (node.kind === "FieldSpecification") {
      columns.push(plain(node.name.literal));
    }
  }
  return { refused: null, fields, calls, records, columns };
}

read(fs.readFileSync(0, "utf8")).then((found) => process.stdout.write(JSON.stringify(found)));
