/** What somebody would like to drink: one touch answers and goes on; whoever does not say is asked at the desk. */
import { onward } from "./details.js";
import { onStep } from "./steps.js";
import { visit } from "./visit.js";

const step = document.querySelector("[data-step=drinks]");

function keep(drink) {
  visit.drink = drink;
  onward();
}

if (step) {
  step.addEventListener("click", ({ target }) => {
    const cup = target.closest("[data-drink]");
    if (cup) keep(cup.dataset.drink);
    else if (target.closest("#drinks-later")) keep("");
  });
  onStep("drinks", () => {
    for (const cup of step.querySelectorAll("[data-drink]")) cup.setAttribute("aria-pressed", String(cup.dataset.drink === visit.drink));
  });
}
