/** Keeps the tablet's screen lit for as long as the page is shown. */
async function hold() {
  if (document.visibilityState === "visible") await navigator.wakeLock?.request("screen").catch(() => {});
}

document.addEventListener("visibilitychange", hold);
document.addEventListener("pointerdown", hold, { once: true });
hold();
