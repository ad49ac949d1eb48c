/** The part of the page that changes: fetched when something did, put in place, and its news told to whoever listens. */
import { tick } from "../clock.js";
import { nodes } from "./fragment.js";

const listeners = [];
let fetching = null;
let again = false;

export const live = () => document.querySelector("[data-live]");
export const seq = () => Number(live()?.dataset.seq ?? 0);
export const calls = () => [...(live()?.querySelectorAll("[data-alert], [data-asked]") ?? [])].map(({ dataset }) => ({ token: dataset.alert ?? dataset.asked, alert: "alert" in dataset, ring: `${dataset.alert ?? dataset.asked} ${"again" in dataset}`, open: "open" in dataset, title: dataset.title, body: dataset.body }));

/** `heard(calls)` runs now and whenever the page shows something new. */
export function onChange(heard) {
  listeners.push(heard);
  heard(calls());
}

function put(html) {
  const focus = document.activeElement?.closest("[data-live]") ? document.activeElement.getAttribute("data-echo") : null;
  live().replaceWith(nodes(html));
  for (const part of live().querySelectorAll("template[data-for]")) place(part);
  tick();
  live().querySelector(".queue [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  if (focus) live().querySelector(`[data-echo="${CSS.escape(focus)}"]`)?.focus({ preventScroll: true });
  for (const heard of listeners) heard(calls());
}

/** Parts that stand elsewhere on the page; not under the hands of somebody who writes in them. */
function place(part) {
  const there = document.getElementById(part.dataset.for);
  if (there && !there.contains(document.activeElement?.closest("input:not([type=hidden])"))) there.replaceChildren(part.content);
  part.remove();
}

async function get(address) {
  const answer = await fetch(address, { headers: { Accept: "text/html" }, cache: "no-store" });
  if (answer.status === 423) return location.reload();
  if (answer.status === 401 || answer.redirected) return location.assign("/sign-in?next=/me");
  if (!answer.ok) throw new Error(String(answer.status));
  if (answer.status === 200) put(await answer.text());
}

/** The alert somebody looks at, as long as it waits for an answer: a new one takes the place of one that is answered. */
function looking() {
  const shown = live()?.dataset.shown ?? "";
  return calls().some((call) => call.token === shown && call.open) ? shown : "";
}

/** Brings the page up to date; `all` even when the server thinks it is, `show` another alert, `poll` when no socket is there. */
export async function refresh({ all = false, show = looking(), poll = false } = {}) {
  if (fetching && !all) return void (again = true);
  await fetching?.catch(() => {});
  const query = new URLSearchParams({ since: all ? 0 : seq(), alert: show, ...(poll ? { poll: 1 } : {}) });
  fetching = get(`/me/now?${query}`);
  try {
    await fetching;
  } finally {
    fetching = null;
  }
  if (again) {
    again = false;
    await refresh();
  }
}
