/** A box that finds people and collects them: whoever is chosen stands above it, can be taken off, and moved to the front. */

function pick(input) {
  const field = input.closest("[data-several]");
  const token = input.dataset.value;
  const list = field.querySelector("[data-picked]");
  if (!token || [...list.querySelectorAll("input")].some(({ value }) => value === token)) return;
  const row = document.importNode(field.querySelector("template[data-one]").content, true);
  row.querySelector("input").value = token;
  row.querySelector("b").textContent = input.value;
  list.append(row);
}

document.addEventListener("combo:chosen", ({ target }) => {
  if (!target.closest("[data-several]")) return;
  pick(target);
  target.value = "";
  delete target.dataset.value;
});

document.addEventListener("click", ({ target }) => {
  const row = target.closest?.("[data-picked] li");
  if (row && target.closest("[data-unpick]")) row.remove();
  else if (row && target.closest("[data-up]")) row.previousElementSibling?.before(row);
});
