/** One socket for the whole day: says "something changed" about the visit that is on the screen, never what. */
const namespace = document.body.dataset.live;
let socket = null;
let watched = null;

/** Runs `changed` at once and whenever the visit behind `pass` changes, until `unwatch`. */
export function watch(pass, changed) {
  watched = { pass, changed };
  if (socket?.connected) socket.emit("watch", { pass });
  changed();
}

export function unwatch() {
  watched = null;
}

function connected() {
  if (watched) watch(watched.pass, watched.changed);
}

/** The line is gone: whoever minds the tablet's health looks whether the desk is there, and still knows this tablet. */
function parted() {
  document.dispatchEvent(new CustomEvent("parted"));
}

async function connect() {
  const { io } = await import("/static/vendor/socket.io.esm.min.js");
  socket = io(namespace, { transports: ["websocket"], reconnectionDelayMax: 3000 });
  socket.on("connect", connected);
  socket.on("changed", () => watched?.changed());
  socket.on("disconnect", (reason) => {
    parted();
    if (reason === "io server disconnect") socket.connect();
  });
  socket.on("connect_error", (error) => { if (error.type !== "TransportError") parted(); });
}

connect().catch(() => {});
setInterval(() => { if (!socket?.connected) watched?.changed(); }, 3000);
