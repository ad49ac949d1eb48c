/** Knows whether the desk can be reached, says so, and takes a new version of the page while nobody is here. */
import { untouched } from "./idle.js";
import { current } from "./steps.js";

const strip = document.getElementById("offline");
const build = document.querySelector('meta[name="build"]').content;
let stale = false;
let timer;

function reached(yes) {
  strip.hidden = yes;
  document.body.toggleAttribute("data-offline", !yes);
  for (const button of document.querySelectorAll(".start [data-go]")) button.setAttribute("aria-disabled", String(!yes));
  clearTimeout(timer);
  timer = setTimeout(look, yes ? 20_000 : 2000);
}

async function look() {
  try {
    const response = await fetch("/kiosk/build", { cache: "no-store", headers: { Accept: "application/json" }, signal: AbortSignal.timeout(4000) });
    const { build: theirs = build, paired = true } = await response.json();
    if (!paired) return location.reload();
    stale = theirs !== build;
    reached(response.ok);
  } catch {
    reached(false);
  }
}

document.addEventListener("network", ({ detail }) => { if (detail === strip.hidden) return; detail ? reached(true) : look(); });
document.addEventListener("parted", look);
addEventListener("online", look);
addEventListener("offline", () => reached(false));
setInterval(() => { if (stale && strip.hidden && current() === "start" && untouched() > 10_000) location.reload(); }, 2000);
look();
