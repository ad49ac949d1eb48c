/** A box that finds a person while one types: arrows and Enter choose, a choice is kept as a reference. */
import { read } from "./http.js";
import { t } from "./words.js";

const WAIT = 90;

/** What the box holds: a reference, what was written, or null. */
export function chosen(input) {
  if (input.dataset.value) return input.dataset.type === "person" ? input.dataset.value : { ref: input.dataset.value };
  const written = input.value.trim();
  return written && input.closest("[data-free]") ? written : null;
}

/** Puts a known person into the box. */
export function choose(input, { value, name, department, presence }) {
  input.value = name;
  input.dataset.value = value;
  note(input, department, presence);
}

/** What is known of who was chosen: the department, and where they are when they are away. */
function note(input, words = "", away = "") {
  const combo = input.closest(".combo");
  for (const [place, said] of [["[data-chosen]", words], ["[data-whereabouts]", away]]) {
    const shown = combo.querySelector(place);
    if (shown) shown.textContent = said;
  }
  input.dataset.away = away;
}

function list(input) {
  return input.closest(".combo").querySelector(".options");
}

function close(input) {
  list(input).hidden = true;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

async function search(input) {
  const wanted = input.value.trim();
  if (!wanted) return close(input);
  let people = [];
  try {
    ({ people } = await read(`${input.closest(".combo").dataset.combo}?q=${encodeURIComponent(wanted)}`));
  } catch { /* what is written counts */ }
  if (input.value.trim() !== wanted || document.activeElement !== input) return;
  show(input, people, wanted);
}

function show(input, people, wanted) {
  const options = list(input);
  const kind = input.dataset.type;
  const rows = people.map((person, at) => option(options.id, at, { value: kind === "person" ? person.token : person.ref, ...person }));
  if (!rows.length) rows.push(nobody(options.id, wanted, input.closest("[data-free]")));
  options.replaceChildren(...rows);
  options.hidden = false;
  input.setAttribute("aria-expanded", "true");
  if (people.length) mark(input, rows[0]);
}

function option(id, at, person) {
  const row = Object.assign(document.createElement("li"), { id: `${id}-${at}`, person });
  row.setAttribute("role", "option");
  const parts = [["b", person.name], ["span", person.department], ["i", person.presence], ["small", person.written === person.name ? "" : person.written]];
  row.append(...parts.filter(([, words]) => words).map(([tag, words]) => Object.assign(document.createElement(tag), { textContent: words })));
  return row;
}

function nobody(id, wanted, free) {
  const row = Object.assign(document.createElement("li"), { id: `${id}-0` });
  row.setAttribute("role", "option");
  row.setAttribute("aria-disabled", "true");
  row.append(Object.assign(document.createElement("span"), { textContent: free ? t("as_text", { name: wanted }) : t("nobody") }));
  return row;
}

function mark(input, row) {
  for (const other of list(input).children) other.setAttribute("aria-selected", String(other === row));
  input.setAttribute("aria-activedescendant", row.id);
  row.scrollIntoView({ block: "nearest" });
}

function step(input, by) {
  const rows = [...list(input).children].filter((row) => row.person);
  if (!rows.length) return;
  const at = rows.findIndex((row) => row.getAttribute("aria-selected") === "true");
  mark(input, rows[(at + by + rows.length) % rows.length]);
}

function take(input, row) {
  if (row?.person) choose(input, row.person);
  close(input);
  input.dispatchEvent(new CustomEvent("combo:chosen", { bubbles: true }));
}

let timer = 0;
document.addEventListener("input", ({ target }) => {
  if (!target.closest?.(".combo") || target.getAttribute("role") !== "combobox") return;
  delete target.dataset.value;
  note(target);
  clearTimeout(timer);
  timer = setTimeout(search, WAIT, target);
});
document.addEventListener("keydown", (event) => {
  const input = event.target;
  if (!input.matches?.(".combo [role=combobox]") || event.isComposing || event.keyCode === 229) return;
  const open = !list(input).hidden;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (open) step(input, event.key === "ArrowDown" ? 1 : -1);
    else search(input);
  } else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    take(input, open ? list(input).querySelector('[aria-selected="true"]') : null);
  } else if (event.key === "Escape" && open) {
    event.stopPropagation();
    close(input);
  } else if (event.key === "Tab" && open) {
    const row = list(input).querySelector('[aria-selected="true"]');
    if (row?.person && !input.dataset.value) choose(input, row.person);
    close(input);
  }
}, true);
document.addEventListener("pointerdown", (event) => {
  const row = event.target.closest?.(".options [role=option]");
  if (!row) return;
  event.preventDefault();
  take(row.closest(".combo").querySelector("input"), row);
});
document.addEventListener("focusout", ({ target }) => { if (target.matches?.(".combo [role=combobox]")) close(target); });
