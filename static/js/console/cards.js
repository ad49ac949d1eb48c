/** The phrase cards of the call pad: the one that fits now, with who is wanted and who calls; new words come by themselves. */
import { parse } from "../fragment.js";
import { get } from "./http.js";

const RELAYED = ["message", "call_back"];
const OTHERS = ["wrong_number", "spam", "missed"];

/** Fills in who is wanted and who calls, and shows the cards of what is going on. */
export function arrangeCards(form) {
  const wanted = which(form);
  for (const card of form.querySelectorAll("[data-card]")) {
    fill(form, card);
    card.hidden = wanted[card.dataset.card] === false || !card.querySelector("q").textContent.trim();
  }
}

/** Which cards have their time; one that is not named here always has. */
function which({ elements: fields }) {
  const became = fields.became.value;
  const ended = became === "transferred" ? fields.transfer_result.value : "";
  const relayed = RELAYED.includes(became);
  const readBack = relayed && !fields.read_back.checked;
  const failed = ended === "busy" || ended === "nobody";
  return {
    answering: !became && !fields.wanted.dataset.away,
    absent: relayed || became === "declined" || ended === "nobody" || (!became && Boolean(fields.wanted.dataset.away)),
    busy: ended === "busy",
    message: readBack,
    wrong: became === "wrong_number",
    closing: Boolean(became) && !OTHERS.includes(became) && !readBack && !failed && (became !== "transferred" || Boolean(ended)),
  };
}

function fill({ elements: fields }, card) {
  const named = { person: fields.wanted.value.trim(), caller: fields.caller_name.value.trim() };
  for (const place of card.querySelectorAll("[data-fill]")) {
    if (place.dataset.fill in named) place.textContent = named[place.dataset.fill] || place.dataset.else;
  }
}

/** Somebody changed the words in Settings: they are put in place, and nothing else of the pad is touched. */
async function renew(form) {
  const fresh = parse(await (await get(`/console/phone/pads/${form.elements.pad.value}`)).text());
  for (const card of form.querySelectorAll("[data-card]")) {
    const words = fresh.querySelector(`[data-card="${card.dataset.card}"] q`);
    if (words) card.querySelector("q").replaceWith(words);
  }
  arrangeCards(form);
}

document.addEventListener("desk:changed", ({ detail: { topics } }) => {
  const form = document.querySelector("form[data-pad]");
  if (form && topics.includes("settings")) renew(form).catch(() => {});
});
