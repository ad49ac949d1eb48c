/** While a roll call runs every page of the console says so, and leads there. */
import { read } from "../console/http.js";
import { chime } from "../console/sound.js";

const strip = document.querySelector("[data-roll-strip]");

async function follow() {
  const { call, drill, title } = await read("/console/roll-call/state").catch(() => ({ call: undefined }));
  if (call === undefined) return;
  if (call && strip.hidden) chime("call");
  strip.hidden = !call;
  strip.toggleAttribute("data-drill", Boolean(drill));
  if (call) strip.querySelector("[data-roll-title]").textContent = title;
}

if (strip && !document.querySelector("[data-locked]")) {
  document.addEventListener("desk:changed", ({ detail: { topics } }) => { if (topics.includes("roll_call")) follow(); });
  document.addEventListener("desk:connected", follow);
}
