/** The roll call at a desk that answers: marks go out at once, others' come in, and a desk that is gone changes nothing but the strip. */
import { now } from "../clock.js";
import { Away, get, newKey, read, send } from "../console/http.js";
import { toast } from "../console/toast.js";
import { parse } from "../fragment.js";
import { keeps } from "./device.js";
import * as list from "./list.js";
import { again, marks } from "./marking.js";
import * as outbox from "./outbox.js";
import { write } from "./store.js";

const APART = 300;
const EVERY = 3000;
const account = document.querySelector("[data-account]").dataset.account;
const page = document.querySelector(".roll-page");
const said = JSON.parse(document.getElementById("roll-words").textContent);
const waits = document.querySelector("[data-roll-waits]");
const ending = document.querySelector("[data-roll-end]");
const state = { busy: false, wanted: false, away: false, at: now(), stale: false, pressing: false };
const titles = (drill, time) => said[drill ? "begun_drill" : "begun"].replace("%(time)s", time);

/** Sends what waits, then asks what is new; once more when something happened meanwhile. */
async function pull() {
  if (state.busy) { state.wanted = true; return; }
  state.busy = true;
  state.wanted = false;
  try {
    await outbox.flush((url, values) => send(url, values), toast);
    await news();
    state.away = false;
    state.at = now();
  } catch (problem) {
    state.away = problem instanceof Away;
    if (!state.away && problem.status !== 423) toast(problem.message);
  } finally {
    state.busy = false;
    tell();
  }
  if (state.wanted) setTimeout(pull, APART);
}

async function news() {
  const { call, people, after } = list.shown();
  const fresh = await read(`/console/roll-call/state?call=${encodeURIComponent(call)}&after=${after}`);
  if ((fresh.call ?? "") !== call || (fresh.call ? fresh.people !== people : state.stale)) return renew();
  if (fresh.call) list.apply(fresh.marks);
}

async function renew() {
  state.stale = false;
  const section = parse(await (await get("/console/roll-call/list")).text()).firstElementChild;
  await released();
  const seeks = document.activeElement?.matches("[data-roll-seek]");
  document.getElementById("roll").replaceWith(section);
  list.take(section);
  if (seeks) section.querySelector("[data-roll-seek]").focus();
  again(account, titles);
}

/** Nothing changes under a thumb: waits while somebody presses, never longer than three seconds. */
async function released() {
  const until = Date.now() + 3000;
  while (state.pressing && Date.now() < until) await new Promise((on) => setTimeout(on, 40));
}

function tell() {
  const kept = outbox.count();
  waits.hidden = !kept && !state.away;
  const words = kept ? said[kept === 1 ? "kept_one" : "kept"].replace("%(n)s", kept) : said.waiting;
  waits.querySelector("span").textContent = words;
  ending.hidden = !list.isRunning();
  list.asOf(said.just.replace("%(time)s", list.timeOf(state.at)));
}

async function begin(drill) {
  try {
    await send("/console/roll-call", { drill }, newKey());
    await renew();
    return true;
  } catch (problem) {
    if (problem instanceof Away) return false;
    toast(problem.message);
    return true;
  } finally {
    tell();
  }
}

/** The button asks once more, then the call is over. */
async function end() {
  const words = ending.querySelector("span");
  if (!ending.hasAttribute("data-sure")) {
    ending.dataset.sure = words.textContent;
    words.textContent = document.getElementById("sure-end").content.textContent;
    return;
  }
  try {
    await outbox.flush((url, values) => send(url, values), toast);
    location.href = (await send(`/console/roll-call/${list.shown().call}/ending`)).go;
  } catch (problem) {
    toast(problem.message);
    pull();
  }
}

/** Locked without a desk: the page comes again and asks for the PIN; the desk hears of the lock when it is back. */
async function covered() {
  if (!(await keeps(account))) return;
  await write("lock", true);
  location.reload();
}

function calm() {
  if (!ending.hasAttribute("data-sure")) return;
  ending.querySelector("span").textContent = ending.dataset.sure;
  delete ending.dataset.sure;
}

list.take(document.getElementById("roll"));
marks(page, account, { sent: () => { tell(); return pull(); }, alone: () => state.away, begin, titles });
ending.addEventListener("click", end);
ending.addEventListener("blur", calm);
document.addEventListener("desk:changed", ({ detail: { topics } }) => {
  if (["visits", "presence", "rooms", "directory"].some((topic) => topics.includes(topic))) state.stale = true;
  if (topics.includes("roll_call")) pull();
});
document.addEventListener("desk:covered", covered);
page.addEventListener("pointerdown", () => { state.pressing = true; });
for (const event of ["pointerup", "pointercancel"]) addEventListener(event, () => setTimeout(() => { state.pressing = false; }));
setInterval(() => { if (state.away || state.stale || outbox.count() || now() - state.at > 15000) pull(); }, EVERY);
addEventListener("online", pull);
addEventListener("beforeunload", (event) => { if (outbox.count() && !globalThis.isSecureContext) event.preventDefault(); });
await outbox.load(account);
again(account, titles);
tell();
pull();
