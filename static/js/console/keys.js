/** One key for each thing that is done all day. Single keys can be turned off, for dictation (WCAG 2.1.4). */
import { takeBack } from "./due.js";
import { toDueNow, walkDue } from "./due_keys.js";
import { newVisitor } from "./new_visitor.js";
import { closeSheet, isOpen, openSheet } from "./sheet.js";
import { callPad } from "./pad.js";
import { press } from "./toast.js";
import { lockNow, isLocked } from "./lock.js";

const seek = document.querySelector("[data-seek] input");
let single = localStorage.getItem("single-keys") !== "off";

const KEYS = {
  n: newVisitor,
  p: callPad,
  "/": () => { seek?.focus(); seek?.select(); },
  "?": help,
  t: () => { location.href = "/console"; },
  e: () => { if (document.querySelector("[data-account]")) location.href = "/console/roll-call"; },
  l: lockNow,
  u: () => { if (!press()) takeBack(); },
  d: toDueNow,
  r: () => document.querySelector("#rooms .open")?.focus(),
  1: () => button(0),
  2: () => button(1),
};

/** Opens the list of keys. */
function help() {
  const content = document.importNode(document.getElementById("help").content, true).firstElementChild;
  content.querySelector("[data-single-keys]").checked = single;
  openSheet(content);
}

function button(at) {
  const card = document.activeElement?.closest("#board .visit, #board .plain li, #board .call");
  [...(card?.querySelectorAll("button") ?? [])].filter((one) => one.offsetParent)[at]?.click();
}

/** Arrows walk from card to card, and from lane to lane at about the same height. */
function walk(key) {
  if (document.activeElement?.closest("#rooms")) return along(key);
  const here = document.activeElement?.closest("#board .open");
  const lanes = [...document.querySelectorAll("#board .lane")].filter((lane) => lane.offsetParent && lane.querySelector(".open"));
  if (!lanes.length) return false;
  const lane = here?.closest(".lane") ?? lanes.find((one) => one.id === "lane-waiting") ?? lanes[0];
  const cards = [...lane.querySelectorAll(".open")];
  const at = cards.indexOf(here);
  if (!here) cards[0].focus();
  else if (key === "ArrowDown" || key === "ArrowUp") cards[at + (key === "ArrowDown" ? 1 : -1)]?.focus();
  else beside(lanes[lanes.indexOf(lane) + (key === "ArrowRight" ? 1 : -1)], here)?.focus();
  return true;
}

/** From room to room; up leads back to the cards. */
function along(key) {
  const rooms = [...document.querySelectorAll("#rooms .open")];
  if (key === "ArrowUp") document.querySelector("#board .lane:not(.slim) .open")?.focus();
  else rooms[rooms.indexOf(document.activeElement) + (key === "ArrowLeft" ? -1 : 1)]?.focus();
  return true;
}

function beside(lane, here) {
  const height = here.getBoundingClientRect().top;
  const distance = (card) => Math.abs(card.getBoundingClientRect().top - height);
  return [...(lane?.querySelectorAll(".open") ?? [])].sort((a, b) => distance(a) - distance(b))[0];
}

const writing = (target) => target.closest?.("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || isLocked()) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    const form = document.activeElement?.closest("form") ?? document.querySelector(".sheet form[data-new-visitor], .sheet-in > form");
    if (form) { event.preventDefault(); form.requestSubmit(); }
  } else if (event.key === "Escape") {
    if (isOpen()) closeSheet(true);
  } else if (!event.ctrlKey && !event.metaKey && !event.altKey && !writing(event.target)) {
    plain(event);
  }
});

function plain(event) {
  if (walkDue(event.key)) {
    event.preventDefault();
  } else if (event.key.startsWith("Arrow") && !isOpen() && event.target.type !== "radio") {
    if (walk(event.key)) event.preventDefault();
  } else if (single || event.key === "?") {
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const run = KEYS[key];
    if (!run || (isOpen() && !"dulp?/".includes(key)) || (event.target.type === "radio" && /\d/.test(key))) return;
    event.preventDefault();
    run();
  }
}

document.addEventListener("click", (event) => { if (event.target.closest("[data-help]")) help(); });
document.addEventListener("change", ({ target }) => {
  if (!target.matches?.("[data-single-keys]")) return;
  single = target.checked;
  localStorage.setItem("single-keys", single ? "on" : "off");
});
