/** Tells the desk which alerts this page shows, and when somebody has it before them: reception reads both. */
import { calls, onChange } from "./page.js";

const told = new Map(); // what rang → "shown" or "seen"

async function report() {
  const seen = !document.hidden;
  const level = seen ? "seen" : "shown";
  const news = calls().filter(({ alert, ring, open }) => alert && open && told.get(ring) !== "seen" && told.get(ring) !== level);
  if (!news.length) return;
  for (const { ring } of news) told.set(ring, level);
  try {
    const csrf = document.querySelector('meta[name="csrf"]').content;
    const answer = await fetch("/me/receipts", { method: "POST", headers: { "Content-Type": "application/json", "X-CSRF-Token": csrf }, body: JSON.stringify({ tokens: news.map(({ token }) => token), seen }) });
    if (!answer.ok) throw new Error(String(answer.status));
  } catch {
    for (const { ring } of news) told.delete(ring);
    setTimeout(report, 3000);
  }
}

export function receipts() {
  onChange(report);
  document.addEventListener("visibilitychange", report);
}
