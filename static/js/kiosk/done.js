/** The last page: what happens next, the host's answer as it comes, the badge, and a code to take along. */
import { forget, show } from "./answer.js";
import { call } from "./call.js";
import { atLeast } from "./countdown.js";
import { unwatch, watch } from "./live.js";
import { onStep } from "./steps.js";
import { onWipe, visit } from "./visit.js";

const at = (id) => document.getElementById(id);
const qr = at("done-qr");

const about = () => ({ visitor: visit.done.name, host: visit.host?.name ?? "", told: visit.done.host_told });

async function refetch() {
  const { pass } = visit.done;
  const now = await call("GET", `/kiosk/visits/${encodeURIComponent(pass)}/answer`).catch(() => null);
  if (now && visit.done?.pass === pass && show(about(), now)) atLeast(12);
}

function enter() {
  const { name, company, pass, host_answer: answer, badge } = visit.done;
  at("slip-name").textContent = name;
  at("slip-company").textContent = company;
  Object.assign(qr, { src: `/kiosk/visits/${encodeURIComponent(pass)}/qr.svg`, hidden: false });
  show(about(), { answer, badge });
  watch(pass, refetch);
}

onStep("done", enter, unwatch);
onWipe(() => {
  forget();
  qr.removeAttribute("src");
  qr.hidden = true;
});
