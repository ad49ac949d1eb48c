/** The page of a link: the clock runs, the echo follows the finger; a second tap does not send twice. */
import "../clock.js";
import "./echo.js";

document.addEventListener("submit", ({ target, submitter }) => {
  if (!target.matches("[data-once]")) return;
  setTimeout(() => { target.setAttribute("aria-busy", "true"); submitter?.setAttribute("data-tapped", ""); });
});
