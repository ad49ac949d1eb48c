/** Beats every 20 seconds, also behind other windows, where a page's own clock sleeps. */
setInterval(() => postMessage("beat"), 20000);
