/** Says how the connection is: the dot in the bar, and a strip when nothing has answered for two seconds. */
import { flush, kept } from "./outbox.js";
import { strip, unstrip } from "./strip.js";
import { toast } from "./toast.js";
import { t } from "./words.js";

const dot = document.querySelector("[data-live-state]");
const PATIENCE = 2000;
const BACK = 4000;
let since = 0;
let again = () => {};

/** Calls `retry` each second while nothing answers. */
export const afterLoss = (retry) => { again = retry; };

/** Something answered. */
export async function reached() {
  if (!since) return;
  const was = performance.now() - since >= PATIENCE;
  since = 0;
  unstrip("offline");
  show(false);
  const sent = await flush((problem, values) => toast(`${values.visitor_name ?? ""} ${problem.message}`.trim()));
  if (!was && !sent) return;
  strip("back", "back", sent ? t(sent === 1 ? "sent_later_one" : "sent_later", { n: sent }) : t("back"));
  setTimeout(() => unstrip("back"), BACK);
}

/** Nothing answered. */
export function lost() {
  if (since) return;
  since = performance.now();
  tick();
}

function tick() {
  if (!since) return;
  const seconds = Math.floor((performance.now() - since) / 1000);
  if (seconds >= PATIENCE / 1000) {
    unstrip("back");
    show(true);
    const count = kept();
    const said = count ? `${t("lost")} ${t(count === 1 ? "kept_one" : "kept", { n: count })}` : t("lost");
    strip("offline", "offline", said, `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`);
    again();
  }
  setTimeout(tick, 1000);
}

function show(away) {
  dot?.toggleAttribute("data-away", away);
  const words = dot?.querySelector("span");
  if (words) words.textContent = t(away ? "away" : "live");
}
