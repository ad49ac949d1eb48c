/** The roll call without a desk: the PIN opens the copy, marks wait here, and the page comes again with the desk. */
import { parse } from "../fragment.js";
import { missing, tryPin } from "./device.js";
import * as list from "./list.js";
import { again, marks } from "./marking.js";
import * as outbox from "./outbox.js";

const EVERY = 3000;
const said = JSON.parse(document.getElementById("roll-words").textContent);
const form = document.querySelector("[data-roll-pin]");
const nothing = document.querySelector("[data-nothing]");
const waits = document.querySelector("[data-roll-waits]");
const titles = (drill, time) => said[drill ? "begun_drill" : "begun"].replace("%(time)s", time);

function none(sentence) {
  form.hidden = true;
  nothing.textContent = sentence;
  nothing.hidden = false;
}

async function open(event) {
  event.preventDefault();
  const button = form.querySelector("button");
  const error = form.querySelector("[data-error]");
  if (button.hasAttribute("aria-busy")) return;
  button.setAttribute("aria-busy", "true");
  error.textContent = "";
  const { copy, left } = await tryPin(form.elements.pin.value);
  button.removeAttribute("aria-busy");
  form.elements.pin.value = "";
  if (copy) return show(copy);
  if (!left) return none(said.wiped);
  error.textContent = said.wrong.replace("%(n)s", left);
  form.elements.pin.focus();
}

async function show({ html, at, account }) {
  form.hidden = true;
  const place = document.querySelector("[data-copy]");
  place.replaceChildren(parse(html));
  list.take(place.firstElementChild);
  marks(place, account, { sent: () => tell(), alone: () => true, begin: () => false, titles });
  await outbox.load(account);
  again(account, titles);
  const age = () => {
    const minutes = Math.floor((Date.now() - at) / 60000);
    list.asOf((minutes ? said.as_of : said.just).replace("%(time)s", list.timeOf(at)).replace("%(n)s", minutes));
  };
  age();
  tell();
  setInterval(age, 5000);
}

function tell() {
  const kept = outbox.count();
  waits.textContent = kept ? `${said.waiting} ${said[kept === 1 ? "kept_one" : "kept"].replace("%(n)s", kept)}` : said.waiting;
}

/** The desk is back: the page it serves sends what waits here. */
async function back() {
  try {
    if ((await fetch("/healthz", { cache: "no-store" })).ok) location.replace("/console/roll-call");
  } catch {
    // it is not
  }
}

const why = await missing();
if (why) none(said[why]);
else {
  form.hidden = false;
  form.addEventListener("submit", open);
  form.elements.pin.focus();
}
setInterval(back, EVERY);
addEventListener("online", back);
