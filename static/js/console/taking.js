/** [data-taking] is a long list on its way: looked at twice a second until it is there, then saved at once. */
import { get } from "./http.js";
import { morph } from "./morph.js";
import { parse } from "../fragment.js";
import { toast } from "./toast.js";

const APART = 500; // milliseconds between two looks
const box = document.querySelector("[data-taking]");
if (box?.querySelector("[data-running]")) watch();

async function watch() {
  while (box.querySelector("[data-running]")) {
    await new Promise((resume) => setTimeout(resume, APART));
    try {
      const fresh = parse(await (await get(box.dataset.taking)).text());
      const held = box.contains(document.activeElement);
      morph(box.firstElementChild, fresh.firstElementChild);
      if (held && !box.contains(document.activeElement)) box.querySelector("a, button")?.focus();
    } catch (problem) {
      if (problem.status && problem.status !== 423) return toast(problem.message);
    }
  }
  box.querySelector("[data-fetch]")?.click();
}
