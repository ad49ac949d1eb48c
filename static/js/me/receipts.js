/** Tells the desk which alerts this page shows, and when somebody has it before them: reception reads both. */
import { calls, onChange } from "./page.js";

const told = new Map(); // token → "shown" or "seen"

async function report() {
  const seen = !document.hidden;
  const level = seen ? "seen" : "shown";
  const news = calls().filter(({ token, open }) => open && told.get(token) !== "seen" && told.get(token) !== level).map(({ token }) => token);
  if (!news.length) return;
  for (const token of news) told.set(token, level);
  try {
    const csrf = document.querySelector('meta[name="csrf"]').content;
    const answer = await fetch("/me/receipts", { method: "POST", headers: { "Content-Type": "application/json", "X-CSRF-Token": csrf }, body: JSON.stringify({ tokens: news, seen }) });
    if (!answer.ok) throw new Error(String(answer.status));
  } catch {
    for (const token of news) told.delete(token);
    setTimeout(report, 3000);
  }
}

export function receipts() {
  onChange(report);
  document.addEventListener("visibilitychange", report);
}
