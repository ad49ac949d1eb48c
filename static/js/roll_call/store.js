/** What this device keeps: rows in IndexedDB, all of them sealed. `meta` holds keys and the copy, `outbox` what waits. */
const NAME = "roll-call";
let opened = null;

/** Whether this browser can keep anything safely. */
export const safe = () => Boolean(globalThis.isSecureContext && globalThis.crypto?.subtle && globalThis.indexedDB);

function open() {
  opened ??= new Promise((done, failed) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("meta");
      request.result.createObjectStore("outbox", { autoIncrement: true });
    };
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
  return opened;
}

async function within(name, mode, work) {
  const database = await open();
  return new Promise((done, failed) => {
    const turn = database.transaction(name, mode, { durability: "strict" });
    const request = work(turn.objectStore(name));
    turn.oncomplete = () => done(request?.result);
    turn.onerror = turn.onabort = () => failed(turn.error);
  });
}

export const read = (key) => within("meta", "readonly", (rows) => rows.get(key));
export const write = (key, value) => within("meta", "readwrite", (rows) => rows.put(value, key));
export const erase = (key) => within("meta", "readwrite", (rows) => rows.delete(key));

/** Keeps a sealed row of the outbox; gives its number. */
export const add = (row) => within("outbox", "readwrite", (rows) => rows.add(row));
export const put = (number, row) => within("outbox", "readwrite", (rows) => rows.put(row, number));
export const remove = (number) => within("outbox", "readwrite", (rows) => rows.delete(number));

/** Every row of the outbox as [number, row], oldest first. */
export async function rows() {
  const [numbers, values] = await Promise.all([
    within("outbox", "readonly", (all) => all.getAllKeys()),
    within("outbox", "readonly", (all) => all.getAll()),
  ]);
  return values.map((row, place) => [numbers[place], row]);
}

/** Erases the copy and what opens it. Marks that wait hold no name, and stay until they are sent. */
export async function forget() {
  if (!globalThis.indexedDB) return;
  await Promise.all(["pin", "copy"].map(erase));
}
