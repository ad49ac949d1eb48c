/** A visitor registered by hand: keys 1 to 0 for the reason, Ctrl and Enter saves, a draft is kept while one types. */
import { chosen, choose } from "./combo.js";
import { clear, complain } from "./fields.js";
import { Away, newKey, read, send } from "./http.js";
import { refresh } from "./live.js";
import { keep } from "./outbox.js";
import { closeSheet, inside, isOpen, openSheet, saved, touched } from "./sheet.js";
import { toast } from "./toast.js";
import { t } from "./words.js";

const template = document.getElementById("new-visitor");
const DRAFT = "/console/drafts/new-visitor";
const KEEP_AFTER = 300;
let timer = 0;
let form = null;

/** Opens the form, ready to type in; what was being written before comes back. */
export function newVisitor() {
  if (!template || (isOpen() && inside()?.querySelector("[data-new-visitor]"))) return;
  const content = document.importNode(template.content, true).firstElementChild;
  openSheet(content, { close: forget });
  form = content.querySelector("[data-new-visitor]");
  form.key = newKey();
  form.elements.visitor_name.focus();
  arrange();
  recall();
}

async function recall() {
  const mine = form;
  const draft = await read(DRAFT).catch(() => null);
  if (!draft || form !== mine || pristine() === false) return;
  for (const [name, value] of Object.entries(JSON.parse(draft.data))) fill(name, value);
  arrange();
  touched();
  inside().querySelector("[data-draft-note]").textContent = draft.at;
  form.elements.visitor_name.select();
}

function fill(name, value) {
  const field = form.elements[name];
  if (!field) return;
  if (name === "host" && value?.value) choose(field, value);
  else if (field instanceof RadioNodeList) for (const radio of field) radio.checked = radio.value === value;
  else if (field.type === "checkbox") field.checked = value;
  else field.value = value?.name ?? value;
}

const pristine = () => !form.elements.visitor_name.value && !form.elements.visitor_company.value && !form.elements.host.value;

function written() {
  const found = Object.fromEntries([...new FormData(form)]);
  const host = form.elements.host;
  found.host = { name: host.value, value: host.dataset.value ?? "", department: inside().querySelector("[data-chosen]").textContent };
  found.wants_reply = form.elements.wants_reply.checked;
  return JSON.stringify(found);
}

function keepDraft() {
  clearTimeout(timer);
  const mine = form;
  timer = setTimeout(() => { if (form === mine && form?.isConnected) send(DRAFT, { data: pristine() ? "" : written() }).catch(() => {}); }, KEEP_AFTER);
}

/** The sheet closes: what was not saved is thrown away, as the person said. */
function forget() {
  clearTimeout(timer);
  if (form && !form.sent && !pristine()) send(DRAFT, { data: "" }).catch(() => {});
  form = null;
}

function arrange() {
  const later = form.elements.when.value === "later";
  for (const [name, shown] of [["for-later", later], ["for-now", !later], ["for-other", form.elements.purpose.value === "other"], ["for-phone", form.elements.wants_reply.checked && !later]]) {
    for (const part of form.querySelectorAll(`[data-${name}]`)) part.hidden = !shown;
  }
  const words = form.querySelector("[data-consequence]");
  words.textContent = later ? words.dataset.later : words.dataset.now;
}

function body(later) {
  const { visitor_name, visitor_company, party_size, purpose, purpose_note, phone, wants_reply, date, time } = form.elements;
  const common = {
    visitor_name: visitor_name.value,
    visitor_company: visitor_company.value,
    party_size: Number(party_size.value || 1),
    purpose: purpose.value,
    host: chosen(form.elements.host) ?? "",
    language: /\p{Script=Han}/u.test(visitor_name.value) ? "zh_Hans" : "en",
  };
  if (later) return { ...common, date: date.value, time: time.value };
  return { ...common, purpose_note: purpose_note.value, ...(wants_reply.checked && phone.value ? { phone: phone.value } : {}) };
}

async function save() {
  const button = form.querySelector("[data-save]");
  if (button.hasAttribute("aria-busy")) return;
  const later = form.elements.when.value === "later";
  const url = later ? form.dataset.laterAction : form.getAttribute("action");
  const values = body(later);
  button.setAttribute("aria-busy", "true");
  clear(form);
  clearTimeout(timer);
  try {
    const answer = await send(url, values, form.key);
    form.sent = true;
    saved();
    if (later) announce(answer);
    else { closeSheet(); toast(answer.say, { label: t("open"), run: () => openVisit(answer.token) }); }
    refresh();
  } catch (problem) {
    if (problem instanceof Away) later ? complain(form, problem) : keepForLater(url, values);
    else { form.key = newKey(); complain(form, problem); }
  } finally {
    button.removeAttribute("aria-busy");
  }
}

function keepForLater(url, values) {
  keep(url, { ...values, captured_at: new Date().toISOString() }, form.key, (answer) => toast(answer.say));
  form.sent = true;
  saved();
  closeSheet();
  toast(t("kept_here"));
  refresh();
}

function announce({ say, code }) {
  const box = inside().querySelector("[data-announced]");
  box.querySelector("[data-said]").textContent = say;
  box.querySelector("[data-code]").textContent = code;
  inside().querySelector("[data-draft-note]").textContent = "";
  form.hidden = true;
  box.hidden = false;
  box.querySelector("button").focus();
}

async function openVisit(token) {
  (await import("./sheet.js")).load(`/console/visits/${token}`);
}

document.addEventListener("click", (event) => { if (event.target.closest("[data-open=new-visitor]")) newVisitor(); });
document.addEventListener("submit", (event) => {
  if (event.target !== form) return;
  event.preventDefault();
  save();
});
document.addEventListener("input", ({ target }) => {
  if (!form || target.form !== form) return;
  arrange();
  keepDraft();
});
document.addEventListener("combo:chosen", ({ target }) => {
  if (target.form !== form) return;
  keepDraft();
  (form.elements.purpose.value ? form.elements.party_size : form.querySelector('[name="purpose"]')).focus();
});
document.addEventListener("keydown", (event) => {
  if (!form || !event.target.closest?.(".purposes") || !/^[0-9]$/.test(event.key)) return;
  const keys = [...form.querySelectorAll('[name="purpose"]')];
  const picked = keys[(Number(event.key) + 9) % 10];
  event.preventDefault();
  picked.checked = true;
  picked.focus();
  picked.dispatchEvent(new Event("input", { bubbles: true }));
  if (picked.value === "other") form.elements.purpose_note.focus();
});
