/** Two soft notes when somebody comes. Browsers allow it after one touch, so until then the page says that it is silent. */
import { onChange } from "./page.js";

const NOTES = [[659.25, 0], [880, 0.16]];
const button = document.querySelector("[data-sound]");
const known = new Set();
let context = null;
let wanted = true;

function show() {
  button?.setAttribute("aria-pressed", String(wanted && context?.state === "running"));
}

async function wake() {
  context ??= new AudioContext();
  await context.resume();
  show();
}

export function play() {
  if (!wanted || context?.state !== "running") return;
  const at = context.currentTime + 0.02;
  for (const [pitch, after] of NOTES) {
    const tone = new OscillatorNode(context, { type: "sine", frequency: pitch });
    const loud = new GainNode(context, { gain: 0 });
    loud.gain.setValueAtTime(0, at + after);
    loud.gain.linearRampToValueAtTime(0.32, at + after + 0.02);
    loud.gain.exponentialRampToValueAtTime(0.001, at + after + 0.9);
    tone.connect(loud).connect(context.destination);
    tone.start(at + after);
    tone.stop(at + after + 1);
  }
}

function tap() {
  const on = button.getAttribute("aria-pressed") === "true";
  wanted = !on;
  if (wanted) wake().then(play);
  else show();
}

export function sound() {
  onChange((calls) => {
    const fresh = calls.filter(({ ring, open }) => open && !known.has(ring));
    for (const { ring } of calls) known.add(ring);
    if (fresh.length) play();
  });
  document.addEventListener("clock:late", play);
  button?.addEventListener("click", tap);
  document.addEventListener("pointerdown", ({ target }) => { if (wanted && !target.closest("[data-sound]")) wake().catch(() => {}); }, { once: true });
  wake().catch(() => {});
  show();
}
