/** form[data-download]: sent as it is, and the file that comes back is kept; button[data-print] prints the page. */
import { withPassword } from "./confirm.js";
import { clear, complain } from "./fields.js";
import { fetchFile } from "./http.js";

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-download]");
  if (!form) return;
  event.preventDefault();
  const button = form.querySelector(".btn");
  if (button.hasAttribute("aria-busy")) return;
  button.setAttribute("aria-busy", "true");
  clear(form);
  try {
    const file = await withPassword(form, () => fetchFile(form.getAttribute("action"), new FormData(form)));
    if (file?.go) location.assign(file.go);
    else if (file) keep(file);
  } catch (problem) {
    complain(form, problem);
  } finally {
    button.removeAttribute("aria-busy");
  }
});

function keep({ name, blob }) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
