/** What was said and has not been heard yet: kept sealed on this device, sent in order when the desk answers, once. */
import { sealed, unsealed } from "./seal.js";
import * as store from "./store.js";

const AT_ONCE = 100;
const waiting = []; // { number, account, entry }
const names = new Map(); // calls that began here, by their names at the desk
let busy = false;

/** How much waits. */
export const count = () => waiting.length;
export const pending = () => waiting.map((one) => one.entry);

/** Reads what an earlier page of this account left. */
export async function load(account) {
  if (!store.safe()) return;
  for (const [number, row] of await store.rows()) {
    if (row.account !== account || waiting.some((one) => one.number === number)) continue;
    waiting.push({ number, account, entry: await unsealed(row) });
  }
}

/** Keeps an entry: {call, mark} or {begin}. Without a safe place it lives in this page only. */
export async function add(account, entry) {
  const one = { number: 0, account, entry: { ...entry, call: names.get(entry.call) ?? entry.call } };
  waiting.push(one);
  if (!store.safe()) return;
  try {
    one.number = await store.add({ ...(await sealed(one.entry)), account });
  } catch {
    // the disk is full: it lives in this page until it is sent
  }
}

async function drop(ones) {
  for (const one of ones) {
    waiting.splice(waiting.indexOf(one), 1);
    if (one.number) await store.remove(one.number);
  }
}

/** A call that began here has a name at the desk: what waits for it is sent there. */
async function rename(key, token) {
  names.set(key, token);
  for (const one of waiting) {
    if (one.entry.call !== key) continue;
    one.entry.call = token;
    if (one.number) await store.put(one.number, { ...(await sealed(one.entry)), account: one.account });
  }
}

function nextMarks() {
  const call = waiting[0]?.entry.call;
  const until = waiting.findIndex((one) => one.entry.call !== call);
  return waiting.slice(0, Math.min(until < 0 ? waiting.length : until, AT_ONCE));
}

const LOST = [404, 409, 410, 422]; // what the desk will never keep, however often it is sent

async function sendMarks(send, refused) {
  const ones = nextMarks();
  try {
    const answer = await send(`/console/roll-call/${ones[0].entry.call}/marks`, { marks: ones.map((one) => one.entry.mark) });
    for (const sentence of Object.values(answer.refused)) refused(sentence);
  } catch (problem) {
    if (!LOST.includes(problem.status)) throw problem;
    refused(problem.message);
  }
  await drop(ones);
}

/** Sends everything with `send(url, values)`; throws what it throws, and keeps what was not heard. `refused` hears what the desk cannot keep. */
export async function flush(send, refused) {
  if (busy) return;
  busy = true;
  try {
    while (waiting.length) {
      const [first] = waiting;
      if (first.entry.begin) {
        const { call } = await send("/console/roll-call", first.entry.begin);
        await rename(first.entry.begin.key, call);
        await drop([first]);
      } else {
        await sendMarks(send, refused);
      }
    }
  } finally {
    busy = false;
  }
}
