/** Asks the server: JSON both ways, in the visitor's language, and a problem document becomes a sentence. */
import { follow } from "../clock.js";
import { language } from "./words.js";

const csrf = document.querySelector('meta[name="csrf"]')?.content ?? "";

export class Problem extends Error {
  constructor(status, { detail = "", fields = {} } = {}, wait = 0) {
    super(detail);
    Object.assign(this, { status, fields, wait });
  }
}

function report(reached) {
  document.dispatchEvent(new CustomEvent("network", { detail: reached }));
}

async function answer(response) {
  if (response.status === 204) return null;
  try {
    return await response.json();
  } catch {
    return {};
  }
}

/** `call("POST", "/kiosk/visits", body, { key })` gives the JSON answer or throws a Problem; status 0 = no answer. */
export async function call(method, path, body, { key, timeout = 12000, signal } = {}) {
  const address = `${path}${path.includes("?") ? "&" : "?"}lang=${language()}`;
  const headers = { Accept: "application/json" };
  if (method !== "GET") Object.assign(headers, { "Content-Type": "application/json", "X-CSRF-Token": csrf });
  if (key) headers["Idempotency-Key"] = key;
  const patience = AbortSignal.any([AbortSignal.timeout(timeout), ...(signal ? [signal] : [])]);
  let response;
  try {
    response = await fetch(address, { method, headers, body: body && JSON.stringify(body), signal: patience, cache: "no-store", credentials: "same-origin" });
  } catch (error) {
    if (signal?.aborted) throw error;
    report(false);
    throw new Problem(0);
  }
  report(true);
  follow(response.headers.get("X-Now"));
  const told = await answer(response);
  if (response.status === 401) location.reload();
  if (!response.ok) throw new Problem(response.status, told ?? {}, Number(response.headers.get("Retry-After") ?? 0));
  return told;
}
