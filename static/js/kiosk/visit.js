/** What one visitor has told this page, kept in memory only, and how it is forgotten. */
import { clear } from "./words.js";

const root = document.documentElement;
const forgetters = new Set();

export const visit = {};

const random = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** A key that is kept over retries and changed when the visit's content was refused. */
export const newKey = () => { visit.key = random(); };

/** Runs `forget` whenever the page is wiped. */
export const onWipe = (forget) => forgetters.add(forget);

/** Leaves nothing of this visitor in the page and goes back to the start. */
export function wipe() {
  for (const name of Object.keys(visit)) delete visit[name];
  Object.assign(visit, { key: random(), search: random(), host: null, invitation: null, drink: null, photo: null, signature: null, pending: null });
  for (const form of document.forms) form.reset();
  for (const field of document.querySelectorAll("input:not([type=radio], [type=checkbox])")) field.value = "";
  document.querySelectorAll(".err").forEach(clear);
  for (const field of document.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close();
  for (const forget of forgetters) forget();
  root.dataset.wiped = String(Number(root.dataset.wiped ?? 0) + 1);
}
