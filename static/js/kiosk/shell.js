/** Puts the service worker in place: it shows the offline page when a tablet is started without network. */
const build = document.querySelector('meta[name="build"]').content;
const address = `/kiosk/sw.js?v=${encodeURIComponent(build)}`;
const policy = window.trustedTypes?.createPolicy("worker", { createScriptURL: (url) => {
  if (url !== address) throw new TypeError("not the kiosk's worker");
  return url;
} });

navigator.serviceWorker?.register(policy ? policy.createScriptURL(address) : address, { scope: "/kiosk" }).catch(() => {});
