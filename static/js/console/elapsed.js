/** How long somebody has waited: m:ss in the first hour, then hours and minutes; `minutes` counts whole minutes. */
import { now } from "../clock.js";
import { t } from "./words.js";

function words(seconds, as) {
  const minutes = Math.floor(seconds / 60);
  if (minutes >= 60) return t("hours", { h: Math.floor(minutes / 60), m: minutes % 60 });
  if (as === "minutes") return t("minutes", { n: minutes });
  return `${minutes}:${String(seconds % 60).padStart(2, "0")}`;
}

/** Brings every waiting time up to now. */
export function elapse() {
  const at = now();
  for (const element of document.querySelectorAll("[data-elapsed]")) {
    const seconds = Math.max(0, Math.floor((at - Date.parse(element.dataset.elapsed)) / 1000));
    const said = words(seconds, element.dataset.as);
    if (element.textContent !== said) element.textContent = said;
  }
}

function run() {
  elapse();
  setTimeout(run, 1000 - (now() % 1000));
}
run();
