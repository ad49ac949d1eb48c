/** A caller asks for somebody's number: two keys note it from the open pad, and what the person says to it comes by itself. */
import { parse } from "../fragment.js";
import { choose } from "./combo.js";
import { values } from "./fields.js";
import { get, send } from "./http.js";
import { refresh } from "./live.js";
import { morph } from "./morph.js";
import { done } from "./toast.js";

const pad = () => document.querySelector("form[data-pad]");
const asks = () => document.querySelector("[data-asks]");

/** Opens the question with whom the pad wants already in it; the answer that is given nearly always is one key away. */
function open(form, part) {
  const about = document.getElementById("pad-about");
  const { wanted } = form.elements;
  if (!about.value && wanted.dataset.value) {
    choose(about, { value: wanted.dataset.value, name: wanted.value, department: form.querySelector("[data-chosen]").textContent });
  }
  (about.dataset.value ? part.querySelector("button[value=declined_relayed]") : about).focus();
}

async function note(asked, outcome) {
  const form = pad();
  const button = asks().querySelector(`button[value="${outcome}"]`);
  if (button.hasAttribute("aria-busy")) return;
  button.setAttribute("aria-busy", "true");
  const caller = Object.fromEntries(["number", "caller_name", "caller_company"].map((name) => [name, form.elements[name].value]));
  try {
    done(await send(asked.getAttribute("action"), { ...values(asked), ...caller, outcome }), refresh);
    asks().open = false;
    asked.reset();
    choose(document.getElementById("pad-about"), { value: "", name: "" });
    form.elements.content.focus();
    await follow();
  } catch (problem) {
    asks().querySelector("[data-asks-error]").textContent = Object.values(problem.fields ?? {})[0] ?? problem.message;
    if (problem.fields?.about) document.getElementById("pad-about").focus();
  } finally {
    button.removeAttribute("aria-busy");
  }
}

/** Fetches what was asked for so far; a number that is being shown stays. */
async function follow() {
  const list = document.querySelector("form[data-pad] [data-asked]");
  if (!list) return;
  const fresh = parse(await (await get(document.getElementById("pad-asked").getAttribute("action"))).text());
  morph(list, fresh.querySelector("[data-asked]"));
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-pad-asked]")) return;
  event.preventDefault();
  note(event.target, event.submitter?.value ?? "declined_relayed");
});
document.addEventListener("toggle", ({ target }) => {
  if (!target.matches?.("[data-asks]")) return;
  target.querySelector("[data-asks-error]").textContent = "";
  if (target.open && pad()) open(pad(), target);
}, true);
document.addEventListener("keydown", (event) => {
  if (!event.altKey || event.code !== "KeyN" || !asks()) return;
  event.preventDefault();
  asks().open = !asks().open;
});
document.addEventListener("desk:changed", ({ detail: { topics } }) => { if (topics.includes("contacts")) follow().catch(() => {}); });
