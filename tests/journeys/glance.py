"""What a tablet must show at a glance: nothing scrolls, nothing is cut off, and every target takes a finger."""

from playwright.sync_api import Page

FINGER = 64
MEASURE = """() => {
    const put = (one) => !one.closest("dialog") || one.closest("dialog[open]");
    const seen = (one) => one.checkVisibility({ visibilityProperty: true }) && put(one);
    const whole = (one) => one.matches("[type=checkbox], [type=radio]") ? one.closest("label, .agree") : one;
    const top = document.querySelector("dialog[open]") ?? document.body;
    const found = [...top.querySelectorAll("button, a[href], input:not([type=hidden])")].filter(seen).map(whole);
    const named = (one) => `${one.localName}#${one.id} ${one.textContent.trim().slice(0, 20)}`;
    const boxes = found.map((one) => [named(one), one.getBoundingClientRect()]);
    const said = [...top.querySelectorAll(".err, h1")].filter((one) => seen(one) && one.textContent);
    const cut = (box) => box.top < 0 || box.bottom > innerHeight || box.left < 0 || box.right > innerWidth;
    const page = document.documentElement;
    return {
        scrolls: Math.max(0, page.scrollHeight - innerHeight) + Math.max(0, page.scrollWidth - innerWidth),
        small: boxes.filter(([, box]) => Math.min(box.width, box.height) < FINGER - 0.5).map(([name]) => name),
        cut: [...boxes.filter(([, box]) => cut(box)).map(([name]) => name),
              ...said.filter((one) => cut(one.getBoundingClientRect())).map(named)],
    };
}""".replace("FINGER", str(FINGER))


def told(page: Page) -> dict[str, object]:
    """What does not fit on the page as it is now; empty when all of it does."""
    return {name: wrong for name, wrong in page.evaluate(MEASURE).items() if wrong}
