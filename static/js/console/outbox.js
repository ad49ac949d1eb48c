/** Entries that could not be sent: kept in this page's memory only, sent with the same key when the desk answers again. */
import { Away, send } from "./http.js";
import { t } from "./words.js";

const waiting = [];
let sending = false;

export const kept = () => waiting.length;

/** Keeps an entry for later. */
export function keep(url, values, key, done) {
  waiting.push({ url, values, key, done });
}

/** Sends what waits, in order; gives how many went out. What the desk refuses is told and not tried again. */
export async function flush(refused) {
  if (sending) return 0;
  sending = true;
  let sent = 0;
  try {
    while (waiting.length) {
      const { url, values, key, done } = waiting[0];
      try {
        done?.(await send(url, values, key));
        sent += 1;
      } catch (problem) {
        if (problem instanceof Away) break;
        refused(problem, values);
      }
      waiting.shift();
    }
  } finally {
    sending = false;
  }
  return sent;
}

addEventListener("beforeunload", (event) => {
  if (!waiting.length) return;
  event.preventDefault();
  event.returnValue = t("leave_unsent");
});
