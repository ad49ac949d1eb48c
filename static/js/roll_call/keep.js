/** Every page of the console keeps the copy of this device fresh, locked or not; it comes sealed, and is not read here. */
import { send } from "../console/http.js";
import { freshAt, keep, keeps } from "./device.js";
import { erase, read, safe } from "./store.js";

const TOO_OLD = 15000;
const APART = 3000;
const account = document.querySelector("[data-account]")?.dataset.account;
const build = document.querySelector('meta[name="build"]')?.content ?? "";
const ours = { worker: `/console/roll-call/sw.js?v=${encodeURIComponent(build)}`, beat: "/static/js/roll_call/beat.js" };
const policy = globalThis.trustedTypes?.createPolicy("worker", { createScriptURL: (url) => {
  if (!Object.values(ours).includes(url)) throw new TypeError("not a worker of ours");
  return url;
} }) ?? { createScriptURL: (url) => url };

/** Fetches a copy when the one that is kept is not fresh. */
export async function refreshCopy(now = false) {
  if (!(await keeps(account))) return;
  if (!now && Date.now() - (await freshAt()) < TOO_OLD) return;
  const answer = await fetch("/console/roll-call/copy", { headers: { Accept: "application/json" } }).catch(() => null);
  if (answer?.ok) await keep(account, await answer.json());
}

/** A lock that no desk heard is told now, before anything is read. */
async function lockFirst() {
  if (!(await read("lock"))) return;
  document.getElementById("page").hidden = true;
  await send("/console/lock");
  await erase("lock");
  location.href = "/console";
}

/** A call that begins, or goes on, is on the device within seconds: now, or when the last copy is long enough ago. */
let timer = 0;
async function soon() {
  if (timer) return;
  const wait = Math.max(0, (await freshAt()) + APART - Date.now());
  timer = setTimeout(() => { timer = 0; refreshCopy(true); }, wait);
}

if (account && safe()) {
  lockFirst().catch(() => {});
  navigator.serviceWorker?.register(policy.createScriptURL(ours.worker), { scope: "/console/roll-call" }).catch(() => {});
  new Worker(policy.createScriptURL(ours.beat)).onmessage = () => refreshCopy();
  refreshCopy();
  document.addEventListener("desk:changed", ({ detail: { topics } }) => { if (topics.includes("roll_call")) soon(); });
}
