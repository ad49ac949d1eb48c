/**
 * Names shorten after a while without a touch, or at once by key; clocks and sounds go on, a password opens it. The desk
 * keeps the lock with the session, so every page of it follows.
 */
import { complain, clear } from "./fields.js";
import { onLocked, send } from "./http.js";
import { closeSheet, isOpen } from "./sheet.js";

const desk = document.querySelector(".desk");
const box = document.querySelector("[data-lock-box]");
const minutes = Number(desk?.dataset.lockMinutes ?? 15);
let touchedAt = Date.now();
let locked = false;
let unsent = false;

export const isLocked = () => locked;

/** Locks the session; the page comes back with short names. Without a connection it covers this page, and goes on asking. */
export async function lockNow() {
  if (locked || !box) return;
  if (isOpen()) await closeSheet();
  try {
    await send("/console/lock");
    location.href = "/console";
  } catch {
    show();
    unsent = true;
    document.getElementById("page").hidden = true;
    document.dispatchEvent(new CustomEvent("desk:covered"));
  }
}

/** What the desk says of the session: a page that shows something else comes again. */
export function follow(isLocked) {
  if (isLocked === locked || unsent) return;
  if (isLocked) show();
  location.reload();
}

function show() {
  if (locked || !box) return;
  locked = true;
  box.hidden = false;
  for (const part of desk.children) part.inert = true;
  box.querySelector("input").focus();
}

box?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const field = box.elements.password;
  clear(box);
  try {
    await send("/console/unlock", { password: field.value });
    location.reload();
  } catch (problem) {
    field.value = "";
    complain(box, problem);
    if (!problem.fields?.password) box.querySelector('[data-error="password"]').textContent = problem.message;
    field.focus();
  }
});

for (const event of ["pointerdown", "keydown", "wheel"]) addEventListener(event, () => { touchedAt = Date.now(); }, { passive: true, capture: true });
setInterval(() => {
  if (unsent) send("/console/lock").then(() => { location.href = "/console"; }, () => {});
  else if (!locked && Date.now() - touchedAt >= minutes * 60000) lockNow();
}, 1000);
document.addEventListener("click", (event) => { if (event.target.closest("[data-lock]")) lockNow(); });
onLocked(() => follow(true));
if (document.querySelector("[data-locked]")) show();
