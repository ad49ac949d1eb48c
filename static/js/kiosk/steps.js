/** Shows one step at a time; the heading of a new step takes the focus, so that it is read out. */
import { hush } from "../say.js";
import { speak } from "./words.js";
import { onWipe, wipe } from "./visit.js";

const steps = new Map([...document.querySelectorAll("[data-step]")].map((step) => [step.dataset.step, step]));
let trail = ["start"];

export const current = () => trail.at(-1);
export const has = (name) => steps.has(name);

function show(name, focus = true) {
  for (const [key, step] of steps) step.hidden = key !== name;
  document.body.dataset.at = name;
  scrollTo(0, 0);
  const step = steps.get(name);
  if (focus) step.querySelector("h1")?.focus({ preventScroll: true });
  step.dispatchEvent(new CustomEvent("step", { bubbles: true, detail: name }));
}

export function go(name) {
  const before = trail.indexOf(name);
  trail = before >= 0 ? trail.slice(0, before + 1) : [...trail, name];
  show(name);
}

export function back() {
  trail.pop();
  if (trail.length > 1) show(current());
  else wipe();
}

/** Runs `enter` whenever the step comes up, and `leave` when another one does. */
export function onStep(name, enter, leave = () => {}) {
  let inside = false;
  document.addEventListener("step", ({ detail }) => {
    if (detail === name) enter(steps.get(name));
    else if (inside) leave();
    inside = detail === name;
  });
}

onWipe(() => {
  hush();
  trail = ["start"];
  speak(document.documentElement.dataset.default);
  show("start", document.documentElement.dataset.wiped !== undefined);
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-go], [data-back], [data-exit]");
  if (!button || button.ariaDisabled === "true") return;
  if (button.dataset.go) go(button.dataset.go);
  else if ("back" in button.dataset) back();
  else wipe();
});
