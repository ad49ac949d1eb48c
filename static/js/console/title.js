/** The title of the page: how many things are late, or a dot when somebody came while nobody looked. */
const plain = document.title;
let late = 0;
let missed = false;

/** How many things are late. */
export function badge(number) {
  late = number;
  show();
}

/** Somebody came while the page was hidden. */
export function missedOne() {
  missed = document.hidden;
  show();
}

function show() {
  const mark = late ? `(${late}) ` : missed ? "● " : "";
  document.title = mark + plain;
}

addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  missed = false;
  show();
});
