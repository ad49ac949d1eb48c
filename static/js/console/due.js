/**
 * Due now after news: a row that was settled stays for a moment with the way back, and no row moves under the pointer
 * or while one has the focus. What waits is shown as soon as nobody aims any more.
 */
import { now, tick } from "../clock.js";
import { parse } from "../fragment.js";
import { say } from "../say.js";
import { recount, soundFor } from "./due_count.js";
import { send } from "./http.js";
import { morph } from "./morph.js";
import { toast } from "./toast.js";

const box = document.querySelector("[data-now]");
const LEAVES = 240;
const RESTS = 30000; // a hand that has not moved for so long aims at nothing, and nothing needs to stay for it
const CALM = 2000; // what was settled may leave from under a hand that has not moved for so long
const undo = new Map(); // row -> what takes back what was done here
let latest = "";
let over = false;
let movedAt = 0;
let refresh = () => {};

export const isHere = Boolean(box);
export const shownSeq = () => Number(box?.querySelector("#now").dataset.seq ?? 0);
/** Calls `again` after something was taken back. */
export const afterUndo = (again) => { refresh = again; };

/** Shows the list that the desk sent. */
export function apply(html) {
  latest = html;
  draw();
}

/** A row was settled with its button: it says so where it stands; from the keyboard the focus goes on to the next. */
export function settled(button, answer) {
  const row = button.closest("li");
  if (answer.undo) undo.set(row.id, answer.undo);
  say(answer.say ?? "");
  const next = button.matches(":focus-visible") ? neighbour(row) : null;
  if (next) next.focus();
  else button.blur();
}

/** Takes back what was settled last, while that is offered. */
export function takeBack() {
  const offered = [...undo.keys()].map((id) => document.getElementById(`${id}-u`)).filter((one) => one && !one.hidden);
  offered.at(-1)?.click();
}

function neighbour(row) {
  const rows = [...box.querySelectorAll("#due > li:not(.settled)")];
  const others = [...rows.slice(rows.indexOf(row) + 1), ...rows.slice(0, rows.indexOf(row)).reverse()];
  return others.map((one) => one.querySelector("[data-settle]")).find(Boolean);
}

const list = () => box.querySelector("#due");
const aimed = () => (over || list().contains(document.activeElement)) && performance.now() - movedAt < RESTS;
const isOver = (row) => row.dataset.shownUntil && Date.parse(row.dataset.shownUntil) <= now();

function draw() {
  const fresh = parse(latest).firstElementChild;
  for (const row of fresh.querySelectorAll("#due > .settled")) prepare(row);
  const held = aimed();
  if (held) keepPlaces(fresh.querySelector("#due"));
  else latest = "";
  const had = document.activeElement?.closest("#due > li");
  const after = had && neighbour(had);
  const added = morph(box.querySelector("#now"), fresh);
  for (const row of box.querySelectorAll("#due > .settled")) delete row.dataset.state;
  for (const row of added.filter((one) => one.matches("li"))) row.classList.add("fresh");
  if (had && document.activeElement === document.body) after?.focus({ preventScroll: true });
  soundFor(added);
  tick();
  recount();
}

/** A settled row is shown for its time only, and offers the way back only where it was settled. */
function prepare(row) {
  if (isOver(row)) return row.remove();
  row.hidden = false;
  const back = row.querySelector("[data-take-back]");
  if (back) back.hidden = !undo.has(row.id);
}

/** While somebody aims, rows stay where they are, those that have gone as well; new ones come at the end. */
function keepPlaces(fresh) {
  const coming = new Map([...fresh.children].map((row) => [row.id, row]));
  const kept = [...list().children].map((row) => coming.get(row.id) ?? gone(row));
  for (const row of kept) coming.delete(row.id);
  fresh.replaceChildren(...kept, ...coming.values());
}

function gone(row) {
  const shadow = row.cloneNode(true);
  shadow.classList.add("gone");
  shadow.removeAttribute("data-due");
  for (const button of shadow.querySelectorAll("button")) button.disabled = true;
  return shadow;
}

function release() {
  if (latest && !aimed()) draw();
}

/** Once a second: what was settled 8 seconds ago leaves. */
function expire() {
  release();
  if (!over || performance.now() - movedAt > CALM) for (const row of box.querySelectorAll("#due > .settled:not(.leaving)")) if (isOver(row)) leave(row);
  setTimeout(expire, 1000 - (now() % 1000));
}

function leave(row) {
  undo.delete(row.id);
  row.classList.add("leaving");
  setTimeout(() => row.remove(), LEAVES);
}

async function back(button) {
  const id = button.closest("li").id;
  button.disabled = true;
  try {
    say((await send("/console/undo", { seq: undo.get(id) })).say);
    undo.delete(id);
  } catch (problem) {
    toast(problem.message);
  }
  refresh();
}

if (box) {
  for (const event of ["pointermove", "pointerdown", "keydown", "focusin"]) box.addEventListener(event, () => { movedAt = performance.now(); });
  box.addEventListener("pointerover", ({ target }) => { over = Boolean(target.closest("#due")); release(); });
  box.addEventListener("pointerleave", () => { over = false; release(); });
  box.addEventListener("focusout", () => setTimeout(release));
  box.addEventListener("click", ({ target }) => { if (target.closest("[data-take-back]")) back(target.closest("button")); });
  box.addEventListener("keydown", (event) => { if (event.key === "Enter" && event.repeat) event.preventDefault(); });
  box.addEventListener("animationend", ({ target }) => target.classList.remove("fresh"));
  for (const row of box.querySelectorAll("#due > .settled")) prepare(row);
  expire();
}
