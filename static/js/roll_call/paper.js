/** Prints the list; the browser's own window asks where. */
document.querySelector("[data-print]").addEventListener("click", () => print());
