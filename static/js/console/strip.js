/** Strips under the header: what happened, what still works, what comes next. They push the page down. */
const box = document.querySelector("[data-strips]");
const shown = new Map();

/** Shows strip `name`; `mark` stands at its end. Again with the same name it only changes its words. */
export function strip(name, kind, sentence, mark = "") {
  let element = shown.get(name);
  if (!element) {
    element = document.createElement("p");
    const icon = document.getElementById(`${name}-icon`)?.content.cloneNode(true);
    element.append(...(icon ? [icon] : []), document.createElement("span"), document.createElement("b"));
    element.setAttribute("role", "status");
    box?.append(element);
    shown.set(name, element);
  }
  element.className = `strip ${kind}`;
  const [words, figure] = element.querySelectorAll("span, b");
  if (words.textContent !== sentence) words.textContent = sentence;
  if (figure.textContent !== mark) figure.textContent = mark;
  return element;
}

/** Takes strip `name` away. */
export function unstrip(name) {
  shown.get(name)?.remove();
  shown.delete(name);
}
