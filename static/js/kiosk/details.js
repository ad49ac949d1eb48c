/** The visitor's own part: name, company, purpose, and the tick. */
import { go, has, onStep } from "./steps.js";
import { send } from "./send.js";
import { onWipe, visit } from "./visit.js";
import { clear, put } from "./words.js";

const form = document.getElementById("details");
const field = form.elements;
const host = document.getElementById("host");
const label = document.querySelector("#send span");
const NEEDS_COMPANY = document.body.dataset.companyPurposes.split(" ");

const hostName = () => visit.host?.name ?? "";

function showHost() {
  const { name, department, text } = visit.host;
  if (name) put(host, "here_for", { name, department: department ?? "" });
  else put(host, "here_for_text", { name: text });
  document.getElementById("change-host").hidden = Boolean(visit.invitation);
}

function labelCompany() {
  const free = field.purpose.value && !NEEDS_COMPANY.includes(field.purpose.value);
  put(document.getElementById("company-label"), free ? "company_free" : "company");
}

/** What the main button will do: go on to the next step, or register. */
export function labelButton() {
  if (has("drinks") || has("photo") || has("signature")) put(label, "go_on");
  else if (hostName()) put(label, "register_tell", { name: hostName() });
  else put(label, "register");
}

/** Shows a sentence at a field, by its key or as the server said it; none takes it away. False when there is no such field. */
export function fault(name, { key, text, values } = {}) {
  const line = document.getElementById(`${name}-err`);
  if (!line) return false;
  clear(line);
  if (key) put(line, key, values);
  else if (text) line.textContent = text;
  document.getElementById(name)?.toggleAttribute("aria-invalid", false);
  if (key || text) document.getElementById(name)?.setAttribute("aria-invalid", "true");
  return true;
}

export function focusFault() {
  const first = form.querySelector("[aria-invalid=true]");
  (first?.matches("fieldset") ? first.querySelector("input") : first)?.focus();
  return Boolean(first);
}

function check() {
  const empty = (name) => !field[name].value.trim();
  if (empty("visitor_name")) fault("visitor_name", hostName() ? { key: "need_name", values: { name: hostName() } } : { key: "need_name_plain" });
  if (NEEDS_COMPANY.includes(field.purpose.value) && empty("visitor_company")) fault("visitor_company", { key: "need_company" });
  if (!field.purpose.value) fault("purpose", { key: "need_purpose" });
  if (visit.notice?.consent_required !== false && !field.consent.checked) fault("consent", { key: "need_consent" });
  return !focusFault();
}

/** The next thing this kiosk asks for, or the registration itself; "" in place of a picture = the visitor wants none. */
export function onward() {
  if (has("drinks") && visit.drink === null) go("drinks");
  else if (has("photo") && visit.photo === null) go("photo");
  else if (has("signature") && visit.signature === null) go("signature");
  else send();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (visit.pending) send();
  else if (check()) onward();
});
form.addEventListener("input", (event) => {
  const name = event.target.closest("fieldset")?.id ?? event.target.id;
  if (name) fault(name);
  if (event.target.name === "purpose") labelCompany();
});
onStep("details", () => { showHost(); labelCompany(); if (!visit.pending) labelButton(); });
onWipe(() => {
  clear(host);
  put(label, "register");
});
