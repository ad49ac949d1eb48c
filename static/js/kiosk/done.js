/** The last page: what happens next, the host's answer as it comes, the badge, and a code to take along. */
import { say } from "../say.js";
import { call } from "./call.js";
import { atLeast } from "./countdown.js";
import { unwatch, watch } from "./live.js";
import { onStep } from "./steps.js";
import { onWipe, visit } from "./visit.js";
import { clear, put, run } from "./words.js";

const at = (id) => document.getElementById(id);
const moon = at("done-moon");
const log = at("done-log");
const parts = ["done-over", "done-h", "done-then", "badge-h", "badge-state"].map(at);
const BADGE = { queued: "badge_printing", sending: "badge_printing", printed: "badge_printed" };
let heard = "";

function head(name, answer) {
  const [over, heading, then] = parts;
  const { name: visitor, host_told: told } = visit.done;
  over.hidden = !answer || answer.kind === "cannot" || !name;
  then.hidden = answer?.kind === "cannot";
  heading.classList.toggle("quote", Boolean(answer) && answer.kind !== "cannot");
  heading.classList.toggle("long", answer?.kind === "cannot");
  if (!over.hidden) put(over, "answer_of", { name });
  if (answer?.kind === "delegated" && answer.text) quote(heading, answer.text);
  else if (answer) put(heading, ...sentence(name, answer));
  else if (told && name) put(heading, "host_told", { name });
  else put(heading, "registered");
  put(then, told || answer ? "have_seat" : "desk_helps", { name: visitor });
}

function quote(heading, text) {
  clear(heading);
  heading.append(run(text));
}

function sentence(name, { kind, minutes }) {
  if (kind === "cannot") return ["cannot", { name }];
  if (kind === "coming") return ["coming"];
  if (kind === "minutes") return [minutes <= 3 ? "coming_in" : "in_minutes", { n: minutes }];
  if (kind === "wait") return ["wait_a_moment"];
  return ["someone_comes"];
}

function gauge(answer) {
  const counts = Boolean(answer?.due_at) && answer.kind === "minutes";
  moon.classList.toggle("counting", counts);
  put(at("done-left").querySelector("small"), "until_here");
  if (!counts) return delete moon.dataset.due;
  Object.assign(moon.dataset, { start: answer.at, due: answer.due_at });
}

function steps(list) {
  log.hidden = !visit.done.host_told;
  for (const line of log.children) {
    const step = list.find(({ kind }) => kind === line.dataset.kind);
    line.classList.toggle("did", Boolean(step));
    line.querySelector("time").textContent = step ? time(step.at) : "";
  }
}

const time = (moment) => new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit", timeZone: document.documentElement.dataset.zone }).format(new Date(moment));

function badge(now) {
  const number = now?.number ?? "";
  put(at("badge-h"), number ? "badge" : "badge_plain", { number });
  put(at("badge-state"), BADGE[now?.state] ?? "badge_from_desk");
  at("done-badge").dataset.state = now?.state ?? "";
  at("slip-number").textContent = number;
}

function show({ answer, steps: list = [], badge: now }) {
  head(visit.done.host?.name ?? visit.host?.name ?? "", answer);
  gauge(answer);
  steps(list);
  badge(now ?? visit.done.badge);
  const said = answer ? `${answer.kind} ${answer.minutes ?? ""} ${answer.at}` : "";
  if (said === heard) return;
  heard = said;
  atLeast(12);
  say(at("done-h").textContent, true);
}

async function refetch() {
  const { pass } = visit.done;
  const now = await call("GET", `/kiosk/visits/${encodeURIComponent(pass)}/answer`).catch(() => null);
  if (now && visit.done?.pass === pass) show(now);
}

function enter() {
  const { name, company, pass, host_answer: answer, badge: now } = visit.done;
  at("slip-name").textContent = name;
  at("slip-company").textContent = company;
  Object.assign(at("done-qr"), { src: `/kiosk/visits/${encodeURIComponent(pass)}/qr.svg`, hidden: false });
  heard = "";
  show({ answer, badge: now });
  watch(pass, refetch);
}

moon.addEventListener("clock:over", () => {
  delete moon.dataset.due;
  moon.classList.remove("counting");
});
onStep("done", enter, unwatch);
onWipe(() => {
  parts.forEach(clear);
  for (const id of ["slip-name", "slip-number", "slip-company"]) at(id).textContent = "";
  at("done-qr").removeAttribute("src");
  at("done-qr").hidden = true;
  moon.querySelector("[data-left]").textContent = "";
  delete moon.dataset.due;
});
