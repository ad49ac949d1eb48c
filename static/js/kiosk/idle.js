/** Somebody walked away: after 45 seconds the page asks, after 60 it is wiped. */
import { now } from "../clock.js";
import { say } from "../say.js";
import { counting } from "./countdown.js";
import { current } from "./steps.js";
import { onWipe, wipe } from "./visit.js";
import { language, speak, word } from "./words.js";

const ASK = 45_000;
const WIPE = 60_000;
const veil = document.getElementById("veil");
const moon = document.getElementById("veil-moon");
let touched = Date.now();

export const untouched = () => Date.now() - touched;

function touch() {
  touched = Date.now();
  if (veil.open) veil.close();
}

function ask() {
  moon.dataset.start = new Date(now()).toISOString();
  moon.dataset.due = new Date(now() + WIPE - untouched()).toISOString();
  veil.showModal();
  document.getElementById("stay").focus();
  say(word("idle_clears", { n: Math.ceil((WIPE - untouched()) / 1000) }), true);
}

function look() {
  if (current() === "start") {
    if (untouched() >= WIPE && language() !== document.documentElement.dataset.default) speak(document.documentElement.dataset.default);
    if (untouched() >= WIPE && document.getElementById("notice").open) wipe();
    return;
  }
  if (counting()) return;
  if (untouched() >= WIPE) wipe();
  else if (untouched() >= ASK && !veil.open) ask();
}

for (const kind of ["pointerdown", "keydown", "input", "wheel"]) document.addEventListener(kind, touch, { capture: true, passive: true });
document.addEventListener("step", () => { touched = Date.now(); });
veil.addEventListener("cancel", touch);
onWipe(() => { delete moon.dataset.due; });
setInterval(look, 500);
