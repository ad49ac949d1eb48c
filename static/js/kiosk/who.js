/** Finds the host while the visitor types; carries nothing about the visitor. */
import { say } from "../say.js";
import { call } from "./call.js";
import { go, onStep } from "./steps.js";
import { onWipe, visit } from "./visit.js";
import { foreign, run, word } from "./words.js";

const field = document.getElementById("who");
const list = document.getElementById("found");
const mode = document.body.dataset.hostMode;
const HAN = /\p{Script=Han}/gu;
let timer, asking;

const enough = (text) => (text.match(HAN) ?? []).length >= 2 || text.replace(/\s/g, "").length >= 3;

function choose(host) {
  Object.assign(visit, { host, invitation: null, pending: null });
  go("details");
}

function row(template, name, second, host) {
  const item = document.getElementById(template).content.cloneNode(true);
  const first = item.querySelector("b");
  first.append(...name);
  if (foreign(first.textContent)) first.lang = foreign(first.textContent);
  item.querySelector("span").append(second);
  item.querySelector("button").addEventListener("click", () => choose(host));
  return item;
}

function marked(name, marks) {
  const nodes = [];
  const part = (from, to) => [...name].slice(from, to).join(""); // marks count characters, and some take two units
  let at = 0;
  for (const [from, to] of marks) {
    const lit = document.createElement("em");
    lit.textContent = part(from, to);
    nodes.push(part(at, from), lit);
    at = to;
  }
  return [...nodes, part(at)].filter((node) => node !== "");
}

function show(people, typed) {
  list.replaceChildren(...people.map((person) => row("found-person", marked(person.name, person.marks ?? []), run(person.department ?? ""), person)));
  if (!people.length) list.append(row("found-text", [word("ask_for", { name: typed })], word("desk_helps"), { text: typed }));
  list.hidden = false;
  list.dataset.rows = people.length;
  say(people.length ? word("found", { n: people.length }) : word("found_none"));
}

async function search() {
  const typed = field.value.trim();
  asking?.abort();
  if (!enough(typed)) return void (list.hidden = true);
  if (mode === "blind") return show([], typed);
  asking = new AbortController();
  const query = new URLSearchParams({ q: typed, session: visit.search });
  try {
    const { people } = await call("GET", `/kiosk/people?${query}`, null, { signal: asking.signal });
    show(people, typed);
  } catch (error) {
    if (error.status) show([], typed);
  }
}

field.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(search, 300);
});
document.getElementById("who-form").addEventListener("submit", (event) => {
  event.preventDefault();
  list.querySelector("button")?.focus();
});
document.addEventListener("language", () => { if (!list.hidden) search(); });
document.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const keys = [field, ...list.querySelectorAll("button")];
  const at = keys.indexOf(document.activeElement);
  if (!step || at < 0 || list.hidden) return;
  event.preventDefault();
  keys[Math.max(0, Math.min(keys.length - 1, at + step))].focus();
});
onStep("who", () => field.focus({ preventScroll: true }));
onWipe(() => {
  clearTimeout(timer);
  asking?.abort();
  list.replaceChildren();
  list.hidden = true;
});
