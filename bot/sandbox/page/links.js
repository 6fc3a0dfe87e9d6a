// What an address means here: many t.me links have a meaning inside this test world.

const HOSTS = new Set(["t.me", "telegram.me", "telegram.dog"]);
const PAYLOAD = /^[A-Za-z0-9_-]{1,64}$/;

/**
 * Read an address. Returns one of `{kind: "start", payload}`, `{kind: "bot"}`, `{kind: "group", payload}`,
 * `{kind: "share", url, text}`, `{kind: "user", id}`, `{kind: "chat", url, name, message}` (another chat of Telegram),
 * `{kind: "outside", url}`, `{kind: "refused", url}` (a scheme that is not opened).
 */
export function meaning(address, botName) {
  let url;
  try {
    url = new URL(address);
  } catch {
    return { kind: "refused", url: address };
  }
  if (url.protocol === "tg:") return tg(url, botName);
  if (!/^https?:$/.test(url.protocol)) return { kind: "refused", url: address };
  if (!HOSTS.has(url.hostname.replace(/^www\./, ""))) return { kind: "outside", url: url.href };
  const [first = "", second = ""] = url.pathname.split("/").filter(Boolean);
  if (first === "share") return share(url.searchParams);
  if (first.toLowerCase() !== botName.toLowerCase() || second)
    return { kind: "chat", url: url.href, name: first, message: Number(second) || null };
  return ofBot(url.searchParams);
}

function tg(url, botName) {
  const action = url.hostname || url.pathname.replace(/^\/+/, "");
  const asked = url.searchParams;
  if (action === "resolve" && (asked.get("domain") ?? "").toLowerCase() === botName.toLowerCase()) return ofBot(asked);
  if (action === "msg_url" || action === "msg") return share(asked);
  if (action === "user" && asked.get("id")) return { kind: "user", id: Number(asked.get("id")) };
  return { kind: "chat", url: url.href, name: asked.get("domain") ?? "", message: Number(asked.get("post")) || null };
}

const share = (asked) => ({ kind: "share", url: asked.get("url") ?? "", text: asked.get("text") ?? "" });

function ofBot(asked) {
  const payload = asked.get("start") ?? "";
  if (PAYLOAD.test(payload)) return { kind: "start", payload };
  const group = asked.get("startgroup") ?? asked.get("startchannel");
  if (group !== null)
    return { kind: "group", payload: PAYLOAD.test(group) ? group : "", channel: asked.has("startchannel") };
  return { kind: "bot" };
}
