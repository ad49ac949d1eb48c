/** Filters of the register and the directory: they work while one types; "Earlier" adds the next page below. */
import { parse } from "../fragment.js";
import { get } from "./http.js";
import { morph } from "./morph.js";
import { toast } from "./toast.js";

const people = document.querySelector("[data-people]");
let timer = 0;

function address(form) {
  const wanted = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  return `${form.getAttribute("action")}${wanted.size ? `?${wanted}` : ""}`;
}

/** Fetches the list of people once more, and says how many they are. */
export async function refreshList() {
  const form = document.querySelector('[data-filter="people"]');
  if (!form || !people) return;
  try {
    const fresh = document.createElement("div");
    fresh.append(parse(await (await get(address(form))).text()));
    for (const { name, value } of people.attributes) fresh.setAttribute(name, value);
    morph(people, fresh);
    document.querySelector("[data-people-count]").textContent = document.getElementById("people-count").textContent;
  } catch (problem) {
    toast(problem.message);
  }
}

document.addEventListener("input", ({ target }) => {
  const form = target.closest?.("[data-filter]");
  if (!form) return;
  clearTimeout(timer);
  if (form.dataset.filter === "people") timer = setTimeout(refreshList, 120);
  else if (target.type !== "search") form.requestSubmit();
});
document.addEventListener("submit", (event) => {
  const form = event.target.closest?.("[data-filter]");
  if (!form) return;
  event.preventDefault();
  if (form.dataset.filter === "people") refreshList();
  else location.href = address(form);
});
document.addEventListener("click", async (event) => {
  const link = event.target.closest("[data-more] a");
  if (!link) return;
  event.preventDefault();
  const row = link.closest("[data-more]");
  try {
    const rows = document.createElement("table");
    rows.append(...parse(`<table>${await (await get(link.href)).text()}</table>`).querySelectorAll("tr"));
    const first = rows.querySelector("a");
    row.replaceWith(...rows.children);
    first?.focus({ preventScroll: true });
  } catch (problem) {
    toast(problem.message);
  }
});
