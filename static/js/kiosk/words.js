/**
 * Every sentence of the page in every language, so that a visitor may change the language on any screen
 * without losing what is written. An element says which sentence it shows:
 *
 *   <p data-t="who">             its text        <p data-t="found" data-n="3">   with a value
 *   <button data-t-label="more"> its aria-label  <img data-t-alt="qr">           its alt
 */
const root = document.documentElement;
const all = JSON.parse(document.getElementById("words").textContent);
const HAN = /\p{Script=Han}/u;
const GAP = /%\((\w+)\)s/;
const values = new WeakMap();

export const language = () => root.lang;

/** The sentence as plain text. */
export function word(key, given = {}) {
  return (all[root.lang][key] ?? "").replace(new RegExp(GAP, "g"), (_, name) => given[name] ?? "");
}

/** Shows a sentence in an element, now and after every change of language; an element may be a value too. */
export function put(element, key, given = {}) {
  element.dataset.t = key;
  values.set(element, given);
  fill(element);
}

/** Takes the sentence and its values out again. */
export function clear(element) {
  delete element.dataset.t;
  values.delete(element);
  element.replaceChildren();
}

/** The language of a text, when it is not the page's. */
export const foreign = (text) => (root.lang !== "zh-Hans" && HAN.test(text) ? "zh-Hans" : "");

/** Text with its own language when that differs from the page's, for voices and for glyphs. */
export function run(text) {
  const span = document.createElement("span");
  if (foreign(text)) span.lang = foreign(text);
  span.textContent = text;
  return span;
}

function value(given) {
  if (given instanceof Node) return given;
  const span = run(String(given ?? ""));
  span.className = "value";
  return span;
}

function fill(element) {
  const given = { ...element.dataset, ...values.get(element) };
  const parts = (all[root.lang][element.dataset.t] ?? "").split(GAP);
  const nodes = parts.map((part, i) => (i % 2 === 0 ? part : value(given[part])));
  element.replaceChildren(...nodes.filter((node) => node !== ""));
}

function attributes() {
  for (const element of document.querySelectorAll("[data-t-label]")) element.setAttribute("aria-label", word(element.dataset.tLabel, element.dataset));
  for (const element of document.querySelectorAll("[data-t-alt]")) element.alt = word(element.dataset.tAlt);
  for (const button of document.querySelectorAll("[data-language]")) button.setAttribute("aria-pressed", String(button.dataset.language === root.lang));
}

export function speak(tag) {
  if (!all[tag] || tag === root.lang) return;
  root.lang = tag;
  document.title = word("title");
  document.querySelectorAll("[data-t]").forEach(fill);
  attributes();
  document.dispatchEvent(new CustomEvent("language"));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-language]");
  if (button) speak(button.dataset.language);
});
document.querySelectorAll("[data-t]").forEach(fill);
attributes();
