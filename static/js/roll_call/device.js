/** The copy on this device: who keeps one, opening it by PIN, and how five wrong ones end it. */
import { keyOf, lockWith, opened } from "./seal.js";
import { erase, forget, read, safe, write } from "./store.js";

export const TRIES = 5;
const LASTS = 12 * 3600 * 1000; // as long as somebody stays signed in at the desk

/** Whether `account` keeps a copy here. Somebody else's is erased. */
export async function keeps(account) {
  if (!safe()) return false;
  const pin = await read("pin");
  if (pin && pin.account !== account) await forget();
  return pin?.account === account;
}

/** A PIN is chosen: gives the public half of its key, for the desk. */
export async function choose(account, pin) {
  const { kept, publicKey } = await lockWith(pin);
  await write("pin", { ...kept, account, tries: 0 });
  await erase("copy");
  return publicKey;
}

/** Keeps a newer copy. */
export const keep = (account, copy) => write("copy", { ...copy, account, at: Date.now() });

/** When the copy was fresh; 0 when there is none. */
export const freshAt = async () => (await read("copy"))?.at ?? 0;

/** "" when a PIN can open a copy here, else why not: none, old. */
export async function missing() {
  if (!safe()) return "none";
  const [pin, copy] = await Promise.all([read("pin"), read("copy")]);
  if (!pin || !copy) return "none";
  if (Date.now() - copy.at < LASTS) return "";
  await forget();
  return "old";
}

/** Tries a PIN: {copy} when it is right, {left} tries when it is not; the fifth wrong one erases everything. */
export async function tryPin(typed) {
  const pin = await read("pin");
  if (!pin) return { left: 0 };
  const tries = pin.tries + 1;
  await write("pin", { ...pin, tries }); // counted before it is tried, so that a reload does not help
  const key = await keyOf(pin, typed);
  if (key) {
    await write("pin", { ...pin, tries: 0 });
    const copy = await read("copy");
    return { copy: { html: await opened(copy, key), at: copy.at, account: copy.account } };
  }
  if (tries >= TRIES) await forget();
  return { left: Math.max(0, TRIES - tries) };
}
