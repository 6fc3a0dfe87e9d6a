// Times and sizes as the page writes them, in this machine's timezone.

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const dayMonth = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long" });
const full = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric" });
const exact = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeStyle: "medium" });
const short = new Intl.DateTimeFormat("en-GB", { day: "2-digit", month: "2-digit", year: "2-digit" });

const at = (unix) => new Date(unix * 1000);

const whole = new Intl.DateTimeFormat("en-GB", {
  weekday: "short",
  day: "numeric",
  month: "long",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
});

/** "Mon, 30 November 2026, 09:00", in the reader's timezone. */
export const moment = (unix) => whole.format(at(unix)).replace(" at ", ", ");

/** "14:05". */
export const timeOf = (unix) => clock.format(at(unix));

/** The whole moment, for a tooltip. */
export const exactly = (unix) => exact.format(at(unix));

/** A key that is equal for moments of one day here. */
export const dayKey = (unix) => at(unix).toDateString();

/** "Today", "Yesterday", "12 October" or with the year where it is another. */
export function dayName(unix, now) {
  if (dayKey(unix) === dayKey(now)) return "Today";
  if (dayKey(unix) === dayKey(now - 86400)) return "Yesterday";
  return at(unix).getFullYear() === at(now).getFullYear() ? dayMonth.format(at(unix)) : full.format(at(unix));
}

/** The time today, the date before: for the list of chats. */
export const briefly = (unix, now) => (dayKey(unix) === dayKey(now) ? timeOf(unix) : short.format(at(unix)));

/** Bytes as "12 B", "3.4 KB", "5.1 MB". */
export function sizeOf(bytes) {
  if (!Number.isFinite(bytes)) return "";
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** Seconds as "1:05". */
export const lengthOf = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
