/** The privacy notice in force, in the visitor's language; asked for when a visitor comes near it. */
import { call } from "./call.js";
import { onStep } from "./steps.js";
import { onWipe, visit } from "./visit.js";
import { language, put, run, word } from "./words.js";

const dialog = document.getElementById("notice");
const text = document.getElementById("notice-text");
const agree = document.getElementById("agree-text");
const kept = new Map();

async function load() {
  const tag = language();
  if (!kept.has(tag)) kept.set(tag, await call("GET", `/kiosk/notice?language=${tag}`));
  visit.notice = kept.get(tag);
  return visit.notice;
}

async function open() {
  text.replaceChildren();
  dialog.showModal();
  dialog.querySelector("h1").focus();
  try {
    const { text: words } = await load();
    text.replaceChildren(...words.split(/\n+/).map(paragraph));
  } catch {
    text.replaceChildren(paragraph(word("notice_failed")));
  }
}

function paragraph(words) {
  const element = document.createElement("p");
  element.append(run(words));
  return element;
}

function sentence() {
  const link = document.createElement("button");
  Object.assign(link, { type: "button", className: "link" });
  link.dataset.notice = "";
  put(link, "notice_name");
  const consent = visit.notice?.consent_required !== false;
  document.getElementById("consent").hidden = !consent;
  put(agree, consent ? "agree" : "told_by", { notice: link });
}

async function prepare() {
  sentence();
  await load().catch(() => {});
  sentence();
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-notice]")) { event.preventDefault(); open(); }
  if (event.target === dialog || event.target.closest("[data-close]")) dialog.close();
});
document.addEventListener("language", () => { load().catch(() => {}); if (dialog.open) open(); });
onStep("details", prepare);
onStep("start", () => kept.clear());
onWipe(() => text.replaceChildren());
