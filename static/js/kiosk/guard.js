/** No way out and no way back: no menu, no selection, no browser keys; Back leads to a clean start page. */
import { onStep } from "./steps.js";
import { wipe } from "./visit.js";

const BROWSER_KEYS = new Set(["p", "s", "o", "n", "t", "w", "u", "f", "g", "h", "j", "d", "l", "r"]);
const editable = (target) => target instanceof HTMLElement && target.matches("input, textarea");

for (const kind of ["contextmenu", "dragstart", "drop", "dragover"]) addEventListener(kind, (event) => event.preventDefault());
addEventListener("selectstart", (event) => { if (!editable(event.target)) event.preventDefault(); });
addEventListener("keydown", (event) => {
  const command = (event.ctrlKey || event.metaKey) && BROWSER_KEYS.has(event.key.toLowerCase());
  const sideways = event.altKey && ["ArrowLeft", "ArrowRight", "Home"].includes(event.key);
  if (command || sideways || /^F\d+$/.test(event.key)) event.preventDefault();
});

document.addEventListener("step", ({ detail }) => {
  if (detail !== "start" && !history.state?.visit) history.pushState({ visit: true }, "");
});
addEventListener("popstate", wipe);
addEventListener("pagehide", wipe);
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
onStep("start", () => { if (location.pathname !== "/kiosk" || location.search || location.hash) history.replaceState(history.state, "", "/kiosk"); });
