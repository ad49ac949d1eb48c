/** One's own page, put together. */
import "../clock.js";
import { answers } from "./answer.js";
import "./colleague.js";
import "./echo.js";
import { listen } from "./live.js";
import { loud } from "./loud.js";
import { notify } from "./notify.js";
import { refresh } from "./page.js";
import { receipts } from "./receipts.js";
import { sound } from "./sound.js";
import "./turns.js";

answers();
sound();
notify();
receipts();
loud();
listen();
document.addEventListener("click", (event) => {
  const tab = event.target.closest("a[data-show]");
  if (!tab || event.metaKey || event.ctrlKey) return;
  event.preventDefault();
  refresh({ all: true, show: tab.dataset.show }).catch(() => location.assign(tab.href));
});
