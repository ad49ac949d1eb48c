/** The rooms at the foot of the board after news: only what is different changes, so that focus stays where it is. */
import { tick } from "../clock.js";
import { parse } from "../fragment.js";
import { morph } from "./morph.js";

const strip = document.getElementById("rooms");

export const isHere = Boolean(strip);
export const shownSeq = () => Number(strip?.dataset.seq ?? 0);

/** Shows the rooms that the desk sent. */
export function apply(html) {
  morph(strip, parse(html).firstElementChild);
  tick();
}
