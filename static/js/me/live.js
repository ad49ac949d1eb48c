/** Hears that something changed: over a socket, every three seconds without one, and whenever the page comes back to the eye. */
import { refresh, seq } from "./page.js";

const POLL = 3000;
const SOMETIMES = 600_000; // the day turns, and what was taken over goes
const lost = document.querySelector("[data-lost]");
let socket = null;

async function catchUp(options) {
  try {
    await refresh(options);
    lost.hidden = true;
  } catch {
    lost.hidden = false;
  }
}

async function connect() {
  const { io } = await import("/static/vendor/socket.io.esm.min.js");
  socket = io("/me", { transports: ["websocket"], reconnectionDelayMax: 3000 });
  socket.on("connect", () => catchUp());
  socket.on("changed", (news) => { if (news.seq > seq()) catchUp(); });
  socket.on("disconnect", (reason) => { if (reason === "io server disconnect") location.reload(); });
}

export function listen() {
  connect().catch(() => {});
  setInterval(() => { if (!socket?.connected) catchUp({ poll: true }); }, POLL);
  setInterval(() => catchUp({ all: true }), SOMETIMES);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) catchUp(); });
  addEventListener("online", () => catchUp());
}
