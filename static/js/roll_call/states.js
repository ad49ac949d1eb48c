/** How somebody stands, from everything that was said of them, in whichever order it was heard: as the desk reckons it. */
const RANK = ["help", "safe", "not_found"];

/** The marks that nobody has taken back. A call for help is taken back by a mark that says so, and by nothing else. */
export function standing(marks) {
  const made = new Map(marks.map((one) => [one.key, one]));
  const gone = new Set();
  for (const one of marks) {
    for (const key of one.withdraws) {
      const other = made.get(key);
      if (other && (one.state === "withdrawn" || (one.by === other.by && other.state !== "help"))) gone.add(key);
    }
  }
  return marks.filter((one) => one.state !== "withdrawn" && !gone.has(one.key));
}

/** The strongest that stands; "open" when none does. */
export function stateOf(marks) {
  const said = new Set(standing(marks).map((one) => one.state));
  return RANK.find((state) => said.has(state)) ?? "open";
}

/** Which marks a new one of `by` takes back: their own, or for "withdrawn" everything that stands. */
export function takesBack(marks, state, by) {
  const theirs = (one) => state === "withdrawn" || (one.by === by && one.state !== "help");
  return standing(marks).filter(theirs).map((one) => one.key);
}
