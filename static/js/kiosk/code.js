/** A question that is answered with a QR code held to the camera or with a short code on our own keys. */
import { call } from "./call.js";
import { close, open } from "./camera.js";
import { scan } from "./scan.js";
import { current, onStep } from "./steps.js";
import { onWipe } from "./visit.js";
import { put, word } from "./words.js";

/** `ask("leave", "/kiosk/departures", "pass", done)`: a scanned text is sent as `pass`, a typed one as `code`. */
export function ask(name, path, scanned, done) {
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
    line.textContent = "";
    try {
      const answer = await call("POST", path, body);
      if (current() === name) done(answer, body);
    } catch (problem) {
      if (problem.status === 429) put(line, "too_often");
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
    delete line.dataset.t;
    line.textContent = "";
    if (field.value.length === length) send({ code: field.value });
  });
  step.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    if (field.value) send({ code: field.value });
  });

  async function look() {
    const seen = await open(video);
    if (current() !== name) return close();
    step.classList.toggle("blind", !seen);
    stop = seen ? scan(video, (text) => send({ [scanned]: text.slice(0, 300) })) : () => {};
  }

  function put_away() {
    stop();
    close();
    field.value = "";
    line.textContent = "";
  }

  onStep(name, look, put_away);
  onWipe(put_away);
}
