/** Counts in the title, tells a screen reader, and lets the browser say it when the page is in the background, with no more than may stand on a lock screen. */
import { say } from "../say.js";
import { onChange } from "./page.js";

const button = document.querySelector("[data-notify]");
const title = document.title;
const known = new Set();

function offer() {
  if (button) button.hidden = !("Notification" in window) || Notification.permission !== "default";
}

function tell({ token, title: head, body }) {
  const note = new Notification(head, { body, tag: token, lang: document.documentElement.lang });
  note.onclick = () => { focus(); note.close(); };
}

export function notify() {
  onChange((calls) => {
    const open = calls.filter(({ open: waits }) => waits);
    const count = Number(document.querySelector("[data-live]")?.dataset.count ?? open.length);
    document.title = count ? `(${count}) ${title}` : title;
    const fresh = open.filter(({ ring }) => !known.has(ring));
    for (const { ring } of calls) known.add(ring);
    if (fresh.length) say(fresh.map(({ title: head, body }) => `${head} ${body}`).join(" "), true);
    if (document.hidden && "Notification" in window && Notification.permission === "granted") fresh.forEach(tell);
  });
  button?.addEventListener("click", async () => { await Notification.requestPermission(); offer(); });
  offer();
}
