// A bare loop of grammY: loop.mjs BASE TOKEN COUNT SIDE_BY_SIDE TEXT; says how long it took, as JSON.
import { Api } from "grammy";

const [base, token, count, sideBySide, text] = process.argv.slice(2);
const api = new Api(token, { apiRoot: base });

async function send(numbers) {
  for (const chat of numbers) await api.sendMessage(chat, text, { parse_mode: "HTML" });
}

function* upTo(most) {
  for (let number = 1; number <= most; number += 1) yield number;
}

const together = (most) => {
  const left = upTo(most);
  return Promise.all(Array.from({ length: Number(sideBySide) }, () => send(left)));
};

await together(500); // connections are made, code is warm
const began = performance.now();
const used = process.cpuUsage();
await together(Number(count));
const spent = process.cpuUsage(used);
process.stdout.write(JSON.stringify({ seconds: (performance.now() - began) / 1000, cpu: (spent.user + spent.system) / 1e6 }));
