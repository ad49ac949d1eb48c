/** The number for a call: asked for on a page of its own, and only of whoever wants to be called. */
import { fault } from "./details.js";
import { back, go, onStep } from "./steps.js";
import { onWipe } from "./visit.js";
import { put } from "./words.js";

const reply = document.getElementById("reply");
const label = document.querySelector(".reply span");
const field = document.getElementById("phone");

/** Enough of a number to know it by, for whoever stands behind: 138****8000. */
function masked(number) {
  const digits = number.replace(/[^+\d]/g, "");
  return digits.length > 8 ? `${digits.slice(0, 3)}****${digits.slice(-4)}` : number;
}

function show() {
  const number = field.value.trim();
  reply.checked = Boolean(number);
  put(label, number ? "reply_to" : "reply", { number: masked(number) });
}

function none() {
  field.value = "";
  fault("phone");
  show();
}

reply.addEventListener("change", () => (reply.checked ? go("phone") : none()));
field.addEventListener("input", () => fault("phone"));
document.getElementById("phone-skip").addEventListener("click", () => { none(); back(); });
document.getElementById("phone-form").addEventListener("submit", (event) => {
  event.preventDefault();
  if (field.value.trim()) return back();
  fault("phone", { key: "need_phone" });
  field.focus();
});
onStep("phone", () => field.focus({ preventScroll: true }));
onStep("details", show);
onWipe(show);
