/**
 * Makes what is on the page equal to what the desk sent, and touches nothing else: elements with an id are the same
 * ones before and after, even when they move to another lane, so focus, scrolling and open menus stay.
 */
const OWN = "[data-elapsed],[data-clock],[data-since],[data-ago],[data-left],[data-shown],[data-keep]"; // scripts write here
const KEPT = new Set(["open", "data-state"]); // attributes that belong to the person or to the clock

/** Changes `live` into `fresh`; gives the elements with an id that were not there before. */
export function morph(live, fresh) {
  const run = { known: byId(live), wanted: byId(fresh), added: [], pending: new Set() };
  sync(live, fresh, run);
  for (const element of run.pending) element.remove();
  return run.added;
}

function byId(root) {
  return new Map([...root.querySelectorAll("[id]")].map((element) => [element.id, element]));
}

function sync(live, fresh, run) {
  if (live.matches("[data-pair]") && live.querySelector('[aria-expanded="true"]') && fresh.matches("[data-pair]")) return;
  for (const { name, value } of fresh.attributes) {
    if (!KEPT.has(name) && live.getAttribute(name) !== value) live.setAttribute(name, value);
  }
  for (const { name } of [...live.attributes]) {
    if (!KEPT.has(name) && !fresh.hasAttribute(name)) live.removeAttribute(name);
  }
  if (!live.matches(OWN)) children(live, fresh, run);
}

function children(live, fresh, run) {
  let at = live.firstChild;
  for (const next of [...fresh.childNodes]) {
    while (at && leaves(at, fresh, run)) at = at.nextSibling;
    const same = partner(at, next, run);
    if (!same) {
      if (next.id && !run.known.has(next.id)) run.added.push(next);
      live.insertBefore(next, at);
      continue;
    }
    if (same === at) at = at.nextSibling;
    else place(live, same, at);
    run.pending.delete(same);
    if (next.nodeType === Node.ELEMENT_NODE) sync(same, next, run);
    else if (same.data !== next.data) same.data = next.data;
  }
  while (at) {
    const over = at;
    at = at.nextSibling;
    drop(over, run);
  }
}

/** Whether `at` has an id that this parent does not hold any more; it goes, or waits to be fetched elsewhere. */
function leaves(at, fresh, run) {
  if (!at.id || run.wanted.get(at.id)?.parentNode === fresh || run.pending.has(at)) return run.pending.has(at);
  run.pending.add(at);
  return true;
}

function partner(at, next, run) {
  if (next.id) {
    const known = run.known.get(next.id);
    return known?.isConnected && known.localName === next.localName ? known : null;
  }
  return at && !at.id && at.nodeType === next.nodeType && at.nodeName === next.nodeName ? at : null;
}

function drop(over, run) {
  if (over.id && run.wanted.has(over.id)) run.pending.add(over);
  else over.remove();
}

function place(parent, node, before) {
  if (parent.moveBefore) return parent.moveBefore(node, before);
  const held = node.contains(document.activeElement) ? document.activeElement : null;
  parent.insertBefore(node, before);
  held?.focus({ preventScroll: true });
}
