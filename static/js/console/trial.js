/** A trial of e-mail or printer: asked for, then watched until it is settled; what is said stands beside the button. */
import { read, send } from "./http.js";

const APART = 700; // milliseconds between two looks
const PATIENCE = 10 * 60_000;

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-try]");
  if (button && !button.hasAttribute("aria-busy")) run(button, button.closest("[data-trial]"));
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches("[data-trial] input")) return;
  event.preventDefault();
  event.target.closest("[data-trial]").querySelector("[data-try]").click();
});

async function run(button, trial) {
  const line = trial.querySelector("[data-outcome]");
  const fields = [...trial.querySelectorAll("[data-key]")];
  button.setAttribute("aria-busy", "true");
  tell(line, { text: "" });
  for (const field of fields) field.removeAttribute("aria-invalid");
  try {
    const { at } = await send(trial.dataset.trial, Object.fromEntries(fields.map((field) => [field.dataset.key, field.value.trim()])));
    button.removeAttribute("aria-busy");
    await watch(at, line);
  } catch (problem) {
    const wrong = fields.find((field) => problem.fields?.[field.dataset.key]);
    wrong?.setAttribute("aria-invalid", "true");
    tell(line, { text: problem.fields?.[wrong?.dataset.key] ?? problem.message, over: true });
  } finally {
    button.removeAttribute("aria-busy");
  }
}

/** Looks until nothing more becomes of it, or somebody tries once more. */
async function watch(at, line) {
  const mine = (line.dataset.at = at);
  const end = performance.now() + PATIENCE;
  while (line.dataset.at === mine && performance.now() < end) {
    const told = await read(at);
    if (line.dataset.at !== mine) return;
    tell(line, told);
    if (told.over) return;
    await new Promise((resume) => setTimeout(resume, APART));
  }
}

function tell(line, { text, well = false, over = false }) {
  const icon = over ? document.getElementById(well ? "back-icon" : "alert-icon")?.content.cloneNode(true) : null;
  if (line.textContent !== text || over) line.replaceChildren(...(icon ? [icon] : []), text);
  line.classList.toggle("done", well);
}
