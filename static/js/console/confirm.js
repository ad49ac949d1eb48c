/** Some things matter so much that the desk wants the password again after half an hour: asked for in place, then repeated. */
import { send } from "./http.js";
import { t } from "./words.js";

/** Runs `work`; when the desk asks for the password, asks the person and runs it again. Gives null when they give up. */
export async function withPassword(near, work) {
  try {
    return await work();
  } catch (problem) {
    if (problem.code !== "confirm-password") throw problem;
    return (await asked(near, problem.message)) ? work() : null;
  }
}

function asked(near, sentence) {
  const form = document.createElement("form");
  form.className = "ask";
  const words = Object.assign(document.createElement("p"), { textContent: sentence });
  const field = Object.assign(document.createElement("input"), { type: "password", className: "box", autocomplete: "current-password" });
  field.setAttribute("aria-label", t("password"));
  const go = Object.assign(document.createElement("button"), { className: "btn", textContent: t("confirm") });
  const no = Object.assign(document.createElement("button"), { type: "button", className: "btn bare", textContent: t("cancel") });
  form.append(words, field, go, no);
  (near.closest("form, .sheet-in, .page") ?? document.body).after(form);
  field.focus();
  return new Promise((settle) => {
    const end = (answer) => { form.remove(); settle(answer); };
    no.addEventListener("click", () => end(false));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      try {
        await send("/sign-in/confirm", { password: field.value });
        end(true);
      } catch (problem) {
        words.textContent = problem.message;
        field.select();
      }
    });
  });
}
