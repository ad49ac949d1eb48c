/**
 * Lets everything that counts tick once a second: rings, gauges, waiting times, the wall clock.
 *
 *   [data-due]      a countdown: .arc is what is left, [data-left] its m:ss; data-start, data-warn, data-breach are optional
 *   [data-since]    m:ss since a time, counting up
 *   [data-ago]      the same in words ("3 minutes ago")
 *   [data-turns]    a time at which what is shown may be something else by itself: the page hears `clock:turned`
 *   [data-clock]    the time of day, data-clock="s" with seconds, "ss" the seconds alone, in the zone of <html data-zone>
 *
 * A countdown that changes its state tells its page with a bubbling `clock:soon`, `clock:over` or `clock:late`.
 */
const root = document.documentElement;
let ahead = 0; // milliseconds the server's clock is ahead of this machine's

export const now = () => Date.now() + ahead;

/** Follows the server's clock; under two seconds the way the answer took is not worth a jump. */
export function follow(time) {
  const at = Date.parse(time ?? "");
  if (!Number.isNaN(at) && Math.abs(at - now()) > 2000) ahead = at - Date.now();
}

/** 95 → "1:35", -60 → "+1:00", 600 and more → whole minutes in the page's own words. */
export function text(seconds, minutes = "") {
  const s = Math.abs(seconds);
  if (minutes && seconds >= 600) return minutes.replace("#", Math.ceil(s / 60));
  return `${seconds < 0 ? "+" : ""}${Math.floor(s / 60)}:${String(s % 60).padStart(2, "0")}`;
}

/** "", "soon" from warn, "over" after due, "late" after breach (met exactly at breach is in time). */
export function state({ due, warn, breach }, at) {
  if (breach && at > Date.parse(breach)) return "late";
  if (at > Date.parse(due)) return "over";
  return warn && at >= Date.parse(warn) ? "soon" : "";
}

function countDown(element, at) {
  const due = Date.parse(element.dataset.due);
  const left = Math.ceil((due - Math.max(at, Date.parse(element.dataset.start ?? "") || 0)) / 1000);
  const figure = element.querySelector("[data-left]");
  if (figure) write(figure, text(left || 0, element.dataset.minutes));
  drawArc(element, due, at);
  const next = state(element.dataset, at);
  if (next === (element.dataset.state ?? "")) return;
  element.dataset.state = next;
  if (next) element.dispatchEvent(new CustomEvent(`clock:${next}`, { bubbles: true }));
}

function drawArc(element, due, at) {
  const arc = element.querySelector(".arc");
  if (!arc) return;
  const start = Date.parse(element.dataset.start ?? "");
  const share = at >= due ? (arc.dataset.foot ? 0 : 1) : start < due ? Math.min(1, (due - at) / (due - start)) : 1;
  const foot = share > 0 ? Number(arc.dataset.foot ?? 0) : 0;
  arc.setAttribute("stroke-dasharray", `${(foot + 100 * share).toFixed(1)} 200`);
}

function ago(element, at) {
  const minutes = Math.round((Date.parse(element.dateTime || element.dataset.ago) - at) / 60000);
  const words = new Intl.RelativeTimeFormat(root.lang || "en", { numeric: "auto" });
  const hours = Math.round(minutes / 60);
  write(element, Math.abs(minutes) < 60 ? words.format(minutes, "minute") : Math.abs(hours) < 24 ? words.format(hours, "hour") : words.format(Math.round(hours / 24), "day"));
}

function wallClock(element, at) {
  if (element.dataset.clock === "ss") return write(element, `:${String(Math.floor(at / 1000) % 60).padStart(2, "0")}`);
  const seconds = element.dataset.clock === "s" ? { second: "2-digit" } : {};
  write(element, new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", ...seconds, timeZone: root.dataset.zone }).format(at));
}

function turn(element, at) {
  if (!(at >= Date.parse(element.dataset.turns))) return;
  element.removeAttribute("data-turns");
  element.dispatchEvent(new CustomEvent("clock:turned", { bubbles: true }));
}

function write(element, words) {
  if (element.textContent !== words) element.textContent = words;
}

/** Brings everything on the page up to now; call it after new rows came in. */
export function tick() {
  const at = now();
  for (const element of document.querySelectorAll("[data-due]")) if (element.dataset.due) countDown(element, at);
  for (const element of document.querySelectorAll("[data-since]")) write(element, text(Math.max(0, Math.floor((at - Date.parse(element.dataset.since)) / 1000))));
  for (const element of document.querySelectorAll("[data-ago]")) ago(element, at);
  for (const element of document.querySelectorAll("[data-clock]")) wallClock(element, at);
}

function run() {
  tick();
  for (const element of document.querySelectorAll("[data-turns]")) turn(element, now());
  setTimeout(run, 1000 - (now() % 1000));
}

follow(document.querySelector('meta[name="now"]')?.content);
run();
