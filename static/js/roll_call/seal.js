/** Sealing: marks with a key that never leaves this device; the copy with a key that only the PIN opens. */
import { read, write } from "./store.js";

const ROUNDS = 600000;
const CURVE = { name: "ECDH", namedCurve: "P-256" };
const USE = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info: new TextEncoder().encode("foyer roll call") };
const fresh = (size) => crypto.getRandomValues(new Uint8Array(size));
const bytes = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));

async function deviceKey() {
  const known = await read("device");
  if (known) return known;
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  await write("device", made);
  return (await read("device")) ?? made;
}

async function close(key, plain) {
  const iv = fresh(12);
  return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, plain) };
}

const undo = (key, { iv, data }) => crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, data);

/** Seals a value for this device. */
export const sealed = async (value) => close(await deviceKey(), new TextEncoder().encode(JSON.stringify(value)));

/** Opens what this device sealed. */
export const unsealed = async (row) => JSON.parse(new TextDecoder().decode(await undo(await deviceKey(), row)));

async function pinKey(pin, salt) {
  const raw = await crypto.subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS };
  return crypto.subtle.deriveKey(how, raw, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/** A lock that only `pin` opens: gives what is kept of it, and its public half for the desk (SPKI, base64). */
export async function lockWith(pin) {
  const pair = await crypto.subtle.generateKey(CURVE, true, ["deriveBits"]);
  const salt = fresh(16);
  const inner = await close(await pinKey(pin, salt), await crypto.subtle.exportKey("pkcs8", pair.privateKey));
  const outer = await close(await deviceKey(), inner.data);
  const spki = new Uint8Array(await crypto.subtle.exportKey("spki", pair.publicKey));
  return { kept: { salt, iv: inner.iv, outer }, publicKey: btoa(String.fromCharCode(...spki)) };
}

/** The private half, or null when that is not the PIN. */
export async function keyOf(kept, pin) {
  try {
    const data = await undo(await deviceKey(), kept.outer);
    const plain = await undo(await pinKey(pin, kept.salt), { iv: kept.iv, data });
    return await crypto.subtle.importKey("pkcs8", plain, CURVE, false, ["deriveBits"]);
  } catch {
    return null;
  }
}

/** The text of a copy that the desk sealed for this device. */
export async function opened(copy, privateKey) {
  const theirs = await crypto.subtle.importKey("raw", bytes(copy.key), CURVE, false, []);
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, privateKey, 256);
  const root = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const key = await crypto.subtle.deriveKey(USE, root, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
  const packed = new Blob([await undo(key, { iv: bytes(copy.iv), data: bytes(copy.data) })]);
  return new Response(packed.stream().pipeThrough(new DecompressionStream("gzip"))).text();
}
