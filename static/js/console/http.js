/** Talks to the desk: JSON out, JSON or a fragment in; refusals become `Problem`, no answer becomes `Away`. */
import { t } from "./words.js";

const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.content ?? "";

/** The desk said no: a sentence for the person, one more for each field. */
export class Problem extends Error {
  constructor(status, body) {
    super(body.detail ?? body.title ?? t("not_sent"));
    this.status = status;
    this.code = (body.type ?? "").split("#")[1] ?? "";
    this.fields = body.fields ?? {};
  }
}

/** Nothing came back: the network or the desk is away. */
export class Away extends Error {}

const unlockers = [];
/** Calls `open` when the desk says that this session is locked. */
export const onLocked = (open) => unlockers.push(open);

async function answer(request) {
  let response;
  try {
    response = await fetch(request, { redirect: "manual", signal: AbortSignal.timeout(15000) });
  } catch {
    throw new Away(t("not_sent"));
  }
  if (response.status === 401 || response.type === "opaqueredirect") {
    location.href = `/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`;
    await new Promise(() => {});
  }
  if ([502, 503, 504].includes(response.status)) throw new Away(t("not_sent"));
  if (response.ok) return response;
  const problem = new Problem(response.status, await response.json().catch(() => ({})));
  if (problem.status === 423) for (const open of unlockers) open();
  throw problem;
}

/** A part of a page. */
export function get(url) {
  return answer(new Request(url, { headers: { Accept: "text/html, application/problem+json", "X-Fragment": "1" } }));
}

/** JSON to read. */
export async function read(url) {
  const response = await answer(new Request(url, { headers: { Accept: "application/json" } }));
  return response.status === 204 ? null : response.json();
}

/** A key that no other change has. */
export const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** A change. `key` makes a repeat harmless. */
export async function send(url, values = {}, key = newKey()) {
  const form = values instanceof FormData;
  const headers = { Accept: "application/json", "X-CSRF-Token": meta("csrf"), "Idempotency-Key": key };
  if (!form) headers["Content-Type"] = "application/json";
  const response = await answer(new Request(url, { method: "POST", headers, body: form ? values : JSON.stringify(values) }));
  const kind = response.headers.get("Content-Type") ?? "";
  return response.status === 204 ? null : kind.includes("json") ? response.json() : response.text();
}

/** A change whose answer is a file, or where to wait for one that takes longer. */
export async function fetchFile(url, form) {
  const headers = { Accept: "application/json, text/csv", "X-CSRF-Token": meta("csrf") };
  const response = await answer(new Request(url, { method: "POST", headers, body: form }));
  if (response.status === 202) return response.json();
  const name = /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") ?? "")?.[1] ?? "list.csv";
  return { name, blob: await response.blob() };
}
