/** The quiet call: one chord or one button sends it, again and again until it has arrived; a dot says that it runs, a panel who comes.
 * The chord sends whatever is shown: the desk knows whether it is one call too many. While a call runs the button shows it. */
import { Away, newKey, read, send } from "./http.js";

const AGAIN = 2000;
const button = document.querySelector("[data-quiet]");
const panel = document.getElementById("quiet-panel");
const part = (name) => panel.querySelector(`[data-quiet-${name}]`);
let call = null;
let sending = false;

async function begin() {
  if (sending) return;
  sending = true;
  button.dataset.now = "sending";
  for (const key = newKey(); sending;) {
    try {
      await send("/console/quiet-call", { drill: false }, key);
      sending = false;
    } catch (problem) {
      if (!(problem instanceof Away)) break;
      await new Promise((next) => { setTimeout(next, AGAIN); });
    }
  }
  sending = false;
  await follow();
}

async function follow() {
  const news = await read("/console/quiet-call/state").catch(() => null);
  if (!news || sending) return;
  call = news.call;
  if (call) button.dataset.now = "on";
  else delete button.dataset.now;
  const count = button.querySelector("[data-quiet-count]");
  count.hidden = !news.coming;
  count.textContent = news.coming || "";
  if (call) show(news);
  else if (panel.matches(":popover-open")) panel.hidePopover();
}

function show({ title, people }) {
  part("title").textContent = title;
  part("nobody").hidden = people.length > 0;
  part("people").replaceChildren(...people.map(({ name, words }) => {
    const row = document.createElement("li");
    const who = Object.assign(document.createElement("b"), { textContent: name });
    row.append(who, ` ${words}`);
    return row;
  }));
}

async function end(values) {
  part("error").textContent = "";
  try {
    await send(`/console/quiet-call/${call}/ending`, values);
    panel.querySelector("form").reset();
  } catch (problem) {
    part("error").textContent = problem.message;
  }
  await follow();
}

if (button) {
  button.addEventListener("click", () => {
    if (call) panel.togglePopover();
    else begin();
  });
  document.addEventListener("keydown", (event) => {
    if (!event.ctrlKey || !event.shiftKey || event.code !== "Space") return;
    event.preventDefault();
    event.stopPropagation();
    begin();
  }, true);
  panel.addEventListener("submit", (event) => {
    event.preventDefault();
    end({ note: event.target.elements.note.value });
  });
  part("false").addEventListener("click", () => end({ false_alarm: true }));
  part("again").addEventListener("click", begin);
  part("close").addEventListener("click", () => panel.hidePopover());
  document.addEventListener("desk:changed", ({ detail: { topics } }) => { if (topics.includes("quiet_calls") || (call && topics.includes("alerts"))) follow(); });
  document.addEventListener("desk:connected", follow);
  follow();
}
