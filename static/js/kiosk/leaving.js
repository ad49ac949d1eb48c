/** Signing out: with the code on the badge, once, and never saying who it was. */
import { ask } from "./code.js";
import { go } from "./steps.js";

ask("leave", "/kiosk/departures", "pass", () => go("goodbye"), "code_unknown");
