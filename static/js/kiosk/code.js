/** A question that is answered with a QR code held to the camera or with a short code on our own keys. */
import { call } from "./call.js";
import { close, open } from "./camera.js";
import { scan } from "./scan.js";
import { current, onStep } from "./steps.js";
import { onWipe } from "./visit.js";
import { clear, put, word } from "./words.js";

/** `ask("leave", "/kiosk/departures", "pass", done)`: a scanned text is sent as `pass`, a typed one as `code`; `unknown` is said of one that opens nothing. */
export function ask(name, path, scanned, done, unknown = "") {
  const step = document.querySelector(`[data-step="${name}"]`);
  const field = step.querySelector("input");
  const line = step.querySelector(".err");
  const video = step.querySelector("video");
  const length = Number(step.dataset.length);
  let stop = () => {};
  let busy = false;

  async function send(body) {
    if (busy) return;
    busy = true;
    clear(line);
    try {
      const answer = await call("POST", path, body);
      if (current() === name) done(answer, body);
    } catch (problem) {
      const key = { 404: unknown, 409: "already_left", 410: "already_left", 429: "too_often" }[problem.status];
      if (key) put(line, key);
      else line.textContent = problem.message || word("not_sent");
      field.setAttribute("aria-invalid", "true");
      field.select();
    } finally {
      busy = false;
    }
  }

  field.addEventListener("input", () => {
    const at = field.selectionStart;
    field.value = field.value.toUpperCase().replace(/[^A-Z0-9]/g, "");
    field.setSelectionRange(at, at);
    field.removeAttribute("aria-invalid");
    clear(line);
    if (field.value.length === length) send({ code: field.value });
  });
  step.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    if (field.value) send({ code: field.value });
  });

  async function look() {
    const seen = await open(video);
    if (current() !== name) return;
    step.classList.toggle("blind", !seen);
    if (!seen) field.focus({ preventScroll: true });
    stop = seen ? scan(video, (text) => send({ [scanned]: text.slice(0, 300) })) : () => {};
  }

  function putAway() {
    stop();
    close();
    field.value = "";
    clear(line);
  }

  onStep(name, look, putAway);
  onWipe(putAway);
}
