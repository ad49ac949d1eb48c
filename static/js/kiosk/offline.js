/** Waits for the desk to answer again, then opens the kiosk. */
async function look() {
  const answer = await fetch("/healthz", { cache: "no-store" }).catch(() => null);
  if (answer?.ok) location.replace("/kiosk");
  else setTimeout(look, 3000);
}

setTimeout(look, 3000);
