/** A warden's thumb: marks go on the list at once, wait sealed on this device, and are sent as soon as somebody hears. */
import { now } from "../clock.js";
import { apply, begins, isRunning, local, made, newKey, shown, timeOf } from "./list.js";
import * as outbox from "./outbox.js";

/** Listens on `place`; `sent()` is called after everything that is new. `alone()`: whether a call begins on this device, with no desk. */
export function marks(place, account, { sent, alone, begin, titles }) {
  place.addEventListener("click", async ({ target }) => {
    const button = target.closest("[data-mark]");
    if (button && isRunning()) await said(button, account, sent);
    const start = target.closest("[data-begin]");
    if (start) await startsCall(start.dataset.begin === "drill", account, { alone, begin, titles, sent });
  });
}

async function said(button, account, sent) {
  const mark = made(button.closest("[data-subject]").dataset.subject, button.dataset.mark, account);
  if (button.dataset.mark === "withdrawn" && !mark.withdraws.length) return;
  await outbox.add(account, { call: shown().call, mark }); // shown when it is kept, so that nothing that was seen is lost
  apply([local(mark, account)], { just: true });
  await sent();
}

async function startsCall(drill, account, { alone, begin, titles, sent }) {
  if (!alone() && (await begin(drill))) return;
  const key = newKey();
  const at = new Date(now()).toISOString();
  const time = timeOf(at);
  await outbox.add(account, { begin: { drill, key, at } });
  begins(key, drill, titles(drill, time));
  await sent();
}

/** Shows again what waits from before: a call that began here, and marks of the call that is shown. */
export function again(account, titles) {
  for (const { begin, call, mark } of outbox.pending()) {
    if (begin && !isRunning()) begins(begin.key, begin.drill, titles(begin.drill, timeOf(begin.at)));
    else if (mark && !isRunning()) begins(call, false, "");
    if (mark && call === shown().call) apply([local(mark, account)]);
  }
}
