/** What opens at the side: a visit, a person, a form. It lies over the board only, and asks once before it loses anything. */
import { tick } from "../clock.js";
import { parse } from "../fragment.js";
import { elapse } from "./elapsed.js";
import { get } from "./http.js";
import { morph } from "./morph.js";
import { toast } from "./toast.js";
import { t } from "./words.js";

const box = document.querySelector("[data-sheet-box]");
const veil = document.querySelector("[data-veil]");
const page = document.getElementById("page");
const loading = document.getElementById("loading");
const FRAME_AFTER = 300;
let came = null; // where the focus was
let dirty = false;
let onClose = null;
let pushed = false;

export const inside = () => box.firstElementChild;
export const isOpen = () => !box.hidden;
export const touched = () => { dirty = true; };
export const saved = () => { dirty = false; };

/** Shows `content` (a sheet's element); `close` is called when it goes. */
export function openSheet(content, { close = null, url = "" } = {}) {
  if (!isOpen()) came = document.activeElement;
  onClose?.();
  onClose = close;
  dirty = false;
  box.replaceChildren(content);
  stand();
  if (url && url !== location.pathname) {
    history[pushed ? "replaceState" : "pushState"]({ sheet: true }, "", url);
    pushed = true;
  }
  box.dispatchEvent(new CustomEvent("sheet:opened", { bubbles: true }));
  (content.querySelector("[data-first]") ?? box).focus();
}

/** Fetches a sheet and shows it; `focus` names the field to start in. */
export async function load(url, focus = "") {
  if (isOpen() && dirty && !(await mayClose())) return;
  const frame = setTimeout(() => { if (loading) openSheet(document.importNode(loading.content, true).firstElementChild); }, FRAME_AFTER);
  try {
    const response = await get(url);
    const html = await response.text();
    clearTimeout(frame);
    openSheet(parse(html).firstElementChild, { url });
    if (focus) box.querySelector(`[name="${focus}"]`)?.focus();
  } catch (problem) {
    clearTimeout(frame);
    if (inside()?.matches(".loading")) closeSheet();
    toast(problem.message);
  }
}

/** Fetches what is shown once more and changes only what is different; not while somebody writes in it. */
export async function refreshSheet(always = false) {
  const sheet = inside();
  if (!isOpen() || !sheet?.hasAttribute("data-refresh")) return;
  if (!always && (dirty || sheet.querySelector("input:focus, textarea:focus, select:focus, [aria-expanded='true']"))) return;
  try {
    const fresh = parse(await (await get(sheet.dataset.url)).text()).firstElementChild;
    if (inside() === sheet && fresh?.id === sheet.id) morph(sheet, fresh);
    tick();
    elapse();
  } catch { /* the next news brings it */ }
}

/** Closes; with something unsaved it asks once. */
export async function closeSheet(ask = false) {
  if (!isOpen() || (ask && dirty && !(await mayClose()))) return;
  const home = inside()?.dataset.home ?? "/console";
  onClose?.();
  onClose = null;
  dirty = false;
  box.hidden = veil.hidden = true;
  page.inert = false;
  box.replaceChildren();
  if (pushed) history.back();
  else if (location.pathname !== home && document.body.querySelector("[data-opened]")) history.replaceState(null, "", home);
  pushed = false;
  if (came?.isConnected) came.focus({ preventScroll: true });
  came = null;
}

function stand() {
  box.hidden = veil.hidden = false;
  page.inert = true;
  box.setAttribute("role", "dialog");
  box.setAttribute("aria-label", inside()?.dataset.label ?? "");
  box.scrollTop = 0;
  tick();
  elapse();
}

let asking = null;
function mayClose() {
  if (asking) return asking.answer(true);
  const strip = document.createElement("div");
  strip.className = "ask";
  strip.setAttribute("role", "alertdialog");
  const words = Object.assign(document.createElement("p"), { textContent: t("unsaved") });
  const stay = Object.assign(document.createElement("button"), { type: "button", className: "btn", textContent: t("keep_writing") });
  const drop = Object.assign(document.createElement("button"), { type: "button", className: "btn bare", textContent: t("drop") });
  strip.append(words, stay, drop);
  inside().append(strip);
  const back = document.activeElement;
  stay.focus();
  return new Promise((settle) => {
    const answer = (leave) => {
      strip.remove();
      asking = null;
      if (!leave) back?.focus();
      settle(leave);
      return Promise.resolve(false);
    };
    asking = { answer };
    stay.addEventListener("click", () => answer(false));
    drop.addEventListener("click", () => answer(true));
  });
}

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.target.closest("[data-close]")) return closeSheet(true);
  if (event.target.closest("[data-veil]")) return closeSheet(true);
  const link = event.target.closest("a[data-sheet], [data-sheet-url]");
  if (!link) return;
  event.preventDefault();
  load(link.dataset.sheetUrl ?? link.getAttribute("href"), link.dataset.focus);
});
box?.addEventListener("input", ({ target }) => { if (target.closest("form") && !target.hasAttribute("data-badge-back")) dirty = true; });
addEventListener("popstate", () => { if (pushed && isOpen()) { pushed = false; closeSheet(); } });
if (box && !box.hidden) stand();
