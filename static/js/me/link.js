/** The page of a link: the clock runs, the echo follows the finger, and a second tap does not send twice. */
import "../clock.js";

document.addEventListener("submit", ({ target, submitter }) => {
  if (!target.matches("[data-once]")) return;
  setTimeout(() => { target.setAttribute("aria-busy", "true"); submitter?.setAttribute("data-tapped", ""); });
});
for (const kind of ["pointerover", "focusin", "pointerdown"]) {
  document.addEventListener(kind, ({ target }) => {
    const line = target.closest?.("form")?.querySelector("[data-said]");
    if (line) line.textContent = target.closest("[data-echo]")?.dataset.echo || line.dataset.said;
  });
}
