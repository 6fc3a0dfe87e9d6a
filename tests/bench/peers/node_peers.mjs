// Peers that run in Node, each in a process of its own: node_peers.mjs NAME QUESTION ANSWER.
import { readFileSync, writeFileSync } from "node:fs";

const [name, question, answer] = process.argv.slice(2);
const task = JSON.parse(readFileSync(question, "utf-8"));
const fields = Object.keys(task.weights);
const spaced = (query) => [...query.stems, ...query.synonyms].join(" ");
const numbered = (kind) => task.documents.map((document, number) => ({ id: String(number), ...document[kind] }));

async function miniSearch() {
  const { default: MiniSearch } = await import("minisearch");
  const index = new MiniSearch({ fields, idField: "id", tokenize: (text) => text.split(/\s+/) });
  index.addAll(numbered("stemmed"));
  const options = { boost: task.weights, fuzzy: 0.3, prefix: (term) => term.length > 3 };
  return [
    "MiniSearch BM25+, stems and synonyms given, field boosts, fuzzy 0.3, prefixes from 4 letters",
    (query) => index.search(spaced(query), options).slice(0, task.limit).map((hit) => Number(hit.id)),
  ];
}

async function orama() {
  const { create, insertMultiple, search } = await import("@orama/orama");
  const index = create({
    schema: Object.fromEntries(fields.map((field) => [field, "string"])),
    components: { tokenizer: { language: "custom", normalizationCache: new Map(), tokenize: (text) => text.split(/\s+/).filter(Boolean) } },
  });
  await insertMultiple(index, numbered("stemmed"));
  return [
    "Orama BM25, stems and synonyms given, field boosts, tolerance 1, threshold 1",
    async (query) => {
      const found = await search(index, { term: spaced(query), boost: task.weights, tolerance: 1, threshold: 1, limit: task.limit });
      return found.hits.map((hit) => Number(hit.id));
    },
  ];
}

async function fuse() {
  const { default: Fuse } = await import("fuse.js");
  const keys = fields.map((field) => ({ name: field, weight: task.weights[field] }));
  const index = new Fuse(numbered("plain"), { keys, ignoreLocation: true, threshold: 0.3, includeScore: true });
  return [
    "Fuse.js with field weights, ignoreLocation, threshold 0.3, question as typed",
    (query) => index.search(query.plain, { limit: task.limit }).map((hit) => Number(hit.item.id)),
  ];
}

const spent = (since) => { const used = process.cpuUsage(since); return (used.user + used.system) / 1000; };
const begin = process.cpuUsage();
const held = process.memoryUsage().rss;
const [settings, search] = await { minisearch: miniSearch, orama, fuse }[name]();
const outcome = {
  settings,
  results: [],
  milliseconds: [],
  build_seconds: spent(begin) / 1000,
  memory_mb: (process.memoryUsage().rss - held) / 1048576,
};
const deadline = performance.now() + task.seconds * 1000;
for (let round = 0; round < task.rounds; round += 1) {
  for (const [number, query] of task.queries.entries()) {
    if (performance.now() > deadline) break;
    const start = process.cpuUsage();
    const found = await search(query);
    const taken = spent(start);
    outcome.milliseconds[number] = Math.min(taken, outcome.milliseconds[number] ?? Infinity);
    outcome.results[number] = found;
  }
}
writeFileSync(answer, JSON.stringify(outcome));
