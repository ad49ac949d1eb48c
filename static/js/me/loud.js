/** A quiet call rings on and on, and the phone shakes, until somebody here has answered or it is over. */
import { live, onChange } from "./page.js";
import { play } from "./sound.js";

const EVERY = 2500;
let timer = 0;

function ring() {
  play();
  navigator.vibrate?.([400, 200, 400]);
}

export function loud() {
  onChange(() => {
    const rings = Boolean(live()?.querySelector("[data-loud]"));
    if (rings && !timer) {
      ring();
      timer = setInterval(ring, EVERY);
    } else if (!rings && timer) {
      clearInterval(timer);
      timer = 0;
    }
  });
}
