/** A file that is to be chosen: its name stands in the field once it is. */
document.addEventListener("change", ({ target }) => {
  const chosen = target.closest?.(".file")?.querySelector("[data-chosen]");
  if (chosen && target.files?.length) chosen.textContent = target.files[0].name;
});
