/** Names shorten after a while without a touch, or at once by key; clocks and sounds go on, a password opens it. */
import { complain, clear } from "./fields.js";
import { onLocked, send } from "./http.js";
import { closeSheet, isOpen } from "./sheet.js";

const desk = document.querySelector(".desk");
const box = document.querySelector("[data-lock-box]");
const minutes = Number(desk?.dataset.lockMinutes ?? 15);
let touchedAt = Date.now();
let locked = false;

export const isLocked = () => locked;

/** Locks this browser; the page comes back with short names. */
export async function lockNow() {
  if (locked || !box) return;
  if (isOpen()) await closeSheet();
  await send("/console/lock").catch(() => {});
  location.href = "/console";
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
setInterval(() => { if (!locked && Date.now() - touchedAt >= minutes * 60000) lockNow(); }, 5000);
document.addEventListener("click", (event) => { if (event.target.closest("[data-lock]")) lockNow(); });
onLocked(show);
if (document.querySelector("[data-locked]")) show();
