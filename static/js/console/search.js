/** The box in the bar: results under it while one types, arrows and Enter open one. */
import { parse } from "../fragment.js";
import { get } from "./http.js";
import { load } from "./sheet.js";

const form = document.querySelector("[data-seek]");
const input = form?.querySelector("input");
const box = document.getElementById("seek-found");
const WAIT = 120;
let timer = 0;

const rows = () => [...box.querySelectorAll('[role="option"]')];

function close() {
  box.hidden = true;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

async function search() {
  const wanted = input.value.trim();
  if (!wanted) return close();
  const response = await get(`/console/search?q=${encodeURIComponent(wanted)}`).catch(() => null);
  if (!response || input.value.trim() !== wanted || document.activeElement !== input) return;
  box.replaceChildren(parse(await response.text()));
  box.hidden = false;
  input.setAttribute("aria-expanded", "true");
  mark(rows()[0]);
}

function mark(row) {
  for (const other of rows()) other.setAttribute("aria-selected", String(other === row));
  if (row) input.setAttribute("aria-activedescendant", row.id);
  row?.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const all = rows();
  const at = all.findIndex((row) => row.getAttribute("aria-selected") === "true");
  if (all.length) mark(all[(at + by + all.length) % all.length]);
}

function leave() {
  close();
  input.value = "";
  input.blur();
}

async function open() {
  clearTimeout(timer);
  if (box.hidden) await search();
  const link = box.querySelector('[aria-selected="true"]');
  if (!link) return;
  leave();
  load(link.getAttribute("href"));
}

input?.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(search, WAIT); });
input?.addEventListener("focus", () => { if (input.value.trim()) search(); });
input?.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    step(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Escape") {
    event.stopPropagation();
    if (box.hidden) input.blur();
    else close();
  }
});
form?.addEventListener("submit", (event) => {
  event.preventDefault();
  open();
});
form?.addEventListener("focusout", (event) => { if (!form.contains(event.relatedTarget)) close(); });
box?.addEventListener("pointerdown", (event) => event.preventDefault());
box?.addEventListener("click", (event) => { if (event.target.closest("a[data-sheet]")) leave(); });
