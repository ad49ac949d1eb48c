/** What may be something else by itself is fetched when its time has come. */
import { refresh } from "./page.js";

document.addEventListener("clock:turned", () => refresh({ all: true }).catch(() => {}));
