/** The board after news: nothing moves under a press, new cards come in calmly, an arrival rings once. */
import { tick } from "../clock.js";
import { parse } from "../fragment.js";
import { say } from "../say.js";
import { inTab } from "./due_count.js";
import { elapse } from "./elapsed.js";
import { morph } from "./morph.js";
import { chime } from "./sound.js";
import { missedOne } from "./title.js";
import { toast } from "./toast.js";
import { t } from "./words.js";

const board = document.getElementById("board");
let known = board ? ids(board) : null;
let pressing = 0;

/** The seq of what the page shows. */
export const shownSeq = () => Number(board?.dataset.seq ?? 0);

/** Waits while somebody presses a button of the board or of Due now; never longer than three seconds. */
export async function hold() {
  const until = performance.now() + 3000;
  while (pressing && performance.now() < until) await new Promise((on) => setTimeout(on, 40));
}

/** Shows the board that the desk sent; on other pages only says who has come. */
export function apply(html) {
  const fresh = parse(html).firstElementChild;
  const now = ids(fresh);
  const arrived = known ? [...fresh.querySelectorAll("#scroll-waiting > :is(.visit, .call)")].filter((one) => !known.has(one.id)) : [];
  known = now;
  const names = arrived.map((one) => [one.id, one.dataset.name, one.dataset.call]);
  if (board) redraw(fresh);
  for (const [id, name, kiosk] of names) ring(id, name, kiosk);
}

function redraw(fresh) {
  const focused = document.activeElement?.closest("#board [id]");
  const lane = focused?.closest(".lane")?.id;
  for (const element of morph(board, fresh)) element.classList.add("fresh");
  if (focused && document.activeElement === document.body) {
    const next = board.querySelector(`#${CSS.escape(focused.id)} .open`) ?? board.querySelector(`#${lane} .open`);
    next?.focus({ preventScroll: true });
  }
  tick();
  elapse();
  inTab();
}

function ring(id, name, kiosk) {
  const said = name ? t("arrived", { name }) : t("help_rings", { kiosk });
  chime(name ? "arrival" : "call");
  say(said, !name);
  if (!board || !name) toast(said, board ? null : { label: t("open"), run: () => { location.href = "/console"; } });
  const card = document.getElementById(id);
  if (card && !card.closest(".scroll").matches(":hover")) card.scrollIntoView({ block: "nearest" });
  missedOne();
}

function ids(root) {
  return new Set([...root.querySelectorAll(".lane [id]")].map((element) => element.id));
}

for (const part of document.querySelectorAll("#board, [data-now]")) part.addEventListener("pointerdown", () => { pressing += 1; });
for (const event of ["pointerup", "pointercancel"]) addEventListener(event, () => setTimeout(() => { pressing = 0; }));
board?.addEventListener("animationend", ({ target }) => target.classList.remove("fresh"));
