/** Shows where a visit stands: who was told, what the host answered and until when, how the badge is coming along. */
import { say } from "../say.js";
import { clear, put, run } from "./words.js";

const at = (id) => document.getElementById(id);
const moon = at("done-moon");
const log = at("done-log");
const BADGE = { queued: "badge_printing", sending: "badge_printing", printed: "badge_printed" };
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit", timeZone: document.documentElement.dataset.zone });
let heard = "";

/** What is known of the visit: `visitor`, `host` (a name or ""), `told`. */
function head({ visitor, host, told }, answer) {
  const [over, heading, then] = [at("done-over"), at("done-h"), at("done-then")];
  const quoted = Boolean(answer) && answer.kind !== "cannot";
  over.hidden = !quoted || !host;
  then.hidden = false;
  heading.classList.toggle("quote", quoted);
  if (!over.hidden) put(over, "answer_of", { name: host });
  if (answer) saying(heading, host, answer);
  else if (told && host) put(heading, "host_told", { name: host });
  else put(heading, "registered");
  put(then, answer?.kind === "cannot" ? "on_the_way" : told || answer ? "have_seat" : "desk_helps", { name: visitor });
}

function saying(heading, host, { kind, minutes, text }) {
  if (kind === "cannot") return host ? put(heading, "cannot", { name: host }) : put(heading, "registered");
  if (kind === "minutes") return put(heading, minutes === 1 ? "coming_in_one" : "coming_in", { n: minutes });
  if (kind === "coming" || kind === "wait") return put(heading, kind === "coming" ? "coming" : "wait_a_moment");
  clear(heading);
  heading.append(run(text));
}

function gauge(answer) {
  const counts = answer?.kind === "minutes" && Boolean(answer.due_at);
  moon.classList.toggle("counting", counts);
  if (counts) Object.assign(moon.dataset, { start: answer.at, due: answer.due_at });
  else delete moon.dataset.due;
}

function steps(list, told) {
  log.hidden = !told;
  for (const line of log.children) {
    const step = list.find(({ kind }) => kind === line.dataset.kind);
    line.classList.toggle("did", Boolean(step) || line.dataset.kind === "told");
    line.querySelector("time").textContent = step ? clock.format(new Date(step.at)) : "";
  }
}

function badge({ number = "", state = "" } = {}) {
  put(at("badge-h"), number ? "badge" : "badge_plain", { number });
  put(at("badge-state"), BADGE[state] ?? "badge_from_desk");
  at("done-badge").dataset.state = state;
  at("slip-number").textContent = number;
}

/** Brings the page up to what the server knows; true when the host has said something new. */
export function show(visit, { answer, steps: list = [], badge: now }) {
  head(visit, answer);
  gauge(answer);
  steps(list, visit.told);
  badge(now ?? undefined);
  const said = answer ? `${answer.kind} ${answer.minutes ?? ""} ${answer.at}` : "";
  if (said === heard) return false;
  heard = said;
  say(at("done-h").textContent, true);
  return true;
}

/** Takes every name and number out of the page again. */
export function forget() {
  for (const id of ["done-over", "done-h", "done-then", "badge-h", "badge-state"]) clear(at(id));
  for (const id of ["slip-name", "slip-number", "slip-company"]) at(id).textContent = "";
  for (const time of log.querySelectorAll("time")) time.textContent = "";
  moon.querySelector("[data-left]").textContent = "";
  delete moon.dataset.due;
  heard = "";
}

moon.addEventListener("clock:over", () => gauge(null));
