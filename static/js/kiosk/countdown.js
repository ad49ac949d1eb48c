/** A page that ends by itself says in how many seconds, and gives more time to whoever asks for it. */
import { say } from "../say.js";
import { wipe } from "./visit.js";
import { put, word } from "./words.js";

let line = null;
let end = 0;

const left = () => Math.max(0, Math.ceil((end - Date.now()) / 1000));

function show() {
  if (!line) return;
  put(line, "clears_in", { n: left() });
  if (left() === 10) say(word("clears_in", { n: 10 }));
  if (left() === 0) wipe();
}

/** Keeps the page for `seconds` more, if it would end before. */
export function atLeast(seconds) {
  end = Math.max(end, Date.now() + seconds * 1000);
  show();
}

export const counting = () => line !== null;

document.addEventListener("step", ({ target }) => {
  line = target.querySelector("[data-countdown]");
  end = line ? Date.now() + Number(line.dataset.countdown) * 1000 : 0;
  show();
});
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-more-time]")) atLeast(left() + 30);
});
setInterval(show, 1000);
