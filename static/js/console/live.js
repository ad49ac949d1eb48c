/**
 * Keeps the page true. The socket says only "something changed, seq N"; the page then fetches what it shows, at once
 * and after that at most six times a second. Without a socket it asks every 3 seconds.
 */
import { follow } from "../clock.js";
import * as board from "./board.js";
import { Away, get } from "./http.js";
import * as due from "./due.js";
import { afterLoss, reached, lost } from "./connection.js";
import { refreshList } from "./filter.js";
import { follow as followLock } from "./lock.js";
import { kept } from "./outbox.js";
import * as rooms from "./rooms.js";
import { refreshSheet } from "./sheet.js";

const APART = 1000 / 6;
const desk = document.querySelector(".desk");
const build = document.querySelector('meta[name="build"]')?.content;
const seen = Number(desk?.dataset.seq ?? 0);
const PARTS = [{ url: "/console/board", shown: board.shownSeq() || seen, apply: board.apply }];
if (rooms.isHere) PARTS.push({ url: "/console/rooms", shown: rooms.shownSeq(), apply: rooms.apply });
if (due.isHere) PARTS.push({ url: "/console/due", shown: due.shownSeq(), apply: due.apply });
const state = { wanted: 0, at: 0, timer: 0, busy: false, socket: false };

/** Fetches what is new: now, or as soon as the last time is long enough ago. */
export function refresh(seq = 0) {
  state.wanted = Math.max(state.wanted, seq);
  if (state.busy || state.timer) return;
  const wait = Math.max(0, state.at + APART - performance.now());
  state.timer = setTimeout(pull, wait);
}

async function pull() {
  state.timer = 0;
  state.busy = true;
  state.at = performance.now();
  try {
    await Promise.all(PARTS.map(fetchPart));
  } catch (problem) {
    if (problem instanceof Away) lost();
  } finally {
    state.busy = false;
  }
  if (PARTS.some(({ shown }) => state.wanted > shown) && performance.now() - state.at < 5000) refresh();
}

async function fetchPart(part) {
  const response = await get(`${part.url}?since=${part.shown}`);
  reached(state.socket);
  follow(response.headers.get("X-Now"));
  followLock(response.headers.has("X-Locked"));
  reloadWhenNew(response.headers.get("X-Build"));
  if (response.status === 200) await show(part, await response.text(), Number(response.headers.get("X-Seq")));
}

async function show(part, html, seq) {
  await board.hold();
  part.apply(html);
  part.shown = Math.max(part.shown, seq);
  if (part === PARTS[0]) refreshSheet();
}

/** A new version of the desk: the page reloads when nothing is open and nothing waits. */
function reloadWhenNew(newest) {
  if (!build || !newest || newest === build || kept()) return;
  const writing = document.querySelector(".sheet:not([hidden]), form.settings, .lock:not([hidden]), input:focus, textarea:focus");
  if (!writing) location.reload();
}

async function connect() {
  const { io } = await import("/static/vendor/socket.io.esm.min.js");
  const socket = io("/console", { transports: ["websocket"], reconnectionDelay: 400, reconnectionDelayMax: 3000 });
  socket.on("changed", ({ seq, topics }) => {
    refresh(seq);
    if (topics.includes("directory")) refreshList();
    document.dispatchEvent(new CustomEvent("desk:changed", { detail: { topics } }));
  });
  socket.on("connect", () => {
    state.socket = true;
    refresh();
    refreshList();
    document.dispatchEvent(new CustomEvent("desk:connected"));
  });
  socket.on("disconnect", (why) => {
    state.socket = false;
    refresh();
    if (why === "io server disconnect") setTimeout(() => socket.connect(), 1000);
  });
}

/** Time alone has changed what is shown: it is fetched although nothing happened. */
function turned() {
  PARTS[0].shown = 0;
  refresh();
  refreshSheet();
}

document.addEventListener("clock:turned", turned);
if (desk?.hasAttribute("data-connect")) {
  connect().catch(() => {});
  setInterval(() => { if (!state.socket) refresh(); }, 3000);
  addEventListener("online", () => refresh());
  addEventListener("offline", () => refresh());
  addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });
  afterLoss(() => refresh());
}
