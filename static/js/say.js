/** Says a sentence to a screen reader: politely, or at once when somebody must act. */
const voices = {};
let timer;

function voice(urgent) {
  const kind = urgent ? "assertive" : "polite";
  if (voices[kind]?.isConnected) return voices[kind];
  const element = document.createElement("p");
  element.className = "vh";
  element.setAttribute("aria-live", kind);
  element.setAttribute("aria-atomic", "true");
  document.body.append(element);
  return (voices[kind] = element);
}

export function say(sentence, urgent = false) {
  const element = voice(urgent);
  element.textContent = "";
  clearTimeout(timer);
  timer = setTimeout(() => { element.textContent = sentence; }, 60);
}

/** Forgets what was said, so that no name stays in the page. */
export function hush() {
  clearTimeout(timer);
  for (const element of Object.values(voices)) element.textContent = "";
}
