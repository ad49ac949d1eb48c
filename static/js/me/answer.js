/** One tap answers: the button shows that it is on its way, the page what the visitor sees, and a repeat never answers twice. */
import { say } from "../say.js";
import { live, refresh } from "./page.js";

const PATIENCE = 20; // times three seconds
const words = JSON.parse(document.getElementById("words")?.textContent ?? "{}");
const refused = document.querySelector("[data-refused]");
const lost = document.querySelector("[data-lost]");

async function send(form, button) {
  const body = new URLSearchParams(new FormData(form));
  if (button?.name) body.set(button.name, button.value);
  const csrf = document.querySelector('meta[name="csrf"]').content;
  const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json", "X-CSRF-Token": csrf, "Idempotency-Key": form.dataset.key } });
  if (answer.status === 401) return location.assign("/sign-in?next=/me");
  if (!answer.ok && answer.status < 500) throw new Error((await answer.json()).detail);
  if (!answer.ok) throw new TypeError(String(answer.status));
}

/** The network may be away for a minute; the key is the same each time, so it counts once. */
async function sendUntilItArrives(form, button) {
  for (let tries = 1; ; tries += 1) {
    try {
      return await send(form, button);
    } catch (error) {
      if (!(error instanceof TypeError) || tries >= PATIENCE) throw error;
      if (lost) lost.hidden = false;
      await new Promise((next) => { setTimeout(next, 3000); });
    }
  }
}

function told(sentence) {
  if (!refused) return;
  refused.textContent = sentence;
  refused.hidden = !sentence;
  if (sentence) setTimeout(() => { refused.hidden = true; }, 8000);
}

async function answer(event) {
  const form = event.target.closest?.("form[data-answer]");
  if (!form) return;
  event.preventDefault();
  if (form.getAttribute("aria-busy") === "true") return;
  form.dataset.key = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
  form.setAttribute("aria-busy", "true");
  event.submitter?.setAttribute("data-tapped", "");
  try {
    await sendUntilItArrives(form, event.submitter);
    if (lost) lost.hidden = true;
    told("");
    document.querySelector("dialog[open]")?.close();
    if (event.submitter?.name !== "tap") form.closest("[popover]")?.hidePopover();
    say(form.dataset.done ?? words.answered ?? "");
  } catch (error) {
    told(error instanceof TypeError ? words.failed : error.message);
  }
  form.removeAttribute("aria-busy");
  event.submitter?.removeAttribute("data-tapped");
  if (live()) await refresh({ all: true }).catch(() => {});
  else location.assign("/me");
}

export function answers() {
  document.addEventListener("submit", answer);
}
