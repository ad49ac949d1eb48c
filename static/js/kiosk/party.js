/** How many came: two keys and a figure between 1 and 50. */
import { onWipe, visit } from "./visit.js";
import { put } from "./words.js";

const figure = document.querySelector("#party_size b");
const unit = document.querySelector("#party_size small");

export function setParty(size) {
  visit.party = Math.min(50, Math.max(1, size));
  figure.textContent = String(visit.party);
  put(unit, visit.party === 1 ? "person" : "people");
}

document.addEventListener("click", (event) => {
  const key = event.target.closest("[data-party]");
  if (key) setParty(visit.party + Number(key.dataset.party));
});
onWipe(() => setParty(1));
