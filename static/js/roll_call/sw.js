/** Keeps the page that asks for the PIN, and what it is made of, and nothing else: no name is stored here. */
const SHELL = `roll-call-${new URL(location.href).searchParams.get("v") ?? "0"}`;
const PAGE = "/console/roll-call/offline";
const STYLES = ["tokens", "base", "components", "console/frame", "console/pages", "console/roll-call"].map((name) => `/static/css/${name}.css`);
const SCRIPTS = ["offline", "device", "list", "marking", "outbox", "seal", "states", "store"].map((name) => `/static/js/roll_call/${name}.js`);
const FILES = [PAGE, "/static/js/clock.js", "/static/js/fragment.js", ...STYLES, ...SCRIPTS];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(SHELL).then((shell) => shell.addAll(FILES)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = caches.keys().then((names) => Promise.all(names.filter((name) => name.startsWith("roll-call-") && name !== SHELL).map((name) => caches.delete(name))));
  event.waitUntil(old.then(() => self.clients.claim()));
});

/** The page of the desk; without one the page for the PIN, in the language that was read last. */
async function page(request) {
  try {
    const answer = await fetch(request);
    if ([502, 503, 504].includes(answer.status)) return (await caches.match(PAGE)) ?? answer;
    caches.open(SHELL).then((shell) => shell.add(PAGE)).catch(() => {});
    return answer;
  } catch {
    return caches.match(PAGE);
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const kept = FILES.includes(new URL(request.url).pathname);
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (kept) event.respondWith(fetch(request).catch(() => caches.match(request, { ignoreSearch: true })));
});
