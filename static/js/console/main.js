/** Every behaviour of the console; each finds what it serves by data attributes. */
import "../clock.js";
import "./elapsed.js";
import "./sheet.js";
import "./combo.js";
import "./forms.js";
import "./acts.js";
import "./reveal.js";
import "./filter.js";
import "./import.js";
import "./trial.js";
import "./download.js";
import "./search.js";
import "./new_visitor.js";
import "./message.js";
import "./lock.js";
import "./keys.js";
import "./live.js";
