/** The visitor's own page: the same answer as on the kiosk, kept up to date, and the way out. */
import "../clock.js";
import "./words.js";

const { pass, visitor, host } = document.body.dataset;
const state = document.getElementById("state");
const lost = document.getElementById("lost");
const leaving = document.getElementById("leaving");

async function follow() {
  const [{ show }, { call }, { watch }] = await Promise.all([import("./answer.js"), import("./call.js"), import("./live.js")]);
  const about = { visitor, host, told: Boolean(host) };
  let now = JSON.parse(state.textContent);
  const refetch = async () => {
    try {
      now = await call("GET", `/kiosk/visits/${encodeURIComponent(pass)}/answer`);
    } catch {
      return void (lost.hidden = false);
    }
    lost.hidden = true;
    if (["left", "closed"].includes(now.state)) location.reload();
    else show(about, now);
  };
  show(about, now);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") refetch(); });
  watch(pass, refetch);
}

if (state) {
  document.getElementById("sign-out").addEventListener("click", () => leaving.showModal());
  leaving.addEventListener("click", (event) => { if (event.target === leaving || event.target.closest("[data-close]")) leaving.close(); });
  follow();
}
