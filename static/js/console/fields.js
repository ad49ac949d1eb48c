/** What a form holds, as the desk wants to hear it; and what the desk says about each field. */
import { chosen } from "./combo.js";

/** The values of a form. `data-changed-only` sends what differs from how it came, `data-always` in any case. */
export function values(form) {
  const found = {};
  const changedOnly = form.hasAttribute("data-changed-only");
  for (const field of form.elements) {
    if (!field.name || field.disabled || (field.type === "radio" && !field.checked)) continue;
    if (changedOnly && !field.hasAttribute("data-always") && !changed(field)) continue;
    const value = one(field);
    if (field.hasAttribute("data-omit-empty") && value === "") continue;
    found[field.name] = value;
  }
  return found;
}

function one(field) {
  if (field.getAttribute("role") === "combobox") return chosen(field);
  if (field.type === "checkbox") return field.checked;
  if (field.dataset.type === "number") return field.value === "" ? null : Number(field.value);
  return field.value;
}

/** Whether a field differs from how the page came. */
export function changed(field) {
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.localName === "select") return [...field.options].some((option) => option.selected !== option.defaultSelected);
  if (field.getAttribute("role") === "combobox") return field.value !== field.defaultValue;
  return field.value !== field.defaultValue;
}

/** Puts a sentence at every field that the desk complained about, the rest at the foot; goes to the first. */
export function complain(form, problem) {
  clear(form);
  let first = null;
  const left = { ...problem.fields };
  for (const place of form.querySelectorAll("[data-error]")) {
    const name = place.dataset.error;
    const key = Object.keys(left).find((one) => one === name || (name && one.startsWith(`${name}.`)));
    if (!name || !key) continue;
    mark(place, left[key]);
    for (const one of Object.keys(left)) if (one === name || one.startsWith(`${name}.`)) delete left[one];
    const field = form.elements[name]?.length && !form.elements[name].tagName ? form.elements[name][0] : form.elements[name];
    field?.setAttribute?.("aria-invalid", "true");
    if (!first || first.compareDocumentPosition(place) & Node.DOCUMENT_POSITION_PRECEDING) first = place;
    if (first === place) first.field = field;
  }
  const rest = form.querySelector('[data-error=""]');
  if (rest && (!first || Object.keys(left).length)) mark(rest, first ? Object.values(left)[0] : problem.message);
  first?.field?.focus();
}

function mark(place, said) {
  const icon = document.getElementById("alert-icon")?.content.cloneNode(true);
  place.replaceChildren(...(icon ? [icon] : []), said);
}

/** Takes every complaint back. */
export function clear(form) {
  for (const place of form.querySelectorAll("[data-error]")) place.textContent = "";
  for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
}

document.addEventListener("input", ({ target }) => {
  if (!target.hasAttribute?.("aria-invalid")) return;
  target.removeAttribute("aria-invalid");
  const place = target.form?.querySelector(`[data-error="${target.name}"]`);
  if (place) place.textContent = "";
});
