/** What scripts say, in the reader's language; the page brings the sentences along. */
const words = JSON.parse(document.getElementById("words")?.textContent ?? "{}");

/** The sentence `key` with its %(names)s filled in. */
export function t(key, values = {}) {
  return (words[key] ?? key).replace(/%\((\w+)\)s/g, (whole, name) => values[name] ?? whole);
}
