/** The chimes for arrivals, calls and what has become late, and the switch for them; browsers keep quiet until the page has been touched once. */
import { say } from "../say.js";
import { t } from "./words.js";

const button = document.querySelector("[data-sound]");
const files = { arrival: "/static/sounds/arrival.wav", call: "/static/sounds/call.wav", late: "/static/sounds/late.wav" };
const ready = Object.fromEntries(Object.entries(files).map(([name, url]) => [name, Object.assign(new Audio(url), { preload: "auto" })]));
let on = localStorage.getItem("sound") !== "off";

function show() {
  button?.setAttribute("aria-pressed", String(on));
}

/** Plays once; says why when the browser does not let it. */
export async function chime(name = "arrival") {
  if (!on) return;
  try {
    ready[name].currentTime = 0;
    await ready[name].play();
    button?.removeAttribute("title");
  } catch {
    if (button) button.title = t("sound_blocked");
  }
}

button?.addEventListener("click", () => {
  on = !on;
  localStorage.setItem("sound", on ? "on" : "off");
  show();
  say(t(on ? "sound_on" : "sound_off"));
  chime();
});
show();
