/** The line under the buttons says what the visitor will read before it is said; once it is said, it says that. */
function echo({ target }) {
  for (const line of document.querySelectorAll("[data-said]")) {
    const form = line.closest("form");
    const button = form.contains(target) && !form.querySelector('[aria-pressed="true"]') ? target.closest("[data-echo]") : null;
    line.textContent = button?.dataset.echo || line.dataset.said;
  }
}

for (const kind of ["pointerover", "focusin", "pointerdown"]) document.addEventListener(kind, echo);
