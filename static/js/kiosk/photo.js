/** A picture for the badge: taken, looked at, taken again or left out. It stays in memory until the visit is sent. */
import { close, open } from "./camera.js";
import { onward } from "./details.js";
import { onStep } from "./steps.js";
import { onWipe, visit } from "./visit.js";
import { put } from "./words.js";

const at = (id) => document.getElementById(`photo-${id}`);
const still = at("still");
const SIDE = 480; // pixels, as the badge prints it

function choosing(on) {
  at("live").hidden = at("take").hidden = on;
  still.hidden = at("choose").hidden = !on;
  put(at("h"), on ? "photo_taken" : "photo_q");
}

async function start() {
  choosing(false);
  at("take").disabled = true;
  const seen = await open(at("live"));
  at("live").closest(".step").classList.toggle("blind", !seen);
  at("take").hidden = at("skip").hidden = !seen;
  at("none").hidden = seen;
  at("take").disabled = false;
  put(at("say"), seen ? "photo_hint" : "no_camera");
}

function take() {
  const { videoWidth: width, videoHeight: height } = at("live");
  const side = Math.min(width, height);
  still.getContext("2d").drawImage(at("live"), (width - side) / 2, (height - side) / 2, side, side, 0, 0, SIDE, SIDE);
  close();
  choosing(true);
  at("use").focus();
}

function keep(picture) {
  visit.photo = picture;
  onward();
}

if (still) {
  at("take").addEventListener("click", take);
  at("again").addEventListener("click", start);
  at("use").addEventListener("click", () => keep(still.toDataURL("image/jpeg", 0.82)));
  for (const way of ["skip", "none"]) at(way).addEventListener("click", () => keep(""));
  onStep("photo", start, close);
  onWipe(() => { close(); still.getContext("2d").clearRect(0, 0, SIDE, SIDE); });
}
