/** The kiosk: everything a visitor can do on this page, one behaviour a file. */
import "./guard.js";
import "./awake.js";
import "./pad.js";
import "./who.js";
import "./party.js";
import "./details.js";
import "./phone.js";
import "./notice.js";
import "./drinks.js";
import "./photo.js";
import "./signature.js";
import "./leaving.js";
import "./invited.js";
import "./help.js";
import "./done.js";
import "./countdown.js";
import "./idle.js";
import "./health.js";
import "./shell.js";
import { wipe } from "./visit.js";

wipe();
