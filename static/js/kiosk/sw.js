/** Keeps the offline page and what it is made of, and nothing else: no visitor, no host, no answer is ever stored. */
const SHELL = `kiosk-${new URL(location.href).searchParams.get("v") ?? "0"}`;
const FILES = ["/kiosk/offline", ...["tokens", "base", "components", "kiosk/frame", "kiosk/start"].map((name) => `/static/css/${name}.css`), "/static/js/kiosk/offline.js"];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(SHELL).then((shell) => shell.addAll(FILES)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = caches.keys().then((names) => Promise.all(names.filter((name) => name.startsWith("kiosk-") && name !== SHELL).map((name) => caches.delete(name))));
  event.waitUntil(old.then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const kept = FILES.includes(new URL(request.url).pathname);
  if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => caches.match("/kiosk/offline")));
  else if (kept) event.respondWith(fetch(request).catch(() => caches.match(request, { ignoreSearch: true })));
});
