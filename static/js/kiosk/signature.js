/** A signature written with a finger; whoever cannot or will not signs at the front desk. */
import { onward } from "./details.js";
import { onStep } from "./steps.js";
import { onWipe, visit } from "./visit.js";
import { put } from "./words.js";

const canvas = document.getElementById("signature-pad");
const use = document.getElementById("signature-use");
let pad = null;

async function ready() {
  const { default: SignaturePad } = await import("/static/vendor/signature_pad.min.js");
  pad ??= new SignaturePad(canvas, { penColor: "#111111", minWidth: 1.2, maxWidth: 3.6 });
  pad.addEventListener("endStroke", offer);
  fit();
}

function fit() {
  const { width, height } = canvas.getBoundingClientRect();
  [canvas.width, canvas.height] = [width * devicePixelRatio, height * devicePixelRatio];
  canvas.getContext("2d").scale(devicePixelRatio, devicePixelRatio);
  clear();
}

/** The button says what it waits for. */
function offer() {
  use.disabled = pad?.isEmpty() ?? true;
  put(use.querySelector("span"), use.disabled ? "sign_first" : "go_on");
}

function clear() {
  pad?.clear();
  offer();
}

function keep(picture) {
  visit.signature = picture;
  onward();
}

if (canvas) {
  use.addEventListener("click", () => keep(canvas.toDataURL("image/png")));
  document.getElementById("signature-clear").addEventListener("click", clear);
  document.getElementById("signature-skip").addEventListener("click", () => keep(""));
  onStep("signature", ready);
  onWipe(clear);
}
