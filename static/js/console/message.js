/** The form of a message: what is written is kept on the server, and the button says what is still missing. */
import { chosen } from "./combo.js";
import { send } from "./http.js";

const KEEP_AFTER = 300;
const FEWEST = 5;
let timer = 0;

const form = () => document.querySelector("form[data-message]");

/** What is in the fields, as the desk keeps it until it is saved. */
function written(fields) {
  const { to, from_name, company, message, number, urgency, no_call_back, reply_required, will_return, return_date, return_time } = fields;
  return JSON.stringify({
    to: { name: to.value, value: to.dataset.value ?? "", department: to.closest(".combo").querySelector("[data-chosen]").textContent },
    from_name: from_name.value,
    company: company.value,
    message: message.value,
    number: number.value,
    urgency: urgency.value,
    no_call_back: no_call_back.checked,
    reply_required: reply_required.checked,
    will_return: will_return.checked,
    return_date: return_date.value,
    return_time: return_time.value,
  });
}

function keepDraft(mine) {
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (mine.isConnected) send(mine.dataset.draft, { data: written(mine.elements) }).catch(() => {});
  }, KEEP_AFTER);
}

/** What is missing, by the name of its words on the button; empty when nothing is. */
function missing({ message, number, no_call_back, read_back }) {
  if (message.value.trim().length < FEWEST) return "few";
  if (!number.value.trim() && !no_call_back.checked) return "number";
  return read_back.checked ? "" : "readBack";
}

function arrange(mine) {
  const { number, no_call_back, will_return } = mine.elements;
  number.disabled = no_call_back.checked;
  mine.querySelector("[data-for-return]").hidden = !will_return.checked;
  const button = mine.querySelector("[data-save]");
  const what = missing(mine.elements);
  button.disabled = Boolean(what);
  button.querySelector("[data-label]").textContent = what ? button.dataset[what] : button.dataset.ready;
}

document.addEventListener("input", ({ target }) => {
  const mine = form();
  if (!mine || target.form !== mine) return;
  if (target.name !== "read_back" && ["from_name", "company", "message", "number"].includes(target.name)) mine.elements.read_back.checked = false;
  arrange(mine);
  keepDraft(mine);
});
document.addEventListener("combo:chosen", ({ target }) => {
  const mine = form();
  if (!mine || target.form !== mine || !chosen(target)) return;
  keepDraft(mine);
  mine.elements.message.focus();
});
document.addEventListener("submit", ({ target }) => { if (target.matches("form[data-message]")) clearTimeout(timer); });
