/** Due now from the keyboard: a key leads to it, arrows walk from row to row. */
const box = document.querySelector("[data-now]");
const buttons = () => [...(box?.querySelectorAll("#due > li [data-settle]") ?? [])].filter((one) => one.offsetParent);

/** Goes to the first row; from another page to the board. */
export function toDueNow() {
  if (!box) return;
  if (box.matches(".brief")) return location.assign("/console#now");
  const tab = document.querySelector('[name="lane"][value="due"]');
  if (tab) tab.checked = true;
  const first = buttons()[0] ?? box;
  first.focus();
  first.scrollIntoView({ block: "nearest" });
}

/** Walks up or down; whether the key was for the list. */
export function walkDue(key) {
  const here = document.activeElement?.closest("[data-now] li");
  if (!here || !["ArrowUp", "ArrowDown"].includes(key)) return false;
  const rows = buttons();
  const at = rows.findIndex((one) => here.contains(one));
  rows[at + (key === "ArrowDown" ? 1 : -1)]?.focus();
  return true;
}

if (location.hash === "#now") toDueNow();
