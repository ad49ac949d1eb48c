/** Shows the code that connects this tablet, until somebody has entered it in the console. */
import { tick } from "../clock.js";
import "./awake.js";
import { call } from "./call.js";
import { put } from "./words.js";

const at = (id) => document.getElementById(`pair-${id}`);
const pause = (seconds) => new Promise((resume) => setTimeout(resume, seconds * 1000));

function show({ code, expires_at: end, poll }) {
  at("code").replaceChildren(...[...code].map((letter) => Object.assign(document.createElement("span"), { textContent: letter })));
  at("code").setAttribute("aria-label", [...code].join(" "));
  Object.assign(at("qr"), { src: `/kiosk/pairing/qr.svg?code=${encodeURIComponent(code)}`, hidden: false });
  Object.assign(at("left"), { hidden: false }).dataset.due = end;
  put(at("state"), "pair_waiting");
  tick();
}

async function wait({ poll, expires_at: end }) {
  while (Date.now() < Date.parse(end)) {
    await pause(2);
    const { paired } = await call("POST", `/kiosk/pairing/${encodeURIComponent(poll)}`, {});
    if (paired) return true;
  }
  return false;
}

async function pair() {
  const pairing = await call("POST", "/kiosk/pairing", {});
  show(pairing);
  if (!(await wait(pairing))) return;
  put(at("state"), "pair_done");
  location.replace("/kiosk");
}

async function run() {
  for (;;) {
    await pair().catch((problem) => { if (!problem.status) put(at("state"), "offline"); });
    await pause(3);
  }
}

run();
