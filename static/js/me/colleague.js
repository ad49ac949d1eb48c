/** Somebody else goes: the search opens over the page, and rows follow what is typed. */
import { answers } from "./answer.js";
import { nodes } from "./fragment.js";

let asked = 0;

async function rows(form) {
  const turn = (asked += 1);
  const query = new URLSearchParams({ q: form.q.value.trim(), rows: 1 });
  const answer = await fetch(`${form.action}?${query}`, { headers: { Accept: "text/html" } });
  if (answer.ok && turn === asked) form.parentElement.querySelector("[data-rows]").replaceChildren(nodes(await answer.text()));
}

async function open(link) {
  const box = document.querySelector("dialog[data-pick]");
  const answer = await fetch(link.href, { headers: { Accept: "text/html" } });
  if (!box || !answer.ok || answer.redirected) return location.assign(link.href);
  const page = nodes(await answer.text());
  box.replaceChildren(...page.querySelectorAll("[data-seek], [data-rows]"));
  box.showModal();
  if (matchMedia("(hover: hover)").matches) box.querySelector("input")?.focus();
  else box.focus();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-colleague]");
  if (link && document.querySelector("dialog[data-pick]")) {
    event.preventDefault();
    open(link).catch(() => location.assign(link.href));
  }
  if (event.target.matches("dialog[data-pick]")) event.target.close();
});
document.addEventListener("input", ({ target }) => { if (target.form?.matches("[data-seek]")) rows(target.form).catch(() => {}); });
document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-seek]")) return;
  event.preventDefault();
  rows(event.target).catch(() => {});
});
if (document.querySelector(".mine.pick")) answers();
