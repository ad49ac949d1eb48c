/** The call pad: opens with one key, several at once; every key pressed is kept on the desk until the call is saved. */
import { arrangeCards } from "./cards.js";
import { read, send } from "./http.js";
import { closeSheet, load, saved } from "./sheet.js";

const KEEP_AFTER = 300;
const LOOK_AFTER = 250;
const SOMEBODY = ["message", "call_back"];
const NOTHING_SAID = ["wrong_number", "spam", "missed"];
let keeping = 0;
let looking = 0;

const pad = () => document.querySelector("form[data-pad]");
const newId = () => [...crypto.getRandomValues(new Uint8Array(5))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** Opens the pad that was written in last, over whatever is open; beside a pad a new one, for the second line. */
export async function callPad() {
  const mine = pad();
  if (!document.querySelector("[data-open=pad]")) return;
  if (mine) await keepNow(mine);
  await load(mine ? `/console/phone/pads/${newId()}` : "/console/phone");
}

/** What is in the fields, as the desk keeps it; empty when nobody has written anything. */
function written(form) {
  const fields = form.elements;
  const typed = ["number", "caller_name", "caller_company", "content", "call_back_number", "complaint"];
  const said = Object.fromEntries(typed.map((name) => [name, fields[name].value]));
  const became = fields.became.value;
  if (!became && !fields.wanted.value && !Object.values(said).some(Boolean)) return "";
  return JSON.stringify({
    ...said,
    became,
    wanted: { name: fields.wanted.value, value: fields.wanted.dataset.value ?? "", department: form.querySelector("[data-chosen]").textContent },
    transfer_result: fields.transfer_result.value,
    urgency: fields.urgency.value,
    spoken: fields.spoken.value,
    no_call_back: fields.no_call_back.checked,
    reply_required: fields.reply_required.checked,
    call_at: fields.call_at.value,
    back_of: fields.back_of.value,
  });
}

async function keepNow(form) {
  clearTimeout(keeping);
  try {
    await send(form.dataset.draft, { data: written(form) });
    saved();
  } catch { /* it is kept with the next key */ }
}

function keepSoon(form) {
  clearTimeout(keeping);
  keeping = setTimeout(() => { if (form.isConnected) keepNow(form); }, KEEP_AFTER);
}

/** Shows what the outcome asks for, and nothing else. */
function arrange(form) {
  const became = form.elements.became.value;
  const relayed = SOMEBODY.includes(became);
  const shown = {
    open: !became,
    transferred: became === "transferred" || Boolean(form.elements.transfer_result.value),
    said: !NOTHING_SAID.includes(became),
    relayed,
    message: became === "message",
  };
  for (const part of form.querySelectorAll("[data-for]")) part.hidden = !shown[part.dataset.for];
  for (const field of form.querySelectorAll("[data-for=transferred] input")) field.disabled = !shown.transferred;
  const button = form.querySelector("[data-save]");
  button.querySelector("[data-label]").textContent = relayed ? button.dataset.relayed : button.dataset.plain;
  if (relayed && !form.elements.call_back_number.value) form.elements.call_back_number.value = form.elements.number.value;
  arrangeCards(form);
}

function lookSoon(form, asked) {
  clearTimeout(looking);
  looking = setTimeout(() => look(form, asked), LOOK_AFTER);
}

/** Who is calling, as far as the desk knows them: one tap, or Alt and Enter, takes it over. */
async function look(form, asked) {
  const value = form.elements[asked === "number" ? "number" : "caller_name"].value.trim();
  const box = form.querySelector("[data-known]");
  if (value.length < (asked === "number" ? 5 : 1)) return show(box, []);
  const found = await read(`/console/phone/callers?${asked}=${encodeURIComponent(value)}`).catch(() => null);
  if (found && form.isConnected) show(box, found.callers.filter((caller) => !isTaken(form, caller)));
}

/** Whether this caller is what stands in the fields already. */
const isTaken = ({ elements: { caller_name, caller_company } }, { name, company }) => caller_name.value === name && caller_company.value === company;

function show(box, callers) {
  box.hidden = !callers.length;
  box.replaceChildren(...callers.map((caller) => {
    const row = Object.assign(document.createElement("button"), { type: "button", className: "caller", caller });
    const parts = [["b", caller.name], ["span", caller.company], ["small", caller.when], ["i", caller.open], ["em", caller.matters.join(" · ")]];
    row.append(...parts.filter(([, words]) => words).map(([tag, words]) => Object.assign(document.createElement(tag), { textContent: words })));
    return row;
  }));
}

function takeOver(form, caller) {
  const fields = form.elements;
  fields.caller_name.value = caller.name;
  fields.caller_company.value = caller.company;
  if (!fields.number.value) fields.number.value = caller.number;
  show(form.querySelector("[data-known]"), []);
  arrange(form);
  keepSoon(form);
  fields.wanted.focus();
}

async function throwAway(form) {
  clearTimeout(keeping);
  await send(form.dataset.draft, { data: "" }).catch(() => {});
  saved();
  closeSheet();
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-open=pad]")) return callPad();
  const form = pad();
  if (!form) return;
  const row = event.target.closest(".known .caller");
  if (row) takeOver(form, row.caller);
  else if (event.target.closest("[data-pad-drop]")) throwAway(form);
});
document.addEventListener("input", ({ target }) => {
  const form = pad();
  if (!form || target.form !== form) return;
  if (["number", "caller_name", "content", "call_back_number"].includes(target.name)) form.elements.read_back.checked = false;
  if (target.name === "number") lookSoon(form, "number");
  if (["caller_name", "caller_company"].includes(target.name)) lookSoon(form, "name");
  if (target.name === "became") focusNext(form, target.value);
  arrange(form);
  keepSoon(form);
});
document.addEventListener("combo:chosen", ({ target }) => {
  const form = pad();
  if (!form || target.form !== form) return;
  arrange(form);
  keepSoon(form);
  (form.elements.became.value ? form.elements.content : form.querySelector('[name="became"]')).focus();
});

/** Nothing is moved while somebody walks through the outcomes with arrows; a tap goes on to what is asked next. */
function focusNext(form, became) {
  if (form.dataset.by === "keys") return;
  if (!NOTHING_SAID.includes(became) && became !== "transferred") form.elements.content.focus();
}
document.addEventListener("pointerdown", () => { const form = pad(); if (form) form.dataset.by = "hand"; });
document.addEventListener("keydown", (event) => {
  const form = pad();
  if (form) form.dataset.by = "keys";
  if (event.altKey && event.code === "KeyP" && document.querySelector("[data-open=pad]")) { event.preventDefault(); callPad(); }
  if (form && event.altKey && event.key === "Enter") {
    const first = form.querySelector(".known .caller");
    if (first) { event.preventDefault(); takeOver(form, first.caller); }
  }
});
document.addEventListener("submit", ({ target }) => { if (target.matches("form[data-pad]")) clearTimeout(keeping); });
/** A pad that has just opened; when the exchange told who is on the line, what is known of them stands there at once. */
function begin() {
  const form = pad();
  if (!form) return;
  arrange(form);
  if (form.elements.number.value && !form.elements.caller_name.value) look(form, "number");
}
document.addEventListener("sheet:opened", begin);
begin();
