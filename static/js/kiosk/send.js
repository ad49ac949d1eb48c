/** Registers the visit once: key and content are kept until there is an answer, however often it has to be sent. */
import { say } from "../say.js";
import { call } from "./call.js";
import { fault, focusFault, labelButton } from "./details.js";
import { current, go } from "./steps.js";
import { newKey, onWipe, visit } from "./visit.js";
import { clear, language, put, word } from "./words.js";

const form = document.getElementById("details");
const button = document.getElementById("send");
const line = document.getElementById("send-err");
const PATIENCE = [1000, 2500]; // milliseconds before the second and the third try

function body() {
  const field = form.elements;
  const optional = { visitor_company: field.visitor_company.value.trim(), phone: document.getElementById("phone").value.trim(), invitation: visit.invitation, drink: visit.drink, photo: visit.photo, signature: visit.signature };
  return {
    visitor_name: field.visitor_name.value.trim(),
    purpose: field.purpose.value,
    party_size: visit.party,
    host: visit.host.ref ? { ref: visit.host.ref } : visit.host.text ?? visit.host.name,
    notice_version: visit.notice?.version ?? "",
    consent: field.consent.checked,
    language: language(),
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value)),
  };
}

function lock(on, busy) {
  for (const control of form.elements) if (control !== button) control.disabled = on;
  button.setAttribute("aria-busy", String(busy));
  document.body.toggleAttribute("data-sending", busy);
}

const unanswered = (problem) => problem.status === 0 || problem.status >= 500;

async function post(sent, tries = PATIENCE) {
  try {
    return await call("POST", "/kiosk/visits", sent.pending, { key: sent.key });
  } catch (problem) {
    if (!unanswered(problem) || !tries.length || visit.key !== sent.key) throw problem;
    await new Promise((resume) => setTimeout(resume, tries[0]));
    return post(sent, tries.slice(1));
  }
}

function refuse(problem) {
  if (current() !== "details") go("details");
  lock(unanswered(problem), false);
  if (unanswered(problem)) {
    put(button.querySelector("span"), "try_again");
    return put(line, "not_sent");
  }
  newKey();
  visit.pending = null;
  labelButton();
  const elsewhere = Object.entries(problem.fields).filter(([name, text]) => !fault(name, { text }));
  if (problem.fields.phone) go("phone");
  else if (problem.status === 429) put(line, "too_often");
  else if (!focusFault()) line.textContent = elsewhere[0]?.[1] || problem.message || word("not_sent");
}

export async function send() {
  if (button.ariaBusy === "true") return;
  visit.pending ??= body();
  const sent = { ...visit };
  clear(line);
  put(button.querySelector("span"), "registering");
  say(word("registering"));
  lock(true, true);
  try {
    const answer = await post(sent);
    if (visit.key !== sent.key) return; // wiped meanwhile: the desk has the entry, this page has forgotten it
    visit.done = { ...answer, name: sent.pending.visitor_name, company: sent.pending.visitor_company ?? "" };
    lock(false, false);
    go("done");
  } catch (problem) {
    if (visit.key === sent.key) refuse(problem);
  }
}

onWipe(() => lock(false, false));
