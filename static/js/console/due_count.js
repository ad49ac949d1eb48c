/** What Due now adds up to: its counts, the number of late ones in the title, one sentence and one sound at a change. */
import { say } from "../say.js";
import { chime } from "./sound.js";
import { badge } from "./title.js";
import { t } from "./words.js";

const box = document.querySelector("[data-now]");
const rung = new Set(); // rows that have been heard as late
const news = { soon: [], late: [] };

/** Counts the rows by their colour. */
export function recount() {
  const count = { late: 0, soon: 0, calm: 0 };
  const rows = [...box.querySelectorAll("#due > li[data-due]")];
  for (const row of rows) count[{ late: "late", soon: "soon", over: "soon" }[row.dataset.state] ?? "calm"] += 1;
  for (const [name, number] of Object.entries(count)) {
    const element = box.querySelector(`[data-count="${name}"]`);
    element.hidden = !number;
    element.textContent = t(name, { n: number });
  }
  box.dataset.state = worst(count);
  badge(count.late);
  inTab(rows.length, worst(count));
}

const worst = (count) => (count.late ? "late" : count.soon ? "soon" : "");

/** On a narrow page the list is behind a tab, which says how many there are. */
export function inTab(number = box?.querySelectorAll("#due > li[data-due]").length ?? 0, state = box?.dataset.state ?? "") {
  const figure = document.querySelector("[data-due-count]");
  if (!figure) return;
  figure.textContent = number;
  figure.dataset.state = state;
}

/** Rows that come in late, as after a lost connection, are heard like those that become late here. */
export function soundFor(rows) {
  for (const row of rows) if (row.dataset.state === "late") tell("late", row);
}

function tell(kind, row) {
  if (kind === "late" && rung.has(row.id)) return;
  if (kind === "late") rung.add(row.id);
  if (!news.soon.length && !news.late.length) queueMicrotask(speak);
  news[kind].push(row.dataset.words);
}

function speak() {
  const { soon, late } = news;
  const parts = [late.length && t("due_late", { what: late.join(t("and")) }), soon.length && t("due_soon", { what: soon.join(t("and")) })];
  say(parts.filter(Boolean).join(" "), late.length > 0);
  if (late.length) chime("late");
  news.soon = [];
  news.late = [];
}

if (box) {
  for (const row of box.querySelectorAll('#due > [data-state="late"]')) rung.add(row.id);
  for (const kind of ["soon", "over", "late"]) {
    box.addEventListener(`clock:${kind}`, ({ target }) => {
      if (kind !== "over") tell(kind, target);
      queueMicrotask(recount);
    });
  }
  recount();
}
