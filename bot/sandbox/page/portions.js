// Long texts: Telegram's clients send what is over the limit as several messages.

/** Telegram: a message holds 4096 UTF-16 units. */
export const LIMIT = 4096;

/** Split a text into portions of at most `limit` units: at a blank line, a line, a word, and never inside a letter. */
export function portions(text, limit = LIMIT) {
  const out = [];
  let rest = text.trim();
  while (rest.length > limit) {
    const at = border(rest, limit);
    out.push(rest.slice(0, at).trimEnd());
    rest = rest.slice(at).trimStart();
  }
  return rest ? [...out, rest] : out;
}

function border(text, limit) {
  const head = text.slice(0, limit + 1);
  for (const gap of ["\n\n", "\n", " "]) {
    const at = head.lastIndexOf(gap);
    if (at > limit / 2) return at;
  }
  const split = text.charCodeAt(limit - 1) >= 0xd800 && text.charCodeAt(limit - 1) < 0xdc00;
  return split ? limit - 1 : limit;
}
