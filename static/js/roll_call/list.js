/** The list on the page: what was said of everybody, counts, filter and search. Knows no desk. */
import { now } from "../clock.js";
import { standing, stateOf, takesBack } from "./states.js";

const STAYS = 4000; // a row that was just marked stays where it is, so that none moves under a thumb
let root = null;
let rows = new Map(); // subject: { element, marks, state, shownAs, until }
let words = {};
let timer = 0;

const zone = document.documentElement.dataset.zone || undefined;
const language = document.documentElement.lang || undefined;
export const timeOf = (at) => new Date(at).toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone });
export const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** Takes the list that stands in `section`. */
export function take(section) {
  const before = { show: chosen(), wanted: root?.querySelector("[data-roll-seek]")?.value ?? "" };
  root = section;
  words = JSON.parse(root.dataset.words);
  rows = new Map([...root.querySelectorAll("[data-subject]")].map((element) => [element.dataset.subject, rowOf(element)]));
  if (before.show !== null) for (const one of root.querySelectorAll('[name="roll-show"]')) one.checked = one.value === before.show;
  root.querySelector("[data-roll-seek]").value = before.wanted;
  for (const row of rows.values()) show(row);
  settle();
}

function rowOf(element) {
  const marks = element.dataset.marks ? JSON.parse(element.dataset.marks) : [];
  return { element, marks, state: "", until: 0 };
}

/** What the list shows: the call, how long it is, the last mark it has. */
export const shown = () => ({ call: root.dataset.call, people: Number(root.dataset.people), after: Number(root.dataset.after) });
export const isRunning = () => root.hasAttribute("data-running");

/** Adds marks, each once. */
export function apply(marks, { just = false } = {}) {
  for (const mark of marks) {
    if (mark.id) root.dataset.after = String(Math.max(Number(root.dataset.after), mark.id));
    const row = rows.get(mark.subject);
    if (!row) continue;
    const known = row.marks.findIndex((one) => one.key === mark.key);
    if (known >= 0) row.marks[known] = mark;
    else row.marks.push(mark);
    show(row, just || known < 0);
  }
  settle();
}

/** A mark that a warden makes here, as the desk and the list take it. */
export function made(subject, state, by) {
  const { marks } = rows.get(subject);
  const at = new Date(now()).toISOString();
  return { subject, state, key: newKey(), at, withdraws: takesBack(marks, state, by) };
}

/** The same as the list shows it until the desk has heard it. */
export const local = (mark, by) => ({ ...mark, id: 0, by, who: words.me, time: timeOf(mark.at), kept: true });

function show(row, just = false) {
  const { element, marks } = row;
  const state = stateOf(marks);
  if (just && row.state && state !== row.state) row.until = performance.now() + STAYS;
  row.state = element.dataset.state = state;
  const stands = standing(marks);
  const said = new Set(stands.map((one) => one.state));
  element.toggleAttribute("data-contested", said.size > 1);
  for (const button of element.querySelectorAll("[data-mark]")) button.setAttribute("aria-pressed", String(said.has(button.dataset.mark)));
  element.querySelector('[data-mark="withdrawn"]').hidden = !stands.length;
  element.querySelector("[data-said]").replaceChildren(...marks.slice(-4).map((one) => line(one, stands)));
}

function line(mark, stands) {
  const element = document.createElement("li");
  element.textContent = [words[mark.state], mark.who, mark.time, mark.kept ? words.kept : ""].filter(Boolean).join(" ");
  element.toggleAttribute("data-gone", mark.state !== "withdrawn" && !stands.includes(mark));
  return element;
}

function chosen() {
  return root?.querySelector('[name="roll-show"]:checked')?.value ?? null;
}

/** Counts, and shows the rows that are wanted. */
export function settle() {
  const counts = { "": 0, open: 0, help: 0, not_found: 0, safe: 0 };
  const wanted = root.querySelector("[data-roll-seek]").value.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const state = isRunning() && !wanted.length ? chosen() : "";
  let seen = 0;
  let next = Infinity;
  for (const row of rows.values()) {
    const people = Number(row.element.dataset.party);
    counts[row.state] += people;
    counts[""] += people;
    const stays = row.until > performance.now();
    if (stays) next = Math.min(next, row.until);
    const fits = wanted.length ? wanted.every((word) => row.element.dataset.find.includes(word)) : !state || row.state === state || stays;
    row.element.hidden = !fits;
    seen += fits;
  }
  for (const figure of root.querySelectorAll("[data-count]")) figure.textContent = counts[figure.dataset.count];
  root.querySelector("[data-none]").hidden = seen > 0;
  clearTimeout(timer);
  if (next < Infinity) timer = setTimeout(settle, next - performance.now() + 50);
}

/** The list becomes that of a call which begins here. */
export function begins(key, drill, title) {
  root.dataset.call = key;
  root.setAttribute("data-running", "");
  root.toggleAttribute("data-drill", drill);
  root.querySelector("[data-title]").textContent = title;
  settle();
}

/** How old the list is. */
export function asOf(sentence) {
  const place = root?.querySelector("[data-asof]");
  if (place && place.textContent !== sentence) place.textContent = sentence;
}

document.addEventListener("input", ({ target }) => { if (target.matches?.("[data-roll-seek]")) settle(); });
document.addEventListener("change", ({ target }) => {
  if (target.name !== "roll-show") return;
  for (const row of rows.values()) row.until = 0;
  settle();
});
